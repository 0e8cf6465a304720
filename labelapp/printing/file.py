"""The printer that is a file: "Save as PDF", whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import shutil
import stat
from decimal import Decimal
from pathlib import Path

from labelapp.printing.printer import Job, Kind, Wants
from labelapp.rx.errors import CannotWrite
from labelapp.rx.receipt import Receipt

CODES = {
    errno.ENOENT: "file.no-folder",
    errno.ENOTDIR: "file.no-folder",
    errno.EACCES: "file.no-right",
    errno.EPERM: "file.no-right",
    errno.EROFS: "file.no-right",
    errno.ENOSPC: "file.disk-full",
    errno.EDQUOT: "file.disk-full",
    errno.EFBIG: "file.disk-full",  # the most this disk or this person may write to one file
    errno.EISDIR: "file.is-folder",
    errno.ENAMETOOLONG: "file.bad-name",
}
WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


class _NotReplaced(Exception):
    """What stands in the file's place is not to be replaced; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class FilePrinter:
    """Writes the label's PDF, byte for byte, to the place a person chose."""

    name = "file"

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)

    def wants(self, width_mm: Decimal, height_mm: Decimal) -> Wants:  # noqa: ARG002 - any size
        """Take the PDF, whatever head it was laid out for."""
        return Wants(Kind.PDF)

    def send(self, job: Job) -> Receipt:
        """Save the label's PDF. Raises CannotWrite; then a file of that name is as it was."""
        write_whole(job.pdf, self.path)
        return Receipt(self.name, str(self.path), len(job.pages), bool(job.colours))


def write_whole(data: bytes, path: Path) -> None:
    """Put the whole of `data` in place of the file at once, or leave everything as it was.

    The bytes go to a new file beside it, are pressed through to the disk, and take its name in
    one step; a link is followed and a file that was there keeps its rights. A folder, a device, a
    pipe and a file that is kept from writing are never replaced. Raises CannotWrite.
    """
    try:
        target = path.resolve()
        _may_be_replaced(target)
        part = target.parent / f".labelapp-{secrets.token_hex(8)}.part"
        try:
            _write_through(part, data)
            if target.exists():
                shutil.copymode(target, part)
            part.replace(target)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        _settle_folder(target.parent)
    except (OSError, RuntimeError, ValueError, _NotReplaced) as failed:
        raise CannotWrite(_why(failed), folder=str(path.parent), name=path.name) from failed


def _may_be_replaced(target: Path) -> None:
    try:
        there = target.stat()
    except FileNotFoundError:
        return
    if stat.S_ISDIR(there.st_mode):
        raise _NotReplaced("file.is-folder")
    if not stat.S_ISREG(there.st_mode):
        raise _NotReplaced("file.no-file")
    if not there.st_mode & WRITABLE or not os.access(target, os.W_OK):
        raise _NotReplaced("file.kept-from-writing")


def _why(failed: Exception) -> str | None:
    if isinstance(failed, _NotReplaced):
        return failed.code
    if isinstance(failed, ValueError):  # a NUL, or letters no file name here can have
        return "file.bad-name"
    return CODES.get(getattr(failed, "errno", None) or 0)  # a RuntimeError: links in a circle


def _write_through(path: Path, data: bytes) -> None:
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _settle_folder(folder: Path) -> None:
    """Press the new name itself through to the disk, where the system knows of such a thing."""
    with contextlib.suppress(OSError):  # the file is there; Windows cannot do this to a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
