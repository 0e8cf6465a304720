"""The audit: one sealed row for each change, view, print and sign-in, each chained to the last.

Who may read the rows can check them only with the audit key, which is derived from the data key
and stands in no database. A chain shows a changed, missing or foreign row; that its end was cut off
is shown by the anchors: sealed heads kept in the records, beside them, and in every backup.
(45 CFR 164.312(b); 21 CFR 11.10(e) as a model.)
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select

from labelapp.store.keys import Keys
from labelapp.store.tables import ANCHORS, AUDIT
from labelapp.store.trouble import Damaged

GENESIS = "0" * 64
_COLUMNS = ("at", "person", "role", "station", "act", "kind", "subject", "detail")
_AT_ONCE = 5_000
RESTORED = "restored"
_FAULTS = {
    "changed": "store.audit-changed",
    "gap": "store.audit-gap",
    "cut": "store.audit-cut",
    "anchor": "store.audit-anchor",
}


@dataclass(frozen=True)
class Entry:
    """What a row of the audit says: who did what to which record, and what it was before and after."""

    at: str
    person: str
    role: str
    station: str
    act: str
    kind: str = ""
    subject: str = ""
    detail: str = "{}"


@dataclass(frozen=True)
class Head:
    """The last row of the audit: its number and its seal."""

    seq: int = 0
    mac: str = GENESIS


@dataclass(frozen=True)
class Verdict:
    """What a check of the audit found: how many rows, its head, and the first row that is not right.

    `fault` is empty when all is well, else `changed`, `gap`, `cut` or `anchor`; `at_row` is the
    number of the row it was met at.
    """

    rows: int
    head: Head
    fault: str = ""
    at_row: int = 0

    @property
    def is_whole(self) -> bool:
        """True when every row is as it was written, and none is missing."""
        return not self.fault

    def trusted(self) -> Head:
        """Give the head of an audit that is whole. Raises Damaged, with the row it is not right at."""
        if not self.is_whole:
            raise Damaged(_FAULTS[self.fault], row=str(self.at_row))
        return self.head


def detail(values: Mapping[str, object]) -> str:
    """Write the detail of a row so that the same values always give the same text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def head(connection: Connection) -> Head:
    """Give the last row."""
    found = connection.execute(
        select(AUDIT.c.seq, AUDIT.c.mac).order_by(AUDIT.c.seq.desc()).limit(1)
    ).first()
    return Head(found.seq, found.mac) if found else Head()


def append(connection: Connection, keys: Keys, entry: Entry, last: Head) -> Head:
    """Write a row after the last one; give the new head. The caller holds the right to write."""
    seq = last.seq + 1
    said = {name: getattr(entry, name) for name in _COLUMNS}
    mac = _mac(keys.audit, last.mac, seq, said)
    connection.execute(insert(AUDIT).values(seq=seq, mac=mac, **said))
    return Head(seq, mac)


def verify(connection: Connection, keys: Keys, since: Head | None = None) -> Verdict:
    """Check every row of the chain, or those after a head that was verified before."""
    key, last = keys.audit, since or Head()
    begun = last.seq
    for row in _rows(connection, begun):
        if row.seq != last.seq + 1:
            return Verdict(last.seq - begun, last, "gap", last.seq + 1)
        mac = _mac(key, last.mac, row.seq, {name: getattr(row, name) for name in _COLUMNS})
        if not hmac.compare_digest(mac.encode(), str(row.mac).encode()):
            return Verdict(last.seq - begun, last, "changed", row.seq)
        last = Head(row.seq, row.mac)
    return Verdict(last.seq - begun, last)


def verify_whole(
    connection: Connection, keys: Keys, known: tuple[Head, ...] = (), since: Head | None = None
) -> Verdict:
    """Check the chain, and that every head anchored in the records or `known` elsewhere is in it."""
    verdict = verify(connection, keys, since)
    if not verdict.is_whole:
        return verdict
    if not verdict.head.seq:  # the first row is written with the tables
        return Verdict(0, verdict.head, "cut", 1)
    heads = list(known)
    anchors = select(ANCHORS).where(ANCHORS.c.seq >= (since or Head()).seq).order_by(ANCHORS.c.id)
    for row in connection.execute(anchors):
        if _seal(keys, row) != row.seal:
            return Verdict(verdict.rows, verdict.head, "anchor", row.seq)
        heads.append(Head(row.seq, row.mac))
    for each in heads:
        found = _mac_of(connection, each.seq)
        if found != each.mac:
            return Verdict(verdict.rows, verdict.head, "changed" if found else "cut", each.seq)
    return verdict


def anchor(connection: Connection, keys: Keys, at: str, why: str) -> Head:
    """Write down the head as verified, sealed."""
    last = head(connection)
    seal = keys.seal("anchor", str(last.seq), last.mac, at, why)
    connection.execute(
        insert(ANCHORS).values(seq=last.seq, mac=last.mac, at=at, why=why, seal=seal)
    )
    return last


def anchored(connection: Connection, keys: Keys) -> Head | None:
    """Give the newest anchor whose seal and row are right; None when there is none."""
    row = connection.execute(select(ANCHORS).order_by(ANCHORS.c.id.desc()).limit(1)).first()
    if row is None or _seal(keys, row) != row.seal:
        return None
    return Head(row.seq, row.mac) if _mac_of(connection, row.seq) == row.mac else None


def restored(connection: Connection, keys: Keys) -> str:
    """Give when the records were last put back from a backup; empty for never.

    An anchor kept elsewhere before that moment holds no more: without this every other counter
    would take a restored server for one whose audit was cut. The word of it is sealed.
    """
    found = connection.execute(select(ANCHORS).where(ANCHORS.c.why == RESTORED))
    return max((row.at for row in found if _seal(keys, row) == row.seal), default="")


def before(connection: Connection, last: Head | None, many: int) -> Head | None:
    """Give the head so many rows before one; None when there are not so many rows before it."""
    if last is None or last.seq <= many:
        return None
    return Head(last.seq - many, _mac_of(connection, last.seq - many))


def page(
    connection: Connection, before: int, wanted: Mapping[str, str], most: int
) -> tuple[tuple[int, Entry], ...]:
    """Give rows, the newest first, from before one; `wanted` narrows by what a column says.

    `since` and `until` narrow by time, UTC as the records write it, the second one left out.
    """
    query = select(AUDIT)
    if before:
        query = query.where(AUDIT.c.seq < before)
    for column, start in wanted.items():
        if start and column == "since":
            query = query.where(AUDIT.c.at >= start)
        elif start and column == "until":
            query = query.where(AUDIT.c.at < start)
        elif start:
            query = query.where(AUDIT.c[column] == start)
    found = connection.execute(query.order_by(AUDIT.c.seq.desc()).limit(most))
    return tuple((row.seq, _entry(row)) for row in found)


def rows(connection: Connection) -> Iterator[tuple[tuple[int, Entry], str]]:
    """Give every row with its seal, the oldest first."""
    for row in _rows(connection, 0):
        yield (row.seq, _entry(row)), row.mac


def count(connection: Connection) -> int:
    """Count the rows."""
    return int(connection.scalar(select(func.count()).select_from(AUDIT)) or 0)


def _entry(row: Row[Any]) -> Entry:
    return Entry(*(getattr(row, name) for name in _COLUMNS))


def _seal(keys: Keys, row: Any) -> str:
    return keys.seal("anchor", *(str(each) for each in (row.seq, row.mac, row.at, row.why)))


def _mac_of(connection: Connection, seq: int) -> str:
    return str(connection.scalar(select(AUDIT.c.mac).where(AUDIT.c.seq == seq)) or "")


def _rows(connection: Connection, after: int) -> Iterator[Row[Any]]:
    """Give the rows in their order, some thousand at a time."""
    while True:
        rows = connection.execute(
            select(AUDIT).where(AUDIT.c.seq > after).order_by(AUDIT.c.seq).limit(_AT_ONCE)
        ).all()
        yield from rows
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].seq


def _mac(key: bytes, before: str, seq: int, said: Mapping[str, object]) -> str:
    text = json.dumps(
        [before, seq, *(said[name] for name in _COLUMNS)], ensure_ascii=False, default=repr
    )
    return hmac.new(key, text.encode(), sha256).hexdigest()
