"""Directions: the steps of a sig, and the arithmetic of a titration."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.finding import Span
from labelapp.rx.timing import Timing


class Meal(enum.StrEnum):
    """How a dose stands to food."""

    WITH_FOOD = "with food"
    BEFORE_MEALS = "before meals"
    AFTER_MEALS = "after meals"
    WITH_OR_AFTER_FOOD = "with or after food"
    WITH_OR_WITHOUT_FOOD = "with or without food"
    EMPTY_STOMACH = "on an empty stomach"
    WITH_WATER = "with water"


class Route(enum.StrEnum):
    """The way the medicine takes; the value is the patient's wording."""

    ORAL = "by mouth"
    SUBLINGUAL = "under the tongue"
    BUCCAL = "between the cheek and gum"
    TOPICAL = "to the skin"
    AFFECTED_AREA = "to the affected area"
    TRANSDERMAL = "to the skin (transdermal)"


class Verb(enum.StrEnum):
    """What the patient does."""

    TAKE = "Take"
    PLACE = "Place"
    DISSOLVE = "Dissolve"
    APPLY = "Apply"
    RUB = "Rub in"
    CHEW = "Chew"
    SWALLOW = "Swallow"
    USE = "Use"


@dataclass(frozen=True)
class Dose:
    """How much at one time: one amount, or a range from low to high."""

    low: Amount
    high: Amount | None = None

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards or mixes units."""
        if self.high is not None and (
            self.high.unit != self.low.unit or self.high.value <= self.low.value
        ):
            raise ValueError("a dose range runs from low to high in one unit")

    @property
    def most(self) -> Amount:
        """The largest amount the patient may take at one time."""
        return self.high or self.low


@dataclass(frozen=True)
class Length:
    """For how many days a step runs; `high` when the prescriber left a range of days."""

    days: int
    high: int | None = None


@dataclass(frozen=True)
class Step:
    """One step of the directions.

    Steps with the same `sequence` run together, as a morning and a bedtime dose do; a higher
    sequence begins when the one before ends. `length` None is open: it may stand last only.
    `dose_mg` is the exact weight at one time when the strength is known. `conditions` are words
    of the writer that hold for this step and are said as they stand: as tolerated. `spans` point
    into the text as written.
    """

    sequence: int
    dose: Dose
    timing: Timing
    verb: Verb | None = None
    route: Route | None = None
    length: Length | None = None
    meal: Meal | None = None
    as_needed: bool = False
    dose_mg: Fraction | None = None
    conditions: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Increase:
    """A rule of growth as the writer gave it: so much more every so many days, up to an amount.

    The steps `first` to `last` of the sig are what it means, written out.
    """

    by: Amount
    every: int
    up_to: Amount
    first: int
    last: int
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Kept:
    """A sentence that is no step and stands on the label word for word, and where it was written."""

    words: str
    span: Span


@dataclass(frozen=True)
class Sig:
    """The directions as written and as understood.

    `purpose` is the patient's wording of what the medicine is for, only when the prescriber wrote
    one; `most_a_day` is a ceiling the prescriber wrote; `kept` are sentences that are no step and
    stand on the label word for word. `stops` says that the writer ends the sig with "then stop". `most_spans` and `stop_spans` point at the ceiling and the stop.
    """

    text: str
    steps: tuple[Step, ...]
    purpose: str = ""
    most_a_day: Amount | None = None
    kept: tuple[Kept, ...] = ()
    increases: tuple[Increase, ...] = ()
    stops: bool = False
    most_spans: tuple[Span, ...] = ()
    stop_spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Beside:
    """A line of directions in the patient's language: it stands under its English, never alone.

    `colon` is what parts `lead` from `text` there; `why` names the row of the table that says it
    so, and who approved that table.
    """

    language: str
    text: str
    lead: str = ""
    colon: str = ":"
    why: str = ""


@dataclass(frozen=True)
class Said:
    """One line of directions for the label, with the step and the characters it came from."""

    text: str
    sequence: int = 0
    spans: tuple[Span, ...] = ()
    standard: bool = False
    """True when the line is a standard phrase of the state, to the letter."""
    lead: str = ""
    """The bold beginning of a titration line, "Days 1 to 7"; `text` is without it."""
    beside: Beside | None = None
    """The same line as an approved table says it in the patient's language."""


@dataclass(frozen=True)
class Dated:
    """A step with the days of the sig on which it runs; `last` None is open."""

    step: Step
    first: int
    last: int | None


def laid_out(steps: Iterable[Step]) -> tuple[Dated, ...]:
    """Give each step its first and last day, day 1 being the day the patient starts.

    A step with a range of days runs its shorter length here; whoever asks for certainty looks at
    `Length.high` first.
    """
    dated: list[Dated] = []
    begins, sequence, ends = 1, None, 0
    for step in sorted(steps, key=lambda each: each.sequence):
        if sequence is not None and step.sequence != sequence:
            begins = ends + 1
        sequence = step.sequence
        last = None if step.length is None else begins + step.length.days - 1
        ends = max(ends, last or ends)
        dated.append(Dated(step, begins, last))
    return tuple(dated)


def units_on(day: int, dated: Iterable[Dated], weekday: int = 0, *, late: bool = False) -> Fraction:
    """Count what is taken on one day of the sig, taking the most a range of doses allows.

    `weekday` is the place in the week of day 1, 0 for a Monday; only named weekdays ask for it.
    `late` puts days the patient chooses at the end of each week.
    """
    total = Fraction(0)
    for each in dated:
        if day < each.first or (each.last is not None and day > each.last):
            continue
        timing = each.step.timing
        if timing.is_taken_on(day - each.first, weekday + each.first - 1, late=late):
            total += Fraction(each.step.dose.most.value) * timing.doses_a_day
    return total


def units_for(
    steps: Iterable[Step], days: int, from_day: int = 1, weekday: int | None = None
) -> Fraction:
    """Count what `days` days of the sig use up, beginning on day `from_day`.

    Where weekdays are named and nobody knows on which day 1 falls, the most is counted.
    """
    dated = laid_out(steps)
    wanted = range(from_day, from_day + days)
    return max(
        sum((units_on(day, dated, first) for day in wanted), Fraction(0))
        for first in _weekdays(dated, weekday)
    )


def fewest_units_for(steps: Iterable[Step], days: int, from_day: int = 1) -> Fraction:
    """Count the least `days` days of the sig can use up, where the days of a week are open."""
    dated = laid_out(steps)
    wanted = range(from_day, from_day + days)
    return min(
        sum((units_on(day, dated, first, late=True) for day in wanted), Fraction(0))
        for first in _weekdays(dated, None)
    )


def days_covered(
    steps: Iterable[Step],
    units: Fraction,
    from_day: int = 1,
    at_most: int = 1000,
    weekday: int | None = None,
) -> int:
    """Count the whole days a supply lasts from `from_day`, rounded down, never past the last step.

    The count stops at the last day of a sig that ends and at `at_most` days. Where weekdays are
    named and nobody knows on which day 1 falls, the fewest days are counted.
    """
    dated = laid_out(steps)
    ends = None if any(each.last is None for each in dated) else last_day(dated)
    most = at_most if ends is None else max(min(at_most, ends - from_day + 1), 0)
    return min(
        _lasts(dated, units, range(from_day, from_day + most), first)
        for first in _weekdays(dated, weekday)
    )


def _lasts(dated: Sequence[Dated], units: Fraction, days: range, weekday: int) -> int:
    left = units
    for count, day in enumerate(days):
        left -= units_on(day, dated, weekday)
        if left < 0:
            return count
    return len(days)


def _weekdays(dated: Sequence[Dated], known: int | None) -> Sequence[int]:
    if known is not None:
        return (known,)
    return range(7) if any(each.step.timing.weekdays for each in dated) else (0,)


def last_day(dated: Iterable[Dated]) -> int:
    """Give the last day on which any step that ends is taken; 0 when none ends."""
    return max((each.last for each in dated if each.last is not None), default=0)


def unit_of(steps: Iterable[Step]) -> Unit | None:
    """Give the one unit all steps are dosed in, or None when they differ or there are none."""
    units = {step.dose.low.unit for step in steps}
    return units.pop() if len(units) == 1 else None
