"""Dates as people write them, as staff see them and as patients read them."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:T[0-9:.+Z-]{2,30})?")
_US = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_STAFF = re.compile(r"([0-9]{1,2})[- ]([A-Za-z]{3})[A-Za-z]*[- ]([0-9]{4})")


def read_day(text: str) -> date | None:
    """Read a date: 2026-11-20, 11/20/2026 (month first, as the US writes it) or 20-Nov-2026.

    A year has four digits. What is no date, or a day there is not, gives None.
    """
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _US.fullmatch(text):
            return date(int(found[3]), int(found[1]), int(found[2]))
        if (found := _STAFF.fullmatch(text)) and found[2].capitalize() in _MONTHS:
            return date(int(found[3]), _MONTHS.index(found[2].capitalize()) + 1, int(found[1]))
    except ValueError:
        return None
    return None


def staff_date(day: date) -> str:
    """Write a date for staff, `12-Mar-1961`, the same on every system whatever its locale."""
    return f"{day.day:02d}-{_MONTHS[day.month - 1]}-{day.year:04d}"


def label_date(day: date) -> str:
    """Write a date for patients, `Mar 12, 1961`, which no reader takes for another day."""
    return f"{_MONTHS[day.month - 1]} {day.day}, {day.year:04d}"
