"""The page of lots: recorded, released by a pharmacist in place, counted, begun again, recalled."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.gui.office.lots import LotsPage
from labelapp.gui.office.recall import RecallPage
from labelapp.gui.office.sign import SignPage
from tests.dispensing.office.offices import LOT, PIN
from tests.gui.office.records import RX, enter, lots, nameless, opened, printed


def fill_in(page, **changes: str) -> None:
    for name, text in {**LOT, **changes}.items():
        cell = page.form.cells[name]
        cell.set_text(text)
        cell.typed.emit(cell.path, text)


def test_a_scanned_number_begins_a_lot_that_is_then_recorded(room):
    page = opened(room, LotsPage, "TT")
    enter(page.filter, "26-118")
    assert "26-118" in room.said(page)
    assert page.form.cells["number"].editor.text() == "26-118"
    looks = {"components.0.name": "Naltrexone", "description": "white capsule, size 3"}
    fill_in(page, made_on="11/20/2026", name="LDN 1.5 mg", **looks)
    page.save.click()
    assert "on record" in room.said(page)
    kept = room.at.office.lots.open("26-118")
    assert kept.made_on == "2026-11-20"
    assert {name: kept.says[name] for name in looks} == looks
    assert page.table.rows.rows[0].cells[:3] == ("Not released", "26-118", "LDN 1.5 mg")
    assert nameless(page) == []


def test_tab_goes_as_one_reads_also_past_an_ingredient_added_later(room):
    lots(room, 1)
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    page.form.more.click()
    walked, at = [], page.table
    for _ in range(200):
        at = at.nextInFocusChain()
        if at is page.filter:
            break
        walked.append(at)
    cells = [each.editor for each in page.form.cells.values()]
    wanted = [page.label, *cells, page.form.more, page.left, page.count, page.new, page.closer]
    assert "components.2.name" in page.form.cells
    assert [each for each in walked if each in wanted] == wanted


def test_a_day_that_is_none_is_never_recorded(room):
    page = opened(room, LotsPage, "TT")
    fill_in(page, made_on="20.11.")
    page.save.click()
    assert "20.11." in room.said(page)
    assert room.at.office.lots.open("26-118") is None


def test_a_lot_without_its_class_is_refused_in_words(room):
    page = opened(room, LotsPage, "TT")
    fill_in(page, preparation="")
    page.save.click()
    assert "preparation" in room.said(page)
    assert not page.alarm.isHidden()


def test_a_pharmacist_releases_in_place_while_the_technician_stays_signed_in(room):
    lots(room, 1)
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    page.release.click()
    asked = page.findChild(SignPage)
    asked.line.who.setText("PH")
    QTest.keyClicks(asked.line.pin, PIN)
    QTest.keyClick(asked.line.pin, Qt.Key.Key_Return)
    room.rest()
    assert room.at.office.lots.open("26-200").released_by == "PH"
    assert room.at.office.signing.person.initials == "TT"
    assert page.table.rows.rows[0].cells[0] == "Released by PH"
    assert not page.release.isEnabled()


def test_a_technician_releases_nothing(room):
    lots(room, 1)
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    page.release.click()
    asked = page.findChild(SignPage)
    assert asked.line.who.text() == ""
    asked.line.who.setText("TT")
    QTest.keyClicks(asked.line.pin, PIN)
    QTest.keyClick(asked.line.pin, Qt.Key.Key_Return)
    assert "may not" in room.said(page)
    assert room.at.office.lots.open("26-200").released_by == ""


def released(room: Any, page: Any) -> None:
    """Release the lot that is open with the PIN of whoever is signed in."""
    page.release.click()
    asked = page.findChild(SignPage)
    QTest.keyClicks(asked.line.pin, PIN)
    QTest.keyClick(asked.line.pin, Qt.Key.Key_Return)
    room.rest()


def test_a_pharmacist_at_the_counter_releases_with_the_pin(room):
    lots(room, 1)
    page = opened(room, LotsPage, "PH")
    page.table.choose(0)
    page.release.click()
    room.rest()
    assert room.at.office.lots.open("26-200").released_by == ""
    released(room, page)
    assert room.at.office.lots.open("26-200").released_by == "PH"


def test_a_corrected_lot_waits_for_its_release_again(room):
    lots(room, 1)
    page = opened(room, LotsPage, "PH")
    page.table.choose(0)
    released(room, page)
    QTest.keyClicks(page.form.cells["name"].editor, " corrected")
    page.save.click()
    assert "release it again" in room.said(page)
    assert room.at.office.lots.open("26-200").released_by == ""


def test_what_is_left_is_counted(room):
    lots(room, 1)
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    enter(page.left, "412")
    room.rest()
    assert room.at.office.lots.open("26-200").left == "412"
    page.left.clear()
    enter(page.left, "many")
    assert "left" in room.said(page)


def test_pages_of_lots_are_fetched_and_filtered(room):
    lots(room, 60)
    page = opened(room, LotsPage, "TT")
    assert len(page.table.rows.rows) == 50
    page.table.scrollToBottom()
    room.bot.waitUntil(lambda: len(page.table.rows.rows) == 60)
    assert len({each.key for each in page.table.rows.rows}) == 60
    QTest.keyClicks(page.filter, "26-25")
    room.bot.waitUntil(lambda: len(page.table.rows.rows) == 10)


def test_a_formula_begins_the_next_lot(room):
    page = opened(room, LotsPage, "TT")
    fill_in(
        page,
        name="LDN 1.5 mg",
        description="white capsule, size 3",
        **{"components.0.name": "Naltrexone", "components.0.lot": "N1"},
    )
    page.keep.click()
    assert "kept" in room.said(page)
    (formula,) = room.at.office.lots.formulas()
    page._begin_from(formula)
    cells = page.form.cells
    assert cells["strength.value"].editor.text() == "1.5"
    assert cells["components.0.name"].editor.text() == "Naltrexone"
    assert cells["description"].editor.text() == "white capsule, size 3"
    for name in ("number", "made_on", "components.0.lot"):
        assert cells[name].editor.text() == "", name


def test_a_recall_lists_everybody_at_once_and_saves_them(room, tmp_path):
    printed(room)
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    page.recall.click()
    room.rest()
    recall = page.findChild(RecallPage)
    assert recall.count.text() == "Lot 26-118 reached 1 patients in 1 fills."
    (row,) = recall.table.rows.rows
    assert row.cells[1:5] == ("DOE, Jane", "12-Mar-1961", "", RX)
    recall.save_to(str(tmp_path / "recall.csv"))
    assert "recall.csv" in room.said(recall)
    assert "DOE, Jane" in (tmp_path / "recall.csv").read_text("utf-8-sig")
    recall.save_to(str(tmp_path / "nowhere" / "recall.csv"))
    room.rest()
    assert not recall.alarm.isHidden()


def test_a_lot_past_its_date_is_told(room):
    lots(room, 1)
    room.at.office.lots.record({**LOT, "number": "25-1", "bud": "2026-11-21"})
    page = opened(room, LotsPage, "TT")
    assert page.table.rows.rows[0].cells[0] == "Past its BUD"
