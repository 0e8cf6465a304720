"""A pharmacy's settings: how it counts days, and the words it works by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from typing import Any

from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rules.vocabulary import LISTS, Vocabulary, read_vocabulary


@dataclass(frozen=True)
class Setting(Row):
    """One setting as shipped: its value, and why it is so."""

    key: str
    value: int
    source: str


@dataclass(frozen=True)
class Counting:
    """How days are counted here.

    `compounding_day_is_first` counts the day of compounding as Day 1 of the BUD; `first_dose_after`
    is the days from filling to the first dose when nobody entered the patient's start;
    `prescription_days` is how long after writing a prescription may be filled; `fill_date_back` is
    how many days a fill date may lie back; `refill_percent` is how much of a supply must be used up
    before the next one is not too soon. `vocabulary` are the words of the same file.
    """

    compounding_day_is_first: bool = True
    first_dose_after: int = 3
    prescription_days: int = 365
    fill_date_back: int = 7
    refill_percent: int = 75
    rows: tuple[Setting, ...] = ()
    vocabulary: Vocabulary = field(default_factory=Vocabulary)


def days_after(day: date, days: int) -> date:
    """Give the date so many days later, at most the last one the calendar has."""
    return day + timedelta(days=min(days, (date.max - day).days))


def read_counting(table: Mapping[str, Any], file: str) -> Counting:
    """Read the settings from their file's table. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "settings")
    known = [each.name for each in fields(Counting) if each.name not in {"rows", "vocabulary"}]
    top.only({*known, "inactives", "order_words", *LISTS})
    rows = {key: top.table(key) for key in known}
    for row in rows.values():
        row.only({"value"} | STANDING)
    first = rows["compounding_day_is_first"].flag("value")
    values = {key: rows[key].integer("value") for key in known if key != "compounding_day_is_first"}
    return Counting(
        compounding_day_is_first=first,
        **values,
        rows=tuple(
            Setting(key, int(values.get(key, first)), row.text("source"), **row.standing())
            for key, row in rows.items()
        ),
        vocabulary=read_vocabulary(top),
    )
