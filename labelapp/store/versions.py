"""Versions: what a record said each time it was written, whole and for ever."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from labelapp.store.tables import VERSIONS
from labelapp.store.trouble import Conflict, Damaged, StoreTrouble
from labelapp.store.vault import Change, body

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


def history(connection: Connection, kind: str, subject: int) -> tuple[Version, ...]:
    """Give every version of a record, the oldest first."""
    rows = connection.execute(
        select(VERSIONS)
        .where(VERSIONS.c.kind == kind, VERSIONS.c.subject == subject)
        .order_by(VERSIONS.c.version)
    )
    return tuple(_version(row) for row in rows)


def _write(change: Change, kind: str, subject: int, version: int, says: Mapping[str, Any]) -> None:
    change.connection.execute(
        insert(VERSIONS).values(
            kind=kind,
            subject=subject,
            version=version,
            at=change.at,
            person=change.doer.initials,
            station=change.station,
            body=body(says),
        )
    )


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
