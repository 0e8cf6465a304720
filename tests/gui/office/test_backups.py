"""The page of backups: listed with their age, made, opened to see, the day sealed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from labelapp.gui.office.backups import BackupsPage


def column(page, number: int) -> list[str]:
    return [page.table.item(row, number).text() for row in range(page.table.rowCount())]


def test_a_backup_is_made_checked_and_listed(room):
    page = room.open(BackupsPage, "TT")
    assert page.newest.text() == room.words("keeping.backups.none")
    QTest.keyClick(page.make, Qt.Key.Key_Space)
    assert page.said.text() == room.words("keeping.backups.making")
    room.rest()
    (made,) = room.at.office.keeping.listed()
    assert f"The backup {made.file.name} is made and checked" in page.said.text()
    assert column(page, 4) == [made.file.name]
    assert column(page, 2) == [str(made.rows)]
    assert str(made.file.parent) in page.folder.text().replace("\N{ZERO WIDTH SPACE}", "")


def test_two_presses_make_one_backup(room):
    page = room.open(BackupsPage, "TT")
    page.make.click()
    page.make.click()
    assert page.said.text() == room.words("keeping.busy")
    room.rest()
    assert len(room.at.office.keeping.listed()) == 1


def test_how_old_each_one_is_stands_beside_it(room):
    room.at.sign_in("TT")
    for hours in (30, 5, 0):
        room.at.office.keeping.back_up()
        room.at.clock.move(hours=hours)
        room.at.sign_in("TT")
    room.at.clock.move(days=2, minutes=7)
    page = room.open(BackupsPage, "TT")
    assert column(page, 1) == ["2 days", "2 days", "3 days"]
    assert page.newest.text() == "The newest backup is 2 days old."


def test_a_backup_is_opened_and_checked_and_a_damaged_one_told(room):
    room.at.sign_in("TT")
    made = room.at.office.keeping.back_up()
    page = room.open(BackupsPage, "TT")
    assert not page.drill.isEnabled()
    page.table.selectRow(0)
    page.drill.click()
    assert f"{made.file.name} is whole: {made.rows} records" in room.said(page)
    data = bytearray(made.file.read_bytes())
    data[len(data) // 2] ^= 1
    made.file.write_bytes(data)
    page.drill.click()
    assert f"The backup {made.file.name} is not whole" in room.said(page)
    assert page.alarm.isVisible()


def test_the_end_of_the_day_gives_a_text_to_keep(room):
    page = room.open(BackupsPage, "PH")
    assert not page.slip.isVisible()
    QTest.keyClick(page.day_end, Qt.Key.Key_Space)
    room.rest()
    text = page.slip.toPlainText()
    page.copy.click()
    assert QGuiApplication.clipboard().text() == text
    day, seq, mac = room.at.office.keeping.day_end()
    assert day == "2026-11-22"
    assert "end of the day 22-Nov-2026" in text
    assert f"Last row of the audit: {seq - 1}" in text
    seal = text.split("Seal: ")[1].replace(" ", "")
    assert len(seal) == len(mac)
    assert seal != mac  # the day's end is a row of its own


def test_a_locked_counter_makes_none_and_says_so(room):
    page = room.open(BackupsPage, "TT")
    room.at.office.signing.lock()
    page.make.click()
    assert "Nobody is signed in at this counter, or it is locked" in room.said(page)
    assert not list((room.at.folder / "backups").glob("*.db"))
