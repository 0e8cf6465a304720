"""What each container of a fill holds: how many, how strong, from which lots, and all together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from labelapp.rules.lots import same
from labelapp.rules.weight import in_form_units, mg_in, said
from labelapp.rx.amount import NBSP, Amount, Strength, decimal_of
from labelapp.rx.directions import unit_of
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.lot import Lot
from labelapp.rx.vial import Vial


@dataclass(frozen=True)
class Held:
    """What one container holds, in the unit the directions count in; None when not countable.

    `units` is how many of its pieces or mL one unit of the directions is, where it holds another
    strength than the prescription's.
    """

    number: int
    vial: Vial
    strength: Strength | None
    doses: Fraction | None
    units: Fraction | None = None

    @property
    def at(self) -> str:
        """The path its fields begin with."""
        return f"fill.vials.{self.number - 1}"

    @property
    def is_other(self) -> bool:
        """True when it holds another strength than the prescription names."""
        return self.strength is not None


def held_in(fill: Fill, number: int, vial: Vial) -> Held:
    """Look at one container of a fill as its directions count."""
    compound = fill.prescription.compound
    own, other = compound.strength, vial.strength
    if other is not None and own is not None and same(other, own):
        other = None
    unit = unit_of(fill.prescription.sig.steps)
    one = in_form_units(unit, compound) if unit is not None else None
    if vial.quantity.unit is not compound.form.unit or not one:
        return Held(number, vial, other, None)
    if other is None:
        return Held(number, vial, None, Fraction(vial.quantity.value) / one)
    mine, ordered = _mg(fill, other), _mg(fill, own)
    if not mine or not ordered:
        return Held(number, vial, other, None)
    units = one * ordered / mine
    return Held(number, vial, other, Fraction(vial.quantity.value) / units, units)


def lots_of(fill: Fill, vial: Vial) -> tuple[Lot, ...]:
    """Give the lots a container is filled from; none when it cannot be told which.

    It can be told where they were named, where the fill has one lot alone, and where all the lots
    have their strength on record and one alone is of this one's. Where two lots bear one number
    it is both of them: the earlier beyond-use date holds.
    """
    if vial.lots:
        named = [[lot for lot in fill.lots if lot.number == each] for each in vial.lots]
        return tuple(dict.fromkeys(lot for each in named for lot in each)) if all(named) else ()
    if len(fill.lots) == 1:
        return fill.lots
    strength = vial.strength or fill.prescription.compound.strength
    if strength is None or not all(lot.strength for lot in fill.lots):
        return ()
    fit = [lot for lot in fill.lots if lot.strength and same(lot.strength, strength)]
    return tuple(fit) if len(fit) == 1 else ()


def lots_not_told(fill: Fill, held: Iterable[Held]) -> Iterable[Finding]:
    """Refuse a container whose lots cannot be told, naming what was named or may be."""
    known = [lot.number for lot in fill.lots]
    for each in held:
        if not lots_of(fill, each.vial):
            odd = [number for number in each.vial.lots if number not in known]
            yield stop(
                "vial.lot-unknown" if odd else "vial.lot-not-told",
                f"{each.at}.lots.0",
                Settler.NOBODY,
                vial=str(each.number),
                lots=", ".join(odd or known),
            )


def unused_lots(fill: Fill) -> Iterable[Finding]:
    """Refuse a lot no container is filled from: the label and a recall would name it."""
    drawn = {lot.number for vial in fill.vials for lot in lots_of(fill, vial)}
    if all(lots_of(fill, vial) for vial in fill.vials):
        for place, lot in enumerate(fill.lots):
            if lot.number not in drawn:
                field = f"lots.{place}.number"
                yield stop("vial.lot-unused", field, Settler.NOBODY, lot=lot.number)


def taken_from(fill: Fill) -> dict[str, Fraction]:
    """Give how much a fill takes of each lot, by its number; where lots are mixed, nobody knows."""
    if not fill.vials:
        alone = fill.lots[0].number if len(fill.lots) == 1 else ""
        return {alone: Fraction(fill.quantity.value)} if alone else {}
    taken: dict[str, Fraction] = {}
    for vial in fill.vials:
        numbers = {lot.number for lot in lots_of(fill, vial)}
        if len(numbers) == 1:
            (number,) = numbers
            taken[number] = taken.get(number, Fraction()) + Fraction(vial.quantity.value)
    return taken


def parts_of_pieces(fill: Fill) -> Iterable[Finding]:
    """Refuse part of a capsule or tablet in a container: nobody can put one in."""
    for number, vial in enumerate(fill.vials, start=1):
        if fill.prescription.compound.form.is_counted and vial.quantity.value % 1:
            field = f"fill.vials.{number - 1}.quantity"
            values = {"vial": str(number), "quantity": str(vial.quantity)}
            yield stop("vial.part-of-piece", field, Settler.NOBODY, **values)


def adds_up(fill: Fill) -> Iterable[Finding]:
    """Hold the quantities of all against the fill's: in pieces, or by weight of several strengths."""
    pieces = sum((each.quantity.value for each in fill.vials), Decimal())
    own = fill.prescription.compound.strength
    other = any(each.strength and not (own and same(each.strength, own)) for each in fill.vials)
    total, one = _weight(fill) if other else None, _mg(fill, own)
    ordered = Fraction(fill.prescription.quantity.value) * one if one else None
    if total is not None and one and total == one * Fraction(fill.quantity.value):
        return
    by_weight = total is not None and total == ordered  # the order counts in its own strength
    if pieces == fill.quantity.value and not by_weight:
        return
    yield stop(
        "vial.quantity-differs",
        "fill.vials.0.quantity",
        Settler.NOBODY,
        together=str(replace(fill.quantity, value=pieces)),
        weight=f" ({said(total)}{NBSP}mg)" if total is not None else "",
        quantity=str(fill.quantity),
    )


def as_ordered(fill: Fill) -> Fill:
    """Give a fill of several strengths with its quantity counted in the strength ordered.

    44 capsules, 14 of 1.5 mg and 30 of 4.5 mg, are as much as 104 of 1.5 mg. One that is counted
    so already, and one of one strength, is given as it is.
    """
    total = _weight(fill)
    one = _mg(fill, fill.prescription.compound.strength)
    if not fill.vials or total is None or not one or total == one * Fraction(fill.quantity.value):
        return fill
    rx, value = fill.prescription, decimal_of(total / one)
    if value is None:
        return fill
    whole = rx.quantity.value == fill.quantity.value
    counted = Amount(value, rx.compound.form.unit)
    return replace(
        fill,
        quantity=counted,
        prescription=replace(rx, quantity=counted) if whole else rx,
    )


def _weight(fill: Fill) -> Fraction | None:
    """Give the mg in all containers of a fill together; None where nobody knows."""
    own, total = fill.prescription.compound.strength, Fraction()
    for each in fill.vials:
        mg = _mg(fill, each.strength or own)
        if mg is None:
            return None
        total += mg * Fraction(each.quantity.value)
    return total


def _mg(fill: Fill, strength: Strength | None) -> Fraction | None:
    """Give the mg in one piece, mL or g of a strength; None where several actives are in it."""
    compound = fill.prescription.compound
    alone = len(compound.actives) == 1
    return mg_in(compound.form.unit, compound.form, strength, alone=alone)
