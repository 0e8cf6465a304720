"""Pages written by hand for the tests of drawing: a label with everything that can stand on one."""

from __future__ import annotations

import math
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from labelapp.draw.fonts import Fonts
from labelapp.draw.ruler import FontRuler
from labelapp.label.document import Symbology, Weight
from labelapp.layout.page import Bars, Box, Page, Pages, Rule, Words
from labelapp.layout.stock import Stock

FONTS = Fonts(Path(__file__).parents[2] / "resources/fonts")
RULER = FontRuler(FONTS)
SERIAL = "R7004112-00-1-1"


def stock(width_mm: str = "101.6", height_mm: str = "50.8") -> Stock:
    none = Decimal(1)
    size = Decimal(width_mm), Decimal(height_mm)
    return Stock("try", "Try", "", "", *size, (none, none, none, none), (203, 300), "", "ours")


def run(
    text: str,
    x: int,
    baseline: int,
    size: float = 12,
    weight: Weight = Weight.REGULAR,
    dpi: int = 203,
    white: bool = False,
    key: str = "directions",
) -> Words:
    """One run of words whose box is exactly what the ruler says of it."""
    dots = dpi / 72
    width = math.ceil(RULER.width(text, weight, size) * dots)
    top = math.ceil(RULER.ascent(weight, size) * dots)
    low = math.ceil(RULER.descent(weight, size) * dots)
    box = Box(x, baseline - top, width, top + low)
    return Words(text, key, "test", weight, size, box, baseline, white)


def mark(
    symbology: Symbology, payload: str, x: int, y: int, module_dots: int, height: int = 60
) -> Bars:
    modules = RULER.modules(symbology, payload)
    rest = modules.quiet * module_dots
    wide = modules.width * module_dots
    high = height if symbology is Symbology.CODE128 else len(modules.rows) * module_dots
    box = Box(x + rest, y + (0 if symbology is Symbology.CODE128 else rest), wide, high)
    beside = 0 if symbology is Symbology.CODE128 else rest
    quiet = Box(x, y, wide + 2 * rest, high + 2 * beside)
    return Bars(symbology, payload, "test", modules, module_dots, box, quiet)


def label(dpi: int = 203, size: Stock | None = None) -> Pages:
    """A 4 by 2 inch label: header, block between rules, facts, a reversed warning, both marks."""
    size = size or stock()
    width, height = size.dots(dpi)
    left, top, right, bottom = size.printable(dpi)
    grow = dpi / 203

    def at(dots: int) -> int:
        return round(dots * grow)

    bold = Weight.BOLD
    words = (
        run("Harbor Street Pharmacy", at(16), at(40), 8, bold, dpi, key="pharmacy"),
        run(
            "12 Harbor Street, Salem MA 01970", at(310), at(40), 7, dpi=dpi, key="pharmacy_address"
        ),
        run("Jönsson, Jane", at(16), at(96), 14, bold, dpi, key="patient"),
        run("Naltrexone 4.5\u00a0mg capsule", at(16), at(140), 12, bold, dpi, key="drug"),
        run("Take 1 capsule at bedtime, with water.", at(16), at(184), 12, dpi=dpi),
        run("Qty 30", at(16), at(236), 8, dpi=dpi, key="quantity"),
        run("Discard after 14-Jun-2027", at(120), at(236), 8, dpi=dpi, key="bud"),
        run("DO NOT TAKE WITH OPIOIDS", at(24), at(284), 9, bold, dpi, True, "aux.OPIOID"),
    )
    rules = (
        Rule(Box(at(12), at(52), right - at(24), at(3))),
        Rule(Box(at(12), at(252), at(430), at(46))),
        Rule(Box(at(500), at(256), at(60), at(40)), hollow_dots=2),
    )
    module = 2 if dpi == 203 else 3
    bars = (
        mark(Symbology.CODE128, SERIAL, at(10), at(312), module, at(60)),
        mark(Symbology.DATAMATRIX, SERIAL, right - at(130), at(270), module + 2),
    )
    printable = Box(left, top, right - left, bottom - top)
    block = Box(at(12), at(55), right - at(24), at(150))
    page = Page(width, height, printable, block, words, bars, rules)
    return Pages(size, dpi, (page,))


def with_page(pages: Pages, **changes: Any) -> Pages:
    """The same pages, the first one told differently."""
    return replace(pages, pages=(replace(pages.pages[0], **changes), *pages.pages[1:]))
