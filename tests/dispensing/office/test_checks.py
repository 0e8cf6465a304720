"""Reviews, final checks, charts, lots and partial fills: what the records hold people to."""

from __future__ import annotations

from pathlib import Path

import pytest

from labelapp.dispensing.office.checking import NotThis, OwnWork
from labelapp.dispensing.office.rules import HouseRules
from labelapp.dispensing.shown import Wanted
from labelapp.rx.draft import Draft
from labelapp.rx.history import FillState
from labelapp.store.trouble import Conflict
from tests.dispensing.office.labels import acts, codes, fill_of, printed
from tests.dispensing.office.offices import LOT, Counter, counter, with_lot
from tests.given import draft

HELD = {"patient": "same", "drug": "same", "strength": "same", "directions": "same"}


def test_who_entered_an_order_does_not_review_it_and_who_did_not_does(both: Counter) -> None:
    given = with_lot(both)
    both.sign_in("PH")
    serial = printed(both, given)
    order = both.office.orders.open("1234567")
    with pytest.raises(OwnWork):
        both.office.orders.review(order, HELD)
    with pytest.raises(OwnWork):
        both.office.orders.verify(order.fills[0].id, serial, ("26-118",))
    both.sign_in("PC")
    assert both.office.orders.review(order, HELD).reviewed_by == "PC"
    both.office.orders.verify(order.fills[0].id, serial, ("26-118",))
    reviewed, verified = both.office.orders.checks(order)
    assert (reviewed.by, reviewed.says) == ("PC", {**HELD, "alone": False})
    assert verified.says["lots"] == ["26-118"]


def test_who_corrected_an_order_reviews_it_no_more_than_who_entered_it(both: Counter) -> None:
    printed(both, given := with_lot(both))
    both.sign_in("PH")
    order = both.office.orders.review(both.office.orders.open("1234567"), HELD)
    assert order.reviewed_by == "PH"
    printed(both, draft(dict(given.written), purpose="neuropathy"), "purpose was wrong")
    order = both.office.orders.open("1234567")
    assert order.reviewed_by == ""  # what changed waits for its review again
    with pytest.raises(OwnWork):
        both.office.orders.review(order, HELD)
    both.sign_in("PC")
    assert both.office.orders.review(order, HELD).reviewed_by == "PC"


def test_where_one_works_alone_the_own_check_is_normal_and_recorded_so(tmp_path: Path) -> None:
    at = counter(tmp_path, works_alone=True)
    given = with_lot(at)
    at.sign_in("PH")
    serial = printed(at, given)
    order = at.office.orders.review(at.office.orders.open("1234567"), HELD)
    at.office.orders.verify(order.fills[0].id, serial, ("26-118",))
    assert [each.says["alone"] for each in at.office.orders.checks(order)] == [True, True]
    at.office.close()


def test_an_order_prints_only_after_its_review_where_the_house_says_so(both: Counter) -> None:
    given = with_lot(both)
    both.sign_in("PC")
    both.office.rules.change(HouseRules(review_first=True))
    both.sign_in("TT")
    assert "order.not-reviewed" in codes(both, given)
    desk = both.desk()
    desk.keep(desk.look(given, Wanted()))
    both.sign_in("PH")
    both.office.orders.review(both.office.orders.open("1234567"), HELD)
    both.sign_in("TT")
    assert printed(both, given) == "R1234567-00-1-1"


def test_every_version_of_a_chart_is_kept_and_an_old_one_cannot_be_written(both: Counter) -> None:
    both.sign_in("TT")
    first = both.office.charts.add({"family": "Roe", "given": "Sam", "allergies": ["lactose"]})
    second = both.office.charts.alter(first, {**first.says, "phone": "555-0100"})
    assert (first.version, second.version) == (1, 2)
    both.sign_in("IN")
    with pytest.raises(Conflict) as refused:
        both.office.charts.alter(first, {"family": "Other"})
    assert refused.value.values["by"] == "TT"
    now = both.office.charts.open(first.id)
    assert now.says == {
        "family": "Roe", "given": "Sam", "allergies": ["lactose"], "phone": "555-0100",
    }  # fmt: skip
    both.sign_in("PC")
    (row,) = (e for e in both.office.keeping.audit_page(act="change") if e.kind == "patients")
    assert '{"phone": "555-0100"}' in row.detail
    assert '{"phone": null}' in row.detail


def test_a_fill_of_several_lots_keeps_all_and_each_is_recalled_by_itself(both: Counter) -> None:
    given = _of_two_lots(both, with_lot(both))
    serial = printed(both, given)
    fill = fill_of(both)
    assert fill.lots == ("26-118", "26-119")
    for number in fill.lots:
        (reached,) = both.office.lots.recall(number)
        assert (reached.patient, reached.rx_number, reached.quantity) == (
            "DOE, Jane", "1234567", "69",
        )  # fmt: skip
    assert both.office.lots.recall("26-120") == ()
    both.sign_in("PH")
    for lots in (("26-118",), ("26-119",), ("26-118", "26-119", "26-120")):
        with pytest.raises(NotThis):
            both.office.orders.verify(fill.id, serial, lots)
    order = both.office.orders.verify(fill.id, serial, ("26-119", "26-118"))
    assert order.fills[0].state is FillState.VERIFIED
    assert ("recall", "Somebody TT") in acts(both)


def _of_two_lots(at: Counter, given: Draft) -> Draft:
    at.sign_in("PH")
    second = {path.replace("lots.0.", "lots.1."): said for path, said in given.written.items()}
    lot = {**second, "lots.1.number": "26-119", "lots.1.made_on": "2026-11-21"}
    whole = draft({**lot, **given.written})
    at.office.lots.release(at.office.lots.record_from(whole, 1))
    at.sign_in("TT")
    return whole


def test_what_a_partial_fill_owes_is_told_and_what_is_left_is_exact(both: Counter) -> None:
    given = with_lot(both)
    printed(both, draft(dict(given.written), fill__quantity="40"))
    order = both.office.orders.open("1234567")
    assert (order.remaining, order.fills[0].quantity) == ("167", "40")
    both.clock.move(days=20)
    both.sign_in("TT")
    rest = draft(dict(given.written), fill__number="1", fill__quantity="29", fill__first_day="20")
    shown = both.desk().look(rest, Wanted())
    noted = {each.finding.code: dict(each.finding.values) for each in shown.findings}
    assert noted["history.owed"] == {"owed": "29"}
    assert "history.too-much" not in noted
    assert "history.too-much" not in codes(both, draft(dict(rest.written), fill__quantity="167"))
    assert "history.too-much" in codes(both, draft(dict(rest.written), fill__quantity="168"))


def test_a_lot_that_changed_waits_for_its_release_again(both: Counter) -> None:
    both.sign_in("PH")
    lot = both.office.lots.release(both.office.lots.record(LOT))
    assert lot.released_by == "PH"
    lot = both.office.lots.alter(lot, {**lot.says, "made_on": "2026-11-19"})
    assert lot.released_by == ""
    assert "lot.not-released" in codes(both, draft(lots__0__made_on="2026-11-19"))
