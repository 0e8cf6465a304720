"""The label of a lot in the window: the picture that prints, saved, and its scan understood."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.gui.office.check import CheckPage
from labelapp.gui.office.lotlabel import LotLabelPage
from labelapp.gui.office.lots import LotsPage
from tests.dispensing.office.offices import LOT
from tests.gui.office.records import audited, enter, lots, nameless, opened, printed


def label_page(room: Any) -> Any:
    page = opened(room, LotsPage, "TT")
    page.table.choose(0)
    page.label.click()
    room.rest()
    return page.findChild(LotLabelPage)


def said_on(page: Any) -> str:
    assert page.label is not None
    return " ".join(each.text for each in page.label.pages[0].boxes)


def test_the_button_shows_the_label_as_it_will_print(room):
    lots(room, 1)
    page = label_page(room)
    assert "26-200" in said_on(page)
    assert "NOT RELEASED" in said_on(page)
    assert page.view.picture.sizeHint().width() > 100
    assert "26-200" in page.view.picture.accessibleDescription()
    assert nameless(page) == []


def test_every_stock_is_named_with_its_maker(room):
    lots(room, 1)
    page = label_page(room)
    said = [page.stock.itemText(at) for at in range(page.stock.count())]
    assert "Brother DK-11202, Shipping label, 300 dpi" in said
    assert len(set(said)) == len(said)


def test_without_a_lot_there_is_no_label(room):
    page = opened(room, LotsPage, "TT")
    assert not page.label.isEnabled()


def test_ingredients_and_another_stock_make_it_anew(room):
    room.at.sign_in("TT")
    room.at.office.lots.record({**LOT, "components.0.name": "Naltrexone HCl"})
    page = label_page(room)
    assert "Naltrexone HCl" not in said_on(page)
    page.ingredients.click()
    room.rest()
    assert "Naltrexone HCl" in said_on(page)
    page.stock.setCurrentIndex(
        next(
            at
            for at in range(page.stock.count())
            if page.stock.itemData(at) == ("thermal-4x3", 300)
        )
    )
    room.rest()
    assert (page.label.stock.id, page.label.dpi) == ("thermal-4x3", 300)


def test_a_stock_on_which_it_does_not_fit_is_told_and_nothing_can_be_printed(room):
    lots(room, 1)
    page = label_page(room)
    small = next(
        at for at in range(page.stock.count()) if page.stock.itemData(at)[0] == "sticker-1.5x0.375"
    )
    page.stock.setCurrentIndex(small)
    assert "does not fit" in room.said(page)
    assert not page.alarm.isHidden()
    assert not page.print.isEnabled()
    assert not page.keep.isEnabled()


def test_it_is_saved_and_that_is_in_the_audit(room, tmp_path):
    lots(room, 1)
    page = label_page(room)
    page.copies.setCurrentIndex(1)
    page.save_to(str(tmp_path / "lot.pdf"))
    assert "lot.pdf" in room.said(page)
    assert (tmp_path / "lot.pdf").read_bytes().startswith(b"%PDF")
    page.save_to(str(tmp_path / "nowhere" / "lot.pdf"))
    room.rest()
    assert not page.alarm.isHidden()
    assert audited(room, "lot-label") == 2


def test_a_queue_that_is_not_there_is_told(room):
    lots(room, 1)
    page = label_page(room)
    page.send_to("no queue of this name")
    room.rest()
    assert not page.alarm.isHidden()
    assert "no queue of this name" in page.said.text()


def test_a_scanned_code_opens_its_lot(room):
    lots(room, 1)
    page = opened(room, LotsPage, "TT")
    enter(page.filter, "L26-200")
    assert "26-200" in room.said(page)
    assert page.lot is not None
    assert page.lot.number == "26-200"


def test_a_code_that_may_be_two_lots_opens_none(room):
    lots(room, 1)
    room.at.office.lots.record({**LOT, "number": "L26-200"})
    page = opened(room, LotsPage, "TT")
    enter(page.filter, "L26-200")
    assert "LL26-200" in room.said(page)
    assert not page.alarm.isHidden()
    assert page.lot is None
    room.bot.waitUntil(lambda: {row.key for row in page.table.rows.rows} == {"26-200", "L26-200"})


def test_the_final_check_ticks_a_lot_by_its_code(room):
    serial = printed(room)
    page = opened(room, CheckPage, "PH", rx_number="1234567")
    enter(page.scans.line, serial)
    room.rest()
    enter(page.scans.line, "L26-118")
    room.rest()
    assert page.scans.is_whole
    QTest.keyClicks(page.sign.pin, "2580")
    QTest.keyClick(page.sign.pin, Qt.Key.Key_Return)
    room.rest()
    room.at.sign_in("PH")
    (fill,) = room.at.office.orders.open("1234567").fills
    assert fill.state == "verified"
