"""Lots: whether a lot may be used for this fill, and whether it is what was ordered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from labelapp.rules.bud import Bud, BudClass, Classes, beyond_use, named
from labelapp.rules.compounds import CompoundRules
from labelapp.rules.contents import Known, contents_findings
from labelapp.rules.counting import Counting
from labelapp.rx.amount import Basis, Strength
from labelapp.rx.dates import staff_date
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.lot import Lot


@dataclass(frozen=True)
class Shelf:
    """What the checks of a lot read: the classes of USP <795>, the compounds, how days count."""

    classes: Classes
    compounds: tuple[CompoundRules, ...]
    counting: Counting

    @property
    def known(self) -> Known:
        """The substances there are rows of."""
        return Known(self.compounds, self.counting.vocabulary)


def lot_findings(fill: Fill, shelf: Shelf, today: date) -> tuple[Finding, ...]:
    """Check each lot of a fill: released, within its BUD, stored rightly, and what was ordered."""
    if not fill.lots:
        return (stop("lot.none", "lots.0.number", Settler.NOBODY),)
    found: list[Finding] = []
    for place, lot in enumerate(fill.lots):
        at = f"lots.{place}"
        bud = beyond_use((lot,), shelf.classes, shelf.counting)
        assert bud is not None, "one lot has at least the limit of its class"
        found += _use(fill, lot, bud, at, today)
        found += _class(fill, lot, shelf.classes[lot.preparation], at)
        found += _dates(fill, lot, bud, at, today)
        found += _components(lot, at)
        found += _as_ordered(fill, lot, at)
        found += contents_findings(fill, lot, shelf.known, at)
    return (*found, *_together(fill))


def _together(fill: Fill) -> Iterable[Finding]:
    """Ask when the lots of one fill are kept in different places: one label can name one."""
    places = dict.fromkeys(lot.storage.value for lot in fill.lots)
    if len(places) > 1:
        yield ask(
            "lot.storages-differ",
            "lots.0.storage",
            Settler.PHARMACIST,
            storages=", ".join(places),
        )


def _use(fill: Fill, lot: Lot, bud: Bud, at: str, today: date) -> Iterable[Finding]:
    if fill.filled_on > bud.last_day:
        yield stop(
            "lot.past-bud",
            f"{at}.made_on",
            Settler.NOBODY,
            lot=lot.number,
            bud=staff_date(bud.last_day),
            filled_on=staff_date(fill.filled_on),
        )
    elif today > bud.last_day:  # the fill date may lie back, but the vial leaves today
        yield stop(
            "lot.past-bud-today",
            f"{at}.made_on",
            Settler.NOBODY,
            lot=lot.number,
            bud=staff_date(bud.last_day),
            today=staff_date(today),
        )
    if not lot.released_by.strip():
        yield stop("lot.not-released", f"{at}.released_by", lot=lot.number)


def _class(fill: Fill, lot: Lot, row: BudClass, at: str) -> Iterable[Finding]:
    if lot.storage not in row.storage:
        yield stop(
            "lot.storage",
            f"{at}.storage",
            lot=lot.number,
            storage=lot.storage.value,
            preparation=lot.preparation.value,
            allowed=" or ".join(row.storage),
        )
    form = lot.form or fill.prescription.compound.form
    if form not in row.forms:
        yield ask(
            "lot.class-form",
            f"{at}.preparation",
            Settler.PHARMACIST,
            lot=lot.number,
            preparation=lot.preparation.value,
            form=form.value,
            days=str(row.days),
        )


def _dates(fill: Fill, lot: Lot, bud: Bud, at: str, today: date) -> Iterable[Finding]:
    made = staff_date(lot.made_on)
    if lot.made_on > today:
        yield stop(
            "lot.made-in-future", f"{at}.made_on", Settler.NOBODY, lot=lot.number, made_on=made
        )
    elif lot.made_on > fill.filled_on:
        yield stop(
            "lot.made-after-fill",
            f"{at}.made_on",
            Settler.NOBODY,
            lot=lot.number,
            made_on=made,
            filled_on=staff_date(fill.filled_on),
        )
    if lot.shortened_to and lot.shortened_to < lot.made_on:
        yield stop(
            "lot.bud-before-made",
            f"{at}.bud",
            Settler.NOBODY,
            lot=lot.number,
            bud=staff_date(lot.shortened_to),
            made_on=made,
        )
    elif lot.shortened_to and lot.shortened_to > bud.last_day:
        yield ask(
            "lot.bud-too-late",
            f"{at}.bud",
            lot=lot.number,
            bud=staff_date(lot.shortened_to),
            latest=staff_date(bud.last_day),
        )


def _components(lot: Lot, at: str) -> Iterable[Finding]:
    if not lot.components:
        yield ask(
            "lot.no-components", f"{at}.components.0.name", Settler.PHARMACIST, lot=lot.number
        )
    for place, component in enumerate(lot.components):
        field = f"{at}.components.{place}.expires"
        if component.expires is None:
            yield ask("lot.component-no-expiry", field, lot=lot.number, component=named(component))
        elif component.expires < lot.made_on:
            yield stop(
                "lot.component-expired",
                field,
                Settler.NOBODY,
                lot=lot.number,
                component=named(component),
                expires=staff_date(component.expires),
                made_on=staff_date(lot.made_on),
            )


def _as_ordered(fill: Fill, lot: Lot, at: str) -> Iterable[Finding]:
    """Compare strength and form on the lot's record with the order; nobody overrides either."""
    compound = fill.prescription.compound
    ordered = compound.strength
    if lot.form is not None and lot.form is not compound.form:
        yield stop(
            "lot.other-form",
            f"{at}.form",
            Settler.NOBODY,
            lot=lot.number,
            form=lot.form.value,
            ordered=compound.form.value,
        )
    if lot.strength is not None and ordered is not None and not same(lot.strength, ordered):
        yield stop(
            "lot.other-strength",
            f"{at}.strength.value",
            Settler.NOBODY,
            lot=lot.number,
            strength=str(lot.strength),
            ordered=str(ordered),
        )
    several = len(compound.actives) > 1
    if several:  # a lot's record has room for one strength
        yield ask(
            "lot.several-actives",
            f"{at}.strength.value",
            Settler.PHARMACIST,
            lot=lot.number,
            ordered=str(compound),
        )
    if lot.strength is not None and not lot.strength.is_of_one:
        yield stop(
            "lot.strength-spread",
            f"{at}.strength.per",
            Settler.NOBODY,
            lot=lot.number,
            strength=str(lot.strength),
        )
    if lot.form is None or (lot.strength is None and not several):
        field = "form" if lot.form is None else "strength.value"
        yield ask("lot.not-described", f"{at}.{field}", lot=lot.number, ordered=str(compound))


_BY_WEIGHT = {Basis.PER_G, Basis.PERCENT}


def same(one: Strength, other: Strength) -> bool:
    """Tell whether two strengths are the same, both brought to mg: 1% by weight is 10 mg/g."""
    if one.basis is not other.basis and {one.basis, other.basis} != _BY_WEIGHT:
        return False
    mg = one.mg_in_one(), other.mg_in_one()
    return one == other if None in mg else mg[0] == mg[1]
