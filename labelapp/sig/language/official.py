"""The importer: sentences of an official file, each set beside the English line it stands for."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from labelapp.rx.errors import BadResource, UnreadableFile
from labelapp.rx.finding import Finding, Settler, stop
from labelapp.sig.language.nouns import FORMS
from labelapp.sig.language.shape import NUMBER_WORDS, numerals, put_back, shape_of
from labelapp.sig.language.tongues import DRAFT, MOST_ROWS, Tongue, is_clean, read_tongue

_HEADER = "english"
_SEPARATORS = "\t,;"


@dataclass(frozen=True)
class OfficialRow:
    """One row of an official file: its place, English, translation, and its id or source."""

    place: int
    english: str
    text: str
    source: str = ""


@dataclass(frozen=True)
class Imported:
    """What came of an official file: the table of what was placed, and what was not, with why."""

    table: Mapping[str, Any]
    placed: int
    findings: tuple[Finding, ...]


def read_official(text: str, name: str) -> tuple[OfficialRow, ...]:
    """Read the rows of a CSV or TSV: English, translation, then id and source if there are.

    A first row that begins with `english` names the columns. Raises UnreadableFile.
    """
    first = text.partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    found: list[OfficialRow] = []
    try:
        for place, cells in enumerate(
            csv.reader(text.splitlines(keepends=True), delimiter=separator, strict=True), 1
        ):
            if place > MOST_ROWS:
                raise UnreadableFile("phrases.too-many-rows", name=name, most=str(MOST_ROWS))
            if any(map(str.strip, cells)) and (place > 1 or not _is_header(cells)):
                found.append(_row(place, cells))
    except csv.Error as broken:
        raise UnreadableFile("phrases.not-a-table", name=name) from broken
    if not found:
        raise UnreadableFile("phrases.no-rows", name=name)
    return tuple(found)


def _is_header(cells: list[str]) -> bool:
    return cells[0].strip().casefold() == _HEADER


def _row(place: int, cells: list[str]) -> OfficialRow:
    english, text, *more = (*(" ".join(each.split()) for each in cells), "", "")[:4]
    return OfficialRow(place, english, text, ", ".join(each for each in more if each))


def imported(rows: Iterable[OfficialRow], shipped: Mapping[str, Any], source: str) -> Imported:
    """Set the sentences of an official file into a table of their own, a draft like any other.

    An English sentence must be one of ours, with its numbers or with our {slots}; the shipped
    table says which those are and lends the nouns for slots. Nothing of the shipped sentences
    goes along: what an official file does not hold stays English.
    """
    base = read_tongue(shipped, source)
    lent = {
        key: shipped[key] for key in ("part", "weekdays", "date", "clock", *FORMS) if key in shipped
    }
    frame = {**_head(base, source), **lent}
    placed: dict[str, dict[str, str]] = {}
    found: list[Finding] = []
    for row in rows:
        english = row.english.removesuffix(".")
        code = _why_not(row, english, base, frame) or _twice(row, placed.get(english))
        if code:
            shown = row.english[:200]
            found.append(stop(code, "", Settler.NOBODY, row=str(row.place), english=shown))
        else:
            fields = {"text": row.text, "source": row.source}
            placed[english] = {key: text for key, text in fields.items() if text}
    table = {**frame, "sentence": placed}
    read_tongue(table, source)
    return Imported(table, len(placed), tuple(found))


def _head(base: Tongue, source: str) -> dict[str, Any]:
    standing = {"verified": False, "approved_by": "", "approved_on": ""}
    names = {"language": base.language, "name": base.name, "colon": base.colon}
    return {**names, "status": DRAFT, "source": source, **standing}


def _why_not(row: OfficialRow, english: str, base: Tongue, frame: Mapping[str, Any]) -> str:
    """Say why a row has no place; empty when it has one."""
    if not row.english or not row.text:
        return "phrases.empty"
    if not all(map(is_clean, (english, row.text))) or (row.source and not is_clean(row.source)):
        return "phrases.unclean"
    if not _is_ours(english, base):
        return "phrases.not-ours"
    if "{" not in english + row.text and "}" not in row.text:
        agree = numerals(english, NUMBER_WORDS) == numerals(row.text, base.words)
        return "" if agree else "phrases.numerals-differ"
    try:
        read_tongue({**frame, "sentence": {english: row.text}}, "")
    except BadResource:
        return "phrases.slots-differ"
    return ""


def _is_ours(english: str, base: Tongue) -> bool:
    if english in base.sentences:
        return True
    shape = shape_of(english)
    return shape is not None and shape.text in base.sentences and put_back(shape) == english


def _twice(row: OfficialRow, before: Mapping[str, str] | None) -> str:
    return "phrases.twice" if before and before["text"] != row.text else ""
