"""The limits of intake: how large, how deep and of which characters a file from outside may be.

Whatever is beyond them is refused by name before any reader of a format sees it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NoReturn

from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile
from labelapp.rx.finding import Finding, Settler, Severity, Span, ask, note, stop

MOST_BYTES = 2_000_000
MOST_NODES = 50_000
MOST_DEPTH = 64
MOST_DIGITS = 40
MOST_TEXT = 4_000
MOST_SIG = 1_000
"""NCPDP SCRIPT 2017071 carries directions of at most 1,000 characters."""
MOST_NOTE = 210
"""NCPDP SCRIPT carries a note to the pharmacist of at most 210 characters."""
MOST_INGREDIENTS = 25
MOST_STEPS = 40
MOST_IN_A_LIST = 25
MOST_PRESCRIPTIONS = 50

_WORD = re.compile(r"[^\W\d_]{2,}")
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK")
_MICROGRAM = {"\N{GREEK SMALL LETTER MU}g", "\N{GREEK SMALL LETTER MU}l"}
_REFUSED = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
_LOST = "\N{REPLACEMENT CHARACTER}"


AS_WRITTEN = frozenset(
    {"sig", "dosageInstruction", "decisions", "instructions", "message_findings"}
)
"""The keys below which no character is changed: the directions, and whatever quotes them."""


class Numeral(str):
    """A number of a JSON file, kept to the letter: 4.50 stays 4.50, whatever its length."""

    __slots__ = ()


def is_text(value: Any) -> bool:
    """Tell whether a value of a JSON file is a text, and not a number kept to the letter."""
    return isinstance(value, str) and not isinstance(value, Numeral)


def load(data: bytes) -> Any:
    """Read the bytes of a JSON file: numbers to the letter, texts in NFC, nothing said twice.

    Directions keep the very characters they were written in: those are evidence.

    Raises UnreadableFile for what is too large, no UTF-8, no JSON, too deep or has a key twice.
    """
    text = decode(data)
    try:
        tree = json.loads(
            text,
            object_pairs_hook=_once,
            parse_constant=_no_number,
            parse_float=_numeral,
            parse_int=_numeral,
        )
    except json.JSONDecodeError as no:
        raise UnreadableFile(
            "file.not-json", line=str(no.lineno), column=str(no.colno)
        ) from None  # the error itself holds the whole text, patient and all
    except RecursionError:
        raise UnreadableFile("file.too-deep", most=str(MOST_DEPTH)) from None
    return _Cleaner().clean(tree, 0)


def decode(data: bytes) -> str:
    """Read bytes as UTF-8 text, with or without its mark in front. Raises UnreadableFile."""
    if len(data) > MOST_BYTES:
        raise UnreadableFile("file.too-large", most="2 MB")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as no:
        raise UnreadableFile("file.not-text", byte=str(no.start + 1)) from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Make an object, and refuse a key that stands twice: nobody knows which of the two is meant."""
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise UnreadableFile("file.duplicate-key", key=short(twice))
    return made


def _no_number(word: str) -> NoReturn:
    raise UnreadableFile("file.not-a-number", text=word)


def _numeral(text: str) -> Numeral:
    if len(text) > MOST_DIGITS:
        raise UnreadableFile("file.number-too-long", most=str(MOST_DIGITS), digits=str(len(text)))
    return Numeral(text)


class _Cleaner:
    """Walks a tree once: counts its parts and its depth, and brings every text to one form."""

    def __init__(self) -> None:
        self.nodes = 0

    def clean(self, value: Any, depth: int, *, as_written: bool = False) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise UnreadableFile("file.too-many-parts", most=f"{MOST_NODES:,}")
        if depth > MOST_DEPTH:
            raise UnreadableFile("file.too-deep", most=str(MOST_DEPTH))
        if isinstance(value, Numeral):
            return value
        if isinstance(value, str):
            return whole_text(value) if as_written else one_form(value)
        if isinstance(value, list):
            return [self.clean(each, depth + 1, as_written=as_written) for each in value]
        if isinstance(value, dict):
            return _once(
                [
                    (
                        one_form(key),
                        self.clean(each, depth + 1, as_written=as_written or key in AS_WRITTEN),
                    )
                    for key, each in value.items()
                ]
            )
        return value


def whole_text(text: str) -> str:
    """Give a text plain line ends; half a surrogate pair becomes U+FFFD."""
    if text.isascii() and "\r" not in text:
        return text
    whole = "".join(_LOST if unicodedata.category(char) == "Cs" else char for char in text)
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def one_form(text: str) -> str:
    """Bring a text to NFC with plain line ends; half a surrogate pair becomes U+FFFD.

    Never NFKC: that would turn one and a half into eleven halves.
    """
    return unicodedata.normalize("NFC", whole_text(text))


def bounded(field: str, text: str) -> str:
    """Give a field's text back, or raise UnreadableFile when no field is ever that long."""
    if len(text) > MOST_TEXT:
        raise UnreadableFile(
            "file.text-too-long", field=field, most=f"{MOST_TEXT:,}", length=f"{len(text):,}"
        )
    return text


def bounded_list(field: str, entries: list[Any], most: int = MOST_IN_A_LIST) -> list[Any]:
    """Give a list back, or raise UnreadableFile when it has more entries than any prescription."""
    if len(entries) > most:
        raise UnreadableFile("file.too-many-entries", field=field, most=str(most))
    return entries


def is_refused(char: str) -> bool:
    """Tell whether no field may hold this character: control, invisible, private or lost."""
    return char == _LOST or (unicodedata.category(char) in _REFUSED and char not in "\t\n")


def visible(text: str) -> str:
    """Write a text so that a screen shows every character of it: U+202E as `<U+202E>`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(f"<U+{ord(char):04X}>" if is_refused(char) else char for char in text)


def short(text: str, most: int = 80) -> str:
    """Write a text visibly and shortly, for a finding that only points at it."""
    return visible(text if len(text) <= most else text[:most] + "...")


def text_findings(field: str, text: str) -> tuple[Finding, ...]:
    """Say what is wrong with a field's text as such: its characters, its scripts, its length.

    Depends on nothing but the text, so that the form may ask again at every change.
    """
    found = [*_characters(field, text), *_scripts(field, text)]
    if field == "sig" and len(text) > MOST_SIG:
        most = f"{MOST_SIG:,}"
        found.append(
            stop("text.sig-too-long", field, Settler.NOBODY, most=most, length=f"{len(text):,}")
        )
    if field == "note" and len(text) > MOST_NOTE:
        found.append(note("text.note-long", field, most=str(MOST_NOTE), length=str(len(text))))
    return tuple(found)


def _characters(field: str, text: str) -> Iterable[Finding]:
    if text.isascii() and text.isprintable():
        return
    places = [place for place, char in enumerate(text) if is_refused(char)]
    if places:
        names = dict.fromkeys(_name(text[place]) for place in places)
        yield Finding(
            "text.character-refused",
            Severity.STOP,
            Settler.NOBODY,
            field,
            (("characters", ", ".join([*names][:5])),),
            tuple(Span(place, place + 1) for place in places[:50]),
        )


def _name(char: str) -> str:
    code = f"U+{ord(char):04X}"
    name = unicodedata.name(char, "").lower()
    return f"{code} ({name})" if name else code


def _scripts(field: str, text: str) -> Iterable[Finding]:
    """Find words that mix alphabets which look alike: a Cyrillic a in Naltrexone."""
    if text.isascii():
        return
    for word in _WORD.finditer(text):
        if word.group() in _MICROGRAM or len(_alphabets(word.group())) < 2:
            continue
        question = ask("text.mixed-alphabets", field, word=word.group())
        yield replace(question, spans=(Span(*word.span()),))


def _alphabets(word: str) -> set[str]:
    names = (unicodedata.name(char, "").partition(" ")[0] for char in word)
    return {name for name in names if name in _SCRIPTS}


def examined(draft: Draft) -> Draft:
    """Give a draft with the findings about its texts as they stand now, in place of older ones.

    Every text but the directions comes out in NFC, however it was typed.
    May be asked again after every change; a text beyond all bounds is a finding here, for a form
    holds what was typed and can only say so.
    """
    others = [each for each in draft.findings if not each.code.startswith("text.")]
    written = {field: _composed(field, text) for field, text in draft.written.items()}
    found = [
        finding
        for field, text in written.items()
        for finding in (_beyond_bounds(field, text) or text_findings(field, text))
    ]
    return replace(draft, written=written, findings=(*others, *found))


def _composed(field: str, text: str) -> str:
    if field == "sig" or unicodedata.is_normalized("NFC", text):
        return text
    return unicodedata.normalize("NFC", text)


def _beyond_bounds(field: str, text: str) -> tuple[Finding, ...]:
    if len(text) <= MOST_TEXT:
        return ()
    return (
        stop(
            "text.too-long",
            field,
            Settler.NOBODY,
            most=f"{MOST_TEXT:,}",
            length=f"{len(text):,}",
        ),
    )
