"""The scanner: directions to the words of the table, longest first, every character accounted for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from labelapp.rx.amount import decimal_of, number
from labelapp.rx.finding import Span
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.codes.atoms import Atom, atoms
from labelapp.sig.codes.words import Lexicon, Word

LONGEST = 1000
"""Characters of directions a message may carry (NCPDP SCRIPT 2017071)."""

_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_NUMERALS = {"Nd", "Nl", "No"}
_KNOWN_NUMERALS = frozenset("0123456789¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
_GROUPED_UNITS = {"mcg", "mcgs", "ug", "microgram", "micrograms", "\N{MICRO SIGN}g", "\u03bcg"}


@dataclass(frozen=True)
class Scanned:
    """A piece of the text with the rows it may stand for; no row and no number is unknown."""

    span: Span
    words: tuple[Word, ...] = ()
    number: Fraction | None = None
    asked: bool = False

    @property
    def is_unknown(self) -> bool:
        """True for what no row of the table knows."""
        return not self.words and self.number is None

    def may_be(self, *roles: str) -> bool:
        """Tell whether any row gives this piece one of these roles."""
        if self.number is not None:
            return "number" in roles
        return any(role in roles for word in self.words for role, _ in word.uses)


def may_be_read(questions: Questions) -> bool:
    """Tell whether the text holds only characters that mean what they look like.

    Refused are texts over the length a message may carry, control and invisible characters
    (bidirectional marks, zero widths, NUL), and digits of other scripts.
    """
    text = questions.text
    if len(text) > LONGEST:
        questions.stop("sig.too-long", Span(0, len(text)), text=text[:40], length=str(len(text)))
        return False
    good = True
    for place, character in enumerate(text):
        code = _refusal(character)
        if code:
            name = unicodedata.name(character, "no name")
            shown = f"U+{ord(character):04X} {name}"
            questions.stop(code, Span(place, place + 1), text=shown)
            good = False
    return good


def _refusal(character: str) -> str:
    if character in "\t\n\r" or (" " <= character <= "~"):
        return ""
    kind = unicodedata.category(character)
    if kind in _UNSEEN:
        return "sig.unseen-character"
    if kind in _NUMERALS and character not in _KNOWN_NUMERALS:
        return "sig.foreign-digit"
    return ""


def scan(lexicon: Lexicon, questions: Questions) -> tuple[Scanned, ...]:
    """Read the text into pieces by the table, the longest code first; nothing is left out.

    A number that is no plain number (1,5 or 1 .5) becomes a question and stands as unknown.
    """
    pieces = tuple(_unglued(atoms(questions.text), lexicon))
    found: list[Scanned] = []
    place = 0
    while place < len(pieces):
        scanned, taken = _longest(pieces, place, lexicon, questions)
        found.append(scanned)
        place += taken
    return tuple(found)


def _longest(
    pieces: tuple[Atom, ...], place: int, lexicon: Lexicon, questions: Questions
) -> tuple[Scanned, int]:
    first = pieces[place]
    for length in range(lexicon.longest.get(first.text, 0), 0, -1):
        run = pieces[place : place + length]
        words = lexicon.by_atoms.get(tuple(each.text for each in run))
        if words and len(run) == length and not any(each.trouble for each in run):
            return Scanned(Span(first.start, run[-1].end), words), length
    span = Span(first.start, first.end)
    if first.trouble:
        after = pieces[place + 1].text if place + 1 < len(pieces) else ""
        settled = _settled(first, after, questions)
        return Scanned(span, number=settled, asked=settled is None), 1
    return _misspelt(first, lexicon, questions), 1


_MOST_OFFERED = 3


def _misspelt(atom: Atom, lexicon: Lexicon, questions: Questions) -> Scanned:
    """Ask which word a word with a slip of the hand is; nothing is read until somebody says so."""
    span = Span(atom.start, atom.end)
    near = lexicon.near(atom.text) if atom.number is None else ()
    if not 0 < len(near) <= _MOST_OFFERED:
        return Scanned(span, number=atom.number)
    answer = questions.ask("sig.misspelt", span, near)
    words = lexicon.by_atoms[(answer,)] if answer else ()
    return Scanned(span, words, asked=not words)


def _settled(atom: Atom, after: str, questions: Questions) -> Fraction | None:
    """Settle a number written in a way that has more than one reading, or none."""
    span = Span(atom.start, atom.end)
    if atom.trouble == "grouped" and after in _GROUPED_UNITS:
        return atom.number
    if atom.trouble not in {"comma", "grouped"}:
        questions.ask("sig.number-unclear", span)
        return None
    exact = decimal_of(atom.number) if atom.number is not None else None
    pointed = atom.text.replace(",", ".") if atom.text.count(",") == 1 else ""
    readings = {
        text: Fraction(text.replace(",", ""))
        for text in (number(exact) if exact is not None else "", pointed)
        if text.replace(",", "").count(".") <= 1 and text and len(text) <= 12
    }
    answer = questions.ask("sig.decimal-comma", span, tuple(readings))
    return readings[answer] if answer else None


def _unglued(pieces: tuple[Atom, ...], lexicon: Lexicon) -> Iterator[Atom]:
    """Part a code from the x of a duration written into it: bidx9, dailyx30."""
    for place, atom in enumerate(pieces):
        after = pieces[place + 1] if place + 1 < len(pieces) else None
        glued = (
            atom.text.endswith("x")
            and (atom.text,) not in lexicon.by_atoms
            and (atom.text[:-1],) in lexicon.by_atoms
            and after is not None
            and after.number is not None
            and after.start == atom.end
        )
        if glued:
            yield replace(atom, text=atom.text[:-1], end=atom.end - 1)
            yield Atom("x", atom.end - 1, atom.end)
        else:
            yield atom
