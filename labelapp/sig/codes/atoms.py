"""Atoms: directions cut into numbers, words and marks, each with its place in the text."""

from __future__ import annotations

import re
import string
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

LOWER = str.maketrans(string.ascii_uppercase + "’", string.ascii_lowercase + "'")
"""Only ASCII changes case: other letters keep their length and stay strange."""

_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_NUMBER = re.compile(
    rf"""
      (?P<whole>[0-9]+)?[^\S\n]?(?P<vulgar>[{_VULGAR}])
    | (?:(?P<before>[0-9]+)\ )?(?P<top>[0-9]+)[/⁄](?P<bottom>[0-9]+)(?![0-9/⁄.])
    | (?P<grouped>[0-9]{{1,3}}(?:,[0-9]{{3}})+(?:\.[0-9]+)?)(?![0-9])
    | (?P<comma>[0-9]*,[0-9]+)
    | (?P<plain>[0-9]+(?:\.[0-9]+)?|\.[0-9]+)
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_DOTTED = re.compile(r"(?<![^\W_])(?:[A-Za-z]\.){2,}[A-Za-z]?(?![A-Za-z0-9])")
_ARROW = re.compile(r"->|=>")
_SPLIT_AFTER = re.compile(r"(?:\.\s+|\s+\.|\.\.|\.)[0-9]|,[0-9]")
_PADDED = re.compile(r"0[0-9]")
_BROKEN_BEFORE = re.compile(r"(?:[0-9.]\s*|,|[^\W\d_])\Z")


@dataclass(frozen=True)
class Atom:
    """A number, a word or a single mark of the text.

    `text` is lower case; `number` is a number's exact value; `trouble` says why a number is no
    number that can be used as it stands: `comma`, `grouped`, `split` or `size`.
    """

    text: str
    start: int
    end: int
    number: Fraction | None = None
    trouble: str = ""


def atoms(text: str) -> tuple[Atom, ...]:
    """Cut a text into atoms; white space alone lies between them, nothing is lost."""
    found: list[Atom] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        atom = _atom(text, place)
        found.append(atom)
        place = atom.end
    return tuple(found)


def _atom(text: str, place: int) -> Atom:
    if number := _NUMBER.match(text, place):
        return _number(text, number)
    for pattern in (_DOTTED, _WORD, _ARROW):
        if match := pattern.match(text, place):
            said = match[0].translate(LOWER)
            return Atom(said.replace(".", ""), place, match.end())
    return Atom(text[place], place, place + 1)


def _number(text: str, match: re.Match[str]) -> Atom:
    said = match[0].lstrip()
    start, end = match.end() - len(said), match.end()
    if match["comma"] and not text[start].isdigit():
        return Atom(",", start, start + 1)  # ", 5" without its space: a mark, then a number
    if match["comma"]:
        return Atom(said, start, end, None, "comma")
    trouble = _trouble(text, match)
    if match["grouped"]:
        return Atom(said, start, end, _plain(said.replace(",", "")), trouble or "grouped")
    value = _plain(said) if match["plain"] else _mixed(match)
    return Atom(said, start, end, value, trouble or ("" if value is not None else "size"))


def _trouble(text: str, match: re.Match[str]) -> str:
    """Say whether a point or comma beside the number makes it uncertain where it ends."""
    if _SPLIT_AFTER.match(text, match.end()):
        return "split"
    if _PADDED.match(text, match.start()) and ":" not in {
        text[match.start() - 1 : match.start()],
        text[match.end() : match.end() + 1],
    }:
        return "split"  # 01 may be a lost point; 08:00 is a time
    if match[0].startswith(".") and _BROKEN_BEFORE.search(text[: match.start()][-12:]):
        return "split"
    return ""


def _plain(said: str) -> Fraction | None:
    whole, _, part = said.partition(".")
    return Fraction(said) if len(whole) <= 7 and len(part) <= 6 else None


def _mixed(match: re.Match[str]) -> Fraction | None:
    """Add up 1½ and 1 1/2. A fraction of 1 or more (11/2) may be a lost space: no number."""
    if match["vulgar"]:
        part = Fraction(unicodedata.numeric(match["vulgar"])).limit_denominator(10)
        whole = match["whole"]
    else:
        whole, top, bottom = match["before"], int(match["top"][:4]), int(match["bottom"][:4])
        if not 0 < top < bottom <= 16:
            return None
        part = Fraction(top, bottom)
    return Fraction(int((whole or "0")[:8])) + part
