"""The papers of a fill: its label, and what is made of the same record beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import FIRST_SAMPLE, Made, Print, Refused, in_vials, make
from labelapp.dispensing.stickers import is_nothing_left_off, make_stickers
from labelapp.dispensing.twins import make_twin
from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.layout.stock import Stock
from labelapp.rules.assess import Assessment
from labelapp.rx.fill import Fill
from labelapp.rx.paper import Paper


def make_paper(
    fill: Fill,
    assessment: Assessment,
    stock: Stock,
    dpi: int,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
) -> Made | Refused:
    """Make the paper of a fill that is wanted. Raises ProofFailed and NoSuchLanguage."""
    made = _made(fill, assessment, stock, dpi, equipment, printed)
    return replace(made, paper=printed.paper) if isinstance(made, Made) else made


def _made(
    fill: Fill, assessment: Assessment, stock: Stock, dpi: int, equipment: Equipment, printed: Print
) -> Made | Refused:
    if printed.paper is Paper.LABEL:
        return make(fill, assessment, stock, dpi, equipment, printed)
    if printed.paper is Paper.CALENDAR:  # one for the days of all containers together
        return make_twin(fill, assessment, stock, dpi, equipment, printed)
    every: list[Made] = []
    nothing: Made | Refused | None = None
    for one, assessed in in_vials(fill, assessment):
        number = 1 + sum(len(each.pages.pages) for each in every)
        as_number = replace(printed, number=number)
        found = _beside(one, assessed, stock, dpi, equipment, as_number)
        if is_nothing_left_off(found):
            nothing = found  # the label of this container has it all; another's may not
            continue
        if isinstance(found, Refused):
            return found
        every.append(found)
    if nothing is not None and not every:
        return nothing
    return _joined(fill, every, equipment)


def _beside(
    fill: Fill, assessment: Assessment, stock: Stock, dpi: int, equipment: Equipment, printed: Print
) -> Made | Refused:
    """Make a paper beside the label of one container."""
    if printed.paper is Paper.STICKERS:
        return make_stickers(
            fill, assessment, stock, dpi, equipment, printed, colour=printed.colour
        )
    return make_twin(fill, assessment, stock, dpi, equipment, printed)


def _joined(fill: Fill, every: Sequence[Made], equipment: Equipment) -> Made | Refused:
    """Put the papers of all containers together, proofed once more as a whole."""
    if not every:
        return Refused(())
    first = every[0]
    if len(every) == 1:
        return replace(first, fill=fill)
    pages = replace(first.pages, pages=tuple(page for each in every for page in each.pages.pages))
    pdf = draw(pages, equipment.fonts)
    findings = tuple(dict.fromkeys(each for made in every for each in made.findings))
    return Made(fill, first.label, pages, pdf, proof(pdf, pages, equipment.fonts), findings)
