"""What stands on the label of a fill: every element the law and the house ask for, each with why."""

from __future__ import annotations

import re
from dataclasses import replace

from labelapp.label.document import (
    DIRECTIONS,
    HOW_TO_TAKE,
    TRANSLATION,
    BlockRule,
    Element,
    Label,
    Mark,
    Symbology,
    Weight,
    Zone,
)
from labelapp.label.elements import ASKED, LAST, ORDER, Asked, Case
from labelapp.label.forbidden import forbidden
from labelapp.label.wording import Wording
from labelapp.rules.assess import Assessment
from labelapp.rules.auxiliary import AuxiliaryLabel
from labelapp.rules.law import Law, LawElement
from labelapp.rx.directions import Said
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop

HOUSE_BLOCK_PT = 10.0
"""Least type size of the block where the law names none (USP <17>: nothing smaller than 10 pt)."""
HOUSE_LEAST_PT = 7.0
"""Least type size outside the block, on every head: what stands there is read by old eyes too."""

EVERY_LABEL = "on"
"""How a warning comes on that stands on every label, whatever the form or storage."""

WARNINGS_OF_A_KIND = 19
"""So many warnings of one kind have each a place of its own in the order of giving way."""
CHOSEN = 1
CALLED_FOR = CHOSEN + WARNINGS_OF_A_KIND
EVERYWHERE = CALLED_FOR + WARNINGS_OF_A_KIND
"""`drop` of the first warning of each kind; all are below that of the refills."""

_RX_NUMBER = re.compile(r"[A-Za-z0-9-]*")


def compose(
    fill: Fill,
    assessment: Assessment,
    said: tuple[Said, ...],
    wording: Wording,
    *,
    serial: str,
    sample: bool,
) -> tuple[Label | None, tuple[Finding, ...]]:
    """Compose the label of a fill; None with the findings when something on it may not stand.

    What the law requires and the fill does not have is a STOP nobody settles, and so are a
    prescription number no mark can carry and a form of a dose that is misread.
    """
    law = assessment.law
    case = Case(fill, assessment, wording)
    elements = [*_sample(wording, sample), *_asked(case, law), *_directions(said, law)]
    elements += [*_warnings(case, {each.key for each in elements}), _serial_text(serial)]
    ordered = tuple(sorted(elements, key=_place))
    lacking = (*_absent(ordered, law), *_half_address(fill, law))
    findings = (*lacking, *_odd_number(fill), *_misread(ordered))
    if findings:
        return None, findings
    label = Label(
        serial,
        ordered,
        _marks(serial),
        _block(law),
        sample,
        continues=wording.words["continued"],
        ends=wording.words["continued_last"],
    )
    return label, ()


def _asked(case: Case, law: Law | None) -> list[Element]:
    """Say every element the house prints; those without words are left out here."""
    elements = []
    for asked in ASKED:
        words = asked.say(case)
        if words:
            elements.append(_element(asked, words, case, law))
    return elements


def _element(asked: Asked, words: str, case: Case, law: Law | None) -> Element:
    row = law.element(asked.key) if law else None
    name = case.wording.word(asked.key) if asked.named else ""
    frame = case.wording.word(asked.key) if asked.framed else "{value}"
    if row is not None and "{value}" in row.wording:
        frame = row.wording
        if asked.named:  # "Use by {value}": what stands before the value names it
            name, _before, after = row.wording.partition("{value}")
            frame = "{value}" + after
    return Element(
        key=asked.key,
        text=frame.replace("{value}", words),
        zone=asked.zone,
        field=asked.field,
        why=row.citation if row else asked.why,
        least_pt=_least_pt(asked.key, asked.zone, law),
        weight=asked.weight,
        label=name.strip(),
        short=asked.short(case) if asked.short else "",
        required=(row is not None and row.required) or not asked.drop,
        drop=asked.drop,
    )


def _directions(said: tuple[Said, ...], law: Law | None) -> list[Element]:
    """Say each line of the directions, and under it the same in the patient's language.

    A translation is as large as the law wants the English, and is never without it.
    """
    row = law.element(DIRECTIONS) if law else None
    elements = []
    for line in said:
        if not line.text:
            continue
        english = Element(
            key=DIRECTIONS,
            text=line.text,
            zone=Zone.BLOCK,
            field="sig",
            why=row.citation if row else "USP <17>: explicit directions, each step on its own line",
            least_pt=_least_pt(DIRECTIONS, Zone.BLOCK, law),
            lead=line.lead,
            spans=line.spans,
        )
        elements.append(english)
        if (beside := line.beside) is not None:
            words = replace(english, text=beside.text, lead=beside.lead, colon=beside.colon)
            elements.append(replace(words, key=TRANSLATION, why=beside.why))
    return elements


def _warnings(case: Case, keys: set[str]) -> list[Element]:
    """Say the warnings; one that another element says already is not printed twice.

    The reversed one, about opioids, always stands on the label. The others may give way, the last
    in their order first: they can be stuck on beside it. What a pharmacist chose goes last of all.
    """
    elements = []
    for place, each in enumerate(case.assessment.auxiliary):
        if case.wording.says_already.get(each.id) in keys:
            continue
        elements.append(
            Element(
                key=f"aux.{each.id}",
                text=each.text,
                zone=Zone.WARNINGS,
                field="fill.warnings.#",
                why=each.source,
                least_pt=HOUSE_LEAST_PT,
                weight=Weight.BOLD if each.reversed else Weight.REGULAR,
                required=each.reversed,
                drop=_drop(place, each, chosen=each.id in case.fill.warnings_on),
                reversed=each.reversed,
            )
        )
    return elements


def _drop(place: int, warning: AuxiliaryLabel, *, chosen: bool) -> int:
    """Say how soon a warning gives way.

    First go those on every label, then those this medicine calls for, and last of all those a
    pharmacist switched on for this patient.
    """
    if warning.reversed:
        return 0
    first = CHOSEN if chosen else EVERYWHERE if warning.default == EVERY_LABEL else CALLED_FOR
    return first + min(place, WARNINGS_OF_A_KIND - 1)


def _sample(wording: Wording, sample: bool) -> list[Element]:  # noqa: FBT001
    if not sample:
        return []
    return [
        Element(
            key="sample",
            text=wording.word("sample"),
            zone=Zone.HEADER,
            field="",
            why="House: no signed-in person made this label",
            least_pt=HOUSE_LEAST_PT,
            weight=Weight.BOLD,
            short=wording.word("sample_short"),
            reversed=True,
        )
    ]


def _serial_text(serial: str) -> Element:
    return Element(
        key="serial_text",
        text=serial,
        zone=Zone.FOOT,
        field="rx_number",
        why="House: what the marks say, for eyes; the copy is its last number",
        least_pt=HOUSE_LEAST_PT,
        required=False,
        drop=90,
    )


def _least_pt(key: str, zone: Zone, law: Law | None) -> float:
    row = law.element(key) if law else None
    by_law = row.least_pt if row else 0.0
    if zone is Zone.BLOCK:
        return max(by_law, _block(law).least_pt)
    return max(by_law, HOUSE_LEAST_PT)


def _block(law: Law | None) -> BlockRule:
    rule = law.rule("block") if law else None
    return BlockRule(
        least_share=law.block_share if law else 0.0,
        least_pt=max(law.block_least_pt if law else 0.0, HOUSE_BLOCK_PT),
        why=rule.citation if rule else "USP <17>: type size of what the patient must read",
        most_share=law.grow_to if law else 0.7,
    )


def _marks(serial: str) -> tuple[Mark, ...]:
    return (
        Mark(Symbology.DATAMATRIX, serial, "House: scanned at the final verification"),
        Mark(Symbology.CODE128, serial, "House: for scanners that read bars alone", required=False),
    )


def _absent(elements: tuple[Element, ...], law: Law | None) -> tuple[Finding, ...]:
    """Name every element the law requires and the fill does not have."""
    if law is None:
        return ()
    there = {each.key for each in elements}
    lacking: dict[str, Finding] = {}
    for row in law.elements:
        if row.required and not row.when and row.key not in there:
            found = _lacks(row, law)
            lacking.setdefault(found.field or row.key, found)  # two may lack the same field
    return tuple(lacking.values())


def _half_address(fill: Fill, law: Law | None) -> tuple[Finding, ...]:
    """Refuse a pharmacy's address nobody could go to: it has a street line and a city."""
    row = law.element("pharmacy_address") if law else None
    if law is None or row is None or not row.required or fill.pharmacy is None:
        return ()
    address = fill.pharmacy.address
    if not str(address).strip():
        return ()  # all of it is missing: that is told already
    parts = {
        "pharmacy.address.line": any(line.strip() for line in address.lines),
        "pharmacy.address.city": bool(address.city.strip()),
    }
    return tuple(_lacks(row, law, field) for field, there in parts.items() if not there)


def _lacks(row: LawElement, law: Law, field: str = "") -> Finding:
    """Refuse a label that lacks an element, naming its field and who asks for it."""
    field = field or FIELD_OF.get(row.key, "")
    element = row.key.replace("_", " ")
    if all(each.strip().startswith(HOUSE) for each in row.citation.split(";")):
        return stop("label.house-missing", field, Settler.NOBODY, element=element)
    asks = f"{law.name} ({row.citation})"
    return stop("label.element-missing", field, Settler.NOBODY, element=element, law=asks)


FIELD_OF = {each.key: each.field for each in ASKED} | {"directions": "sig"}
"""The field of the form that an element's words come from."""
HOUSE = "House"
"""How the source of a row begins that is the pharmacy's own rule, not a law's."""


def _odd_number(fill: Fill) -> tuple[Finding, ...]:
    """Refuse a prescription number no mark can carry as it is; it is never altered to fit."""
    number = fill.prescription.number
    if _RX_NUMBER.fullmatch(number):
        return ()
    odd = " ".join(dict.fromkeys(_RX_NUMBER.sub("", number)))
    return (stop("label.rx-number-odd", "rx_number", Settler.NOBODY, characters=odd),)


def _misread(elements: tuple[Element, ...]) -> tuple[Finding, ...]:
    found = []
    for each in elements:
        if each.key in {"drug", "purpose", *HOW_TO_TAKE} or each.zone is Zone.WARNINGS:
            form = forbidden(f"{each.lead} {each.text}")
            if form:
                found.append(
                    stop("label.misread", each.field, Settler.NOBODY, form=form, text=each.text)
                )
    return tuple(found)


def _place(element: Element) -> tuple[int, int]:
    order = ORDER.get(element.key, LAST)
    return tuple(Zone).index(element.zone), order
