"""Four counters on one server: no number or serial twice, no change lost, one whole audit."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from labelapp.store import audit, charts, guards, orders, prints
from labelapp.store.address import Server
from labelapp.store.trouble import Conflict, Gone
from labelapp.store.vault import Vault
from tests.store.counter import SHARED
from tests.store.vaults import ME, enter, fill, reserve

ROOT = Path(__file__).parents[2]
COUNTERS = 4


def start(vault: Vault, station: int, fills: int) -> subprocess.Popen[str]:
    assert isinstance(vault.address, Server)
    return subprocess.Popen(
        [
            sys.executable, "-m", "tests.store.counter",
            vault.address.url.render_as_string(hide_password=False).replace("+psycopg", ""),
            vault.keys.cipher, str(station), str(fills),
        ],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        text=True,
    )  # fmt: skip


@pytest.mark.parametrize("fills", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_four_counters_work_side_by_side(server_vault, fills):
    with server_vault.change(ME) as change:
        chart = charts.add_patient(change, {"family": "Shared", "phone": "0"})
    assert chart.id == SHARED
    counters = [start(server_vault, number, fills) for number in range(1, COUNTERS + 1)]
    told = [counter.communicate()[0].splitlines() for counter in counters]
    assert [counter.returncode for counter in counters] == [0] * COUNTERS
    numbers = [line.split()[1] for lines in told for line in lines if line.startswith("filled")]
    assert sorted(numbers, key=int) == [str(each + 1) for each in range(COUNTERS * fills)]
    shared = [tuple(map(int, lines[-1].split()[1:])) for lines in told]
    with server_vault.look() as connection:
        chart = charts.patient(connection, SHARED)
        assert chart.version == 1 + sum(written for written, _ in shared)
        assert chart.get("phone") == str(sum(written for written, _ in shared))
        for number in numbers:
            label = prints.by_serial(connection, f"S-{number}")
            assert label
            (job,) = prints.jobs_of(connection, label.fill)
            assert job.state is prints.JobState.SENT
        assert audit.verify_whole(connection, server_vault.keys).is_whole
        guards.check(connection)


@pytest.mark.parametrize("end", ["stop", "crash"])
def test_a_server_that_goes_away_is_told_and_taken_up_again(server_vault, server, end):
    with server_vault.change(ME) as change:
        filled = fill(change, enter(change))
    try:
        with pytest.raises(Gone), server_vault.change(ME) as change:
            enter(change, f"Lost {getattr(server, end)()}")
        for _ in range(2):
            with pytest.raises(Gone), server_vault.look():
                pass
            with pytest.raises(Gone), server_vault.change(ME):
                pass
    finally:
        server.start()
    with server_vault.change(ME) as change:
        reserve(change, filled, "S-1")
        assert enter(change).number == "2"
    with server_vault.look() as connection:
        assert orders.numbered(connection, "1")
        assert audit.verify_whole(connection, server_vault.keys).is_whole


def test_of_two_counters_that_reserve_the_same_copy_one_is_refused(server_vault):
    with server_vault.change(ME) as change:
        filled = fill(change, enter(change))
        job = reserve(change, filled, "S-1")
        prints.settle(change, job, prints.JobState.UNKNOWN)
    with server_vault.change(ME) as change:
        prints.settle(change, job, prints.JobState.VOID, why="not on paper")
    for state in (prints.JobState.CONFIRMED, prints.JobState.VOID):
        with pytest.raises(Conflict), server_vault.change(ME) as change:
            prints.settle(change, job, state)
