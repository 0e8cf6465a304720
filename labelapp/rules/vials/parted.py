"""A fill that leaves in several containers, parted by the days of the sig each is for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import zip_longest

from labelapp.rules.vials.doses import directions
from labelapp.rules.vials.held import (
    Held,
    adds_up,
    held_in,
    lots_not_told,
    lots_of,
    parts_of_pieces,
    unused_lots,
)
from labelapp.rules.weight import LONGEST, in_form_units, said
from labelapp.rx.amount import NBSP, Strength
from labelapp.rx.compound import Compound, Part
from labelapp.rx.directions import Sig, days_covered, laid_out, unit_of, units_for
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.vial import Place


@dataclass(frozen=True)
class Parted:
    """A fill in its containers, each seen as a fill of its own: its drug, sig, quantity and lots.

    `vials` is empty when none were named, and when it cannot be told what each is for: the
    findings say why then.
    """

    vials: tuple[Fill, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def days(self) -> int | None:
        """The days of the sig all of them cover together; None where that cannot be told."""
        places = [each.vial for each in self.vials if each.vial is not None]
        if not places or places[0].first is None or places[-1].last is None:
            return None
        return places[-1].last - places[0].first + 1


def parted(fill: Fill) -> Parted:
    """Part a fill into its containers; nothing is guessed that was not named."""
    rx = fill.prescription
    if not fill.vials or not rx.sig.steps:
        return Parted()
    held = tuple(held_in(fill, number, each) for number, each in enumerate(fill.vials, start=1))
    found = [*parts_of_pieces(fill), *adds_up(fill)]
    found += [*unused_lots(fill), *lots_not_told(fill, held)]
    places = _places(fill, held, found)
    vials = []
    is_told = len(places) == len(held) and all(lots_of(fill, each.vial) for each in held)
    for each, place in zip(held, places, strict=False):
        sig, refused = directions(rx, each, place)
        found += refused
        is_told = is_told and not any(one.settler is Settler.NOBODY for one in refused)
        vials.append(_seen(fill, each, place, sig))
    return Parted(tuple(vials) if is_told else (), tuple(found))


def _places(fill: Fill, held: tuple[Held, ...], found: list[Finding]) -> tuple[Place, ...]:
    """Find the days each container is for; none when that cannot be told."""
    total, is_counted = len(held), all(each.doses is not None for each in held)
    if not is_counted or any(step.as_needed for step in fill.prescription.sig.steps):
        other = next((each for each in held if each.is_other), None)
        if other is None:
            return tuple(Place(each.number, total) for each in held)
        found.append(stop("vial.not-countable", other.at, Settler.NOBODY, vial=str(other.number)))
        return ()
    places, day = [], fill.first_day
    for each, after in zip_longest(held, held[1:]):
        days = _days(fill, each, day, after, found)
        if not days:
            return ()
        places.append(Place(each.number, total, day, day + days - 1))
        day += days
    return tuple(places)


def _days(fill: Fill, held: Held, day: int, after: Held | None, found: list[Finding]) -> int:
    """Count the days from `day` on that a container is for; 0 with a finding when there are none."""
    steps, doses = fill.prescription.sig.steps, held.doses or Fraction()
    lasts = days_covered(steps, doses, day, LONGEST, fill.weekday)
    if not lasts:
        found.append(_too_little(fill, held, day))
        return 0
    if after is None:
        return lasts
    days, more = (lasts, lasts + 1)
    if after.strength != held.strength:
        days, more = _whole_steps(fill, day, lasts)
    used = units_for(steps, days, day, fill.weekday) if days else Fraction()
    if used != doses:
        counts = (units_for(steps, each, day, fill.weekday) for each in (days, more) if each)
        found.append(_uneven(fill, held, (day, days), counts))
    return days


def _whole_steps(fill: Fill, day: int, lasts: int) -> tuple[int, int]:
    """Give the days to the last end of a step within so many, and to the next end beyond; 0: none.

    Another strength begins with a step of its own: no step is taken from two.
    """
    ends = (each.last for each in laid_out(fill.prescription.sig.steps) if each.last is not None)
    spans = [end - day + 1 for end in ends if end >= day]
    within = max((each for each in spans if each <= lasts), default=0)
    return within, min((each for each in spans if each > lasts), default=0)


def _too_little(fill: Fill, held: Held, day: int) -> Finding:
    """Refuse a container that lasts no day, or for which the directions have none left."""
    over = all(e.last is not None and e.last < day for e in laid_out(fill.prescription.sig.steps))
    code = "vial.no-days-left" if over else "vial.less-than-a-day"
    return stop(
        code,
        f"{held.at}.quantity",
        Settler.NOBODY,
        vial=str(held.number),
        quantity=str(held.vial.quantity),
        day=str(day - 1 if over else day),
    )


def _uneven(fill: Fill, held: Held, span: tuple[int, int], counts: Iterable[Fraction]) -> Finding:
    """Name the counts that end with a day, or with a step where the next is of another strength."""
    day, days = span
    about = {
        "vial": str(held.number),
        "quantity": str(held.vial.quantity),
        "counts": " / ".join(_pieces(fill, held, each) for each in counts),
        "last": str(day + days - 1),
    }
    field = f"{held.at}.quantity"
    if days:
        return ask("vial.left-over", field, Settler.CLINICAL, **about)
    if about["counts"]:
        return stop("vial.within-step", field, Settler.NOBODY, **about)
    return stop("vial.step-without-end", field, Settler.NOBODY, vial=str(held.number))


def _pieces(fill: Fill, held: Held, doses: Fraction) -> str:
    """Write so many units of the directions as pieces or mL of a container."""
    unit = unit_of(fill.prescription.sig.steps)
    one = in_form_units(unit, fill.prescription.compound) if unit is not None else None
    count = doses * (held.units or one or Fraction(1))
    return f"{said(count)}{NBSP}{held.vial.quantity.unit.of(Decimal(2))}"


def _seen(fill: Fill, held: Held, place: Place, sig: Sig) -> Fill:
    """Give what one container holds, as a fill of its own."""
    rx = fill.prescription
    return replace(
        fill,
        prescription=replace(rx, sig=sig, compound=of_strength(rx.compound, held.strength)),
        quantity=held.vial.quantity,
        lots=lots_of(fill, held.vial),
        first_day=place.first or fill.first_day,
        vials=(),
        vial=place,
    )


def of_strength(compound: Compound, strength: Strength | None) -> Compound:
    """Give a compound with another strength of its one active."""
    if strength is None:
        return compound
    ingredients = tuple(
        replace(each, strength=strength) if each.part is Part.ACTIVE else each
        for each in compound.ingredients
    )
    return replace(compound, ingredients=ingredients)
