"""The history of a prescription and a patient's page: seen, corrected, and done from there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from labelapp.dispensing.shown import Wanted
from labelapp.gui.office.history import HistoryPage
from labelapp.gui.office.patient import PatientPage
from labelapp.gui.office.why import WhyPage
from labelapp.rx.history import FillState, Standing
from tests.dispensing.office.offices import with_lot
from tests.given import draft
from tests.gui.office.records import (
    MESSAGE,
    RX,
    audited,
    nameless,
    opened,
    printed,
    printed_again,
)


def cells(table) -> list[tuple[str, ...]]:
    return [each.cells for each in table.rows.rows]


def why(page, reason: int = 1, text: str = "") -> None:
    """Choose a reason on the page that asks for it, and give it."""
    asked = page.findChild(WhyPage)
    assert asked is not None
    asked.list.setCurrentIndex(reason)
    QTest.keyClicks(asked.text, text)
    QTest.keyClick(asked.text, Qt.Key.Key_Return)


def test_everything_of_a_prescription_is_seen_in_staff_words(room):
    serial = printed(room)
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    assert page.whose.name.text() == "DOE, Jane"
    assert "12-Mar-1961 (65)" in page.whose.facts.text()
    facts = {name: shown.text() for name, shown in page.view.facts.values.items()}
    assert facts["drug"] == "Naltrexone HCl 1.5 mg capsule"
    assert facts["left"] == "138"
    assert facts["refills"] == "2 of 2"
    assert page.view.standing.text() == "Active"
    (fill,) = cells(page.view.fills)
    assert fill == ("Printed, not verified", "0", "22-Nov-2026", "69", "30", "26-118")
    (label,) = cells(page.view.labels)
    assert label[:3] == (serial, "1", "TT")
    assert page.view.received.text.toPlainText() == MESSAGE.decode()
    assert nameless(page) == []


def test_the_picture_is_dot_for_dot_the_label_that_was_printed(room):
    given = with_lot(room.at)
    desk = room.at.desk()
    shown = desk.look(given, Wanted())
    assert shown.label is not None
    desk.save(shown, str(room.at.folder / "label.pdf"))
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    kept = page.view.label.picture._page
    assert kept.bits == shown.label.pages[0].bits
    assert (kept.width, kept.height) == (812, 406)
    assert "Jane Doe" in page.view.label.picture.accessibleDescription()


def test_a_fax_is_seen_page_by_page_and_made_larger(room, tmp_path):
    fax = QImage(200, 100, QImage.Format.Format_Grayscale8)
    fax.fill(255)
    fax.setPixelColor(10, 10, QColor(0, 0, 0))
    fax.save(str(tmp_path / "fax.png"))
    came = room.at.desk().attach(with_lot(room.at), str(tmp_path / "fax.png")).came
    printed_again(room, replace(draft(), came=came))
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    scans = page.view.received.scans
    assert scans.isVisible()
    ((image, shown),) = scans._pages
    assert (image.width(), image.height()) == (200, 100)
    assert image.pixelColor(10, 10).lightness() < 128
    before = shown.width()
    QTest.keyClicks(scans, "+")
    assert shown.width() > before


def test_enter_refills_from_where_the_last_fill_ended(room):
    printed(room)
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    drafts: list = []
    page.opened.connect(drafts.append)
    QTest.keyClick(page.view.fills, Qt.Key.Key_Return)
    room.rest()
    (draft,) = drafts
    assert draft.get("fill.number") == "1"
    assert draft.get("fill.first_day") == "31"
    assert not page.isVisible()


def test_a_reprint_gives_the_fill_as_kept_with_its_reason_and_prints_copy_two(room):
    first = printed(room)
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    asked: list = []
    page.reprint.connect(lambda draft, reason: asked.append((draft, reason)))
    QTest.keyClick(page, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    why(page, text="by coffee")
    room.rest()
    ((draft, reason),) = asked
    assert reason == "The label was damaged: by coffee"
    assert draft.get("lots.0.number") == "26-118"
    second = printed_again(room, draft, reason)
    assert (first[:-1], first[-1], second[-1]) == (second[:-1], "1", "2")


def test_another_reason_needs_words(room):
    printed(room)
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    asked: list = []
    page.reprint.connect(lambda *given: asked.append(given))
    page.deeds["reprint"].click()
    question = page.findChild(WhyPage)
    assert not question.go.isEnabled()
    question.list.setCurrentIndex(question.list.count() - 1)
    QTest.keyClicks(question.text, "x")
    QTest.keyClick(question.text, Qt.Key.Key_Return)
    room.rest()
    assert asked == []
    QTest.keyClicks(question.text, "yz")
    assert question.go.isEnabled()


def test_a_technician_is_offered_no_act_of_a_pharmacist(room):
    printed(room)
    page = opened(room, HistoryPage, "TT", rx_number=RX)
    hidden = {name for name, each in page.deeds.items() if each.isHidden()}
    assert hidden == {"void", "discontinue", "transfer", "resume"}


def test_a_pharmacist_voids_discontinues_and_resumes_with_reasons(room):
    printed(room)
    page = opened(room, HistoryPage, "PH", rx_number=RX)
    page.deeds["void"].click()
    why(page)
    room.rest()
    assert page.order.fills[0].state is FillState.VOID
    assert cells(page.view.fills)[0][0] == "Void"
    assert not page.deeds["reprint"].isEnabled()
    page.deeds["discontinue"].click()
    why(page, reason=2)
    room.rest()
    assert page.order.standing is Standing.DISCONTINUED
    assert not page.deeds["refill"].isEnabled()
    assert page.deeds["discontinue"].isHidden()
    page.deeds["resume"].click()
    why(page)
    room.rest()
    assert room.at.office.orders.open(RX).standing == "active"
    assert page.view.standing.text() == "Active"


def test_a_transfer_stands_on_record_as_one(room):
    printed(room)
    page = opened(room, HistoryPage, "PH", rx_number=RX)
    page.deeds["transfer"].click()
    why(page, text="to Other Pharmacy, J. Roe RPh")
    room.rest()
    assert room.at.office.orders.open(RX).standing is Standing.TRANSFERRED


def test_somebody_else_being_first_is_said_and_what_stands_now_is_shown(room):
    printed(room)
    page = opened(room, HistoryPage, "PH", rx_number=RX)
    office = room.at.office
    office.orders.discontinue(office.orders.open(RX), "prescriber called")
    page.deeds["transfer"].click()
    why(page)
    assert "changed this" in room.said(page)
    assert page.order.standing is Standing.DISCONTINUED


def test_a_number_nobody_has_is_said(room):
    page = opened(room, HistoryPage, "TT", rx_number="4711")
    assert "4711" in page.said.text()
    assert not page.alarm.isHidden()


def test_without_a_number_it_begins_with_the_search(room):
    printed(room)
    page = opened(room, HistoryPage, "TT")
    assert page.view.isHidden()
    QTest.keyClicks(page.line, RX)
    room.bot.waitUntil(lambda: page.found._asked == RX)
    room.rest()
    QTest.keyClick(page.line, Qt.Key.Key_Return)
    room.rest()
    assert page.order.number == RX
    assert page.isVisible()


@pytest.fixture
def chart(room):
    printed(room)
    who = room.at.office.orders.open(RX).patient.id
    return opened(room, PatientPage, "TT", patient_id=who)


def test_a_chart_is_seen_with_its_prescriptions_and_corrected(room, chart):
    assert cells(chart.orders)[0][:2] == (RX, "Naltrexone HCl 1.5 mg capsule")
    chart.cells["allergies"].editor.setPlainText("penicillin\nlatex")
    chart.cells["non_child_resistant"].editor.box.click()
    QTest.keyClicks(chart.cells["phone"].editor, "310 555 0100")
    chart.save.click()
    assert room.said(chart) == "The chart is saved."
    says = room.at.office.charts.open(chart.patient.id).says
    assert says["allergies"] == ["penicillin", "latex"]
    assert says["non_child_resistant"] is True
    assert says["phone"] == "310 555 0100"
    assert says["born"] == "1961-03-12"
    assert nameless(chart) == []


def test_a_birth_date_that_is_none_is_never_kept(room, chart):
    chart.cells["born"].editor.clear()
    QTest.keyClicks(chart.cells["born"].editor, "13/13/1961")
    chart.save.click()
    assert "13/13/1961" in room.said(chart)
    assert room.at.office.charts.open(chart.patient.id).born == "1961-03-12"


def test_a_conflict_is_said_and_keeps_what_was_typed(room, chart):
    office = room.at.office
    first = office.charts.open(chart.patient.id)
    office.charts.alter(first, {**first.says, "phone": "1"})
    QTest.keyClicks(chart.cells["phone"].editor, "2")
    chart.save.click()
    assert "changed this" in room.said(chart)
    assert chart.cells["phone"].editor.text() == "2"
    chart.again.click()
    room.rest()
    assert chart.cells["phone"].editor.text() == "1"


def test_whoever_opens_a_record_stands_in_the_audit(room):
    printed(room)
    before = audited(room, "view")
    opened(room, HistoryPage, "TT", rx_number=RX)
    assert audited(room, "view") > before
