"""A disk that fails under the encrypted database never harms it, nor takes a committed row."""

from __future__ import annotations

import errno
import sys
from itertools import count
from pathlib import Path

import pytest

from tests.store import commits
from tests.store.commits import ROWS, open_database
from tests.store.failing import run_failing

CALLS = """
import os, sys

os.chdir(sys.argv[1])
kept, folder = os.open("kept", os.O_RDONLY), os.open(".", os.O_RDONLY)
for call in (
    lambda: os.open("new", os.O_RDONLY | os.O_CREAT),
    lambda: os.open("kept", os.O_WRONLY),
    lambda: os.open(os.path.abspath("kept"), os.O_RDWR),
    lambda: os.open("kept", os.O_RDWR, dir_fd=folder),
    lambda: os.write(kept, b"x"),
    lambda: os.write(os.dup(kept), b"x"),
    lambda: os.pwrite(kept, b"x", 0),
    lambda: os.sendfile(kept, kept, 0, 1),
    lambda: os.fsync(folder),
    lambda: os.fdatasync(kept),
    lambda: os.ftruncate(kept, 0),
    lambda: os.rename("kept", "moved"),
    lambda: os.rename("kept", "moved", src_dir_fd=folder),
    lambda: os.unlink("kept"),
    lambda: os.unlink("kept", dir_fd=folder),
):
    try:
        call()
    except OSError as trouble:
        print(trouble.errno)
"""
WRITES = """
import errno, os, sys

line = os.open(sys.argv[1], os.O_WRONLY | os.O_APPEND)
for number in range(4):
    if os.fork() == 0:  # all processes are counted together
        try:
            os.write(line, b"12345678")
            print("written")
        except OSError as trouble:
            print(errno.errorcode[trouble.errno])
        sys.exit()
    os.wait()
"""


@pytest.fixture
def kept(tmp_path):
    path = tmp_path / "kept"
    path.write_text("as it was")
    return path


def test_every_way_to_write_is_made_to_fail(failing, kept):
    args = [sys.executable, "-c", CALLS, kept.parent]
    run = failing(args, prefix=kept.parent, at=1, number=errno.EIO, mode="from")
    assert run.stdout.split() == [str(errno.EIO)] * CALLS.count("lambda")
    assert run.calls == run.failed == CALLS.count("lambda")
    assert [path.name for path in kept.parent.iterdir()] == ["kept"]
    assert kept.read_text() == "as it was"


def test_what_is_written_elsewhere_is_let_be(failing, kept):
    args = [sys.executable, "-c", CALLS, kept.parent]
    run = failing(args, prefix=kept.parent / "elsewhere", at=1, mode="from")
    assert run.calls == 0
    assert not kept.exists()


@pytest.mark.parametrize(
    ("mode", "said", "size"),
    [
        ("once", ["written", "ENOSPC", "written", "written"], 24),
        ("from", ["written", "ENOSPC", "ENOSPC", "ENOSPC"], 8),
        ("torn", ["written", "ENOSPC", "written", "written"], 28),
    ],
)
def test_it_fails_once_or_from_then_on_or_half_way(failing, kept, mode, said, size):
    kept.write_text("")
    args = [sys.executable, "-c", WRITES, kept]
    run = failing(args, prefix=kept, at=3, mode=mode)  # the first call opens the file
    assert run.stdout.split() == said
    assert run.calls == 5
    assert kept.stat().st_size == size


def test_a_run_without_the_shim_is_no_proof(tmp_path):
    """The loader goes on without a shim it does not find: such a run must not pass for survived."""
    with pytest.raises(AssertionError, match="not loaded"):
        run_failing(tmp_path / "none.so", ["true"], prefix=tmp_path)


@pytest.mark.parametrize(
    ("mode", "number"), [("once", errno.EIO), ("from", errno.ENOSPC), ("torn", errno.ENOSPC)]
)
def test_committed_rows_outlast_every_failing_call(failing, tmp_path, mode, number):
    told: list[int] = []
    for at in count():
        folder = tmp_path / str(at)
        folder.mkdir()
        args = [sys.executable, commits.__file__, folder / "records.db"]
        run = failing(args, prefix=folder, at=at, number=number, mode=mode)
        told = [int(line) for line in run.stdout.split()]
        there = rows_in(folder / "records.db")
        if mode == "from" and run.returncode and len(there) > len(told):
            # The commit's own sync failed, so it did not return; but its frames are whole in the
            # journal and no later call could cut them off: such a row may be in or not.
            told.append(len(told) + 1)
        assert there == told, f"call {at} of {run.calls}: {run.stderr}"
        if at and not run.failed:
            break
    assert at > 40
    assert told == list(range(1, ROWS + 1))


def rows_in(database: Path) -> list[int]:
    """Open what the run has left, hold it to be whole, and give its rows' numbers."""
    line = open_database(str(database))
    assert line.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    # the next check reads the file alone, in which a checkpoint may have stopped half-way
    line.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert line.execute("PRAGMA cipher_integrity_check").fetchall() == []
    tables = line.execute("SELECT name FROM sqlite_schema").fetchall()
    rows = line.execute("SELECT number FROM label ORDER BY number").fetchall() if tables else []
    line.close()
    return [number for (number,) in rows]
