"""A draft: a prescription as it came in, every field as written, nothing understood yet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from labelapp.rx.decision import Decision
from labelapp.rx.directions import Step
from labelapp.rx.finding import Finding

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
        "fill.refills_left", "fill.warnings.#",
        "lots.#.number", "lots.#.made_on", "lots.#.preparation", "lots.#.storage", "lots.#.form",
        "lots.#.strength.value", "lots.#.strength.unit", "lots.#.strength.basis",
        "lots.#.strength.per", "lots.#.bud", "lots.#.released_by",
        "lots.#.components.#.name", "lots.#.components.#.lot", "lots.#.components.#.expires",
        "safety.#",
    }
)  # fmt: skip
"""Every field there is, by its path; `#` stands for a place in a list, counted from 0, and under
`safety` for the id of a compound's safety question (`safety.opioid`).

The same paths name fields in the own file format, in the form and in findings, so that a finding
always knows where it belongs.
"""


@dataclass(frozen=True)
class Instruction:
    """One dosage of a structured message: its own text, its structured step, and where it stood.

    `span` start and end say which part of the draft's `sig` text this instruction's text is.
    """

    sequence: int | None
    text: str
    step: Step | None
    path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class Draft:
    """What a file, a message or the form holds: `written` maps a field's path to its text.

    `unread` lists every element of the source that was not used, by its own path there, and
    `weighty` the part of them that could change drug, dose, directions, quantity, dates or
    patient. `source` names the format and its version. `instructions` are the structured dosages.
    """

    written: Mapping[str, str]
    source: str
    instructions: tuple[Instruction, ...] = ()
    unread: tuple[str, ...] = ()
    weighty: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())

    def __post_init__(self) -> None:
        """Freeze the fields, and refuse a path that no form, file or finding could name."""
        for path in self.written:
            if general(path) not in FIELDS:
                raise ValueError(f"no such field: {path}")
        object.__setattr__(self, "written", MappingProxyType(dict(self.written)))

    def get(self, path: str) -> str:
        """Give a field's text as written; empty when it was not."""
        return self.written.get(path, "")

    def count(self, stem: str) -> int:
        """Count the entries of a list field: `count("lots")` for lots.0, lots.1, ..."""
        places = {
            int(path[len(stem) + 1 :].partition(".")[0])
            for path in self.written
            if path.startswith(stem + ".")
        }
        return max(places, default=-1) + 1


def general(path: str) -> str:
    """Give a field's path with every place in a list written `#`: lots.0.number, lots.#.number."""
    if _SAFETY.fullmatch(path):
        return "safety.#"
    return ".".join("#" if part.isascii() and part.isdigit() else part for part in path.split("."))


_SAFETY = re.compile(r"safety\.[a-z][a-z_]{0,30}")
