"""What each vial of a fill gives on each of its days; a dose nobody can take from it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from labelapp.label.document import VIAL, Label
from labelapp.label.doses import Day, Spread, days_of, unset
from labelapp.rules.weight import in_form_units, mg_in
from labelapp.rx.amount import Amount
from labelapp.rx.compound import Compound
from labelapp.rx.directions import unit_of
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.vial import until, within


@dataclass(frozen=True)
class Container:
    """A container as the fill it is by itself, its label, and for how many days it is.

    A fill that leaves in one container is that container. `days` is None where nobody can tell.
    """

    fill: Fill
    label: Label
    days: int | None

    @property
    def called(self) -> str:
        """The word for such a container on its label, `Vial`; empty when it is the only one."""
        return next((each.label for each in self.label.elements if each.key == VIAL), "")

    @property
    def number(self) -> int:
        """Its place among the containers of the fill, from 1."""
        return self.fill.vial.number if self.fill.vial else 1

    @property
    def pieces(self) -> Fraction | None:
        """How many of its pieces, mL or g one unit of its directions is; None when not countable."""
        first = self.fill.first_day
        steps = within(self.fill.prescription.sig.steps, first, first + (self.days or 1) - 1)
        unit = unit_of(each.step for each in steps)
        return in_form_units(unit, self.fill.prescription.compound) if unit else None


@dataclass(frozen=True)
class Given:
    """The days of a container with the doses taken from it, and what one unit of them is."""

    container: Container
    days: tuple[Day, ...]
    pieces: Fraction

    @property
    def opened(self) -> int:
        """The day on which the first dose is taken from it."""
        return next((each.number for each in self.days if each.slots), self.days[0].number)

    @property
    def used(self) -> Fraction:
        """What is taken from it on all its days, in its pieces, mL or g."""
        return sum((each.taken for each in self.days), Fraction(0)) * self.pieces

    @property
    def left(self) -> Fraction:
        """What is left over in it after its days."""
        return Fraction(self.container.fill.quantity.value) - self.used


def refusals(fill: Fill, containers: Sequence[Container], spread: Spread) -> tuple[Finding, ...]:
    """Say why the containers of a fill have no calendar, before any day of it is counted."""
    refused = unset(_of_their_days(fill, containers), spread)
    if refused:
        return refused
    if len(containers) == 1:
        (alone,) = containers
        if alone.days and alone.pieces is not None:
            return ()
        return (stop("twins.calendar-uncounted", "fill.quantity", Settler.NOBODY),)
    follows = fill.first_day
    for each in containers:
        if not each.days or each.pieces is None or each.fill.first_day != follows:
            return (_days_not_told(each),)
        follows += each.days
    return ()


def given(
    fill: Fill, containers: Sequence[Container], spread: Spread
) -> tuple[tuple[Given, ...], tuple[Finding, ...]]:
    """Give the days of each container, one after the other, or say why there are none.

    `refusals` must have found nothing. A day on which a step of the order is taken for the first
    time is new, from whichever container that is. A day whose dose as ordered is not, to the mg
    and the hour, what its container gives is refused, and so is a container its days would more
    than empty.
    """
    whole = sum(each.days or 0 for each in containers)
    ordered = days_of(_of_their_days(fill, containers), whole, spread)
    begins = {each.number: each.is_new for each in ordered}
    every = tuple(
        Given(
            each,
            tuple(
                replace(day, is_new=begins[day.number])
                for day in days_of(each.fill, each.days or 0, spread)
            ),
            each.pieces or Fraction(1),
        )
        for each in containers
    )
    refused = _not_exact(fill.prescription.compound, every, ordered)
    return ((), refused) if refused else (every, ())


def _not_exact(
    compound: Compound, every: Sequence[Given], ordered: Sequence[Day]
) -> tuple[Finding, ...]:
    """Hold every day against the order, and what is taken of each container against what it holds."""
    taken = [(each.container, day) for each in every for day in each.days]
    for wanted, (container, day) in zip(ordered, taken, strict=True):
        if not _is_same(wanted, day, compound, container.fill.prescription.compound):
            values = {"vial": str(container.number), "day": str(day.number)}
            at = _field(container)
            return (stop("twins.calendar-vial-dose", at, Settler.NOBODY, **values),)
    short = [each.container for each in every if each.left < 0]
    return (_days_not_told(short[0]),) if short else ()


def _of_their_days(fill: Fill, containers: Sequence[Container]) -> Fill:
    """Give a fill with the steps of the days its containers are for; one alone is left as it is."""
    last = containers[-1]
    if len(containers) == 1 or not last.days:
        return fill
    sig = fill.prescription.sig
    steps = until(sig.steps, last.fill.first_day + last.days - 1)
    return replace(fill, prescription=replace(fill.prescription, sig=replace(sig, steps=steps)))


def _is_same(wanted: Day, taken: Day, ordered: Compound, mine: Compound) -> bool:
    """Tell whether two days have as much of the drug at the same times."""
    times = [[(each.when, each.clock) for each in day.slots] for day in (wanted, taken)]
    return times[0] == times[1] and all(
        _weighs_same(one.dose.low, other.dose.low, ordered, mine)
        for one, other in zip(wanted.slots, taken.slots, strict=True)
    )


def _weighs_same(wanted: Amount, taken: Amount, ordered: Compound, mine: Compound) -> bool:
    if mine == ordered:
        return wanted == taken
    one, other = _mg(wanted, ordered), _mg(taken, mine)
    return one is not None and one == other


def _mg(amount: Amount, compound: Compound) -> Fraction | None:
    alone = len(compound.actives) == 1
    mg = mg_in(amount.unit, compound.form, compound.strength, alone=alone)
    return None if mg is None else mg * Fraction(amount.value)


def _days_not_told(container: Container) -> Finding:
    vial = str(container.number)
    return stop("twins.calendar-vial-days", _field(container), Settler.NOBODY, vial=vial)


def _field(container: Container) -> str:
    return f"fill.vials.{container.number - 1}.quantity"
