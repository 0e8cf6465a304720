"""The line to the database: how it is opened, and its errors as codes without a word of the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool, QueuePool

from labelapp.store.guards import COUNTER
from labelapp.store.trouble import (
    Busy,
    Damaged,
    Gone,
    NoRoom,
    NotSetUp,
    ReadOnly,
    StoreTrouble,
    Taken,
    WrongKey,
)

LEAST_SQLITE = (3, 51, 3)
"""Older ones can lose pages of a write-ahead log with two connections (sqlite.org, 3.51.3 notes)."""
WRITING = "labelapp_writing"
SECONDS = 10
PATIENCE = {
    "connect_timeout": SECONDS,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""How long a line to a server may be dead before it is taken for gone: a minute, not two hours."""
_UNIQUE_SQLITE = re.compile(r"UNIQUE constraint failed: ([a-z_.]+)")
_SQLITE: dict[str, type[StoreTrouble]] = {
    "SQLITE_FULL": NoRoom,
    "SQLITE_READONLY": ReadOnly,
    "SQLITE_CANTOPEN": ReadOnly,
    "SQLITE_PERM": ReadOnly,
    "SQLITE_BUSY": Busy,
    "SQLITE_LOCKED": Busy,
    "SQLITE_NOTADB": WrongKey,
    "SQLITE_CORRUPT": Damaged,
}
_POSTGRESQL: tuple[tuple[str, type[StoreTrouble]], ...] = (
    ("08", Gone),
    ("57P", Gone),
    ("22023", NotSetUp),  # of all we say, only a role that was never made is no valid value
    ("28", WrongKey),
    ("3D000", NotSetUp),
    ("42P01", NotSetUp),
    ("42501", ReadOnly),
    ("25006", ReadOnly),
    ("40", Busy),
    ("55P03", Busy),
    ("53100", NoRoom),
    ("53", Gone),
    ("XX00", Damaged),
)
_LINE = (OperationalError, InterfaceError)
"""What the line itself can have; without a state it is broken, or was never made."""


def embedded(path: Path, key: str, *, may_write: bool = True, checks_links: bool = True) -> Engine:
    """Make the line to an encrypted database file; it is opened when first used.

    Without `checks_links` a table that others point to may be built anew; see `migrate.move`.
    """
    if tuple(map(int, sqlcipher.sqlite_version.split("."))) < LEAST_SQLITE:
        raise StoreTrouble("store.old-sqlite", version=sqlcipher.sqlite_version)

    def opened() -> Any:
        mode = "rw" if may_write else "ro"
        line = sqlcipher.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,  # BEGIN is ours, so that changes of tables can be taken back too
            check_same_thread=False,
            timeout=SECONDS,
        )
        for pragma in (
            f"key = \"x'{key}'\"",
            "cipher_log_level = NONE",  # else a damaged page floods stderr
            "synchronous = FULL",
            f"foreign_keys = {'ON' if checks_links else 'OFF'}",
            "recursive_triggers = ON",
            "trusted_schema = OFF",
            "cell_size_check = ON",
            "temp_store = MEMORY",
        ):
            line.execute(f"PRAGMA {pragma}")
        return line

    engine = create_engine(
        "sqlite+pysqlite://",
        module=sqlcipher,
        creator=opened,
        poolclass=QueuePool,
        pool_size=4,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITING)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    @event.listens_for(engine, "before_cursor_execute")
    def _hold_texts(*told: Any) -> None:
        rows = told[3] if told[5] else [told[3]]  # parameters, of one row or of many
        if any(isinstance(each, str) and "\0" in each for row in rows for each in row):
            raise StoreTrouble  # a server takes no such text: the records could never move to one

    return engine


def new_file(path: Path, key: str) -> None:
    """Make an empty encrypted database file with a write-ahead log."""
    line = sqlcipher.connect(str(path), isolation_level=None)
    try:
        line.execute(f"PRAGMA key = \"x'{key}'\"")
        set_journal(line, "wal")
        line.execute("PRAGMA user_version = 1")
    finally:
        line.close()


def set_journal(line: Any, mode: str) -> None:
    """Change the journal of a database file. Raises StoreTrouble where it stays what it was."""
    if line.execute(f"PRAGMA journal_mode = {mode}").fetchall() != [(mode,)]:
        raise StoreTrouble


def server(url: URL, *, as_owner: bool = False) -> Engine:
    """Make the line to a PostgreSQL; every counter works there as a role that cannot rewrite.

    The owner's own rights are used only to set up and to bring the tables up to date.
    """
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        poolclass=NullPool if as_owner else QueuePool,
        connect_args={"application_name": "labelapp", **PATIENCE},
    )
    if not as_owner:

        @event.listens_for(engine, "connect")
        def _as_counter(line: Any, _record: object) -> None:
            line.execute(f"SET ROLE {COUNTER}")
            line.commit()

    return engine


@contextmanager
def plainly() -> Iterator[None]:
    """Turn an error of the database into its code; no text of it, which may hold data, goes on."""
    try:
        yield
    except DBAPIError as failed:
        trouble = _trouble(failed)
    except sqlcipher.Error as failed:
        trouble = _of_sqlite(failed)
    except (SQLAlchemyError, UnicodeEncodeError, OverflowError):  # the last two hold the value
        trouble = StoreTrouble()
    else:
        return
    try:
        raise trouble
    finally:
        trouble.__context__ = None  # there Python puts the error under way, with its text


def _trouble(failed: DBAPIError) -> StoreTrouble:
    origin = failed.orig
    if isinstance(origin, sqlcipher.Error):
        return _of_sqlite(origin)
    state = str(getattr(origin, "sqlstate", None) or "")
    if state == "23505":
        diagnosis = getattr(origin, "diag", None)
        return Taken(what=_column(str(getattr(diagnosis, "constraint_name", ""))))
    if failed.connection_invalidated or (not state and isinstance(failed, _LINE)):
        return Gone()
    found = next((kind for start, kind in _POSTGRESQL if state.startswith(start)), None)
    return found(state=state) if found else StoreTrouble(state=state)


def _of_sqlite(failed: BaseException) -> StoreTrouble:
    name = str(getattr(failed, "sqlite_errorname", None) or "")
    unique = _UNIQUE_SQLITE.search(str(failed))
    if unique:
        return Taken(what=unique.group(1).split(",")[0])
    kind = next((kind for start, kind in _SQLITE.items() if name.startswith(start)), None)
    if kind is not None:
        return kind(state=name)
    return NoRoom(state=name) if "disk I/O" in str(failed) else StoreTrouble(state=name)


def _column(constraint: str) -> str:
    """Name the column of a constraint as SQLite does: uq_labels_serial is labels.serial."""
    return constraint.removeprefix("uq_").replace("_", ".", 1)
