"""The order as received, when it is a fax or scan: its pages in grey, read by a confined process.

Whatever a file does to its reader, here it ends in pages or in UnreadableFile: the reader
(`received_child`) is a process with little memory and time, and not one word of what it answers
is believed without a check.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from dataclasses import astuple, dataclass, field
from enum import Enum
from pathlib import Path
from threading import Event, Thread, Timer
from typing import IO

from labelapp.draw import received_child as child
from labelapp.rx.errors import UnreadableFile

MOST_BYTES = 20_000_000
MOST_PAGES = 20
MOST_PIXELS = 40_000_000
"""Dots on one page."""
MOST_WIDTH = 1_700
"""Dots across a page as it is given back: letter paper as finely as a fax."""
MOST_ANSWER = 100_000_000
"""Bytes of all pages together: twenty of legal paper at that width."""
CPU_SECONDS = 10
WALL_SECONDS = 20.0
MEMORY_BYTES = 512_000_000

START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from labelapp.draw.received_child import main; main(sys.argv[2:])"
)
"""How a Python becomes a reader: it is told where this program lies, and loads that one module."""
READER = "labelapp-received"
"""The name of the reader's own program in a package without a Python of its own."""
KEPT = ("SYSTEMROOT", "LD_LIBRARY_PATH")
"""The variables by which a system finds its own libraries; no other is handed on."""


class ReceivedKind(Enum):
    """What a fax or scan comes as."""

    PDF = "pdf"
    TIFF = "tiff"
    JPEG = "jpeg"
    PNG = "png"


@dataclass(frozen=True)
class ReceivedPage:
    """One page, upright: its size in dots, and a byte for each dot, row by row, 0 is black."""

    width: int
    height: int
    grey: bytes = field(repr=False)


@dataclass(frozen=True)
class ReceivedPages:
    """All pages of an order as received, never only some of them."""

    kind: ReceivedKind
    pages: tuple[ReceivedPage, ...]


@dataclass(frozen=True)
class Limits:
    """How large a fax or scan may be, and what reading it may cost.

    `answer_bytes` bounds what all pages take here; `memory_bytes` what the reader takes.
    """

    input_bytes: int = MOST_BYTES
    pages: int = MOST_PAGES
    pixels: int = MOST_PIXELS
    width: int = MOST_WIDTH
    answer_bytes: int = MOST_ANSWER
    cpu_seconds: int = CPU_SECONDS
    wall_seconds: float = WALL_SECONDS
    memory_bytes: int = MEMORY_BYTES

    def for_reader(self) -> child.Bounds:
        """Give the part of the limits that the reader keeps itself."""
        return child.Bounds(
            self.pages, self.pixels, self.width, self.cpu_seconds, self.memory_bytes
        )


LIMITS = Limits()

_MARKS = {
    b"\xff\xd8\xff": ReceivedKind.JPEG,
    b"\x89PNG\r\n\x1a\n": ReceivedKind.PNG,
    b"II*\x00": ReceivedKind.TIFF,
    b"MM\x00*": ReceivedKind.TIFF,
    b"II+\x00": ReceivedKind.TIFF,  # for files larger than 4 GB, but some write all so
    b"MM\x00+": ReceivedKind.TIFF,
}
_PDF_MARK, _PDF_WITHIN = b"%PDF-", 1024  # fax servers put lines of their own before it

_REASONS = {
    child.LARGE: "received.too-large",
    child.MANY: "received.too-many-pages",
    child.LOCKED: "received.locked",
    child.DAMAGED: "received.damaged",
}
if sys.platform == "win32":
    _NO_CONSOLE = subprocess.CREATE_NO_WINDOW
    _ENDS = {1816: "received.too-slow"}  # the job has used up its time
else:
    _NO_CONSOLE = 0
    _ENDS = {
        -signal.SIGXCPU: "received.too-slow",
        -signal.SIGABRT: "received.too-large",  # PDFium ends itself when it gets no memory
        -signal.SIGKILL: "received.too-large",  # not ours: the system had no memory left
    }


class _NoPages(Exception):
    """The reader's answer holds no pages; the code says why, empty where it just broke off."""

    def __init__(self, code: str = "") -> None:
        self.code = code
        super().__init__()


def kind_of(data: bytes) -> ReceivedKind:
    """Tell what a fax or scan is, by its first bytes. Raises UnreadableFile."""
    for mark, kind in _MARKS.items():
        if data.startswith(mark):
            return kind
    if _PDF_MARK in data[:_PDF_WITHIN]:
        return ReceivedKind.PDF
    raise UnreadableFile("received.unknown-kind")


def pages_of(data: bytes, limits: Limits = LIMITS) -> ReceivedPages:
    """Read a fax or scan to all its pages, upright and in grey, at most `limits.width` dots wide.

    Takes as long as the file needs, at most `limits.wall_seconds`, so never ask on the window's
    thread. Raises UnreadableFile, whose code and values hold nothing of what stands in the file.
    """
    kind = kind_of(data)
    if len(data) > limits.input_bytes:
        raise _refusal("received.too-large", limits)
    try:
        return ReceivedPages(kind, _read(kind, data, limits))
    except _NoPages as no:
        code = no.code
    raise _refusal(code, limits)


def _refusal(code: str, limits: Limits) -> UnreadableFile:
    return UnreadableFile(
        code,
        megabytes=str(limits.input_bytes // 1_000_000),
        megapixels=str(limits.pixels // 1_000_000),
        pages=str(limits.pages),
    )


def _read(kind: ReceivedKind, data: bytes, limits: Limits) -> tuple[ReceivedPage, ...]:
    """Have a reader read the file, and stop it when its time is up. Raises _NoPages."""
    late = Event()
    with _started(kind, limits) as reader:

        def give_up() -> None:
            late.set()
            reader.kill()

        alarm = Timer(limits.wall_seconds, give_up)
        feeder = Thread(target=_feed, args=(reader.stdin, data))
        try:
            alarm.start()
            feeder.start()
            pages, code = _heard(reader, limits)
        finally:
            alarm.cancel()
            reader.kill()  # it may be talking on, but nobody listens
            feeder.join()
    if late.is_set() or code:
        raise _NoPages("received.too-slow" if late.is_set() else code)
    return pages


def _heard(reader: subprocess.Popen[bytes], limits: Limits) -> tuple[tuple[ReceivedPage, ...], str]:
    """Hear the reader out; give the pages, or the code that says why there are none."""
    pages: tuple[ReceivedPage, ...] = ()
    try:
        assert reader.stdout is not None
        pages = _answer(reader.stdout, limits)
    except _NoPages as no:
        if no.code:
            return (), no.code
    ended = reader.wait()
    if ended or not pages:
        return (), _ENDS.get(ended, "received.damaged")
    return pages, ""


def _started(kind: ReceivedKind, limits: Limits) -> subprocess.Popen[bytes]:
    """Start a reader with bare surroundings. Raises _NoPages."""
    words = [kind.value, *(str(number) for number in astuple(limits.for_reader()))]
    try:
        return subprocess.Popen(
            [*_command(), *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(sys.executable).anchor,
            env={name: os.environ[name] for name in KEPT if name in os.environ},
            creationflags=_NO_CONSOLE,
        )
    except OSError:
        raise _NoPages("received.no-reader") from None


def _command() -> list[str]:
    """Name the reader's program.

    Not `multiprocessing`: its child loads the program's own main module and inherits all
    variables, and the parent unpickles what comes back, which a hostile file could then write.
    A Python runs one module, without the folders and variables of whoever is logged in and
    without writing compiled code. A package made by PyInstaller has no Python to run a module
    with: there `received_child` is a second, small program beside the first.
    """
    if getattr(sys, "frozen", False):
        program = Path(sys.executable)
        return [str(program.with_name(READER + program.suffix))]
    return [sys.executable, "-I", "-B", "-c", START, str(Path(__file__).parents[2])]


def _feed(stream: IO[bytes], data: bytes) -> None:
    """Hand the file over; a reader that has heard enough closes its end."""
    with contextlib.suppress(OSError), stream:
        stream.write(data)


def _answer(stream: IO[bytes], limits: Limits) -> tuple[ReceivedPage, ...]:
    """Take the reader's answer apart, believing nothing of it. Raises _NoPages."""
    if stream.read(1) != child.READY:
        raise _NoPages("received.no-reader")
    pages: list[ReceivedPage] = []
    room = limits.answer_bytes
    while (word := stream.read(1)) == child.PAGE and len(pages) < limits.pages:
        page = _page(stream, min(room, limits.pixels), limits.width)
        room -= len(page.grey)
        pages.append(page)
    if word == child.REFUSED:
        raise _NoPages(_REASONS.get(stream.read(1), "received.damaged"))
    if word != child.END or not pages or stream.read(1):
        raise _NoPages("received.damaged" if word else "")
    return tuple(pages)


def _page(stream: IO[bytes], most: int, widest: int) -> ReceivedPage:
    """Take one page, exactly as long as it says, and no longer than there is room for."""
    size = stream.read(child.SIZE.size)
    if len(size) < child.SIZE.size:
        raise _NoPages
    width, height = child.SIZE.unpack(size)
    if not 1 <= width <= widest or height < 1:
        raise _NoPages("received.damaged")
    if width * height > most:
        raise _NoPages("received.too-large")
    grey = stream.read(width * height)
    if len(grey) < width * height:
        raise _NoPages
    return ReceivedPage(width, height, grey)
