"""Lists as files: CSV in UTF-8 that a spreadsheet opens without reading any of it as a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_ACTIVE = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Sequence[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Write a list with its head; a cell that a spreadsheet would reckon with is set in quotes."""
    table = io.StringIO()
    lines = csv.writer(table)
    lines.writerow(head)
    for row in rows:
        lines.writerow([_harmless(str(each)) for each in row])
    return table.getvalue().encode("utf-8-sig")


def _harmless(said: str) -> str:
    return f"'{said}" if said.startswith(_ACTIVE) else said
