"""The way of a label from a fill to a proofed PDF. Read this first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.shown import ENGLISH
from labelapp.draw.page import draw
from labelapp.draw.proof import Proof, proof
from labelapp.label.compose import compose
from labelapp.label.document import TRANSLATION, Label, Zone
from labelapp.label.serial import serial_of
from labelapp.label.wording import named
from labelapp.layout.fit import fit
from labelapp.layout.held import lost
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.stock import Stock
from labelapp.rules.assess import Assessment
from labelapp.rx.errors import ProofFailed
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, note, stop
from labelapp.rx.paper import Paper
from labelapp.sig.say import say

MOST_SIGNS = 6
"""Characters of a language the font has none of that are shown in a sentence."""


@dataclass(frozen=True)
class Made:
    """A label on its stock, the PDF that is its only form, and the proof that read it back.

    `findings` note what gave way: nothing for which there was no room is left out unsaid.
    """

    fill: Fill
    label: Label
    pages: Pages
    pdf: bytes
    proof: Proof
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Print:
    """What is printed: which paper, which copy, whether a sample and for nobody, in which language.

    An approved table of the patient's `language` puts its sentences under the English lines.
    """

    copy: int = 1
    sample: bool = True
    language: str = ENGLISH
    paper: Paper = Paper.LABEL


FIRST_SAMPLE = Print()


@dataclass(frozen=True)
class Refused:
    """A label that cannot be made as things stand, and why."""

    findings: tuple[Finding, ...]


def make(
    fill: Fill,
    assessment: Assessment,
    stock: Stock,
    dpi: int,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
) -> Made | Refused:
    """Make the label of a fill: say, compose, fit, draw, proof.

    Raises ProofFailed when the finished page does not say what it should, and NoSuchLanguage.
    """
    label, missing = composed(fill, assessment, equipment, printed)
    if label is None:
        return Refused(missing)
    pages = fit(label, stock, dpi, equipment.ruler)
    if isinstance(pages, TooLong):
        return Refused((_too_long(pages, label, stock, dpi, equipment, printed.language),))
    key = lost(label, pages)
    if key:
        raise ProofFailed("proof.words-lost", page="", key=key)
    pdf = draw(pages, equipment.fonts)
    gave_way = _gave_way(label, pages, equipment)
    return Made(fill, label, pages, pdf, proof(pdf, pages, equipment.fonts), gave_way)


def unsayable(fill: Fill, assessment: Assessment, equipment: Equipment) -> tuple[Finding, ...]:
    """Find what the label of a fill could not say, on whatever stock."""
    if not fill.prescription.sig.steps or assessment.bud is None:
        return ()
    return composed(fill, assessment, equipment)[1]


def composed(
    fill: Fill,
    assessment: Assessment,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
) -> tuple[Label | None, tuple[Finding, ...]]:
    """Compose the label of a fill with the directions said; None with why it may not stand."""
    said = say(
        fill.prescription.sig,
        fill.prescription.compound.form,
        equipment.phrases,
        assessment.law is not None and assessment.law.standard_phrases,
        fill.first_day,
        fill.starts_on,
    )
    said = equipment.languages.on_paper(said, printed.language)
    serial = serial_of(fill, copy=printed.copy, paper=printed.paper)
    return compose(fill, assessment, said, equipment.wording, serial=serial, sample=printed.sample)


def bind(made: Sequence[Made], equipment: Equipment) -> bytes:
    """Put several labels into one PDF, in their order, and proof it anew as a whole."""
    first = made[0].pages
    pages = Pages(first.stock, first.dpi, tuple(page for each in made for page in each.pages.pages))
    pdf = draw(pages, equipment.fonts)
    proof(pdf, pages, equipment.fonts)
    return pdf


def _too_long(
    excess: TooLong, label: Label, stock: Stock, dpi: int, equipment: Equipment, language: str
) -> Finding:
    """Say what does not fit, and name the next stock on which it would; never switch to it."""
    if excess.missing:
        return _without_glyph(excess, equipment, language)
    fits = _next_stock(label, stock, dpi, equipment)
    english = replace(
        label, elements=tuple(each for each in label.elements if each.key != TRANSLATION)
    )
    if english != label and isinstance(fit(english, stock, dpi, equipment.ruler), Pages):
        code = "phrases.too-long" if fits else "phrases.too-long-anywhere"
        tongue = equipment.languages.table(language).name
        return stop(code, "sig", Settler.NOBODY, language=tongue, fits=fits, stock=stock.name)
    if excess.key:
        code = "layout.too-long" if fits else "layout.too-long-anywhere"
    else:
        code = "layout.too-small" if fits else "layout.too-small-anywhere"
    return stop(
        code,
        excess.field,
        Settler.NOBODY,
        excess=excess.excess,
        fits=fits,
        stock=stock.name,
        dpi=str(dpi),
    )


def _without_glyph(excess: TooLong, equipment: Equipment, language: str) -> Finding:
    """Refuse what the label's font has no letters for; a language as a whole, by its font."""
    signs = " ".join(f"{each} (U+{ord(each):04X})" for each in excess.missing)
    if excess.key != TRANSLATION:
        return stop("layout.no-glyph", excess.field, Settler.NOBODY, characters=signs)
    return stop(
        "phrases.no-glyph",
        "sig",
        Settler.NOBODY,
        language=equipment.languages.table(language).name,
        font=equipment.fonts.family,
        characters=" ".join(excess.missing[:MOST_SIGNS]) + " …",
    )


def _next_stock(label: Label, stock: Stock, dpi: int, equipment: Equipment) -> str:
    """Name the smallest other stock of this head that takes a label whole; empty when none does.

    One of the same maker comes first: it runs in the printer that stands there.
    """
    others = [
        each
        for each in equipment.stocks.values()
        if dpi in each.dpi and (each.width_mm > stock.width_mm or each.height_mm > stock.height_mm)
    ]
    for each in sorted(others, key=lambda row: (row.maker != stock.maker, row.area_mm2)):
        pages = fit(label, each, dpi, equipment.ruler)
        if isinstance(pages, Pages) and len(pages.pages) == 1 and not _warnings(label, pages):
            return f"{each.name} ({each.id})"
    return ""


def _warnings(label: Label, pages: Pages) -> tuple[str, ...]:
    """Give the warnings for which there was no room."""
    return tuple(
        each.text
        for each in label.elements
        if each.key in pages.dropped and each.zone is Zone.WARNINGS
    )


def _gave_way(label: Label, pages: Pages, equipment: Equipment) -> tuple[Finding, ...]:
    """Note everything that was left off, the warnings apart, and a label that takes several."""
    unsaid, total = _warnings(label, pages), len(pages.pages)
    stock, notes = pages.stock.name, []
    if unsaid:
        notes.append(note("layout.dropped", "", dropped=" ".join(unsaid), stock=stock))
    warnings = {each.key for each in label.in_zone(Zone.WARNINGS)}
    others = [named(each, equipment.wording) for each in pages.dropped if each not in warnings]
    if others:
        notes.append(note("layout.left-off", "", dropped="; ".join(others), stock=stock))
    if total > 1:
        fits = _next_stock(label, pages.stock, pages.dpi, equipment)
        code = "layout.continued" if fits else "layout.continued-anywhere"
        notes.append(note(code, "", total=str(total), stock=stock, fits=fits))
    return tuple(notes)
