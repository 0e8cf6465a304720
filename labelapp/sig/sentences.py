"""Sentences: those that are no step, taken out of the directions before the steps are read."""

from __future__ import annotations

from labelapp.rx.finding import Span
from labelapp.sig.context import Token
from labelapp.sig.questions import Questions

AS_WRITTEN = "print these words as written"
"""The choice that keeps strange words on the label, word for word."""

_DOSING = frozenset(
    {
        "number", "mass", "house", "then", "increase", "decrease", "count", "days",
        "hours", "length", "window", "period", "times", "once", "every", "most", "most-day",
        "prn", "prn-for", "asked", "refuse", "unsupported", "after", "until", "upto",
    }
)  # fmt: skip


def without_strange(
    tokens: tuple[Token, ...], questions: Questions
) -> tuple[tuple[Token, ...], tuple[str, ...], tuple[Span, ...]]:
    """Take out whole sentences with unknown words and no dosing in them, and ask about each.

    Gives the tokens left, the sentences a person chose to keep word for word, and the spans of
    what was taken out. A text of one sentence is read as it is.
    """
    sentences = _sentences(tokens, questions)
    if len(sentences) == 1:
        return tokens, (), ()
    left: list[Token] = []
    kept: list[str] = []
    out: list[Span] = []
    for sentence in sentences:
        roles = {each.role for each in sentence}
        if "unknown" not in roles or roles & _DOSING:
            left.extend(sentence)
            continue
        ends_in_mark = sentence[-1].role == "break"
        words = sentence[:-1] if ends_in_mark else sentence
        span = words[0].span.joined(words[-1].span)
        out.append(span)
        left.extend(sentence[-1:] if ends_in_mark else ())
        if questions.ask("sig.strange-sentence", span, (AS_WRITTEN,)):
            kept.append(questions.written(span))
    return tuple(left), tuple(kept), tuple(out)


def _sentences(tokens: tuple[Token, ...], questions: Questions) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        found[-1].append(token)
        if token.role == "break" and questions.written(token.span) in {".", ";"}:
            found.append([])
    return [each for each in found if each]
