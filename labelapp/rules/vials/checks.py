"""Each container of a fill checked by itself: its strength, its doses, its lots, its BUD."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from labelapp.rules.auxiliary import AuxiliaryLabel
from labelapp.rules.bud import Bud
from labelapp.rules.counting import days_after
from labelapp.rules.dose import strength_findings
from labelapp.rules.lots import Shelf, lot_findings
from labelapp.rules.supply import first_dose, past_bud
from labelapp.rules.syringe import Syringe, syringe_findings
from labelapp.rules.vials.parted import of_strength
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding
from labelapp.rx.vial import within

_LOT = re.compile(r"lots\.(\d+)\.(.*)")


@dataclass(frozen=True)
class InVial:
    """One container: the fill it is by itself, its beyond-use date, the warnings on its label."""

    fill: Fill
    bud: Bud | None
    auxiliary: tuple[AuxiliaryLabel, ...]

    @property
    def days(self) -> int | None:
        """The days of the sig it is for; None where nobody can tell."""
        place = self.fill.vial
        if place is None or place.first is None or place.last is None:
            return None
        return place.last - place.first + 1


def vial_findings(
    whole: Fill, vial: InVial, shelf: Shelf, syringes: Iterable[Syringe], today: date
) -> tuple[Finding, ...]:
    """Check one container of a fill; every finding names the field of the whole fill it is about."""
    fill = vial.fill
    found = (
        *syringe_findings(_of_its_days(fill), syringes),
        *lot_findings(fill, shelf, today),
        *_past_bud(whole, vial, shelf),
    )
    return tuple(_pointed(each, whole, fill) for each in found)


def other_strengths(fill: Fill, shelf: Shelf) -> Iterable[Finding]:
    """Check each strength that is not the prescription's own, whatever else holds the fill up."""
    compound = fill.prescription.compound
    for place, vial in enumerate(fill.vials):
        made = of_strength(compound, vial.strength)
        if made != compound:
            for each in strength_findings(made, shelf.compounds):
                part = each.field.rpartition(".strength.")[2]
                yield replace(each, field=f"fill.vials.{place}.strength.{part}")


def _of_its_days(fill: Fill) -> Fill:
    """Give a container's fill with the steps of its own days alone."""
    place, rx = fill.vial, fill.prescription
    if place is None or place.first is None or place.last is None:
        return fill
    steps = tuple(each.step for each in within(rx.sig.steps, place.first, place.last))
    return replace(fill, prescription=replace(rx, sig=replace(rx.sig, steps=steps)))


def _past_bud(whole: Fill, vial: InVial, shelf: Shelf) -> Iterable[Finding]:
    place = vial.fill.vial
    if vial.bud is None or vial.days is None or place is None or place.first is None:
        return
    first = days_after(first_dose(whole, shelf.counting), place.first - whole.first_day)
    field = f"fill.vials.{place.number - 1}.quantity"
    yield from past_bud(first, vial.days, vial.bud, field)


def _pointed(finding: Finding, whole: Fill, fill: Fill) -> Finding:
    """Let a finding about a container name the field of the whole fill that it is about."""
    if lot := _LOT.fullmatch(finding.field):
        there = whole.lots.index(fill.lots[int(lot[1])])
        return replace(finding, field=f"lots.{there}.{lot[2]}")
    return finding
