"""Backups by command: made, checked as a restore would, and restored beside damaged records."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.recorded import Till, till, with_released_lot
from tests.dispensing.office.offices import PASSPHRASE


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def backed_up(at: Till) -> Path:
    made = at.told("TT", "backup", "-o", at.folder / "copies")
    return Path(made["file"])


def damage(file: Path) -> None:
    """Change one byte in the middle of a file."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 0x40
    file.write_bytes(data)


def test_a_backup_is_made_listed_and_checked(at: Till) -> None:
    file = backed_up(at)
    assert file.parent == at.folder / "copies"
    listed = at.told("TT", "backup", "list", "-o", file.parent)["backups"]
    assert [each["file"] for each in listed] == [str(file)]
    assert at.told("TT", "backup", "check", file)["file"] == str(file)
    damage(file)
    code, _, err = at.by("TT", "backup", "check", file)
    assert code == 4
    assert "not whole" in err


def test_a_backup_is_restored_to_an_empty_place_by_passphrase_or_recovery_key(at: Till) -> None:
    with_released_lot(at)
    file = backed_up(at)
    for key, flag in ((PASSPHRASE, "--passphrase-stdin"), (at.recovery, "--recovery-stdin")):
        there = at.folder / f"again{flag}"
        code, _, err = at.typed("restore", file, "--store", there, flag, lines=(key,))
        assert code == 0, err
        again = Till(at.folder, at.clock)
        again_store = ("--store", there, "--user", "TT", "--passphrase-stdin", "--pin-stdin")
        code, out, _ = again.typed("lots", "list", *again_store, lines=(PASSPHRASE, "2580"))
        assert code == 0
        assert "26-118" in out


def test_nothing_is_restored_over_records_that_are_whole(at: Till) -> None:
    file = backed_up(at)
    for more in ((), ("--set-aside",)):
        words = ("restore", file, "--store", at.store, "--passphrase-stdin", *more)
        code, _, err = at.typed(*words, lines=(PASSPHRASE,))
        assert code == 3
        assert "already" in err
    assert at.by("TT", "lots", "list")[0] == 0


@pytest.mark.parametrize("name", ["records.db", "keys.json"])
def test_damaged_records_are_set_aside_and_never_deleted(at: Till, name: str) -> None:
    file = backed_up(at)
    damage(at.store / name)
    before = (at.store / name).read_bytes()
    words = ("restore", file, "--store", at.store, "--passphrase-stdin", "--set-aside")
    code, out, err = at.typed(*words, lines=(PASSPHRASE,))
    assert code == 0, err
    (aside,) = at.folder.glob("records.aside-*")
    assert str(aside) in out
    assert (aside / name).read_bytes() == before
    assert at.by("TT", "lots", "list")[0] == 0


def test_a_damaged_backup_moves_nothing(at: Till) -> None:
    file = backed_up(at)
    damage(file)
    damage(at.store / "records.db")
    words = ("restore", file, "--store", at.store, "--passphrase-stdin", "--set-aside")
    code, _, _err = at.typed(*words, lines=(PASSPHRASE,))
    assert code == 4
    assert not list(at.folder.glob("records.aside-*"))


def test_a_wrong_passphrase_restores_nothing(at: Till) -> None:
    file = backed_up(at)
    there = at.folder / "again"
    words = ("restore", file, "--store", there, "--passphrase-stdin")
    assert at.typed(*words, lines=("quite another",))[0] == 3
    assert not there.exists()
