"""Typed dates in words: what was typed beside the day it is taken for."""

from __future__ import annotations

from labelapp.rx.dates import read_day, staff_date

DATES = frozenset(
    {
        "patient.born", "written", "fill.date", "fill.starts_on", "fill.first_filled", "lots.#.made_on", "lots.#.bud",
        "lots.0.components.#.expires",
    }
)  # fmt: skip
"""The fields of the form that hold a date."""


def echo(text: str) -> str:
    """Say a typed date as staff read it, `03-Dec-1961`; empty while it is no date."""
    day = read_day(text)
    return "" if day is None else staff_date(day)
