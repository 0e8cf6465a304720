"""Decisions: what a person answered to a finding, kept beside the fill it was answered for."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, insert, select

from labelapp.rx.decision import Decision
from labelapp.rx.people import Role
from labelapp.store.tables import DECISIONS
from labelapp.store.vault import Change, body


def keep(change: Change, fill_id: int, made: Decision) -> None:
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


def of_fill(connection: Connection, fill_id: int) -> tuple[Decision, ...]:
    """Give every answer kept beside a fill, the oldest first."""
    query = select(DECISIONS).where(DECISIONS.c.fill == fill_id).order_by(DECISIONS.c.id)
    return tuple(_decision(row) for row in connection.execute(query))


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
