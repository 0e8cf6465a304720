"""The tape: the ruler's points turned into whole dots of one head, each measure taken once."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, Protocol, TypeVar, TypeVarTuple, cast

from labelapp.label.document import Mark, Weight
from labelapp.layout.ruler import Modules, Ruler
from labelapp.layout.wrap import WordTooWide, closed_up, even, wrap

POINTS_PER_INCH = 72
MM_PER_INCH = 25.4
RISE = 0.77
"""Height of b, d, l over the baseline as a share of the type size; taller ink makes a taller line."""
SINK = 0.24
"""Depth of g, p, y under the baseline as a share of the type size."""

HAIR = 0.01
"""Of a dot: less than this no head inks; a width that is whole dots but for it is whole dots.

Sums of fractions are never exact: 332 dots come out as 332.00000000000006.
"""
KEPT_WORDS, KEPT_LINES, KEPT_PARTS = 4096, 2048, 1024
"""So much of what was measured, broken and set last is kept: what one label and its trials need."""
Face = tuple[Weight, float]
"""How words are written: their weight and their size in points."""
Broken = Callable[[str, float, Callable[[str], float], float | None], tuple[str, ...]]
"""A way to break a text into lines."""
Made = TypeVar("Made")
What = TypeVarTuple("What")


class _TooWide(NamedTuple):
    """A word for which there was no room: kept in place of the error, which holds on to its frames."""

    word: str
    key: str


class Tapes(Protocol):
    """Gives the tape of each head, the same one for every label."""

    def tape(self, dpi: int) -> Tape:
        """Give the tape of a head."""
        ...


class Tape:
    """Measures words and marks in whole dots, rounded up, so that ink never leaves its box.

    It keeps what was asked of it last: from one key to the next nearly all of a label stays.
    """

    def __init__(self, ruler: Ruler, dpi: int) -> None:
        self.dpi = dpi
        self._ruler = ruler
        self._exact = lru_cache(KEPT_WORDS)(self._measured)
        self._ink = lru_cache(KEPT_WORDS)(self._inked)
        self._lines = lru_cache(KEPT_LINES)(self._tried)
        self._counts = lru_cache(KEPT_LINES)(self._counted)
        self._parts = lru_cache(KEPT_PARTS)(self._set)

    def dots(self, points: float) -> int:
        """Give the whole dots nearest to so many points."""
        return round(points * self.dpi / POINTS_PER_INCH)

    def reach(self, points: float, share: float) -> int:
        """Give the whole dots that hold a share of a type size."""
        return math.ceil(points * share * self.dpi / POINTS_PER_INCH)

    def mm(self, mm: float) -> int:
        """Give the whole dots nearest to so many mm, at least 1."""
        return max(1, round(mm * self.dpi / MM_PER_INCH))

    def width(self, text: str, weight: Weight, size: float) -> int:
        """Give the width of a line: the whole dots that hold it, but for a hair."""
        return math.ceil(self._exact(text, weight, size) - HAIR)

    def ink(self, text: str, weight: Weight, size: float) -> tuple[int, int]:
        """Give how far a line's ink reaches above and below its baseline."""
        return self._ink(text, weight, size)

    def stands(self, text: str, weight: Weight, size: float) -> tuple[int, int]:
        """Give the room a line asks for above and below its baseline.

        That is what b, d, g and p take, or more where its own ink reaches further.
        """
        above, below = self._ink(text, weight, size)
        return max(above, self.reach(size, RISE)), max(below, self.reach(size, SINK))

    def once(self, work: Callable[[*What, Tape], Made], *what: *What) -> Made:
        """Set something on this tape, or give it as it was set before of the very same.

        `work` takes frozen things and the tape; it asks nothing else, and nobody changes what it
        gives. Raises WordTooWide as it does.
        """
        made = self._parts(work, what)
        if isinstance(made, _TooWide):
            raise WordTooWide(made.word, made.key)
        return cast("Made", made)

    def wrap(
        self, key: str, text: str, width: int, face: Face, first: int | None = None
    ) -> tuple[str, ...]:
        """Break an element's text into lines no wider than so many dots. Raises WordTooWide."""
        return self._broken(wrap, key, text, (width, first), face)

    def even(
        self, key: str, text: str, width: int, face: Face, first: int | None = None
    ) -> tuple[str, ...]:
        """Break a text into as few lines, and those as even as they can be. Raises WordTooWide."""
        return self._broken(even, key, text, (width, first), face)

    def least_lines(self, text: str, width: int, face: Face) -> int:
        """Give a number of lines fewer than which never hold a text, however it is broken.

        Each end of a line but the last spares one space.
        """
        return self._counts(text, width, face)

    def modules(self, mark: Mark) -> Modules:
        """Give the modules of a mark."""
        return self._ruler.modules(mark.symbology, mark.payload)

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        """Give the characters that have no glyph."""
        return self._ruler.missing(text, weight)

    def _broken(
        self, how: Broken, key: str, text: str, room: tuple[int, int | None], face: Face
    ) -> tuple[str, ...]:
        width, first = room
        if first is None and self.width(text, *face) <= width:
            return (text,)
        lines = self._lines(how, text, room, face)
        if isinstance(lines, _TooWide):
            raise WordTooWide(lines.word, key)
        return lines

    def _tried(
        self, how: Broken, text: str, room: tuple[int, int | None], face: Face
    ) -> tuple[str, ...] | _TooWide:
        width, first = room
        half = HAIR / 2  # so that words which stand on a line never measure more than it
        begins = None if first is None else first + half
        try:
            return how(text, width + half, lambda word: self._exact(word, *face), begins)
        except WordTooWide as wide:
            return _TooWide(wide.word, wide.key)

    def _set(self, work: Callable[..., object], what: tuple[object, ...]) -> object:
        try:
            return work(*what, self)
        except WordTooWide as wide:
            return _TooWide(wide.word, wide.key)

    def _counted(self, text: str, width: int, face: Face) -> int:
        space = self._exact(" ", *face)
        wide = self._exact(closed_up(text), *face)
        return math.ceil((wide + space) / (width + HAIR + space) - HAIR)

    def _measured(self, text: str, weight: Weight, size: float) -> float:
        return self._ruler.width(text, weight, size) * self.dpi / POINTS_PER_INCH

    def _inked(self, text: str, weight: Weight, size: float) -> tuple[int, int]:
        ink = self._ruler.ink(text, weight, size)
        scale = self.dpi / POINTS_PER_INCH
        return math.ceil(ink.above * scale), math.ceil(ink.below * scale)
