"""Whenever a program is killed at its work, nothing it said was kept is lost, and nothing damaged."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.store.killed import MOVE, SET_UP, WORK

ROOT = Path(__file__).parents[2]


def start(what: str, kills: int, *address: str) -> subprocess.Popen[str]:
    path = os.pathsep.join([str(ROOT), *sys.path])
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.killed", what, str(kills), *address],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
        text=True,
    )


def ended(program: subprocess.Popen[str]) -> list[Any]:
    told, _ = program.communicate()
    assert program.returncode == 0
    return [json.loads(line) for line in told.splitlines()]


@pytest.mark.parametrize(
    "kills",
    [
        {WORK: 140, MOVE: 30, SET_UP: 30},
        pytest.param({WORK: 1000, MOVE: 300, SET_UP: 300}, marks=pytest.mark.slow),
    ],
    ids=["ordinary", "nightly"],
)
def test_nothing_is_lost_however_often_the_program_is_killed(kills):
    programs = [start(what, many) for what, many in kills.items()]
    came = [each for program in programs for each in ended(program)]
    assert len(came) == sum(kills.values())
    assert [each["lost"] for each in came if each["lost"]] == []
    assert sum(each["met"].get("told", 0) for each in came) > 0


def test_nothing_is_lost_when_a_counter_of_a_server_is_killed(server):
    came = ended(start(WORK, 12, server.new_database("desk")))
    assert len(came) == 12
    assert [each["lost"] for each in came if each["lost"]] == []
    assert came[-1]["met"]["told"] > 0
