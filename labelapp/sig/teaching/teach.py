"""Teaching a code: whether a pharmacy's own code may be added, and which are still read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from labelapp.rx.finding import Finding, Settler, Severity, ask, stop
from labelapp.sig.codes.own import LeftOut, OwnCode, OwnCodes
from labelapp.sig.codes.spelling import Shipped, Spellings, alike, is_spelled, misspelled, plain
from labelapp.sig.codes.words import Lexicon
from labelapp.sig.teaching.meaning import error_prone, means_same, tidy, unmeant

MOST_ALIKE = 12
"""Look-alikes that are named; more of them say nothing more."""


def written(row: OwnCode) -> OwnCode:
    """Write a row as it is kept: the code without dots and capitals, the meaning on one line."""
    return replace(row, code=plain(row.code), means=tidy(row.means))


def checked(row: OwnCode, lexicon: Lexicon, english: frozenset[str]) -> tuple[Finding, ...]:
    """Check a code before it is added, against every shipped and own code and all English words.

    A STOP refuses it. An ASK names the codes it looks like, which whoever adds it must know.
    """
    shipped = replace(lexicon, own=OwnCodes()) if lexicon.own else lexicon
    known = Spellings(Shipped(shipped), lexicon.own)
    found = [*_spelling(row, known)]
    if row.code in english and not {each.code for each in found} & {"own.shipped", "own.again"}:
        found = [stop("own.english", "", Settler.NOBODY, text=row.code)]
    found += unmeant(row.means, shipped, {*known.taught, row.code}, english)
    if any(each.severity is Severity.STOP for each in found):
        return tuple(found)
    return looks(row, known)


def _spelling(row: OwnCode, known: Spellings) -> tuple[Finding, ...]:
    """Refuse a code for its spelling; codes run together that mean the same are no collision."""
    return tuple(
        each
        for each in misspelled(row.code, known)
        if each.code != "own.run-together"
        or not means_same(each.value("parts"), row.means, known.shipped.lexicon)
    )


def looks(row: OwnCode, known: Spellings) -> tuple[Finding, ...]:
    """Ask about codes with another meaning that are one slip of the hand away.

    Those the row names, because whoever added it was told of them, are not asked about again.
    """
    near = resembling(row, known)
    if set(near) <= set(row.alike):
        return ()
    told = "; ".join(f"{other} ({known.codes[other]})" for other in near[:MOST_ALIKE])
    return (ask("own.alike", "", Settler.PHARMACIST, text=row.code, alike=told),)


def resembling(row: OwnCode, known: Spellings) -> tuple[str, ...]:
    """Give the codes with another meaning that this one is easily mistaken for."""
    return tuple(
        other
        for other in alike(row.code, known.codes)
        if not means_same(known.taught.get(other, other), row.means, known.shipped.lexicon)
    )


def in_use(rows: Iterable[OwnCode], lexicon: Lexicon, damaged: Iterable[OwnCode] = ()) -> Lexicon:
    """Give the lexicon with the own codes that still hold against the shipped words.

    A row that was changed by hand, or that a newer shipped word has overtaken, is left out with
    its reason; it is for the pharmacy to remove it or to add it again.
    """
    shipped = Shipped(lexicon)
    out = [LeftOut(row, (_changed(row),)) for row in damaged]
    kept: list[OwnCode] = []
    for row in rows:
        found = _overtaken(row, Spellings(shipped, OwnCodes(tuple(kept), tuple(out))))
        if found:
            out.append(LeftOut(row, found))
        else:
            kept.append(row)
    return replace(lexicon, own=OwnCodes(tuple(kept), tuple(out))) if kept or out else lexicon


def _overtaken(row: OwnCode, known: Spellings) -> tuple[Finding, ...]:
    if not is_spelled(row.code) or row != written(row):
        return (_changed(row),)
    return (*_spelling(row, known), *error_prone(row.means, known.shipped.lexicon))


def _changed(row: OwnCode) -> Finding:
    return stop("own.changed", "", Settler.NOBODY, text=row.code)
