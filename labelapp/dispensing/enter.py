"""Order entry: a draft to a prescription and a fill, or to the findings that stand in the way."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from labelapp.dispensing.fields import Reader
from labelapp.rx.amount import Amount, Strength
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Sig
from labelapp.rx.draft import Draft
from labelapp.rx.fill import Answer, Fill
from labelapp.rx.finding import Finding
from labelapp.rx.lot import Component, Lot, Preparation, Storage
from labelapp.rx.people import Patient, Pharmacy, Prescriber
from labelapp.rx.prescription import Prescription
from labelapp.rx.vial import Vial
from labelapp.sig.codes.words import Lexicon
from labelapp.sig.message.reconcile import reconcile
from labelapp.sig.read import Reading, read

LONGEST_RX_NUMBER = 24
"""Characters of a prescription number: more than any pharmacy's, and few enough for a mark."""
MOST_VIALS = 9
"""Containers of one fill: each has a label, and all of them are one print."""

LATEST_START = date(2199, 12, 31)
"""A patient starts long before: the days counted on from there must all be on the calendar."""


@dataclass(frozen=True)
class Entered:
    """What became of a draft: the reading of its sig, the fill when there is one, the findings."""

    reading: Reading
    fill: Fill | None
    form: Form | None
    disagreements: tuple[Finding, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class _Ordered:
    """What was ordered, as far as it is understood before the directions are."""

    compound: Compound | None
    form: Form | None
    quantity: Amount | None
    days_supply: int | None

    @property
    def strength(self) -> Strength | None:
        return self.compound.strength if self.compound else None


def enter(draft: Draft, lexicon: Lexicon, today: date) -> Entered:
    """Settle a draft field by field; a field left out or not understood becomes a finding."""
    reader = Reader(draft, lexicon)
    form = reader.choice("compound.form", Form, required=True)
    ordered = _Ordered(
        compound=_compound(reader, form),
        form=form,
        quantity=reader.amount("quantity", required=True),
        days_supply=reader.whole("days_supply", least=1, most=999),
    )
    reading = _reading(reader, lexicon, ordered)
    disagreements = _disagreements(draft, lexicon, reading, ordered)
    prescription = _prescription(reader, ordered, reading.sig)
    fill = _fill(reader, prescription, today) if prescription else None
    findings = (*draft.findings, *reader.findings, *reading.findings, *disagreements)
    return Entered(reading, fill, form, disagreements, tuple(dict.fromkeys(findings)))


def _reading(reader: Reader, lexicon: Lexicon, ordered: _Ordered) -> Reading:
    """Read the directions; where there are none the field is named and nothing is asked of it."""
    text = reader.draft.get("sig")
    if not reader.text("sig", required=True):
        return Reading(Sig(text, ()), ())
    return read(text, lexicon, ordered.form, ordered.strength, reader.draft.decisions)


def _disagreements(
    draft: Draft, lexicon: Lexicon, reading: Reading, ordered: _Ordered
) -> tuple[Finding, ...]:
    """Hold each structured dosage of a message against the reading of its own words."""
    if not draft.instructions:
        return ()
    readings = (
        (reading,)
        if len(draft.instructions) == 1
        else tuple(
            read(each.text, lexicon, ordered.form, ordered.strength, draft.decisions)
            for each in draft.instructions
        )
    )
    return reconcile(
        draft.instructions,
        readings,
        ordered.form,
        ordered.strength,
        ordered.quantity,
        ordered.days_supply,
    )


def _compound(reader: Reader, form: Form | None) -> Compound | None:
    ingredients = tuple(
        ingredient
        for place in range(reader.draft.count("compound.ingredients"))
        if (ingredient := _ingredient(reader, f"compound.ingredients.{place}"))
    )
    if not any(each.part is Part.ACTIVE for each in ingredients):
        reader.refuse("field.missing", "compound.ingredients.0.name")
        return None
    if form is None:
        return None
    return Compound(
        form, ingredients, reader.text("compound.release"), written=reader.text("compound.name")
    )


def _ingredient(reader: Reader, stem: str) -> Ingredient | None:
    name = reader.text(f"{stem}.name", required=True)
    part = reader.choice(f"{stem}.part", Part, required=True)
    strength = reader.strength(f"{stem}.strength", required=part is Part.ACTIVE)
    return Ingredient(name, part, strength) if name and part else None


def _prescription(reader: Reader, ordered: _Ordered, sig: Sig) -> Prescription | None:
    number = reader.short("rx_number", LONGEST_RX_NUMBER)
    written = reader.day("written", required=True)
    patient_name, prescriber_name = reader.name("patient"), reader.name("prescriber")
    born = reader.day("patient.born")
    refills = reader.whole("refills", most=99)
    purpose = reader.text("purpose")
    if purpose and not sig.purpose:
        sig = replace(sig, purpose=purpose)
    elif purpose and purpose.casefold() != sig.purpose.casefold():
        reader.refuse("field.two-purposes", "purpose", one=purpose, other=sig.purpose)
    compound, quantity = ordered.compound, ordered.quantity
    if not (number and written and compound and quantity and patient_name and prescriber_name):
        return None
    return Prescription(
        number,
        Patient(
            patient_name,
            born,
            reader.text("patient.sex"),
            reader.address("patient.address"),
            reader.text("patient.phone"),
            reader.text("patient.language") or "en",
            reader.text("patient.non_child_resistant").casefold() == "true",
        ),
        Prescriber(
            prescriber_name,
            reader.text("prescriber.npi"),
            reader.text("prescriber.phone"),
            reader.address("prescriber.address"),
        ),
        compound,
        sig,
        quantity,
        written,
        refills or 0,
        ordered.days_supply,
        sig.purpose,
        reader.text("note"),
        reader.text("origin"),
    )


def _fill(reader: Reader, prescription: Prescription, today: date) -> Fill:
    number = reader.whole("fill.number", most=99) or 0
    dispensed = reader.number("fill.quantity")
    left = reader.whole("fill.refills_left", most=99)
    lots = tuple(
        lot
        for place in range(max(1, reader.draft.count("lots")))
        if (lot := read_lot(reader, f"lots.{place}"))
    )
    return Fill(
        prescription=prescription,
        pharmacy=_pharmacy(reader),
        quantity=prescription.quantity
        if dispensed is None
        else Amount(dispensed, prescription.quantity.unit),
        filled_on=reader.day("fill.date") or today,
        lots=lots,
        number=number,
        first_day=reader.whole("fill.first_day", least=1, most=2000) or 1,
        starts_on=reader.day("fill.starts_on", latest=LATEST_START),
        refills_left=max(0, prescription.refills - number) if left is None else left,
        answers=tuple(
            (path.removeprefix("safety."), answer)
            for path in sorted(reader.draft.written)
            if path.startswith("safety.") and (answer := reader.choice(path, Answer)) is not None
        ),
        warnings_on=tuple(
            reader.text(f"fill.warnings.{place}")
            for place in range(reader.draft.count("fill.warnings"))
        ),
        decisions=reader.draft.decisions,
        vials=_vials(reader, prescription),
        first_filled=reader.day("fill.first_filled"),
    )


def _vials(reader: Reader, prescription: Prescription) -> tuple[Vial, ...]:
    """Read the containers somebody named; none counts while one of them is not understood.

    So nothing false is said of the others: what is not understood holds the label up by itself.
    """
    count = reader.draft.count("fill.vials")
    if count > MOST_VIALS:
        reader.refuse("vial.too-many", "fill.vials", count=str(count), most=str(MOST_VIALS))
    read = [
        _vial(reader, f"fill.vials.{place}", prescription)
        for place in range(min(count, MOST_VIALS))
    ]
    return () if None in read else tuple(each for each in read if each)


def _vial(reader: Reader, stem: str, prescription: Prescription) -> Vial | None:
    """Read one container; None while its quantity or strength is not understood."""
    quantity = _held(reader, f"{stem}.quantity")
    strength = reader.strength(f"{stem}.strength")
    named = (reader.text(f"{stem}.lots.{at}") for at in range(reader.draft.count(f"{stem}.lots")))
    if quantity is None or (strength is None and reader.text(f"{stem}.strength.value")):
        return None
    lots = tuple(dict.fromkeys(number for number in named if number))
    return Vial(Amount(quantity, prescription.quantity.unit), strength, lots)


def _held(reader: Reader, path: str) -> Decimal | None:
    """Read how many a container holds; a whole line that was not understood stands there too."""
    text = reader.text(path, required=True)
    if any(sign.isalpha() or sign.isspace() for sign in text):
        reader.refuse("vial.not-read", path, text=text[:60])
        return None
    return reader.number(path)


def _pharmacy(reader: Reader) -> Pharmacy | None:
    name = reader.text("pharmacy.name")
    if not name:
        return None
    return Pharmacy(name, reader.address("pharmacy.address"), reader.text("pharmacy.phone"))


def read_lot(reader: Reader, stem: str) -> Lot | None:
    """Read a lot from the fields under a stem; None, with findings, for one that is not whole."""
    number = reader.text(f"{stem}.number", required=True)
    made_on = reader.day(f"{stem}.made_on", required=True)
    preparation = reader.choice(f"{stem}.preparation", Preparation, required=True)
    storage = reader.choice(f"{stem}.storage", Storage, required=True)
    form = reader.choice(f"{stem}.form", Form)
    strength = reader.strength(f"{stem}.strength")
    shortened = reader.day(f"{stem}.bud")
    components = tuple(
        Component(
            reader.text(f"{stem}.components.{place}.name", required=True),
            reader.text(f"{stem}.components.{place}.lot"),
            reader.day(f"{stem}.components.{place}.expires"),
        )
        for place in range(reader.draft.count(f"{stem}.components"))
    )
    if not (number and made_on and preparation and storage):
        return None
    return Lot(
        number,
        made_on,
        preparation,
        storage,
        form,
        strength,
        components,
        shortened,
        reader.text(f"{stem}.released_by"),
        reader.text(f"{stem}.description"),
    )
