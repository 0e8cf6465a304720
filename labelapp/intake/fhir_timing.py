"""How often and for how long a FHIR dosage runs, as far as it maps onto whole days and doses."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from labelapp.intake.fhir_codes import DAYS, EVENTS, TIMINGS
from labelapp.intake.fhir_element import Element, codes
from labelapp.intake.limits import Numeral
from labelapp.rx.directions import Length, Meal
from labelapp.rx.timing import Timing, When

_UNMAPPED = (
    "offset", "duration", "durationMax", "durationUnit", "frequencyMax", "periodMax", "count",
    "countMax", "dayOfWeek", "extension",
)  # fmt: skip
_DAY = list(When)


@dataclass
class Timed:
    """What the timing of a dosage came to; `trouble` are the elements that have no place in it."""

    timing: Timing | None = None
    meal: Meal | None = None
    length: Length | None = None
    clock: tuple[str, ...] = ()
    dates: tuple[str, str] = ("", "")
    trouble: list[Element] = field(default_factory=list)


def read_timing(timing: Element) -> Timed:
    """Read `timing`: repeat, code and bounds. Whatever does not map is in `trouble`, unread."""
    timed = Timed()
    repeat = timing.part("repeat")
    for key in _UNMAPPED:
        _trouble(timed, repeat.part(key))
    for key in ("event", "extension"):
        _trouble(timed, timing.part(key))
    timed.timing = _often(repeat, timed)
    _code(timing.part("code"), timed)
    _bounds(repeat, timed)
    return timed


def _trouble(timed: Timed, *elements: Element) -> None:
    timed.trouble += [each for each in elements if each]


def _often(repeat: Element, timed: Timed) -> Timing | None:
    named = _named(repeat, timed)
    clock = repeat.parts("timeOfDay")
    count = len(named) or len(clock)
    if named and clock:
        _trouble(timed, repeat.part("timeOfDay"), repeat.part("when"))
        return None
    if not count:
        return _every(repeat, timed)
    days = _days_apart(repeat) if repeat.part("period") else 1
    times = whole(repeat.part("frequency"))
    if days is None or (repeat.part("frequency") and times != count):
        _trouble(timed, *(repeat.part(key) for key in ("frequency", "period", "periodUnit")))
        return None
    _read_out(repeat)
    timed.clock = tuple(each.text()[:5] for each in clock)
    return Timing(when=named, every_days=days) if named else Timing((), count, None, days)


def _read_out(repeat: Element) -> None:
    for key in ("frequency", "period", "periodUnit"):
        repeat.at(key)


def _named(repeat: Element, timed: Timed) -> tuple[When, ...]:
    """Read the events of the day; one event that is not known spoils them all."""
    found = repeat.parts("when")
    events = [EVENTS.get(str(each.value)) for each in found]
    meals = {event[1] for event in events if event} - {None}
    if None in events or len(meals) > 1:
        _trouble(timed, repeat.part("when"))
        return ()
    for each in found:
        each.text()
    timed.meal = meals.pop() if meals else None
    whens = {event[0] for event in events if event and event[0]}
    return tuple(sorted(whens, key=_DAY.index))


def _every(repeat: Element, timed: Timed) -> Timing | None:
    """Read `frequency` times per `period`: so many a day, every so many days or hours."""
    if not repeat.part("period"):
        _trouble(timed, repeat.part("frequency"), repeat.part("periodUnit"))
        return None
    times = whole(repeat.part("frequency")) if repeat.part("frequency") else 1
    made = _timing(times, whole(repeat.part("period")), str(repeat.part("periodUnit").value))
    if made is None:
        _trouble(timed, *(repeat.part(key) for key in ("frequency", "period", "periodUnit")))
        return None
    _read_out(repeat)
    return made


def _timing(times: int | None, period: int | None, unit: str) -> Timing | None:
    if not times or not period:
        return None
    if unit == "h":
        if period == 24:
            return Timing(times_a_day=times)
        if times == 1 and period < 24:
            return Timing(every_hours=period)
    days = period // 24 if unit == "h" and period % 24 == 0 else period * DAYS.get(unit, 0)
    if days == 1:
        return Timing(times_a_day=times)
    return Timing(every_days=days) if days and times == 1 else None


def _days_apart(repeat: Element) -> int | None:
    period = whole(repeat.part("period"))
    days = DAYS.get(str(repeat.part("periodUnit").value))
    return period * days if period and days else None


def _code(code: Element, timed: Timed) -> None:
    """Read a timing code such as BID: it must be known, and agree with what `repeat` says."""
    if not code:
        return
    known = {TIMINGS[each] for _, each in codes(code) if each in TIMINGS}
    if len(known) != 1 or timed.timing not in {None, *known}:
        _trouble(timed, code)
        return
    timed.timing = known.pop()
    for each in code.parts("coding"):
        each.at("code")
        each.pass_over("system", "display", "version")
    code.pass_over("text")


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


def whole(element: Element) -> int | None:
    """Give a whole number from 1 to 1,000, not yet read; None for anything else."""
    number = exact(element)
    if number is None or number != number.to_integral_value() or not 1 <= number <= 1000:
        return None
    return int(number)


def exact(element: Element) -> Decimal | None:
    """Give a number exactly, not yet read; None for none, or one outside any prescription."""
    if not isinstance(element.value, Numeral):
        return None
    try:
        number = Decimal(element.value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and -9 < number.adjusted() < 9 else None
