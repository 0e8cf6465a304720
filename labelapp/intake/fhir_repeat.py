"""How often a FHIR dosage is taken: times of day, hours of the clock, days and counts of `repeat`.

What does not map without a guess stays unread, and its elements are named as trouble.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import time

from labelapp.intake.fhir_codes import AFTERWARDS, EVENTS, WEEKDAYS
from labelapp.intake.fhir_element import Element, whole
from labelapp.rx.directions import Meal
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, Weekday, When

_MOMENTS = ("when", "offset", "timeOfDay", "dayOfWeek")
_RATE = ("frequency", "frequencyMax", "period", "periodMax", "periodUnit")
_HOURS = {"h": 1, "d": 24, "wk": 168}
_DAY, _WEEK = 24, 168
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])(?::00(?:\.0+)?)?")
_ORDER = list(When)
_LONGEST_OFFSET = 240
_MOST_TIMES = 24


@dataclass
class Often:
    """What `repeat` came to; `trouble` are the elements that have no place in it."""

    timing: Timing | None = None
    meal: Meal | None = None
    trouble: list[Element] = field(default_factory=list)


@dataclass(frozen=True)
class _Rate:
    """So many times, perhaps up to `most`, in so many hours, perhaps up to `hours_to`.

    `times` None means that no count was written.
    """

    times: int | None
    most: int | None
    hours: int
    hours_to: int | None


@dataclass(frozen=True)
class _Moments:
    """The times of a day and the days of the week that are named."""

    when: tuple[When, ...] = ()
    clock: tuple[Clock, ...] = ()
    weekdays: tuple[Weekday, ...] = ()
    lead: Lead | None = None

    @property
    def a_day(self) -> int:
        return len(self.when) + len(self.clock)

    def timing(self, **often: int | None) -> Timing:
        """Give the timing of these moments with a count or a distance of days beside them."""
        return Timing(
            when=self.when,
            clock=self.clock,
            weekdays=self.weekdays,
            lead=self.lead,
            **often,  # type: ignore[arg-type]
        )


def read_often(repeat: Element) -> Often:
    """Read `when`, `offset`, `timeOfDay`, `dayOfWeek`, and how many times in which period."""
    often = Often()
    named, clock = _named(repeat, often), _clock(repeat, often)
    moments = _Moments(named, clock, _weekdays(repeat, often), _lead(repeat, often))
    if repeat.part("when") and repeat.part("timeOfDay"):  # FHIR R4, invariant tim-10
        _trouble(often, repeat, "when", "timeOfDay")
    if not often.trouble:
        often.timing = _timing(repeat, moments)
        if often.timing is None:
            _trouble(often, repeat, *_RATE, *(["dayOfWeek"] if repeat.part("period") else []))
    if often.timing or often.trouble:
        _read_out(repeat, often)
    return often


def _read_out(repeat: Element, often: Often) -> None:
    """Mark as read what is in no trouble."""
    for key in (*_MOMENTS, *_RATE):
        if repeat.part(key) not in often.trouble:
            for each in repeat.parts(key):
                each.text()


def _trouble(often: Often, repeat: Element, *keys: str) -> None:
    found = [repeat.part(key) for key in keys]
    often.trouble += [each for each in found if each and each not in often.trouble]


# ------------------------------------------------------------ the moments


def _named(repeat: Element, often: Often) -> tuple[When, ...]:
    """Read the events of the day; one event that is not known spoils them all."""
    found = repeat.parts("when")
    events = [EVENTS.get(str(each.value)) for each in found]
    meals = {event[1] for event in events if event} - {None}
    if None in events or len(meals) > 1:
        _trouble(often, repeat, "when")
        return ()
    often.meal = meals.pop() if meals else None
    whens = {event[0] for event in events if event and event[0]}
    return tuple(sorted(whens, key=_ORDER.index))


def _clock(repeat: Element, often: Often) -> tuple[Clock, ...]:
    """Read the hours of the clock; one that is no whole minute, or stands twice, spoils them."""
    found = repeat.parts("timeOfDay")
    matches = [_TIME.fullmatch(str(each.value)) for each in found]
    times = {time(int(each[1]), int(each[2])) for each in matches if each}
    if len(times) < len(found) or len(found) > _MOST_TIMES:
        _trouble(often, repeat, "timeOfDay")
        return ()
    return tuple(Clock(each) for each in sorted(times))


def _weekdays(repeat: Element, often: Often) -> tuple[Weekday, ...]:
    """Read the days of the week; all seven are every day."""
    found = repeat.parts("dayOfWeek")
    days = [WEEKDAYS.get(str(each.value)) for each in found]
    if None in days or len(set(days)) < len(days):
        _trouble(often, repeat, "dayOfWeek")
        return ()
    return () if len(days) == len(WEEK) else tuple(each for each in WEEK if each in days)


def _lead(repeat: Element, often: Often) -> Lead | None:
    """Read minutes before or after one event whose code says which of the two (FHIR R4, 2.24)."""
    offset = repeat.part("offset")
    if not offset:
        return None
    minutes, events = whole(offset), [str(each.value) for each in repeat.parts("when")]
    after = AFTERWARDS.get(events[0]) if len(events) == 1 else None
    if minutes is None or minutes > _LONGEST_OFFSET or after is None:
        _trouble(often, repeat, "offset")
        return None
    return Lead(minutes, after=after)


# ------------------------------------------------------------ the counts


def _timing(repeat: Element, moments: _Moments) -> Timing | None:
    """Bring moments and counts to one timing; None where they do not fit, or there is neither."""
    if not repeat.part("period"):
        return _without_period(repeat, moments)
    rate = _rate(repeat)
    if rate is None:
        return None
    if moments.weekdays:
        return _on_weekdays(rate, moments)
    return _at_moments(rate, moments) if moments.a_day else _counted(rate, moments)


def _without_period(repeat: Element, moments: _Moments) -> Timing | None:
    """Read named moments alone: once at each of them, on each day or on the days named."""
    beside = [repeat.part(key) for key in ("frequencyMax", "periodMax", "periodUnit")]
    times = whole(repeat.part("frequency"))
    fits = times == (moments.a_day or 1) or not repeat.part("frequency")
    if any(beside) or not fits or not (moments.a_day or repeat.part("dayOfWeek")):
        return None
    return moments.timing()


def _rate(repeat: Element) -> _Rate | None:
    """Read `frequency` times per `period` with their upper ends, in hours."""
    parts = {key: repeat.part(key) for key in _RATE}
    numbers = {key: whole(part) for key, part in parts.items() if key != "periodUnit"}
    hours = _HOURS.get(str(parts["periodUnit"].value), 0)
    if not hours or any(parts[key] and not number for key, number in numbers.items()):
        return None
    times, most = numbers["frequency"], numbers["frequencyMax"]
    period, longest = (numbers["period"] or 0) * hours, (numbers["periodMax"] or 0) * hours
    if (most and not (times and times < most)) or (longest and longest <= period):
        return None
    return _Rate(times, most, period, longest or None)


def _counted(rate: _Rate, moments: _Moments) -> Timing | None:
    """Read a count alone: so many a day or a week, every so many hours or days."""
    times = rate.times or 1
    if rate.hours_to is not None:
        fits = times == 1 and rate.most is None and rate.hours_to <= _DAY
        return moments.timing(every_hours=rate.hours, hours_to=rate.hours_to) if fits else None
    if rate.hours == _DAY:
        return _a_day(rate, moments)
    if rate.most is not None:
        return None
    if times == 1 and rate.hours < _DAY:
        return moments.timing(every_hours=rate.hours)
    return _on_some_days(times, rate.hours, moments)


def _a_day(rate: _Rate, moments: _Moments) -> Timing:
    if rate.most is not None:
        return moments.timing(times_a_day=rate.most, fewest=rate.times)
    return moments.timing(times_a_day=rate.times or 1)


def _on_some_days(times: int, hours: int, moments: _Moments) -> Timing | None:
    """Read once every so many days, or up to seven times a week."""
    if hours % _DAY:
        return None
    if times == 1:
        return moments.timing(every_days=hours // _DAY)
    if hours == _WEEK and times <= len(WEEK):
        return moments.timing(times_a_week=times) if times < len(WEEK) else moments.timing()
    return None


def _at_moments(rate: _Rate, moments: _Moments) -> Timing | None:
    """Read a count beside times of day: as many as are named, or one of them on some days."""
    if rate.most is not None or rate.hours_to is not None or rate.hours % _DAY:
        return None
    if rate.times in {None, moments.a_day}:
        return moments.timing(every_days=rate.hours // _DAY)
    return _on_some_days(rate.times or 1, rate.hours, moments) if moments.a_day == 1 else None


def _on_weekdays(rate: _Rate, moments: _Moments) -> Timing | None:
    """Read a count beside days of the week: so many on each of them, or all of them in a week."""
    if rate.hours_to is not None:
        return None
    if rate.hours == _DAY:
        if moments.a_day:
            fits = rate.most is None and rate.times in {None, moments.a_day}
            return moments.timing() if fits else None
        return _a_day(rate, moments)
    in_a_week = len(moments.weekdays) * (moments.a_day or 1)
    fits = rate.hours == _WEEK and rate.most is None and rate.times in {None, in_a_week}
    return moments.timing() if fits else None
