"""The fields of a prescription by their paths: one vocabulary for file, form and finding."""

from __future__ import annotations

import re

FIELDS: frozenset[str] = frozenset(
    {
        "rx_number", "written", "origin", "note", "sig", "purpose", "refills", "days_supply",
        "quantity.value", "quantity.unit",
        "patient.name", "patient.family", "patient.given", "patient.suffix", "patient.born",
        "patient.sex", "patient.phone", "patient.language", "patient.non_child_resistant",
        "patient.address.line", "patient.address.city", "patient.address.state",
        "patient.address.postal_code",
        "prescriber.name", "prescriber.family", "prescriber.given", "prescriber.suffix",
        "prescriber.npi", "prescriber.phone", "prescriber.address.line", "prescriber.address.city",
        "prescriber.address.state", "prescriber.address.postal_code",
        "pharmacy.name", "pharmacy.phone", "pharmacy.address.line", "pharmacy.address.city",
        "pharmacy.address.state", "pharmacy.address.postal_code",
        "compound.name", "compound.form", "compound.release",
        "compound.ingredients.#.name", "compound.ingredients.#.part",
        "compound.ingredients.#.strength.value", "compound.ingredients.#.strength.unit",
        "compound.ingredients.#.strength.basis", "compound.ingredients.#.strength.per",
        "fill.number", "fill.date", "fill.first_day", "fill.starts_on", "fill.quantity",
        "fill.refills_left", "fill.warnings.#", "fill.first_filled",
        "fill.vials.#.quantity", "fill.vials.#.strength.value", "fill.vials.#.strength.unit",
        "fill.vials.#.strength.basis", "fill.vials.#.strength.per", "fill.vials.#.lots.#",
        "lots.#.number", "lots.#.made_on", "lots.#.preparation", "lots.#.storage", "lots.#.form",
        "lots.#.strength.value", "lots.#.strength.unit", "lots.#.strength.basis",
        "lots.#.strength.per", "lots.#.bud", "lots.#.released_by", "lots.#.description",
        "lots.#.components.#.name", "lots.#.components.#.lot", "lots.#.components.#.expires",
        "safety.#",
    }
)  # fmt: skip
"""Every field there is, by its path; `#` stands for a place in a list, counted from 0, and under
`safety` for the id of a compound's safety question (`safety.opioid`).

The same paths name fields in the own file format, in the form and in findings, so that a finding
always knows where it belongs.
"""

_SAFETY = re.compile(r"safety\.[a-z][a-z_]{0,30}")


def general(path: str) -> str:
    """Give a field's path with every place in a list written `#`: lots.0.number, lots.#.number."""
    if _SAFETY.fullmatch(path):
        return "safety.#"
    return ".".join("#" if part.isascii() and part.isdigit() else part for part in path.split("."))
