"""What stands on the label of a fill: every element the law and the house ask for, each with why."""

from __future__ import annotations

from dataclasses import replace

from labelapp.label.document import (
    DIRECTIONS,
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
from labelapp.label.forbidden import kept_together
from labelapp.label.grid import grid_of
from labelapp.label.refusals import refusals
from labelapp.label.wording import Wording
from labelapp.rules.assess import Assessment
from labelapp.rules.auxiliary import AuxiliaryLabel
from labelapp.rules.law import SENTENCES, Law
from labelapp.rx.directions import Said
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding

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

    What the law requires and the fill does not have is a STOP nobody settles, and so is what may
    not stand on a label.
    """
    law = assessment.law
    case = Case(fill, assessment, wording)
    elements = [*_sample(wording, sample), *_asked(case, law), *_directions(said, law)]
    elements += [*_sentences(law), *_warnings(case, {each.key for each in elements})]
    ordered = tuple(sorted([*map(_whole, elements), _serial_text(serial)], key=_place))
    findings = refusals(ordered, fill, law)
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
        grid=grid_of(fill.prescription.sig, said, wording),
    )
    return label, ()


def _asked(case: Case, law: Law | None) -> list[Element]:
    """Say every element the house prints; those without words are left out here."""
    elements = []
    for asked in ASKED:
        words = asked.say(case)
        if words and (not asked.by_law or (law and law.element(asked.key))):
            elements.append(_element(asked, words, case, law))
    return elements


def _element(asked: Asked, words: str, case: Case, law: Law | None) -> Element:
    row = law.element(asked.key) if law else None
    name = _name(asked, case)
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


def _name(asked: Asked, case: Case) -> str:
    """Give the quiet word before an element; none where it has none."""
    if asked.called is not None:
        return asked.called(case)
    return case.wording.word(asked.key) if asked.named else ""


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

    The reversed one, about opioids, always stands on the label, and so does one to `keep`. The
    others may give way, the last in their order first: they can be stuck on beside it. What a
    pharmacist chose goes last of all.
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
                required=each.reversed or each.keep,
                drop=_drop(place, each, chosen=each.id in case.fill.warnings_on),
                reversed=each.reversed,
            )
        )
    return elements


def _sentences(law: Law | None) -> list[Element]:
    """Say what the law wants said in its own words, whatever the medicine."""
    return [
        Element(
            key=row.key,
            text=row.wording,
            zone=Zone(row.zone),
            field="",
            why=row.citation,
            least_pt=_least_pt(row.key, Zone(row.zone), law),
        )
        for row in (law.elements if law else ())
        if row.key in SENTENCES
    ]


def _drop(place: int, warning: AuxiliaryLabel, *, chosen: bool) -> int:
    """Say how soon a warning gives way.

    First go those on every label, then those this medicine calls for, and last of all those a
    pharmacist switched on for this patient.
    """
    if warning.reversed or warning.keep:
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


def _whole(element: Element) -> Element:
    """Keep numbers and their units on one line in words the medicine is taken by."""
    if element.zone not in (Zone.BLOCK, Zone.WARNINGS):
        return element
    text = kept_together(element.text)
    return element if text == element.text else replace(element, text=text)


def _place(element: Element) -> tuple[int, int, bool]:
    """Place what is white on black before the others that have no place of their own."""
    order = ORDER.get(element.key, LAST)
    return tuple(Zone).index(element.zone), order, not element.reversed
