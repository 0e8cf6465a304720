"""Typed dates in words: what was typed beside the day it is taken for."""

from __future__ import annotations

import re
from datetime import date

from labelapp.rx.people import staff_date

DATES = frozenset(
    {
        "patient.born", "written", "fill.date", "fill.starts_on", "lots.#.made_on", "lots.#.bud",
        "lots.0.components.#.expires",
    }
)  # fmt: skip
"""The fields of the form that hold a date."""

_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.+Z-]{2,30})?")
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_STAFF = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ]([0-9]{4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(text: str) -> date | None:
    """Read a date the way the prescription is read: 1961-12-03, 12/3/1961 or 3-Dec-1961."""
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _US.fullmatch(text):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if (found := _STAFF.fullmatch(text)) and found[2].casefold() in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2].casefold()) + 1, int(found[1]))
    except ValueError:
        return None
    return None


def echo(text: str) -> str:
    """Say a typed date as staff read it, `03-Dec-1961`; empty while it is no date."""
    day = day_of(text)
    return "" if day is None else staff_date(day)
