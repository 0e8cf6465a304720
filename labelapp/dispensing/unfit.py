"""Why a paper beside the label cannot be made on a stock, and what is said of one that can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.languages import is_english
from labelapp.dispensing.make import Print, without_glyph
from labelapp.label.forbidden import forbidden
from labelapp.label.handout import Handout
from labelapp.label.refusals import NAMES
from labelapp.layout.faces import CALENDAR, LARGE_PRINT, LEAFLET, Faces
from labelapp.layout.flow import SHEET, flow
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.stock import Stock
from labelapp.rules.law import SENTENCES, Law
from labelapp.rx.finding import Finding, Settler, note, stop
from labelapp.rx.paper import Paper

FACES: Mapping[Paper, tuple[Faces, ...]] = MappingProxyType(
    {Paper.LARGE_PRINT: LARGE_PRINT, Paper.LEAFLET: LEAFLET, Paper.CALENDAR: CALENDAR}
)
"""In which type each paper is set, the one tried first before the others."""
UNREAD = NAMES | SENTENCES | {"link", "link.address"}
"""Names, addresses and what a law dictates: they are what they are, and may hold any word."""


def off_page(stock: Stock, equipment: Equipment, paper: Paper) -> tuple[Finding, ...]:
    """Refuse a leaflet or a calendar on anything but a letter page."""
    if paper is Paper.LARGE_PRINT or stock.use == SHEET:
        return ()
    pages = (each for each in equipment.stocks.values() if each.use == SHEET)
    fits = ", ".join(map(_named, pages))
    return (stop("twins.no-page", "", Settler.NOBODY, stock=stock.name, fits=fits),)


def forbidden_words(handout: Handout, law: Law | None) -> tuple[Finding, ...]:
    """Refuse what is misread and what may never be said, on any paper of a fill."""
    return tuple(
        found
        for each in dict.fromkeys(handout.passages)
        if each.key not in UNREAD
        for found in _forbidden(each.key, each.field, each.text, law)
    )


def _forbidden(key: str, field: str, text: str, law: Law | None) -> Iterator[Finding]:
    if form := forbidden(text):
        yield stop("label.misread", field, Settler.NOBODY, form=form, text=text)
    for row in law.nevers if law else ():
        if form := row.found_in(key, text):
            yield stop(
                "label.never",
                field,
                Settler.NOBODY,
                form=form,
                text=text,
                instead=row.instead,
                law=row.citation,
            )


def too_long(
    excess: TooLong,
    handout: Handout,
    on: tuple[Stock, int],
    equipment: Equipment,
    printed: Print,
) -> Finding:
    """Say what does not fit on a stock under a head, and name the next one on which it would."""
    stock, dpi = on
    if excess.missing:
        return without_glyph(excess, equipment, printed.language)
    fits = _next_stock(handout, stock, dpi, equipment, printed.paper)
    values = {"stock": stock.name, "dpi": str(dpi), "fits": fits}
    if excess.key:
        code = "twins.too-wide" if fits else "twins.too-wide-anywhere"
        return stop(code, excess.field, Settler.NOBODY, word=excess.excess, **values)
    if not excess.excess:
        code = "twins.too-small" if fits else "twins.too-small-anywhere"
        return stop(code, "", Settler.NOBODY, **values)
    code = "twins.too-many" if fits else "twins.too-many-anywhere"
    most = str(handout.most_pages)
    return stop(code, "", Settler.NOBODY, total=excess.excess, most=most, **values)


def _next_stock(
    handout: Handout, stock: Stock, dpi: int, equipment: Equipment, paper: Paper
) -> str:
    """Name the smallest larger stock of this head that takes the paper; empty when none does.

    One of the same maker comes first: it runs in the printer that stands there.
    """
    others = (
        each
        for each in equipment.stocks.values()
        if dpi in each.dpi and each.area_mm2 > stock.area_mm2
    )
    for each in sorted(others, key=lambda row: (row.maker != stock.maker, row.area_mm2)):
        if isinstance(flow(handout, each, dpi, equipment.ruler, FACES[paper]), Pages):
            return _named(each)
    return ""


def notes(pages: Pages, equipment: Equipment, printed: Print) -> tuple[Finding, ...]:
    """Note how many pages a paper takes, and that one is in English alone."""
    found = []
    total, stock = len(pages.pages), pages.stock.name
    if total > 1:
        found.append(note("twins.several", "", total=str(total), stock=stock))
    if not is_english(printed.language):
        language = equipment.languages.table(printed.language).name
        if printed.paper is Paper.LEAFLET:
            found.append(note("twins.leaflet-english", "", language=language))
        if printed.paper is Paper.CALENDAR:
            found.append(note("twins.calendar-english", "", language=language))
    return tuple(found)


def _named(stock: Stock) -> str:
    return f"{stock.name} ({stock.id})"
