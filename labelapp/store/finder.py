"""Finding a patient: by the beginning of any name, any three letters in it, birth date, phone.

A patient stands in the finder once for each name it can begin with (`doe jane`, `jane doe`) and once
for each place within a name from which three letters or more follow (`ohnson jane`). So every
search is one walk along an index, from where the last page ended, however many patients there are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, Exists, delete, exists, insert, select, tuple_

from labelapp.store.tables import FINDER, PATIENTS

BEGINS, WITHIN, PHONE = "b", "w", "p"
LEAST_WITHIN = 3
LONGEST = 60
"""Letters of a name that are searched; what is shown is always whole."""
_WORDS = 12
_STROKES = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ħ": "h",
        "\N{LATIN SMALL LETTER DOTLESS I}": "i",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "þ": "th",
    }
)
"""Letters whose stroke is no accent to Unicode, as somebody without their key types them."""
PAGE = 50
_LAST = "\U0010ffff"


@dataclass(frozen=True)
class Found:
    """A patient that was found, and from where the next page goes on."""

    patient: int
    after: tuple[str, str, int]


def folded(text: str) -> str:
    """Write a name as it is searched: small letters without accents, single spaces, no marks."""
    bare = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(each for each in bare if not unicodedata.category(each).startswith("M"))
    kept = "".join(each if each.isalnum() else " " for each in plain.translate(_STROKES))
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
        last = min(len(word), LONGEST) - LEAST_WITHIN
        found.update((WITHIN, rest[start:]) for start in range(1, last + 1))
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

    `after` is where the last page ended. A patient stands once in all pages together: at the first
    place. A page that is not full is the last one.
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
    return tuple(found)


def by_phone(
    connection: Connection, number: str, after: tuple[str, str, int] | None = None
) -> tuple[Found, ...]:
    """Find a page of patients by the beginning of a phone number, with or without area code."""
    wanted = digits(number)
    return tuple(_walk(connection, PHONE, wanted, after, PAGE)) if wanted else ()


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
        FINDER.c.kind == kind,
        FINDER.c.token >= wanted,
        FINDER.c.token < wanted + _LAST,
        ~_was_before(wanted),
    )
    if after is not None:
        query = query.where(tuple_(FINDER.c.token, FINDER.c.patient) > after[1:])
    rows = connection.execute(query.order_by(FINDER.c.token, FINDER.c.patient).limit(most))
    return [Found(row.patient, (kind, row.token, row.patient)) for row in rows]


def _was_before(wanted: str) -> Exists:
    """Tell whether a patient was found at a place before; looked up by the patient's few rows."""
    before = FINDER.alias()
    token, kind = before.c.token + "", before.c.kind + ""  # + "": not by the index of tokens
    is_same_kind = kind == FINDER.c.kind
    return exists().where(
        before.c.patient == FINDER.c.patient,
        token >= wanted,
        token < wanted + _LAST,
        (is_same_kind & (token < FINDER.c.token)) | ((kind == BEGINS) & (FINDER.c.kind == WITHIN)),
    )
