"""Passages and tables that are set: bands of type of one width, which no page ever breaks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NamedTuple

from labelapp.label.handout import Block, Cell, Passage, Style, Table
from labelapp.layout.faces import Face, Faces
from labelapp.layout.page import Box, Rule, Words
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

RULE_MM = 0.35
FRAME_MM = 0.25
HEAVY_MM = 0.9
"""Thickness of a rule, of a cell's frame, and of the frame of a cell that must be seen."""
GAP_PT = 3.0
"""White between two cells."""
BULLET = 0.32
TICK = 0.95
"""Side of a bullet and of a box to tick, as a share of the type size."""
INDENT = {Style.ITEM: 0.95, Style.TICK: 1.4}
"""Where the words of a list and those beside a box begin, as a share of the type size."""
CHIP_RIM = 0.18
CHIP_PAD = 0.45
"""Black around white words, above and beside them, as a share of the type size."""
_SIGNS = re.compile(r"(?<=[/?&=.#_-])(?=[^/])")
"""Where an address may be broken: after one of its signs, never within a word."""


@dataclass(frozen=True)
class Band:
    """Type that stands together: a line, or a row of a table. Places are dots from its top left."""

    height: int
    words: tuple[Words, ...] = ()
    rules: tuple[Rule, ...] = ()

    def at(self, x: int, y: int) -> Band:
        """Give the band moved to a place."""
        return Band(
            self.height,
            tuple(
                replace(each, box=_moved(each.box, x, y), baseline=each.baseline + y)
                for each in self.words
            ),
            tuple(replace(each, box=_moved(each.box, x, y)) for each in self.rules),
        )


@dataclass(frozen=True)
class Piece:
    """A passage or table that is set: its bands, and what stands above it but at a page's top.

    `joined` stands on the same page as the piece before.
    """

    bands: tuple[Band, ...]
    above: int = 0
    opening: Band | None = None
    joined: bool = False

    @property
    def lead(self) -> int:
        """The height of what stands above it when something stands there already."""
        return self.above + (self.opening.height if self.opening else 0)

    @property
    def height(self) -> int:
        """The height of its bands together."""
        return sum(each.height for each in self.bands)


class _Held(NamedTuple):
    """A cell with its place and what it holds."""

    cell: Cell
    box: Box
    held: Band


def stacked(pieces: tuple[Piece, ...], x: int, y: int) -> Band:
    """Put pieces under one another from a place on, as one band."""
    words: list[Words] = []
    rules: list[Rule] = []
    top = y
    for number, piece in enumerate(pieces):
        if number:
            if piece.opening is not None:
                rules += piece.opening.at(x, y + piece.above).rules
            y += piece.lead
        for band in piece.bands:
            placed = band.at(x, y)
            words += placed.words
            rules += placed.rules
            y += band.height
    return Band(y - top, tuple(words), tuple(rules))


class Setter:
    """Sets passages and tables in the faces of one paper."""

    def __init__(self, faces: Faces, tape: Tape) -> None:
        self._faces = faces
        self._tape = tape

    def set(self, blocks: tuple[Block, ...], width: int) -> tuple[Piece, ...]:
        """Set blocks in a width. Raises WordTooWide with the key of the passage."""
        pieces: list[Piece] = []
        for each in blocks:
            if isinstance(each, Passage):
                pieces.append(self._passage(each, width))
            else:
                pieces += self._table(each, width)
        return tuple(pieces)

    def _passage(self, passage: Passage, width: int) -> Piece:
        tape, face = self._tape, self._faces.face(passage.style)
        indent = tape.dots(face.size * INDENT.get(passage.style, 0.0))
        pad = tape.dots(face.size * CHIP_PAD) if passage.style is Style.CHIP else 0
        lines = self._lines(passage, width - indent - 2 * pad, face)
        bands = [self._line(each, passage, face, indent + pad) for each in lines]
        bands[0] = replace(bands[0], rules=(*bands[0].rules, *self._sign(bands[0], passage, face)))
        above = tape.dots(face.size * face.above)
        return Piece(
            tuple(bands),
            above,
            self._opening(face, width) if passage.ruled else None,
            passage.joined,
        )

    def _lines(self, passage: Passage, width: int, face: Face) -> tuple[str, ...]:
        tape, how = self._tape, (face.weight, face.size)
        if not passage.loose:
            texts = [passage.text]
            if passage.lead and tape.width(passage.text, *how) > width:
                texts = [passage.lead, passage.text.removeprefix(passage.lead).lstrip()]
            return tuple(line for text in texts for line in self._wrapped(passage, text, width))
        lines = [""]
        for part in _SIGNS.split(passage.text):
            if lines[-1] and tape.width(lines[-1] + part, *how) > width:
                lines.append("")
            lines[-1] += part
        for each in lines:
            if tape.width(each, *how) > width:
                raise WordTooWide(each, passage.key)
        return tuple(lines)

    def _wrapped(self, passage: Passage, text: str, width: int) -> tuple[str, ...]:
        face = self._faces.face(passage.style)
        wrapped = self._tape.even if self._faces.is_even else self._tape.wrap
        return wrapped(passage.key, text, width, (face.weight, face.size))

    def _line(self, text: str, passage: Passage, face: Face, x: int) -> Band:
        tape, chip = self._tape, passage.style is Style.CHIP
        rise, sink = tape.stands(text, face.weight, face.size)
        rim = tape.dots(face.size * CHIP_RIM) if chip else 0
        pitch = tape.dots(face.size * face.leading)
        height = max(pitch, rise + sink + 2 * rim)
        baseline = (height - rise - sink) // 2 + rise
        above, below = tape.ink(text, face.weight, face.size)
        wide = tape.width(text, face.weight, face.size)
        words = Words(
            text=text,
            key=passage.key,
            why=passage.why,
            weight=face.weight,
            size_pt=face.size,
            box=Box(x, baseline - above, wide, above + below),
            baseline=baseline,
            white=chip,
            spans=passage.spans,
        )
        ground = Rule(Box(0, baseline - rise - rim, wide + 2 * x, rise + sink + 2 * rim))
        return Band(height, (words,), (ground,) if chip else ())

    def _sign(self, first: Band, passage: Passage, face: Face) -> tuple[Rule, ...]:
        """Give the bullet or the empty box that stands before the first line of a passage."""
        (words,) = first.words
        middle = words.baseline - self._tape.dots(face.size * 0.36)
        if passage.style is Style.ITEM:
            side = self._tape.dots(face.size * BULLET)
            return (Rule(Box(0, middle - side // 2, side, side)),)
        if passage.style is Style.TICK:
            side = self._tape.dots(face.size * TICK)
            return (Rule(Box(0, middle - side // 2, side, side), self._tape.mm(FRAME_MM)),)
        return ()

    def _opening(self, face: Face, width: int) -> Band:
        white, thick = self._tape.dots(face.size * 0.2), self._tape.mm(RULE_MM)
        return Band(thick + white, rules=(Rule(Box(0, 0, width, thick)),))

    def _table(self, table: Table, width: int) -> list[Piece]:
        """Set a table, each row a piece of its own."""
        pad = self._tape.dots(self._faces.cell_pt) if table.framed else 0
        columns = self._columns(table, width)
        rows = [self._cells(row, columns, pad) for row in table.rows]
        height = 2 * pad + max(held.height for row in rows for _cell, _box, held in row)
        gaps = [self._faces.cell_pt] + [GAP_PT] * (len(rows) - 1)
        return [
            Piece((self._row(row, height, table),), self._tape.dots(gap))
            for row, gap in zip(rows, gaps, strict=True)
        ]

    def _cells(
        self, row: tuple[Cell, ...], columns: list[tuple[int, int]], pad: int
    ) -> list[_Held]:
        """Set what the cells of a row hold, each in its column."""
        return [
            _Held(
                cell,
                Box(x, 0, wide, 0),
                stacked(self.set(cell.passages, wide - 2 * pad), x + pad, pad),
            )
            for cell, (x, wide) in zip(row, columns, strict=True)
        ]

    def _row(self, row: list[_Held], height: int, table: Table) -> Band:
        """Put the cells of a row beside one another, their frames equally high."""
        tape = self._tape
        frames = [
            Rule(replace(box, height=height), tape.mm(HEAVY_MM if cell.heavy else FRAME_MM))
            for cell, box, _held in row
            if table.framed and cell.passages and not cell.bare
        ]
        return Band(
            height,
            tuple(words for each in row for words in each.held.words),
            (*frames, *(rule for each in row for rule in each.held.rules)),
        )

    def _columns(self, table: Table, width: int) -> list[tuple[int, int]]:
        """Give where each column begins and how wide it is, with white between them."""
        gap = self._tape.dots(GAP_PT if table.framed else 4 * GAP_PT)
        room, whole = width - gap * (len(table.shares) - 1), sum(table.shares)
        places, taken = [], 0
        for number, share in enumerate(table.shares):
            begins = room * taken // whole
            taken += share
            places.append((begins + gap * number, room * taken // whole - begins))
        return places


def _moved(box: Box, x: int, y: int) -> Box:
    return replace(box, x=box.x + x, y=box.y + y)
