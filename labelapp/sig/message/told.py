"""Told: doses, times, days and counts in the short words of a finding, for a technician."""

from __future__ import annotations

from fractions import Fraction

from labelapp.rx.amount import decimal_of, number
from labelapp.rx.directions import Meal, Step
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, When

_WHEN = {
    When.MORNING: "in the morning",
    When.NOON: "at noon",
    When.EVENING: "in the evening",
    When.BEDTIME: "at bedtime",
}
_EVERY_WEEK = 7


def doses(steps: tuple[Step, ...]) -> str:
    """Give the doses of steps: 1 capsule, 1 capsule to 2 capsules."""
    return ", ".join(
        f"{step.dose.low} to {step.dose.high}" if step.dose.high else str(step.dose.low)
        for step in steps
    )


def often(steps: tuple[Step, ...]) -> str:
    """Say how often and when: at bedtime on Monday and Friday; 1 to 2 times a day."""
    return _listed(tuple(dict.fromkeys(_often(step) for step in steps)))


def meals(steps: tuple[Step, ...]) -> str:
    """Give how steps stand to food."""
    named = dict.fromkeys(step.meal.value for step in steps if step.meal)
    return _listed(tuple(named)) or "nothing about food"


def lasting(step: Step) -> str:
    """Give how long a step runs."""
    if step.length is None:
        return "no end"
    if step.length.high is not None:
        return f"{step.length.days} to {step.length.high} days"
    return days(step.length.days)


def days(count: int) -> str:
    """Give a number of days."""
    return "1 day" if count == 1 else f"{count} days"


def needed(step: Step) -> str:
    """Tell whether a step is taken as needed."""
    return "as needed" if step.as_needed else "regularly"


def plain(value: Fraction) -> str:
    """Write a count: 12.5, or 1/3 where no decimal is exact."""
    exact = decimal_of(value)
    return str(value) if exact is None else number(exact)


def _often(step: Step) -> str:
    timing = step.timing
    named = [_lead_before_bed(timing.lead, each) for each in timing.when]
    named += [_clock(each) for each in timing.clock]
    on_days = _on_days(timing)
    said = [_listed(tuple(named)) if named else _count(timing, is_daily=not on_days)]
    said += [_lead_before_meal(step), on_days]
    return " ".join(each for each in said if each)


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words[:-1]) + " and " + words[-1] if len(words) > 1 else "".join(words)


def _clock(clock: Clock) -> str:
    if clock.until is None:
        return f"at {clock.at:%H:%M}"
    return f"between {clock.at:%H:%M} and {clock.until:%H:%M}"


def _count(timing: Timing, *, is_daily: bool) -> str:
    """Say a count a day or so many hours; once on each day of some is said by the days alone."""
    if timing.every_hours is not None:
        if timing.hours_to is not None:
            return f"every {timing.every_hours} to {timing.hours_to} hours"
        return "every hour" if timing.every_hours == 1 else f"every {timing.every_hours} hours"
    if timing.fewest is not None:
        most = _times(timing.times_a_day)
        return f"{timing.fewest} to {most}" if timing.fewest else f"up to {most}"
    if timing.times_a_day == 1 and not is_daily:
        return ""
    return _times(timing.times_a_day)


def _times(count: int) -> str:
    return "once a day" if count == 1 else f"{count} times a day"


def _on_days(timing: Timing) -> str:
    if timing.is_daily:
        return ""
    if timing.weekdays:
        return "on " + _listed(tuple(each.value for each in WEEK if each in timing.weekdays))
    if timing.times_a_week:
        return "once a week" if timing.times_a_week == 1 else f"{timing.times_a_week} times a week"
    if timing.days_on > 1:
        return f"{days(timing.days_on)} on and {days(timing.every_days - timing.days_on)} off"
    return _distance(timing.every_days)


def _distance(every: int) -> str:
    if every == _EVERY_WEEK:
        return "once a week"
    if every % _EVERY_WEEK == 0:
        return f"every {every // _EVERY_WEEK} weeks"
    return "every other day" if every == 2 else f"every {every} days"


def _lead_before_bed(lead: Lead | None, when: When) -> str:
    if lead is None or when is not When.BEDTIME:
        return _WHEN[when]
    return f"{_minutes(lead)} {'after' if lead.after else 'before'} bedtime"


def _lead_before_meal(step: Step) -> str:
    lead = step.timing.lead
    if lead is None or When.BEDTIME in step.timing.when:
        return ""
    meal = step.meal or (Meal.AFTER_MEALS if lead.after else Meal.BEFORE_MEALS)
    return f"{_minutes(lead)} {meal.value}"


def _minutes(lead: Lead) -> str:
    longest = "" if lead.longest is None else f" to {lead.longest}"
    return f"{lead.minutes}{longest} minutes"
