"""A fill to change one thing of: 1.5 mg capsules, three steps of seven days, 30 days, nothing amiss."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

from labelapp import resources
from labelapp.resources import typed
from labelapp.rules.assess import Assessment, assess
from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Dose, Length, Route, Sig, Step
from labelapp.rx.fill import Answer, Fill
from labelapp.rx.finding import Finding
from labelapp.rx.lot import Component, Lot, Preparation, Storage
from labelapp.rx.people import Address, Name, Patient, Pharmacy, Prescriber
from labelapp.rx.prescription import Prescription
from labelapp.rx.timing import Timing, When

TODAY = date(2026, 1, 5)
TABLES = typed.tables()
SENTENCES = resources.sentences("en")
NOTHING_AMISS = tuple(
    (question, Answer.NO) for question in ("opioid", "liver", "pregnancy", "intolerance")
)


def mg(value: str, basis: Basis = Basis.PER_UNIT, unit: Unit = Unit.MG) -> Strength:
    """So much in one unit, mL or g."""
    per = Decimal(100) if basis is Basis.PERCENT else Decimal(1)
    return Strength(Amount(Decimal(value), unit), basis, per)


def count(value: str, unit: Unit = Unit.CAPSULE) -> Amount:
    return Amount(Decimal(value), unit)


def step(
    sequence: int = 1,
    dose: str = "1",
    days: int | None = None,
    unit: Unit = Unit.CAPSULE,
    timing: Timing | None = None,
    **more: Any,
) -> Step:
    """One step at bedtime, by mouth, unless said otherwise."""
    return Step(
        sequence,
        Dose(count(dose, unit)),
        timing or Timing((When.BEDTIME,)),
        route=Route.ORAL,
        length=Length(days) if days else None,
        **more,
    )


TITRATION = (step(1, "1", 7), step(2, "2", 7), step(3, "3"))

LOT = Lot(
    number="260101-01",
    made_on=date(2026, 1, 1),
    preparation=Preparation.OTHER_NONAQUEOUS,
    storage=Storage.ROOM,
    form=Form.CAPSULE,
    strength=mg("1.5"),
    components=(
        Component("Naltrexone HCl USP", "N77", date(2027, 6, 30)),
        Component("Microcrystalline cellulose", "M12", date(2028, 1, 31)),
    ),
    released_by="A. Pharmacist",
)

COMPOUND = Compound(
    Form.CAPSULE,
    (
        Ingredient("Naltrexone HCl", Part.ACTIVE, mg("1.5")),
        Ingredient("Microcrystalline cellulose", Part.FILLER),
    ),
)

PHARMACY = Pharmacy("Corner Pharmacy", Address(("1 Main St",), "Fresno", "CA", "93701"), "555-0100")

FILL = Fill(
    prescription=Prescription(
        number="1234567",
        patient=Patient(Name("Doe", "Jane"), date(1961, 3, 12)),
        prescriber=Prescriber(Name("Roe", "Ada"), "1234567893"),
        compound=COMPOUND,
        sig=Sig("as read", TITRATION),
        quantity=count("69"),
        written=date(2026, 1, 2),
        refills=3,
        days_supply=30,
    ),
    pharmacy=PHARMACY,
    quantity=count("69"),
    filled_on=TODAY,
    lots=(LOT,),
    refills_left=3,
    answers=NOTHING_AMISS,
)


def ordered(fill: Fill = FILL, **changes: Any) -> Fill:
    """The fill with something else on its prescription; the quantity filled follows the order."""
    prescription = replace(fill.prescription, **changes)
    quantity = prescription.quantity if "quantity" in changes else fill.quantity
    return replace(fill, prescription=prescription, quantity=quantity)


def directed(*steps: Step, fill: Fill = FILL, **changes: Any) -> Fill:
    """The fill with other directions."""
    return ordered(fill, sig=Sig("as read", steps), **changes)


def made(fill: Fill = FILL, **changes: Any) -> Fill:
    """The fill with its lot changed."""
    return replace(fill, lots=tuple(replace(lot, **changes) for lot in fill.lots))


def strong(strength: Strength, form: Form = Form.CAPSULE, fill: Fill = FILL) -> Fill:
    """The fill ordered and made in another strength and form."""
    active = replace(fill.prescription.compound.actives[0], strength=strength)
    return made(
        ordered(fill, compound=Compound(form, (active,))),
        strength=strength,
        form=form,
    )


def look(fill: Fill, today: date = TODAY, jurisdiction: str = "") -> Assessment:
    """Assess a fill; every finding must have a sentence, made of values it carries."""
    assessment = assess(fill, TABLES, today, jurisdiction)
    for finding in assessment.findings:
        for text in SENTENCES[finding.code]:
            wanted = {name for _, name, _, _ in Formatter().parse(text) if name}
            assert wanted <= {name for name, _ in finding.values}, finding.code
    return assessment


def codes(fill: Fill, today: date = TODAY) -> list[str]:
    """The codes of every finding, in their order."""
    return [each.code for each in look(fill, today).findings]


def one(fill: Fill, code: str, today: date = TODAY) -> Finding:
    """The one finding of a code."""
    (found,) = [each for each in look(fill, today).findings if each.code == code]
    return found
