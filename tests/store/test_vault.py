"""Records are set up at once or not at all, opened by one program, and changed as a whole."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from labelapp.store import audit, backup, charts, fills, opening, orders, prints, versions
from labelapp.store.address import Embedded, address_of
from labelapp.store.keys import new_keys
from labelapp.store.tables import PATIENTS
from labelapp.store.trouble import (
    AlreadySetUp,
    Conflict,
    Damaged,
    InUse,
    NotSetUp,
    ReadOnly,
    StoreTrouble,
    Taken,
    WrongKey,
)
from labelapp.store.vault import Vault
from tests.store.vaults import COST, ME, PASSPHRASE, again, enter, fill, place, reserve, set_up


def test_what_was_entered_is_there_after_opening_again(vault):
    with vault.change(ME) as change:
        job = reserve(change, fill(change, enter(change)), "S1")
    vault = again(vault)
    with vault.look() as connection:
        known = orders.numbered(connection, "1")
        assert known
        assert charts.patient(connection, known.patient).get("family") == "Doe"
        (filled,) = fills.of_prescription(connection, known.id)
        assert [each.serial for each in prints.labels_of(connection, filled.id)] == ["S1"]
        assert [each.id for each in prints.in_doubt(connection, "counter-1")] == [job]
        assert prints.in_doubt(connection, "counter-2") == ()
        assert audit.verify_whole(connection, vault.keys).is_whole
    vault.close()


def test_a_change_that_fails_leaves_nothing(vault):
    with pytest.raises(AttributeError), vault.change(ME) as change:
        fill(change, None)  # type: ignore[arg-type]
    with vault.look() as connection:
        assert orders.numbered(connection, "1") is None
        assert audit.count(connection) == 1


def test_a_change_without_an_audit_row_is_refused(vault):
    with pytest.raises(AssertionError), vault.change(ME) as change:
        change.connection.execute(PATIENTS.insert().values(version=1, sort_name="x"))
    with vault.look() as connection:
        assert connection.execute(PATIENTS.select()).all() == []


def test_keys_open_by_passphrase_and_by_recovery_key(address):
    begun = opening.begin(PASSPHRASE, COST)
    with pytest.raises(NotSetUp) as none:
        opening.keys_of(address, passphrase=PASSPHRASE)
    assert none.value.values["address"] == str(address)
    with pytest.raises(WrongKey, match="mistyped"):
        opening.set_up(address, begun, begun.recovery[:-1] + "?", place(), ME)
    opening.set_up(address, begun, begun.recovery, place(), ME).close()
    assert opening.keys_of(address, passphrase=f" {PASSPHRASE} ") == begun.keys
    assert opening.keys_of(address, recovery=begun.recovery.replace("-", " ")) == begun.keys
    with pytest.raises(WrongKey):
        opening.keys_of(address, passphrase="not this passphrase")


def test_another_passphrase_takes_the_place_of_the_first(address):
    begun = opening.begin(PASSPHRASE, COST)
    vault = opening.set_up(address, begun, begun.recovery, place(), ME)
    with pytest.raises(WrongKey, match="short"):
        opening.new_passphrase(vault, "short", begun.recovery, COST)
    opening.new_passphrase(vault, "quite another one", begun.recovery, COST)
    assert opening.keys_of(address, passphrase="quite another one") == begun.keys
    assert opening.keys_of(address, recovery=begun.recovery) == begun.keys
    with pytest.raises(WrongKey):
        opening.keys_of(address, passphrase=PASSPHRASE)
    vault.close()


def test_other_keys_are_told_so(vault):
    vault.close()
    with pytest.raises(WrongKey):
        opening.open_vault(vault.address, new_keys(), place())


def test_nothing_is_set_up_over_records(vault):
    with vault.change(ME) as change:
        enter(change)
    with pytest.raises(AlreadySetUp):
        set_up(vault.address)
    with vault.look() as connection:
        assert orders.numbered(connection, "1")


def test_two_programs_that_set_up_at_once_make_one(address):
    def try_it() -> Vault | StoreTrouble:
        try:
            return set_up(address)
        except StoreTrouble as refused:
            return refused

    with ThreadPoolExecutor(4) as programs:
        came = list(programs.map(lambda _each: try_it(), range(4)))
    refused = [each for each in came if isinstance(each, StoreTrouble)]
    assert [type(each) for each in refused] == [AlreadySetUp] * 3
    (vault,) = (each for each in came if isinstance(each, Vault))
    with vault.look() as connection:
        assert audit.count(connection) == 1
    vault.close()


def test_a_second_program_is_told_that_the_records_are_in_use(embedded_vault):
    with pytest.raises(InUse):
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())
    with pytest.raises(InUse):
        opening.open_damaged(embedded_vault.address, embedded_vault.keys, place())


def test_one_of_many_that_open_at_once_gets_the_records(embedded_vault):
    embedded_vault.close()

    def try_it() -> Vault | StoreTrouble:
        try:
            return opening.open_vault(embedded_vault.address, embedded_vault.keys, place())
        except InUse as refused:
            return refused

    with ThreadPoolExecutor(8) as programs:
        came = list(programs.map(lambda _each: try_it(), range(8)))
    opened = [each for each in came if isinstance(each, Vault)]
    assert len(opened) == 1
    opened[0].close()


def test_any_thread_may_close_the_records(embedded_vault):
    closing = threading.Thread(target=embedded_vault.close)
    closing.start()
    closing.join()
    opening.open_vault(embedded_vault.address, embedded_vault.keys, place()).close()


def test_records_that_fail_a_check_are_let_go(embedded_vault):
    embedded_vault.close()
    for _ in range(2):
        with pytest.raises(WrongKey):
            opening.open_vault(embedded_vault.address, new_keys(), place())
    opening.open_vault(embedded_vault.address, embedded_vault.keys, place()).close()


def test_damaged_records_are_looked_at_and_not_written(embedded_vault):
    with embedded_vault.change(ME) as change:
        enter(change)
    embedded_vault.close()
    vault = opening.open_damaged(embedded_vault.address, embedded_vault.keys, place())
    with vault.look() as connection:
        assert orders.numbered(connection, "1")
    with pytest.raises(ReadOnly), vault.change(ME):
        pass
    vault.close()


def test_of_those_who_saw_the_same_version_one_changes_it(vault):
    with vault.change(ME) as change:
        known = charts.patient(change.connection, enter(change).patient)

    def try_it(name: str) -> str:
        try:
            with vault.change(ME) as change:
                charts.alter_patient(change, known, {**known.says, "given": name})
        except Conflict as conflict:
            return conflict.values["by"]
        return ""

    with ThreadPoolExecutor(4) as counters:
        came = list(counters.map(try_it, "ABCD"))
    assert sorted(came) == ["", "AW", "AW", "AW"]
    with vault.look() as connection:
        history = versions.history(connection, "patients", known.id)
        assert [each.version for each in history] == [1, 2]
        assert history[1].says["given"] == "ABCD"[came.index("")]


def test_what_stands_once_is_told_to_be_taken(vault):
    with vault.change(ME) as change:
        filled = fill(change, enter(change))
        reserve(change, filled, "S1")
    with pytest.raises(Taken) as taken, vault.change(ME) as change:
        reserve(change, filled, "S1", "smudged")
    assert taken.value.values["what"] == "labels.serial"
    with pytest.raises(Taken), vault.change(ME) as change:
        fill(change, orders.order(change.connection, filled.prescription))


@pytest.mark.parametrize("table", ["audit", "versions", "labels", "checks", "anchors", "received"])
@pytest.mark.parametrize("act", ["UPDATE {} SET at = 'x'", "DELETE FROM {}"])
def test_what_is_written_once_is_never_changed(embedded_vault, table, act):
    with embedded_vault.change(ME) as change:
        known = enter(change)
        reserve(change, fill(change, known), "S1")
        orders.review(change, known, {})
        audit.anchor(change.connection, change.keys, change.at, "test")
        orders.keep_received(change, "fax", b"x")
    with pytest.raises(StoreTrouble), embedded_vault.change(ME) as change:
        change.connection.exec_driver_sql(act.format(table))


def test_an_odd_place_is_no_trouble_and_no_folder_is_told(tmp_path):
    (tmp_path / "file").write_text("here")
    for bad in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StoreTrouble):
            set_up(Embedded(bad))
        with pytest.raises(StoreTrouble):
            opening.keys_of(Embedded(bad), passphrase=PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_database_that_went_missing_is_told(embedded_vault):
    embedded_vault.close()
    embedded_vault.address.database.unlink()
    for open_them in (opening.open_vault, opening.open_damaged):
        with pytest.raises(Damaged, match="missing"):
            open_them(embedded_vault.address, embedded_vault.keys, place())


def test_folders_with_any_name_hold_records_and_backups(tmp_path):
    for name in (
        "a b",
        "50%41",
        "w?a#t",
        "d'oh",
        'qu"ote',
        "ümläut 患者",
        "-rf",
        "back\\slash",
        "x;y",
    ):
        vault = set_up(address_of(str(tmp_path / name)))
        with vault.change(ME) as change:
            enter(change)
        made = backup.make(vault, tmp_path / name / "backups", "1")
        backup.check(made, vault.keys)
        vault = again(vault)
        vault.close()
        assert {"records.db", "keys.json"} <= {each.name for each in (tmp_path / name).iterdir()}
