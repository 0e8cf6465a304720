"""Signing in at the window: six keys, a badge, a wrong PIN, another person over the same form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.unlock import UnlockPage
from labelapp.rx.people import Role
from tests.dispensing.office.offices import PASSPHRASE, PIN, counter
from tests.gui.office.fronts import Front, front, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def at(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with signed_in(qtbot, tmp_path) as made:
        yield made


def switch(at: Front) -> SignInPage:
    at.window.frame.menu.actions["switch"].trigger()
    page = at.until(SignInPage)
    at.rest()
    assert isinstance(page, SignInPage)
    return page


def test_six_keys_sign_in_and_the_frame_says_who(at):
    assert at.office.signing.person.initials == "TT"
    bar = at.window.frame.command
    assert bar.who.text().startswith("Somebody TT, Technician")
    assert "NO" not in bar.state.accessibleName()
    assert not at.window.frame.foot.backup.isHidden()
    assert at.window.frame.foot.backup.text() == at.words("gui.backup.none")


def test_a_name_is_completed_and_another_person_keeps_the_form(at, qtbot):
    at.counter.commands.put(at.draft)
    before = at.counter.case.draft
    page = switch(at)
    assert page.who.hasFocus()
    at.type("pat")
    at.press(Qt.Key.Key_Return)
    assert page.who.text() == "Pat Charge"
    assert page.pin.hasFocus()
    at.type(PIN)
    at.until(None)
    assert at.office.signing.person.role is Role.PHARMACIST_IN_CHARGE
    assert at.counter.case.draft == before


def test_a_wrong_pin_is_a_sentence_and_too_many_are_told_to_wait(at, qtbot):
    page = switch(at)
    at.type("PH")
    qtbot.waitUntil(page.pin.hasFocus)
    for _ in range(9):
        at.type("1357")
        qtbot.waitUntil(lambda: page.isEnabled() and page.pin.text() == "", timeout=5_000)
        at.rest()
        if "Wait" in page.said.text():
            break
        assert "not right" in page.said.text()
    assert "seconds" in page.said.text()
    at.press(Qt.Key.Key_Escape)
    at.until(None)
    assert at.office.signing.person.initials == "TT"


def test_esc_is_no_way_in_before_anybody_signed_in(qtbot, qapp, tmp_path):
    made = counter(tmp_path)
    made.office.close()
    with front(qtbot, tmp_path, made.clock) as at:
        at.until(UnlockPage)
        at.type(PASSPHRASE)
        at.press(Qt.Key.Key_Return)
        at.until(SignInPage)
        at.press(Qt.Key.Key_Escape)
        assert isinstance(at.page, SignInPage)


def test_a_badge_fills_the_name_and_waits_for_the_pin(at, qtbot):
    at.office.signing.sign_in("AD", PIN)
    known = {each.initials: each for each in at.office.staff.names()}
    at.office.staff.set_badge(known["PH"].id, "BADGE-0042")
    at.office.signing.sign_in("TT", PIN)
    page = switch(at)
    QTest.keyClicks(page.who, "BADGE-0042")
    QTest.keyClick(page.who, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.who.text() == "Somebody PH")
    assert page.pin.hasFocus()
    at.type(PIN)
    at.until(None)
    assert at.office.signing.person.initials == "PH"


def test_signing_out_leaves_nobody_and_hides_the_counter(at):
    at.window.frame.menu.actions["sign-out"].trigger()
    page = at.until(SignInPage)
    at.rest()
    assert not page.may_leave
    assert at.office.signing.person is None
    at.type("TT" + PIN)
    at.until(None)


def test_what_a_role_may_not_do_is_not_offered(at):
    actions = at.window.frame.menu.actions
    assert actions["history"].isEnabled()
    assert not actions["audit"].isEnabled()
    switch(at)
    at.type("AD" + PIN)
    at.until(None)
    assert actions["audit"].isEnabled()
    assert not actions["history"].isEnabled()
