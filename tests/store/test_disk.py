"""A disk that is full, broken or read-only: a plain word for it, and nothing kept is lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from labelapp.store import backup
from labelapp.store.trouble import NoRoom, ReadOnly
from tests.store.failing import Result
from tests.store.refused import AT, PREFIX
from tests.store.vaults import ME, enter

ROOT = Path(__file__).parents[2]
WAYS = [(errno.EIO, "once"), (errno.ENOSPC, "from"), (errno.EROFS, "from"), (errno.ENOSPC, "torn")]
PROGRAM = [sys.executable, "-m", "tests.store.refused"]
PATHS = {"PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
SENTENCES = (ROOT / "resources" / "screen" / "en" / "store.toml").read_text("utf-8")


def hold(lines: list[str]) -> list[Any]:
    """Hold each run to have ended plainly, with everything kept."""
    came = [json.loads(line) for line in lines]
    for each in came:
        assert each["wrong"] == [], each
        assert not each["how"] or f'["{each["how"]}"]' in SENTENCES, each
    return came


def sweep(
    failing: Callable[..., Result],
    way: tuple[int, str],
    first: int,
    every: int,
    last: int = AT,
) -> list[Any]:
    args = [*PROGRAM, str(first), str(every), str(last)]
    run = failing(args, prefix=PREFIX, at=AT, number=way[0], mode=way[1], environment=PATHS)
    assert run.returncode == 0, run.stderr
    return hold(run.stdout.splitlines())


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_call_that_fails_loses_nothing(failing, way):
    first = WAYS.index(way) * 9 + 1
    came = sweep(failing, way, first, 37)
    assert came[-1]["failed"] == 0
    assert len(came) > 10
    refused = {each["how"] for each in came if each["how"]}
    assert refused <= {"store.no-room", "store.read-only", "store.failed"}
    assert refused & {"store.no-room", "store.read-only"}


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS, ids=str)
def test_no_call_that_fails_loses_anything(failing, way):
    last = 0
    while True:
        came = sweep(failing, way, last + 1, 1, last + 20)
        if came[-1]["failed"] == 0:
            break
        last += 20
    assert last > 400


def test_files_that_may_not_grow_lose_nothing(tmp_path):
    done = subprocess.run(
        [*PROGRAM, "limits"], env={**os.environ, **PATHS}, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    came = hold(done.stdout.splitlines())
    assert [each["how"] for each in came][:2] == ["store.no-room"] * 2
    assert came[-1]["how"] == ""


def test_a_backup_that_finds_no_folder_is_told_so(vault, tmp_path):
    (tmp_path / "file").write_text("here")
    for bad in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises((ReadOnly, NoRoom)):
            backup.make(vault, bad, "1")
        assert backup.listed(bad) == ()
    with vault.change(ME) as change:
        enter(change)
