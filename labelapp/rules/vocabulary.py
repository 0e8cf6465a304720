"""Words that are no drug: inactive ingredients, and what an order's name or purpose may hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rx.compound import Form, Part

_SIGNS = re.compile(r"[^0-9a-z&%]+")
_SIZE = re.compile(r"\b(?:size|sz) ?[0-9]+\b|\bno ?(?=[0-9])")


@dataclass(frozen=True)
class Inactive(Row):
    """A substance that is no drug: the names it goes by, and what it may be in a compound."""

    names: tuple[str, ...]
    parts: tuple[Part, ...]
    source: str


@dataclass(frozen=True)
class OrderWords(Row):
    """Words of an order that name no drug; with `forms`, true only of those forms."""

    words: tuple[str, ...]
    forms: tuple[Form, ...]
    source: str


@dataclass(frozen=True)
class WordList(Row):
    """A list of words under one heading."""

    key: str
    words: tuple[str, ...]
    source: str


LISTS = ("dosing_words", "printed_languages", "grade_words")
"""The plain lists of words there are."""


@dataclass(frozen=True)
class Vocabulary:
    """What the pharmacy compounds with besides drugs, and the words an order may hold."""

    inactives: tuple[Inactive, ...] = ()
    order_words: tuple[OrderWords, ...] = ()
    lists: tuple[WordList, ...] = ()

    def words(self, key: str) -> tuple[str, ...]:
        """Give the words of one list; none when there is no such list."""
        return next((each.words for each in self.lists if each.key == key), ())

    def bare(self, name: str) -> str:
        """Bring a substance's name to what names are compared by: no grade, size or sign."""
        grades = self.words("grade_words")
        kept = (each for each in spelt(name).split() if each not in grades)
        return " ".join(_SIZE.sub(" ", " ".join(kept)).split())

    def inactive(self, name: str) -> Inactive | None:
        """Find the row of a substance that is no drug; None for anything not on a row."""
        return self._by_name.get(self.bare(name))

    @cached_property
    def _by_name(self) -> Mapping[str, Inactive]:
        return {self.bare(name): row for row in self.inactives for name in row.names}

    def same(self, one: str, other: str) -> bool:
        """Tell whether two names are of one substance."""
        if self.bare(one) == self.bare(other):
            return True
        row = self.inactive(one)
        return row is not None and row is self.inactive(other)

    def is_any(self, name: str, others: Iterable[str]) -> bool:
        """Tell whether a name is of one of several substances."""
        return any(self.same(name, each) for each in others)


def spelt(text: str) -> str:
    """Bring a text to small letters and digits with single spaces between its words."""
    return " ".join(_SIGNS.sub(" ", text.casefold()).split())


def read_vocabulary(top: Reader) -> Vocabulary:
    """Read the words from a file's table. Raises BadResource naming file, row and key."""
    return Vocabulary(
        tuple(map(_read_inactive, top.tables("inactives"))),
        tuple(map(_read_order_words, top.tables("order_words"))),
        tuple(_read_list(top, key) for key in LISTS),
    )


def _read_inactive(row: Reader) -> Inactive:
    row.only({"names", "parts"} | STANDING)
    return Inactive(
        _some(row, "names"), row.words("parts", Part), row.text("source"), **row.standing()
    )


def _read_order_words(row: Reader) -> OrderWords:
    row.only({"words", "forms"} | STANDING)
    return OrderWords(
        _some(row, "words"), row.words("forms", Form), row.text("source"), **row.standing()
    )


def _read_list(top: Reader, key: str) -> WordList:
    row = top.table(key)
    row.only({"words"} | STANDING)
    return WordList(key, _some(row, "words"), row.text("source"), **row.standing())


def _some(row: Reader, key: str) -> tuple[str, ...]:
    found = row.texts(key)
    if not found:
        raise row.bad(key)
    return found
