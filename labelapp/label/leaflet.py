"""The leaflet: one page in plain words for the patient, every sentence a row with its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from labelapp.label.calendar import heading, rx_of
from labelapp.label.document import Label, Mark, Symbology
from labelapp.label.forbidden import kept_together
from labelapp.label.handout import Block, Cell, Handout, Passage, Style, Table, passage_of
from labelapp.label.papers import PaperWords
from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rules.weight import most_a_day
from labelapp.rx.amount import NBSP
from labelapp.rx.compound import Form
from labelapp.rx.directions import Route
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.link import is_own_page
from labelapp.rx.lot import Storage
from labelapp.sig.phrases import filled

NAMES = frozenset({"drug", "pharmacy", "phone", "bud"})
"""What a sentence may have filled in, from the label."""
_NAME = re.compile(r"\{([^}]*)\}")
WHY_LINK = "House: the pharmacy's own page, in its settings"


@dataclass(frozen=True)
class Section:
    """A part of the leaflet under a heading; the one that is `first` stands framed before all."""

    id: str
    title: str
    first: bool


@dataclass(frozen=True)
class Sentence(Row):
    """One sentence or more that belong together, and when they stand on the leaflet.

    A condition left empty holds always. `listed` ones have a bullet.
    """

    id: str
    section: str
    text: str
    source: str
    listed: bool = False
    forms: tuple[Form, ...] = ()
    routes: tuple[Route, ...] = ()
    storage: tuple[Storage, ...] = ()

    def suits(self, fill: Fill) -> bool:
        """Tell whether every condition of this row holds for a fill."""
        taken = {step.route for step in fill.prescription.sig.steps if step.route}
        return (
            _meets(self.forms, {fill.prescription.compound.form})
            and (not taken or _meets(self.routes, taken))
            and _meets(self.storage, {lot.storage for lot in fill.lots})
        )


@dataclass(frozen=True)
class LeafletRows:
    """The leaflet of one drug in one language; its doses a day are below `below_mg` mg."""

    language: str
    compound: str
    below_mg: Decimal
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]


def leaflet(
    fill: Fill, label: Label, rows: LeafletRows, words: PaperWords, link: str = ""
) -> Handout | tuple[Finding, ...]:
    """Make the leaflet of a fill of the rows' own drug, or say why there is none."""
    refused = tuple(_refused(fill, rows, link))
    if refused:
        return refused
    said = {each.id: tuple(_said(each, fill, label, rows)) for each in rows.sections}
    framed = tuple(
        _framed(each, said[each.id]) for each in rows.sections if each.first and said[each.id]
    )
    body = tuple(
        passage
        for each in rows.sections
        if not each.first and said[each.id]
        for passage in (_heading(each), *said[each.id])
    )
    marks = [each for each in label.marks if each.symbology is Symbology.DATAMATRIX]
    return Handout(
        serial=label.serial,
        running=(*heading(label, words, "leaflet"), *framed),
        body=body,
        foot=(*_link(link, words), *_made_by(label), *rx_of(label, words)),
        marks=(*([Mark(Symbology.QR, link, WHY_LINK)] if link else []), *marks),
        most_pages=1,
    )


def _refused(fill: Fill, rows: LeafletRows, link: str) -> Iterator[Finding]:
    rx = fill.prescription
    if link and not is_own_page(link):
        yield stop("twins.leaflet-link", "", Settler.NOBODY)
    if fill.pharmacy is None or not fill.pharmacy.phone.strip():
        yield stop("twins.leaflet-phone", "pharmacy.phone", Settler.NOBODY)
    if rx.compound.form.is_topical:
        return
    taken = most_a_day(rx.sig.steps, rx.compound, rx.compound.strength, fill.first_day)
    if taken is not None and taken >= rows.below_mg:
        yield stop("twins.leaflet-dose", "sig", Settler.NOBODY, most=f"{rows.below_mg:f}")


def _said(section: Section, fill: Fill, label: Label, rows: LeafletRows) -> Iterator[Passage]:
    values = _values(fill, label)
    for each in rows.sentences:
        if each.section == section.id and each.suits(fill):
            yield Passage(
                f"leaflet.{each.id}",
                filled(kept_together(each.text), values),
                each.source,
                Style.ITEM if each.listed else Style.BODY,
                joined=True,
            )


def _values(fill: Fill, label: Label) -> dict[str, str]:
    there = {each.key: each.text for each in label.elements}
    return {
        "drug": there.get("drug", ""),
        "pharmacy": fill.pharmacy.name if fill.pharmacy else "",
        "phone": (fill.pharmacy.phone if fill.pharmacy else "").replace(" ", NBSP),
        "bud": there.get("bud", "").replace(" ", NBSP),
    }


def _heading(section: Section) -> Passage:
    why = "House: a heading of the leaflet"
    return Passage(f"leaflet.{section.id}", section.title, why, Style.HEADING)


def _framed(section: Section, said: tuple[Passage, ...]) -> Block:
    return Table(((Cell((_heading(section), *said), heavy=True),),), (1,))


def _link(link: str, words: PaperWords) -> tuple[Passage, ...]:
    if not link:
        return ()
    return (
        Passage("link", words.word("link"), WHY_LINK, Style.SMALL),
        Passage("link.address", link, WHY_LINK, Style.SMALL, loose=True),
    )


def _made_by(label: Label) -> tuple[Passage, ...]:
    found = (each for each in label.elements if each.key == "compounded_by")
    return tuple(passage_of(each, Style.SMALL) for each in found)


def _meets(wanted: Collection[Any], there: Collection[Any]) -> bool:
    return not wanted or any(each in there for each in wanted)


def read_leaflet(table: Mapping[str, Any], file: str) -> LeafletRows:
    """Read the leaflet of one language from its file's table. Raises BadResource."""
    top = Reader(table, file, "leaflet")
    top.only({"language", "compound", "below_mg", "section", "sentence"} | STANDING)
    top.standing()
    sections = tuple(_read_section(each) for each in top.tables("section"))
    known = {each.id for each in sections}
    sentences = tuple(_read_sentence(each, known) for each in top.tables("sentence"))
    if not sentences or len({each.id for each in sentences}) < len(sentences):
        raise top.bad("sentence")
    return LeafletRows(
        language=top.text("language"),
        compound=top.text("compound"),
        below_mg=top.decimal("below_mg"),
        sections=sections,
        sentences=sentences,
    )


def _read_section(row: Reader) -> Section:
    row.only({"id", "title", "first"})
    return Section(row.text("id"), row.text("title"), row.flag("first", default=False))


def _read_sentence(row: Reader, sections: Collection[str]) -> Sentence:
    row.only({"id", "section", "text", "listed", "forms", "routes", "storage"} | STANDING)
    text = row.text("text")
    if row.text("section") not in sections:
        raise row.bad("section")
    if not NAMES.issuperset(_NAME.findall(text)):
        raise row.bad("text")
    return Sentence(
        id=row.text("id"),
        section=row.text("section"),
        text=text,
        source=row.text("source"),
        listed=row.flag("listed", default=False),
        forms=row.words("forms", Form),
        routes=row.words("routes", Route),
        storage=row.words("storage", Storage),
        **row.standing(),
    )
