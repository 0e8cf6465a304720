"""Orders: prescriptions as received and as settled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from labelapp.rx.history import Standing
from labelapp.store import checks, versions
from labelapp.store.tables import NUMBERS, PRESCRIPTIONS, RECEIVED
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change

PAGE = 50


@dataclass(frozen=True)
class Received:
    """An order as it came in: the message's own bytes, a fax or a scan, and which kind it is."""

    id: int
    kind: str
    data: bytes
    sha256: str
    at: str


@dataclass(frozen=True)
class Order:
    """A prescription on record. `says` is the own format of what was settled.

    `reviewed_by` are the initials of the pharmacist who held it against the order as received.
    """

    id: int
    version: int
    number: str
    patient: int
    prescriber: int
    received: int | None
    written: str
    standing: Standing
    reviewed_by: str
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Numbered:
    """A line of a list: the prescription's number and patient; `id` is where the list goes on."""

    id: int
    number: str
    patient: int


def keep_received(change: Change, kind: str, data: bytes) -> int:
    """Keep an order as it was received; the same bytes are kept once."""
    digest = sha256(data).hexdigest()
    known = change.connection.scalar(select(RECEIVED.c.id).where(RECEIVED.c.sha256 == digest))
    if known is not None:
        return int(known)
    made = change.connection.execute(
        insert(RECEIVED).values(
            at=change.at, person=change.doer.initials, kind=kind, sha256=digest, data=data
        )
    )
    assert made.inserted_primary_key is not None
    subject = int(made.inserted_primary_key[0])
    change.record("create", "received", subject, came_as=kind, sha256=digest, bytes=len(data))
    return subject


def received(connection: Connection, subject: int) -> Received:
    """Give an order as it was received."""
    row = connection.execute(select(RECEIVED).where(RECEIVED.c.id == subject)).one()
    return Received(row.id, row.kind, bytes(row.data), row.sha256, row.at)


def next_number(change: Change, name: str) -> int:
    """Give out the next number of a kind; no two counters ever get the same."""
    done = change.connection.execute(
        update(NUMBERS).where(NUMBERS.c.name == name).values(next=NUMBERS.c.next + 1)
    )
    if done.rowcount == 0:
        change.connection.execute(insert(NUMBERS).values(name=name, next=2))
        return 1
    found = change.connection.scalar(select(NUMBERS.c.next).where(NUMBERS.c.name == name))
    return int(found or 0) - 1


def add(
    change: Change,
    number: str,
    who: tuple[int, int],
    written: str,
    says: Mapping[str, Any],
    came: int | None = None,
) -> Order:
    """Record a prescription of a patient by a prescriber (their ids). Raises Taken for its number."""
    patient, prescriber = who
    subject = versions.create(
        change,
        PRESCRIPTIONS,
        says,
        {
            "number": number,
            "patient": patient,
            "prescriber": prescriber,
            "received": came,
            "written": written,
            "standing": Standing.ACTIVE.value,
            "reviewed_by": None,
        },
    )
    return order(change.connection, subject)


def alter(change: Change, known: Order, says: Mapping[str, Any]) -> Order:
    """Record what was settled anew; it waits for its review again. Raises Conflict."""
    versions.put(change, PRESCRIPTIONS, (known.id, known.version), says, {"reviewed_by": None})
    return order(change.connection, known.id)


def receive(change: Change, known: Order, came: int) -> Order:
    """Put an order as received (its id) beside a prescription; it waits for its review again.

    What was beside it before stays in the records, and the audit names both. Raises Conflict.
    """
    columns = {"received": came, "reviewed_by": None}
    versions.put(change, PRESCRIPTIONS, (known.id, known.version), known.says, columns, "receive")
    change.record("receive", "received", came, prescription=known.id, before=known.received)
    return order(change.connection, known.id)


def stand(change: Change, known: Order, standing: Standing, reason: str) -> Order:
    """Discontinue, transfer or take up a prescription again, with the reason. Raises Conflict."""
    says = {**known.says, "standing": standing.value, "standing_reason": reason}
    versions.put(
        change,
        PRESCRIPTIONS,
        (known.id, known.version),
        says,
        {"standing": standing.value},
        act="stand",
    )
    return order(change.connection, known.id)


def review(change: Change, known: Order, said: Mapping[str, Any]) -> Order:
    """Record a pharmacist's review of the order against what was entered. Raises Conflict."""
    checks.keep(change, known.id, None, "review", said)
    versions.put(
        change,
        PRESCRIPTIONS,
        (known.id, known.version),
        known.says,
        {"reviewed_by": change.doer.initials},
        act="review",
    )
    return order(change.connection, known.id)


def order(connection: Connection, subject: int) -> Order:
    """Give a prescription by its id. Raises StoreTrouble when there is none."""
    row = connection.execute(select(PRESCRIPTIONS).where(PRESCRIPTIONS.c.id == subject)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="prescriptions")
    return _order(connection, row)


def numbered(connection: Connection, number: str) -> Order | None:
    """Find a prescription by its number."""
    row = connection.execute(select(PRESCRIPTIONS).where(PRESCRIPTIONS.c.number == number)).first()
    return _order(connection, row) if row else None


def beginning(
    connection: Connection, number: str, after: str = "", most: int = PAGE
) -> tuple[Numbered, ...]:
    """Give a page of prescriptions whose numbers begin so, in their order, from where it ended."""
    query = select(PRESCRIPTIONS.c.id, PRESCRIPTIONS.c.number, PRESCRIPTIONS.c.patient).where(
        PRESCRIPTIONS.c.number >= number,
        PRESCRIPTIONS.c.number < number + "\U0010ffff",
        PRESCRIPTIONS.c.number > after,
    )
    rows = connection.execute(query.order_by(PRESCRIPTIONS.c.number).limit(most))
    return tuple(Numbered(*row) for row in rows)


def of_patient(connection: Connection, patient: int, before: int = 0) -> tuple[Order, ...]:
    """Give a page of a patient's prescriptions, the newest first, from before an id."""
    query = select(PRESCRIPTIONS).where(PRESCRIPTIONS.c.patient == patient)
    if before:
        query = query.where(PRESCRIPTIONS.c.id < before)
    rows = connection.execute(query.order_by(PRESCRIPTIONS.c.id.desc()).limit(PAGE)).all()
    return tuple(_order(connection, row) for row in rows)


def _order(connection: Connection, row: Row[Any]) -> Order:
    return Order(
        row.id,
        row.version,
        row.number,
        row.patient,
        row.prescriber,
        row.received,
        row.written,
        Standing(row.standing),
        row.reviewed_by or "",
        versions.newest(connection, PRESCRIPTIONS.name, row.id).says,
    )
