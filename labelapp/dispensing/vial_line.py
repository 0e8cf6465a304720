"""The vials of a fill on one line, as a technician types them: 90, 90 or 14 x 1.5 mg of 26-118."""

from __future__ import annotations

import re
from collections.abc import Iterator

from labelapp.rx.amount import Basis
from labelapp.rx.compound import Form
from labelapp.rx.draft import Draft

VIALS = "fill.vials"
"""The path of the list; the form shows it as one field of this name."""

_VIAL = re.compile(
    r"(?P<quantity>[0-9.]+)"
    r"(?:\s*[xX\N{MULTIPLICATION SIGN}*]\s*(?P<strength>.+?))?"
    r"(?:\s+(?:of|de)\s+(?P<lots>.+))?",
)
_STRENGTH = re.compile(
    r"(?P<value>[0-9.]+)\s*(?P<unit>mg|mcg|g|%)"
    r"(?:\s*/\s*(?P<per>[0-9.]+)?\s*(?P<over>mL|g))?",
    re.IGNORECASE,
)
_BASIS = {"ml": Basis.PER_ML, "g": Basis.PER_G}
_OVER = {Basis.PER_ML.value.casefold(): "mL", Basis.PER_G.value.casefold(): "g"}


def read_line(text: str, draft: Draft) -> dict[str, str]:
    """Give the fields of the vials a line names; those the draft had before are emptied.

    What is not understood stands whole in the quantity of its vial, where it is asked about.
    What a strength is counted against is never inferred for what is not counted in pieces.
    """
    fields = {path: "" for path in draft.written if path.startswith(f"{VIALS}.")}
    counted = _is_counted(draft.get("compound.form"))
    items = [each.strip() for each in re.split("[,;]", text) if each.strip()]
    for place, item in enumerate(items):
        stem = f"{VIALS}.{place}"
        fields |= _vial(item, stem, counted=counted) or {f"{stem}.quantity": item}
    return fields


def write_line(draft: Draft) -> str:
    """Write the vials of a draft on one line; empty when none are named."""
    return ", ".join(_written(draft, f"{VIALS}.{place}") for place in range(draft.count(VIALS)))


def _is_counted(form: str) -> bool:
    return any(each.is_counted for each in Form if each.value == form.strip().casefold())


def _vial(item: str, stem: str, *, counted: bool) -> dict[str, str]:
    """Read one vial; nothing when any of it is not understood."""
    found = _VIAL.fullmatch(item)
    if found is None:
        return {}
    fields = {f"{stem}.quantity": found["quantity"]}
    if found["strength"]:
        strength = _strength(found["strength"], f"{stem}.strength", counted=counted)
        if not strength:
            return {}
        fields |= strength
    lots = [lot.strip() for lot in (found["lots"] or "").split("+") if lot.strip()]
    return fields | {f"{stem}.lots.{at}": lot for at, lot in enumerate(lots)}


def _strength(text: str, stem: str, *, counted: bool) -> dict[str, str]:
    found = _STRENGTH.fullmatch(text.strip())
    if found is None or (found["unit"] == "%" and found["over"]):
        return {}
    fields = {f"{stem}.value": found["value"]}
    if found["unit"] == "%":
        return fields | {f"{stem}.basis": Basis.PERCENT.value}
    fields[f"{stem}.unit"] = found["unit"].casefold()
    if found["over"]:
        fields[f"{stem}.basis"] = _BASIS[found["over"].casefold()].value
    elif counted:
        fields[f"{stem}.basis"] = Basis.PER_UNIT.value
    if found["per"]:
        fields[f"{stem}.per"] = found["per"]
    return fields


def _written(draft: Draft, stem: str) -> str:
    return " ".join(part for part in _parts(draft, stem) if part)


def _parts(draft: Draft, stem: str) -> Iterator[str]:
    """Give what is written of one vial, in the order of the line."""
    yield draft.get(f"{stem}.quantity").strip()
    value = draft.get(f"{stem}.strength.value").strip()
    basis = draft.get(f"{stem}.strength.basis").strip().casefold()
    if value and basis == Basis.PERCENT.value:
        yield f"x {value}%"
    elif value:
        unit, per = (draft.get(f"{stem}.strength.{part}").strip() for part in ("unit", "per"))
        over = " ".join(part for part in (per, _OVER.get(basis, "")) if part)
        yield f"x {value} {unit}" + (f"/{over}" if over else "")
    count = draft.count(f"{stem}.lots")
    lots = " + ".join(draft.get(f"{stem}.lots.{at}").strip() for at in range(count))
    yield f"of {lots}" if lots else ""
