"""Files that were named: read as far as a limit, never through a device, and to their drafts."""

from __future__ import annotations

from pathlib import Path

from labelapp.intake.recognise import read_file
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile

LARGEST_FILE = 2_000_000
"""Bytes of a prescription file that are read at all; one more refuses it."""


def open_file(path: Path) -> tuple[Draft, ...]:
    """Read a prescription file, never more of it than the limit, and never through a device."""
    return read_file(path.name, contents(path, LARGEST_FILE))


def contents(path: Path, most: int) -> bytes:
    """Give the bytes of a file that was named, one more than the most that may be at the longest.

    Raises UnreadableFile for what is no regular file or cannot be opened.
    """
    try:
        if not path.is_file():
            raise UnreadableFile("file.not-there", name=path.name)
        with path.open("rb") as source:
            return source.read(most + 1)
    except OSError as broken:
        raise UnreadableFile("file.cannot-open", name=path.name) from broken
