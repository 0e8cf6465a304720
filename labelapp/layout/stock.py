"""Label stock: what is on the roll or sheet, and where a printer can put ink on it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

MM_PER_INCH = Decimal("25.4")


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
    approved_by: str = ""
    approved_on: str = ""

    def dots(self, dpi: int) -> tuple[int, int]:
        """Give the label's width and height in whole dots of a head."""
        return _dots(self.width_mm, dpi), _dots(self.height_mm, dpi)

    def printable(self, dpi: int) -> tuple[int, int, int, int]:
        """Give the printable area in dots: left, top, right, bottom (the last two not in it)."""
        width, height = self.dots(dpi)
        top, right, bottom, left = (_dots_up(each, dpi) for each in self.margins_mm)
        return left, top, width - right, height - bottom


def _dots(mm: Decimal, dpi: int) -> int:
    return int((mm * dpi / MM_PER_INCH).to_integral_value())


def _dots_up(mm: Decimal, dpi: int) -> int:
    return -int(-mm * dpi // MM_PER_INCH)
