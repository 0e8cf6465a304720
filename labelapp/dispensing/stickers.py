"""The stickers of a fill: one small label for each warning, or for those that found no room."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import FIRST_SAMPLE, Made, Print, Refused, composed, make
from labelapp.dispensing.shown import Wanted
from labelapp.dispensing.stocking import chosen, not_chosen
from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.label.forbidden import forbidden
from labelapp.label.stickers import FIELD, Sticker, stickers_of
from labelapp.layout.flow import SHEET
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.sticker import fit_stickers
from labelapp.layout.stock import Stock
from labelapp.layout.unsaid import unsaid
from labelapp.rules.assess import Assessment
from labelapp.rx.errors import ProofFailed
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, note, stop
from labelapp.rx.paper import Paper

ALL_ON_LABEL = "stickers.all-on-label"


def make_stickers(  # noqa: PLR0913 - what every paper of a fill takes, and which stickers
    fill: Fill,
    assessment: Assessment,
    stock: Stock,
    dpi: int,
    equipment: Equipment,
    printed: Print = FIRST_SAMPLE,
    *,
    colour: bool = False,
    only: Collection[str] | None = None,
) -> Made | Refused:
    """Make a sticker for each warning of a fill, one to a page, in the order of the label.

    `only` names the warnings wanted by their keys (`aux.OPI`), as `Pages.dropped` does those for
    which the label had no room; where `printed` asks for those, the label is made to see. There is
    no patient's data on a sticker, and no mark. Raises ProofFailed.
    """
    if only is None and printed.left_off is not None:
        label_as_made = _label_of(fill, assessment, equipment, printed, printed.left_off)
        if isinstance(label_as_made, Refused):
            return label_as_made
        only = label_as_made.pages.dropped
    label, missing = composed(fill, assessment, equipment, printed)
    if label is None:
        return Refused(missing)
    warnings, wording = assessment.auxiliary, equipment.wording
    stickers = stickers_of(warnings, wording, only, colour=colour, sample=printed.sample)
    refused = (*_on_a_page(stock), *_refused(stickers, printed))
    if refused:
        return Refused(refused)
    pages = fit_stickers(stickers, stock, dpi, equipment.ruler)
    if not isinstance(pages, Pages):
        fits = _next_stock(stickers, stock, dpi, equipment)
        return Refused(tuple(_too_long(each, stickers, fits, dpi) for each in pages))
    _hold(stickers, pages)
    pdf = draw(pages, equipment.fonts)
    elements = tuple({e.key: e for each in stickers for e in each.elements}.values())
    label = replace(label, elements=elements, marks=())
    proven = proof(pdf, pages, equipment.fonts)
    # which printer it will be is not known yet: one without colours is sent black alone
    found = (note("stickers.colour-printers", ""),) if colour else ()
    return Made(fill, label, pages, pdf, proven, found, Paper.STICKERS)


def _label_of(
    fill: Fill,
    assessment: Assessment,
    equipment: Equipment,
    printed: Print,
    on: tuple[str, int | None],
) -> Made | Refused:
    """Make the label the stickers go beside, to see what finds no room on it."""
    wanted = Wanted(*on)
    stock, dpi = chosen(wanted, equipment.stocks)
    if stock is None:
        return Refused(not_chosen(wanted, equipment.stocks))
    label = replace(printed, paper=Paper.LABEL, left_off=None)
    found = make(fill, assessment, stock, dpi, equipment, label)
    return _no_label(found, stock) if isinstance(found, Refused) else found


def _no_label(found: Refused, stock: Stock) -> Refused:
    """Say that there is no label to leave a warning off; which stock it takes is not said here."""
    others = (each for each in found.findings if not each.code.startswith("layout."))
    missing = stop("stickers.no-label", "", Settler.NOBODY, stock=stock.name)
    return Refused((missing, *others))


def is_nothing_left_off(found: Made | Refused) -> bool:
    """Tell whether there is no sticker because the label has room for every warning."""
    return isinstance(found, Refused) and {each.code for each in found.findings} == {ALL_ON_LABEL}


def _on_a_page(stock: Stock) -> tuple[Finding, ...]:
    """Refuse a whole page for each sticker."""
    if stock.use != SHEET:
        return ()
    return (stop("stickers.page", "", Settler.NOBODY, stock=stock.name),)


def _refused(stickers: tuple[Sticker, ...], printed: Print) -> tuple[Finding, ...]:
    """Refuse where there is no warning, and a form nobody should read on one."""
    if not stickers:
        code = "stickers.none" if printed.left_off is None else ALL_ON_LABEL
        return (stop(code, FIELD, Settler.NOBODY),)
    texts = [each.warning.text for each in stickers]
    return tuple(
        stop("label.misread", FIELD, Settler.NOBODY, form=form, text=text)
        for text in texts
        if (form := forbidden(text))
    )


def _hold(stickers: tuple[Sticker, ...], pages: Pages) -> None:
    """Hold each page against its sticker, word for word. Raises ProofFailed."""
    for number, (sticker, page) in enumerate(zip(stickers, pages.pages, strict=True), start=1):
        if key := unsaid(sticker.elements, page):
            raise ProofFailed("proof.words-lost", page=str(number), key=key)


def _too_long(excess: TooLong, stickers: tuple[Sticker, ...], fits: str, dpi: int) -> Finding:
    """Name the warning that does not fit, and the next stock on which all of them do."""
    text = next(each.warning.text for each in stickers if each.warning.key == excess.key)
    if excess.missing:
        signs = " ".join(f"{each} (U+{ord(each):04X})" for each in excess.missing)
        return stop("layout.no-glyph", excess.field, Settler.NOBODY, characters=signs)
    values = {"warning": text, "excess": excess.excess, "stock": excess.stock, "dpi": str(dpi)}
    code = "stickers.too-long" if fits else "stickers.too-long-anywhere"
    return stop(code, excess.field, Settler.NOBODY, fits=fits, **values)


def _next_stock(stickers: tuple[Sticker, ...], stock: Stock, dpi: int, equipment: Equipment) -> str:
    """Name the smallest other sticker of this head that takes every warning; empty when none does.

    One of the same maker comes first: it runs in the printer that stands there.
    """
    others = (
        each
        for each in equipment.stocks.values()
        if each.use == stock.use and dpi in each.dpi and each.area_mm2 > stock.area_mm2
    )
    for each in sorted(others, key=lambda row: (row.maker != stock.maker, row.area_mm2)):
        if isinstance(fit_stickers(stickers, each, dpi, equipment.ruler), Pages):
            return f"{each.name} ({each.id})"
    return ""
