"""A fax or scan put beside an order: looked at in a process of its own before it is kept."""

from __future__ import annotations

from pathlib import Path

from labelapp.dispensing.shown import ShownScan
from labelapp.draw.received import pages_of
from labelapp.rx.draft import AsReceived
from labelapp.rx.errors import UnreadableFile

LARGEST = 20_000_000


def scanned(path: Path) -> AsReceived:
    """Read a fax or scan of an order. Raises UnreadableFile."""
    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
    except OSError as broken:
        raise UnreadableFile("file.cannot-open", name=path.name) from broken
    return AsReceived(pages_of(data).kind.value, data)


def pictures(came: AsReceived) -> tuple[ShownScan, ...]:
    """Give the pages of a kept fax or scan as pictures; none for a message. Raises UnreadableFile."""
    if came.kind in {"message", ""}:
        return ()
    return tuple(ShownScan(e.width, e.height, e.grey) for e in pages_of(came.data).pages)
