"""Translation: a line of directions as a closed table says it in another language, or not at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from labelapp.rx.amount import NBSP
from labelapp.rx.directions import Said
from labelapp.sig.language.shape import (
    NUMBER_WORDS,
    Counted,
    Value,
    kind_of,
    numerals,
    put_back,
    shape_of,
)
from labelapp.sig.language.tongues import Dates, Row, Tongue

_PLACE = re.compile(r"\{([^{}]*)\}")
_USUAL = {"dose": "dose", "clock": "at"}


@dataclass(frozen=True)
class Translation:
    """A line in another language, and the English line it stands for and never stands without.

    `rows` are the rows of the table that say it, by their English.
    """

    english: Said
    text: str
    lead: str = ""
    colon: str = ": "
    rows: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """The line with the days it leads with."""
        return f"{self.lead}{self.colon}{self.text}" if self.lead else self.text


def in_tongue(said: Said, tongue: Tongue) -> Translation | None:
    """Say an English line in another language; None where the table has no sentence for it.

    The sentence is looked up by the whole English line, word for word with its numbers taken
    out, so that a word the table does not know leaves the line English. Nothing is put together
    from words. The numerals of both lines are compared before the translation is given.
    """
    lead = _sentence(said.lead, tongue.leads, tongue) if said.lead else ()
    text = _sentence(said.text, tongue.sentences, tongue)
    if text is None or lead is None:
        return None
    rows = tuple(each[1].english for each in (lead, text) if each)
    return Translation(said, text[0], lead[0] if lead else "", tongue.colon, rows)


def _sentence(english: str, rows: Mapping[str, Row], tongue: Tongue) -> tuple[str, Row] | None:
    plain = english.replace(NBSP, " ")
    shape = shape_of(plain)
    if shape is None or put_back(shape) != plain:
        return None
    if row := rows.get(plain):  # worded for just these numbers, as an official file has it
        return row.text, row
    row = rows.get(shape.text)
    said = _filled(row.text, shape.values, tongue) if row else None
    if row is None or said is None:
        return None
    if numerals(plain, NUMBER_WORDS) != numerals(said, tongue.words):
        return None
    return said, row


def _filled(text: str, values: Mapping[str, Value], tongue: Tongue) -> str | None:
    """Put doses, counts and days into a sentence; None when one of them has no form there."""
    filled = []
    for place, piece in enumerate(_PLACE.split(text)):
        if place % 2:
            slot, _, form = piece.partition(":")
            said = _said(values[slot], form or _USUAL.get(kind_of(slot), "count"), tongue)
            if said is None:
                return None
            filled.append(said)
        else:
            filled.append(piece)
    return "".join(filled)


def _said(value: Value, form: str, tongue: Tongue) -> str | None:
    if isinstance(value, date):
        return _date(value, tongue.dates)
    if isinstance(value, time):  # no table has words for minutes
        return None if value.minute else tongue.clock[form][str(value.hour)]
    if not isinstance(value, Counted):
        return _weekdays([tongue.weekdays.get(each, "") for each in value], tongue)
    if not value.noun:
        return value.low
    noun = tongue.nouns[form].get(value.noun)
    return noun.beside(value, tongue.plurals) if noun else None


def _date(day: date, dates: Dates | None) -> str | None:
    if dates is None:
        return None
    values = {"day": str(day.day), "month": dates.months[day.month - 1], "year": f"{day:%Y}"}
    return _PLACE.sub(lambda slot: values[slot[1]], dates.pattern)


def _weekdays(days: list[str], tongue: Tongue) -> str | None:
    if not all(days):
        return None
    if len(days) == 1:
        return days[0]
    return tongue.weekdays["between"].join(days[:-1]) + tongue.weekdays["last"] + days[-1]
