"""Finding a patient: by the beginning of any name, any three letters in it, birth date, phone.

A patient stands in the finder once for each name it can begin with (`doe jane`, `jane doe`) and once
for each place within a name from which three letters or more follow (`ohnson jane`). So every
search is one walk along an index, from where the last page ended, however many patients there are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, tuple_

from labelapp.store.tables import FINDER, PATIENTS

BEGINS, WITHIN, PHONE = "b", "w", "p"
LEAST_WITHIN = 3
LONGEST = 60
"""Letters of a name that are searched; what is shown is always whole."""
_WORDS = 6
PAGE = 50
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Found:
    """A patient that was found, and from where the next page goes on."""

    patient: int
    after: tuple[str, str, int]


def folded(text: str) -> str:
    """Write a name as it is searched: small letters without accents, single spaces, no marks."""
    bare = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        " " if not each.isalnum() else each for each in bare if not unicodedata.combining(each)
    )
    return " ".join(kept.split())


def sort_name(family: str, given: str) -> str:
    """Write a name as it is sorted: family name first."""
    return f"{folded(family)} {folded(given)}".strip()


def digits(text: str) -> str:
    """Give the digits of a phone number."""
    return "".join(each for each in text if each.isascii() and each.isdigit())


def tokens(family: str, given: str, phone: str) -> frozenset[tuple[str, str]]:
    """Give everything a patient is found by, with its kind."""
    words = sort_name(family, given).split()[:_WORDS]
    found: set[tuple[str, str]] = set()
    for at, word in enumerate(words):
        rest = " ".join([word, *words[at + 1 :], *words[:at]])[:LONGEST]
        found.add((BEGINS, rest))
        found.update((WITHIN, rest[start:]) for start in range(1, len(word) - LEAST_WITHIN + 1))
    number = digits(phone)
    found.update((PHONE, number[start:]) for start in _starts(number))
    return frozenset(found)


def _starts(number: str) -> Iterator[int]:
    """Give where somebody begins to type a phone number: whole, without country or area code."""
    yield from {
        start
        for start in (0, len(number) - 10, len(number) - 7, len(number) - 4)
        if start >= 0 and len(number) - start >= 4
    }


def enter(connection: Connection, patient: int, family: str, given: str, phone: str) -> None:
    """Put a patient into the finder, in place of what it was found by before."""
    connection.execute(delete(FINDER).where(FINDER.c.patient == patient))
    rows = [
        {"kind": kind, "token": token, "patient": patient}
        for kind, token in sorted(tokens(family, given, phone))
    ]
    if rows:
        connection.execute(insert(FINDER), rows)


def by_name(
    connection: Connection, typed: str, after: tuple[str, str, int] | None = None
) -> tuple[Found, ...]:
    """Find a page of patients by what was typed of a name: beginnings first, then within.

    `after` is where the last page ended. A patient stands in a page once.
    """
    wanted = folded(typed)[:LONGEST]
    if not wanted:
        return ()
    found: list[Found] = []
    kinds = (BEGINS, WITHIN) if len(wanted) >= LEAST_WITHIN else (BEGINS,)
    for kind in kinds:
        if after is not None and after[0] > kind:
            continue
        start = after if after is not None and after[0] == kind else None
        found += _walk(connection, kind, wanted, start, PAGE - len(found))
        if len(found) >= PAGE:
            break
    return _once(found)


def by_phone(
    connection: Connection, number: str, after: tuple[str, str, int] | None = None
) -> tuple[Found, ...]:
    """Find a page of patients by the beginning of a phone number, with or without area code."""
    return _once(_walk(connection, PHONE, number, after, PAGE))


def by_birth(connection: Connection, day: str, after: int = 0) -> tuple[int, ...]:
    """Find a page of patients by their date of birth, in order of their names."""
    start = connection.scalar(select(PATIENTS.c.sort_name).where(PATIENTS.c.id == after))
    query = select(PATIENTS.c.id).where(PATIENTS.c.born == day)
    if start is not None:
        query = query.where(tuple_(PATIENTS.c.sort_name, PATIENTS.c.id) > (start, after))
    ordered = query.order_by(PATIENTS.c.sort_name, PATIENTS.c.id).limit(PAGE)
    return tuple(connection.scalars(ordered))


def _walk(
    connection: Connection, kind: str, wanted: str, after: tuple[str, str, int] | None, most: int
) -> list[Found]:
    query = select(FINDER.c.token, FINDER.c.patient).where(
        FINDER.c.kind == kind, FINDER.c.token >= wanted, FINDER.c.token < wanted + _LAST
    )
    if after is not None:
        query = query.where(tuple_(FINDER.c.token, FINDER.c.patient) > after[1:])
    rows = connection.execute(query.order_by(FINDER.c.token, FINDER.c.patient).limit(most))
    return [Found(row.patient, (kind, row.token, row.patient)) for row in rows]


def _once(found: list[Found]) -> tuple[Found, ...]:
    """Keep each patient at the first place; the place to go on from stays that of the last."""
    first = {each.patient: each for each in reversed(found)}
    kept = [each for each in found if first[each.patient] is each]
    if kept and kept[-1] is not found[-1]:
        kept[-1] = Found(kept[-1].patient, found[-1].after)
    return tuple(kept)
