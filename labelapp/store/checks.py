"""Checks: a pharmacist's review of an order, and the final verification of a fill."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select

from labelapp.store.tables import CHECKS
from labelapp.store.vault import Change, body


def keep(
    change: Change, prescription: int, fill_id: int | None, what: str, said: Mapping[str, Any]
) -> None:
    """Record a check of a prescription, or of one fill of it, by whoever acts."""
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


def of_prescription(connection: Connection, prescription: int) -> tuple[Mapping[str, Any], ...]:
    """Give the reviews and verifications of a prescription, the oldest first."""
    query = select(CHECKS).where(CHECKS.c.prescription == prescription).order_by(CHECKS.c.id)
    return tuple(dict(row) for row in connection.execute(query).mappings())
