"""The speaker: lines of directions in the words a patient reads, plain and complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from labelapp.rx.amount import NBSP, Amount, number
from labelapp.rx.compound import Form
from labelapp.rx.dates import label_date
from labelapp.rx.directions import Dose, Meal, Route, Said, Sig, Verb
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, Weekday, When
from labelapp.sig.lines import Line, Says, Slot, lines
from labelapp.sig.phrases import Phrases, filled

__all__ = ["Phrases", "say"]

_EVERY_WEEK = 7


@dataclass(frozen=True)
class _Manner:
    """All that decides how a line is worded besides the line itself."""

    sig: Sig
    form: Form
    phrases: Phrases
    standard: bool
    starts_on: date | None


def say(
    sig: Sig,
    form: Form,
    phrases: Phrases,
    standard: bool,  # noqa: FBT001 - the one switch of the contract with the desk
    from_day: int = 1,
    starts_on: date | None = None,
) -> tuple[Said, ...]:
    """Say a sig line by line: steps, the ceiling for a day, the end, then what is kept as written.

    With `standard` a line that a standard phrase fits is that phrase to the letter, the route then
    stands elsewhere on the label, and a count a day is spread as the phrases spread it. Steps that
    ended before `from_day` are left out, a running one begins there. Dates are said only when the
    day the patient starts was entered. What the medicine is for is an element of its own on the
    label: only `as needed` lines say it.
    """
    manner = _Manner(sig, form, phrases, standard, starts_on)
    worded = [
        (line, _said(line, manner))
        for line in lines(sig, form, phrases.spread if standard else {}, from_day)
    ]
    with_ceiling = any(  # the phrase for pain says the ceiling itself
        each.standard and line.says is Says.STEP and line.step.as_needed for line, each in worded
    )
    return tuple(each for line, each in worded if not (with_ceiling and line.says is Says.MOST))


def _said(line: Line, manner: _Manner) -> Said:
    """Word one line."""
    if line.says is Says.KEPT:
        return Said(line.words[:1].upper() + line.words[1:], spans=line.spans)
    if line.says is Says.MOST and line.most is not None:
        return Said(_ceiling(line.most, manner), spans=line.spans)
    if line.says is Says.STOP:
        frame = "then_stop" if line.last_day else "then_stop_open"
        return Said(manner.phrases.frame(frame, last=str(line.last_day)), spans=line.spans)
    text, exact = _text(line, manner)
    spans = tuple(dict.fromkeys(span for each in line.steps for span in each.step.spans))
    return Said(text, line.step.sequence, spans, standard=exact, lead=_lead(line, manner))


def _ceiling(most: Amount, manner: _Manner) -> str:
    frame = "most_on_skin" if manner.form.is_topical else "most"
    return manner.phrases.frame(frame, amount=_amount(most, manner.phrases))


# ------------------------------------------------------------ the words of a line


def _text(line: Line, manner: _Manner) -> tuple[str, bool]:
    if manner.standard and (phrase := _standard(line, manner)):
        return phrase, True
    step, phrases = line.step, manner.phrases
    parts = [
        phrases.word("verb", line.verb.value),
        *_doses(line, _route(line, manner), phrases),
        *_how_often(line, phrases),
        *([] if len(line.slots) > 1 else (*_food(line, phrases), *step.conditions)),
    ]
    if not step.as_needed:
        return " ".join(parts), False
    before, after = _if_needed(line, manner)
    if before:
        parts[0] = phrases.word("verb_inside", line.verb.value)
    return before + " ".join((*parts, *after)), False


def _if_needed(line: Line, manner: _Manner) -> tuple[str, tuple[str, ...]]:
    """Say that it is taken as needed: before several doses, so that it holds for each of them."""
    purpose, phrases = manner.sig.purpose, manner.phrases
    if purpose and phrases.is_symptom(purpose):
        return phrases.frame("if_you_have", purpose=purpose), ()
    frame = "if_needed_for" if purpose else "if_needed"
    values = {"purpose": purpose} if purpose else {}
    if len(line.slots) > 1:
        return phrases.frame(f"first_{frame}", **values), ()
    return "", (phrases.frame(frame, **values),)


def _doses(line: Line, route: str, phrases: Phrases) -> list[str]:
    """List each dose with its time, the route after the first: `1 capsule by mouth at bedtime`."""
    listed = []
    for place, slot in enumerate(line.slots):
        words = [_dose(slot.dose, phrases), route if place == 0 else ""]
        words.append(_time_of_day(line, slot, phrases))
        if len(line.slots) > 1:  # each dose says all that holds for it
            words.extend(_food(line, phrases))
            words.extend(_on_days(line.step.timing, phrases))
            words.extend(line.step.conditions)
        listed.append(" ".join(word for word in words if word))
    if len(listed) == 1:
        return listed
    return [phrases.frame("list_two", first=", ".join(listed[:-1]), last=listed[-1])]


def _time_of_day(line: Line, slot: Slot, phrases: Phrases) -> str:
    lead = line.step.timing.lead
    if slot.clock is not None:
        return _clock(slot.clock, phrases)
    if slot.when is None or (lead and line.step.meal and slot.when is not When.BEDTIME):
        return ""
    if lead is not None and slot.when is When.BEDTIME:
        return phrases.frame("before_bedtime", lead=_span_of_time(lead, phrases))
    return phrases.word("when", slot.when.value)


def _food(line: Line, phrases: Phrases) -> list[str]:
    step, lead = line.step, line.step.timing.lead
    if step.meal is None:
        return []
    if lead is None or step.timing.when == (When.BEDTIME,):
        return [phrases.word("meal", step.meal.value)]
    said = _span_of_time(lead, phrases)
    after = step.meal is Meal.AFTER_MEALS
    if not step.timing.when:
        return [phrases.frame("after_meals" if after else "before_meals", lead=said)]
    when = " ".join(phrases.word("when", each.value) for each in step.timing.when[:1])
    return [phrases.frame("after_time" if after else "before_time", lead=said, when=when)]


def _span_of_time(lead: Lead, phrases: Phrases) -> str:
    """Say how long before or after: whole hours as hours, else minutes."""
    low, high = lead.minutes, lead.longest
    hours = low % 60 == 0 and (high or 0) % 60 == 0
    unit = 60 if hours else 1
    if high is not None:
        frame = "hours_spread" if hours else "minutes_range"
        return phrases.frame(frame, low=str(low // unit), high=str(high // unit))
    if low == 60:
        return phrases.frame("hour")
    return phrases.frame("hours" if hours else "minutes", count=str(low // unit))


def _how_often(line: Line, phrases: Phrases) -> list[str]:
    timing = line.step.timing
    named = line.slots[0].is_named
    said = [] if named else _times(timing, phrases)
    if len(line.slots) == 1:
        said.extend(_on_days(timing, phrases))
    if not named and not said:
        said.append(phrases.frame("once_a_day" if line.step.as_needed else "every_day"))
    return said


def _times(timing: Timing, phrases: Phrases) -> list[str]:
    """Say a count a day or so many hours, as a range where one was written."""
    count = str(timing.times_a_day)
    if timing.every_hours and timing.hours_to:
        low, high = str(timing.every_hours), str(timing.hours_to)
        return [phrases.frame("hours_range", low=low, high=high)]
    if timing.every_hours:
        frame = "every_hour" if timing.every_hours == 1 else "every_hours"
        return [phrases.frame(frame, count=str(timing.every_hours))]
    if timing.fewest:
        return [phrases.frame("times_range", low=str(timing.fewest), high=count)]
    if timing.fewest == 0:
        return [
            phrases.frame("up_to_once" if timing.times_a_day == 1 else "up_to_times", count=count)
        ]
    if timing.times_a_day > 1 and not timing.clock:
        return [phrases.frame("times_a_day", count=count)]
    return []


def _on_days(timing: Timing, phrases: Phrases) -> list[str]:
    """Say on which days, when it is not every day."""
    if timing.weekdays:
        return [phrases.frame("on_weekdays", days=_weekdays(timing.weekdays, phrases))]
    if timing.times_a_week:
        return [phrases.frame("times_a_week", count=str(timing.times_a_week))]
    if timing.days_on > 1:
        return [_on_and_off(timing.days_on, timing.every_days - timing.days_on, phrases)]
    return [] if timing.every_days == 1 else [_interval(timing.every_days, phrases)]


def _weekdays(weekdays: tuple[Weekday, ...], phrases: Phrases) -> str:
    """List weekdays; three or more that follow one another are from one to the other."""
    for begins in range(len(weekdays)):
        turned = (*weekdays[begins:], *weekdays[:begins])
        first = WEEK.index(turned[0])
        if turned == tuple(WEEK[(first + far) % 7] for far in range(len(turned))) and turned[2:]:
            ends = {"first": turned[0], "last": turned[-1]}
            return phrases.frame(
                "first_to_last", **{key: phrases.word("weekday", day) for key, day in ends.items()}
            )
    return _listed([phrases.word("weekday", each.value) for each in weekdays], phrases)


def _listed(said: list[str], phrases: Phrases) -> str:
    if len(said) == 1:
        return said[0]
    return phrases.frame("and_two", first=", ".join(said[:-1]), last=said[-1])


def _on_and_off(on: int, off: int, phrases: Phrases) -> str:
    frame = "days_on_day_off" if off == 1 else "days_on_off"
    return phrases.frame(frame, on=str(on), off=str(off))


def _interval(days: int, phrases: Phrases) -> str:
    if days in {2, _EVERY_WEEK}:
        return phrases.frame("every_other_day" if days == 2 else "every_week")
    if days % _EVERY_WEEK == 0:
        return phrases.frame("every_weeks", count=str(days // _EVERY_WEEK))
    return phrases.frame("every_days", count=str(days))


def _clock(clock: Clock, phrases: Phrases) -> str:
    if clock.until is None:
        return phrases.frame("at_clock", time=_hour(clock.at))
    return phrases.frame("between_clock", **{"from": _hour(clock.at), "to": _hour(clock.until)})


def _hour(at: time) -> str:
    """Write a time of the clock as people say it: 9 PM, 8:30 AM."""
    minutes = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{minutes}{NBSP}{'AM' if at.hour < 12 else 'PM'}"


def _route(line: Line, manner: _Manner) -> str:
    """Give the route's words; by mouth stands beside the drug where standard phrases rule."""
    if line.route is None or (manner.standard and line.route is Route.ORAL):
        return ""
    return manner.phrases.word("route", line.route.value)


def _dose(dose: Dose, phrases: Phrases) -> str:
    if dose.high is None:
        return _amount(dose.low, phrases)
    low = _amount(dose.low, phrases).rpartition(NBSP)[0] or number(dose.low.value)
    return phrases.frame("range", low=low, high=_amount(dose.high, phrases))


def _amount(amount: Amount, phrases: Phrases) -> str:
    """Write an amount; parts of a piece are words: one-half tablet, 1 and one-half tablets."""
    whole = amount.value // 1
    part = phrases.words["part"].get(number(amount.value - whole))
    if part is None or amount.unit.is_mass or amount.unit.value == "mL":
        return str(amount)
    unit = amount.unit.of(amount.value)
    if whole == 0:
        return phrases.frame("part", part=part, unit=unit).replace(f" {unit}", f"{NBSP}{unit}")
    said = phrases.frame("whole_and_part", whole=number(whole), part=part, unit=unit)
    return said.replace(f" {unit}", f"{NBSP}{unit}")


# ------------------------------------------------------------ standard phrases and days


def _standard(line: Line, manner: _Manner) -> str:
    """Give the standard phrase that says exactly this line, or nothing."""
    step = line.step
    doses = {slot.dose for slot in line.slots}
    dose = next(iter(doses))
    plain = (
        len(doses) == 1
        and dose.high is None
        and manner.form.is_counted
        and dose.low.unit is manner.form.unit
        and step.meal is None
        and not step.conditions
        and _is_plain(step.timing)
        and line.verb is Verb.TAKE
    )
    if not plain:
        return ""
    values = {"dose": str(dose.low)}
    when = tuple(slot.when for slot in line.slots)
    for row in manner.phrases.rows:
        if row.purpose:
            if said := _for_pain(row.text, row.purpose, line, manner):
                return said
        elif not step.as_needed and row.when == when and dose.low.value == Decimal(row.dose):
            return filled(row.text, values)
    return ""


def _is_plain(timing: Timing) -> bool:
    """Tell whether a timing says no more than times of day, a count or so many hours."""
    more = (timing.lead, timing.clock, timing.fewest, timing.hours_to)
    return timing.is_daily and not any(each not in {None, ()} for each in more)


def _for_pain(text: str, purpose: str, line: Line, manner: _Manner) -> str:
    step, most = line.step, manner.sig.most_a_day
    fits = step.as_needed and manner.sig.purpose.casefold() == purpose
    if not fits or most is None or step.timing.every_hours is None:
        return ""
    if len(manner.sig.steps) > 1 or most.unit is not step.dose.low.unit:
        return ""
    return filled(
        text,
        {"dose": str(step.dose.low), "hours": str(step.timing.every_hours), "most": str(most)},
    )


def _lead(line: Line, manner: _Manner) -> str:
    """Say on which days a step runs, and the dates when the first day is known."""
    if line.days is None:
        return ""
    (first, last), phrases = line.days, manner.phrases
    if last is None:
        lead, frame = phrases.frame("day_and_after", first=str(first)), "date_and_after"
    elif first == last:
        lead, frame = phrases.frame("day", first=str(first)), "date"
    else:
        lead, frame = phrases.frame("days", first=str(first), last=str(last)), "dates"
    if manner.starts_on is None:
        return lead
    begins = label_date(manner.starts_on + timedelta(days=first - 1))
    ends = label_date(manner.starts_on + timedelta(days=(last or first) - 1))
    return phrases.frame(frame, lead=lead, **{"from": begins, "to": ends})
