"""A day at the counter on real records: enter, print, verify, reprint, refill, recall."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.office.orders import NoNumbers
from labelapp.dispensing.office.reasons import NoReason
from labelapp.dispensing.shown import Wanted
from labelapp.rx.decision import Decision
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.history import FillState
from labelapp.rx.people import Role
from tests.dispensing.office.offices import Counter, counter, with_lot
from tests.given import draft


@pytest.fixture
def at(tmp_path: Path):
    made = counter(tmp_path)
    yield made
    made.office.close()


def printed(at: Counter, given: Draft, wanted: Wanted | None = None) -> str:
    """Save a label as a PDF, the printer that is a file; give its serial."""
    desk = at.desk()
    shown = desk.look(given, wanted or Wanted())
    assert shown.may_print, [each.finding.code for each in shown.open_findings]
    assert shown.label is not None
    desk.save(shown, str(at.folder / "label.pdf"))
    return shown.label.serial


def codes(at: Counter, given: Draft, wanted: Wanted | None = None) -> set[str]:
    shown = at.desk().look(given, wanted or Wanted())
    return {each.finding.code for each in shown.open_findings}


def test_a_label_of_a_signed_in_person_is_no_sample_and_is_kept(at: Counter) -> None:
    given = with_lot(at)
    shown = at.desk().look(given, Wanted())
    assert shown.label is not None
    assert not shown.label.sample
    serial = printed(at, given)
    order = at.office.orders.open("1234567")
    (fill,) = order.fills
    assert fill.state is FillState.PRINTED
    assert [each.serial for each in fill.labels] == [serial]
    assert fill.lots == ("26-118",)
    assert order.patient.name == "DOE, Jane"
    layout, dots = at.office.prints.picture(fill.labels[0].id)
    assert dots == shown.label.pages[0].bits
    assert "thermal-4x2" in layout


def test_it_is_a_sample_while_the_counter_is_locked_and_nothing_is_sent(at: Counter) -> None:
    given = with_lot(at)
    at.office.signing.lock()
    desk = at.desk()
    shown = desk.look(given, Wanted())
    assert shown.label is not None
    assert shown.label.sample
    with pytest.raises(LabelappError):
        desk.save(shown, str(at.folder / "label.pdf"))
    assert not (at.folder / "label.pdf").exists()


def test_the_same_fill_is_printed_again_only_with_a_reason_and_counted(at: Counter) -> None:
    given = with_lot(at)
    first = printed(at, given)
    assert "print.before" in codes(at, given)
    second = printed(at, given, Wanted(reason="label was torn"))
    assert (first[-1], second[-1]) == ("1", "2")
    (fill,) = at.office.orders.open("1234567").fills
    assert [each.reason for each in fill.labels] == ["", "label was torn"]


def test_a_lot_nobody_recorded_or_released_holds_the_label(at: Counter) -> None:
    at.sign_in("TT")
    assert "lot.not-on-record" in codes(at, draft())
    at.office.lots.record_from(draft())
    assert "lot.not-released" in codes(at, draft())
    assert "lot.differs" in codes(at, draft(lots__0__made_on="2026-11-19"))


def test_a_refill_goes_on_where_the_last_fill_ended_and_asks_when_it_is_too_soon(
    at: Counter,
) -> None:
    given = with_lot(at)
    printed(at, given)
    refill = at.office.orders.refill("1234567")
    assert refill.get("fill.number") == "1"
    assert int(refill.get("fill.first_day")) > 1
    assert not any(path.startswith(("lots.", "safety.")) for path in refill.written)
    assert "history.too-soon" in codes(at, refill)
    at.clock.move(days=60)
    at.sign_in("TT")
    assert "history.too-soon" not in codes(at, refill)


def test_a_discontinued_or_transferred_prescription_is_held(at: Counter) -> None:
    given = with_lot(at)
    printed(at, given)
    at.sign_in("PH")
    order = at.office.orders.open("1234567")
    with pytest.raises(NoReason):
        at.office.orders.discontinue(order, " ")
    order = at.office.orders.discontinue(order, "patient had a reaction")
    assert "history.discontinued" in codes(at, at.office.orders.refill("1234567"))
    at.office.orders.transfer(order, "to Other Pharmacy, 555-0100")
    assert "history.transferred" in codes(at, at.office.orders.refill("1234567"))


def test_the_number_of_somebody_else_is_never_used(at: Counter) -> None:
    printed(at, with_lot(at))
    assert "order.other-patient" in codes(at, draft(patient__family="Roe", fill__number="1"))


def test_only_the_newest_label_and_the_right_lot_pass_the_final_check(at: Counter) -> None:
    given = with_lot(at)
    old = printed(at, given)
    new = printed(at, given, Wanted(reason="torn"))
    at.sign_in("PH")
    (fill,) = at.office.orders.open("1234567").fills
    for label, lots in ((old, ("26-118",)), (new, ("26-119",)), (new, ())):
        with pytest.raises(NotThis):
            at.office.orders.verify(fill.id, label, lots)
    order = at.office.orders.verify(fill.id, new, ("26-118",))
    assert order.fills[0].state is FillState.VERIFIED


def test_a_lot_is_traced_to_everybody_it_reached(at: Counter) -> None:
    printed(at, with_lot(at))
    (reached,) = at.office.lots.recall("26-118")
    assert (reached.patient, reached.rx_number) == ("DOE, Jane", "1234567")
    assert b"DOE, Jane" in at.office.lots.recall_csv("26-118")


def test_one_field_finds_patients_numbers_lots_and_days(at: Counter) -> None:
    printed(at, with_lot(at))
    for typed, kind in (
        ("d", "patient"), ("doe, j", "patient"), ("ane", "patient"), ("1234", "order"),
        ("26-1", "lot"), ("03/12/1961", "patient"), ("2026-11-22", "order"),
    ):  # fmt: skip
        hits = at.office.search.find(typed).hits
        assert kind in {each.kind for each in hits}, typed


def test_an_order_is_kept_before_its_label_and_reviewed_first_where_the_house_asks(
    at: Counter,
) -> None:
    given = with_lot(at)
    at.sign_in("PC")
    at.office.rules.change(replace(at.office.rules.now(), review_first=True))
    at.sign_in("TT")
    desk = at.desk()
    shown = desk.look(given, Wanted())
    assert "order.not-reviewed" in {each.finding.code for each in shown.open_findings}
    desk.keep(shown)
    at.sign_in("PH")
    at.office.orders.review(at.office.orders.open("1234567"), {"directions": "as received"})
    at.sign_in("TT")
    assert "order.not-reviewed" not in codes(at, given)
    printed(at, given)


def test_numbers_are_given_out_only_where_the_house_asks_and_never_twice(at: Counter) -> None:
    at.sign_in("PC")
    with pytest.raises(NoNumbers):
        at.office.orders.give_number()
    at.office.rules.change(replace(at.office.rules.now(), gives_numbers=True))
    assert at.office.orders.give_number() != at.office.orders.give_number()


def test_what_is_left_of_a_lot_goes_down_once_and_is_asked_about_when_short(at: Counter) -> None:
    given = with_lot(at)
    lot = at.office.lots.open("26-118")
    assert lot is not None
    at.office.lots.count(lot, "100")
    printed(at, given)
    printed(at, given, Wanted(reason="torn"))
    lot = at.office.lots.open("26-118")
    assert lot is not None
    assert lot.left == "31"
    assert "lot.short" in codes(at, draft(rx_number="1234568"))


def test_the_rest_of_a_partial_fill_is_no_refill(at: Counter) -> None:
    given = with_lot(at)
    part = replace(given, written={**given.written, "refills": "0", "fill.quantity": "30"})
    shown = at.desk().look(part, Wanted())
    answers = [
        Decision(
            f.code, f.field, f.values, "", "PH", Role.PHARMACIST, at.clock.now, "stock is short"
        )
        for f in (each.finding for each in shown.open_findings)
    ]
    printed(at, replace(part, decisions=tuple(answers)))
    at.clock.move(days=12)
    at.sign_in("TT")
    rest = at.office.orders.refill("1234567")
    assert rest.get("fill.quantity") == "39"
    assert rest.get("fill.refills_left") == "0"
    assert "supply.no-refills" not in codes(at, rest)
    more = replace(rest, written={**rest.written, "fill.quantity": "69"})
    assert {"supply.no-refills", "history.too-much"} <= codes(at, more)


def test_an_administrator_asks_the_records_nothing_by_looking(at: Counter) -> None:
    given = with_lot(at)
    at.sign_in("AD")
    shown = at.desk().look(given, Wanted())
    assert shown.label is not None
    assert shown.label.sample
    at.sign_in("PC")
    assert "denied" not in {each.act for each in at.office.keeping.audit_page()}


@pytest.mark.parametrize(
    "change",
    [
        {"compound__ingredients__0__strength__value": "4.5"},
        {"compound__form": "tablet"},
        {"sig": "1 cap po qhs"},
        {"prescriber__family": "Other"},
        {"prescriber__npi": "1003000126"},
    ],
)
def test_another_drug_strength_sig_or_prescriber_under_a_number_is_asked_about(
    at: Counter, change: dict[str, str]
) -> None:
    printed(at, with_lot(at))
    assert "history.changed" not in codes(at, draft(fill__number="1"))
    assert "history.changed" in codes(at, draft(fill__number="1", **change))


def test_somebody_of_the_same_name_born_on_another_day_is_another_patient(at: Counter) -> None:
    printed(at, with_lot(at))
    assert "order.other-patient" in codes(at, draft(patient__born="1971-03-12", fill__number="1"))


def test_a_patient_without_a_birth_date_is_the_same_one_at_the_reprint(at: Counter) -> None:
    with_lot(at)
    given = draft(patient__born=None)
    shown = at.desk().look(given, Wanted())
    answers = [
        Decision(f.code, f.field, f.values, "", "PH", Role.PHARMACIST, at.clock.now, "not told")
        for f in (each.finding for each in shown.open_findings)
    ]
    given = replace(given, decisions=tuple(answers))
    printed(at, given)
    assert printed(at, given, Wanted(reason="torn"))[-1] == "2"


def test_a_refills_label_knows_from_the_records_when_it_was_filled_first(at: Counter) -> None:
    given = with_lot(at)
    printed(at, given)
    at.clock.move(days=31)
    at.sign_in("TT")  # a counter left alone for a month has locked
    now = {"fill.number": "1", "fill.first_day": "31", "fill.date": "2026-12-23"}
    refill = replace(given, written={**given.written, **now})
    shown = at.desk().look(refill, Wanted("thermal-4x3", jurisdiction="PA"))
    assert shown.label is not None, [(e.finding.code, e.sentence) for e in shown.findings]
    said = [box.text for page in shown.label.pages for box in page.boxes if "first" in box.key]
    assert "Nov 22, 2026" in said
