"""The way of a label from a fill to a proofed PDF. Read this first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.shown import ENGLISH
from labelapp.dispensing.stocking import larger
from labelapp.draw.page import draw, draw_sets
from labelapp.draw.proof import Proof, proof, proof_sets
from labelapp.label.compose import compose
from labelapp.label.document import GRID, TRANSLATION, Label, Zone
from labelapp.label.serial import serial_of
from labelapp.label.wording import named
from labelapp.layout.finished import hold_to_law
from labelapp.layout.fit import fit, fit_on_one, not_round_a_vial
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
    paper: Paper = Paper.LABEL


@dataclass(frozen=True)
class Print:
    """What is printed: which paper, which copy, whether a sample and for nobody, in which language.

    An approved table of the patient's `language` puts its sentences under the English lines.
    `colour` is for stickers, and so is `left_off`: those warnings alone that find no room on the
    label, on the stock and head named. `link` is the pharmacy's own page, which a leaflet names.
    `number` is its place among the labels of the fill, which its serial tells.
    """

    copy: int = 1
    sample: bool = True
    language: str = ENGLISH
    paper: Paper = Paper.LABEL
    colour: bool = False
    left_off: tuple[str, int | None] | None = None
    link: str = ""
    number: int = 1


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
    """Make the label of a fill, or of each container it leaves in: say, compose, fit, draw, proof.

    Raises ProofFailed when the finished page does not say what it should, and NoSuchLanguage.
    """
    laid: list[tuple[Label, Pages]] = []
    refused: list[Finding] = []
    number = 1
    for each, assessed in in_vials(fill, assessment):
        label, found = composed(each, assessed, equipment, replace(printed, number=number))
        pages = fit(label, stock, dpi, equipment.ruler) if label else None
        if label is None:
            refused += found
        elif isinstance(pages, TooLong):
            refused.append(_too_long(pages, label, stock, dpi, equipment, printed.language))
        elif pages is not None:
            hold_to_law(label, pages, assessed.law)
            laid.append((label, pages))
            number += len(pages.pages)
    if refused or not laid:
        return Refused(tuple(dict.fromkeys(refused)))
    return _finished(fill, laid, equipment)


def in_vials(fill: Fill, assessment: Assessment) -> tuple[tuple[Fill, Assessment], ...]:
    """Give what each label is of: the fill, or each of the containers somebody named for it.

    None where it cannot be told what each container is for; the assessment says why.
    """
    if not fill.vials:
        return ((fill, assessment),)
    return tuple(
        (
            each.fill,
            replace(assessment, bud=each.bud, days=each.days, auxiliary=each.auxiliary, vials=()),
        )
        for each in assessment.vials
    )


def _finished(fill: Fill, laid: Sequence[tuple[Label, Pages]], equipment: Equipment) -> Made:
    """Draw the labels of a set into one PDF and proof it as a whole."""
    gave_way: list[Finding] = []
    for label, pages in laid:
        if key := lost(label, pages):
            raise ProofFailed("proof.words-lost", page="", key=key)
        gave_way += _gave_way(label, pages, equipment)
    first, of_first = laid[0]
    whole = replace(
        of_first,
        pages=tuple(page for _label, pages in laid for page in pages.pages),
        dropped=tuple(dict.fromkeys(key for _label, pages in laid for key in pages.dropped)),
    )
    pdf = draw(whole, equipment.fonts)
    proven, findings = proof(pdf, whole, equipment.fonts), tuple(dict.fromkeys(gave_way))
    return Made(fill, first, whole, pdf, proven, findings)


def unsayable(fill: Fill, assessment: Assessment, equipment: Equipment) -> tuple[Finding, ...]:
    """Find what the label of a fill could not say, on whatever stock."""
    if not fill.prescription.sig.steps or assessment.bud is None:
        return ()
    every = in_vials(fill, assessment)
    found = (each for one, assessed in every for each in composed(one, assessed, equipment)[1])
    return tuple(dict.fromkeys(found))


def composed(
    fill: Fill,
    assessment: Assessment,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
) -> tuple[Label | None, tuple[Finding, ...]]:
    """Compose the label of a fill with the directions said; None with why it may not stand.

    A fill in several containers is composed by each of them (`in_vials`), never as a whole.
    """
    if len(fill.vials) > 1 or any(each.strength for each in fill.vials):
        several = stop("vial.each-by-itself", "fill.vials.0.quantity", Settler.NOBODY)
        return None, (several,)
    said = say(
        fill.prescription.sig,
        fill.prescription.compound.form,
        equipment.phrases,
        assessment.law is not None and assessment.law.standard_phrases,
        fill.first_day,
        fill.starts_on,
    )
    said = equipment.languages.on_paper(said, printed.language)
    serial = serial_of(fill, printed.number, printed.copy, printed.paper)
    return compose(fill, assessment, said, equipment.wording, serial=serial, sample=printed.sample)


def bind(made: Sequence[Made], equipment: Equipment) -> bytes:
    """Put several labels and papers into one PDF, in their order, and proof it anew as a whole."""
    sets = tuple(each.pages for each in made)
    pdf = draw_sets(sets, equipment.fonts)
    proof_sets(pdf, sets, equipment.fonts)
    return pdf


def _too_long(
    excess: TooLong, label: Label, stock: Stock, dpi: int, equipment: Equipment, language: str
) -> Finding:
    """Say what does not fit, and name the next stock on which it would; never switch to it."""
    if excess.missing:
        return without_glyph(excess, equipment, language)
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


def without_glyph(excess: TooLong, equipment: Equipment, language: str) -> Finding:
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
    for each in larger(stock, dpi, equipment.stocks.values()):
        pages = fit_on_one(label, each, dpi, equipment.ruler)
        if pages is not None and not _warnings(label, pages):
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
    """Note everything that was left off, the warnings apart, and a label that takes several.

    What no label of a stock has, and the table that says the directions again, are not missed.
    """
    unsaid, total = _warnings(label, pages), len(pages.pages)
    stock, notes = pages.stock.name, []
    if unsaid:
        notes.append(note("layout.dropped", "", dropped=" ".join(unsaid), stock=stock))
    warnings = {each.key for each in label.in_zone(Zone.WARNINGS)}
    unnamed = {*warnings, GRID, *not_round_a_vial(label, pages.stock)}
    others = [named(each, equipment.wording) for each in pages.dropped if each not in unnamed]
    if others:
        notes.append(note("layout.left-off", "", dropped="; ".join(others), stock=stock))
    if total > 1:
        fits = _next_stock(label, pages.stock, pages.dpi, equipment)
        code = "layout.continued" if fits else "layout.continued-anywhere"
        notes.append(note(code, "", total=str(total), stock=stock, fits=fits))
    return tuple(notes)
