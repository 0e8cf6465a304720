"""The pharmacy's own rows and settings, and what its pharmacist-in-charge approved of all rows.

Shipped rows are never edited: an approval holds for a row's id and a hash of its content, so a row
that changed by one letter is unapproved again (design: law 6).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from labelapp.store import versions
from labelapp.store.tables import APPROVALS, SETTINGS
from labelapp.store.vault import Change, body

APPROVED, WITHDRAWN = "approved", "withdrawn"


@dataclass(frozen=True)
class Setting:
    """A setting or an own row as it is now."""

    id: int
    version: int
    name: str
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Approval:
    """An approval on record: of which row with which content, by whom, when, and in what words."""

    kind: str
    row: str
    sha256: str
    state: str
    person: str
    at: str
    said: str


def put(change: Change, name: str, says: Mapping[str, Any], seen: int | None = None) -> Setting:
    """Keep a setting or own row, as `seen` at a version or whatever it is now. Raises Conflict, Taken."""
    known = setting(change.connection, name)
    if known is None:
        versions.create(change, SETTINGS, says, {"name": name})
    else:
        versions.put(change, SETTINGS, (known.id, known.version if seen is None else seen), says)
    kept = setting(change.connection, name)
    assert kept is not None
    return kept


def setting(connection: Connection, name: str) -> Setting | None:
    """Give a setting or own row by its name."""
    row = connection.execute(select(SETTINGS).where(SETTINGS.c.name == name)).first()
    if row is None:
        return None
    says = versions.newest(connection, SETTINGS.name, row.id).says
    return Setting(row.id, row.version, row.name, says)


def settings(connection: Connection, beginning: str) -> tuple[Setting, ...]:
    """Give the settings whose names begin so: `code/`, `stock/`, `formula/`."""
    names = connection.scalars(
        select(SETTINGS.c.name)
        .where(SETTINGS.c.name >= beginning, SETTINGS.c.name < beginning + "\U0010ffff")
        .order_by(SETTINGS.c.name)
    ).all()
    found = (setting(connection, name) for name in names)
    return tuple(each for each in found if each is not None)


def approve(change: Change, kind: str, rows: Mapping[str, str], said: Mapping[str, Any]) -> None:
    """Approve rows, each by its id and the hash of its content, in one signature."""
    for row, digest in sorted(rows.items()):
        _write(change, (kind, row, digest), APPROVED, said)
    change.record("approve", kind, "", rows=dict(sorted(rows.items())), said=dict(said))


def withdraw(change: Change, kind: str, row: str, digest: str, why: str) -> None:
    """Withdraw the approval of a row, with the reason."""
    _write(change, (kind, row, digest), WITHDRAWN, {"why": why})
    change.record("withdraw", kind, row, sha256=digest, why=why)


def approvals(connection: Connection, kind: str = "") -> tuple[Approval, ...]:
    """Give the newest word on each row and content that was ever approved or withdrawn."""
    query = select(APPROVALS).order_by(APPROVALS.c.id)
    if kind:
        query = query.where(APPROVALS.c.kind == kind)
    newest: dict[tuple[str, str, str], Approval] = {}
    for row in connection.execute(query):
        newest[row.kind, row.row, row.sha256] = _approval(row)
    return tuple(newest.values())


def _write(change: Change, what: tuple[str, str, str], state: str, said: Mapping[str, Any]) -> None:
    kind, row, digest = what
    change.connection.execute(
        insert(APPROVALS).values(
            kind=kind,
            row=row,
            sha256=digest,
            state=state,
            person=change.doer.initials,
            at=change.at,
            said=body(said),
        )
    )


def _approval(row: Row[Any]) -> Approval:
    return Approval(row.kind, row.row, row.sha256, row.state, row.person, row.at, row.said)
