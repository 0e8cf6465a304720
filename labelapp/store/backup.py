"""Backups: a whole copy while work goes on, counted only after it was opened, read and checked.

A backup of either database is one encrypted file and a sealed manifest beside it, which holds the
wrapped keys: with the passphrase or the recovery key it can be restored on any computer, into the
encrypted database or into an empty PostgreSQL.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text

from labelapp.store import audit, guards, migrate, opening, versions
from labelapp.store.disk import disk_trouble, press, remove, write_through
from labelapp.store.engine import WRITING, embedded, new_file, plainly, set_journal
from labelapp.store.keys import Keys
from labelapp.store.manifest import Backup, check_seal, read_page, sealed
from labelapp.store.tables import BOOK, STORE
from labelapp.store.trouble import Damaged, StoreTrouble
from labelapp.store.vault import Vault

HOURS, DAYS, MONTHS = 24, 30, 12
"""Backups that are kept: the newest of each of so many hours, days and months."""
_LEFT = timedelta(days=1)
_SKEW = timedelta(hours=1)
"""By how much the clocks of two counters may differ."""
_ROWS = 2_000
_PAGES = 1_000


def make(vault: Vault, folder: Path, program: str, *, whole: bool = True) -> Backup:
    """Back the records up into a folder and check the copy; only then it counts.

    The audit is checked before, from its last anchor or, with `whole`, from its first row.
    Raises Damaged when the records or the copy are not whole; then nothing is kept.
    """
    with vault.look() as connection:
        since = None if whole else audit.anchored(connection, vault.keys)
        before = _checked(connection, vault.keys, since)
    # the chance in it lets no two backups of one second, or of a clock put back, meet
    stem = f"labelapp-{vault.now()[:19].replace(':', '')}Z-{before.seq}-{secrets.token_hex(4)}"
    new, file = folder / f".{stem}.part", folder / f"{stem}.db"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, vault.place.clock() - _LEFT)
        with plainly():
            _copy(vault, new)
        made = _verified(vault, new, file, program, before)
        press(new)
        new.replace(file)
        write_through(made.manifest, sealed(made, vault.keys))
    except BaseException as failed:
        remove(file)
        if isinstance(failed, OSError):
            raise disk_trouble(failed, folder) from None
        raise
    finally:
        remove(new, *(Path(f"{new}{end}") for end in ("-wal", "-shm", "-journal")))
    return made


def _sweep(folder: Path, before: datetime) -> None:
    """Take away what backups that were cut off have left before a moment."""
    parts = [*folder.glob(".labelapp-*.part*")]
    alone = [
        each for each in folder.glob("labelapp-*.db") if not each.with_suffix(".json").exists()
    ]
    for each in (*parts, *alone):
        with suppress(OSError):
            if each.stat().st_mtime < before.timestamp():
                each.unlink()


def listed(folder: Path) -> tuple[Backup, ...]:
    """List the backups of a folder, the newest first; a file without its page does not count."""
    found = []
    for page in folder.glob("labelapp-*.json") if folder.is_dir() else ():
        try:
            backup = read_page(page)
        except StoreTrouble:
            continue
        if backup.file.exists():
            found.append(backup)
    return tuple(sorted(found, key=lambda each: (each.at, each.head.seq), reverse=True))


def check(backup: Backup, keys: Keys) -> None:
    """Open a backup and check page, file, every table page, every row, the whole audit.

    Raises Damaged.
    """
    check_seal(backup, keys)
    rows, last = _inspected(backup.file, keys)
    if rows != dict(backup.rows) or last != backup.head:
        raise Damaged("store.backup-damaged", name=backup.file.name)


def rotate(folder: Path) -> tuple[Path, ...]:
    """Take away backups that neither an hour, a day nor a month needs; give what went.

    The newest is never among them, nor the one with most in it, should the clock have been wrong.
    Raises StoreTrouble.
    """
    there = listed(folder)
    keep = {max(there, key=lambda each: (each.head.seq, each.at)).file} if there else set()
    for form, most in (("%Y%m%d%H", HOURS), ("%Y%m%d", DAYS), ("%Y%m", MONTHS)):
        newest: dict[str, Path] = {}
        for each in there:
            newest.setdefault(each.at.strftime(form), each.file)
        keep |= {newest[key] for key in sorted(newest, reverse=True)[:most]}
    gone = [each for each in there if each.file not in keep]
    try:
        for each in gone:
            each.manifest.unlink(missing_ok=True)  # first: without its page a file counts no more
            each.file.unlink(missing_ok=True)
    except OSError as failed:
        raise disk_trouble(failed, folder) from None
    return tuple(each.file for each in gone)


def age(folder: Path, now: datetime) -> timedelta | None:
    """Tell how old the newest backup is; None when there is none.

    One from the future, made while a clock was wrong, says nothing.
    """
    ages = [now - each.at for each in listed(folder) if each.at <= now + _SKEW]
    return max(timedelta(0), ages[0]) if ages else None


def _copy(vault: Vault, new: Path) -> None:
    new_file(new, vault.keys.cipher)
    target = embedded(new, vault.keys.cipher)
    try:
        if vault.is_embedded:
            with vault.look() as source, target.connect() as copy:
                source.execute(select(STORE))  # from here on the copy is of this one moment
                line: Any = source.connection.driver_connection
                line.backup(copy.connection.driver_connection, pages=_PAGES, sleep=0.01)
        else:
            with target.connect().execution_options(**{WRITING: True}) as copy, copy.begin():
                migrate.make_tables(copy)
                with vault.look() as source:
                    pour(source, copy, lambda _done, _all: None)
                guards.install(copy)
        _settle(target)
    finally:
        target.dispose()


def _settle(target: Engine) -> None:
    """Make one file of a database and its log."""
    with target.connect() as connection:
        line: Any = connection.connection.driver_connection
        set_journal(line, "delete")


def pour(source: Connection, copy: Connection, said: Callable[[int, int], None]) -> None:
    """Copy every row of every table, those that others point to first.

    Both stand at the same step; what a later one added is in neither.
    """
    counted = counts(source)
    done, total = 0, sum(counted.values())
    there = inspect(source)
    for table in BOOK.sorted_tables:
        if table is not STORE and table.name not in counted:
            continue
        known = {each["name"] for each in there.get_columns(table.name)}
        wanted = select(*(each for each in table.c if each.name in known))
        if table is STORE:  # the keys of a server stay there; the manifest holds its own
            wanted = wanted.where(STORE.c.name != "keys")
        rows = source.execute(wanted, execution_options={"yield_per": _ROWS})
        for part in rows.mappings().partitions(_ROWS):
            copy.execute(insert(table), [dict(row) for row in part])
            done += len(part) if table is not STORE else 0
            said(done, total)


def _verified(vault: Vault, new: Path, file: Path, program: str, before: audit.Head) -> Backup:
    with vault.look() as connection:
        standing = migrate.step(connection)
    rows, last = _inspected(new, vault.keys)
    if last.seq < before.seq:
        raise Damaged("store.backup-damaged", name=file.name)
    at = datetime.fromisoformat(vault.now())
    wrapped = opening.wrapped_of(vault.address)
    return Backup(file, at, last, rows, program, standing, wrapped)


def _inspected(file: Path, keys: Keys) -> tuple[dict[str, int], audit.Head]:
    """Open a copy and read all of it: pages, indexes, foreign keys, guards, audit, counts."""
    engine = embedded(file, keys.cipher, may_write=False)
    try:
        with plainly(), engine.connect() as connection, connection.begin():
            whole(connection)
            if not migrate.must_move(connection):  # an older program had other guards
                guards.check(connection)
            last = _checked(connection, keys, None)
            versions.verify(connection, keys)
            return counts(connection), last
    finally:
        engine.dispose()


def whole(connection: Connection) -> None:
    """Read every page of an encrypted database and check its seals and its order. Raises Damaged."""
    if connection.dialect.name != "sqlite":
        return
    for pragma, good in (
        ("cipher_integrity_check", []),
        ("integrity_check", ["ok"]),
        ("foreign_key_check", []),
    ):
        told = [row[0] for row in connection.execute(text(f"PRAGMA {pragma}"))]
        if told != good:
            raise Damaged("store.pages-damaged", check=pragma)


def _checked(connection: Connection, keys: Keys, since: audit.Head | None) -> audit.Head:
    return audit.verify_whole(connection, keys, since=since).trusted()


def counts(connection: Connection) -> dict[str, int]:
    """Count the rows of every table."""
    there = inspect(connection)
    return {
        table.name: int(connection.scalar(select(func.count()).select_from(table)) or 0)
        for table in BOOK.sorted_tables
        if table is not STORE and there.has_table(table.name)
    }
