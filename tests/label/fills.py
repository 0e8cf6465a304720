"""Fills made up for tests: people, places and lots that do not exist."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from labelapp.label.compose import compose
from labelapp.label.document import Label
from labelapp.resources.typed import tables, wording
from labelapp.rules.assess import Assessment, assess
from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Dose, Route, Said, Sig, Step
from labelapp.rx.fill import Answer, Fill
from labelapp.rx.finding import Finding
from labelapp.rx.lot import Lot, Preparation, Storage
from labelapp.rx.people import Address, Name, Patient, Pharmacy, Prescriber
from labelapp.rx.prescription import Prescription
from labelapp.rx.timing import Timing, When

TODAY = date(2026, 11, 22)
CORNER = Pharmacy(
    "Quillfeather Compounding Pharmacy",
    Address(("2210 Ocean Park Blvd",), "Santa Monica", "CA", "90405"),
    "(310) 555-0142",
)
MARGUERITE = Name("Okafor", "Marguerite")
DR_ABARA = Name("Abara", "Nkechi", "MD")
BEDTIME = (Said("Take 1 capsule at bedtime"),)
TITRATION = (
    Said("Take 1 capsule at bedtime", lead="Days 1 to 14"),
    Said("Take 2 capsules at bedtime", lead="Days 15 to 28"),
    Said("Take 3 capsules at bedtime", lead="Day 29 and after"),
)


def mg(value: str) -> Strength:
    return Strength(Amount(Decimal(value), Unit.MG), Basis.PER_UNIT)


def capsule(strength: str = "4.5", filler: str = "") -> Compound:
    active = Ingredient("Naltrexone HCl", Part.ACTIVE, mg(strength))
    more = (Ingredient(filler, Part.FILLER),) if filler else ()
    return Compound(Form.CAPSULE, (active, *more))


def liquid() -> Compound:
    strength = Strength(Amount(Decimal(1), Unit.MG), Basis.PER_ML)
    return Compound(Form.ORAL_SOLUTION, (Ingredient("Naltrexone HCl", Part.ACTIVE, strength),))


def suspension() -> Compound:
    return replace(liquid(), form=Form.ORAL_SUSPENSION)


def lot(compound: Compound, number: str = "26-118") -> Lot:
    wet = compound.form.is_liquid
    return Lot(
        number,
        date(2026, 11, 20),
        Preparation.PRESERVED_AQUEOUS if wet else Preparation.OTHER_NONAQUEOUS,
        Storage.REFRIGERATOR if wet else Storage.ROOM,
        form=compound.form,
        strength=compound.strength,
        released_by="A. Vance",
    )


def fill(
    name: Name = MARGUERITE,
    compound: Compound | None = None,
    quantity: str = "30",
    purpose: str = "",
    prescriber: Name = DR_ABARA,
    number: str = "4417203",
) -> Fill:
    made = compound or capsule()
    amount = Amount(Decimal(quantity), made.form.unit)
    step = Step(
        1, Dose(Amount(Decimal(1), made.form.unit)), Timing((When.BEDTIME,)), route=Route.ORAL
    )
    return Fill(
        Prescription(
            number=number,
            patient=Patient(name, date(1961, 3, 12)),
            prescriber=Prescriber(prescriber),
            compound=made,
            sig=Sig("1 cap po qhs", (step,), purpose),
            quantity=amount,
            written=date(2026, 11, 2),
            refills=2,
            purpose=purpose,
        ),
        CORNER,
        amount,
        TODAY,
        (lot(made),),
        refills_left=2,
        answers=tuple((each, Answer.NO) for each in ("opioid", "liver", "pregnancy")),
    )


def assessed(case: Fill, jurisdiction: str = "CA") -> Assessment:
    return assess(case, tables(), TODAY, jurisdiction)


@dataclass(frozen=True)
class Composed:
    """A label, or why there is none."""

    label: Label | None
    findings: tuple[Finding, ...]
    assessment: Assessment


def composed(
    case: Fill,
    said: tuple[Said, ...] = BEDTIME,
    jurisdiction: str = "CA",
    *,
    sample: bool = False,
    assessment: Assessment | None = None,
) -> Composed:
    assessment = assessment or assessed(case, jurisdiction)
    label, findings = compose(
        case, assessment, said, wording(), serial=f"R{case.serial}-1-1", sample=sample
    )
    return Composed(label, findings, assessment)


def label_of(
    case: Fill,
    said: tuple[Said, ...] = BEDTIME,
    jurisdiction: str = "CA",
    *,
    sample: bool = False,
) -> Label:
    made = composed(case, said, jurisdiction, sample=sample)
    assert made.label is not None, made.findings
    return made.label


def without_lots(case: Fill) -> Fill:
    return replace(case, lots=())
