"""The rows of label stocks, held against what a stock can be before one is made of them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from labelapp.layout.stock import Stock, read_stocks
from labelapp.rules.row import STANDING, Reader

KEYS = STANDING | {
    "id", "name", "maker", "number", "width_mm", "height_mm", "margins_mm", "dpi", "use", "measured",
}  # fmt: skip
LARGEST_MM = Decimal(500)
HEADS = range(100, 2_401)
"""Dots per inch a label printer has: fewer cannot hold a bar, more none does."""


def sound_stocks(table: Mapping[str, Any], file: str) -> tuple[Stock, ...]:
    """Read the stocks of one file. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "stock")
    top.only({"stock"})
    top.tables("stock")
    for place, row in enumerate(table.get("stock", ()), 1):
        _examine(row, file, str(row.get("id", place)))
    return read_stocks(table, file)


def _examine(row: Mapping[str, Any], file: str, name: str) -> None:
    read = Reader(row, file, name)
    read.only(KEYS)
    for key in ("id", "name", "maker", "number", "use", "source"):
        read.text(key)
    for key in ("width_mm", "height_mm"):
        if not 0 < read.decimal(key) <= LARGEST_MM:
            raise read.bad(key)
    if len(read.decimals("margins_mm")) != 4:
        raise read.bad("margins_mm")
    if not all(_is_head(each) for each in _listed(row, read)):
        raise read.bad("dpi")
    read.flag("measured", default=False)
    read.standing()


def _is_head(each: object) -> bool:
    return isinstance(each, int) and not isinstance(each, bool) and each in HEADS


def _listed(row: Mapping[str, Any], read: Reader) -> list[object]:
    heads = row.get("dpi")
    if not isinstance(heads, list) or not heads:
        raise read.bad("dpi")
    return heads
