"""The own format described: what stands in each field, as a JSON Schema and for people."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from typing import Any

from labelapp.intake import carried
from labelapp.intake.limits import MOST_IN_A_LIST, MOST_INGREDIENTS, MOST_SIG, MOST_TEXT
from labelapp.rx.amount import Basis, Unit
from labelapp.rx.compound import Form, Part
from labelapp.rx.field import FIELDS
from labelapp.rx.fill import Answer
from labelapp.rx.lot import Preparation, Storage
from labelapp.rx.people import Role

FORMAT = "labelapp/1"
BOOLEANS = frozenset({"patient.non_child_resistant"})
Tree = dict[str, Any]


def tree() -> Tree:
    """Grow the tree of keys from the paths of all fields.

    A leaf is None, `#` stands for the places of a list, `*` for names a row of `resources/` gives.
    """
    grown: Tree = {}
    for path in sorted(FIELDS):
        *stems, leaf = path.split(".")
        node = grown
        for stem in stems:
            node = node.setdefault(stem, {})
        node[leaf] = None
    grown["safety"] = {"*": None}
    return grown


_DAY = "A date: 2026-11-20, 20-Nov-2026 or 11/20/2026."
_WHO = {
    "name": "The name written whole, only when its parts are not known.",
    "family": "Family name.",
    "given": "Given names.",
    "suffix": "What follows the name: Jr., MD.",
    "phone": "Telephone number.",
    "address.line": "Street and number; a second line after a line end.",
    "address.city": "City.",
    "address.state": "The two letters of the state, as US mail writes them.",
    "address.postal_code": "ZIP code.",
}
_STRENGTH = {
    "value": "The amount of active: 4.5.",
    "unit": "Its unit; none for a percentage.",
    "basis": "What the amount is counted against. Never inferred.",
    "per": "How many units, mL or g it is spread over: 5 for 5 mg in 5 mL. Left out, 1.",
}
_LOT = {
    "number": "Lot number.",
    "made_on": "The day it was compounded. " + _DAY,
    "preparation": "The class of USP <795> its beyond-use date comes from.",
    "storage": "Where it is kept.",
    "form": "The form on the lot's own record.",
    "bud": "An earlier beyond-use date than the table gives. " + _DAY,
    "released_by": "The pharmacist who released the lot.",
    "description": "What it looks like, for the patient: white capsule, size 3.",
    "components.#.name": "An ingredient of the lot.",
    "components.#.lot": "The maker's lot number of that ingredient.",
    "components.#.expires": "The day that ingredient expires. " + _DAY,
}


def _under(stem: str, described: Mapping[str, str], *, but: Iterable[str] = ()) -> dict[str, str]:
    return {f"{stem}.{key}": text for key, text in described.items() if key not in set(but)}


DESCRIBED: Mapping[str, str] = {
    "rx_number": "The prescription number the pharmacy gave it.",
    "written": "The day it was written. " + _DAY,
    "origin": "How it came in: written, phone, fax, electronic or transfer.",
    "note": "What the prescriber told the pharmacist.",
    "sig": "The directions, word for word as written, with codes or without.",
    "purpose": "What the medicine is for, in the prescriber's words for the patient.",
    "refills": "Refills allowed after the first fill.",
    "days_supply": "How many days the quantity is meant to last.",
    "quantity.value": "The quantity ordered.",
    "quantity.unit": "What the quantity is counted or measured in.",
    "patient.born": "Date of birth. " + _DAY,
    "patient.sex": "Sex, as written.",
    "patient.language": "The patient's language as a code: en, es.",
    "patient.non_child_resistant": "True when a container that is not child-resistant was wanted.",
    **_under("patient", _WHO),
    **_under("prescriber", _WHO),
    "prescriber.npi": "National Provider Identifier, ten digits.",
    **_under("pharmacy", _WHO, but=("family", "given", "suffix")),
    "pharmacy.name": "The pharmacy that dispenses; its state says whose law the label follows.",
    "compound.name": "The medicine as the prescriber named it.",
    "compound.form": "Dosage form.",
    "compound.release": "How it releases: immediate. Left out when nothing was written.",
    "compound.ingredients.#.name": "An ingredient.",
    "compound.ingredients.#.part": "What it does in the compound.",
    **_under("compound.ingredients.#.strength", _STRENGTH),
    "fill.number": "0 for the first fill, 1 for the first refill.",
    "fill.date": "The day it is filled; left out, today. " + _DAY,
    "fill.first_day": "The day of the directions this fill begins on; left out, 1.",
    "fill.starts_on": "The day the patient starts, only when somebody said it. " + _DAY,
    "fill.quantity": "How many are dispensed now, when not the quantity ordered.",
    "fill.refills_left": "Refills left after this fill, when not counted from the number.",
    "fill.warnings.#": "The id of an auxiliary label a pharmacist switched on.",
    "fill.first_filled": (
        "The day the prescription was first filled; on the first fill it is the fill's own. " + _DAY
    ),
    "fill.vials.#.quantity": "How many this container holds, when the fill leaves in several.",
    **_under("fill.vials.#.strength", _STRENGTH),
    "fill.vials.#.strength.value": "The amount of active, when not the prescription's strength.",
    "fill.vials.#.lots.#": "The number of a lot of this fill that the container is filled from.",
    **_under("lots.#", _LOT),
    **_under("lots.#.strength", _STRENGTH),
    "safety.#": (
        "The answer to a safety question of the compound, by the question's id: opioid, liver,"
        " pregnancy, intolerance."
    ),
}
"""Every field in the trade's words."""

_CHOICES: Mapping[str, type[enum.StrEnum]] = {
    "compound.form": Form,
    "lots.#.form": Form,
    "compound.ingredients.#.part": Part,
    "compound.ingredients.#.strength.basis": Basis,
    "compound.ingredients.#.strength.unit": Unit,
    "fill.vials.#.strength.basis": Basis,
    "fill.vials.#.strength.unit": Unit,
    "lots.#.strength.basis": Basis,
    "lots.#.strength.unit": Unit,
    "lots.#.preparation": Preparation,
    "lots.#.storage": Storage,
    "quantity.unit": Unit,
    "safety.#": Answer,
}

DECISION: Mapping[str, str] = {
    "code": "The code of the finding that was answered.",
    "field": "The path of the field the finding speaks of; empty when it speaks of none.",
    "values": "The values the finding had when it was answered. When they change, it is void.",
    "choice": "Which of the offered readings was chosen; empty when there was nothing to choose.",
    "by": "Who answered.",
    "role": "In which role.",
    "at": "When, as date and time with the offset from UTC: 2026-11-20T09:30:00-08:00.",
    "reason": "Why; a STOP and a pharmacist's matter are not settled without a reason.",
}
"""The keys of a decision, each with what stands there."""


def schema() -> dict[str, Any]:
    """Give the own format as JSON Schema (draft 2020-12), made from the table of fields."""
    described = _object(tree(), "")
    described["properties"] = {
        "format": {"const": FORMAT, "description": "The format and its version."},
        **described["properties"],
        "decisions": {
            "type": "array",
            "description": "Answers to findings. One whose values have changed is void.",
            "items": _decision(),
        },
        **{key: {"description": text} for key, text in carried.KEYS.items()},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A prescription and its fill",
        "description": (
            "One prescription as labelapp saves it. Texts stand as written; numbers may be texts"
            " or numbers, and every digit of them is kept. A key that is not here is asked about."
        ),
        **described,
        "required": ["format"],
    }


def _object(branch: Tree, stem: str) -> dict[str, Any]:
    properties = {key: _entry(below, f"{stem}.{key}".lstrip(".")) for key, below in branch.items()}
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _entry(below: Any, path: str) -> dict[str, Any]:
    if below is None:
        return _leaf(path)
    if "*" in below:
        return {"type": "object", "additionalProperties": _leaf(f"{path}.#")}
    if "#" not in below:
        return _object(below, path)
    most = MOST_INGREDIENTS if path == "compound.ingredients" else MOST_IN_A_LIST
    return {"type": "array", "maxItems": most, "items": _entry(below["#"], f"{path}.#")}


def _leaf(path: str) -> dict[str, Any]:
    described: dict[str, Any] = {"description": DESCRIBED[path]}
    if path in BOOLEANS:
        return {**described, "type": ["boolean", "string", "null"]}
    described["type"] = ["string", "number", "null"]
    described["maxLength"] = MOST_SIG if path == "sig" else MOST_TEXT
    if path in _CHOICES:
        described["examples"] = [each.value for each in _CHOICES[path]]
    return described


def _decision() -> dict[str, Any]:
    properties: dict[str, Any] = {
        key: {"type": "string", "description": text} for key, text in DECISION.items()
    }
    properties["values"] |= {"type": "object", "additionalProperties": {"type": "string"}}
    properties["role"] |= {"enum": [role.value for role in Role]}
    properties["at"] |= {"format": "date-time"}
    return {
        "type": "object",
        "properties": properties,
        "required": ["code", "by", "role", "at"],
        "additionalProperties": False,
    }
