"""The words of large print, calendar and leaflet, as rows of one language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from labelapp.rules.row import STANDING, Reader
from labelapp.sig.phrases import filled

WORDS = frozenset(
    {
        "sample", "page", "calendar", "leaflet", "rx_number", "pharmacy",
        "directions", "how", "how_on_skin", "day", "days", "one_day", "new_dose", "any_time",
        "no_dose", "whole_day", "this_fill", "left", "link", "dates", "see_directions",
        "morning", "noon", "evening", "bedtime", "vial", "vial_strength", "from_vial", "new_vial",
        "how_from", "vial_emptied", "vial_left", "ask_first", "directions_of",
    }
)  # fmt: skip
FACTS = frozenset(
    {
        "quantity", "refills", "prescriber", "date_filled", "date_written", "lot",
        "compounded_on", "bud", "filler", "rx_number", "patient_address", "description",
    }
)  # fmt: skip


@dataclass(frozen=True)
class PaperWords:
    """The words of the papers in one language: `facts` name what a label names in short."""

    language: str
    words: Mapping[str, str]
    facts: Mapping[str, str]

    def word(self, key: str, **values: str) -> str:
        """Give a word by its key, with its values put in."""
        return filled(self.words[key], values)


def read_paper_words(table: Mapping[str, Any], file: str) -> PaperWords:
    """Read the words of one language from its file's table. Raises BadResource when one lacks."""
    top = Reader(table, file, "papers")
    top.only({"language", "words", "facts"} | STANDING)
    top.standing()
    return PaperWords(
        language=top.text("language"),
        words=_texts(top.table("words"), WORDS),
        facts=_texts(top.table("facts"), FACTS),
    )


def _texts(read: Reader, needed: frozenset[str]) -> Mapping[str, str]:
    read.only(needed)
    return MappingProxyType({key: read.text(key) for key in sorted(needed)})
