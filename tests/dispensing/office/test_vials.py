"""Vials on record: each label is scanned at the check, each lot counted by what is in its vial."""

from __future__ import annotations

import pytest

from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.shown import Wanted
from labelapp.rx.history import FillState
from tests.dispensing.office.labels import codes, fill_of, printed
from tests.dispensing.office.offices import Counter, with_lot
from tests.dispensing.office.vials import counted, two_vials


def test_every_label_of_the_set_is_scanned_at_the_check(both: Counter) -> None:
    printed(both, two_vials(both))
    fill = fill_of(both)
    first, second = (f"R1234567-00-{at}-1" for at in (1, 2))
    assert fill.to_scan == (first, second)
    lots = ("26-118", "26-119")
    both.sign_in("PH")
    with pytest.raises(NotThis) as refused:
        both.office.orders.verify(fill.id, (first, "R1234567-00-3-1"), lots)
    assert refused.value.code == "check.other-label"
    with pytest.raises(NotThis):
        both.office.orders.verify(fill.id, first, lots)
    with pytest.raises(NotThis) as refused:
        both.office.orders.verify(fill.id, (first,), lots)
    assert (refused.value.code, refused.value.values) == ("check.label-unseen", {"labels": second})
    order = both.office.orders.verify(fill.id, (second, first), lots)
    assert order.fills[0].state is FillState.VERIFIED
    (check,) = both.office.orders.checks(order)
    assert check.says["label"] == f"{second}, {first}"


def test_after_a_reprint_the_labels_of_the_new_copy_are_scanned(both: Counter) -> None:
    given = two_vials(both)
    printed(both, given)
    printed(both, given, "the first was torn")
    assert fill_of(both).to_scan == ("R1234567-00-1-2", "R1234567-00-2-2")


def test_a_fill_in_one_vial_is_verified_by_any_of_its_labels(both: Counter) -> None:
    serial = printed(both, with_lot(both))
    fill = fill_of(both)
    assert fill.to_scan == ()
    both.sign_in("PH")
    order = both.office.orders.verify(fill.id, serial, ("26-118",))
    assert order.fills[0].state is FillState.VERIFIED


def test_what_is_in_each_vial_is_taken_off_its_own_lot(both: Counter) -> None:
    printed(both, two_vials(both, left="100"))
    both.sign_in("PH")
    left = {each.number: each.left for each in both.office.lots.listed()}
    assert left == {"26-118": "79", "26-119": "52"}


def test_each_lot_of_which_too_little_is_left_is_asked_about(both: Counter) -> None:
    given = two_vials(both, left="30")
    shown = both.desk().look(given, Wanted())
    short = [each.finding for each in shown.findings if each.finding.code == "lot.short"]
    assert [(e.field, e.value("lot"), e.value("left")) for e in short] == [
        ("lots.1.number", "26-119", "30"),
    ]
    both.sign_in("PH")
    counted(both, "26-118", "20")
    both.sign_in("TT")
    assert "lot.short" in codes(both, given)
    shown = both.desk().look(given, Wanted())
    short = [each.finding for each in shown.findings if each.finding.code == "lot.short"]
    assert [each.field for each in short] == ["lots.0.number", "lots.1.number"]


def test_the_next_fill_takes_over_no_vials(both: Counter) -> None:
    printed(both, two_vials(both))
    again = both.office.orders.refill("1234567")
    assert not [path for path in again.written if path.startswith("fill.vials")]
    assert again.get("fill.first_day") == "31"
