"""Clauses: what one dose of the directions says of itself, slot by slot, before it is a step."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from labelapp.rx.amount import Unit
from labelapp.rx.directions import Length, Meal, Route, Verb
from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, Lead, Weekday, When

IN_MG = {Unit.MCG: Fraction(1, 1000), Unit.MG: Fraction(1), Unit.G: Fraction(1000)}
"""What one of a unit of weight is in mg."""


OF_THE_DAY = (
    ("when", "exactly"),
    ("count", "fewest"),
    ("hours", "hours_to"),
    ("clock",),
    ("lead",),
)
"""The slots of a clause that say at which times of a day; those that go together in one."""

OF_THE_WEEK = (("days", "days_on"), ("weekdays",), ("a_week", "times_of_week"))
"""The slots of a clause that say on which days."""

TIME_SLOTS = (*OF_THE_DAY, *OF_THE_WEEK)


@dataclass(frozen=True)
class Written:
    """An amount as written: a number or a range, and its unit when one stands there.

    `kind` is `unit` (capsules, mL), `mass` (mg), `pill` (some counted form) or `bare`.
    """

    low: Fraction
    high: Fraction | None
    kind: str
    unit: Unit | None
    span: Span


@dataclass(frozen=True)
class Growth:
    """A change by so much every so many days up to a ceiling, or down to a floor.

    `to` None is a dose that shrinks until nothing is left. `follows` says that a `then` or `after`
    stood before it, so that the dose it grows from may have days of its own; `conditions` are
    words that hold for each change: as tolerated.
    """

    by: Written
    days: int
    to: Written | None
    span: Span
    follows: bool = False
    shrinks: bool = False
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Window:
    """Days the writer named: `first` to `last`, or `first` and after.

    `begins` says that a dose is started then (`on day 8 increase to`): it runs to the next one.
    """

    first: int
    last: int | None
    begins: bool = False


@dataclass
class Clause:
    """One dose with what belongs to it. `link` is how it hangs on the clause before.

    `window_leads` says that its days stand before its dose (`days 1 to 7: 1 capsule`);
    `in_doubt` says that a question about its words is open, so that what it lacks may be there.
    `rate` is where an amount over a time stands (`3 a day`), which may be taken at one time or
    not; `goes_on` where the writer says that there is no end; `first_only` where its days are the
    first ones of something (`for the first week`); `meal_at` the times of day its food belongs to;
    `conditions` words on which the dose hangs (`as tolerated`), `manner` words of how it is taken
    or where it is rubbed in, both said as they stand; `exactly` a time of the clock that says its
    named time more exactly; `nights` where its days are counted in nights, `nightly` where it says every night; `rises` where it is
    an increase to its dose, False a decrease; `starts`
    where it says start or continue, so that a day may be the one it starts on; `names_drug` where a drug's name leads;
    `times_of_week` where `a_week` counts times and not days.
    """

    link: str = ""
    verb: Verb | None = None
    route: Route | None = None
    dose: Written | None = None
    weight: Written | None = None
    when: tuple[When, ...] = ()
    count: int | None = None
    fewest: int | None = None
    hours: int | None = None
    hours_to: int | None = None
    days: int | None = None
    days_on: int | None = None
    weekdays: tuple[Weekday, ...] = ()
    a_week: int | None = None
    clock: tuple[Clock, ...] = ()
    lead: Lead | None = None
    length: Length | None = None
    window: Window | None = None
    meal: Meal | None = None
    as_needed: bool = False
    growth: Growth | None = None
    form_words: list[tuple[str, Span]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    window_leads: bool = False
    in_doubt: bool = False
    rate: Span | None = None
    goes_on: Span | None = None
    first_only: Span | None = None
    meal_at: list[When] = field(default_factory=list)
    conditions: list[str] = field(default_factory=list)
    manner: list[str] = field(default_factory=list)
    exactly: str = ""
    starts: bool = False
    rises: bool | None = None
    nightly: bool = False
    nights: Span | None = None
    names_drug: bool = False
    times_of_week: bool = False

    @property
    def is_dosed(self) -> bool:
        """True when an amount, or an increase of one, stands in it."""
        return self.dose is not None or self.growth is not None

    @property
    def has_time(self) -> bool:
        """True when it says at all how often; an hour before meals alone does not."""
        return any(getattr(self, slots[0]) for slots in TIME_SLOTS if slots != ("lead",))

    @property
    def times(self) -> tuple[object, ...]:
        """All it says about how often and on which days, slot by slot."""
        return tuple(getattr(self, slot) for slots in TIME_SLOTS for slot in slots)

    def take_times(self, other: Clause) -> None:
        """Take how often from another dose wherever this one says nothing."""
        for slots in TIME_SLOTS:
            if slots[0] == "when" and self.lead is not None:
                continue  # an hour before meals is none before another's bedtime
            if not getattr(self, slots[0]):
                for slot in slots:
                    setattr(self, slot, getattr(other, slot))
        for slot in ("rate", "nights", "nightly", "starts"):
            setattr(self, slot, getattr(self, slot) or getattr(other, slot))

    @property
    def a_day(self) -> int:
        """How often on a day of taking, as far as times of day or a count say."""
        return len(self.when) or len(self.clock) or self.count or 1

    @property
    def says_anything(self) -> bool:
        """True when it holds more than a verb: something a step would have to carry."""
        slots = (self.route, self.length, self.window, self.meal, self.form_words, self.goes_on)
        return (
            self.has_time
            or self.as_needed
            or any((*slots, self.conditions, self.manner, self.lead))
        )

    @property
    def span(self) -> Span:
        """The part of the text it comes from."""
        whole = self.spans[0] if self.spans else Span(0, 0)
        for each in self.spans[1:]:
            whole = whole.joined(each)
        return whole


@dataclass
class Group:
    """Clauses that run together, for so many days; None is open."""

    clauses: list[Clause] = field(default_factory=list)
    length: Length | None = None

    @property
    def span(self) -> Span:
        """The part of the text the group comes from."""
        whole = self.clauses[0].span
        for clause in self.clauses[1:]:
            whole = whole.joined(clause.span)
        return whole
