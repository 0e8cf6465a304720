"""The people of the pharmacy by command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.recorded import Till, till
from tests.dispensing.office.offices import PASSPHRASE, PIN

NEW = "7391"


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def signs_in(at: Till, who: str, pin: str) -> bool:
    words = ("--store", at.store, "--user", who, "--passphrase-stdin", "--pin-stdin")
    return at.typed("lots", "list", *words, lines=(PASSPHRASE, pin))[0] == 0


def test_somebody_is_added_with_a_pin_of_their_own(at: Till) -> None:
    words = ("people", "add", "--name", "New Tech", "--initials", "nt", "--role", "technician")
    code, out, err = at.by("AD", *words, "--new-pin-stdin", lines=(NEW,))
    assert (code, out) == (0, "NT New Tech has an account as technician.\n"), err
    assert NEW not in out + err
    assert signs_in(at, "NT", NEW)
    assert at.by("AD", *words, "--new-pin-stdin", lines=(NEW,))[0] == 3
    listed = {each["initials"]: each for each in at.told("AD", "people", "list")["people"]}
    assert listed["NT"]["role"] == "technician"
    assert not any("pin" in name for each in listed.values() for name in each)


def test_only_who_may_gives_accounts(at: Till) -> None:
    words = ("people", "add", "--name", "X", "--initials", "X", "--role", "pharmacist")
    code, _, err = at.by("TT", *words, "--new-pin-stdin", lines=(NEW,))
    assert code == 3
    assert "technician may not do this" in err
    assert at.by("PH", "people", "list")[0] == 3


def test_a_pin_is_set_for_another_and_changed_by_oneself(at: Till) -> None:
    assert at.by("AD", "people", "pin", "TT", "--new-pin-stdin", lines=(NEW,))[0] == 0
    assert signs_in(at, "TT", NEW)
    assert at.by("IN", "people", "pin", "--new-pin-stdin", lines=(NEW,))[0] == 0
    assert signs_in(at, "IN", NEW)
    assert not signs_in(at, "IN", PIN)
    code, _, err = at.by("PH", "people", "pin", "--new-pin-stdin", lines=("1111",))
    assert code == 3
    assert "not all alike" in err


def test_a_badge_is_given_once_and_taken_away(at: Till) -> None:
    badge = ("people", "badge")
    assert at.by("AD", *badge, "TT", "--badge-stdin", lines=("B-100",))[0] == 0
    assert at.by("AD", *badge, "IN", "--badge-stdin", lines=("B-100",))[0] == 3
    assert at.by("AD", *badge, "TT", "--take-away")[0] == 0
    assert at.by("AD", *badge, "IN", "--badge-stdin", lines=("B-100",))[0] == 0


def test_somebody_changes_leaves_and_comes_back(at: Till) -> None:
    code, out, _ = at.by("AD", "people", "change", "IN", "--role", "pharmacist", "--name", "Ina N")
    assert (code, out) == (0, "IN: Ina N, pharmacist.\n")
    assert at.by("AD", "people", "remove", "Ina N")[0] == 0
    assert not signs_in(at, "IN", PIN)
    assert "(left)" in at.by("AD", "people", "list")[1]
    assert at.by("AD", "people", "change", "IN", "--back")[0] == 0
    assert signs_in(at, "IN", PIN)
    assert at.by("AD", "people", "change", "IN")[0] == 2
    assert at.by("AD", "people", "remove", "ZZ")[0] == 3


def test_the_last_who_gives_accounts_stays(at: Till) -> None:
    assert at.by("PC", "people", "remove", "AD")[0] == 0
    assert at.by("PC", "people", "remove", "PC")[0] == 3
