"""Sentences: those that are no step, taken out of the directions before the steps are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from labelapp.rx.directions import Kept
from labelapp.rx.finding import Span
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.questions import Questions

AS_WRITTEN = "print these words as written"
"""The choice that keeps strange words on the label, word for word."""

_DOSING = frozenset(
    {
        "number", "mass", "house", "then", "increase", "decrease", "count", "days", "rate",
        "hours", "length", "window", "period", "times", "once", "every", "most", "most-day",
        "prn", "prn-for", "asked", "refuse", "unsupported", "after", "until", "upto",
    }
)  # fmt: skip
_AMOUNTS = frozenset(
    {
        "unit", "mass", "pill", "house", "verb", "then", "increase", "decrease", "most", "most-day",
        "asked", "refuse", "unsupported", "go-on", "open", "verb-none", "close-paren",
    }
)  # fmt: skip
_SPANS = frozenset({"number", "period", "after", "length"})
"""What may speak of days that are none of the dose: 7 days after the last opioid."""
_OF_CONDITIONS = frozenset(
    {
        "word", "reason", "reason-word", "break", "verb", "when", "night", "meal", "skip", "a",
        "and", "or", "to", "at", "drug", "condition", "kept",
    }
)  # fmt: skip
_NO_ACTS = ("may", "do not", "don't", "avoid", "never", "keep", "store", "refrigerate")
"""How a warning begins whose times are not those of a dose."""
_UNSURE = frozenset({"break", "when", "night", "meal", "reason", "reason-word", "condition"})
"""What a warning may take from the dose before it: do not take in the morning take at bedtime."""
_EMPTY = frozenset({"it", "this", "that", "you", "are", "is"})
_LONGEST_KEPT = 20
_PLAIN = frozenset({"for", "number", "period", "order", "skip", "a", "and", "or", "to", "drug"})
_DAYS = frozenset({"for", "length", "period", "when", "night", "days", "rate", "prn"})
_LEADS = frozenset(
    {"verb", "kept", "verb-none", "unit", "pill", "mass", "then", "most", "most-day"}
)


@dataclass
class _Parted:
    """What is left to read, the sentences kept word for word, and where they stood."""

    left: list[Token] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    out: list[Span] = field(default_factory=list)


def without_strange(
    tokens: tuple[Token, ...], questions: Questions
) -> tuple[tuple[Token, ...], tuple[Kept, ...], tuple[Span, ...]]:
    """Take out sentences that are no step, whole: strange ones, and warnings that say more.

    Gives the tokens left, the sentences kept word for word, and the spans of what was taken out.
    `May cause vivid dreams for the first week` is one sentence: its week is none of the dose.
    """
    sentences = _sentences(tokens, questions)
    parted = _Parted()
    for place, sentence in enumerate(sentences):
        warned = place > 0 and any(each.role == "kept" for each in sentences[place - 1])
        if warned and not _may_precede(sentence) and any(each.role in _DAYS for each in sentence):
            questions.ask("sig.which-dose", sentence[0].span.joined(sentence[-1].span))
        if any(each.role == "kept" for each in sentence):
            _warned(sentence, parted, questions)
        elif len(sentences) > 1 and _is_condition(sentence, questions):
            _keep(sentence, parted, questions)
        elif len(sentences) > 1 and _is_strange(sentence):
            _take_out(sentence, parted, questions)
        else:
            parted.left.extend(sentence)
    return tuple(parted.left), tuple(parted.kept), tuple(parted.out)


def _is_joined(before: list[Token]) -> bool:
    """Tell whether what comes hangs on words before it: swallow and do not chew, if ... do not."""
    return bool(before) and (
        before[-1].role in {"and", "or", "then"} or before[0].role in {"if", "kept", "warn"}
    )


def _is_strange(sentence: list[Token]) -> bool:
    """Tell whether a sentence holds words of no dose and no dose: stop 3 days before surgery."""
    roles = {each.role for each in sentence}
    if sentence[0].role in {"stop", "warn"} and len(_marked(sentence)[0]) > 1:
        return not roles & (_AMOUNTS - {"verb", "refuse"})
    counted = any(
        each.role == "number" and after.role != "period" for each, after in pairwise(sentence)
    )
    return bool(roles & {"unknown", "word"}) and not (counted or roles & _DOSING - _SPANS)


def _is_condition(sentence: list[Token], questions: Questions) -> bool:
    """Tell whether a sentence says `if` or `do not` and then plain words, no amount of anything."""
    words = _marked(sentence)[0]
    roles = [each.role for each in words]
    if roles[0] not in {"if", "warn"} or len(words) > _LONGEST_KEPT:
        return False
    plain = all(each.role in _OF_CONDITIONS and not _is_code(each, questions) for each in words[1:])
    acts = roles.count("verb") + roles.count("passive")
    if roles[0] == "if":  # what to do, and when
        return plain and acts == 1 and roles.index("verb" if "verb" in roles else "passive") > 1
    objects = [each for each in words[1:] if each.role in {"word", "unknown", "kept"}]
    telling = [each for each in objects if questions.written(each.span).casefold() not in _EMPTY]
    return plain and acts <= 1 and bool(telling) and not set(roles) & _UNSURE


def _take_out(sentence: list[Token], parted: _Parted, questions: Questions) -> None:
    """Ask whether a sentence is printed as it is, and leave it out of the steps."""
    words, mark = _marked(sentence)
    span = words[0].span.joined(words[-1].span)
    parted.out.append(span)
    parted.left.extend(mark)
    if questions.ask("sig.strange-sentence", span, (AS_WRITTEN,)):
        parted.kept.append(Kept(questions.written(span), span))


def _keep(sentence: list[Token], parted: _Parted, questions: Questions) -> None:
    """Keep a sentence word for word, without a question."""
    words, mark = _marked(sentence)
    span = words[0].span.joined(words[-1].span)
    parted.out.append(span)
    parted.left.extend(mark)
    parted.kept.append(Kept(questions.written(span), span))


# ------------------------------------------------------------ warnings


def _warned(sentence: list[Token], parted: _Parted, questions: Questions) -> None:
    """Keep a warning with all words up to its end; what stands before it must be directions."""
    words, mark = _marked(sentence)
    first = next(place for place, each in enumerate(words) if each.role == "kept")
    if not _may_precede(words[:first]):
        _keep_whole(words, parted, questions, alone=False)
        parted.left.extend(mark)
        return
    ahead = words[:first]
    while ahead and ahead[-1].role in {"then", "and"}:  # and then review with prescriber
        parted.out.append(ahead.pop().span)
    parted.left.extend(ahead)
    rest = words[first:]
    while rest:
        ends = _warning_ends(rest)
        if ends == 1 or rest[0].role != "kept":
            parted.left.extend(rest[:ends])
        else:
            _keep_whole(rest[:ends], parted, questions, alone=first == 0 and ends == len(rest))
        rest = rest[ends:]
    parted.left.extend(mark)


def _may_precede(words: list[Token]) -> bool:
    """Tell whether the words before a warning are directions, with a dose or what to do."""
    roles = {each.role for each in words} - {"break", "and", "skip", "open-paren"}
    return not roles or bool(roles & _LEADS)


def _warning_ends(rest: list[Token]) -> int:
    """Give where a warning ends: at a dose or a verb after `and` or a comma, else at the end."""
    if rest[0].role != "kept":
        return next((at for at, each in enumerate(rest) if each.role == "kept" and at), len(rest))
    at = 1
    while at < len(rest) and rest[at].role in {"break", "and", "then", "close-paren"}:
        at += 1
    begins = at < len(rest) and (rest[at].role in _LEADS or _is_amount(rest[at:]))
    at_once = begins and (
        rest[at].role == "kept" or (rest[at].role == "verb" and _is_amount(rest[at + 1 :]))
    )
    joined = begins and (at > 1 or at_once)
    closed = at == len(rest)
    return 1 if joined or closed else len(rest)


def _is_amount(rest: list[Token]) -> bool:
    roles = [each.role for each in rest[:5]]
    many = next((at for at, role in enumerate(roles) if role not in _NUMBERS), 0)
    return many > 0 and roles[many] in {"unit", "pill", "mass", "house"}


_NUMBERS = {"number", "to", "dash", "or", "a"}


def _keep_whole(words: list[Token], parted: _Parted, questions: Questions, *, alone: bool) -> None:
    """Keep a warning word for word, ask first unless it is plain, never if a dose may be in it."""
    parted.out.append(words[0].span.joined(words[-1].span))
    words = words[:-1] if words[-1].role == "close-paren" else words
    span = words[0].span.joined(words[-1].span)
    more = [each for each in words if each.role != "kept"]
    act = not questions.written(span).casefold().startswith(_NO_ACTS)
    timed = act and any(each.role in _DAYS for each in more)  # shake well at bedtime
    if any(each.role in _AMOUNTS for each in more):
        questions.ask("sig.unread", span)
    elif not all(_is_plain(each, questions) for each in more):
        codes = any(_is_code(each, questions) for each in more)
        if questions.ask("sig.strange-sentence", span, () if codes else (AS_WRITTEN,)):
            parted.kept.append(Kept(questions.written(span), span))
    elif (alone and not timed) or questions.ask("sig.strange-sentence", span, (AS_WRITTEN,)):
        parted.kept.append(Kept(questions.written(span), span))


def _is_plain(token: Token, questions: Questions) -> bool:
    return token.role in _PLAIN or (
        token.role in {"when", "night", "days", "meal"} and not _is_code(token, questions)
    )


def _is_code(token: Token, questions: Questions) -> bool:
    """Tell whether a word is a code no label may carry, not the word it stands for."""
    written, meant = questions.written(token.span).casefold(), token.meaning.casefold()
    if token.role in {"verb", "passive"}:
        return not written.startswith(meant[:3])  # taking; but not tk
    return token.role not in _PLAIN | {"unknown", "break"} and written != meant


# ------------------------------------------------------------ cutting


def _marked(sentence: list[Token]) -> tuple[list[Token], list[Token]]:
    """Part a sentence from the mark it ends in."""
    if sentence[-1].role == "break" and len(sentence) > 1:
        return sentence[:-1], sentence[-1:]
    return sentence, []


def _sentences(tokens: tuple[Token, ...], questions: Questions) -> list[list[Token]]:
    found: list[list[Token]] = [[]]
    for token in tokens:
        if token.role == "warn" and not _is_joined(found[-1]):
            found.append([])  # max 6 tablets a day do not breastfeed
        found[-1].append(token)
        if token.role == "break" and questions.written(token.span) in {".", ";"}:
            found.append([])
    return [each for each in found if each]
