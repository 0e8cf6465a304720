"""Fills: each time a prescription is filled, with its lots, and how far it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from labelapp.rx.decision import Decision
from labelapp.rx.history import FillState
from labelapp.store import checks, decisions, prints, versions
from labelapp.store.orders import PAGE, Numbered, Order
from labelapp.store.prints import JobState
from labelapp.store.tables import FILL_LOTS, FILLS, PRESCRIPTIONS
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change


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
class NewFill:
    """What a fill is recorded with. `lots` are the ids of the lots it is taken from."""

    number: int
    filled_on: str
    quantity: str
    days: int
    first_day: int
    says: Mapping[str, Any]
    lots: tuple[int, ...] = ()
    decisions: tuple[Decision, ...] = ()


def add(change: Change, known: Order, new: NewFill) -> Filled:
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
        decisions.keep(change, subject, each)
    return fill(change.connection, subject)


def alter(change: Change, known: Filled, new: NewFill) -> Filled:
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
        decisions.keep(change, known.id, each)
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


def void(change: Change, known: Filled, reason: str) -> Filled:
    """Void a fill and every label of it that left or may have, with the reason. Raises Conflict."""
    for job in prints.jobs_of(change.connection, known.id):
        if job.state in {JobState.SENT, JobState.UNKNOWN}:
            prints.settle(change, job.id, JobState.VOID, why=reason)
    return set_state(change, known, FillState.VOID, reason=reason)


def verify(change: Change, known: Filled, said: Mapping[str, Any]) -> Filled:
    """Record a pharmacist's final verification: what was scanned and seen. Raises Conflict."""
    checks.keep(change, known.prescription, known.id, "verification", said)
    return set_state(change, known, FillState.VERIFIED)


def fill(connection: Connection, subject: int) -> Filled:
    """Give a fill by its id. Raises StoreTrouble when there is none."""
    row = connection.execute(select(FILLS).where(FILLS.c.id == subject)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="fills")
    return _filled(connection, row)


def of_prescription(connection: Connection, prescription: int) -> tuple[Filled, ...]:
    """Give every fill of a prescription, the first one first."""
    query = select(FILLS).where(FILLS.c.prescription == prescription).order_by(FILLS.c.number)
    return tuple(_filled(connection, row) for row in connection.execute(query).all())


def on_day(connection: Connection, day: str, after: int = 0) -> tuple[Numbered, ...]:
    """Give a page of the fills of one day by their prescriptions, from after a fill's id."""
    query = (
        select(FILLS.c.id, PRESCRIPTIONS.c.number, PRESCRIPTIONS.c.patient)
        .join(PRESCRIPTIONS, PRESCRIPTIONS.c.id == FILLS.c.prescription)
        .where(FILLS.c.filled_on == day, FILLS.c.id > after)
    )
    rows = connection.execute(query.order_by(FILLS.c.id).limit(PAGE))
    return tuple(Numbered(*row) for row in rows)


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
