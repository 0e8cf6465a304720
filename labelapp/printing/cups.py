"""Asking the print server (CUPS on Linux and macOS) what Qt does not say.

Qt reports success for a label that a rejecting or vanished queue never took, and does not know
the resolution a queue's driver works at. The server knows both.
"""

from __future__ import annotations

import ctypes
import http.client
import socket
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from labelapp.printing.ipp import (
    Answer,
    Attributes,
    Garbled,
    Group,
    Operation,
    Tag,
    Value,
    answer,
    question,
)
from labelapp.printing.printer import QueueState, State

LARGEST_ANSWER = 4_000_000
SECONDS = 5.0
NO_SUCH_QUEUE = 0x0406
ASKED_OF_A_QUEUE = (
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "printer-resolution-default",
    "copies-default",
    "job-sheets-default",
    "number-up-default",
    "color-supported",
    "print-color-mode-supported",
)
ONE_LABEL_ONCE: Mapping[str, tuple[Value, ...]] = MappingProxyType(
    {"copies-default": (1,), "job-sheets-default": ("none",), "number-up-default": (1,)}
)
"""What a queue must do of its own accord for a label to come out once and alone."""
IN_COLOUR = "color"
"""A job's `print-color-mode` (PWG 5100.13, 5.1.3): a queue may be set to print grey by itself."""
DOES = {3: State.IDLE, 4: State.PRINTING, 5: State.PAUSED}  # printer-state, RFC 8011, 5.4.11
IN_THE_WAY = frozenset(
    {
        "connecting-to-device",
        "cover-open",
        "door-open",
        "interlock-open",
        "marker-supply-empty",
        "media-empty",
        "media-jam",
        "media-needed",
        "offline",
        "shutdown",
        "timed-out",
    }
)
"""Reasons for which a label sent now does not come out now."""


class NoAnswer(Exception):
    """The print server is not there, does not answer in time, or answers nonsense."""


@dataclass(frozen=True)
class Queue:
    """A queue as the server knows it.

    `resolution` is what its driver works at, dots per inch across and along the label; `habits`
    are what it would do to every label: a second copy, a banner page, several to a page.
    """

    state: QueueState
    resolution: tuple[int, int] | None
    habits: tuple[str, ...]


@dataclass(frozen=True)
class Cups:
    """A print server: where it listens, and as whom one speaks to it."""

    host: str
    port: int
    user: str

    def queue(self, name: str) -> Queue | None:
        """Ask about one queue; None when the server has none of that name. Raises NoAnswer."""
        wanted = (Tag.KEYWORD, "requested-attributes", ASKED_OF_A_QUEUE)
        told = self._ask(Operation.GET_PRINTER_ATTRIBUTES, name, wanted)
        if told.status == NO_SUCH_QUEUE:
            return None
        groups = told.of(Group.PRINTER)
        if not told.is_good or not groups:
            raise NoAnswer
        return _queue(name, groups[0])

    def newest_job(self, queue: str) -> int:
        """Give the highest job number the server knows for a queue, 0 for none. Raises NoAnswer."""
        return max((number for number, _ in self._jobs(queue, 1)), default=0)

    def job_after(self, queue: str, number: int, title: str) -> int | None:
        """Find a later job of that title; None when there is none. Raises NoAnswer."""
        later = (found for found, name in self._jobs(queue, number + 1) if name == title)
        return min(later, default=None)

    def _jobs(self, queue: str, first: int) -> tuple[tuple[int, str], ...]:
        told = self._ask(
            Operation.GET_JOBS,
            queue,
            (Tag.KEYWORD, "which-jobs", ("all",)),
            (Tag.INTEGER, "first-job-id", (first,)),
            (Tag.KEYWORD, "requested-attributes", ("job-id", "job-name")),
        )
        if not told.is_good:
            raise NoAnswer
        jobs = []
        for job in told.of(Group.JOB):
            number, name = _first(job, "job-id"), _first(job, "job-name")
            if isinstance(number, int):
                jobs.append((number, str(name)))
        return tuple(jobs)

    def _ask(
        self, operation: Operation, queue: str, *more: tuple[Tag, str, tuple[str | int, ...]]
    ) -> Answer:
        path = f"/printers/{quote(queue, safe='')}"
        me = (Tag.NAME, "requesting-user-name", (self.user,))
        asked = question(operation, f"ipp://localhost{path}", me, *more)
        line = _Line(self.host) if self.host.startswith("/") else _by_network(self.host, self.port)
        try:
            line.request("POST", path, asked, {"Content-Type": "application/ipp"})
            reply = line.getresponse()
            body = reply.read(LARGEST_ANSWER + 1)
            if reply.status != http.client.OK or len(body) > LARGEST_ANSWER:
                raise NoAnswer
            return answer(body)
        except (OSError, http.client.HTTPException, Garbled) as failed:
            raise NoAnswer from failed
        finally:
            line.close()


class _Line(http.client.HTTPConnection):
    """A line to a server that listens in the file system."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=SECONDS)
        self._path = path

    def connect(self) -> None:
        """Open the socket file in place of a network address."""
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(SECONDS)
        self.sock.connect(self._path)


def _by_network(host: str, port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection(host, port, timeout=SECONDS)


def this_computers() -> Cups | None:
    """Find the server Qt prints through, as CUPS' own library does; None where there is no CUPS."""
    name = {"linux": "libcups.so.2", "darwin": "libcups.2.dylib"}.get(sys.platform)
    if name is None:
        return None
    try:
        library = ctypes.CDLL(name)
    except OSError:
        return None
    library.cupsServer.restype = ctypes.c_char_p
    library.cupsUser.restype = ctypes.c_char_p
    host, user = library.cupsServer(), library.cupsUser()
    return Cups(host.decode(), int(library.ippPort()), user.decode())


def _queue(name: str, told: Attributes) -> Queue:
    across_and_along = _first(told, "printer-resolution-default")
    habits = [
        f"{option}={','.join(map(str, told[option]))}"
        for option, harmless in ONE_LABEL_ONCE.items()
        if any(value not in harmless for value in told.get(option, harmless))
    ]
    resolution = across_and_along if isinstance(across_and_along, tuple) else None
    return Queue(_state(name, told), resolution, tuple(habits))


def _state(name: str, told: Attributes) -> QueueState:
    number = _first(told, "printer-state")
    state = DOES.get(number, State.ERROR) if isinstance(number, int) else State.ERROR
    if _first(told, "printer-is-accepting-jobs") is False:
        state = State.REJECTING
    reasons = tuple(str(each) for each in told.get("printer-state-reasons", ()) if each != "none")
    kinds = {
        each.removesuffix("-report").removesuffix("-warning").removesuffix("-error")
        for each in reasons
    }
    works = state in (State.IDLE, State.PRINTING) and not kinds & IN_THE_WAY
    return QueueState(name, state, works, reasons, _has_colours(told))


def _has_colours(told: Attributes) -> bool:
    """Tell whether a queue says that it prints colours, and nowhere that it does not."""
    modes = told.get("print-color-mode-supported", (IN_COLOUR,))
    return _first(told, "color-supported") is True and IN_COLOUR in modes


def _first(told: Attributes, name: str) -> Value:
    values = told.get(name, ())
    return values[0] if values else None
