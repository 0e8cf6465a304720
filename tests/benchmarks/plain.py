"""The anchor: the same label as anybody would draw it who knows ReportLab and is in no hurry."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import groupby

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from labelapp.draw.fonts import FILES
from labelapp.label.document import Weight
from labelapp.layout.page import Bars, Page, Pages, Rule
from labelapp.resources import folder


@cache
def register_fonts() -> dict[Weight, str]:
    """Register the two cuts of the typeface once, as ReportLab's guide shows."""
    names = {}
    for weight, file in FILES.items():
        font = TTFont(f"plain-{weight.value}", str(folder() / "fonts" / file))
        # A second font of the same face would be taken for the first, which is the program's own.
        font.face.name = f"Plain-{weight.value}".encode()
        pdfmetrics.registerFont(font)
        names[weight] = font.fontName
    return names


def plain_label(pages: Pages) -> bytes:
    """Draw the same words, rules and bars at the same places; give the PDF."""
    names = register_fonts()
    dot = 72 / pages.dpi
    out = BytesIO()
    canvas = Canvas(out)
    for page in pages.pages:
        canvas.setPageSize((page.width * dot, page.height * dot))
        for rule in page.rules:
            draw_rule(canvas, rule, page, dot)
        for words in page.words:
            canvas.setFillGray(1 if words.white else 0)
            canvas.setFont(names[words.weight], words.size_pt)
            canvas.drawString(words.box.x * dot, (page.height - words.baseline) * dot, words.text)
        canvas.setFillGray(0)
        for bars in page.bars:
            draw_bars(canvas, bars, page, dot)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def draw_rule(canvas: Canvas, rule: Rule, page: Page, dot: float) -> None:
    """Draw a filled rectangle, or a frame as a stroked one."""
    box, thick = rule.box, rule.hollow_dots
    x, y = box.x * dot, (page.height - box.bottom) * dot
    if thick:
        canvas.setLineWidth(thick * dot)
        inset = thick * dot / 2
        wide, high = box.width * dot - 2 * inset, box.height * dot - 2 * inset
        canvas.rect(x + inset, y + inset, wide, high, stroke=1, fill=0)
    else:
        canvas.rect(x, y, box.width * dot, box.height * dot, stroke=0, fill=1)


def draw_bars(canvas: Canvas, bars: Bars, page: Page, dot: float) -> None:
    """Draw each run of dark modules as a rectangle."""
    step = bars.module_dots * dot
    rows = bars.modules.rows
    height = bars.box.height * dot / len(rows)
    y = (page.height - bars.box.y) * dot
    for row in rows:
        x = bars.box.x * dot
        y -= height
        for module, group in groupby(row):
            width = len(list(group)) * step
            if module == "1":
                canvas.rect(x, y, width, height, stroke=0, fill=1)
            x += width
