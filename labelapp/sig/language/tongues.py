"""Tongues: a closed table of whole sentences in one other language, read and checked row by row."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from labelapp.rx.errors import BadResource
from labelapp.rx.timing import WEEK
from labelapp.sig.language.nouns import FORMS, Noun, read_noun
from labelapp.sig.language.plurals import PLURALS, Plurals
from labelapp.sig.language.shape import COUNTS, PARTS, SLOT, UNITS, kind_of, numerals

DRAFT = "DRAFT"
MOST_ROWS, LONGEST = 2_000, 400
"""Rows of a table and characters of a row; a larger one is damaged or hostile."""

_HEAD = ("language", "name", "status", "source", "colon")
_STANDING = ("verified", "approved_by", "approved_on")
_TABLES = ("part", "weekdays", "date", "clock", "lead", "sentence", *FORMS)
_HOURS = tuple(str(hour) for hour in range(24))
_USUAL = {"date": "on", "clock": "at"}
_PLACE = re.compile(r"\{([^{}]*)\}")
_MARKUP = frozenset("<>&`\\")
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True)
class Row:
    """One sentence: the English line with its slots, the translation, who worded it and a remark."""

    english: str
    text: str
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Dates:
    """How a date is written: `{day} de {month} de {year}`, and the twelve months."""

    pattern: str
    months: tuple[str, ...]


@dataclass(frozen=True)
class Tongue:
    """How directions are said in one other language.

    `sentences` and `leads` are whole rows by their English, `nouns` what stands in a slot by
    form and noun, `words` the words that stand for a number, parts of a piece and months, with
    the number they stand for. `dates` None: no line with a date has a sentence. `clock` has the
    24 hours of the day as they stand after `at`, or in another form. `sha256` is the
    digest of all of the table's content: whoever approves the table approves that content.
    """

    language: str
    name: str
    status: str
    source: str
    colon: str
    sentences: Mapping[str, Row]
    leads: Mapping[str, Row]
    nouns: Mapping[str, Mapping[str, Noun]]
    words: Mapping[str, str]
    weekdays: Mapping[str, str]
    dates: Dates | None
    clock: Mapping[str, Mapping[str, str]]
    plurals: Plurals
    sha256: str


def digest(table: Mapping[str, Any]) -> str:
    """Give the SHA-256 of a table's content, whatever the order and the lay-out of its file."""
    text = json.dumps(table, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def read_tongue(table: Mapping[str, Any], file: str) -> Tongue:
    """Read the table of one language.

    Raises BadResource for a head or table that is missing or unknown, a noun without a plural
    category the language has, a slot that is not the English line's, a row whose numerals differ
    from its English, and text that holds markup or characters that cannot be seen.
    """
    head = _head(table, file)
    plurals = PLURALS[head["language"]]
    parts = _parts(table, file)
    nouns = {
        form: MappingProxyType(_nouns(table.get(form, {}), form, plurals, parts, file))
        for form in FORMS
    }
    known = {form: frozenset(each) for form, each in nouns.items()}
    dates = _dates(table, file)
    clock = _clock(table, file)
    known |= {"clock": frozenset(clock), "date": frozenset(["on"] if dates else [])}
    reader = _Rows(file, parts, known)
    sentences = reader.read(table["sentence"], "sentence")
    months = dates.months if dates else ()
    named = {month: str(place) for place, month in enumerate(months, 1) if not month.isdecimal()}
    return Tongue(
        **head,
        sentences=MappingProxyType(sentences),
        leads=MappingProxyType(reader.read(table.get("lead", {}), "lead")),
        nouns=MappingProxyType(nouns),
        words=MappingProxyType({**parts, **named}),
        weekdays=MappingProxyType(_weekdays(table, file)),
        dates=dates,
        clock=MappingProxyType(clock),
        plurals=plurals,
        sha256=digest(table),
    )


def is_clean(text: object) -> bool:
    """Tell whether a text may stand in a table: seen, composed, bounded, without markup."""
    return (
        isinstance(text, str)
        and 0 < len(text) <= LONGEST
        and unicodedata.is_normalized("NFC", text)
        and not any(each in _MARKUP or unicodedata.category(each) in _UNSEEN for each in text)
    )


def bad(file: str, row: str, key: str) -> BadResource:
    """Name a row that cannot be used."""
    return BadResource("resource.bad-row", name=file, row=row, key=key)


def _head(table: Mapping[str, Any], file: str) -> dict[str, str]:
    unknown = [key for key in table if key not in {*_HEAD, *_STANDING, *_TABLES}]
    unclean = [key for key in _HEAD if not is_clean(table.get(key))]
    no_tables = [key for key in _TABLES if not _is_table(table.get(key, {}))]
    lacking = [] if "sentence" in table else ["sentence"]
    if str(table.get("language")) not in PLURALS:
        lacking.append("language")
    for key in (*unknown, *unclean, *no_tables, *lacking):
        raise bad(file, "head", str(key)[:LONGEST])
    return {key: table[key] for key in _HEAD}


def _is_table(part: object) -> bool:
    return isinstance(part, Mapping) and len(part) <= MOST_ROWS


def _parts(table: Mapping[str, Any], file: str) -> dict[str, str]:
    """Read the words of a language for parts of a piece: half = ["media", "medio"]."""
    found: dict[str, str] = {}
    for part, words in table.get("part", {}).items():
        if part not in PARTS.values() or not isinstance(words, list | tuple):
            raise bad(file, "part", str(part))
        for word in words:
            if not is_clean(word) or word in found:
                raise bad(file, "part", str(part))
            found[word] = part
    return found


def _weekdays(table: Mapping[str, Any], file: str) -> dict[str, str]:
    words = dict(table.get("weekdays", {}))
    for key in (*WEEK, "between", "last") if words else ():
        if not is_clean(words.get(key)) or numerals(words[key], {}) or "{" in words[key]:
            raise bad(file, "weekdays", key)
    return words


def _dates(table: Mapping[str, Any], file: str) -> Dates | None:
    """Read how dates are written; months are twelve words, or the numbers 1 to 12."""
    if "date" not in table:
        return None
    row = table["date"]
    pattern, months = row.get("pattern"), row.get("months")
    slots = sorted(_PLACE.findall(pattern)) if is_clean(pattern) else []
    if slots != ["day", "month", "year"] or _has_brace(pattern):
        raise bad(file, "date", "pattern")
    if not isinstance(months, list | tuple) or len({str(each) for each in months}) != 12:
        raise bad(file, "date", "months")
    counted = [str(place) for place in range(1, 13)]
    for place, each in zip(counted, months, strict=True):
        if not is_clean(each) or (each != place and numerals(each, {})) or "{" in each:
            raise bad(file, "date", "months")
    return Dates(pattern, tuple(months))


def _clock(table: Mapping[str, Any], file: str) -> dict[str, Mapping[str, str]]:
    """Read the hours of the day: 21 = "las 9 de la noche", each with its numeral of twelve."""
    found: dict[str, Mapping[str, str]] = {}
    for form, hours in table.get("clock", {}).items():
        if form not in {"at", "of"} or not isinstance(hours, Mapping) or set(hours) != {*_HOURS}:
            raise bad(file, "clock", str(form))
        for hour, text in hours.items():
            numeral = Counter([str(int(hour) % 12 or 12)])
            if not is_clean(text) or "{" in text or numerals(text, {}) != numeral:
                raise bad(file, f"clock.{form}", hour)
        found[form] = MappingProxyType(dict(hours))
    return found


def _nouns(
    table: Mapping[str, Any], form: str, plurals: Plurals, parts: Mapping[str, str], file: str
) -> dict[str, Noun]:
    found = {}
    for name, row in table.items():
        if name not in (*UNITS, *COUNTS) or not isinstance(row, Mapping):
            raise bad(file, form, str(name))
        noun = read_noun(row, plurals, parts)
        texts = noun.texts if isinstance(noun, Noun) else ()
        if not isinstance(noun, Noun) or not all(map(is_clean, texts)):
            raise bad(file, f"{form}.{name}", noun if isinstance(noun, str) else "text")
        found[name] = noun
    return found


@dataclass(frozen=True)
class _Rows:
    """Reads rows of sentences against the nouns and the words for parts that the table has."""

    file: str
    parts: Mapping[str, str]
    known: Mapping[str, frozenset[str]]

    def read(self, table: Mapping[str, Any], kind: str) -> dict[str, Row]:
        """Read every row of one kind."""
        return {english: self._row(english, given, kind) for english, given in table.items()}

    def _row(self, english: str, given: object, kind: str) -> Row:
        fields = {"text": given} if isinstance(given, str) else given
        if not isinstance(fields, Mapping) or not set(fields) <= {"text", "source", "note"}:
            raise bad(self.file, kind, english[:LONGEST])
        if not english.isascii() or not all(map(is_clean, (english, *fields.values()))):
            raise bad(self.file, kind, english[:LONGEST])
        row = Row(english, str(fields.get("text", "")), **_remarks(fields))
        if not row.text or not self._slots_agree(row) or not self._numerals_agree(row):
            raise bad(self.file, kind, english)
        return row

    def _slots_agree(self, row: Row) -> bool:
        """Tell whether a translation has each slot of its English once, and a form for it."""
        wanted, found = _PLACE.findall(row.english), _PLACE.findall(row.text)
        if not _in_order(wanted) or _has_brace(row.english) or _has_brace(row.text):
            return False
        if Counter(wanted) != Counter(each.partition(":")[0] for each in found):
            return False
        return all(self._has_form(*each.partition(":")) for each in found)

    def _has_form(self, slot: str, colon: str, form: str) -> bool:
        kind = kind_of(slot)
        if kind in {"day", "weekdays"}:
            return not colon
        if kind in {"date", "clock"}:
            return (form if colon else _USUAL[kind]) in self.known[kind]
        if kind == "dose":
            return form in FORMS if colon else bool(self.known["dose"])
        return kind in self.known.get(form if colon else "count", frozenset())

    def _numerals_agree(self, row: Row) -> bool:
        """Tell whether what stands outside the slots has the numerals of the English."""
        wanted = numerals(_PLACE.sub(" ", row.english), PARTS)
        found = numerals(_PLACE.sub(" ", row.text), self.parts)
        return wanted == found and not (wanted and _PLACE.search(row.english))


def _remarks(fields: Mapping[str, Any]) -> dict[str, str]:
    return {key: str(fields[key]) for key in ("source", "note") if key in fields}


def _has_brace(text: str) -> bool:
    return any(each in "{}" for each in _PLACE.sub("", text))


def _in_order(slots: list[str]) -> bool:
    """Tell whether slots are named as a line gives them: dose, then dose_2."""
    seen: Counter[str] = Counter()
    for slot in slots:
        seen[kind_of(slot)] += 1
        place = seen[kind_of(slot)]
        if not SLOT.fullmatch(slot) or slot != kind_of(slot) + (f"_{place}" if place > 1 else ""):
            return False
    return True
