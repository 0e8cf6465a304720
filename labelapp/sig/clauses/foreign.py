"""Other languages: directions that are not English are named as what they are, and not read."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from labelapp.rx.finding import Span
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.questions import Questions

_TELLING = 2
"""Words of another language that tell it; one may be a name or a slip of the hand."""

_SCRIPTS = {
    "CYRILLIC": "Russian",
    "CJK": "Chinese",
    "HIRAGANA": "Japanese",
    "KATAKANA": "Japanese",
    "HANGUL": "Korean",
    "GREEK": "Greek",
    "ARABIC": "Arabic",
    "HEBREW": "Hebrew",
    "DEVANAGARI": "Hindi",
    "THAI": "Thai",
}


def is_foreign(
    tokens: tuple[Token, ...], languages: Mapping[str, frozenset[str]], questions: Questions
) -> bool:
    """Ask about directions in another language as a whole; nothing of them is read.

    A word no row knows tells a language when it is in its list, or by its script.
    """
    unknown = [questions.written(each.span) for each in tokens if each.role in {"unknown", "asked"}]
    found = _by_script(unknown) or _by_words(unknown, languages)
    if found:
        questions.ask("sig.other-language", Span(0, len(questions.text)), language=found)
    return bool(found)


def _by_words(unknown: list[str], languages: Mapping[str, frozenset[str]]) -> str:
    words = [word for each in unknown for word in each.casefold().split()]
    counts = {name: sum(word in told for word in words) for name, told in languages.items()}
    best = max(counts, key=lambda name: counts[name], default="")
    return best if counts.get(best, 0) >= _TELLING else ""


def _by_script(unknown: list[str]) -> str:
    """Name the language of a script; micro signs and single letters of formulas name none."""
    for word in unknown:
        letters = [letter for letter in word if letter.isalpha() and ord(letter) > 0x24F]
        scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in letters}
        named = [
            _SCRIPTS[each.partition("-")[0]]
            for each in scripts
            if each.partition("-")[0] in _SCRIPTS
        ]
        if named and (len(letters) > 1 or ord(letters[0]) > 0x2E80):
            return named[0]
    return ""
