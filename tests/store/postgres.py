"""A PostgreSQL of the tests' own on this machine, thrown away at the end of the run.

It is the server of Debian's packages, started by hand with everything it writes in one folder. It
listens on the loopback only, asks everyone for a password and cannot outlive the tests.
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.sql import SQL, Identifier, Literal

from tests.store.authority import certify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HOST = "127.0.0.1"
SUPERUSER = "postgres"
OLDEST = 15
PATIENCE = 60.0
ROOM = 2**30
"""Bytes that memory must have to spare before the data goes there instead of on the disk."""
ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PATH": os.defpath, "TZ": "UTC"}
"""Nothing of the environment of who runs the tests comes to the server."""
SWEEP = """\
cat
read -r pid <"$1/data/postmaster.pid" && kill -QUIT "$pid"
for try in $(seq 100); do rm -rf "$1" && break; sleep 0.1; done
"""
"""Waits for the end of its input; then ends the server, if it still runs, and clears its folder."""

SETTINGS = """\
listen_addresses = '{host}'
port = {port}
unix_socket_directories = '{socket_folder}'
fsync = {fsync}
max_connections = 50
max_wal_size = 256MB
# none of what is in the records may come into the log
log_error_verbosity = terse
log_statement = none
log_min_error_statement = panic
"""
TLS = """\
ssl = on
ssl_cert_file = '{folder}/server.pem'
ssl_key_file = '{folder}/server.key'
"""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL; `authority` is the root certificate, if it speaks TLS as `localhost`.

    `log` is the file with all it said, to be searched for what should not be there.
    """

    host: str
    port: int
    socket_folder: Path
    superuser: str
    password: str = field(repr=False)
    log: Path
    authority: Path | None
    _engine: _Engine = field(repr=False)

    def new_database(self, owner: str) -> str:
        """Make an empty database and a role that owns it; give its address with the password.

        Both get a name of their own that begins with `owner`. The role may make roles, and pass
        on the ones that earlier owners made: rights hold for the whole server.
        """
        name = f"{owner}_{secrets.token_hex(4)}"
        password = secrets.token_urlsafe(12)
        owning, secret = Identifier(name), Literal(password)
        with self._line("postgres") as line:
            line.execute(SQL("CREATE ROLE {} LOGIN CREATEROLE PASSWORD {}").format(owning, secret))
            groups = "SELECT rolname FROM pg_roles WHERE NOT rolcanlogin AND rolname !~ '^pg_'"
            for (group,) in line.execute(groups).fetchall():
                grant = SQL("GRANT {} TO {} WITH ADMIN OPTION")
                line.execute(grant.format(Identifier(group), owning))
            line.execute(SQL("CREATE DATABASE {} OWNER {}").format(owning, owning))
        return f"postgresql://{name}:{password}@{self.host}:{self.port}/{name}"

    def sql(self, database: str, statement: str) -> list[tuple[Any, ...]]:
        """Run a statement as superuser, whose every change holds at once; give its rows, if any."""
        with self._line(database) as line:
            cursor = line.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def stop(self) -> None:
        """Take the server away: who works with it is thrown out, what is committed is kept."""
        self._engine.end(signal.SIGINT)

    def crash(self) -> None:
        """End the server with no time to tidy up; its next start repairs the data."""
        self._engine.end(signal.SIGQUIT)

    def start(self) -> None:
        """Bring the server back on the same port, with its databases and roles."""
        self._engine.start()

    def _line(self, database: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(
            host=self.host,
            port=self.port,
            dbname=database,
            user=self.superuser,
            password=self.password,
            autocommit=True,
        )


@dataclass(frozen=True)
class _Account:
    """As whom the server works, for it refuses root: `words` stand before a command of its own.

    No name: as the one who runs the tests.
    """

    name: str = ""
    words: tuple[str, ...] = ()

    def own(self, *paths: Path) -> None:
        for path in paths:
            if self.name:
                shutil.chown(path, self.name)


@dataclass
class _Engine:
    """The program behind a server: `words` start it, `program` is it while it runs."""

    words: list[str]
    data: Path
    log: Path
    program: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        assert self.program is None, "PostgreSQL runs already"
        with self.log.open("ab") as told:
            self.program = subprocess.Popen(
                self.words,
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                cwd=self.data,
                env=ENVIRONMENT,
                start_new_session=True,  # an interrupt of the tests is theirs to pass on
            )
        until = time.monotonic() + PATIENCE
        while not self._is_ready(self.program.pid):
            if self.program.poll() is not None or time.monotonic() > until:
                self.end(signal.SIGQUIT)
                raise RuntimeError(f"PostgreSQL did not start\n{self.log.read_text()[-1500:]}")
            time.sleep(0.02)

    def end(self, how: signal.Signals) -> None:
        if self.program is None:
            return
        self.program.send_signal(how)
        try:
            self.program.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self.program.kill()
            self.program.wait()
        self.program = None

    def _is_ready(self, pid: int) -> bool:
        """Read the state the server itself writes down: asking it would be in its log."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return False
        return lines[:1] == [str(pid)] and lines[7:] == ["ready   "]


@contextmanager
def postgres(
    find: Callable[..., str], *, fsync: bool = True, tls: bool = False
) -> Iterator[Server]:
    """Run a PostgreSQL for a while; `find` is the fixture `need`.

    `fsync` False is faster where the data is on a disk, and may lose it with the machine's power.
    """
    programs, account, password = _programs(find), _account(find), secrets.token_urlsafe(12)
    with ExitStack() as closing:
        folder = closing.enter_context(_folder())
        sockets, data, log, port = (
            folder / "socket",
            folder / "data",
            folder / "server.log",
            _free_port(),
        )
        sockets.mkdir()
        account.own(folder, sockets)
        _init(
            [*account.words, str(programs / "initdb"), "-D", str(data)], folder, account, password
        )
        settings = SETTINGS.format(
            host=HOST, port=port, socket_folder=sockets, fsync="on" if fsync else "off"
        )
        authority = None
        if tls:
            authority = certify("localhost", folder)
            account.own(folder / "server.key")
            settings += TLS.format(folder=folder)
        with (data / "postgresql.conf").open("a") as conf:
            conf.write(settings)
        engine = _Engine([*account.words, str(programs / "postgres"), "-D", str(data)], data, log)
        engine.start()
        closing.callback(engine.end, signal.SIGQUIT)
        yield Server(HOST, port, sockets, SUPERUSER, password, log, authority, engine)


def _programs(find: Callable[..., str]) -> Path:
    """Find the newest server Debian has put beside the others, else the one of the search path."""
    folders = {
        int(initdb.parts[-3]): initdb.parent
        for initdb in Path("/usr/lib/postgresql").glob("*/bin/initdb")
        if initdb.parts[-3].isdecimal()
    }
    newest = max(folders, default=0)
    return folders[newest] if newest >= OLDEST else Path(find("initdb", "postgresql")).parent


def _account(find: Callable[..., str]) -> _Account:
    if os.geteuid() != 0:
        return _Account()
    import pwd

    known = {each.pw_name: each for each in pwd.getpwall()}
    user = known.get("postgres") or known["nobody"]
    setpriv = find("setpriv", "util-linux")
    ids = (f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    return _Account(user.pw_name, (setpriv, *ids))


@contextmanager
def _folder() -> Iterator[Path]:
    """Give a folder, in memory if there is room, that is gone however the tests may end."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = tempfile.mkdtemp(prefix="labelapp-postgresql-", dir=memory if roomy else None)
    sweeper = subprocess.Popen(
        ["/bin/sh", "-c", SWEEP, "sweep", folder],
        stdin=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield Path(folder)
    finally:
        sweeper.communicate()


def _init(command: list[str], folder: Path, account: _Account, password: str) -> None:
    """Make the data of a server; who comes over the loopback or the socket needs a password."""
    secret = folder / "password"
    secret.touch(0o600)
    secret.write_text(password)
    account.own(secret)
    command += [f"--username={SUPERUSER}", f"--pwfile={secret}", "--auth=scram-sha-256"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    secret.unlink()


def _free_port() -> int:
    """Find a port no one listens on, and none of those the system lends out meanwhile."""
    while True:
        port = 20000 + secrets.randbelow(12000)
        with socket.socket() as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
        return port
