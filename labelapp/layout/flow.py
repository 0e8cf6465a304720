"""A paper that flows is set on its stock, page after page, or refused; never cut, never shrunk.

What stands on each page comes first, a thick rule under it; at the foot stand number, marks and
what the foot says. Between them the body flows in one or two columns: what is joined stays
together, and a line or a row of a table is never broken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import Mark, Symbology
from labelapp.label.handout import Handout, numbered
from labelapp.label.serial import serial_of_label
from labelapp.layout.faces import Faces
from labelapp.layout.marks import Sized, sized
from labelapp.layout.page import Bars, Box, Page, Pages, Rule, TooLong
from labelapp.layout.pieces import RULE_MM, Band, Piece, Setter, stacked
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape, Tapes
from labelapp.layout.wrap import WordTooWide

SHEET = "sheet"
"""The use of a stock that is a letter page: it has margins of its own beyond the printer's."""
THICK_MM = 0.7
GAP_PT = 6.0
"""White between the parts of a page."""
GUTTER_PT = 20.0
"""White between two columns."""


class _Short(Exception):
    """A stock that holds not even one line of the body."""


def flow(
    handout: Handout, stock: Stock, dpi: int, ruler: Tapes, every: Sequence[Faces]
) -> Pages | TooLong:
    """Set a handout in the first of the faces in which it takes no more pages than it may.

    TooLong names the field and the word that is wider than a line, or no field and how many pages
    it would take; characters without a glyph are named before anything is set.
    """
    tape = ruler.tape(dpi)
    refused = _without_glyph(handout, stock, tape, every[-1])
    if refused is not None:
        return refused
    last = TooLong("", "", "", stock.name)
    for faces in every:
        try:
            pages = _Flow(handout, stock, tape, faces).pages()
        except WordTooWide as wide:
            field = next((each.field for each in handout.passages if each.key == wide.key), "")
            last = TooLong(field, wide.key, wide.word, stock.name)
        except _Short:
            last = TooLong("", "", "", stock.name)
        else:
            if len(pages) <= handout.most_pages:
                return Pages(stock, dpi, pages)
            last = TooLong("", "", str(len(pages)), stock.name)
    return last


def _without_glyph(handout: Handout, stock: Stock, tape: Tape, faces: Faces) -> TooLong | None:
    for each in handout.passages:
        missing = tape.missing(each.text, faces.face(each.style).weight)
        if missing:
            return TooLong(each.field, each.key, "", stock.name, missing)
    return None


class _Flow:
    """One handout being set on one stock in one set of faces."""

    def __init__(self, handout: Handout, stock: Stock, tape: Tape, faces: Faces) -> None:
        self._handout, self._tape, self._faces = handout, tape, faces
        self._setter = Setter(faces, tape)
        self._size = stock.dots(tape.dpi)
        left, top, right, bottom = stock.printable(tape.dpi)
        self._printable = Box(left, top, right - left, bottom - top)
        margin = tape.mm(faces.margin_mm) if stock.use == SHEET else 0
        left, top = max(left, margin), max(top, margin)
        right = min(right, self._size[0] - margin)
        bottom = min(bottom, self._size[1] - margin)
        self._area = Box(left, top, right - left, bottom - top)
        self._gap = tape.dots(GAP_PT)
        self._thick, self._thin = tape.mm(THICK_MM), tape.mm(RULE_MM)

    def pages(self) -> tuple[Page, ...]:
        """Set every page. Raises WordTooWide, and _Short where not one line finds room."""
        head = stacked(self._setter.set(self._handout.running, self._area.width), 0, 0)
        foot = self._foot(99, 99).height
        top = self._area.y + head.height + self._gap + self._thick + self._gap
        height = self._area.bottom - foot - 2 * self._gap - self._thin - top
        columns = self._columns(height)
        per = self._faces.columns
        pages = [columns[each : each + per] for each in range(0, len(columns), per)]
        return tuple(
            self._page(number, len(pages), head, each) for number, each in enumerate(pages, start=1)
        )

    # ------------------------------------------------------------ the body

    def _columns(self, height: int) -> list[tuple[Piece, ...]]:
        """Share the body out over columns; those of one page are made equally long."""
        per = self._faces.columns
        gutter = self._tape.dots(GUTTER_PT)
        width = (self._area.width - gutter * (per - 1)) // per
        groups = _groups(self._setter.set(self._handout.body, width))
        columns = _packed(groups, height)
        if per == 1 or len(columns) > per:
            return columns
        least = 0
        while height - least > 1:  # the lowest at which as many columns hold it
            middle = (height + least) // 2
            try:
                fits = len(_packed(groups, middle)) <= per
            except _Short:
                fits = False
            least, height = (least, middle) if fits else (middle, height)
        return _packed(groups, height)

    # ------------------------------------------------------------ the foot

    def _foot(self, number: int, total: int) -> _Foot:
        marks = [sized(each, self._tape) for each in self._marks(number)]
        squares = [each for each in marks if each.mark.symbology is not Symbology.QR]
        links = [each for each in marks if each.mark.symbology is Symbology.QR]
        before = sum(each.width + 2 * each.quiet for each in links)
        after = sum(each.width + 2 * each.quiet for each in squares)
        passages = tuple(numbered(each, number, total) for each in self._handout.foot)
        room = self._area.width - before - after
        said = stacked(self._setter.set(passages, room), 0, 0)
        tall = max([each.height + 2 * each.quiet for each in marks], default=0)
        return _Foot(said, before, tuple(links), tuple(squares), max(said.height, tall))

    def _marks(self, number: int) -> tuple[Mark, ...]:
        serial = self._serial(number)
        return tuple(
            replace(each, payload=serial) if each.payload == self._handout.serial else each
            for each in self._handout.marks
        )

    def _serial(self, number: int) -> str:
        return (
            self._handout.serial if number == 1 else serial_of_label(self._handout.serial, number)
        )

    # ------------------------------------------------------------ the page

    def _page(
        self, number: int, total: int, head: Band, columns: Sequence[tuple[Piece, ...]]
    ) -> Page:
        area, foot = self._area, self._foot(number, total)
        rule = area.y + head.height + self._gap
        top = rule + self._thick + self._gap
        bottom = area.bottom - foot.height
        per = self._faces.columns
        step = (area.width + self._tape.dots(GUTTER_PT)) // per
        bands = [
            head.at(area.x, area.y),
            *(stacked(each, area.x + place * step, top) for place, each in enumerate(columns)),
            foot.said.at(area.x + foot.before, bottom + (foot.height - foot.said.height) // 2),
        ]
        under = Rule(Box(area.x, rule, area.width, self._thick))
        over = Rule(Box(area.x, bottom - self._gap - self._thin, area.width, self._thin))
        return Page(
            width=self._size[0],
            height=self._size[1],
            printable=self._printable,
            block=Box(area.x, top, area.width, over.box.y - top),
            words=tuple(words for band in bands for words in band.words),
            bars=foot.bars(area),
            rules=(under, over, *(rule for band in bands for rule in band.rules)),
        )


class _Foot(NamedTuple):
    """The foot of a page: what it says, and the marks left and right of it."""

    said: Band
    before: int
    links: tuple[Sized, ...]
    squares: tuple[Sized, ...]
    height: int

    def bars(self, area: Box) -> tuple[Bars, ...]:
        """Put the marks at the corners of the foot, the one a pharmacy scans on the right."""
        left = [each.at(area.x, area.bottom - each.height) for each in self.links]
        right = [
            each.at(area.right - each.width, area.bottom - each.height) for each in self.squares
        ]
        return (*left, *right)


def _groups(pieces: tuple[Piece, ...]) -> list[list[Piece]]:
    """Put each piece with those that are joined to it."""
    groups: list[list[Piece]] = []
    for each in pieces:
        if each.joined and groups:
            groups[-1].append(each)
        else:
            groups.append([each])
    return groups


def _packed(groups: list[list[Piece]], height: int) -> list[tuple[Piece, ...]]:
    """Fill columns of a height with groups, whole where a column holds one whole."""
    packing = _Packing(height)
    for group in groups:
        whole = sum(each.height for each in group) + sum(each.lead for each in group[1:])
        if whole <= height:
            packing.add(group, whole)
            continue
        for piece in group:
            if piece.height <= height:
                packing.add([piece], piece.height)
                continue
            for place, band in enumerate(piece.bands):
                part = replace(piece, bands=(band,)) if not place else Piece((band,))
                packing.add([part], band.height)
    return packing.columns()


class _Packing:
    """Columns being filled, one after the other."""

    def __init__(self, height: int) -> None:
        self._height = height
        self._columns: list[list[Piece]] = [[]]
        self._taken = 0

    def add(self, pieces: Sequence[Piece], height: int) -> None:
        """Put pieces into this column, or into the next when this one is too full for them."""
        if height > self._height:
            raise _Short
        lead = pieces[0].lead if self._columns[-1] else 0
        if self._taken + lead + height > self._height:
            self._columns.append([])
            self._taken = lead = 0
        self._columns[-1] += pieces
        self._taken += lead + height

    def columns(self) -> list[tuple[Piece, ...]]:
        """Give the columns as they were filled."""
        return [tuple(each) for each in self._columns]
