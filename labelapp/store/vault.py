"""The vault: the records opened with their keys, one change at a time, each with its audit rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, text

from labelapp.rx.people import Doer
from labelapp.store import audit
from labelapp.store.address import Address, Embedded
from labelapp.store.engine import WRITING, plainly
from labelapp.store.keys import Keys
from labelapp.store.trouble import ReadOnly

Look = Connection
"""The records as they stood at one moment, to be read."""

_LOCK = 4_915_001
"""The number of the lock by which counters on one PostgreSQL write one after another."""


@dataclass(frozen=True)
class Place:
    """What the records are told of this computer: its name, its clock, and where it keeps anchors.

    A folder for anchors outside the records shows records that were put back to an older state.
    """

    station: str
    clock: Callable[[], datetime]
    anchors: Path | None = None


@dataclass
class Change:
    """One change of the records under way: everything in it is kept, or nothing."""

    connection: Connection
    keys: Keys
    doer: Doer
    station: str
    at: str
    _head: audit.Head | None = field(default=None, repr=False)

    def record(self, act: str, kind: str = "", subject: object = "", **values: object) -> None:
        """Write a row of the audit into this change: who is the doer, when is now."""
        last = self._head or audit.head(self.connection)
        entry = audit.Entry(
            self.at,
            str(self.doer.id),
            self.doer.role,
            self.station,
            act,
            kind,
            str(subject),
            audit.detail(values),
        )
        self._head = audit.append(self.connection, self.keys, entry, last)

    @property
    def is_recorded(self) -> bool:
        """True once an audit row stands in this change."""
        return self._head is not None


class Vault:
    """The open records. `change` writes, `look` reads; nothing else touches the database.

    `place` is this computer; `release` gives its lock back when the records are closed. A vault that `may_write` not (a damaged one) is only looked at.
    """

    def __init__(
        self,
        engine: Engine,
        keys: Keys,
        address: Address,
        place: Place,
        release: Callable[[], None] | None = None,
        *,
        may_write: bool = True,
    ) -> None:
        self.engine = engine
        self.keys = keys
        self.address = address
        self.place = place
        self.may_write = may_write
        self._release = release

    @property
    def is_embedded(self) -> bool:
        """True for the encrypted file of one computer."""
        return isinstance(self.address, Embedded)

    def now(self) -> str:
        """Give the time as the records write it: UTC, ISO 8601, to the millisecond."""
        return written(self.place.clock())

    @contextmanager
    def change(self, doer: Doer) -> Iterator[Change]:
        """Change the records: committed as a whole at the end, or not at all.

        A change writes at least one audit row. Raises StoreTrouble, in the trade's words.
        """
        if not self.may_write:
            raise ReadOnly("store.read-only-damaged")
        with plainly(), self.engine.execution_options(**{WRITING: True}).begin() as connection:
            if connection.dialect.name != "sqlite":
                wait_for_turn(connection)
            made = Change(connection, self.keys, doer, self.place.station, self.now())
            yield made
            assert made.is_recorded, "a change of the records that nobody could ever learn of"

    @contextmanager
    def look(self) -> Iterator[Connection]:
        """Read the records as they stand at one moment."""
        with plainly(), self.engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                connection.execution_options(isolation_level="REPEATABLE READ")
            with connection.begin():
                yield connection

    def close(self) -> None:
        """Give the database and the computer's lock back."""
        try:
            self.engine.dispose()
        finally:
            if self._release is not None:
                self._release()


def wait_for_turn(connection: Connection) -> None:
    """Let the counters on one PostgreSQL write one after another, until the transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def written(moment: datetime) -> str:
    """Write a moment as the records do."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def body(values: Mapping[str, Any]) -> str:
    """Write what a record says, the same values always as the same text."""
    return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
