"""The lock of the window: nothing is seen, nothing is lost, no key and no scan goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from labelapp.gui.office.lock import LockPage
from labelapp.gui.office.pin import PinLine
from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.why import WhyPage
from tests.dispensing.office.offices import PIN
from tests.gui.office.fronts import Front, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def at(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with signed_in(qtbot, tmp_path) as made:
        made.counter.commands.put(made.draft)
        made.rest()
        yield made


def lock(at: Front) -> LockPage:
    at.press(Qt.Key.Key_L, CTRL)
    page = at.until(LockPage)
    at.rest()
    assert isinstance(page, LockPage)
    return page


def test_a_locked_window_shows_no_patient_and_keeps_form_undo_and_focus(at, qtbot):
    at.counter.entry.go_to("sig")
    at.type(" x")
    typed = at.counter.case.draft
    held = at.window.focusWidget()
    page = lock(at)
    assert at.office.signing.is_locked
    assert "Doe" not in at.window.windowTitle()
    assert not at.window.frame.isVisible()
    assert not at.window.menuBar().isVisible()
    assert page.pin.hasFocus()
    at.type(PIN)
    at.until(None)
    assert at.window.focusWidget() is held
    assert at.counter.case.draft == typed
    at.press(Qt.Key.Key_Z, CTRL)
    assert at.counter.case.draft == at.draft


def test_keys_of_the_counter_do_nothing_while_it_is_locked(at):
    before = at.counter.case.draft
    lock(at)
    for key in (Qt.Key.Key_F2, Qt.Key.Key_F9, Qt.Key.Key_Escape):
        at.press(key)
    at.press(Qt.Key.Key_Z, CTRL)
    assert isinstance(at.page, LockPage)
    assert at.counter.case.draft == before
    assert len(at.counter.cases) == 1


def test_a_scan_is_swallowed_and_never_tried_as_a_pin(at, qtbot):
    page = lock(at)
    for scan in ("R1234567-00-1-1", "26-118", "25801234"):
        QTest.keyClicks(page.pin, scan)
        QTest.keyClick(page.pin, Qt.Key.Key_Return)
        assert page.pin.text() == ""
        qtbot.wait(120)
    at.rest()
    assert page.said.text() == ""
    assert isinstance(at.page, LockPage)
    at.type(PIN)
    at.until(None)


def test_an_idle_counter_locks_and_a_key_puts_it_off(at):
    at.clock.move(minutes=4)
    at.press(Qt.Key.Key_Shift)
    at.clock.move(minutes=4)
    at.reception.watch.see()
    assert at.page is None
    at.clock.move(minutes=2)
    at.reception.watch.see()
    assert isinstance(at.page, LockPage)


def test_the_lock_of_the_system_locks_the_counter(at):
    at.reception.watch.hear_change(False)
    assert at.page is None
    at.reception.watch.hear_change(True)
    assert isinstance(at.page, LockPage)


def test_somebody_else_may_sign_in_over_the_lock(at):
    page = lock(at)
    page.another.click()
    at.until(SignInPage)
    at.rest()
    at.press(Qt.Key.Key_Escape)
    at.until(LockPage).another.click()
    at.until(SignInPage)
    at.rest()
    at.type("PH" + PIN)
    at.until(None)
    assert at.office.signing.person.initials == "PH"
    assert at.counter.case.draft == at.draft


def test_an_open_page_goes_out_of_sight_and_comes_back_to_its_person_alone(at, qtbot):
    at.press(Qt.Key.Key_R, CTRL)
    page = at.window.findChild(WhyPage)
    assert page.isVisible()
    at.reception.lock()
    at.until(LockPage)
    assert not page.isVisible()
    at.rest()
    at.type(PIN)
    at.until(None)
    assert page.isVisible()
    at.reception.lock()
    at.until(LockPage).another.click()
    at.until(SignInPage)
    at.rest()
    at.type("PH" + PIN)
    at.until(None)
    assert not at.window.findChildren(WhyPage) or not page.isVisible()


def test_a_pin_is_whole_when_it_is_as_long_as_the_persons(qtbot, qapp):
    around = QWidget()
    qtbot.addWidget(around)
    line = PinLine("PIN", around)
    line.length = 6
    heard: list[str] = []
    line.whole.connect(heard.append)
    QTest.keyClicks(line, "2580")
    qtbot.wait(120)
    assert heard == []
    QTest.keyClicks(line, "14")
    qtbot.waitUntil(lambda: heard == ["258014"])
