"""The list under the command field: found as one types, gone through by keys, page after page."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labelapp.bootstrap.words import plain
from labelapp.gui.office.find import FindLine, FindList
from tests.gui.office.conftest import Room
from tests.gui.office.records import RX, enter, lots, printed


@dataclass
class Search:
    """The list under test, the field above it, and what was opened from it."""

    found: FindList
    line: FindLine
    opened: list[tuple[str, object]]


@pytest.fixture
def search(room):
    """The field and its list, and what was opened from it."""
    room.at.sign_in("TT")
    host = QWidget(room.window)
    made = FindList(room.theme, room.words, room.at.office, room.work, host, plain("en").error)
    line = FindLine("Find", made, host)
    column = QVBoxLayout(host)
    column.addWidget(line)
    column.addWidget(made)
    room.window.setCentralWidget(host)
    host.show()
    opened: list[tuple[str, object]] = []
    made.patient.connect(lambda key: opened.append(("patient", key)))
    made.order.connect(lambda key: opened.append(("order", key)))
    made.lot.connect(lambda key: opened.append(("lot", key)))
    return Search(made, line, opened)


def typed(room: Room, search: Search, text: str) -> None:
    found = search.found
    QTest.keyClicks(search.line, text)
    room.bot.waitUntil(lambda: found._asked == " ".join(search.line.text().split()))
    room.rest()


def kinds(found: FindList) -> list[str]:
    return [each.cells[0] for each in found.table.rows.rows]


def test_a_patient_an_order_and_a_lot_are_found_with_kind_name_and_date(room, search):
    printed(room)
    typed(room, search, "doe")
    (row,) = search.found.table.rows.rows
    assert row.cells == ("Patient", "DOE, Jane", "12-Mar-1961")
    search.line.clear()
    typed(room, search, "1234")
    assert kinds(search.found) == ["Prescription"]
    search.line.clear()
    typed(room, search, "26-1")
    assert kinds(search.found) == ["Lot"]


def test_arrows_choose_and_enter_opens(room, search):
    printed(room)
    typed(room, search, "doe")
    assert search.found.table.key() is None
    QTest.keyClick(search.line, Qt.Key.Key_Down)
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert [kind for kind, _ in search.opened] == ["patient"]
    assert search.found.isHidden()
    assert search.line.text() == ""


def test_enter_alone_opens_a_whole_number_and_nothing_else(room, search):
    printed(room)
    typed(room, search, "doe")
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert search.opened == []
    search.line.clear()
    typed(room, search, RX)
    QTest.keyClick(search.line, Qt.Key.Key_Return)
    assert search.opened == [("order", RX)]


def test_the_end_of_the_list_fetches_the_next_page(room, search):
    for place in range(60):
        room.at.office.charts.add({"family": f"Smith{place:02}", "given": "Ann"})
    typed(room, search, "smith")
    assert len(search.found.table.rows.rows) == 50
    assert "there are more" in search.found.said.text()
    search.found.table.choose(49)
    search.found.table.scrollToBottom()
    room.bot.waitUntil(lambda: len(search.found.table.rows.rows) == 60)
    assert search.found.said.text().startswith("60 found")
    assert len({each.key for each in search.found.table.rows.rows}) == 60


def test_only_the_newest_question_is_answered(room, search):
    lots(room, 3)
    search.found.search("26-200")
    search.found._search()
    search.found.search("26-20")
    search.found._search()
    room.rest()
    assert len(search.found.table.rows.rows) == 3


def test_escape_and_an_empty_field_hide_the_list_and_nothing_found_is_said(room, search):
    typed(room, search, "nobody")
    assert search.found.isVisible()
    assert search.found.said.text() == "Nothing on record begins with that."
    QTest.keyClick(search.line, Qt.Key.Key_Escape)
    assert search.found.isHidden()


def test_a_field_emptied_by_what_was_done_with_its_text_hides_the_list(room, search):
    typed(room, search, "nobody.json")
    assert search.found.isVisible()
    search.line.clear()
    assert search.found.isHidden()


def test_a_locked_counter_is_said_and_shows_nobody(room, search):
    printed(room)
    room.at.office.signing.lock()
    typed(room, search, "doe")
    assert search.found.table.rows.rows == []
    assert "locked" in search.found.said.text()


def test_a_scan_of_an_unknown_number_opens_nothing(room, search):
    enter(search.line, "99-999")
    room.bot.waitUntil(lambda: search.found._asked == "99-999")
    room.rest()
    assert search.opened == []
    is_taken = search.found.takes(
        QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
    )
    assert not is_taken
