"""Restoring: the records of a backup put where none are, on the encrypted database or PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from sqlalchemy import Connection, func, insert, select

from labelapp.rx.people import Doer
from labelapp.store import anchors, audit, backup, guards, migrate, opening
from labelapp.store.address import Address, Embedded, Server
from labelapp.store.disk import made_whole, press, write_through
from labelapp.store.engine import embedded, plainly, server, set_journal
from labelapp.store.keys import Keys
from labelapp.store.manifest import Backup
from labelapp.store.tables import BOOK, STORE
from labelapp.store.trouble import AlreadySetUp
from labelapp.store.vault import Place, Vault, wait_for_turn


def restore(
    made: Backup,
    keys: Keys,
    address: Address,
    place: Place,
    doer: Doer,
    said: Callable[[int, int], None] | None = None,
) -> Vault:
    """Put the records of a backup at an address where none are, and open them there.

    Nothing is ever restored over records: the old folder is first moved away by whoever asks for
    it. The restoring is in the audit. Raises AlreadySetUp, Damaged, NoRoom.
    """
    backup.check(made, keys)
    if isinstance(address, Embedded):
        _restore_folder(made, keys, address)
    else:
        _restore_server(made, keys, address, said or (lambda _done, _all: None))
    vault = opening.open_vault(address, keys, Place(place.station, place.clock))
    try:
        with vault.change(doer) as change:
            audit.anchor(change.connection, change.keys, change.at, audit.RESTORED)
            change.record("store.restored", at=made.at.isoformat(), seq=made.head.seq)
        vault.place = place
        anchors.keep(vault)
    except BaseException:
        vault.close()
        raise
    return vault


def _restore_folder(made: Backup, keys: Keys, address: Embedded) -> None:
    with made_whole(address.folder) as folder:
        new = Embedded(folder)
        shutil.copyfile(made.file, new.database)
        press(new.database)
        engine = embedded(new.database, keys.cipher)
        try:
            with plainly(), engine.connect() as connection:
                set_journal(connection.connection.driver_connection, "wal")
        finally:
            engine.dispose()
        write_through(new.keys, made.wrapped.written())


def _restore_server(
    made: Backup, keys: Keys, address: Server, said: Callable[[int, int], None]
) -> None:
    owner = server(address.url, as_owner=True)
    source = embedded(made.file, keys.cipher, may_write=False)
    try:
        with plainly(), owner.begin() as copy, source.connect() as old, old.begin():
            wait_for_turn(copy)
            if migrate.step(copy):
                raise AlreadySetUp(address=str(address))
            opening.make_role(copy)
            migrate.make_tables(copy, migrate.step(old))
            backup.pour(old, copy, said)
            migrate.make_tables(copy)
            copy.execute(insert(STORE).values(name="keys", value=made.wrapped.written()))
            _count_on(copy)
            guards.install(copy)
    finally:
        source.dispose()
        owner.dispose()


def _count_on(copy: Connection) -> None:
    """Let a server give out ids after the ones that were poured in."""
    for table in BOOK.sorted_tables:
        if "id" in table.c:
            last = select(func.coalesce(func.max(table.c.id), 0) + 1).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, "id")
            copy.execute(select(func.setval(sequence, last, False)))
