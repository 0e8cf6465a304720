"""What never stands on a label: words a law or the facts of the medicine forbid, as rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from labelapp.rules.row import STANDING, Reader, Row


@dataclass(frozen=True)
class Never(Row):
    """Words that never stand on a label, with what is right in their place.

    `texts` are whole words, whatever their case and whether a space or a hyphen parts them. They
    are sought in the elements named by `on`, in all when it is empty; a word of `unless` in the
    same element makes them right.
    """

    id: str
    texts: tuple[str, ...]
    instead: str
    citation: str
    on: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()

    def may_be_in(self, text: str) -> bool:
        """Tell, quicker than by seeking it, whether a text of many elements may hold such words."""
        said = " ".join(_plain(text).casefold().replace("-", " ").split())
        return any(each in said for each in _bare(self.texts))

    def found_in(self, key: str, text: str) -> str:
        """Give the words as they stand in an element's text; empty when they do not."""
        if (self.on and key not in self.on) or _first(self.unless, text):
            return ""
        return _first(self.texts, text)


def read_never(row: Reader, keys: frozenset[str]) -> Never:
    """Read one row; `keys` are the elements there are. Raises BadResource."""
    row.only({"id", "texts", "instead", "on", "unless"} | STANDING)
    texts, on = row.texts("texts"), row.texts("on")
    if not texts:
        raise row.bad("texts")
    if not keys.issuperset(on):
        raise row.bad("on")
    return Never(
        id=row.text("id"),
        texts=texts,
        instead=row.text("instead"),
        citation=row.text("source"),
        on=on,
        unless=row.texts("unless"),
        **row.standing(),
    )


def _first(texts: Sequence[str], text: str) -> str:
    found = _pattern(tuple(texts)).search(_plain(text)) if texts else None
    return found.group() if found else ""


@cache
def _pattern(texts: tuple[str, ...]) -> re.Pattern[str]:
    words = (map(re.escape, re.split(r"[\s-]+", _plain(each))) for each in texts)
    said = "|".join(r"[\s-]+".join(each) for each in words)
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)", re.IGNORECASE)


@cache
def _bare(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Give texts with neither case nor hyphens."""
    return tuple(" ".join(re.split(r"[\s-]+", _plain(each).casefold())) for each in texts)


def _plain(text: str) -> str:
    return text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
