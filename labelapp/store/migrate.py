"""The steps by which the tables of an older program become those of this one, all or none."""

from __future__ import annotations

from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, inspect, text

from labelapp.store import guards
from labelapp.store.trouble import Damaged, Newer

NEWEST = "0002"
"""The step this program's tables stand at."""
_ALONE = Lock()
"""Alembic keeps whose tables it makes in modules of its own: two threads would mix them up."""


def step(connection: Connection) -> str:
    """Give the step the tables stand at; empty where there are none."""
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")) or "")


def must_move(connection: Connection) -> bool:
    """Tell whether the tables are older than this program. Raises Newer and Damaged."""
    standing = step(connection)
    if not standing:
        raise Damaged("store.no-tables")
    if standing > NEWEST:
        raise Newer(standing=standing, known=NEWEST)
    return standing < NEWEST


def move(connection: Connection) -> None:
    """Bring the tables up to this program and put the guards back, in the transaction under way."""
    make_tables(connection)
    guards.install(connection)
    if connection.dialect.name == "sqlite":
        _check_links(connection)


def _check_links(connection: Connection) -> None:
    """See what was not watched while tables were built anew: that no row points to none."""
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise Damaged("store.pages-damaged", check="foreign_key_check")


def make_tables(connection: Connection, until: str = "head") -> None:
    """Go every step that lacks, in the transaction under way, and leave the guards to the caller.

    `until` an earlier step the tables are those of an older program.
    """
    from alembic import command  # noqa: PLC0415 - only when the tables are old
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "schema"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    with _ALONE:
        command.upgrade(config, until)
