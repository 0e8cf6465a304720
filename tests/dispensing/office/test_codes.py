"""Own codes on record: read once approved, and unapproved again when a letter changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from labelapp.bootstrap.codes import office_book
from labelapp.bootstrap.words import plain
from labelapp.dispensing.office.access import NotAllowed
from labelapp.rx.draft import Draft
from tests.dispensing.office.offices import Counter, counter

MEANS = "at bedtime with food"


@pytest.fixture
def at(tmp_path: Path):
    made = counter(tmp_path)
    yield made
    made.office.close()


def read(at: Counter) -> str:
    written = {"sig": "1 cap po zorp", "compound.form": "capsule"}
    return at.desk().read_sig(Draft(written, "test")).status


def test_a_technicians_code_waits_for_the_pharmacist_in_charge(at: Counter) -> None:
    at.sign_in("TT")
    office_book(plain(), at.office.codes, at.clock.now.date).add("zorp", MEANS, "TT")
    assert [each.code for each in at.office.codes.waiting()] == ["zorp"]
    assert read(at) == "ask"
    with pytest.raises(NotAllowed):
        at.office.codes.approve("zorp")
    at.sign_in("PC")
    at.office.codes.approve("zorp")
    assert at.office.codes.waiting() == ()
    assert read(at) == "ok"


def test_a_changed_code_waits_again_and_a_removed_one_is_gone(at: Counter) -> None:
    at.sign_in("PC")
    office_book(plain(), at.office.codes, at.clock.now.date).add("zorp", MEANS, "PC")
    assert at.office.codes.waiting() == ()
    at.sign_in("TT")
    (row,) = at.office.codes.listed()
    at.office.codes.keep((replace(row, means="at bedtime"),))
    assert at.office.codes.waiting()
    office_book(plain(), at.office.codes).remove("zorp")
    assert at.office.codes.listed() == ()
