"""The shelf: formulas, the lots made from them, who released them, and who received them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from labelapp.store import versions
from labelapp.store.tables import FILL_LOTS, FILLS, FORMULAS, LOTS, PATIENTS, PRESCRIPTIONS
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change

PAGE = 50


@dataclass(frozen=True)
class Batch:
    """A lot on record. `says` holds its fields by the last part of their path.

    `released_by` are the initials of the pharmacist who released it; empty before. `left` is how
    much is left, exact; empty where nobody counts.
    """

    id: int
    version: int
    number: str
    formula: int | None
    made_on: str
    bud: str
    left: str
    released_by: str
    says: Mapping[str, Any]


@dataclass(frozen=True)
class Reached:
    """A patient a lot reached: by which prescription and fill, when, how many."""

    patient: int
    rx_number: str
    fill: int
    filled_on: str
    quantity: str
    state: str


@dataclass(frozen=True)
class Recipe:
    """A formula on record."""

    id: int
    version: int
    name: str
    says: Mapping[str, Any]


def add_formula(change: Change, name: str, says: Mapping[str, Any]) -> Recipe:
    """Record a formula. Raises Taken."""
    return formula(change.connection, versions.create(change, FORMULAS, says, {"name": name}))


def alter_formula(change: Change, known: Recipe, says: Mapping[str, Any]) -> Recipe:
    """Record a formula anew; what was made from it before keeps its own version. Raises Conflict."""
    versions.put(change, FORMULAS, (known.id, known.version), says)
    return formula(change.connection, known.id)


def formula(connection: Connection, subject: int) -> Recipe:
    """Give a formula by its id. Raises StoreTrouble when there is none."""
    row = connection.execute(select(FORMULAS).where(FORMULAS.c.id == subject)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="formulas")
    says = versions.newest(connection, FORMULAS.name, row.id).says
    return Recipe(row.id, row.version, row.name, says)


def formulas(connection: Connection) -> tuple[Recipe, ...]:
    """List the formulas by name."""
    ids = connection.scalars(select(FORMULAS.c.id).order_by(FORMULAS.c.name)).all()
    return tuple(formula(connection, each) for each in ids)


def add(
    change: Change,
    number: str,
    says: Mapping[str, Any],
    made_on: str,
    bud: str,
    of: int | None = None,
) -> Batch:
    """Record a lot; it may not be used before a pharmacist released it. Raises Taken."""
    subject = versions.create(
        change,
        LOTS,
        says,
        {
            "number": number,
            "formula": of,
            "made_on": made_on,
            "bud": bud,
            "left": says.get("left") or None,
            "released_by": None,
        },
    )
    return lot(change.connection, subject)


def alter(change: Change, known: Batch, says: Mapping[str, Any], made_on: str, bud: str) -> Batch:
    """Record a lot anew; it has to be released again. Raises Conflict."""
    columns: dict[str, object] = {"made_on": made_on, "bud": bud, "released_by": None}
    versions.put(change, LOTS, (known.id, known.version), says, columns)
    return lot(change.connection, known.id)


def release(change: Change, known: Batch) -> Batch:
    """Release a lot for use, in the name of the one who does it. Raises Conflict."""
    versions.put(
        change,
        LOTS,
        (known.id, known.version),
        known.says,
        {"released_by": change.doer.initials},
        act="release",
    )
    return lot(change.connection, known.id)


def count(change: Change, known: Batch, left: str) -> Batch:
    """Record how much of a lot is left. Raises Conflict."""
    says = {**known.says, "left": left}
    versions.put(change, LOTS, (known.id, known.version), says, {"left": left}, act="count")
    return lot(change.connection, known.id)


def lot(connection: Connection, subject: int) -> Batch:
    """Give a lot by its id. Raises StoreTrouble when there is none."""
    row = connection.execute(select(LOTS).where(LOTS.c.id == subject)).first()
    if row is None:
        raise StoreTrouble("store.no-such", kind="lots")
    return _batch(connection, row)


def numbered(connection: Connection, number: str) -> Batch | None:
    """Find a lot by its number."""
    row = connection.execute(select(LOTS).where(LOTS.c.number == number)).first()
    return _batch(connection, row) if row else None


def lots(connection: Connection, before: int = 0, beginning: str = "") -> tuple[Batch, ...]:
    """Give a page of lots, the newest first, or those whose number begins so."""
    query = select(LOTS.c.id)
    if before:
        query = query.where(LOTS.c.id < before)
    if beginning:
        query = query.where(LOTS.c.number >= beginning, LOTS.c.number < beginning + "\U0010ffff")
    ids = connection.scalars(query.order_by(LOTS.c.id.desc()).limit(PAGE)).all()
    says = versions.said_by(connection, LOTS.name, ids)
    rows = connection.execute(select(LOTS).where(LOTS.c.id.in_(ids)).order_by(LOTS.c.id.desc()))
    return tuple(_told(row, says[row.id]) for row in rows)


def reached(connection: Connection, subject: int) -> tuple[Reached, ...]:
    """Give everybody a lot reached, for a recall: all of them, in order of their names."""
    query = (
        select(
            PATIENTS.c.id,
            PRESCRIPTIONS.c.number,
            FILLS.c.number.label("fill"),
            FILLS.c.filled_on,
            FILLS.c.quantity,
            FILLS.c.state,
        )
        .select_from(FILL_LOTS)
        .join(FILLS, FILLS.c.id == FILL_LOTS.c.fill)
        .join(PRESCRIPTIONS, PRESCRIPTIONS.c.id == FILLS.c.prescription)
        .join(PATIENTS, PATIENTS.c.id == PRESCRIPTIONS.c.patient)
        .where(FILL_LOTS.c.lot == subject)
        .order_by(PATIENTS.c.sort_name, PATIENTS.c.id, FILLS.c.id)
    )
    return tuple(Reached(*row) for row in connection.execute(query))


def _batch(connection: Connection, row: Row[Any]) -> Batch:
    return _told(row, versions.newest(connection, LOTS.name, row.id).says)


def _told(row: Row[Any], says: Mapping[str, Any]) -> Batch:
    return Batch(
        row.id,
        row.version,
        row.number,
        row.formula,
        row.made_on,
        row.bud,
        row.left or "",
        row.released_by or "",
        says,
    )
