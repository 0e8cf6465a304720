"""The pharmacist's check: the review against what came, the scans, the hard stop, the PIN."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing.office.shown import ShownOrder
from labelapp.dispensing.shown import Wanted
from labelapp.gui.office.check import CheckPage
from labelapp.gui.theme import Look
from labelapp.rx.decision import Decision
from labelapp.rx.history import FillState
from labelapp.rx.people import Role
from tests.dispensing.office.offices import PIN
from tests.dispensing.office.vials import two_vials
from tests.gui.office.records import (
    RX,
    audited,
    enter,
    nameless,
    opened,
    printed,
    printed_again,
)


def scan(room, page, *texts: str) -> None:
    for text in texts:
        enter(page.scans.line, text)
        room.rest()


def sign(room, page, who: str, pin: str = PIN) -> None:
    page.sign.who.setText(who)
    QTest.keyClicks(page.sign.pin, pin)
    QTest.keyClick(page.sign.pin, Qt.Key.Key_Return)
    room.rest()


def state(room) -> FillState:
    room.at.sign_in("PC")
    order: ShownOrder = room.at.office.orders.open(RX)
    return order.fills[0].state


def test_label_and_lot_are_scanned_and_the_own_pin_verifies(room):
    serial = printed(room)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    assert page.scans.line.hasFocus()
    assert page.received.text.toPlainText().startswith("Doe, Jane")
    assert page.sign.who.text() == "PH"
    scan(room, page, serial, "26-118")
    assert page.sign.pin.hasFocus()
    assert page.sign.go.text() == "Sign the verification"
    heard: list[str] = []
    page.verified.connect(heard.append)
    sign(room, page, "PH")
    assert heard == [RX]
    assert state(room) is FillState.VERIFIED
    assert page.state.text() == "Verified: ready for the patient"
    assert nameless(page) == []


def test_another_pharmacist_signs_while_a_technician_stays(room):
    serial = printed(room)
    page = opened(room, CheckPage, "TT", rx_number=RX)
    assert page.sign.who.text() == ""
    scan(room, page, serial, "26-118")
    sign(room, page, "PH")
    assert room.at.office.signing.person.initials == "TT"
    order = room.at.office.orders.open(RX)
    (check,) = room.at.office.orders.checks(order)
    assert (check.what, check.by) == ("verification", "PH")


@pytest.mark.parametrize(("who", "pin"), [("PH", "0000"), ("TT", PIN), ("ZZ", PIN)])
def test_nobody_but_a_pharmacist_with_the_pin_verifies(room, who, pin):
    serial = printed(room)
    page = opened(room, CheckPage, "TT", rx_number=RX)
    scan(room, page, serial, "26-118")
    sign(room, page, who, pin)
    assert not page.alarm.isHidden()
    assert state(room) is FillState.PRINTED


def test_without_all_scans_no_pin_verifies(room):
    serial = printed(room)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    assert not page.sign.go.isEnabled()
    scan(room, page, serial)
    sign(room, page, "PH")
    assert "nothing to sign" in page.said.text()
    assert state(room) is FillState.PRINTED


def test_another_label_is_a_hard_stop_that_a_scanner_cannot_leave(room):
    serial = printed(room)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    scan(room, page, "R7654321-00-1-1")
    assert page.stop.isVisible()
    assert "R7654321-00-1-1" in page.stop.said.text()
    assert page.stop.word.text() == "STOP"
    assert not page.sign.isVisible()
    QTest.keyClicks(page.stop.go, serial)
    QTest.keyClick(page.stop.go, Qt.Key.Key_Return)
    room.rest()
    assert page.stop.isVisible()
    QTest.keyClick(page.stop.go, Qt.Key.Key_Space)
    assert not page.stop.isVisible()
    assert page.scans.labels == []
    assert audited(room, "check-failed") == 1


def test_an_older_copy_and_another_lot_are_hard_stops(room):
    old = printed(room)
    draft = room.at.office.orders.draft_of_fill(room.at.office.orders.open(RX).fills[0].id)
    new = printed_again(room, draft, "label was torn")
    page = opened(room, CheckPage, "PH", rx_number=RX)
    scan(room, page, old)
    assert page.stop.isVisible()
    QTest.keyClick(page.stop.go, Qt.Key.Key_Space)
    scan(room, page, new, "26-119")
    assert page.stop.isVisible()
    assert "26-119" in page.stop.said.text()
    assert state(room) is FillState.PRINTED


def test_what_was_received_is_confirmed_at_once_and_reviewed(room):
    printed(room)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    assert all(each.isHidden() for each in page.review.ticks.values())
    page.review.whole.box.click()
    assert page.sign.go.text() == "Sign the review"
    sign(room, page, "PH")
    assert room.at.office.orders.open(RX).reviewed_by == "PH"
    assert page.review.standing.text() == "Order review: signed by PH"


def test_without_an_order_as_received_each_part_is_confirmed_by_itself(room):
    serial = printed(room, received=False)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    ticks = page.review.ticks
    assert "1.5 mg" in ticks["strength"].words.text()
    assert "69 capsule" in ticks["quantity"].words.text()
    for part in ("patient", "drug", "strength", "directions"):
        ticks[part].box.click()
    assert not page.sign.go.isEnabled()
    ticks["quantity"].box.click()
    scan(room, page, serial, "26-118")
    assert page.sign.go.text() == "Sign review and verification"
    sign(room, page, "PH")
    order = room.at.office.orders.open(RX)
    assert order.reviewed_by == "PH"
    assert order.fills[0].state is FillState.VERIFIED
    review, _verification = room.at.office.orders.checks(order)
    assert review.says["quantity"] == "paper"


def test_own_work_is_checked_by_somebody_else(room):
    draft_of = printed(room)
    room.at.sign_in("PH")
    draft = room.at.office.orders.draft_of_fill(room.at.office.orders.open(RX).fills[0].id)
    serial = printed_again(room, draft, "label was torn")
    assert serial != draft_of
    page = opened(room, CheckPage, "PH", rx_number=RX)
    scan(room, page, serial, "26-118")
    sign(room, page, "PH")
    assert "another pharmacist" in page.said.text()
    assert state(room) is FillState.PRINTED


def test_an_answer_proposed_by_a_technician_is_listed_and_accepted_by_the_signature(room):
    values = (("last", "x"), ("days", "30"), ("from_day", "y"))
    at = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)
    made = Decision("history.too-soon", "fill.date", values, "", "TT", Role.TECHNICIAN, at, "trip")
    serial = printed(room, decisions=(made,))
    page = opened(room, CheckPage, "PH", rx_number=RX)
    assert page.answers.said.text().startswith("1 proposed")
    text = page.answers.list.item(0).text()
    assert "too soon" in text
    assert "Proposed by TT, Technician, 22-Nov-2026" in text
    scan(room, page, serial, "26-118")
    sign(room, page, "PH")
    fill = room.at.office.orders.open(RX).fills[0].id
    answers = room.at.office.orders.answers(fill)
    assert [(e.by, e.is_open) for e in answers] == [("TT", False), ("PH", False)]


def test_a_scanned_label_opens_its_prescription_and_counts_as_scanned(room):
    serial = printed(room)
    page = opened(room, CheckPage, "PH")
    enter(page.line, serial)
    room.rest()
    assert page.case.order.number == RX
    assert page.scans.labels == [serial]
    scan(room, page, "26-118")
    assert page.sign.go.isEnabled()


def test_a_number_nobody_has_is_said(room):
    page = opened(room, CheckPage, "PH")
    enter(page.line, "4711")
    assert "4711" in room.said(page)
    assert page.case is None


def test_the_picture_is_that_of_the_newest_copy(room):
    printed(room)
    draft = room.at.office.orders.draft_of_fill(room.at.office.orders.open(RX).fills[0].id)
    desk = room.at.desk()
    again = desk.look(draft, Wanted(reason="label was torn"))
    desk.save(again, str(room.at.folder / "again.pdf"))
    page = opened(room, CheckPage, "PH", rx_number=RX)
    assert page.label.picture._page.bits == again.label.pages[0].bits


def test_the_hard_stop_is_in_view_however_large_the_text(room):
    printed(room)
    room.theme.wear(Look.LIGHT, 200)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    scan(room, page, "R7654321-00-1-1")
    QTest.qWait(1)
    for each in (page.stop.word, page.stop.said, page.stop.way, page.stop.go):
        assert each.visibleRegion().boundingRect().height() >= each.height() - 1


def test_of_two_vials_each_label_is_scanned_and_seen_before_the_pin(room):
    given = two_vials(room.at)
    printed_again(room, given)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    first, second = (f"R1234567-00-{at}-1" for at in (1, 2))
    assert f"Label {second}: not scanned yet" in [each.text() for each in page.scans._signs]
    scan(room, page, second)
    assert f"Label {second}: scanned" in [each.text() for each in page.scans._signs]
    assert page.scans.line.hasFocus()
    assert not page.scans.is_whole
    scan(room, page, first, "26-118", "26-119")
    assert page.sign.pin.hasFocus()
    sign(room, page, "PH")
    assert state(room) is FillState.VERIFIED


def test_a_lot_scanned_before_the_second_vial_is_no_label_of_the_fill(room):
    given = two_vials(room.at)
    first = printed_again(room, given)
    page = opened(room, CheckPage, "PH", rx_number=RX)
    scan(room, page, first, "26-118")
    assert page.stop.isVisible()
