"""Agree: whether two ways of saying when a dose is taken can both be meant.

A text that says less than the structure does not contradict it, nor the other way round.
"""

from __future__ import annotations

from datetime import time
from fractions import Fraction

from labelapp.rx.directions import Meal, Step
from labelapp.rx.timing import WEEK, Clock, Timing, Weekday, When

Moment = When | Clock

_HOURS = {
    When.MORNING: (time(4), time(12)),
    When.NOON: (time(11), time(15)),
    When.EVENING: (time(16), time(23)),
    When.BEDTIME: (time(20), time(4)),
}
"""From which hour up to which a time of the clock can be meant by a part of the day. Wider on
either side than the hours the Universal Medication Schedule gives them, for only a time that
nobody calls so is worth a question."""

_FOOD = (
    {Meal.WITH_OR_AFTER_FOOD, Meal.WITH_FOOD},
    {Meal.WITH_OR_AFTER_FOOD, Meal.AFTER_MEALS},
    {Meal.EMPTY_STOMACH, Meal.BEFORE_MEALS},
)
"""Words about food that do not exclude each other; a message has no code for the first of each."""


def is_same_often(text: tuple[Step, ...], structure: Step) -> bool:
    """Tell whether the count a day, the days and the times of the text can be the structure's."""
    own = (structure,)
    return (
        _most(text) == _most(own)
        and _is_same_fewest(text, structure)
        and all(_is_same_days(step.timing, structure.timing) for step in text)
        and _can_be_same_moments(_moments(text), _moments(own))
        and _is_same_lead(text, structure)
    )


def is_same_food(text: tuple[Step, ...], structure: Step) -> bool:
    """Tell whether what the text says of food can be what the structure says."""
    own = structure.meal
    if own is None:
        return True
    said = {step.meal for step in text} - {None, own, Meal.WITH_WATER}
    return own is Meal.WITH_WATER or all({each, own} in _FOOD for each in said)


def says_less(text: tuple[Step, ...], structure: Step) -> bool:
    """Tell whether the structure names times, days or food of which the text says nothing."""
    own = structure.timing
    return (
        bool(_moments((structure,)) and not _moments(text))
        or bool(own.weekdays and not any(step.timing.weekdays for step in text))
        or bool(own.lead and not any(step.timing.lead for step in text))
        or bool(structure.meal and not any(step.meal for step in text))
    )


def fewest_a_day(timing: Timing) -> Fraction:
    """Give the fewest doses of a day of taking."""
    if timing.hours_to is not None:
        return Fraction(24, timing.hours_to)
    return timing.doses_a_day if timing.fewest is None else Fraction(timing.fewest)


# ------------------------------------------------------------ the counts


def _most(steps: tuple[Step, ...]) -> Fraction:
    """Count the most doses a day, over all steps that run together."""
    return sum((step.timing.doses_a_day * step.timing.days_share for step in steps), Fraction(0))


def _is_same_fewest(text: tuple[Step, ...], structure: Step) -> bool:
    """Compare the lower ends of ranges; as needed has none, and up to 3 may be coded 1 to 3."""
    if structure.as_needed and all(step.as_needed for step in text):
        return True
    said = sum((fewest_a_day(step.timing) * step.timing.days_share for step in text), Fraction(0))
    own = fewest_a_day(structure.timing) * structure.timing.days_share
    if said == own:
        return True
    from_none = said == 0 or own == 0
    return from_none and structure.timing.fewest is not None and max(said, own) <= 1


# ------------------------------------------------------------ the days


def _is_same_days(one: Timing, other: Timing) -> bool:
    """Tell whether both can fall on the same days: 3 times a week may be Monday to Wednesday."""
    if one.days_share != other.days_share:
        return False
    if one.is_daily:
        return True
    if one.repeats_after == other.repeats_after == len(WEEK):
        return _fits_in_week(one, other)
    return (one.days_on, one.every_days) == (other.days_on, other.every_days)


def _fits_in_week(one: Timing, other: Timing) -> bool:
    if one.weekdays and other.weekdays:
        return set(one.weekdays) == set(other.weekdays)
    if one.times_a_week or other.times_a_week:
        return True
    named = one.weekdays or other.weekdays  # beside 5 days on and 2 off
    return not named or _follow_one_another(set(named))


def _follow_one_another(named: set[Weekday]) -> bool:
    begins = [
        place for place, day in enumerate(WEEK) if day in named and WEEK[place - 1] not in named
    ]
    return len(begins) <= 1


# ------------------------------------------------------------ the times of the day


def _moments(steps: tuple[Step, ...]) -> tuple[Moment, ...]:
    found: list[Moment] = []
    for step in steps:
        found += [*step.timing.when, *step.timing.clock]
    return tuple(found)


def _can_be_same_moments(text: tuple[Moment, ...], own: tuple[Moment, ...]) -> bool:
    """Tell whether each moment of the shorter list has one of its own in the longer."""
    fewer, more = sorted((text, own), key=len)
    taken: dict[int, int] = {}
    return all(_find(place, fewer, more, taken, set()) for place in range(len(fewer)))


def _find(
    place: int,
    fewer: tuple[Moment, ...],
    more: tuple[Moment, ...],
    taken: dict[int, int],
    tried: set[int],
) -> bool:
    """Give a moment its partner; one that is taken is freed where its owner finds another."""
    for other, moment in enumerate(more):
        if other in tried or not _can_be_same(fewer[place], moment):
            continue
        tried.add(other)
        if other not in taken or _find(taken[other], fewer, more, taken, tried):
            taken[other] = place
            return True
    return False


def _can_be_same(one: Moment, other: Moment) -> bool:
    if isinstance(one, Clock):
        return _is_at(one, other) if isinstance(other, Clock) else _is_in(one, other)
    return _is_in(other, one) if isinstance(other, Clock) else one is other


def _is_at(one: Clock, other: Clock) -> bool:
    """Compare times of the clock: alike, or the one within the hours of the other."""
    if one == other:
        return True
    if (one.until is None) == (other.until is None):
        return False
    point, hours = (one, other) if one.until is None else (other, one)
    return hours.until is not None and (
        point.at == hours.until or _is_between(point.at, hours.at, hours.until)
    )


def _is_in(clock: Clock, when: When) -> bool:
    begins, ends = _HOURS[when]
    return any(
        _is_between(each, begins, ends) for each in (clock.at, clock.until) if each is not None
    )


def _is_between(at: time, begins: time, ends: time) -> bool:
    """Tell whether a time lies in hours that may run past midnight; the last one is outside."""
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def _is_same_lead(text: tuple[Step, ...], structure: Step) -> bool:
    own = structure.timing.lead
    said = [step.timing.lead for step in text if step.timing.lead is not None]
    return own is None or all(
        each.after == own.after and each.minutes <= own.minutes <= (each.longest or each.minutes)
        for each in said
    )
