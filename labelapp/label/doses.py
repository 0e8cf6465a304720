"""The doses of a fill day by day: which are taken at set times, and why others are in no calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from labelapp.rx.directions import units_for
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.timing import When
from labelapp.sig.lines import Line, Says, Slot, by_day, lines

Spread = Mapping[int, tuple[When, ...]]
"""The times of day of a count a day, where the law's phrases spread it."""


@dataclass(frozen=True)
class Day:
    """One day of the sig: its date where somebody entered the first, and what is taken on it.

    `is_new` says that on it a dose of a step is taken for the first time.
    """

    number: int
    on: date | None
    slots: tuple[Slot, ...]
    is_new: bool

    @property
    def taken(self) -> Fraction:
        """What is taken on this day, in the unit of the directions."""
        return sum((Fraction(each.dose.low.value) for each in self.slots), Fraction(0))


def unset(fill: Fill, spread: Spread) -> tuple[Finding, ...]:
    """Say why the directions are no calendar: something is taken at no set time, or on no set day."""
    found = (
        finding for line in _steps(fill, spread) for finding in _unset_line(line, fill.starts_on)
    )
    return tuple(dict.fromkeys(found))


def _unset_line(line: Line, starts_on: date | None) -> Iterator[Finding]:
    steps = [each.step for each in line.steps]
    timings = [each.timing for each in steps]
    if any(each.as_needed for each in steps):
        yield stop("twins.calendar-as-needed", "sig", Settler.NOBODY)
    if any(each.conditions for each in steps):
        words = "; ".join(words for each in steps for words in each.conditions)
        yield stop("twins.calendar-condition", "sig", Settler.NOBODY, words=words)
    if any(each.dose.high or (each.length and each.length.high) for each in steps):
        yield stop("twins.calendar-range", "sig", Settler.NOBODY)
    if any(each.times_a_week for each in timings):
        yield stop("twins.calendar-free-days", "sig", Settler.NOBODY)
    if any(each.weekdays for each in timings) and starts_on is None:
        yield stop("twins.calendar-no-start", "fill.starts_on", Settler.NOBODY)
    if not _has_times(line):
        yield stop("twins.calendar-no-times", "sig", Settler.NOBODY)


def _has_times(line: Line) -> bool:
    """Tell whether each dose has its time; a single dose a day needs none."""
    timing = line.step.timing
    if timing.every_hours or timing.fewest is not None:
        return False
    return all(each.is_named for each in line.slots) or (
        len(line.slots) == 1 and timing.times_a_day == 1
    )


def days_of(fill: Fill, days: int, spread: Spread) -> tuple[Day, ...]:
    """Give so many days of a fill from its first day on. `unset` must have found nothing."""
    found = _steps(fill, spread)
    weekday = fill.weekday or 0  # asked for by named weekdays alone, and those need the date
    every = tuple(
        _day(number, fill, found, weekday)
        for number in range(fill.first_day, fill.first_day + days)
    )
    counted = units_for(fill.prescription.sig.steps, days, fill.first_day, weekday)
    assert sum((each.taken for each in every), Fraction(0)) == counted, "a calendar adds up"
    return every


def _day(number: int, fill: Fill, found: Iterable[Line], weekday: int) -> Day:
    running = [each for each in found if _runs_on(number, each)]
    taken = [each for each in running if _is_taken(number, each, weekday)]
    begins = any(
        fill.first_day < _first(each) and _is_first_taken(number, each, weekday) for each in taken
    )
    on = None if fill.starts_on is None else fill.starts_on + timedelta(days=number - 1)
    slots = sorted((slot for each in taken for slot in each.slots), key=_in_order)
    return Day(number, on, tuple(slots), begins)


def _in_order(slot: Slot) -> tuple[int, Decimal]:
    """Put the doses of a day in its order, those of one time the smaller first, from any lines."""
    return by_day(slot), slot.dose.low.value


def _is_taken(number: int, line: Line, weekday: int) -> bool:
    return line.step.timing.is_taken_on(number - _first(line), weekday + _first(line) - 1)


def _is_first_taken(number: int, line: Line, weekday: int) -> bool:
    """Tell whether a day is the first of a step on which it is taken: it may begin on one without."""
    return not any(_is_taken(each, line, weekday) for each in range(_first(line), number))


def _first(line: Line) -> int:
    return line.steps[0].first


def _runs_on(number: int, line: Line) -> bool:
    last = line.steps[0].last
    return _first(line) <= number and (last is None or number <= last)


def _steps(fill: Fill, spread: Spread) -> tuple[Line, ...]:
    """Give the lines of the sig that are steps, each from its own first day on."""
    rx = fill.prescription
    every = lines(rx.sig, rx.compound.form, spread)
    return tuple(each for each in every if each.says is Says.STEP)
