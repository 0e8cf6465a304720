"""The page of stocks: what fits said in word and sign, and the pharmacy's own made and taken away."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing.office.rules import HouseRules
from labelapp.gui.office.house import HousePage
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.rooms import Rooms
from labelapp.gui.office.stocks import StocksPage
from labelapp.resources import typed
from tests.gui.office.fronts import signed_in
from tests.gui.office.records import nameless, opened


def page_of(room, who: str) -> Any:
    desk = room.at.desk()
    page = opened(room, StocksPage, who, stockroom=desk.room, states=desk.jurisdictions())
    room.rest()
    return page


def row(page: Any, stock: str):
    (found,) = (each for each in page.table.rows.rows if each.key == stock)
    return found


def fill(page: Any, name: str, width: str, height: str) -> None:
    form = page.form
    for field, text in ((form.name, name), (form.width_, width), (form.height_, height)):
        field.clear()
        QTest.keyClicks(field, text)


def test_every_stock_says_what_fits_under_the_pharmacys_own_law(room):
    room.at.sign_in("PC")
    room.at.office.rules.change(HouseRules(pharmacy={"pharmacy.address.state": "ca"}))
    page = page_of(room, "TT")
    assert page.state.currentData() == "CA"
    assert {each.key for each in page.table.rows.rows} == set(typed.stocks())
    shortest, titration = typed.fits()["thermal-4x3"].labels["CA"]
    assert (shortest, titration) == (1, 1)
    assert row(page, "thermal-4x3").cells[1:3] == ("fits", "fits")
    assert row(page, "thermal-4x3").mark is Mark.GOOD
    assert row(page, "thermal-2.25x1.25").cells[1] == "too small"
    assert row(page, "thermal-2.25x1.25").mark is Mark.STOP
    assert row(page, "thermal-4x2").cells[5] == "2-D only"
    assert row(page, "thermal-4x6").cells[5] == "bars"
    assert row(page, "dymo-30256").cells[0] == "DYMO 30256, Shipping label, large"


def test_another_law_is_told_at_once(room):
    page = page_of(room, "TT")
    for state in ("CA", "NY", "US"):
        page.state.setCurrentIndex(page.state.findData(state))
        many = typed.fits()["thermal-3x2"].labels[state][0]
        said = "too small" if many == 0 else f"needs {many} labels"
        assert row(page, "thermal-3x2").cells[1] == ("fits" if many == 1 else said)


def test_a_stock_of_ones_own_is_made_by_keyboard_and_taken_away(room, qtbot):
    page = page_of(room, "AD")
    fill(page, "Our roll", "4in", "2 1/2 in")
    QTest.keyClick(page.form.heads[300], Qt.Key.Key_Space)
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.add, Qt.Key.Key_Space)
    room.rest()
    assert room.said(page).startswith("Our roll is added: ")
    made = page.stocks[0]
    assert (made.id, made.dpi, made.own) == ("own-our-roll", (203, 300), True)
    assert row(page, "own-our-roll").cells[0::3] == ("Our roll", "101.6 × 63.5")
    assert page.form.name.text() == ""
    page.table.choose(1)
    assert not page.remove.isEnabled(), "a shipped stock stays"
    page.table.choose(0)
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.remove, Qt.Key.Key_Space)
    room.rest()
    assert not [each for each in page.stocks if each.own]
    assert not page.remove.isEnabled()


def test_enter_in_the_form_adds_the_stock(room, qtbot):
    page = page_of(room, "AD")
    fill(page, "Our roll", "4in", "2 1/2 in")
    with qtbot.waitSignal(page.changed):
        QTest.keyClick(page.form.height_, Qt.Key.Key_Return)
    room.rest()
    assert page.stocks[0].id == "own-our-roll"


@pytest.mark.parametrize(
    ("width", "height", "said"),
    [
        ("4", "2 in", "“4” is no length with its unit."),
        ("4 in", "20 mm", "A side of 20 mm is too short"),
        ("40 in", "2 in", "A side of 40 in is too long"),
    ],
)
def test_what_cannot_be_is_said_and_the_form_stays(room, width, height, said):
    page = page_of(room, "PC")
    fill(page, "Our roll", width, height)
    page.add.click()
    assert said in room.said(page)
    assert page.form.width_.text() == width
    assert not [each for each in page.stocks if each.own]


def test_whoever_may_not_reads_them(room):
    page = page_of(room, "PH")
    for part in (page.form, page.add, page.remove, page.count):
        assert not part.isVisible()
    assert page.table.isVisible()
    assert nameless(page) == []


def test_every_field_has_its_name(room):
    assert nameless(page_of(room, "AD")) == []


def test_the_settings_lead_here_and_the_counter_offers_the_new_stock(qtbot, tmp_path):
    with signed_in(qtbot, tmp_path, "PC") as front:
        choosers = front.counter.preview.choosers
        (rooms,) = front.window.findChildren(Rooms)
        rooms._actions["settings"].trigger()
        front.rest()
        (house,) = front.window.findChildren(HousePage)
        QTest.keyClick(house.labels, Qt.Key.Key_Space)
        front.rest()
        (page,) = house.findChildren(StocksPage)
        fill(page, "Our roll", "4in", "2.5in")
        QTest.keyClick(page.add, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: choosers.stock.findData("own-our-roll") >= 0, timeout=30_000)
        front.rest()
        page.reject()
        assert house.isVisible()
        house.reject()
        place = choosers.stock.findData("own-our-roll")
        assert choosers.stock.itemText(place) == "Our roll: fits"
        choosers.stock.setCurrentIndex(place)
        front.rest()
        assert choosers.wanted.stock == "own-our-roll"
