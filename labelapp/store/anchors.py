"""Anchors: the head of the audit, written down outside the database and sealed against forging."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

from sqlalchemy import Connection, select

from labelapp.store import audit
from labelapp.store.address import Embedded
from labelapp.store.disk import UNREADABLE, write_through
from labelapp.store.tables import STORE
from labelapp.store.trouble import Damaged
from labelapp.store.vault import Vault


def keep(vault: Vault) -> None:
    """Write the head of the audit beside the records, and outside them where there is a place."""
    at = vault.now()
    with vault.look() as connection:
        last, which = audit.head(connection), _which(connection)
    seal = vault.keys.seal("head", which, str(last.seq), last.mac, at)
    said = json.dumps({"store": which, "seq": last.seq, "mac": last.mac, "at": at, "seal": seal})
    for path in _files(vault, which):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_through(path, said)
        except OSError:
            continue  # an anchor less; the next backup holds one


def kept(vault: Vault) -> tuple[audit.Head, ...]:
    """Read the heads written down outside the database since the records were last restored.

    Raises Damaged for one that was forged.
    """
    with vault.look() as connection:
        which, restored = _which(connection), audit.restored(connection, vault.keys)
    heads = []
    for path in _files(vault, which):
        try:
            said = json.loads(path.read_text("utf-8")[:2_000])
            found, at = audit.Head(int(said["seq"]), str(said["mac"])), str(said["at"])
            seal = vault.keys.seal("head", which, str(found.seq), found.mac, at)
            if said["seal"] != seal or said["store"] != which:
                raise Damaged("store.audit-anchor", row=str(found.seq))
        except FileNotFoundError:
            continue
        except UNREADABLE:
            raise Damaged("store.audit-anchor", row="?") from None
        if at >= restored:
            heads.append(found)
    return tuple(heads)


def _which(connection: Connection) -> str:
    return str(connection.scalar(select(STORE.c.value).where(STORE.c.name == "id")))


def _files(vault: Vault, which: str) -> tuple[Path, ...]:
    beside = (vault.address.anchor,) if isinstance(vault.address, Embedded) else ()
    if vault.place.anchors is None:
        return beside
    # a drill restored beside the real records has their id: each place has an anchor of its own
    there = sha256(str(vault.address).encode()).hexdigest()[:12]
    return (*beside, vault.place.anchors / f"anchor-{which}-{there}.json")
