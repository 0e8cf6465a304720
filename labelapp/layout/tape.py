"""The tape: the ruler's points turned into whole dots of one head, each measure taken once."""

from __future__ import annotations

import math
from collections.abc import Callable

from labelapp.label.document import Mark, Weight
from labelapp.layout.ruler import Modules, Ruler
from labelapp.layout.wrap import WordTooWide, even, wrap

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
Face = tuple[Weight, float]
"""How words are written: their weight and their size in points."""
Broken = Callable[[str, float, Callable[[str], float], float | None], tuple[str, ...]]
"""A way to break a text into lines."""


class Tape:
    """Measures words and marks in whole dots, rounded up, so that ink never leaves its box."""

    def __init__(self, ruler: Ruler, dpi: int) -> None:
        self.dpi = dpi
        self._ruler = ruler
        self._widths: dict[tuple[str, Weight, float], float] = {}
        self._inks: dict[tuple[str, Weight, float], tuple[int, int]] = {}
        self._lines: dict[tuple[object, ...], tuple[str, ...] | WordTooWide] = {}
        self._stands: dict[tuple[str, Weight, float], tuple[int, int]] = {}

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
        known = self._inks.get((text, weight, size))
        if known is None:
            ink = self._ruler.ink(text, weight, size)
            scale = self.dpi / POINTS_PER_INCH
            known = math.ceil(ink.above * scale), math.ceil(ink.below * scale)
            self._inks[text, weight, size] = known
        return known

    def stands(self, text: str, weight: Weight, size: float) -> tuple[int, int]:
        """Give the room a line asks for above and below its baseline.

        That is what b, d, g and p take, or more where its own ink reaches further.
        """
        known = self._stands.get((text, weight, size))
        if known is None:
            above, below = self.ink(text, weight, size)
            known = max(above, self.reach(size, RISE)), max(below, self.reach(size, SINK))
            self._stands[text, weight, size] = known
        return known

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

    def _broken(
        self, how: Broken, key: str, text: str, room: tuple[int, int | None], face: Face
    ) -> tuple[str, ...]:
        width, first = room
        if first is None and self.width(text, *face) <= width:
            return (text,)
        same = (how, text, width, first, face)
        if same not in self._lines:
            self._lines[same] = self._tried(how, text, room, face)
        lines = self._lines[same]
        if isinstance(lines, WordTooWide):
            raise WordTooWide(lines.word, key)
        return lines

    def _tried(
        self, how: Broken, text: str, room: tuple[int, int | None], face: Face
    ) -> tuple[str, ...] | WordTooWide:
        width, first = room
        half = HAIR / 2  # so that words which stand on a line never measure more than it
        begins = None if first is None else first + half
        try:
            return how(text, width + half, lambda word: self._exact(word, *face), begins)
        except WordTooWide as wide:
            return wide

    def modules(self, mark: Mark) -> Modules:
        """Give the modules of a mark."""
        return self._ruler.modules(mark.symbology, mark.payload)

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        """Give the characters that have no glyph."""
        return self._ruler.missing(text, weight)

    def _exact(self, text: str, weight: Weight, size: float) -> float:
        known = self._widths.get((text, weight, size))
        if known is None:
            known = self._ruler.width(text, weight, size) * self.dpi / POINTS_PER_INCH
            self._widths[text, weight, size] = known
        return known
