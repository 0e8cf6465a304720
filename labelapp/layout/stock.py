"""Label stock: what is on the roll or sheet, and where a printer can put ink on it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from labelapp.rx.errors import BadResource

MM_PER_INCH = Decimal("25.4")

USES = frozenset({"vial", "large", "auxiliary", "sheet"})
"""What a stock is for: the label on a vial, one larger than a vial's, a small sticker, a letter page."""


class Design(enum.StrEnum):
    """How a label is laid out: each shape of stock has a design of its own."""

    LANDSCAPE = "landscape"
    """Wider than high: everything under each other, the block in the middle."""
    NARROW = "narrow"
    """Wide and low, as the label of a narrow vial: the block on the left, the rest beside it."""
    PORTRAIT = "portrait"
    """Higher than wide: short lines, each thing under the other."""
    LARGE = "large"
    """Larger than any vial: large type, the times of day as a grid."""


LARGE_MM = Decimal(100)
"""A label whose lesser side is as long has the large design."""
NARROW_MM = Decimal(45)
"""A label so low, and more than twice as wide, is one for a narrow vial."""


def design_of(width_mm: Decimal, height_mm: Decimal) -> Design:
    """Say which design a label of a size has."""
    if min(width_mm, height_mm) >= LARGE_MM:
        return Design.LARGE
    if height_mm > width_mm:
        return Design.PORTRAIT
    if height_mm <= NARROW_MM and width_mm >= 2 * height_mm:
        return Design.NARROW
    return Design.LANDSCAPE


@dataclass(frozen=True)
class Stock:
    """One label stock.

    Sizes and margins are mm of one label as it is read (width across the lines of text); margins
    are top, right, bottom, left and bound the printable area. `dpi` are the heads it runs under,
    the usual first. `measured` says whether the margins were measured or taken from the source.
    """

    id: str
    name: str
    maker: str
    number: str
    width_mm: Decimal
    height_mm: Decimal
    margins_mm: tuple[Decimal, Decimal, Decimal, Decimal]
    dpi: tuple[int, ...]
    use: str
    source: str
    measured: bool = False
    verified: bool = False
    approved_by: str = ""
    approved_on: str = ""

    @property
    def design(self) -> Design:
        """How a label on it is laid out."""
        return design_of(self.width_mm, self.height_mm)

    @property
    def area_mm2(self) -> Decimal:
        """The size of the whole label."""
        return self.width_mm * self.height_mm

    def dots(self, dpi: int) -> tuple[int, int]:
        """Give the label's width and height in whole dots of a head."""
        return _dots(self.width_mm, dpi), _dots(self.height_mm, dpi)

    def printable(self, dpi: int) -> tuple[int, int, int, int]:
        """Give the printable area in dots: left, top, right, bottom (the last two not in it)."""
        width, height = self.dots(dpi)
        top, right, bottom, left = (_dots_up(each, dpi) for each in self.margins_mm)
        return left, top, width - right, height - bottom


@dataclass(frozen=True)
class Fits:
    """How many labels a lawful prescription takes on a stock under its usual head, `dpi`.

    `labels` names for each state the count of the shortest lawful prescription and of a titration;
    0 is none, for there it is refused. `bars` tells whether Code 128 stands there, and not the 2-D
    code alone.
    """

    dpi: int
    bars: bool
    labels: Mapping[str, tuple[int, int]]


def _dots(mm: Decimal, dpi: int) -> int:
    return int((mm * dpi / MM_PER_INCH).to_integral_value())


def _dots_up(mm: Decimal, dpi: int) -> int:
    return int((mm * dpi / MM_PER_INCH).to_integral_value(ROUND_CEILING))


def read_stocks(table: Mapping[str, Any], file: str) -> tuple[Stock, ...]:
    """Read the stocks of one maker from their file's table. Raises BadResource naming the row."""
    return tuple(_stock(row, file, place) for place, row in enumerate(table.get("stock", ()), 1))


def _stock(row: Mapping[str, Any], file: str, place: int) -> Stock:
    name = str(row.get("id", place))
    try:
        stock = Stock(
            **{
                **row,
                "width_mm": Decimal(row["width_mm"]),
                "height_mm": Decimal(row["height_mm"]),
                "margins_mm": tuple(Decimal(each) for each in row["margins_mm"]),
                "dpi": tuple(row["dpi"]),
            }
        )
    except (KeyError, TypeError, ArithmeticError) as broken:
        raise BadResource("resource.bad-row", name=file, row=name, key=str(broken)) from broken
    top, right, bottom, left = stock.margins_mm
    if stock.use not in USES or not stock.dpi or min(stock.margins_mm) < 0:
        raise BadResource("resource.bad-row", name=file, row=name, key="use, dpi or margins_mm")
    if stock.width_mm <= left + right or stock.height_mm <= top + bottom:
        raise BadResource("resource.bad-row", name=file, row=name, key="width_mm or height_mm")
    return stock
