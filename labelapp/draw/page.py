"""Pages to one PDF: vector, every place a whole dot of the printer's head, fonts embedded.

The PDF is the master: preview, raster and paper are pictures of these bytes. The same Pages give
the same bytes, today and in any other process. Words reach the page as a string of glyphs and in
no other way: nothing in them is ever read as markup.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from labelapp.draw import marks
from labelapp.draw.fonts import Fonts
from labelapp.draw.sealed import Canvas
from labelapp.label.document import Weight
from labelapp.layout.page import Box, Page, Pages, Rule, Words
from labelapp.rx.errors import ProofFailed

POINTS_PER_INCH = 72


def draw(pages: Pages, fonts: Fonts) -> bytes:
    """Draw the pages as one PDF. A character without a glyph is never drawn: ProofFailed."""
    _refuse_missing(pages, fonts)
    dot = POINTS_PER_INCH / pages.dpi
    canvas = Canvas(
        BytesIO(),
        pagesize=_size(pages.pages[0], dot),
        pageCompression=1,
        invariant=1,
        initialFontName=fonts.name(Weight.REGULAR),
    )
    # Acrobat would shrink the page to "fit" when a person prints the file by hand.
    canvas.setViewerPreference("PrintScaling", "None")
    canvas.setTitle("Label")  # a title is shown and logged by others: never a name in it
    for page in pages.pages:
        canvas.setPageSize(_size(page, dot))
        _draw_page(canvas, page, dot, fonts)
        canvas.showPage()
    pdf: bytes = canvas.getpdfdata()
    return pdf


def pen(words: Words, dpi: int, fonts: Fonts) -> float:
    """Give where the pen starts, in dots from the left edge.

    That is the left edge of the box, set in by what the first letter reaches back.
    """
    left, _right = fonts.overhang(words.text, words.weight)
    return words.box.x + left * words.size_pt * dpi / (1000 * POINTS_PER_INCH)


def _size(page: Page, dot: float) -> tuple[float, float]:
    return page.width * dot, page.height * dot


def _refuse_missing(pages: Pages, fonts: Fonts) -> None:
    """Refuse what the font cannot say: ReportLab would draw a box and go on."""
    for number, page in enumerate(pages.pages, start=1):
        for words in page.words:
            if fonts.missing(words.text, words.weight):
                raise ProofFailed("proof.no-glyph", page=str(number), key=words.key)


def _draw_page(canvas: Any, page: Page, dot: float, fonts: Fonts) -> None:
    """Draw grounds and rules first, then the words that may stand on them, then the marks."""
    _fill(canvas, [box for rule in page.rules for box in strips(rule)], page.height, dot)
    white = False
    for words in page.words:
        if words.white is not white:
            white = words.white
            canvas.setFillGray(1 if white else 0)
        canvas.setFont(fonts.name(words.weight), words.size_pt)
        x = pen(words, round(POINTS_PER_INCH / dot), fonts) * dot
        canvas.drawString(x, (page.height - words.baseline) * dot, words.text)
    if white:
        canvas.setFillGray(0)
    for bars in page.bars:
        _fill(canvas, marks.inked(bars), page.height, dot)


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


def _fill(canvas: Any, boxes: tuple[Box, ...] | list[Box], height: int, dot: float) -> None:
    """Fill rectangles of whole dots as one path."""
    if not boxes:
        return
    path = canvas.beginPath()
    for box in boxes:
        path.rect(box.x * dot, (height - box.bottom) * dot, box.width * dot, box.height * dot)
    canvas.drawPath(path, stroke=0, fill=1)
