"""What an own code stands for: plain directions the reader understands without a question."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Sig
from labelapp.rx.finding import Finding, Settler, Severity, stop
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.clauses.scan import scan
from labelapp.sig.codes.atoms import Atom, atoms
from labelapp.sig.codes.words import Lexicon, Word
from labelapp.sig.read import Reading, read

LONGEST_MEANING = 200
"""Characters of what a code stands for."""

_SENTENCES = (
    "{}",
    "take 1 {unit} {}",
    "take 1 {unit} at bedtime {}",
    "{} at bedtime",
    "take {} at bedtime",
    "take 1 {} at bedtime",
    "{} 1 {unit} at bedtime",
    "take 1 {unit} at bedtime for {}",
    "take 1 {unit} at bedtime for 7 days then {}",
    "take 1 {unit} 2 times a day as needed {}",
)
"""Directions a phrase may stand in; one of them must be read without a question."""

_FORMS = (Form.CAPSULE, Form.TABLET, Form.TROCHE, Form.LOZENGE, Form.ORAL_SOLUTION, Form.CREAM)
_UNITS = {Unit.ML: "mL", Unit.G: "g"}
_SHORT_UNITS = {"g", "mg", "mcg", "ml"}
_SHORT = 4
_CLOCK = {"am", "pm"}
_ERROR_PRONE = re.compile(
    r"(?<![0-9])\.[0-9]+|[0-9]\.[0-9]*0(?![0-9])|[0-9](?:mc?g|g|ml|tabs?|caps?)\b|[@&+<>=]",
    re.IGNORECASE,
)
"""ISMP list: a point without a zero before it, a zero after one, a number glued to its unit, signs."""


def tidy(means: str) -> str:
    """Bring what a code stands for to one line, without a mark at its end."""
    return " ".join(means.split()).rstrip(" .;,:")


def unmeant(
    means: str, shipped: Lexicon, own: Container[str], english: frozenset[str]
) -> tuple[Finding, ...]:
    """Refuse a meaning that is no plain directions, or that the reader would ask about.

    `shipped` is the lexicon without own codes: a code stands for words, never for another code.
    """
    if not 0 < len(means) <= LONGEST_MEANING:
        return (_refused("own.means-length", length=str(len(means)), most=str(LONGEST_MEANING)),)
    found = (
        *_own_in(means, own),
        *error_prone(means, shipped),
        *_number_at_end(means),
        *_codes_in(means, shipped, english),
    )
    return found or tuple(_unread(means, shipped))


def _refused(finding_code: str, **values: str) -> Finding:
    return stop(finding_code, "", Settler.NOBODY, **values)


def _own_in(means: str, own: Container[str]) -> Iterator[Finding]:
    for atom in atoms(means):
        if atom.text in own:
            yield _refused("own.means-own", text=atom.text)


def error_prone(means: str, lexicon: Lexicon) -> tuple[Finding, ...]:
    """Refuse what the ISMP list of error-prone abbreviations names, as a row or as a way to write."""
    shown = [match[0] for match in _ERROR_PRONE.finditer(means)]
    shown += [
        piece.span.of(means)
        for piece in scan(lexicon, Questions(means, ""))
        if piece.words and all(word.flag == "ISMP" for word in piece.words)
    ]
    return tuple(_refused("own.means-ismp", text=text) for text in dict.fromkeys(shown))


def _number_at_end(means: str) -> Iterator[Finding]:
    """Refuse a meaning that ends in a bare number: it would run into whatever follows."""
    pieces = atoms(means)
    if pieces and (pieces[-1].number is not None or pieces[-1].trouble):
        yield _refused("own.means-number", means=means)


def _codes_in(means: str, lexicon: Lexicon, english: frozenset[str]) -> Iterator[Finding]:
    """Refuse a shipped code inside a meaning, for it must be read by whoever cannot read codes."""
    pieces = atoms(means)
    for before, atom in zip((None, *pieces), pieces, strict=False):
        rows = lexicon.by_atoms.get((atom.text,), ())
        if before is not None and before.number is not None and atom.text in _CLOCK:
            continue  # 9 pm
        if atom.text.isalpha() and atom.text not in english and _is_code(atom, rows):
            words = " / ".join(dict.fromkeys(row.meaning for row in rows))
            yield _refused("own.means-code", text=atom.text, means=words or "?")


def _is_code(atom: Atom, rows: tuple[Word, ...]) -> bool:
    """Tell a code from a word of the trade or an illness that no list of English words holds."""
    if atom.text in _SHORT_UNITS or atom.text == "a":
        return False
    if len(atom.text) == 1:
        return True
    named = any(row.meaning == atom.text for row in rows)
    begins = re.match(r"q[^u]", atom.text) is not None
    return bool(rows) and not named and (len(atom.text) <= _SHORT or begins)


# ------------------------------------------------------------ reading it


@dataclass(frozen=True)
class _Tried:
    """A sentence read with the meaning in it, and whether the meaning changed what was read."""

    reading: Reading
    start: int
    counts: bool


def _unread(means: str, lexicon: Lexicon) -> Iterator[Finding]:
    """Refuse a meaning that no directions can hold without a question, and say which ones."""
    best: _Tried | None = None
    silent = False
    for tried in _tried(means, lexicon):
        if tried.reading.status == "ok":
            if tried.counts:
                return
            silent = True
        if best is None or _weight(tried, means) < _weight(best, means):
            best = tried
    refused = [each for each in best.reading.findings if _routes(each)] if best else []
    if refused:
        yield _refused("own.means-refused", text=refused[0].value("text"))
    elif silent or best is None:
        yield _refused("own.means-nothing", means=means)
    else:
        yield _refused("own.means-unread", means=means)
        yield from _asked(best, means)


def _tried(means: str, lexicon: Lexicon) -> Iterator[_Tried]:
    counted = any(each.may_be("unit", "formword") for each in scan(lexicon, Questions(means, "")))
    for form in _FORMS:
        unit = _UNITS.get(form.unit, form.value)
        for sentence in _SENTENCES:
            begins, _, ends = sentence.replace("{unit}", unit).partition("{}")
            reading = _read(f"{begins}{means}{ends}", form, lexicon)
            without = _read(f"{begins}{ends}", form, lexicon) if reading.status == "ok" else None
            counts = (
                counted or without is None or without.status != "ok" or not same(reading, without)
            )
            yield _Tried(reading, len(begins), counts)


def _read(text: str, form: Form, lexicon: Lexicon) -> Reading:
    return read(" ".join(text.split()) if text.strip() else text, lexicon, form, _strength(form))


def _strength(form: Form) -> Strength:
    basis = {Unit.ML: Basis.PER_ML, Unit.G: Basis.PER_G}.get(form.unit, Basis.PER_UNIT)
    return Strength(Amount(Decimal(1), Unit.MG), basis)


def _weight(tried: _Tried, means: str) -> int:
    """Count what is wrong with a sentence; a refused route weighs most, so that it is named."""
    found = tried.reading.findings
    return (
        -1000 * any(_routes(each) for each in found) + len(_asked(tried, means)) * 10 + len(found)
    )


def _routes(finding: Finding) -> bool:
    return finding.code == "sig.route-refused"


def _asked(tried: _Tried, means: str) -> tuple[Finding, ...]:
    """Give the reader's questions that touch the meaning, with their place in it."""
    ends = tried.start + len(means)
    return tuple(
        replace(each, spans=(), choices=(), settler=Settler.NOBODY)
        for each in tried.reading.findings
        if each.severity is not Severity.NOTE
        and any(span.start < ends and tried.start < span.end for span in each.spans)
    )


def same(one: Reading, other: Reading) -> bool:
    """Tell whether two readings say the same to the patient, wherever they were written."""
    return _bare(one.sig) == _bare(other.sig)


def _bare(sig: Sig) -> Sig:
    steps = tuple(replace(step, spans=()) for step in sig.steps)
    return replace(sig, text="", steps=steps, increases=())


def means_same(one: str, other: str, lexicon: Lexicon) -> bool:
    """Tell whether two phrases are read alike wherever both of them are read without a question."""
    form = Form.CAPSULE
    for sentence in _SENTENCES:
        filled = [
            sentence.replace("{unit}", form.value).replace("{}", each) for each in (one, other)
        ]
        first, second = (_read(text, form, lexicon) for text in filled)
        if "ok" in {first.status, second.status}:
            return first.status == second.status and same(first, second)
    return False
