"""The page of the house: its settings shown, changed by whoever may, and where the records are."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing.office.rules import HouseRules
from labelapp.gui.office.house import HousePage


def test_the_settings_are_changed_for_every_counter(room, qtbot, tmp_path):
    page = room.open(HousePage, "PC")
    QTest.keyClick(page.rules["review_first"].box, Qt.Key.Key_Space)
    QTest.keyClicks(page.minutes, "12")
    QTest.keyClicks(page.pharmacy["pharmacy.name"], "Corner Pharmacy")
    QTest.keyClicks(page.pharmacy["pharmacy.address.state"], "CA")
    page.backups.setText(str(tmp_path / "elsewhere"))
    with qtbot.waitSignal(page.changed) as told:
        QTest.keyClick(page.save, Qt.Key.Key_Space)
    now = room.at.office.rules.now()
    assert told.args == [now]
    assert now == HouseRules(
        review_first=True,
        lock_minutes=12,
        backups=str(tmp_path / "elsewhere"),
        pharmacy={"pharmacy.name": "Corner Pharmacy", "pharmacy.address.state": "CA"},
    )
    assert room.at.office.signing.idle == timedelta(minutes=12)
    assert room.said(page) == room.words("keeping.house.saved")


def test_what_was_set_before_is_shown_and_kept(room):
    room.at.sign_in("PC")
    before = HouseRules(works_alone=True, lock_minutes=3, pharmacy={"pharmacy.phone": "555-0100"})
    room.at.office.rules.change(before)
    page = room.open(HousePage, "PC")
    assert page.wanted() == before
    assert page.minutes.currentText() == "3"


def test_a_folder_that_is_none_is_refused_in_words(room):
    page = room.open(HousePage, "AD")
    page.backups.setText("somewhere")
    page.save.click()
    assert "The setting backups cannot be that" in room.said(page)
    page.backups.clear()
    page.minutes.setCurrentIndex(0)
    page.save.click()
    assert "The setting lock_minutes cannot be that" in room.said(page)
    assert room.at.office.rules.now() == HouseRules()


def test_whoever_may_not_change_them_reads_them(room):
    page = room.open(HousePage, "TT")
    assert not page.save.isVisible()
    assert not page.folder.isVisible()
    assert all(each.isReadOnly() for each in page.pharmacy.values())
    assert not page.minutes.isEnabled()
    assert not page.rules["works_alone"].box.isEnabled()


def test_where_the_records_are_and_how_they_move_is_told(room):
    page = room.open(HousePage, "PC")
    assert page.address.text().replace("\N{ZERO WIDTH SPACE}", "") == str(room.at.door.address)
    assert page.backups.placeholderText() == str(room.at.folder / "backups")
    assert not page.how.isVisible()
    QTest.keyClick(page.several, Qt.Key.Key_Space)
    assert page.how.isVisible()
    assert "labelapp restore FILE --store postgresql://" in page.how.text()
