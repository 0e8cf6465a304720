"""Context: what each word means beside its neighbours, or the question which it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from labelapp.rx.finding import Span
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.clauses.scan import Scanned
from labelapp.sig.codes.words import Word

_MEASURED = ("unit", "mass", "pill", "house", "formword")
_BETWEEN = ("dash", "to", "or")


@dataclass(frozen=True)
class Token:
    """A word with the one use the reader makes of it.

    `role` is one of `words.ROLES`, or `unknown`, or `asked` for what a question already covers.
    """

    role: str
    span: Span
    value: str = ""
    number: Fraction | None = None
    meaning: str = ""
    in_digits: bool = False


class _Near:
    """The neighbours of one piece."""

    def __init__(self, pieces: tuple[Scanned, ...], place: int) -> None:
        self._pieces, self._place = pieces, place

    def is_at(self, distance: int, *roles: str) -> bool:
        """Tell whether the piece so far away may have one of these roles."""
        place = self._place + distance
        return 0 <= place < len(self._pieces) and self._pieces[place].may_be(*roles)

    def begins_length(self) -> bool:
        """Tell whether a number of days follows: 14 d, 7 to 10 days."""
        at = 1
        if self.is_at(at, "a"):
            return self.is_at(at + 1, "period")
        while self.is_at(at, "number", *_BETWEEN) and at < 5:
            at += 1
        return at > 1 and self.is_at(at, "period")

    def dose_before(self) -> bool:
        """Tell whether an amount was written before, so that a time may follow."""
        return any(piece.may_be("number", "a") for piece in self._pieces[: self._place])


_HOLDS: dict[str, Callable[[_Near], bool]] = {
    "": lambda near: True,  # noqa: ARG005 - every condition is asked the same way
    "never": lambda near: False,  # noqa: ARG005
    "after-number": lambda near: near.is_at(-1, "number"),
    "after-unit": lambda near: near.is_at(-1, *_MEASURED),
    "after-dose": _Near.dose_before,
    "before-unit": lambda near: near.is_at(1, *_MEASURED),
    "before-length": _Near.begins_length,
    "beside-number": lambda near: near.is_at(-1, "number") or near.is_at(1, "number"),
    "not-before-period": lambda near: not near.is_at(1, "period"),
    "dose": lambda near: not near.is_at(-1, "number") and not near.is_at(1, "number"),
}


def resolve(pieces: tuple[Scanned, ...], questions: Questions) -> tuple[Token, ...]:
    """Give every piece its one meaning; what has several, or none, is asked about or unknown."""
    found: list[Token] = []
    for place, piece in enumerate(pieces):
        found.extend(_meant(piece, _Near(pieces, place), questions))
    return _folded(found)


def _meant(piece: Scanned, near: _Near, questions: Questions) -> tuple[Token, ...]:
    if piece.number is not None:
        return (Token("number", piece.span, number=piece.number, in_digits=True),)
    if piece.asked:
        return (Token("asked", piece.span),)
    if piece.is_unknown:
        return (Token("unknown", piece.span),)
    if piece.may_be("refuse") and piece.may_be("unsupported"):
        return (Token("unknown", piece.span),)  # in and as: codes, but words of English first
    word = _chosen(piece, near, questions)
    if word is None:
        return (Token("asked", piece.span),)
    return tuple(_token(role, value, piece.span, word) for role, value in word.uses)


def _token(role: str, value: str, span: Span, word: Word) -> Token:
    amount = Fraction(value) if role == "number" else None
    return Token(role, span, value, amount, word.meaning)


def _chosen(piece: Scanned, near: _Near, questions: Questions) -> Word | None:
    """Choose the row whose neighbours are there, or ask which one it is."""
    held = {word.reads: word for word in piece.words if _HOLDS[word.only](near)}
    if len(held) == 1:
        (word,) = held.values()
        if word.flag != "confirm" or word.uses[0][0] in {"house", "unsupported"}:
            return word
        held = {}
    offered = {
        word.meaning: word
        for word in piece.words
        if word.flag != "reject" and word.only != "never" and word.uses[0][0] != "unsupported"
    }
    answer = questions.ask("sig.ambiguous-code", piece.span, tuple(offered))
    return offered[answer] if answer else None


def _folded(tokens: list[Token]) -> tuple[Token, ...]:
    """Bring numbers written twice or in two parts to one: one (1), 4 four, 1 and one-half."""
    found: list[Token] = []
    place = 0
    while place < len(tokens):
        for fold in (_said_twice, _in_two_parts):
            if folded := fold(tokens, place):
                found.append(folded[0])
                place += folded[1]
                break
        else:
            found.append(tokens[place])
            place += 1
    return tuple(found)


def _said_twice(tokens: list[Token], place: int) -> tuple[Token, int] | None:
    roles = [each.role for each in tokens[place : place + 4]]
    if roles[:2] == ["number", "number"]:
        second, taken = tokens[place + 1], 2
    elif roles == ["number", "open-paren", "number", "close-paren"]:
        second, taken = tokens[place + 2], 4
    else:
        return None
    first = tokens[place]
    if first.number != second.number or first.in_digits == second.in_digits:
        return None
    after = tokens[place + taken].role if place + taken < len(tokens) else ""
    if taken == 2 and after == "mass":  # two 2 mg capsules are two, not 2 mg
        return None
    return replace(first, span=first.span.joined(tokens[place + taken - 1].span)), taken


def _in_two_parts(tokens: list[Token], place: int) -> tuple[Token, int] | None:
    """Add up `1 and one-half tablets`; only before a unit, else the second may be a dose."""
    run = tokens[place : place + 4]
    if [each.role for each in run[:3]] != ["number", "and", "number"] or len(run) < 4:
        return None
    whole, part = run[0].number or Fraction(0), run[2].number or Fraction(0)
    if run[3].role not in _MEASURED or part >= 1 or whole.denominator != 1:
        return None
    span = run[0].span.joined(run[2].span)
    return Token("number", span, number=whole + part, in_digits=run[0].in_digits), 3
