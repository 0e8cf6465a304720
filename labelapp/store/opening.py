"""Setting the records up and opening them: keys, one program at a time, every check before any use."""

from __future__ import annotations

import errno
import json
import os
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from filelock import FileLock, Timeout
from sqlalchemy import Connection, Engine, insert, select, text

from labelapp.rx.people import Doer
from labelapp.store import audit, guards, migrate
from labelapp.store.address import Address, Embedded, Server
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
    NoRoom,
    NotSetUp,
    ReadOnly,
    StoreTrouble,
    WrongKey,
)
from labelapp.store.vault import Place, Vault, written

_KEYS = "keys"
LOOK_BACK = 2_000
"""Audit rows checked at every start even where an anchor says they were checked before."""


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
        _set_up_folder(address, begun)
        lock = _locked(address)
        engine = embedded(address.database, begun.keys.cipher)
        owner = engine
    else:
        lock = None
        engine, owner = server(address.url), server(address.url, as_owner=True)
    vault = Vault(engine, begun.keys, address, place, lock)
    try:
        _make_tables(owner, begun, address, place, doer)
    except BaseException:
        vault.close()
        raise
    keep_anchor(vault)
    return vault


def _make_tables(owner: Engine, begun: Begun, address: Address, place: Place, doer: Doer) -> None:
    at = written(place.clock())
    writing = owner.execution_options(**{WRITING: True})
    with plainly(), writing.begin() as connection:
        if migrate.step(connection):
            raise AlreadySetUp(address=str(address))
        if isinstance(address, Server):
            make_role(connection)
        migrate.move(connection)
        rows = {"id": secrets.token_hex(8), "created": at}
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
    connection.execute(text(f"GRANT {guards.COUNTER} TO CURRENT_USER"))


def _set_up_folder(address: Embedded, begun: Begun) -> None:
    """Make the folder with keys and an empty encrypted database, and give it its name in one step."""
    folder = address.folder
    if folder.exists() and any(folder.iterdir()):
        raise AlreadySetUp(address=str(folder))
    new = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
    try:
        new.mkdir(parents=True, mode=0o700)
        new_file(new / address.database.name, begun.keys.cipher)
        write_through(new / address.keys.name, begun.wrapped.written())
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
    except OSError as failed:
        raise disk_trouble(failed, folder) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def wrapped_of(address: Address) -> Wrapped:
    """Give the wrapped keys of records. Raises NotSetUp, Damaged, Gone."""
    if isinstance(address, Embedded):
        if not address.folder.exists() or not any(address.folder.iterdir()):
            raise NotSetUp(address=str(address))
        try:
            return read_wrapped(address.keys.read_text("utf-8"))
        except (OSError, UnicodeDecodeError):
            raise Damaged("store.keys-damaged") from None
    with plainly(), server(address.url).connect() as connection:
        found = connection.scalar(select(STORE.c.value).where(STORE.c.name == _KEYS))
    if found is None:
        raise NotSetUp(address=str(address))
    return read_wrapped(str(found))


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
    lock = None
    if isinstance(address, Embedded):
        if not address.database.exists():
            raise Damaged("store.database-missing", folder=str(address.folder))
        lock = _locked(address)
        engine = embedded(address.database, keys.cipher)
    else:
        engine = server(address.url)
    vault = Vault(engine, keys, address, place, lock)
    try:
        _check_key(vault)
        with vault.look() as connection:
            is_old = migrate.must_move(connection)
        if is_old:
            _move(vault, before_moving)
        with vault.look() as connection:
            guards.check(connection)
            since = audit.anchored(connection, keys)
            if since is not None and since.seq < LOOK_BACK:
                since = None
            audit.verify_whole(connection, keys, _kept_anchor(vault), since).trusted()
    except BaseException:
        vault.close()
        raise
    return vault


def open_damaged(address: Address, keys: Keys, place: Place) -> Vault:
    """Open records that did not pass their checks, to be read and exported and never written."""
    if isinstance(address, Embedded):
        engine = embedded(address.database, keys.cipher, may_write=False)
        lock = _locked(address)
    else:
        engine, lock = server(address.url), None
    return Vault(engine, keys, address, place, lock, may_write=False)


def _move(vault: Vault, before_moving: Callable[[Vault], None] | None) -> None:
    if before_moving is not None:
        before_moving(vault)
    address = vault.address
    owner = (
        server(address.url, as_owner=True) if isinstance(address, Server) else vault.engine
    ).execution_options(**{WRITING: True})
    with plainly(), owner.begin() as connection:
        standing = migrate.step(connection)
        migrate.move(connection)
        said = audit.detail({"from": standing, "to": migrate.NEWEST})
        entry = audit.Entry(
            vault.now(), "0", "administrator", vault.place.station, "store.moved", detail=said
        )
        audit.append(connection, vault.keys, entry, audit.head(connection))


def _check_key(vault: Vault) -> None:
    """See that the keys belong to these records, on a server too, where pages are not sealed."""
    with vault.look() as connection:
        if vault.is_embedded:
            connection.execute(text("SELECT count(*) FROM sqlite_master"))
    if not vault.is_embedded and wrapped_of(vault.address) is None:
        raise NotSetUp(address=str(vault.address))


def _locked(address: Embedded) -> Callable[[], None]:
    """Hold the records for this program alone, until it gives them back or ends however it ends."""
    lock = FileLock(str(address.lock))
    try:
        lock.acquire(blocking=False)
    except Timeout:
        raise InUse(folder=str(address.folder)) from None
    except OSError as failed:
        raise disk_trouble(failed, address.folder) from None
    return lock.release


def keep_anchor(vault: Vault) -> None:
    """Write the head of the audit beside the records, and outside them where there is a place."""
    with vault.look() as connection:
        last = audit.head(connection)
        which = str(connection.scalar(select(STORE.c.value).where(STORE.c.name == "id")))
    seal = vault.keys.seal("head", which, str(last.seq), last.mac)
    said = json.dumps({"store": which, "seq": last.seq, "mac": last.mac, "seal": seal})
    for path in _anchor_files(vault, which):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_through(path, said)
        except OSError:
            continue  # an anchor less; the next backup holds one


def _kept_anchor(vault: Vault) -> tuple[audit.Head, ...]:
    """Read the heads written down outside the database. Raises Damaged for one that was forged."""
    with vault.look() as connection:
        which = str(connection.scalar(select(STORE.c.value).where(STORE.c.name == "id")))
    heads = []
    for path in _anchor_files(vault, which):
        try:
            said = json.loads(path.read_text("utf-8")[:2_000])
            found = audit.Head(int(said["seq"]), str(said["mac"]))
            seal = vault.keys.seal("head", which, str(found.seq), found.mac)
            if said["seal"] != seal or said["store"] != which:
                raise Damaged("store.audit-anchor", row=str(found.seq))
        except FileNotFoundError:
            continue
        except (OSError, ValueError, KeyError, TypeError):
            raise Damaged("store.audit-anchor", row="?") from None
        heads.append(found)
    return tuple(heads)


def _anchor_files(vault: Vault, which: str) -> tuple[Path, ...]:
    beside = (vault.address.anchor,) if isinstance(vault.address, Embedded) else ()
    outside = (vault.place.anchors / f"anchor-{which}.json",) if vault.place.anchors else ()
    return (*beside, *outside)


def write_through(path: Path, said: str) -> None:
    """Put a small text in place of a file in one step, pressed through to the disk."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("x", encoding="utf-8") as file:
            file.write(said)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def disk_trouble(failed: OSError, folder: Path) -> StoreTrouble:
    """Say what a disk refused."""
    if failed.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO}:
        return NoRoom(folder=str(folder))
    return ReadOnly(folder=str(folder))
