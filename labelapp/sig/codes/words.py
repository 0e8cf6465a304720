"""The words of a sig: the table a pharmacist approves, in the form the scanner wants."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from types import MappingProxyType
from typing import Any

from labelapp.rx.errors import BadResource
from labelapp.sig.codes.atoms import atoms
from labelapp.sig.codes.own import OwnCodes

ROLES = frozenset(
    {
        "a", "after", "and", "at", "between", "break", "by", "close-paren", "condition", "count", "dash", "days", "decrease",
        "directed", "drug", "every", "for", "for-reason", "formword", "go-on", "half-day", "hours", "house", "in-day",
        "if", "increase", "kept", "length", "manner", "mass", "meal", "most", "most-day", "night", "number",
        "on", "once", "onward", "open", "open-paren", "or", "order", "other", "passive", "pause", "per",
        "period", "pill", "prn", "prn-for", "rate", "reason", "repeat", "reason-word", "refuse", "route", "skip", "stop",
        "then", "times", "to", "unit", "unsupported", "until", "upto", "verb", "verb-none",
        "warn", "weekday", "when", "window", "word",
    }
)  # fmt: skip
"""Every use the reader can make of a word; a row that names another is damaged."""

_LONG_ENOUGH = 5
"""Letters of a word that can be told by all but one of them."""

NEIGHBOURS = frozenset(
    {
        "", "after-dose", "after-number", "after-unit", "before-length", "before-unit",
        "beside-number", "dose", "never", "not-before-period",
    }
)  # fmt: skip
"""What a row may ask of its neighbours."""


@dataclass(frozen=True, slots=True)
class Word:
    """One row of `resources/sig/`: how it is written, its group, what it means, its flag.

    `group` is one of verb, form, number, route, time, direction, meal, link, reason, end and
    what `resources/sig/en.toml` adds to them; `flag` is empty, `confirm`, `ISMP` or `reject`.
    `reads` is what the reader does with it ("when bedtime"; a semicolon parts two uses), `only`
    the neighbours it needs to have this meaning.
    """

    code: str
    group: str
    meaning: str
    flag: str = ""
    note: str = ""
    source: str = ""
    reads: str = "unsupported"
    only: str = ""

    @property
    def uses(self) -> tuple[tuple[str, str], ...]:
        """Give what the reader does with this word, as pairs of role and value."""
        return _uses(self.reads)


@cache
def _uses(reads: str) -> tuple[tuple[str, str], ...]:
    parts = (part.strip().partition(" ") for part in reads.split(";"))
    return tuple((role, value) for role, _, value in parts)


def _atoms_of(code: str) -> tuple[str, ...]:
    """Give the atoms of a code; plain words are their own, which spares most codes the patterns."""
    words = code.split(" ")
    if code.isascii() and all(word.isalpha() for word in words):
        return tuple(word.lower() for word in words)
    return tuple(each.text for each in atoms(code))


@dataclass(frozen=True)
class Lexicon:
    """All words of one language. A code that stands twice is ambiguous until context decides.

    `most_pieces`, `most_ml` and `most_g` are the largest single doses read without a question;
    `others` are words that tell directions in other languages.
    `own` are the pharmacy's own codes, read beside the words.
    """

    language: str
    words: tuple[Word, ...]
    most_pieces: Decimal = Decimal(10)
    most_ml: Decimal = Decimal(20)
    most_g: Decimal = Decimal(20)
    own: OwnCodes = field(default_factory=OwnCodes)
    others: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def by_atoms(self) -> Mapping[tuple[str, ...], tuple[Word, ...]]:
        """Give the rows by the atoms of their code, as the scanner looks them up."""
        found: dict[tuple[str, ...], list[Word]] = {}
        for word in self.words:
            found.setdefault(_atoms_of(word.code), []).append(word)
        return MappingProxyType({key: tuple(rows) for key, rows in found.items()})

    @cached_property
    def longest(self) -> Mapping[str, int]:
        """Give for each first atom the number of atoms of the longest code beginning with it."""
        found: dict[str, int] = {}
        for key in self.by_atoms:
            found[key[0]] = max(len(key), found.get(key[0], 0))
        return MappingProxyType(found)

    @cached_property
    def _slips(self) -> Mapping[str, frozenset[str]]:
        """Give for each spelling with one letter lost the words it may have been."""
        found: dict[str, set[str]] = {}
        for key, rows in self.by_atoms.items():
            plain = len(key) == 1 and key[0].isalpha() and len(key[0]) >= _LONG_ENOUGH
            if plain and not any(row.flag for row in rows):
                for spelling in _with_one_lost(key[0]):
                    found.setdefault(spelling, set()).add(key[0])
        return MappingProxyType({spelling: frozenset(words) for spelling, words in found.items()})

    def near(self, text: str) -> tuple[str, ...]:
        """Give the words a text may be with one letter wrong, lost, added or two changed round."""
        if len(text) < _LONG_ENOUGH or not text.isalpha():
            return ()
        spellings = _with_one_lost(text)
        return tuple(sorted({word for each in spellings for word in self._slips.get(each, ())}))


def _with_one_lost(text: str) -> set[str]:
    return {text, *(text[:place] + text[place + 1 :] for place in range(len(text)))}


@dataclass
class _Rows:
    file: str
    words: list[Word] = field(default_factory=list)

    def add(self, row: Mapping[str, Any], source: str) -> None:
        """Take one row; `codes` lists several ways to write it, a row without meaning means itself."""
        listed = row.get("codes", [row.get("code", "")])
        texts = {key: str(value) for key, value in row.items() if key not in {"code", "codes"}}
        name = str(listed[0]) if isinstance(listed, list) and listed else ""
        unknown = set(texts) - {"group", "meaning", "flag", "note", "reads", "only"}
        if unknown or not name or not {"group", "reads"} <= set(texts):
            raise BadResource("resource.bad-row", name=self.file, row=name, key="code")
        if not {role for role, _ in _uses(texts["reads"])} <= ROLES:
            raise BadResource("resource.bad-row", name=self.file, row=name, key="reads")
        if texts.get("only", "") not in NEIGHBOURS:
            raise BadResource("resource.bad-row", name=self.file, row=name, key="only")
        for code in map(str, listed):
            self.words.append(Word(source=source, **{"meaning": code, **texts, "code": code}))


def read_lexicon(table: Mapping[str, Any], file: str) -> Lexicon:
    """Read the table of one language. Raises BadResource for a row the reader cannot use."""
    rows = _Rows(file)
    for section in table.get("section", ()):
        for row in section.get("rows", ()):
            rows.add(row, str(section.get("source", "")))
    most = table.get("most", {})
    return Lexicon(
        str(table.get("language", "")),
        tuple(rows.words),
        Decimal(most.get("pieces", 10)),
        Decimal(most.get("mL", 20)),
        Decimal(most.get("g", 20)),
        others=MappingProxyType(_others(table.get("other", ()), file)),
    )


def _others(rows: Sequence[Mapping[str, Any]], file: str) -> dict[str, frozenset[str]]:
    """Give the words that tell other languages, by the name of the language."""
    found: dict[str, frozenset[str]] = {}
    for row in rows:
        if not isinstance(row.get("words"), list) or not row.get("language"):
            raise BadResource("resource.bad-row", name=file, row="other", key="words")
        found[str(row["language"])] = frozenset(str(each).casefold() for each in row["words"])
    return found
