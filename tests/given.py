"""What a test begins with: whole, valid prescriptions of people who do not exist."""

from __future__ import annotations

from datetime import date

from labelapp.rx.draft import Draft

TODAY = date(2026, 11, 22)

PHARMACY = {
    "pharmacy.name": "Corner Compounding Pharmacy",
    "pharmacy.phone": "(310) 555-0142",
    "pharmacy.address.line": "100 Example Ave",
    "pharmacy.address.city": "Beverly Hills",
    "pharmacy.address.state": "CA",
    "pharmacy.address.postal_code": "90210",
}

TITRATION = {
    **PHARMACY,
    "rx_number": "1234567",
    "written": "2026-11-20",
    "patient.family": "Doe",
    "patient.given": "Jane",
    "patient.born": "1961-03-12",
    "prescriber.family": "Abara",
    "prescriber.given": "N.",
    "prescriber.suffix": "MD",
    "prescriber.npi": "1234567893",
    "compound.form": "capsule",
    "compound.ingredients.0.name": "Naltrexone HCl",
    "compound.ingredients.0.part": "active",
    "compound.ingredients.0.strength.value": "1.5",
    "compound.ingredients.0.strength.unit": "mg",
    "compound.ingredients.0.strength.basis": "per unit",
    "compound.ingredients.1.name": "Microcrystalline cellulose",
    "compound.ingredients.1.part": "filler",
    "sig": "1 cap po qhs x7d then 2 caps po qhs x7d then 3 caps po qhs",
    "quantity.value": "69",
    "quantity.unit": "capsule",
    "days_supply": "30",
    "refills": "2",
    "purpose": "fibromyalgia pain",
    "fill.date": "2026-11-22",
    "lots.0.number": "26-118",
    "lots.0.made_on": "2026-11-20",
    "lots.0.preparation": "other nonaqueous",
    "lots.0.storage": "room temperature",
    "lots.0.form": "capsule",
    "lots.0.strength.value": "1.5",
    "lots.0.strength.unit": "mg",
    "lots.0.strength.basis": "per unit",
    "lots.0.released_by": "N. Abara, RPh",
    "lots.0.components.0.name": "Naltrexone HCl",
    "lots.0.components.0.lot": "NX-4471",
    "lots.0.components.0.expires": "2028-01-31",
    "safety.opioid": "no",
    "safety.liver": "no",
    "safety.pregnancy": "no",
    "safety.intolerance": "no",
}
"""The 1-2-3 titration of 1.5 mg capsules: 30 days of 7-day steps are 69 capsules."""


def draft(source: dict[str, str] | None = None, /, **changes: str | None) -> Draft:
    """A draft of the titration with some fields changed; `__` stands for a dot, None removes."""
    fields: dict[str, str | None] = {**(source or TITRATION)}
    fields |= {path.replace("__", "."): text for path, text in changes.items()}
    return Draft({path: text for path, text in fields.items() if text is not None}, "test")
