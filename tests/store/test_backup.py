"""A backup counts once it was opened, read and checked; from it everything can be put back."""

from __future__ import annotations

import json
import os
import random
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from labelapp.store import audit, backup, opening, orders, restoring
from labelapp.store.address import Embedded
from labelapp.store.keys import new_keys
from labelapp.store.trouble import AlreadySetUp, Damaged, NoRoom
from tests.store.vaults import ME, PASSPHRASE, enter, fill, place, reserve, set_up, work_rows


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "b%c#k?ups"


@pytest.fixture
def filled(vault):
    for number in range(5):
        with vault.change(ME) as change:
            known = enter(change, f"Doe {number}")
            reserve(change, fill(change, known), f"S-{known.number}")
    return vault


def test_a_backup_holds_every_row_and_its_page_says_so(filled, folder):
    made = backup.make(filled, folder, "1.2")
    assert {path.suffix for path in folder.iterdir()} == {".db", ".json"}
    (found,) = backup.listed(folder)
    assert found == made
    backup.check(found, filled.keys)
    with filled.look() as connection:
        assert backup.counts(connection) == dict(found.rows)
        assert audit.head(connection) == found.head
    assert found.rows["labels"] == 5
    with pytest.raises(Damaged):
        backup.check(found, new_keys())


def test_a_backup_is_restored_on_the_other_database_and_back(filled, folder, request, tmp_path):
    made = backup.make(filled, folder, "1")
    other = request.getfixturevalue("server_address" if filled.is_embedded else "embedded_address")
    steps = []
    moved = restoring.restore(
        made, filled.keys, other, place("new"), ME, lambda done, of: steps.append((done, of))
    )
    again = backup.make(moved, tmp_path / "again", "1")
    assert work_rows(again.rows) == work_rows(made.rows)
    assert again.rows["audit"] == made.rows["audit"] + 1
    if not moved.is_embedded:
        assert steps
        assert steps[-1][0] == steps[-1][1] > 0
    with moved.change(ME) as change:  # ids and numbers go on after the ones that were put back
        known = enter(change)
        assert known.number == "6"
        reserve(change, fill(change, known), "S-6")
        orders.keep_received(change, "fax", b"x")
    moved.close()
    keys = opening.keys_of(other, passphrase=PASSPHRASE)
    opening.open_vault(other, keys, place()).close()
    back = restoring.restore(again, keys, Embedded(tmp_path / "back"), place(), ME)
    with back.look() as connection:
        assert audit.verify_whole(connection, keys, (made.head, again.head)).is_whole
        assert orders.numbered(connection, "5")
    back.close()


def test_nothing_is_restored_over_records(filled, folder, tmp_path):
    made = backup.make(filled, folder, "1")
    with pytest.raises(AlreadySetUp):
        restoring.restore(made, filled.keys, filled.address, place(), ME)
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("keep me")
    for there in (full, full / "letter.txt"):
        with pytest.raises(AlreadySetUp):
            restoring.restore(made, filled.keys, Embedded(there), place(), ME)
    assert [path.name for path in full.iterdir()] == ["letter.txt"]
    with filled.look() as connection:
        assert audit.verify_whole(connection, filled.keys).is_whole


def test_a_backup_that_was_changed_does_not_pass(filled, folder):
    made = backup.make(filled, folder, "1")
    whole, page = made.file.read_bytes(), json.loads(made.manifest.read_text())
    chance = random.Random(7)
    for _ in range(40):
        flipped = bytearray(whole)
        flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        made.file.write_bytes(flipped)
        with pytest.raises(Damaged):
            backup.check(made, filled.keys)
    made.file.write_bytes(whole[:-4096])
    with pytest.raises(Damaged):
        backup.check(made, filled.keys)
    made.file.write_bytes(whole)
    for name in page:
        made.manifest.write_text(json.dumps({**page, name: "0"}))
        with pytest.raises(Damaged):
            backup.check(made, filled.keys)
    made.manifest.write_text(json.dumps(page))
    backup.check(made, filled.keys)


@pytest.mark.parametrize(
    "change",
    [
        {"at": "2026-01-01"}, {"at": 5}, {"seq": float("inf")}, {"seq": None}, {"rows": []},
        {"rows": {"audit": "x"}}, {"keys": None}, {"keys": {"format": "labelapp-keys/1"}},
    ],
)  # fmt: skip
def test_a_hostile_page_is_passed_over(embedded_vault, folder, change):
    made = backup.make(embedded_vault, folder, "1")
    page = json.loads(made.manifest.read_text())
    for number, text in enumerate(("", "[]", "null", "[" * 50_000, json.dumps({**page, **change}))):
        (folder / f"labelapp-{number}.json").write_text(text)
        (folder / f"labelapp-{number}.db").write_bytes(b"")
    (folder / "labelapp-x.json").mkdir()
    found = backup.listed(folder)
    assert made in found
    assert backup.age(folder, made.at + timedelta(hours=2)) is not None
    backup.rotate(folder)
    for each in found:
        if each != made:
            with pytest.raises(Damaged):
                backup.check(each, embedded_vault.keys)


def test_a_file_without_its_page_does_not_count(filled, folder):
    made = backup.make(filled, folder, "1")
    made.manifest.unlink()
    assert backup.listed(folder) == ()
    assert backup.age(folder, filled.place.clock()) is None


def test_what_cut_backups_left_is_cleared_away_in_time(embedded_vault, folder):
    folder.mkdir()
    now = embedded_vault.place.clock()
    names = (".labelapp-a.part", ".labelapp-a.part-wal", "labelapp-b.db", "letter.txt")
    for age in (timedelta(hours=1), timedelta(days=2)):
        for name in names:
            (folder / name).write_text("x")
            moment = (now - age).timestamp()
            os.utime(folder / name, (moment, moment))
        backup.make(embedded_vault, folder, "1")
        left = {each.name for each in folder.iterdir()} & set(names)
        assert left == (set(names) if age < timedelta(days=1) else {"letter.txt"})


def test_a_backup_is_whole_while_others_write(filled, folder):
    done = threading.Event()

    def write():
        while not done.is_set():
            with filled.change(ME) as change:
                known = enter(change)
                reserve(change, fill(change, known), f"W-{known.number}")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup.make(filled, folder, "1") for _ in range(5)]
    finally:
        done.set()
        writer.join()
    for each in made:
        backup.check(each, filled.keys)
        assert each.rows["labels"] == each.rows["fills"] == each.rows["prescriptions"]
    assert [each.head.seq for each in made] == sorted(each.head.seq for each in made)
    assert made[0].head.seq < made[-1].head.seq


def test_two_backups_at_once_are_two(filled, folder):
    made = []
    threads = [
        threading.Thread(target=lambda: made.append(backup.make(filled, folder, "1")))
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({each.file for each in made}) == 3
    for each in made:
        backup.check(each, filled.keys)


def test_records_that_are_not_whole_are_not_backed_up(embedded_vault, folder):
    with embedded_vault.change(ME) as change:
        enter(change)
        change.connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
        change.connection.exec_driver_sql("UPDATE audit SET at = 'x' WHERE seq = 1")
    with pytest.raises(Damaged):
        backup.make(embedded_vault, folder, "1")
    assert not folder.exists() or list(folder.iterdir()) == []


def dated(folder: Path, *days: datetime) -> None:
    """Write backups of some days: pages without content, each with more in it than the last."""
    vault = set_up(Embedded(folder.with_name("records")))
    page = backup.make(vault, folder, "1")
    said = json.loads(page.manifest.read_text())
    page.manifest.unlink()
    page.file.unlink()
    vault.close()
    for seq, at in enumerate(days, 1):
        stem = f"labelapp-{seq}"
        (folder / f"{stem}.json").write_text(json.dumps({**said, "at": at.isoformat(), "seq": seq}))
        (folder / f"{stem}.db").write_bytes(b"")


def test_of_many_backups_hours_days_and_months_are_kept(folder):
    last = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    dated(folder, *(last - timedelta(hours=6 * number) for number in range(2000, -1, -1)))
    gone = backup.rotate(folder)
    left = backup.listed(folder)
    assert len(left) + len(gone) == 2001
    assert left[0].at == last
    assert {each.at for each in left[:24]} == {last - timedelta(hours=6 * n) for n in range(24)}
    assert len({each.at.strftime("%Y%m%d") for each in left}) >= backup.DAYS
    assert len({each.at.strftime("%Y%m") for each in left}) == backup.MONTHS
    assert len(left) <= backup.HOURS + backup.DAYS + backup.MONTHS
    assert backup.rotate(folder) == ()


def test_a_clock_that_was_wrong_takes_no_backup_and_hides_none(folder):
    last = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    old = datetime(2020, 1, 1, tzinfo=UTC)
    dated(folder, *(last - timedelta(days=20 * number) for number in range(100, -1, -1)), old)
    gone = backup.rotate(folder)
    assert gone
    assert old in {each.at for each in backup.listed(folder)}, "the newest by what is in it"
    assert backup.age(folder, last + timedelta(days=2)) == timedelta(days=2)
    assert backup.age(folder, last - timedelta(minutes=10)) == timedelta(0)
    assert backup.age(folder, last - timedelta(days=3)) == timedelta(days=17)


def test_a_backup_folder_is_told_full(embedded_vault, folder, monkeypatch):
    folder.mkdir()

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "write_through", full)
    with pytest.raises(NoRoom):
        backup.make(embedded_vault, folder, "1")
    assert list(folder.iterdir()) == []
