"""After a restore every counter opens the records, and a cut is found all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from labelapp.rx.people import Doer, Role
from labelapp.store import anchors, backup, keys, opening, restoring
from labelapp.store.address import Address, Server, address_of
from labelapp.store.trouble import Damaged
from labelapp.store.vault import Place, Vault

ME = Doer(0, "labelapp", "--", Role.ADMINISTRATOR)
CHEAP = keys.Cost(1_024, 1, 1)


@pytest.fixture
def two(tmp_path):
    """Two counters with anchors of their own, and a clock that moves."""
    moment = [datetime(2026, 11, 22, 12, tzinfo=UTC)]

    def clock():
        moment[0] += timedelta(seconds=1)
        return moment[0]

    return tuple(Place(name, clock, tmp_path / name) for name in ("one", "two"))


def work(vault: Vault, times: int) -> None:
    for place in range(times):
        with vault.change(ME) as change:
            change.record("work", "rows", place)


def restored_past_the_other(
    server: Any, two: tuple[Place, Place], tmp_path: Path
) -> tuple[keys.Keys, Address]:
    """Back up, work on at the other counter, lose the server, restore the backup elsewhere."""
    one, other = two
    begun = opening.begin("a passphrase of tests", CHEAP)
    address = address_of(server.new_database("desk"))
    vault = opening.set_up(address, begun, begun.recovery, one, ME)
    work(vault, 5)
    made = backup.make(vault, tmp_path / "backups", "test")
    vault.close()
    vault = opening.open_vault(address, begun.keys, other)
    work(vault, 20)
    anchors.keep(vault)
    vault.close()
    new = address_of(server.new_database("desk"))
    restoring.restore(made, begun.keys, new, one, ME).close()
    return begun.keys, new


def test_the_other_counter_opens_what_was_restored(server, two, tmp_path):
    keys_, address = restored_past_the_other(server, two, tmp_path)
    vault = opening.open_vault(address, keys_, two[1])
    work(vault, 1)
    anchors.keep(vault)
    vault.close()


def test_a_word_of_restoring_that_nobody_sealed_excuses_nothing(server, two, tmp_path):
    keys_, address = restored_past_the_other(server, two, tmp_path)
    assert isinstance(address, Server)
    database = address.url.database
    server.sql(
        database,
        "DROP TRIGGER guard_anchors_change ON anchors;"
        "UPDATE anchors SET why = 'hourly' WHERE why = 'restored'",
    )
    with pytest.raises(Damaged):
        opening.open_vault(address, keys_, two[1])


def test_a_drill_beside_the_real_records_leaves_them_alone(two, tmp_path):
    one = two[0]
    begun = opening.begin("a passphrase of tests", CHEAP)
    real, drill = (address_of(str(tmp_path / name)) for name in ("real", "drill"))
    vault = opening.set_up(real, begun, begun.recovery, one, ME)
    work(vault, 5)
    made = backup.make(vault, tmp_path / "backups", "test")
    work(vault, 20)
    anchors.keep(vault)
    vault.close()
    copy = restoring.restore(made, begun.keys, drill, one, ME)
    work(copy, 40)
    anchors.keep(copy)
    copy.close()
    for address in (real, drill):
        opening.open_vault(address, begun.keys, one).close()
