"""Orders: prescriptions as received and as settled, and every fill of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from labelapp.rx.decision import Decision
from labelapp.rx.history import FillState, Standing
from labelapp.rx.people import Role
from labelapp.store import versions
from labelapp.store.tables import (
    CHECKS,
    DECISIONS,
    FILL_LOTS,
    FILLS,
    NUMBERS,
    PRESCRIPTIONS,
    RECEIVED,
)
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change, body

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
class Filled:
    """A fill on record. `says` is the own format of all that its label was made from."""

    id: int
    version: int
    prescription: int
    number: int
    filled_on: str
    quantity: str
    days: int
    first_day: int
    state: FillState
    lots: tuple[int, ...]
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Numbered:
    """A line of a list: the prescription's number and patient; `id` is where the list goes on."""

    id: int
    number: str
    patient: int


@dataclass(frozen=True)
class NewFill:
    """What a fill is recorded with. `lots` pairs each lot's id with the quantity drawn from it."""

    number: int
    filled_on: str
    quantity: str
    days: int
    first_day: int
    says: Mapping[str, Any]
    lots: tuple[int, ...] = ()
    decisions: tuple[Decision, ...] = ()


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
    _check(change, known.id, None, "review", said)
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


def add_fill(change: Change, known: Order, new: NewFill) -> Filled:
    """Record a fill with its lots and decisions. Raises Taken when that fill is there already."""
    subject = versions.create(
        change,
        FILLS,
        new.says,
        {
            "prescription": known.id,
            "number": new.number,
            "filled_on": new.filled_on,
            "quantity": new.quantity,
            "days": new.days,
            "first_day": new.first_day,
            "state": FillState.ENTERED.value,
        },
    )
    for lot in new.lots:
        change.connection.execute(insert(FILL_LOTS).values(fill=subject, lot=lot))
    for each in new.decisions:
        keep_decision(change, subject, each)
    return fill(change.connection, subject)


def alter_fill(change: Change, known: Filled, new: NewFill) -> Filled:
    """Record a fill that was not printed yet anew. Raises Conflict."""
    versions.put(
        change,
        FILLS,
        (known.id, known.version),
        new.says,
        {
            "filled_on": new.filled_on,
            "quantity": new.quantity,
            "days": new.days,
            "first_day": new.first_day,
        },
    )
    for lot in set(new.lots) - set(known.lots):
        change.connection.execute(insert(FILL_LOTS).values(fill=known.id, lot=lot))
    for each in new.decisions:
        keep_decision(change, known.id, each)
    return fill(change.connection, known.id)


def set_state(change: Change, known: Filled, state: FillState, **said: object) -> Filled:
    """Record how far a fill is. Raises Conflict."""
    says = {**known.says, **({"void": dict(said)} if said else {})}
    versions.put(
        change,
        FILLS,
        (known.id, known.version),
        says,
        {"state": state.value},
        act=f"fill.{state.value}",
    )
    return fill(change.connection, known.id)


def verify(change: Change, known: Filled, said: Mapping[str, Any]) -> Filled:
    """Record a pharmacist's final verification: what was scanned and seen. Raises Conflict."""
    _check(change, known.prescription, known.id, "verification", said)
    return set_state(change, known, FillState.VERIFIED)


def keep_decision(change: Change, fill_id: int, made: Decision) -> None:
    """Keep a person's answer to a finding beside the fill it was made for; the same one once."""
    row = {
        "fill": fill_id,
        "code": made.code,
        "field": made.field,
        "said": body(dict(made.values)),
        "choice": made.choice,
        "person": made.by,
        "role": made.role.value,
        "at": made.at.isoformat(),
        "reason": made.reason,
    }
    same = select(DECISIONS.c.id).where(*(DECISIONS.c[name] == each for name, each in row.items()))
    if change.connection.scalar(same) is not None:
        return
    change.connection.execute(insert(DECISIONS).values(**row))
    change.record("decide", "fills", fill_id, **{**row, "fill": fill_id})


def decisions_of(connection: Connection, fill_id: int) -> tuple[Decision, ...]:
    """Give every answer kept beside a fill, the oldest first."""
    query = select(DECISIONS).where(DECISIONS.c.fill == fill_id).order_by(DECISIONS.c.id)
    return tuple(_decision(row) for row in connection.execute(query))


def fill(connection: Connection, subject: int) -> Filled:
    """Give a fill by its id. Raises StoreTrouble when there is none."""
    row = connection.execute(select(FILLS).where(FILLS.c.id == subject)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="fills")
    return _filled(connection, row)


def fills_of(connection: Connection, prescription: int) -> tuple[Filled, ...]:
    """Give every fill of a prescription, the first one first."""
    query = select(FILLS).where(FILLS.c.prescription == prescription).order_by(FILLS.c.number)
    return tuple(_filled(connection, row) for row in connection.execute(query).all())


def filled_on(connection: Connection, day: str, after: int = 0) -> tuple[Numbered, ...]:
    """Give a page of the fills of one day by their prescriptions, from after a fill's id."""
    query = (
        select(FILLS.c.id, PRESCRIPTIONS.c.number, PRESCRIPTIONS.c.patient)
        .join(PRESCRIPTIONS, PRESCRIPTIONS.c.id == FILLS.c.prescription)
        .where(FILLS.c.filled_on == day, FILLS.c.id > after)
    )
    rows = connection.execute(query.order_by(FILLS.c.id).limit(PAGE))
    return tuple(Numbered(*row) for row in rows)


def checks_of(connection: Connection, prescription: int) -> tuple[Mapping[str, Any], ...]:
    """Give the reviews and verifications of a prescription, the oldest first."""
    query = select(CHECKS).where(CHECKS.c.prescription == prescription).order_by(CHECKS.c.id)
    return tuple(dict(row) for row in connection.execute(query).mappings())


def _check(
    change: Change, prescription: int, fill_id: int | None, what: str, said: Mapping[str, Any]
) -> None:
    change.connection.execute(
        insert(CHECKS).values(
            prescription=prescription,
            fill=fill_id,
            what=what,
            person=change.doer.initials,
            role=change.doer.role.value,
            at=change.at,
            said=body(said),
        )
    )


def _decision(row: Row[Any]) -> Decision:
    return Decision(
        row.code,
        row.field,
        tuple(json.loads(row.said).items()),
        row.choice,
        row.person,
        Role(row.role),
        datetime.fromisoformat(row.at),
        row.reason,
    )


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


def _filled(connection: Connection, row: Row[Any]) -> Filled:
    lots: Iterable[int] = connection.scalars(
        select(FILL_LOTS.c.lot).where(FILL_LOTS.c.fill == row.id).order_by(FILL_LOTS.c.id)
    )
    return Filled(
        row.id,
        row.version,
        row.prescription,
        row.number,
        row.filled_on,
        row.quantity,
        row.days,
        row.first_day,
        FillState(row.state),
        tuple(lots),
        versions.newest(connection, FILLS.name, row.id).says,
    )
