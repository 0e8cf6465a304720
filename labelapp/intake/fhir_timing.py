"""How often and for how long a FHIR dosage runs, as far as it maps onto whole days and doses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from labelapp.intake.fhir_codes import DAYS, TIMINGS
from labelapp.intake.fhir_element import Element, codes, whole
from labelapp.intake.fhir_repeat import read_often
from labelapp.rx.directions import Length, Meal
from labelapp.rx.timing import Timing

_UNMAPPED = ("duration", "durationMax", "durationUnit", "count", "countMax", "extension")


@dataclass
class Timed:
    """What the timing of a dosage came to; `trouble` are the elements that have no place in it."""

    timing: Timing | None = None
    meal: Meal | None = None
    length: Length | None = None
    dates: tuple[str, str] = ("", "")
    trouble: list[Element] = field(default_factory=list)


def read_timing(timing: Element) -> Timed:
    """Read `timing`: repeat, code and bounds. Whatever does not map is in `trouble`, unread."""
    repeat = timing.part("repeat")
    often = read_often(repeat)
    timed = Timed(often.timing, often.meal, trouble=often.trouble)
    for key in _UNMAPPED:
        _trouble(timed, repeat.part(key))
    for key in ("event", "extension"):
        _trouble(timed, timing.part(key))
    _code(timing.part("code"), timed)
    _bounds(repeat, timed)
    return timed


def _trouble(timed: Timed, *elements: Element) -> None:
    timed.trouble += [each for each in elements if each]


def _code(code: Element, timed: Timed) -> None:
    """Read a timing code such as BID: it must be known, and agree with what `repeat` says."""
    if not code:
        return
    known = {TIMINGS[each] for _, each in codes(code) if each in TIMINGS}
    if len(known) != 1 or not _agrees(known, timed.timing):
        _trouble(timed, code)
        return
    timed.timing = timed.timing or known.pop()
    for each in code.parts("coding"):
        each.at("code")
        each.pass_over("system", "display", "version")
    code.pass_over("text")


def _agrees(known: set[Timing], timing: Timing | None) -> bool:
    """Tell whether `repeat` says what the code says, or the same count with its times or days."""
    if timing is None or timing in known:
        return True
    bare = replace(timing, when=(), clock=(), lead=None, times_a_day=int(timing.doses_a_day))
    if len(timing.weekdays) == 1:
        bare = replace(bare, weekdays=(), every_days=7)
    return bare in known


def _bounds(repeat: Element, timed: Timed) -> None:
    duration, range_, period = (
        repeat.part(key) for key in ("boundsDuration", "boundsRange", "boundsPeriod")
    )
    if duration:
        days = days_in(duration)
        timed.length = Length(days) if days else None
        _settle(timed, duration, days is not None)
    elif range_:
        low, high = days_in(range_.part("low")), days_in(range_.part("high"))
        if low and high and low < high:
            timed.length = Length(low, high)
        _settle(timed, range_, timed.length is not None)
    elif period:
        _period(period, timed)


def _settle(timed: Timed, bounds: Element, is_read: bool) -> None:  # noqa: FBT001
    if not is_read:
        _trouble(timed, bounds)
        return
    for each in (bounds, bounds.part("low"), bounds.part("high")):
        for key in ("value", "unit", "code", "system"):
            each.at(key)


def days_in(quantity: Element) -> int | None:
    """Give a duration in days; word and code of the unit must mean the same."""
    value = whole(quantity.part("value"))
    names = [str(each.value) for each in (quantity.part("code"), quantity.part("unit")) if each]
    lengths = {DAYS.get(name.strip()) for name in names}
    days = lengths.pop() if len(lengths) == 1 else None
    return value * days if value and days and not quantity.part("comparator") else None


def _period(period: Element, timed: Timed) -> None:
    """Read bounds given as dates; both ends belong to the period (FHIR R4, 2.24.0.11)."""
    start, end = _date(period.part("start")), _date(period.part("end"))
    if start and end and start <= end:
        timed.length = Length((end - start).days + 1)
    elif not start or period.part("end"):
        _trouble(timed, period)
        return
    timed.dates = (period.at("start"), period.at("end"))


def _date(element: Element) -> date | None:
    try:
        return date.fromisoformat(str(element.value)[:10])
    except ValueError:
        return None
