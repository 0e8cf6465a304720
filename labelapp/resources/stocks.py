"""The rows of label stocks and of what fits on each, held against what either can be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from labelapp.layout.stock import Fits, Stock, read_stocks
from labelapp.rules.row import STANDING, Reader

KEYS = STANDING | {
    "id", "name", "maker", "number", "width_mm", "height_mm", "margins_mm", "dpi", "use", "measured",
}  # fmt: skip
FIT_KEYS = frozenset({"stock", "dpi", "bars", "labels"})
MOST_LABELS = 3
"""Labels one fill takes at most."""
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


def sound_fits(table: Mapping[str, Any], file: str) -> Mapping[str, Fits]:
    """Read how many labels the law's label takes on each stock. Raises BadResource."""
    top = Reader(table, file, "fit")
    top.only({"fit"})
    top.standing()
    top.tables("fit")
    found = {}
    for place, row in enumerate(table.get("fit", ()), 1):
        read = Reader(row, file, str(row.get("stock", place)))
        read.only(FIT_KEYS)
        labels = MappingProxyType(dict(_counted(row, read)))
        found[read.text("stock")] = Fits(read.integer("dpi"), read.flag("bars"), labels)
    return MappingProxyType(found)


def _counted(row: Mapping[str, Any], read: Reader) -> Iterator[tuple[str, tuple[int, int]]]:
    """Read the two counts of each state: 0 to 3 labels, never more."""
    read.table("labels")
    for state, counts in row.get("labels", {}).items():
        whole = isinstance(counts, list) and all(type(each) is int for each in counts)
        if not whole or len(counts) != 2 or not all(0 <= each <= MOST_LABELS for each in counts):
            raise read.bad("labels")
        yield state, (counts[0], counts[1])


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
