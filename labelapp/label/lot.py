"""What stands on the stock label of a lot: what it is, its number large, until when, who released it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from labelapp.label.compose import HOUSE_LEAST_PT
from labelapp.label.document import BlockRule, Element, Label, Mark, Symbology, Weight, Zone
from labelapp.label.forbidden import forbidden, kept_together
from labelapp.label.wording import Wording
from labelapp.rules.law import Law
from labelapp.rx.dates import label_date
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.lot import Component, Lot

LETTER = "L"
"""What the code on a lot's label begins with; no paper of a fill has a serial that does."""

_NUMBER = re.compile(r"[A-Za-z0-9-]+")
_USP = "USP <795>, section 9: the label of a compounded preparation"
_HOUSE = "House: a lot on the shelf is told apart at a glance"


@dataclass(frozen=True)
class Stocked:
    """A lot as it stands on the shelf. `bud` is the last day of use, weighed from all limits.

    `name` is that of its formula, `quantity` how much was made; `prepared_by` are initials. Any of
    the three may be empty: then nothing is said of it.
    """

    lot: Lot
    bud: date | None = None
    name: str = ""
    quantity: str = ""
    prepared_by: str = ""


def code_of(number: str) -> str:
    """Give what the code on a lot's label says."""
    return f"{LETTER}{number}"


def compose_lot(
    stocked: Stocked,
    wording: Wording,
    law: Law | None = None,
    *,
    sample: bool = False,
    ingredients: bool = False,
) -> tuple[Label | None, tuple[Finding, ...]]:
    """Compose the label of a lot; None with the findings when something on it may not stand.

    `law` is that of the pharmacy's state, which may word the beyond-use date. A lot that no
    pharmacist released says so in reverse.
    """
    elements = tuple(
        each
        for each in (
            *_head(stocked, wording, sample=sample),
            *_facts(stocked, wording, law),
            *(_components(stocked.lot, wording) if ingredients else ()),
            _element("lot_stock", wording.lot["stock"], Zone.FOOT),
        )
        if each.text
    )
    said = [(each.field, each.text) for each in elements if each.key in {"name", "drug"}]
    if ingredients:  # by their names: what their makers number their lots is theirs
        said += [("lots.0.components.0.name", each.name) for each in stocked.lot.components]
    findings = (*_unnamed(stocked), *_odd_number(stocked.lot), *_misread(said))
    if findings:
        return None, findings
    code = code_of(stocked.lot.number)
    mark = Mark(Symbology.DATAMATRIX, code, "House: scanned where a lot is asked for")
    block = BlockRule(0.0, HOUSE_LEAST_PT, _HOUSE)
    return Label(code, elements, (mark,), block, sample), ()


def _unnamed(stocked: Stocked) -> tuple[Finding, ...]:
    """Refuse the label of a lot that would not say what is in it."""
    if stocked.name.strip():
        return ()
    return (stop("lot.no-name", "lots.0.name", Settler.NOBODY, lot=stocked.lot.number),)


def _head(stocked: Stocked, wording: Wording, *, sample: bool) -> tuple[Element, ...]:
    lot = stocked.lot
    drug = " ".join(part for part in (str(lot.strength or ""), lot.form or "") if part)
    number = wording.lot["number"]
    head = [
        _element("name", kept_together(stocked.name), Zone.BLOCK, bold=True, field="lots.0.name"),
        _element("drug", drug, Zone.BLOCK, bold=True, field="lots.0.strength.value"),
        _element("lot", lot.number, Zone.BLOCK, number, bold=True, field="lots.0.number"),
    ]
    if sample:
        mark = _element("sample", wording.word("sample_short"), Zone.HEADER, bold=True)
        head.append(replace(mark, reversed=True))
    if not lot.released_by:
        mark = _element("not_released", wording.lot["not_released"], Zone.WARNINGS, bold=True)
        head.append(replace(mark, reversed=True))
    return tuple(head)


def _facts(stocked: Stocked, wording: Wording, law: Law | None) -> tuple[Element, ...]:
    lot, words = stocked.lot, wording.lot
    made_on = label_date(lot.made_on)
    storage = _element("storage", wording.storage[lot.storage.value], Zone.FACTS)
    said = {
        "made_on": (words["made_on"], made_on, "lots.0.made_on"),
        "quantity": (words["quantity"], stocked.quantity, "lots.0.quantity"),
        "prepared_by": (words["prepared_by"], stocked.prepared_by, ""),
        "released_by": (words["released_by"], lot.released_by, ""),
    }
    facts = [
        _element(key, text, Zone.FACTS, name, bold=True, field=field)
        for key, (name, text, field) in said.items()
    ]
    facts.insert(1, _bud(stocked.bud, wording, law))
    return (*facts, replace(storage, short=wording.storage_short[lot.storage.value]))


def _bud(last_day: date | None, wording: Wording, law: Law | None) -> Element:
    """Say the beyond-use date in the words of the state's law, where it has any."""
    row = law.element("bud") if law else None
    name, after = wording.words["bud"], ""
    if row is not None and "{value}" in row.wording:
        name, _value, after = row.wording.partition("{value}")
    text = f"{label_date(last_day)}{after}" if last_day else ""
    made = _element("bud", text, Zone.FACTS, name.strip(), bold=True, field="lots.0.bud")
    return replace(made, why=row.citation) if row else made


def _components(lot: Lot, wording: Wording) -> tuple[Element, ...]:
    return tuple(
        _element(
            "component", _component(each, wording), Zone.FACTS, field="lots.0.components.0.name"
        )
        for each in lot.components
    )


def _component(component: Component, wording: Wording) -> str:
    expires = label_date(component.expires) if component.expires else ""
    parts = (
        ("component", "{name}", component.name),
        ("component_lot", "{lot}", component.lot),
        ("component_expires", "{date}", expires),
    )
    said = (wording.lot[key].replace(blank, text) for key, blank, text in parts if text)
    return kept_together(", ".join(said))


def _element(
    key: str, text: str, zone: Zone, name: str = "", field: str = "", *, bold: bool = False
) -> Element:
    return Element(
        key=key,
        text=text,
        zone=zone,
        field=field,
        why=_USP if zone is Zone.FACTS else _HOUSE,
        least_pt=HOUSE_LEAST_PT,
        weight=Weight.BOLD if bold else Weight.REGULAR,
        label=name,
    )


def _odd_number(lot: Lot) -> tuple[Finding, ...]:
    """Refuse a lot number no code can carry as it is; it is never altered to fit."""
    if _NUMBER.fullmatch(lot.number):
        return ()
    odd = " ".join(dict.fromkeys(_NUMBER.sub("", lot.number)))
    return (stop("lot.number-odd", "lots.0.number", Settler.NOBODY, characters=odd),)


def _misread(said: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    return tuple(
        stop("label.misread", field, Settler.NOBODY, form=form, text=text)
        for field, text in said
        if (form := forbidden(text))
    )
