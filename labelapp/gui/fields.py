"""Which fields the form shows, in which order, how wide, and what may be chosen in them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from labelapp.rx.amount import Basis, Unit
from labelapp.rx.compound import Form, Part
from labelapp.rx.fill import Answer
from labelapp.rx.lot import Preparation, Storage

COLUMNS = 12
"""Columns a row of the form is divided into; a field says how many it takes."""


class Kind(enum.StrEnum):
    """How a field is filled in."""

    LINE = "line"
    TEXT = "text"
    """Several lines."""
    SIG = "sig"
    """The directions: several lines, read at every key."""
    CHOICE = "choice"
    ANSWER = "answer"
    """A safety question: yes, no or unknown, and nothing to begin with."""
    TICK = "tick"
    VIALS = "vials"
    """The containers of a fill on one line; the draft has each of them in fields of its own."""


@dataclass(frozen=True)
class Field:
    """One field: its path in the draft, where `#` is a place in a list.

    A `rare` field is shown only when the draft has something in it or a finding speaks of it.
    """

    path: str
    span: int = 3
    kind: Kind = Kind.LINE
    choices: tuple[str, ...] = ()
    rare: bool = False


@dataclass(frozen=True)
class Section:
    """A part of the form. `repeats` names the list whose entries repeat the section's fields."""

    key: str
    fields: tuple[Field, ...]
    repeats: str = ""
    least: int = 1


def _choice(path: str, span: int, words: type[enum.StrEnum], *, rare: bool = False) -> Field:
    return Field(path, span, Kind.CHOICE, tuple(each.value for each in words), rare=rare)


_MASS = (Unit.MG.value, Unit.MCG.value, Unit.G.value)

_INGREDIENT = "compound.ingredients.#"
_LOT = "lots.#"
_COMPONENT = "lots.0.components.#"
"""What the first lot was made of; a further lot's components are kept, and named at the end."""

SECTIONS: tuple[Section, ...] = (
    Section(
        "patient",
        (
            Field("patient.family", 4),
            Field("patient.given", 4),
            Field("patient.suffix", 1),
            Field("patient.born", 3),
            Field("patient.name", 12, rare=True),
        ),
    ),
    Section(
        "prescription",
        (
            Field("rx_number", 3),
            Field("written", 3),
            Field("quantity.value", 2),
            Field("quantity.unit", 2),
            Field("refills", 1),
            Field("days_supply", 1),
            _choice("compound.form", 3, Form),
            Field("purpose", 6),
            Field("origin", 3, rare=True),
            Field("compound.name", 6, rare=True),
            Field("compound.release", 3, rare=True),
            Field("note", 12, Kind.TEXT, rare=True),
        ),
    ),
    Section(
        "ingredients",
        (
            _choice(f"{_INGREDIENT}.part", 2, Part),
            Field(f"{_INGREDIENT}.name", 3),
            Field(f"{_INGREDIENT}.strength.value", 2),
            Field(f"{_INGREDIENT}.strength.unit", 2, Kind.CHOICE, _MASS),
            _choice(f"{_INGREDIENT}.strength.basis", 2, Basis),
            Field(f"{_INGREDIENT}.strength.per", 1),
        ),
        repeats="compound.ingredients",
        least=2,
    ),
    Section("directions", (Field("sig", 12, Kind.SIG),)),
    Section(
        "fill",
        (
            Field("fill.date", 3),
            Field("fill.number", 2),
            Field("fill.quantity", 2),
            Field("fill.first_day", 2),
            Field("fill.starts_on", 3),
            Field("fill.vials", 6, Kind.VIALS),
            Field("fill.refills_left", 3, rare=True),
            Field("fill.first_filled", 3, rare=True),
        ),
    ),
    Section(
        "lot",
        (
            Field(f"{_LOT}.number", 3),
            Field(f"{_LOT}.made_on", 3),
            _choice(f"{_LOT}.preparation", 3, Preparation),
            _choice(f"{_LOT}.storage", 3, Storage),
            _choice(f"{_LOT}.form", 2, Form),
            Field(f"{_LOT}.strength.value", 2),
            Field(f"{_LOT}.strength.unit", 2, Kind.CHOICE, _MASS),
            _choice(f"{_LOT}.strength.basis", 2, Basis),
            Field(f"{_LOT}.strength.per", 1),
            Field(f"{_LOT}.released_by", 3),
            Field(f"{_LOT}.description", 6),
            Field(f"{_LOT}.bud", 3, rare=True),
        ),
        repeats="lots",
    ),
    Section(
        "components",
        (
            Field(f"{_COMPONENT}.name", 5),
            Field(f"{_COMPONENT}.lot", 4),
            Field(f"{_COMPONENT}.expires", 3),
        ),
        repeats="lots.0.components",
        least=2,
    ),
    Section(
        "safety",
        tuple(
            Field(f"safety.{each}", 12, Kind.ANSWER, tuple(word.value for word in Answer))
            for each in ("opioid", "liver", "pregnancy", "intolerance")
        ),
    ),
    Section("warnings", ()),
    Section(
        "prescriber",
        (
            Field("prescriber.family", 4),
            Field("prescriber.given", 3),
            Field("prescriber.suffix", 1),
            Field("prescriber.npi", 2),
            Field("prescriber.phone", 2),
            Field("prescriber.name", 12, rare=True),
            Field("prescriber.address.line", 5, rare=True),
            Field("prescriber.address.city", 3, rare=True),
            Field("prescriber.address.state", 2, rare=True),
            Field("prescriber.address.postal_code", 2, rare=True),
        ),
    ),
    Section(
        "pharmacy",
        (
            Field("pharmacy.name", 5),
            Field("pharmacy.phone", 3),
            Field("pharmacy.address.line", 4),
            Field("pharmacy.address.city", 5),
            Field("pharmacy.address.state", 3),
            Field("pharmacy.address.postal_code", 4),
        ),
    ),
    Section(
        "contact",
        (
            Field("patient.address.line", 5),
            Field("patient.address.city", 3),
            Field("patient.address.state", 2),
            Field("patient.address.postal_code", 2),
            Field("patient.phone", 3),
            Field("patient.sex", 2),
            Field("patient.language", 2),
            Field("patient.non_child_resistant", 12, Kind.TICK),
        ),
    ),
)


def at(path: str, place: int) -> str:
    """Give a field's path with its place in the list: `lots.#.number` at 0 is lots.0.number."""
    return path.replace("#", str(place), 1)
