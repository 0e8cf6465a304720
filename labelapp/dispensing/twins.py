"""The twins of a label: large print, leaflet and calendar, made of the same record in its words."""

from __future__ import annotations

from collections.abc import Sequence

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import FIRST_SAMPLE, Made, Print, Refused, composed, in_vials
from labelapp.dispensing.unfit import FACES, forbidden_words, notes, off_page, too_long
from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.label.calendar import Language, calendar
from labelapp.label.handout import Handout
from labelapp.label.large_print import large_print
from labelapp.label.leaflet import leaflet
from labelapp.label.vials import Container
from labelapp.layout.flow import flow
from labelapp.layout.page import TooLong
from labelapp.layout.stock import Stock
from labelapp.layout.unlost import unheld
from labelapp.rules.assess import Assessment
from labelapp.rules.dose import actives_of
from labelapp.rx.errors import ProofFailed
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.rx.paper import Paper


def make_twin(
    fill: Fill,
    assessment: Assessment,
    stock: Stock,
    dpi: int,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
) -> Made | Refused:
    """Make the paper beside the label that `printed` names, set, drawn and proofed as a label is.

    A calendar is of the whole fill, whatever it leaves in; every other twin is of one container.
    Raises ProofFailed when the finished pages do not say what they should, and NoSuchLanguage.
    """
    containers, missing = _containers(fill, assessment, equipment, printed)
    if missing or not containers:
        return Refused(missing)
    handout = _handout(fill, assessment, containers, equipment, printed)
    if not isinstance(handout, Handout):
        return Refused(handout)
    refused = (
        *off_page(stock, equipment, printed.paper),
        *forbidden_words(handout, assessment.law),
    )
    if refused:
        return Refused(refused)
    pages = flow(handout, stock, dpi, equipment.ruler, FACES[printed.paper])
    if isinstance(pages, TooLong):
        return Refused((too_long(pages, handout, (stock, dpi), equipment, printed),))
    key = unheld(handout, pages)
    if key:
        raise ProofFailed("proof.words-lost", page="", key=key)
    pdf = draw(pages, equipment.fonts)
    read_back = proof(pdf, pages, equipment.fonts)
    return Made(fill, containers[0].label, pages, pdf, read_back, notes(pages, equipment, printed))


def _containers(
    fill: Fill, assessment: Assessment, equipment: Equipment, printed: Print
) -> tuple[tuple[Container, ...], tuple[Finding, ...]]:
    """Give what a paper is of, each with the label that stands on it, or what those lack."""
    of_all = printed.paper is Paper.CALENDAR
    every: list[Container] = []
    missing: list[Finding] = []
    for one, assessed in in_vials(fill, assessment) if of_all else ((fill, assessment),):
        label, lacks = composed(one, assessed, equipment, printed)
        missing += lacks
        if label is not None:
            every.append(Container(one, label, assessed.days))
    return tuple(every), tuple(dict.fromkeys(missing))


def _handout(
    fill: Fill,
    assessment: Assessment,
    containers: Sequence[Container],
    equipment: Equipment,
    printed: Print,
) -> Handout | tuple[Finding, ...]:
    """Give what stands on the paper, or why there is none."""
    papers, label = equipment.papers, containers[0].label
    match printed.paper:
        case Paper.LARGE_PRINT:
            return large_print(label, equipment.wording, papers)
        case Paper.CALENDAR:
            law = assessment.law
            spread = equipment.phrases.spread if law and law.standard_phrases else {}
            language = Language(equipment.phrases, papers)
            return calendar(fill, containers, spread, language)
        case Paper.LEAFLET:
            known = actives_of(fill.prescription.compound, equipment.tables.compounds)
            if [each.rules.id if each.rules else "" for each in known] != [
                equipment.leaflet.compound
            ]:
                return (stop("twins.leaflet-other", "compound.ingredients.0.name", Settler.NOBODY),)
            return leaflet(fill, label, equipment.leaflet, papers, printed.link)
        case Paper.LABEL | Paper.STICKERS:
            raise ValueError("a label and its stickers are no twins")
