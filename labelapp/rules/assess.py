"""The assessment of a fill: every finding, the BUD with its reason, the warnings, the law."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from labelapp.rules.auxiliary import AuxiliaryLabel, choose
from labelapp.rules.bud import Bud, Classes, beyond_use
from labelapp.rules.compounds import CompoundRules
from labelapp.rules.counting import Counting
from labelapp.rules.dose import actives_of, dose_findings
from labelapp.rules.history import history_findings
from labelapp.rules.identity import identity_findings
from labelapp.rules.law import FEDERAL, Law
from labelapp.rules.lots import Shelf, lot_findings
from labelapp.rules.order import order_findings
from labelapp.rules.safety import safety_findings
from labelapp.rules.supply import fillable_until, supply_findings, supply_of
from labelapp.rules.syringe import Syringe, syringe_findings
from labelapp.rules.vials.checks import InVial, other_strengths, vial_findings
from labelapp.rules.vials.held import as_ordered
from labelapp.rules.vials.parted import parted
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, Severity, ask
from labelapp.rx.history import History


@dataclass(frozen=True)
class Tables:
    """The rows the rules read.

    `laws` stand under their jurisdiction, a state's already merged with the federal one ("US");
    `compounds` is one file per drug; `classes` are those of USP <795>; `syringes` are those the
    pharmacy hands out.
    """

    laws: Mapping[str, Law]
    compounds: tuple[CompoundRules, ...]
    classes: Classes
    auxiliary: tuple[AuxiliaryLabel, ...]
    syringes: tuple[Syringe, ...]
    settings: Counting


@dataclass(frozen=True)
class Assessment:
    """What the rules say of a fill on a day under a law.

    `units` is what the days' supply uses up from the fill's first day; `days` is how long the
    quantity lasts. `auxiliary` are the warnings that stand on the label, in their order;
    `offered` those a pharmacist may add. `refills_until` is the last day a refill may be filled.
    """

    findings: tuple[Finding, ...]
    law: Law | None
    bud: Bud | None
    days: int | None
    units: Fraction | None
    auxiliary: tuple[AuxiliaryLabel, ...]
    offered: tuple[AuxiliaryLabel, ...]
    refills_until: date | None = None
    vials: tuple[InVial, ...] = ()
    """Each container by itself, when several were named and it can be told what each is for."""


def assess(
    fill: Fill,
    tables: Tables,
    today: date,
    jurisdiction: str = "",
    history: History | None = None,
) -> Assessment:
    """Run every rule over a fill. The law is the one named, else that of the pharmacy's state.

    `history` is what is on record of the prescription; None where nothing is.
    """
    law, unknown = _law(fill, tables, jurisdiction)
    bud = beyond_use(fill.lots, tables.classes, tables.settings)
    actives = actives_of(fill.prescription.compound, tables.compounds)
    drugs = tuple({each.rules.id: each.rules for each in actives if each.rules}.values())
    sets = {name for drug in drugs for name in drug.warnings}
    warnings = choose(fill, tables.auxiliary, sets)
    shelf = Shelf(tables.classes, tables.compounds, tables.settings)
    parts, counted = parted(fill), as_ordered(fill)
    supply = supply_of(counted)
    vials = tuple(_in_vial(each, tables, sets) for each in parts.vials)
    return Assessment(
        findings=_in_order(
            _of_this_fill(each, fill)
            for each in (
                *unknown,
                *identity_findings(fill.prescription, today),
                *order_findings(fill.prescription, shelf.known),
                *dose_findings(fill, tables.compounds),
                *safety_findings(fill, drugs),
                *parts.findings,
                *_contents(fill, vials, shelf, tables, today),
                *supply_findings(
                    fill,
                    bud if parts.days is None else None,  # each container was held against its own
                    tables.settings,
                    today,
                    history,
                    counted,
                ),
                *(history_findings(fill, history, tables.settings) if history else ()),
                *warnings.findings,
            )
        ),
        law=law,
        bud=bud,
        days=parts.days or supply.days,
        units=supply.units if counted is fill else None,  # 104 of one strength are not 44 of two
        auxiliary=warnings.on,
        offered=warnings.offered,
        refills_until=fillable_until(fill.prescription, tables.settings),
        vials=vials,
    )


def _in_vial(fill: Fill, tables: Tables, sets: set[str]) -> InVial:
    bud = beyond_use(fill.lots, tables.classes, tables.settings)
    return InVial(fill, bud, choose(fill, tables.auxiliary, sets).on)


def _contents(
    fill: Fill, vials: tuple[InVial, ...], shelf: Shelf, tables: Tables, today: date
) -> Iterable[Finding]:
    """Check what a fill is measured with and made from, each container by itself."""
    if fill.vials:
        yield from other_strengths(fill, shelf)
        for each in vials:
            yield from vial_findings(fill, each, shelf, tables.syringes, today)
    else:
        yield from syringe_findings(fill, tables.syringes)
        yield from lot_findings(fill, shelf, today)


def _of_this_fill(finding: Finding, fill: Fill) -> Finding:
    """Bind a STOP, and whatever a pharmacist settles, to its fill: no answer outlives it."""
    if finding.severity is not Severity.STOP and finding.settler is not Settler.PHARMACIST:
        return finding
    return replace(finding, values=tuple(sorted((*finding.values, ("fill", fill.serial)))))


_ORDER = {Severity.STOP: 0, Severity.ASK: 1, Severity.NOTE: 2}


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put STOPs first, then ASKs, then NOTEs; the same finding twice is one."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda each: _ORDER[each.severity]))


def _law(fill: Fill, tables: Tables, jurisdiction: str) -> tuple[Law | None, tuple[Finding, ...]]:
    """Find the law of the label; without rows for the state it is the federal one, with an ASK."""
    state = fill.pharmacy.address.state if fill.pharmacy else ""
    wanted = (jurisdiction.strip() or state.strip()).casefold()
    for law in tables.laws.values():
        if wanted in {law.jurisdiction.casefold(), law.name.casefold()}:
            return law, ()
    states = ", ".join(sorted(tables.laws))
    asked = ask(
        "law.no-rows" if wanted else "law.no-state",
        "pharmacy.address.state",
        Settler.PHARMACIST,
        state=jurisdiction.strip() or state.strip(),
        states=states,
    )
    return tables.laws.get(FEDERAL), (asked,)
