"""Where the records are: a folder on this computer, or one PostgreSQL for several counters."""

from __future__ import annotations

import ipaddress
import os
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from labelapp.store.trouble import BadAddress

POSTGRESQL = "postgresql"
_SETTINGS = frozenset(
    {
        "application_name", "connect_timeout", "gssencmode", "host", "keepalives",
        "keepalives_count", "keepalives_idle", "keepalives_interval", "options", "port", "sslcert",
        "sslcrl", "sslkey", "sslmode", "sslrootcert", "target_session_attrs", "tcp_user_timeout",
    }
)  # fmt: skip
"""What an address may say of the line besides who and where."""
_NETWORK = frozenset(
    {
        "9p", "afpfs", "afs", "ceph", "cifs", "davfs", "fuse.davfs2", "fuse.glusterfs",
        "fuse.rclone", "fuse.sshfs", "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "smb2", "smb3",
        "smbfs", "webdav",
    }
)  # fmt: skip
"""File systems of which another computer holds the disk: the write-ahead log breaks on them."""


@dataclass(frozen=True)
class Embedded:
    """A folder on a disk of this computer with the encrypted database in it."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "records.db"

    @property
    def keys(self) -> Path:
        """The wrapped keys, useless without passphrase or recovery key."""
        return self.folder / "keys.json"

    @property
    def lock(self) -> Path:
        """What a program holds while it has the records open."""
        return self.folder / "in-use.lock"

    @property
    def anchor(self) -> Path:
        """The newest audit row that was seen when the records were last closed or backed up."""
        return self.folder / "anchor.json"

    def __str__(self) -> str:
        """Write the address as it is given on the command line."""
        return str(self.folder)


@dataclass(frozen=True)
class Server:
    """A PostgreSQL database; a password, if the address holds one, is never shown."""

    url: URL

    def __str__(self) -> str:
        """Write the address without its password."""
        url = self.url
        shown = URL.create(POSTGRESQL, url.username, None, url.host, url.port, url.database)
        return shown.render_as_string()


Address = Embedded | Server


def address_of(text: str) -> Address:
    """Read an address: `postgresql://...`, or a folder.

    Raises BadAddress for another database, a network drive, and a line to another computer that
    is not encrypted and checked (45 CFR 164.312(e)).
    """
    if "://" not in text:
        return Embedded(_local(_folder(text)))
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):  # what was typed may hold a password: it is not repeated
        raise BadAddress from None
    if url.drivername not in {POSTGRESQL, "postgresql+psycopg", "postgres"} or not url.database:
        raise BadAddress
    return Server(_private(url.set(drivername="postgresql+psycopg")))


def _folder(text: str) -> Path:
    """Read the path of a folder that can be given a name in one step."""
    try:
        folder = Path(text).expanduser().absolute()
    except RuntimeError:  # a home of nobody
        raise BadAddress from None
    if not text.strip() or "\0" in text or not folder.name:
        raise BadAddress
    return folder


def _private(url: URL) -> URL:
    """Ask for TLS with a checked certificate wherever the server is another computer."""
    if not set(url.query) <= _SETTINGS:  # a `hostaddr` or `service` leads elsewhere unseen
        raise BadAddress
    hosts = _hosts(url)
    if all(is_loopback(each) for each in hosts):
        return url
    mode = url.query.get("sslmode", "verify-full")
    if mode != "verify-full":
        raise BadAddress("store.no-tls", host=", ".join(hosts))
    return url.update_query_dict({"sslmode": "verify-full"})


def _hosts(url: URL) -> tuple[str, ...]:
    """Give every host an address names: a `host` among its settings goes before the first one."""
    named = url.query.get("host", url.host or "")
    texts = (named,) if isinstance(named, str) else named
    return tuple(host.strip() for text in texts for host in text.split(","))


def is_loopback(host: str) -> bool:
    """Tell whether a host is this computer: no name, a socket's folder, localhost, 127.0.0.1."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _local(folder: Path) -> Path:
    """Refuse a folder on a drive of another computer. Raises BadAddress."""
    if _is_on_network(folder):
        raise BadAddress("store.on-network", folder=str(folder))
    return folder


def _is_on_network(folder: Path) -> bool:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    real = os.path.realpath(there)
    if sys.platform == "win32" and real.startswith(("\\\\", "//")):
        return True
    mounts = [
        each
        for each in psutil.disk_partitions(all=True)
        if real == each.mountpoint or real.startswith(each.mountpoint.rstrip("/\\") + os.sep)
    ]
    if not mounts:
        return False
    nearest = max(mounts, key=lambda each: len(each.mountpoint))
    return nearest.fstype.casefold() in _NETWORK or "remote" in nearest.opts.split(",")
