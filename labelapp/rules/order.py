"""The order itself: its note, its purpose, and the language its patient reads."""

from __future__ import annotations

from collections.abc import Iterable

from labelapp.rules.contents import Known, ordered_findings
from labelapp.rules.naming import naming_findings
from labelapp.rules.vocabulary import Vocabulary, spelt
from labelapp.rx.finding import Finding, ask, note
from labelapp.rx.prescription import Prescription


def order_findings(rx: Prescription, known: Known) -> tuple[Finding, ...]:
    """Hold the words of an order against what is made of it, and lay its note open."""
    return (
        *naming_findings(rx, known.compounds, known.vocabulary),
        *ordered_findings(rx.compound, known),
        *_purpose(rx, known.vocabulary),
        *_beside(rx, known.vocabulary),
    )


def _purpose(rx: Prescription, vocabulary: Vocabulary) -> Iterable[Finding]:
    """Ask about a purpose that reads like directions: the label prints it beside the real ones."""
    dosing = set(vocabulary.words("dosing_words"))
    digit = any(sign.isdigit() for sign in rx.purpose)
    if digit or dosing & set(spelt(rx.purpose).split()):
        yield ask("order.purpose-doses", "purpose", purpose=rx.purpose)


def _beside(rx: Prescription, vocabulary: Vocabulary) -> Iterable[Finding]:
    """Show what a pharmacist must see though it holds nothing up: the note, another language."""
    if rx.note.strip():
        yield note("rx.note", "note", text=rx.note.strip())
    reads = rx.patient.language.strip()
    first = (spelt(reads).split() or [""])[0]
    if first and first not in vocabulary.words("printed_languages"):
        yield note("rx.language", "patient.language", language=reads)
