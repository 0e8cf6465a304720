"""The words of a sig: the table a pharmacist approves, in the form the scanner wants."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """One row of `resources/sig/`: how it is written, its group, what it means, its flag.

    `group` is one of verb, form, number, route, time, direction, meal, link, reason, end and
    what `resources/sig/en.toml` adds to them; `flag` is empty, `confirm`, `ISMP` or `reject`.
    """

    code: str
    group: str
    meaning: str
    flag: str = ""
    note: str = ""
    source: str = ""


@dataclass(frozen=True)
class Lexicon:
    """All words of one language. A code that stands twice is ambiguous until context decides."""

    language: str
    words: tuple[Word, ...]
