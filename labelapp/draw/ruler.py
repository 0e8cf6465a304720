"""The ruler layout measures by: the fonts that are embedded and the marks that are drawn."""

from __future__ import annotations

from functools import lru_cache, partial

from labelapp.draw import marks
from labelapp.draw.fonts import Fonts
from labelapp.label.document import Symbology, Weight
from labelapp.layout.ruler import Ink, Modules
from labelapp.layout.tape import Tape

_KEPT_WIDTHS = 4096
_KEPT_TAPES = 4
"""More heads than any counter has."""


class FontRuler:
    """A `layout.ruler.Ruler` for the two cuts of one typeface."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts
        self._thousandths = lru_cache(_KEPT_WIDTHS)(self._measure)
        self._tapes = lru_cache(_KEPT_TAPES)(partial(Tape, self))
        self._extremes = {weight: _extremes(fonts, weight) for weight in Weight}

    def tape(self, dpi: int) -> Tape:
        """Give the tape of a head, the same one for every label."""
        return self._tapes(dpi)

    def width(self, text: str, weight: Weight, size_pt: float) -> float:
        """Give the room a line takes in points: its advances, and what stands out at its ends.

        Almost always that is the sum of the advances. A line that begins with a letter reaching
        back under its pen (J, j) or ends with one leaning out (f) takes that much more, and
        `draw` sets its pen in by as much, so the ink of a line stays within its box.
        """
        return self._thousandths(text, weight) * size_pt / 1000

    def ascent(self, weight: Weight, size_pt: float) -> float:
        """Give the height in points above the baseline that no glyph of the font rises over.

        It is the tallest outline in the font file, a Vietnamese or Pinyin capital with two
        accents (1.07 of the size), and not the font's own "ascender": that is a wish about line
        spacing, and an outline may rise over it unasked.
        """
        return self._extremes[weight][0] * size_pt / 1000

    def descent(self, weight: Weight, size_pt: float) -> float:
        """Give the depth in points below the baseline that no glyph of the font sinks under."""
        return self._extremes[weight][1] * size_pt / 1000

    def ink(self, text: str, weight: Weight, size_pt: float) -> Ink:
        """Give how far the ink of these very words reaches: the outlines of their glyphs."""
        glyphs = self._fonts.glyphs(weight)
        drawn = [glyphs[each] for each in text]
        above = max([each.top for each in drawn], default=0)
        below = max([-each.bottom for each in drawn], default=0)
        return Ink(max(0, above) * size_pt / 1000, max(0, below) * size_pt / 1000)

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        """Give the characters that have no glyph, each once, in the order met."""
        return self._fonts.missing(text, weight)

    def modules(self, symbology: Symbology, payload: str) -> Modules:
        """Give the modules of a mark, without its quiet zone but with the width of it."""
        return marks.modules(symbology, payload)

    def _measure(self, text: str, weight: Weight) -> float:
        glyphs = self._fonts.glyphs(weight)
        left, right = self._fonts.overhang(text, weight)
        return left + sum([glyphs[each].advance for each in text]) + right  # a list: twice as quick


def _extremes(fonts: Fonts, weight: Weight) -> tuple[float, float]:
    glyphs = fonts.glyphs(weight).values()
    return max(each.top for each in glyphs), -min(each.bottom for each in glyphs)
