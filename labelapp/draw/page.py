"""Pages to one PDF: vector, every place a whole dot of the printer's head, fonts embedded.

The PDF is the master: preview, raster and paper are pictures of these bytes. The same Pages give
the same bytes, today and in any other process. Words reach the page as a string of glyphs and in
no other way: nothing in them is ever read as markup.

Not only bars begin on whole dots: each letter does. A renderer moves letters to whole dots anyhow,
each in its own way (PDFium by up to a dot and a half); here the nearest dot is chosen once, so that
a letter has the same shape wherever it stands and the proof knows where to look for it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from io import BytesIO

from labelapp.draw import marks
from labelapp.draw.fonts import Fonts
from labelapp.draw.sealed import Canvas
from labelapp.label.document import Weight
from labelapp.layout.page import Box, Page, Pages, Rule, Words, shares_of
from labelapp.rx.errors import ProofFailed

POINTS_PER_INCH = 72
HAIR = 0.01
"""Of a dot: a renderer that inks every dot it touches must not touch the next one by rounding."""
_HEX = tuple(f"{code:02x}" for code in range(256))


def draw(pages: Pages, fonts: Fonts) -> bytes:
    """Draw the pages as one PDF. A character without a glyph is never drawn: ProofFailed."""
    return draw_sets((pages,), fonts)


def draw_sets(sets: Sequence[Pages], fonts: Fonts) -> bytes:
    """Draw several sets, each on its own stock and for its own head, as one PDF. Raises ProofFailed."""
    canvas = _LabelCanvas(fonts)
    for pages in sets:
        _refuse_missing(pages, fonts)
        for page in pages.pages:
            canvas.draw(page, pages.dpi)
    pdf: bytes = canvas.getpdfdata()
    return pdf


def origins(words: Words, dpi: int, fonts: Fonts) -> list[int]:
    """Give the dot each letter's origin stands on: the nearest one that keeps it in its box.

    The pen starts at the left edge of the box, set in by what the first letter reaches back.
    """
    glyphs = fonts.glyphs(words.weight)
    dots = words.size_pt * dpi / POINTS_PER_INCH / 1000
    left, _right = fonts.overhang(words.text, words.weight)
    at = words.box.x + left * dots
    first = math.ceil(at)
    places = []
    for each in words.text:
        glyph = glyphs[each]
        place = max(first, math.floor(at + 0.5))
        if place > at and place + glyph.right * dots > words.box.right:
            place = max(first, place - 1)
        places.append(place)
        at += glyph.advance * dots
    return places


def strips(rule: Rule) -> tuple[Box, ...]:
    """Give the rectangles of ink of a rule: itself, or the four sides of a frame."""
    box, thick = rule.box, rule.hollow_dots
    if not 0 < thick * 2 < min(box.width, box.height):
        return (box,)
    inner = box.height - 2 * thick
    return (
        Box(box.x, box.y, box.width, thick),
        Box(box.x, box.bottom - thick, box.width, thick),
        Box(box.x, box.y + thick, thick, inner),
        Box(box.right - thick, box.y + thick, thick, inner),
    )


class _LabelCanvas(Canvas):  # type: ignore[misc]
    """A ReportLab canvas that counts in dots from the top left corner."""

    def __init__(self, fonts: Fonts) -> None:
        # A canvas names its first font in the file: ours, or Helvetica would stand there.
        super().__init__(
            BytesIO(), pageCompression=1, invariant=1, initialFontName=fonts.name(Weight.REGULAR)
        )
        # Acrobat would shrink the page to "fit" when a person prints the file by hand.
        self.setViewerPreference("PrintScaling", "None")
        self.setTitle("Label")  # others show and log a title: never a name in it
        self._fonts = fonts
        self._dpi = POINTS_PER_INCH
        self._dot = 1.0

    def draw(self, page: Page, dpi: int) -> None:
        """Draw one page: grounds and rules first, the words that may stand on them, the marks."""
        self._dpi, self._dot = dpi, POINTS_PER_INCH / dpi
        self.setPageSize((page.width * self._dot, page.height * self._dot))
        tints = dict.fromkeys(rule.tint for rule in page.rules if rule.tint)
        for tint in (*tints, ""):  # black last: it may stand on a ground
            same = (rule for rule in page.rules if rule.tint == tint)
            self._fill((box for rule in same for box in strips(rule)), page.height, tint)
        self._say(page.words, page.height)
        for bars in page.bars:
            self._fill(marks.inked(bars), page.height)
        self.showPage()

    def _fill(self, boxes: Iterable[Box], height: int, tint: str = "") -> None:
        """Fill rectangles of whole dots as one path, each a hair within its dots."""
        dot = self._dot
        rectangles = [
            f"{(box.x + HAIR) * dot:.5f} {(height - box.bottom + HAIR) * dot:.5f}"
            f" {(box.width - 2 * HAIR) * dot:.5f} {(box.height - 2 * HAIR) * dot:.5f} re"
            for box in boxes
        ]
        if rectangles and tint:
            shares = " ".join(f"{share / 255:.4f}" for share in shares_of(tint))
            rectangles = [f"{shares} rg", *rectangles]
        if rectangles:
            self.addLiteral("\n".join([*rectangles, "f 0 g" if tint else "f"]))

    def _say(self, lines: tuple[Words, ...], height: int) -> None:
        """Set every run of words in one text object."""
        code = ["BT"]
        white = False
        for words in lines:
            if not words.text:
                continue
            if words.white is not white:
                white = words.white
                code.append("1 g" if white else "0 g")
            code += self._set(words, height)
        self.addLiteral("\n".join([*code, "0 g ET" if white else "ET"]))

    def _set(self, words: Words, height: int) -> list[str]:
        """Set one run: where its pen starts, then its letters, each moved to its own dot."""
        places = origins(words, self._dpi, self._fonts)
        glyphs = self._fonts.glyphs(words.weight)
        em = 1000 / (words.size_pt * self._dpi / POINTS_PER_INCH)
        x, y = places[0] * self._dot, (height - words.baseline) * self._dot
        code = [f"1 0 0 1 {x:.5f} {y:.5f} Tm"]
        at = 0.0
        number = 0
        for name, codes in self._fonts.coded(words.text, words.weight, self._doc):
            shown = []
            for each in codes:
                move = round(at - (places[number] - places[0]) * em, 1)
                shown.append(f"{move:g}<{_HEX[each]}>" if move else f"<{_HEX[each]}>")
                at += glyphs[words.text[number]].advance - move
                number += 1
            code.append(f"{name} {words.size_pt:g} Tf [{''.join(shown)}] TJ")
        return code


def _refuse_missing(pages: Pages, fonts: Fonts) -> None:
    """Refuse what the font cannot say: ReportLab would draw a box and go on."""
    for number, page in enumerate(pages.pages, start=1):
        for words in page.words:
            if fonts.missing(words.text, words.weight):
                raise ProofFailed("proof.no-glyph", page=str(number), key=words.key)
