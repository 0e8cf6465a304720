"""Taking an order in: a fax beside the form, the order kept before it prints, the next Rx number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest

from labelapp.gui.office.history import HistoryPage
from labelapp.gui.office.lock import LockPage
from labelapp.gui.office.people import PeoplePage
from labelapp.gui.paper import Sheet
from labelapp.gui.received import MOST_TEXT
from labelapp.rx.draft import AsReceived, Draft
from tests.dispensing.office.offices import PIN
from tests.draw import faxes
from tests.gui.office.fronts import Front, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
MESSAGE = AsReceived("message", b"Doe, Jane\nSig: <b>1 cap po qhs</b>")


@pytest.fixture
def at(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with signed_in(qtbot, tmp_path) as made:
        yield made


def fax(at: Path, name: str, pages: int = 1) -> Path:
    path = at / name
    path.write_bytes(faxes.pdf(pages=pages))
    return path


def drop(at: Front, *paths: Path) -> None:
    """Drop files on the window, and wait until they are on the desk and in view."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(each)) for each in paths])
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    action = Qt.DropAction.CopyAction
    at.window.dropEvent(QDropEvent(QPointF(5, 5), action, data, button, key))
    at.rest()


def shown(at: Front) -> Any:
    at.bot.waitUntil(lambda: at.counter.shown is not None, timeout=10_000)
    at.rest()
    return at.counter.shown


def put(at: Front, came: AsReceived | None = None) -> None:
    at.counter.commands.put(replace(at.draft, came=came))
    shown(at)


def fill_in(at: Front, given: Draft) -> None:
    at.counter.case.fill_in("", dict(given.written))
    at.counter.reshow()
    shown(at)


def keep(at: Front) -> str:
    at.press(Qt.Key.Key_S, CTRL | SHIFT)
    at.rest()
    return at.window.frame.foot.said.text()


def view(at: Front) -> Any:
    return at.counter.panes.received


def pages(at: Front) -> int:
    return len(view(at).scans._pages)


def test_a_fax_that_is_dropped_begins_a_prescription_and_stands_beside_the_form(at, tmp_path):
    drop(at, fax(tmp_path, "fax.pdf", 2))
    (case,) = at.counter.cases
    assert not case.draft.written
    assert view(at).scans.isVisible()
    assert pages(at) == 2
    assert not at.counter.preview.isVisible()
    assert not case.is_unsaved
    fill_in(at, at.draft)
    assert case.is_unsaved
    said = keep(at)
    assert said == at.words("gui.keep.done", whose="DOE, Jane   Rx 1234567")
    assert not case.is_unsaved
    assert at.window.counter.unsaved == 0
    kept = at.office.orders.received("1234567")
    assert (kept.kind, kept.data) == ("pdf", (tmp_path / "fax.pdf").read_bytes())
    at.press(Qt.Key.Key_H, CTRL)
    at.rest()
    page = at.window.findChild(HistoryPage)
    assert page.view.received.scans.isVisible()
    assert len(page.view.received.scans._pages) == 2


def test_each_prescription_shows_its_own_fax_and_none_is_lost(at, tmp_path):
    drop(at, fax(tmp_path, "one.pdf"), fax(tmp_path, "two.pdf", 3))
    assert [each.title for each in at.counter.cases] == ["one.pdf", "two.pdf"]
    assert pages(at) == 1
    at.press(Qt.Key.Key_PageDown, CTRL)
    at.rest()
    assert pages(at) == 3
    drop(at, fax(tmp_path, "three.pdf"))
    assert len(at.counter.cases) == 3
    at.press(Qt.Key.Key_F2)
    at.rest()
    assert len(at.counter.cases) == 4
    assert at.counter.preview.isVisible()
    assert pages(at) == 0
    came = [each.draft.came for each in at.counter.cases]
    assert came[:3] == [AsReceived("pdf", faxes_of(tmp_path, n)) for n in ("one", "two", "three")]
    assert came[3] is None


def faxes_of(folder: Path, name: str) -> bytes:
    return (folder / f"{name}.pdf").read_bytes()


def test_a_key_shows_the_order_and_the_label_again(at, qtbot):
    put(at, MESSAGE)
    at.counter.entry.go_to("patient.family")
    left = at.window.focusWidget()
    assert at.counter.preview.isVisible()
    at.press(Qt.Key.Key_F11)
    at.rest()
    qtbot.waitUntil(view(at).text.hasFocus)
    assert view(at).text.toPlainText() == MESSAGE.data.decode()
    at.press(Qt.Key.Key_F11)
    assert at.counter.preview.isVisible()
    assert at.window.focusWidget() is left
    at.press(Qt.Key.Key_F11)
    at.press(Qt.Key.Key_F8)
    assert at.counter.preview.picture.hasFocus()
    assert not view(at).isVisible()


def test_a_fax_is_read_by_the_keys(at, tmp_path, qtbot):
    drop(at, fax(tmp_path, "fax.pdf", 3))
    at.press(Qt.Key.Key_F11)
    assert view(at).scans.hasFocus()
    before, (_, page) = page_width(at), view(at).scans._pages[0]
    at.press(Qt.Key.Key_Plus)
    assert page_width(at) > before
    assert page.width() > view(at).scans.viewport().width()
    bar = view(at).scans.verticalScrollBar()
    for key in (Qt.Key.Key_Down, Qt.Key.Key_PageDown):
        place = bar.value()
        at.press(key)
        assert bar.value() > place
    at.press(Qt.Key.Key_Escape)
    assert at.window.frame.command.field.hasFocus()
    assert view(at).scans.isVisible()


def page_width(at: Front) -> int:
    return int(view(at).scans._pages[0][1].width())


def test_the_keyboard_waits_for_pages_that_are_still_being_read(at, tmp_path, qtbot):
    came = at.counter.looks.desk.attach(at.draft, str(fax(tmp_path, "fax.pdf"))).came
    put(at, came)
    at.press(Qt.Key.Key_F11)
    assert view(at).empty.text() == at.words("gui.received.reading")
    at.rest()
    assert view(at).scans.hasFocus()


def test_nothing_received_is_said(at):
    put(at)
    at.press(Qt.Key.Key_F11)
    assert at.window.frame.foot.said.text() == at.words("gui.received.none")
    assert at.counter.preview.isVisible()


def test_a_long_message_is_shown_as_far_as_anybody_reads(at):
    put(at, AsReceived("message", b"x" * (MOST_TEXT + 7)))
    at.press(Qt.Key.Key_F11)
    at.rest()
    text = view(at).text.toPlainText()
    assert text.count("x") == MOST_TEXT
    assert text.endswith(at.words("records.received.more", many="7"))


def test_the_lock_takes_the_order_off_the_screen(at, tmp_path):
    drop(at, fax(tmp_path, "fax.pdf"))
    assert view(at).scans.isVisible()
    at.reception.lock()
    at.until(LockPage)
    assert not view(at).scans.isVisible()
    drop(at, fax(tmp_path, "other.pdf"))
    assert len(at.counter.cases) == 1
    at.rest()
    at.type(PIN)
    at.until(None)
    assert view(at).scans.isVisible()


def test_a_scan_is_put_beside_what_was_typed_and_undone_as_any_change(at, tmp_path):
    put(at)
    case = at.counter.case
    at.counter.beside.attach(case, str(fax(tmp_path, "fax.pdf")))
    at.counter.case.type("purpose", "pain")  # typed while the scan is being looked at
    at.rest()
    assert at.window.frame.foot.said.text() == at.words("gui.attach.done")
    assert view(at).scans.isVisible()
    assert case.is_unsaved
    assert case.draft.get("purpose") == "pain"
    assert shown(at).draft.came is case.draft.came
    at.press(Qt.Key.Key_Z, CTRL)
    assert case.draft.came is None
    assert at.counter.preview.isVisible()
    at.press(Qt.Key.Key_Y, CTRL)
    assert case.draft.came is not None


def test_a_scan_goes_beside_the_prescription_it_was_chosen_for(at, tmp_path):
    put(at)
    first = at.counter.case
    at.counter.beside.attach(first, str(fax(tmp_path, "fax.pdf")))
    at.press(Qt.Key.Key_F2)
    at.rest()
    assert first.draft.came is not None
    assert at.counter.case.draft.came is None
    assert at.counter.preview.isVisible()


def test_what_is_no_scan_is_refused_and_what_cannot_be_read_is_named(at, tmp_path):
    put(at)
    bad = tmp_path / "fax.pdf"
    bad.write_bytes(b"%PDF-1.7 and no more")
    at.counter.beside.attach(at.counter.case, str(bad))
    at.rest()
    assert not at.window.frame.foot.alarm.isHidden()
    assert at.counter.case.draft.came is None
    drop(at, bad)
    assert len(at.counter.cases) == 1
    assert "fax.pdf" in at.window.frame.unread.text.text()


def test_the_label_is_in_view_before_anything_goes_to_paper(at, tmp_path):
    put(at, MESSAGE)
    at.press(Qt.Key.Key_F11)
    at.rest()
    assert not at.counter.preview.isVisible()
    at.press(Qt.Key.Key_F9)
    assert at.counter.preview.isVisible()


def test_an_order_that_is_not_whole_is_not_kept(at):
    put(at)
    at.counter.case.fill_in("", {"rx_number": ""})
    at.counter.reshow()
    shown(at)
    said = keep(at)
    assert "not in the records yet" in said
    assert at.counter.case.is_unsaved
    assert at.office.search.find("doe").hits == ()


def test_an_order_kept_is_printed_later_with_what_was_received(at, tmp_path):
    put(at, MESSAGE)
    keep(at)
    at.counter.beside.attach(at.counter.case, str(fax(tmp_path, "fax.pdf")))
    at.rest()
    label = tmp_path / "label.pdf"
    at.counter.paper._save_to(Sheet(at.counter.case, at.counter.case.draft, shown(at)), str(label))
    at.rest()
    assert label.exists()
    assert at.office.orders.received("1234567").kind == "pdf"
    assert at.office.orders.refill("1234567").came.kind == "pdf"


def gives_numbers(at: Front) -> None:
    at.office.signing.sign_in("PC", PIN)
    at.office.rules.change(replace(at.office.rules.now(), gives_numbers=True))
    at.office.signing.sign_in("TT", PIN)
    at.window.frame.menu.actions["people"].trigger()
    page = at.window.findChild(PeoplePage)
    assert page is not None
    page.reject()
    at.rest()
    at.bot.waitUntil(lambda: at.window.findChild(PeoplePage) is None)
    at.window.activateWindow()
    at.bot.waitUntil(at.window.isActiveWindow)


def test_a_number_is_given_only_where_the_house_gives_them(at):
    action = at.window.frame.menu.actions["number"]
    at.press(Qt.Key.Key_F2)
    shown(at)
    assert not action.isEnabled()
    at.press(Qt.Key.Key_G, CTRL)
    at.rest()
    assert not at.counter.case.draft.get("rx_number")
    gives_numbers(at)
    assert action.isEnabled()


def test_the_next_number_is_one_change_and_never_takes_another_ones_place(at):
    gives_numbers(at)
    at.press(Qt.Key.Key_F2)
    at.counter.case.type("purpose", "pain")
    at.press(Qt.Key.Key_G, CTRL)
    at.press(Qt.Key.Key_G, CTRL)
    at.rest()
    number = at.counter.case.draft.get("rx_number")
    assert at.counter.entry.cells["rx_number"].editor.text() == number == "1"
    at.press(Qt.Key.Key_G, CTRL)
    assert at.window.frame.foot.said.text() == at.words("gui.number.there")
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.counter.case.draft.written == {"purpose": "pain"}
    at.press(Qt.Key.Key_G, CTRL)
    at.counter.case.type("rx_number", "77")
    at.rest()
    assert at.counter.case.draft.get("rx_number") == "77"
    assert at.window.frame.foot.said.text() == at.words("gui.number.unused", number="2")


def test_nobody_signed_in_is_offered_neither(at):
    actions = at.window.frame.menu.actions
    assert actions["keep"].isEnabled()
    actions["sign-out"].trigger()
    at.rest()
    assert not actions["keep"].isEnabled()
    assert not actions["number"].isEnabled()


def test_an_administrator_enters_no_orders(at, qtbot):
    at.office.signing.sign_out()
    at.office.signing.sign_in("AD", PIN)
    at.reception.came.emit(at.office.signing.person)
    at.rest()
    assert not at.window.frame.menu.actions["keep"].isEnabled()


def test_the_keys_stand_in_the_menu(at):
    actions = at.window.frame.menu.actions
    keys = {name: actions[name].shortcut().toString() for name in ("attach", "received", "keep")}
    assert keys == {"attach": "Ctrl+Shift+O", "received": "F11", "keep": "Ctrl+Shift+S"}
    every = [each.toString() for one in actions.values() for each in one.shortcuts()]
    assert len(every) == len(set(every))
    QTest.keyClick(at.window, Qt.Key.Key_F1)
