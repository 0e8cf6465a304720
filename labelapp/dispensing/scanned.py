"""A fax or scan of an order: looked at in a process of its own before it is kept or shown."""

from __future__ import annotations

from pathlib import Path

from labelapp.dispensing.files import LARGEST_FILE, contents
from labelapp.dispensing.shown import SCAN, ShownScan
from labelapp.draw.received import kind_of, pages_of
from labelapp.intake.recognise import read_file
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import UnreadableFile

LARGEST = 20_000_000


def opened(path: Path) -> tuple[Draft, ...]:
    """Read a file somebody opened: a fax or scan begins a prescription nothing is typed of yet.

    Raises UnreadableFile.
    """
    data = contents(path, LARGEST)
    if _is_scan(data):
        return (Draft({}, SCAN, came=_received(data)),)
    return read_file(path.name, data[: LARGEST_FILE + 1])


def scanned(path: Path) -> AsReceived:
    """Read a fax or scan of an order. Raises UnreadableFile."""
    return _received(contents(path, LARGEST))


def pictures(came: AsReceived) -> tuple[ShownScan, ...]:
    """Give the pages of a kept fax or scan as pictures; none for a message. Raises UnreadableFile."""
    if came.kind in {"message", ""}:
        return ()
    return tuple(ShownScan(e.width, e.height, e.grey) for e in pages_of(came.data).pages)


def _received(data: bytes) -> AsReceived:
    return AsReceived(pages_of(data).kind.value, data)


def _is_scan(data: bytes) -> bool:
    """Tell a fax from a message: the mark of a PDF may stand in the middle of a message's text."""
    try:
        kind_of(data)
    except UnreadableFile:
        return False
    return not data.lstrip().startswith((b"{", b"["))
