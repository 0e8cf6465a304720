"""Directions: the steps of a sig, and the arithmetic of a titration."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.finding import Span


class When(enum.StrEnum):
    """The four times of the Universal Medication Schedule, in the order of the day."""

    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    BEDTIME = "bedtime"


class Meal(enum.StrEnum):
    """How a dose stands to food."""

    WITH_FOOD = "with food"
    BEFORE_MEALS = "before meals"
    AFTER_MEALS = "after meals"
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
class Timing:
    """How often: named times of day, or a count a day, or every so many hours; and on which days.

    `times_a_day` is used when no times are named and no hours are given. `every_days` 2 is every
    other day, 7 once a week.
    """

    when: tuple[When, ...] = ()
    times_a_day: int = 1
    every_hours: int | None = None
    every_days: int = 1

    @property
    def doses_a_day(self) -> Fraction:
        """How many doses fall on a day when it is a day of taking."""
        if self.when:
            return Fraction(len(self.when))
        if self.every_hours:
            return Fraction(24, self.every_hours)
        return Fraction(self.times_a_day)


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
    `dose_mg` is the exact weight at one time when the strength is known. `spans` point into the
    text as written.
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
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Sig:
    """The directions as written and as understood.

    `purpose` is the patient's wording of what the medicine is for, only when the prescriber wrote
    one; `most_a_day` is a ceiling the prescriber wrote; `kept` are sentences that are no step and
    stand on the label word for word.
    """

    text: str
    steps: tuple[Step, ...]
    purpose: str = ""
    most_a_day: Amount | None = None
    kept: tuple[str, ...] = ()


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


def units_on(day: int, dated: Iterable[Dated]) -> Fraction:
    """Count what is taken on one day of the sig, taking the most a range of doses allows."""
    total = Fraction(0)
    for each in dated:
        if day < each.first or (each.last is not None and day > each.last):
            continue
        if (day - each.first) % each.step.timing.every_days:
            continue
        total += Fraction(each.step.dose.most.value) * each.step.timing.doses_a_day
    return total


def units_for(steps: Iterable[Step], days: int, from_day: int = 1) -> Fraction:
    """Count what `days` days of the sig use up, beginning on day `from_day`."""
    dated = laid_out(steps)
    return sum((units_on(day, dated) for day in range(from_day, from_day + days)), Fraction(0))


def days_covered(
    steps: Iterable[Step], units: Fraction, from_day: int = 1, at_most: int = 1000
) -> int:
    """Count the whole days a supply lasts from `from_day`, rounded down, never past the last step.

    The count stops at the last day of a sig that ends and at `at_most` days.
    """
    dated = laid_out(steps)
    ends = None if any(each.last is None for each in dated) else last_day(dated)
    left, days = units, 0
    while days < at_most and (ends is None or from_day + days <= ends):
        left -= units_on(from_day + days, dated)
        if left < 0:
            break
        days += 1
    return days


def last_day(dated: Iterable[Dated]) -> int:
    """Give the last day on which any step that ends is taken; 0 when none ends."""
    return max((each.last for each in dated if each.last is not None), default=0)


def unit_of(steps: Iterable[Step]) -> Unit | None:
    """Give the one unit all steps are dosed in, or None when they differ or there are none."""
    units = {step.dose.low.unit for step in steps}
    return units.pop() if len(units) == 1 else None
