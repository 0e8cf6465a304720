"""Versions: what a record said each time it was written, whole and for ever."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, tuple_, update

from labelapp.store.keys import Keys
from labelapp.store.tables import KEPT, VERSIONS
from labelapp.store.trouble import Conflict, Damaged, StoreTrouble
from labelapp.store.vault import Change, body

_SEALED = ("kind", "subject", "version", "at", "person", "station", "body")
_VERSIONED = tuple(table for table in KEPT if "version" in table.c)
_AT_ONCE = 5_000
NEW = 0
"""The version somebody saw of a record that did not exist yet."""


@dataclass(frozen=True)
class Version:
    """One version of a record: what it says, and who wrote it when and where."""

    subject: int
    version: int
    at: str
    person: str
    station: str
    says: Mapping[str, Any]


def create(
    change: Change, table: Table, says: Mapping[str, Any], columns: Mapping[str, object]
) -> int:
    """Write a new record and its first version; give its id."""
    made = change.connection.execute(insert(table).values(version=1, **columns))
    assert made.inserted_primary_key is not None
    subject = int(made.inserted_primary_key[0])
    _write(change, table.name, subject, 1, says)
    change.record("create", table.name, subject, to=says)
    return subject


def put(
    change: Change,
    table: Table,
    seen: tuple[int, int],
    says: Mapping[str, Any],
    columns: Mapping[str, object] | None = None,
    act: str = "change",
) -> int:
    """Write the next version of a record that was `seen` (its id and version); give its number.

    Raises Conflict, with who changed it since and where, when another version came between.
    """
    subject, version = seen
    result = change.connection.execute(
        update(table)
        .where(table.c.id == subject, table.c.version == version)
        .values(version=version + 1, **(columns or {}))
    )
    if result.rowcount != 1:
        raise _conflict(change.connection, table.name, subject)
    before = newest(change.connection, table.name, subject).says
    _write(change, table.name, subject, version + 1, says)
    change.record(act, table.name, subject, version=version + 1, **_difference(before, says))
    return version + 1


def newest(connection: Connection, kind: str, subject: int) -> Version:
    """Give what a record says now. Raises StoreTrouble when there is no such record."""
    found = connection.execute(
        select(VERSIONS)
        .where(VERSIONS.c.kind == kind, VERSIONS.c.subject == subject)
        .order_by(VERSIONS.c.version.desc())
        .limit(1)
    ).first()
    if found is None:
        raise StoreTrouble("store.no-such", kind=kind)
    return _version(found)


def said_by(
    connection: Connection, kind: str, subjects: Collection[int]
) -> dict[int, Mapping[str, Any]]:
    """Give what several records of a kind say now, by their ids, in one look. Raises Damaged."""
    if not subjects:
        return {}
    subject, version = VERSIONS.c.subject, VERSIONS.c.version
    of_kind = (VERSIONS.c.kind == kind, subject.in_(subjects))
    newest_of = select(subject, func.max(version)).where(*of_kind).group_by(subject)
    query = select(subject, VERSIONS.c.body).where(
        *of_kind, tuple_(subject, version).in_(newest_of)
    )
    return {row.subject: _says(row.body) for row in connection.execute(query)}


def history(connection: Connection, kind: str, subject: int) -> tuple[Version, ...]:
    """Give every version of a record, the oldest first."""
    rows = connection.execute(
        select(VERSIONS)
        .where(VERSIONS.c.kind == kind, VERSIONS.c.subject == subject)
        .order_by(VERSIONS.c.version)
    )
    return tuple(_version(row) for row in rows)


def _write(change: Change, kind: str, subject: int, version: int, says: Mapping[str, Any]) -> None:
    row: dict[str, object] = {
        "kind": kind,
        "subject": subject,
        "version": version,
        "at": change.at,
        "person": change.doer.initials,
        "station": change.station,
        "body": body(says),
    }
    seal = seal_of(change.keys, row)
    change.connection.execute(insert(VERSIONS).values(**row, seal=seal))


def seal_of(keys: Keys, row: Mapping[str, object]) -> str:
    """Seal a version, so that who can write to the database cannot change what a record said."""
    return keys.seal("version", *(str(row[name]) for name in _SEALED))


def verify(connection: Connection, keys: Keys) -> int:
    """Check the seal of every version, and that no record lacks its newest; give how many there are.

    An encrypted database seals its pages too; on a server this alone shows what somebody with all
    rights there rewrote. Raises Damaged.
    """
    many = 0
    query = select(VERSIONS).execution_options(yield_per=_AT_ONCE)
    with connection.execute(query) as found:  # closed also when a row is not right
        for row in found.mappings():
            many += 1
            if seal_of(keys, dict(row)) != row["seal"]:
                values = {"kind": row["kind"], "version": str(row["version"])}
                raise Damaged("store.version-changed", **values)
    for table in _VERSIONED:
        newest_kept = select(VERSIONS.c.version).where(
            VERSIONS.c.kind == table.name,
            VERSIONS.c.subject == table.c.id,
            VERSIONS.c.version == table.c.version,
        )
        lacks = connection.scalar(select(table.c.id).where(~newest_kept.exists()).limit(1))
        if lacks is not None:
            raise Damaged("store.version-changed", kind=table.name, version="-")
    return many


def _difference(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, object]:
    """Give what changed, old and new: the audit shows both (21 CFR 11.10(e))."""
    keys = sorted(key for key in {*before, *after} if before.get(key) != after.get(key))
    return {
        "from": {key: before.get(key) for key in keys},
        "to": {key: after.get(key) for key in keys},
    }


def _conflict(connection: Connection, kind: str, subject: int) -> Conflict:
    last = newest(connection, kind, subject)
    return Conflict(kind=kind, by=last.person, at=last.at, station=last.station)


def _version(row: Any) -> Version:
    return Version(row.subject, row.version, row.at, row.person, row.station, _says(row.body))


def _says(body_text: str) -> Mapping[str, Any]:
    says = None
    with suppress(ValueError):  # which holds the text: it may not go on
        says = json.loads(body_text)
    if not isinstance(says, dict):
        raise Damaged
    return says
