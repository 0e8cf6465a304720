"""The disk under the records: texts put in place in one step, folders that get their name at last."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from labelapp.store.trouble import AlreadySetUp, NoRoom, ReadOnly, StoreTrouble

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError,
)  # fmt: skip
"""All that reading a file somebody else wrote may raise: no JSON, other types, endless nesting."""
_TAKEN = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR})


def write_through(path: Path, said: str) -> None:
    """Put a small text in place of a file in one step, pressed through to the disk."""
    new = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with new.open("x", encoding="utf-8") as file:
            file.write(said)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        press_names(path.parent)
    finally:
        remove(new)


def press(file: Path) -> None:
    """Press a file that was written through to the disk."""
    with file.open("rb+") as there:
        os.fsync(there.fileno())


def press_names(folder: Path) -> None:
    """Press the names in a folder through to the disk, where a system can do so."""
    if os.name == "nt":
        return
    line = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(line)
    finally:
        os.close(line)


def remove(*files: Path) -> None:
    """Take files away that nobody needs any more, as far as the disk lets it."""
    for file in files:
        with suppress(OSError):
            file.unlink(missing_ok=True)


@contextmanager
def made_whole(folder: Path) -> Iterator[Path]:
    """Give a folder to put records in, and name it `folder` in one step once all of it is there.

    Whatever goes wrong on the way, nothing stands at `folder`. Raises AlreadySetUp where something
    does before, NoRoom and ReadOnly.
    """
    new = folder.with_name(f"{folder.name}.new-{secrets.token_hex(4)}")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise AlreadySetUp(address=str(folder))
        new.mkdir(parents=True, mode=0o700)
        yield new
        if folder.exists():
            folder.rmdir()
        new.rename(folder)
        press_names(folder.parent)
    except OSError as failed:
        if failed.errno in _TAKEN:
            raise AlreadySetUp(address=str(folder)) from None
        raise disk_trouble(failed, folder) from None
    finally:
        shutil.rmtree(new, ignore_errors=True)


def disk_trouble(failed: OSError, folder: Path) -> StoreTrouble:
    """Say what a disk refused."""
    if failed.errno in _FULL:
        return NoRoom(folder=str(folder))
    return ReadOnly(folder=str(folder))
