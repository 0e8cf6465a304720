"""Printers made of software: a print server of our own on this machine and two label printers.

The server is a real CUPS, started by hand (no systemd) with everything it writes in one folder.
Behind it stand a raw listener, as a Zebra head on port 9100 is, driven by CUPS' own Zebra driver,
and an IPP Everywhere label printer (``ippeveprinter`` of the CUPS project). All of it listens on
the loopback only and ends with the test run.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LOOPBACK = "127.0.0.1"
PATIENCE = 30.0
TECHNICIAN = "technician"
DYMO_DRIVER = "drv:///sample.drv/dymo.ppd"
ZEBRA_DRIVER = "drv:///sample.drv/zebra.ppd"


@dataclass(frozen=True)
class Media:
    """A stock an IPP printer says it has: its PWG 5101.1 name and its size in 1/100 mm."""

    name: str
    width: int
    height: int


ROLL = (
    Media("oe_4x2-label_4x2in", 10160, 5080),
    Media("custom_62x29mm_62x29mm", 6200, 2900),
    Media("oe_4x3-label_4x3in", 10160, 7620),
)


ANY_SIZE = (
    "{ MEMBER rangeOfInteger x-dimension 1000-10800 MEMBER rangeOfInteger y-dimension 1000-100000 }"
)


def await_true(told: Callable[[], bool], what: str) -> None:
    """Wait until something is so, or say what did not come."""
    until = time.monotonic() + PATIENCE
    while not told():
        if time.monotonic() > until:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        socket.create_connection((LOOPBACK, port), 0.5).close()
    except OSError:
        return False
    return True


class Head:
    """A label printer's raw port: keeps every job that arrives, in order.

    `queue` is the name of the queue that stands before it.
    """

    def __init__(self, queue: str) -> None:
        self.queue = queue
        self.jobs: list[bytes] = []
        self._ear = socket.create_server((LOOPBACK, 0))
        self.port: int = self._ear.getsockname()[1]
        self._listener = threading.Thread(target=self._listen, name="head", daemon=True)
        self._listener.start()

    def await_jobs(self, number: int) -> list[bytes]:
        await_true(lambda: len(self.jobs) >= number, f"{number} jobs at the head")
        return self.jobs

    def close(self) -> None:
        self._ear.shutdown(socket.SHUT_RDWR)
        self._ear.close()
        self._listener.join(PATIENCE)

    def _listen(self) -> None:
        while True:
            try:
                line, _ = self._ear.accept()
            except OSError:
                return  # closed: the day is over
            with line:
                line.settimeout(PATIENCE)
                self.jobs.append(_all_of(line))


def _all_of(line: socket.socket) -> bytes:
    pieces = []
    while piece := line.recv(65536):
        pieces.append(piece)
    return b"".join(pieces)


@dataclass
class PrintServer:
    """A running CUPS of our own; `environment` is for the programs that shall print through it."""

    folder: Path
    port: int
    find: Callable[..., str]
    environment: dict[str, str] = field(default_factory=dict)

    def run(self, command: str, *words: str, package: str = "cups-client") -> str:
        """Run one of CUPS' own commands against this server."""
        done = subprocess.run(
            [self.find(command, package=package), *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{command}: {done.stderr}{self.log()}"
        return done.stdout

    def add(self, name: str, uri: str, driver: str, *options: str) -> None:
        """Add a queue, open for jobs; a driver of an IPP printer is made in the background."""
        chosen = [word for option in options for word in ("-o", option)]
        self.run("lpadmin", "-p", name, "-E", "-v", uri, "-m", driver, *chosen)
        ppd = self.folder / "etc" / "ppd" / f"{name}.ppd"
        await_true(ppd.exists, f"the driver of {name}")

    def remove(self, name: str) -> None:
        self.run("lpadmin", "-x", name)

    def await_empty(self) -> None:
        """Wait until no job is on its way any more."""
        await_true(lambda: not self.run("lpstat", "-o").strip(), f"the jobs to end{self.log()}")

    def log(self) -> str:
        path = self.folder / "log" / "error_log"
        return "\n" + path.read_text(errors="replace")[-1500:] if path.exists() else ""


@dataclass(frozen=True)
class EverywherePrinter:
    """A running IPP Everywhere printer; what it prints it keeps as PWG raster in `spool`."""

    uri: str
    spool: Path

    def await_raster(self, title: str) -> bytes:
        """Give the raster of the job of that title once the whole of it is there.

        The second file of a job, its command's output, begins when all of the first has come.
        """
        kept = "".join(sign if sign.isalnum() else "_" for sign in title.lower())
        await_true(lambda: any(self.spool.glob(f"*-{kept}.prn")), f"{title} at the printer")
        (path,) = self.spool.glob(f"*-{kept}.pwg")
        return path.read_bytes()


CUPSD = """\
LogLevel warn
Listen {loopback}:{port}
Browsing No
WebInterface No
IdleExitTimeout 0
JobRetryInterval 2
<Location />
  Order allow,deny
  Allow localhost
</Location>
<Policy default>
  JobPrivateAccess all
  JobPrivateValues none
  SubscriptionPrivateAccess all
  SubscriptionPrivateValues none
  <Limit All>
    Order deny,allow
  </Limit>
</Policy>
"""
CUPS_FILES = """\
ServerRoot {folder}/etc
CacheDir {folder}/cache
StateDir {folder}/run
RequestRoot {folder}/spool
TempDir {folder}/spool/tmp
AccessLog {folder}/log/access_log
ErrorLog {folder}/log/error_log
PageLog {folder}/log/page_log
SystemGroup {system_group}
User {user}
Group {group}
FileDevice Yes
"""
FOLDERS = {"etc/ppd": 0o755, "spool/tmp": 0o1770, "cache": 0o770, "run/certs": 0o755, "log": 0o755}


@contextmanager
def print_server(find: Callable[..., str]) -> Iterator[PrintServer]:
    """Run a print server of our own for a while."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="labelapp-cups-")))
        folder.chmod(0o755)  # the server's own user must get in
        user = _users()
        for name, mode in FOLDERS.items():
            (folder / name).mkdir(parents=True)
            (folder / name).chmod(mode)
            if os.geteuid() == 0:
                shutil.chown(folder / name, group=user["group"])
        port = free_port()
        files, server = folder / "etc" / "cups-files.conf", folder / "etc" / "cupsd.conf"
        files.write_text(CUPS_FILES.format(folder=folder, **user))
        server.write_text(CUPSD.format(loopback=LOOPBACK, port=port))
        command = [find("cupsd", package="cups"), "-f", "-c", str(server), "-s", str(files)]
        closing.enter_context(_running(command, folder / "log" / "cupsd.out"))
        await_true(lambda: answers(port), "the print server")
        home = folder / "home"
        home.mkdir()  # nobody's own print settings
        environment = {**os.environ, "CUPS_SERVER": f"{LOOPBACK}:{port}", "HOME": str(home)}
        yield PrintServer(folder, port, find, environment)


@contextmanager
def everywhere_printer(
    find: Callable[..., str], dpi: int = 203, *, in_colour: bool = False
) -> Iterator[EverywherePrinter]:
    """Run an IPP Everywhere label printer with `ROLL` for a while."""
    with ExitStack() as closing:
        folder = Path(closing.enter_context(tempfile.TemporaryDirectory(prefix="labelapp-ipp-")))
        spool, bus, port = folder / "spool", folder / "bus", free_port()
        spool.mkdir()
        attributes = folder / "label.conf"
        attributes.write_text("\n".join(printer_attributes(dpi, in_colour=in_colour)) + "\n")
        # it will not start without a message bus it could announce itself on: one that is mute
        address = f"unix:path={bus}"
        daemon = find("dbus-daemon", package="dbus")
        command = [daemon, "--session", "--nofork", "--nopidfile", f"--address={address}"]
        closing.enter_context(_running(command, folder / "bus.out"))
        await_true(bus.exists, "the message bus")
        command = [find("ippeveprinter", package="cups-ipp-utils"), "-a", str(attributes)]
        command += ["-d", str(spool), "-k", "-c", find("true", package="coreutils")]
        command += ["-n", "localhost", "-p", str(port), "-r", "off", "Labels"]
        environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address}
        closing.enter_context(_running(command, folder / "printer.out", environment))
        await_true(lambda: answers(port), "the IPP printer")
        yield EverywherePrinter(f"ipp://localhost:{port}/ipp/print", spool)


def printer_attributes(dpi: int, *, in_colour: bool = False) -> list[str]:
    """Say what the label printer is, in the words of an ippeveprinter attributes file.

    A margin of 1/100 mm, because CUPS forgets the default size of a printer without any.
    """
    first = ROLL[0]
    sizes = ", ".join(_size(media) for media in ROLL)
    kinds_of_raster, rgb, modes, has_colours = "black_1,sgray_8", "", "bi-level,monochrome", "false"
    if in_colour:
        kinds_of_raster, rgb = f"{kinds_of_raster},srgb_8", "SRGB24,"
        modes, has_colours = f"{modes},color", "true"
    usual_mode = "color" if in_colour else "monochrome"
    lines = [
        'ATTR text printer-make-and-model "Virtual label printer"',
        "ATTR mimeMediaType document-format-default application/octet-stream",
        "ATTR mimeMediaType document-format-supported application/octet-stream,image/pwg-raster",
        f"ATTR keyword media-default {first.name}",
        f"ATTR keyword media-ready {first.name}",
        "ATTR keyword media-supported "
        + ",".join(media.name for media in ROLL)
        + ",custom_min_10x10mm,custom_max_108x1000mm",
        f"ATTR collection media-col-default {_collection(first)}",
        f"ATTR collection media-col-ready {_collection(first)}",
        "ATTR collection media-col-database " + ", ".join(_collection(media) for media in ROLL),
        f"ATTR collection media-size-supported {sizes}, {ANY_SIZE}",
        "ATTR keyword media-source-supported main-roll",
        "ATTR keyword media-type-supported labels",
        f"ATTR keyword pwg-raster-document-type-supported {kinds_of_raster}",
        "ATTR keyword pwg-raster-document-sheet-back normal",
        f"ATTR keyword urf-supported CP1,IS1,MT1,RS{dpi},W8,{rgb}V1.4",
        f"ATTR keyword print-color-mode-default {usual_mode}",
        f"ATTR keyword print-color-mode-supported {modes},auto",
        "ATTR keyword print-scaling-default none",
        "ATTR keyword print-scaling-supported none,auto,fit,fill",
        f"ATTR boolean color-supported {has_colours}",
        "ATTR enum finishings-default 3",
        "ATTR enum finishings-supported 3",
        "ATTR keyword sides-default one-sided",
        "ATTR keyword sides-supported one-sided",
    ]
    edges = ("bottom", "left", "right", "top")
    lines += [f"ATTR integer media-{edge}-margin-supported 1" for edge in edges]
    kinds = ("printer-resolution-default", "printer-resolution-supported")
    for kind in (*kinds, "pwg-raster-document-resolution-supported"):
        lines.append(f"ATTR resolution {kind} {dpi}dpi")
    return lines


def _size(media: Media) -> str:
    dimensions = {"x": media.width, "y": media.height}
    members = (f"MEMBER integer {axis}-dimension {size}" for axis, size in dimensions.items())
    return "{ " + " ".join(members) + " }"


def _collection(media: Media) -> str:
    edges = ("bottom", "left", "right", "top")
    members = [
        f"MEMBER keyword media-size-name {media.name}",
        f"MEMBER collection media-size {_size(media)}",
        *(f"MEMBER integer media-{edge}-margin 1" for edge in edges),
        "MEMBER keyword media-type labels",
        "MEMBER keyword media-source main-roll",
    ]
    return "{ " + " ".join(members) + " }"


def _users() -> dict[str, str]:
    """Say as whom the server works: its own user under root, else the one who runs the tests."""
    if os.geteuid() == 0:
        return {"user": "lp", "group": "lp", "system_group": "root"}
    import grp
    import pwd

    group = grp.getgrgid(os.getegid()).gr_name
    return {
        "user": pwd.getpwuid(os.geteuid()).pw_name,
        "group": group,
        "system_group": group,
    }


@contextmanager
def _running(
    command: list[str], output: Path, environment: dict[str, str] | None = None
) -> Iterator[None]:
    """Run a program in the background, and end it with the block, gently if it will."""
    with output.open("wb") as told:
        program = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=told, stderr=told, env=environment
        )
    try:
        yield
    finally:
        program.terminate()
        try:
            program.wait(5)
        except subprocess.TimeoutExpired:
            program.kill()
            program.wait()
