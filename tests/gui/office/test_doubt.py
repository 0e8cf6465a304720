"""Labels in doubt: each is asked about by itself, nothing is chosen, nothing is sent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing.office.access import NotAllowed
from labelapp.dispensing.office.reasons import NoReason
from labelapp.dispensing.shown import Wanted
from labelapp.gui.office.confirm import Confirm
from labelapp.gui.office.doubt import DoubtPage
from labelapp.rx.history import FillState
from labelapp.rx.receipt import Unknown
from tests.dispensing.office.offices import with_lot


@pytest.fixture
def doubts(room):
    """Two prints nobody knows the end of: the label of a fill, and a copy of it."""
    office, given = room.at.office, with_lot(room.at)
    for wanted in (Wanted(), Wanted(reason="label was torn")):
        desk = room.at.desk()
        reserved, _made = desk._reserved(office, desk.look(given, wanted), "Zebra")
        office.prints.settle(reserved, Unknown("Zebra", "printer.no-answer"))
    return office


def settled(room) -> list[str]:
    """Give how people settled prints, the newest first."""
    room.at.sign_in("PC")
    rows = room.at.office.keeping.audit_page(act="print.settled")
    return [each.detail for each in rows if "before: unknown" in each.detail]


def test_nothing_is_chosen_and_escape_leaves_it_open(room, doubts):
    page = room.open(DoubtPage, "TT")
    assert "2 wait for an answer" in page.question.text()
    assert page.lines["patient"].text() == "DOE, Jane"
    assert page.lines["printer"].text() == "Zebra"
    deeds = (page.printed, page.failed, page.void)
    assert not any(each.hasFocus() or each.isDefault() for each in deeds)
    QTest.keyClick(page, Qt.Key.Key_Return)
    room.rest()
    assert len(doubts.prints.in_doubt()) == 2
    QTest.keyClick(page, Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert len(doubts.prints.in_doubt()) == 2
    assert settled(room) == []


def test_one_after_another_is_answered_and_told_at_the_end(room, doubts):
    page = room.open(DoubtPage, "TT")
    heard: list[str] = []
    page.settled.connect(lambda: heard.append("settled"))
    page.again.connect(heard.append)
    first = page.job
    QTest.keyClick(page.failed, Qt.Key.Key_Space)
    room.rest()
    assert page.isVisible()
    assert page.job != first
    assert page.question.text() == room.words("keeping.doubt.one")
    assert heard == ["settled"]  # no reprint opens over the next question
    page.printed.click()
    room.rest()
    assert not page.isVisible()
    assert heard == ["settled", "settled", "1234567"]
    assert doubts.prints.in_doubt() == ()
    assert ["state: confirmed" in each for each in settled(room)] == [True, False]


def test_two_clicks_answer_for_one_print(room, doubts):
    page = room.open(DoubtPage, "TT")
    page.printed.click()
    page.printed.click()
    room.rest()
    assert len(doubts.prints.in_doubt()) == 1


def test_a_pharmacist_voids_the_fill_with_a_reason(room, doubts):
    page = room.open(DoubtPage, "PH")
    again: list[str] = []
    page.again.connect(again.append)
    page.void.click()
    (question,) = page.findChildren(Confirm)
    assert not question.go.isEnabled()
    QTest.keyClicks(question.reason, "wrong patient")
    QTest.keyClick(question.reason, Qt.Key.Key_Return)
    room.rest()
    assert doubts.prints.in_doubt() == ()  # both labels were of this fill
    assert not page.isVisible()
    assert again == []
    (fill,) = doubts.orders.open("1234567").fills
    assert fill.state is FillState.VOID


def test_voiding_is_not_offered_to_a_technician(room, doubts):
    page = room.open(DoubtPage, "TT")
    assert not page.void.isVisible()
    with pytest.raises(NotAllowed):
        doubts.prints.void(page.job.id, "some reason")
    assert len(doubts.prints.in_doubt()) == 2


def test_a_label_left_in_sending_by_a_stop_can_be_voided_too(room):
    office, given = room.at.office, with_lot(room.at)
    desk = room.at.desk()
    desk._reserved(office, desk.look(given, Wanted()), "Zebra")
    room.at.sign_in("PH")
    (job,) = office.prints.in_doubt()
    with pytest.raises(NoReason):
        office.prints.void(job.id, " x ")
    office.prints.void(job.id, "vial was dropped")
    assert office.prints.in_doubt() == ()


def test_what_another_counter_settled_is_said_and_asked_no_more(room, doubts):
    page = room.open(DoubtPage, "TT")
    first = page.job
    doubts.prints.it_printed(first.id)
    page.failed.click()
    assert "changed this at counter 1" in room.said(page)
    room.rest()
    assert page.job.id != first.id
    assert page.printed.isEnabled()


def test_with_nothing_in_doubt_the_page_goes_by_itself(room):
    page = room.open(DoubtPage, "TT")
    assert not page.isVisible()
