"""Setting the records up and opening them: keys, one program at a time, every check before any use."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, func, insert, select, text

from labelapp.rx.people import Doer
from labelapp.store import anchors, audit, guards, migrate
from labelapp.store.address import Address, Embedded, Server
from labelapp.store.disk import disk_trouble, made_whole, write_through
from labelapp.store.engine import WRITING, embedded, new_file, plainly, server
from labelapp.store.keys import (
    LEAST_PASSPHRASE,
    Cost,
    Keys,
    Wrapped,
    by_passphrase,
    by_recovery,
    new_keys,
    new_recovery_key,
    read_wrapped,
    wrap,
)
from labelapp.store.tables import STORE
from labelapp.store.trouble import (
    AlreadySetUp,
    Damaged,
    InUse,
    NotSetUp,
    WrongKey,
)
from labelapp.store.vault import Place, Vault, wait_for_turn, written

_KEYS = "keys"
LOOK_BACK = 2_000
"""Audit rows before the newest anchor that are checked at every start all the same."""


@dataclass(frozen=True)
class Begun:
    """Records about to be set up: nothing is written before the recovery key was typed back."""

    keys: Keys
    wrapped: Wrapped
    recovery: str = field(repr=False)


def begin(passphrase: str, cost: Cost | None = None) -> Begun:
    """Make keys for new records, with the recovery key that must be printed and typed back.

    Raises WrongKey for a passphrase that is too short.
    """
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise WrongKey("store.passphrase-short", least=str(LEAST_PASSPHRASE))
    keys, recovery = new_keys(), new_recovery_key()
    return Begun(keys, wrap(keys, passphrase, recovery, cost or Cost()), recovery)


def set_up(address: Address, begun: Begun, typed_back: str, place: Place, doer: Doer) -> Vault:
    """Set up records at an address, all at once or not at all, and open them.

    Raises WrongKey when the recovery key was not typed back rightly, and AlreadySetUp.
    """
    if by_recovery(begun.wrapped, typed_back) != begun.keys:
        raise WrongKey("store.recovery-mistyped")
    if isinstance(address, Embedded):
        _set_up_folder(address, begun, place, doer)
    else:
        _make_tables(server(address.url, as_owner=True), begun, address, place, doer)
    vault = _held(address, begun.keys, place)
    try:
        anchors.keep(vault)
    except BaseException:
        vault.close()
        raise
    return vault


def _make_tables(owner: Engine, begun: Begun, address: Address, place: Place, doer: Doer) -> None:
    at = written(place.clock())
    writing = owner.execution_options(**{WRITING: True})
    with plainly(), writing.begin() as connection:
        if isinstance(address, Server):
            wait_for_turn(connection)
        if migrate.step(connection):
            raise AlreadySetUp(address=str(address))
        if isinstance(address, Server):
            make_role(connection)
        migrate.move(connection)
        rows = {"id": secrets.token_hex(8), "created": at}
        rows["proof"] = begun.keys.seal("store", rows["id"])
        if isinstance(address, Server):
            rows[_KEYS] = begun.wrapped.written()
        for name, value in rows.items():
            connection.execute(insert(STORE).values(name=name, value=value))
        said = audit.detail({"id": rows["id"]})
        entry = audit.Entry(at, str(doer.id), doer.role, place.station, "store.set-up", detail=said)
        audit.append(connection, begun.keys, entry, audit.Head())


def make_role(connection: Connection) -> None:
    """Make the role every counter works as, and let the one who sets up take it on."""
    exists = connection.scalar(
        text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": guards.COUNTER}
    )
    if not exists:
        connection.execute(text(f"CREATE ROLE {guards.COUNTER} NOLOGIN"))
    if not connection.scalar(select(func.pg_has_role(guards.COUNTER, "MEMBER"))):
        connection.execute(text(f"GRANT {guards.COUNTER} TO CURRENT_USER"))


def _set_up_folder(address: Embedded, begun: Begun, place: Place, doer: Doer) -> None:
    """Make the folder with keys and encrypted database, and give it its name in one step."""
    with made_whole(address.folder) as folder:
        new = Embedded(folder)
        with plainly():
            new_file(new.database, begun.keys.cipher)
        engine = embedded(new.database, begun.keys.cipher)
        try:
            _make_tables(engine, begun, new, place, doer)
        finally:
            engine.dispose()
        write_through(new.keys, begun.wrapped.written())


def wrapped_of(address: Address) -> Wrapped:
    """Give the wrapped keys of records. Raises NotSetUp, Damaged, Gone."""
    if isinstance(address, Embedded):
        return _wrapped_in(address)
    engine = server(address.url)
    try:
        with plainly(), engine.connect() as connection:
            found = connection.scalar(select(STORE.c.value).where(STORE.c.name == _KEYS))
    except NotSetUp:
        found = None
    finally:
        engine.dispose()
    if found is None:
        raise NotSetUp(address=str(address))
    return read_wrapped(str(found))


def _wrapped_in(address: Embedded) -> Wrapped:
    try:
        is_empty = not address.folder.exists() or not any(address.folder.iterdir())
    except OSError as failed:
        raise disk_trouble(failed, address.folder) from None
    if is_empty:
        raise NotSetUp(address=str(address))
    try:
        return read_wrapped(address.keys.read_text("utf-8"))
    except (OSError, UnicodeDecodeError):
        raise Damaged("store.keys-damaged") from None


def keys_of(address: Address, *, passphrase: str = "", recovery: str = "") -> Keys:
    """Unwrap the data key by passphrase or recovery key. Raises WrongKey, NotSetUp, Damaged."""
    wrapped = wrapped_of(address)
    return by_recovery(wrapped, recovery) if recovery else by_passphrase(wrapped, passphrase)


def new_passphrase(vault: Vault, passphrase: str, recovery: str, cost: Cost | None = None) -> None:
    """Wrap the data key under another passphrase; the recovery key stays. Raises WrongKey."""
    if by_recovery(wrapped_of(vault.address), recovery) != vault.keys:
        raise WrongKey
    if len(passphrase.strip()) < LEAST_PASSPHRASE:
        raise WrongKey("store.passphrase-short", least=str(LEAST_PASSPHRASE))
    wrapped = wrap(vault.keys, passphrase, recovery, cost or Cost()).written()
    if isinstance(vault.address, Embedded):
        try:
            write_through(vault.address.keys, wrapped)
        except OSError as failed:
            raise disk_trouble(failed, vault.address.folder) from None
        return
    owner = server(vault.address.url, as_owner=True)
    with plainly(), owner.begin() as connection:
        connection.execute(STORE.update().where(STORE.c.name == _KEYS).values(value=wrapped))


def open_vault(
    address: Address,
    keys: Keys,
    place: Place,
    before_moving: Callable[[Vault], None] | None = None,
) -> Vault:
    """Open records, after every check that does not read them whole.

    Tables of an older program are brought up to date, `before_moving` having made a backup.
    Raises InUse, WrongKey, Newer, Damaged (guards missing, audit changed or cut), Gone.
    """
    vault = _held(address, keys, place)
    try:
        with vault.look() as connection:
            is_old = migrate.must_move(connection)
            _check_key(connection, keys)
        if is_old:
            _move(vault, before_moving)
        with vault.look() as connection:
            guards.check(connection)
            since = audit.before(connection, audit.anchored(connection, keys), LOOK_BACK)
            audit.verify_whole(connection, keys, anchors.kept(vault), since).trusted()
    except BaseException:
        vault.close()
        raise
    return vault


def open_damaged(address: Address, keys: Keys, place: Place) -> Vault:
    """Open records that did not pass their checks, to be read and exported and never written."""
    return _held(address, keys, place, may_write=False)


def _held(address: Address, keys: Keys, place: Place, *, may_write: bool = True) -> Vault:
    """Make the line to records, and hold those of a folder for this program alone."""
    if isinstance(address, Server):
        return Vault(server(address.url), keys, address, place, may_write=may_write)
    if not address.database.exists():
        raise Damaged("store.database-missing", folder=str(address.folder))
    engine = embedded(address.database, keys.cipher, may_write=may_write)
    return Vault(engine, keys, address, place, _locked(address), may_write=may_write)


def _move(vault: Vault, before_moving: Callable[[Vault], None] | None) -> None:
    if before_moving is not None:
        before_moving(vault)
    address = vault.address
    if isinstance(address, Server):
        owner = server(address.url, as_owner=True)
    else:
        owner = embedded(address.database, vault.keys.cipher, checks_links=False)
    try:
        with plainly(), owner.execution_options(**{WRITING: True}).begin() as connection:
            _move_in_turn(vault, connection)
    finally:
        owner.dispose()


def _move_in_turn(vault: Vault, connection: Connection) -> None:
    if not vault.is_embedded:
        wait_for_turn(connection)
    if migrate.must_move(connection):  # else another counter was first
        standing = migrate.step(connection)
        migrate.move(connection)
        said = audit.detail({"from": standing, "to": migrate.NEWEST})
        entry = audit.Entry(
            vault.now(), "0", "administrator", vault.place.station, "store.moved", detail=said
        )
        audit.append(connection, vault.keys, entry, audit.head(connection))


def _check_key(connection: Connection, keys: Keys) -> None:
    """See that the keys belong to these records, on a server too, where pages are not sealed."""
    said = {row.name: row.value for row in connection.execute(select(STORE))}
    if said.get("proof") != keys.seal("store", str(said.get("id"))):
        raise WrongKey


def _locked(address: Embedded) -> Callable[[], None]:
    """Hold the records for this program alone, until it gives them back or ends however it ends."""
    lock = FileLock(str(address.lock), thread_local=False)  # any thread may close the records
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise InUse(folder=str(address.folder)) from None
    except OSError as failed:
        raise disk_trouble(failed, address.folder) from None
    return lock.release
