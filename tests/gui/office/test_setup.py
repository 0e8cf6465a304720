"""Setting records up from training, and restoring a backup, in the window and by keyboard."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from labelapp.gui.office.restore import RestorePage
from labelapp.gui.office.setup import PERSON, PHARMACY, RECOVERY, TYPED_BACK, SetUpPage
from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.unlock import TroublePage
from labelapp.rx.people import Role
from tests.dispensing.office.offices import PASSPHRASE, PIN, Clock, counter, with_lot
from tests.gui.office.fronts import Front, front

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def at(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with front(qtbot, tmp_path, Clock()) as made:
        qtbot.waitUntil(lambda: made.office is not None, timeout=30_000)
        made.rest()
        yield made


def keys(page: SetUpPage | RestorePage, text: str) -> None:
    """Type into the field of a page that has the focus."""
    from PySide6.QtTest import QTest

    QTest.keyClicks(page.focusWidget(), text)


def enter(page: SetUpPage | RestorePage) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Return)


def to_recovery(at: Front, qtbot: QtBot) -> SetUpPage:
    at.window.frame.menu.actions["setup"].trigger()
    page = at.window.findChild(SetUpPage)
    assert isinstance(page, SetUpPage)
    enter(page)
    qtbot.waitUntil(page.passphrase.hasFocus, timeout=10_000)
    keys(page, PASSPHRASE)
    page.again.setFocus()
    keys(page, PASSPHRASE)
    enter(page)
    qtbot.waitUntil(lambda: page.place == RECOVERY, timeout=10_000)
    return page


def recovery_of(page: SetUpPage) -> str:
    return page.slip.text.toPlainText().split("\n")[-1]


def type_back(page: SetUpPage) -> None:
    keys(page, "wrong")
    enter(page)
    assert page.place == TYPED_BACK
    assert "recovery key" in page.said.text()
    page.typed_back.clear()
    keys(page, recovery_of(page).lower().replace("-", " "))
    enter(page)
    assert page.place == PERSON
    assert page.said.text() == ""  # one Enter is one step


def test_records_are_set_up_from_training_and_worked_on_at_once(at, qtbot, tmp_path):
    training = at.office
    page = to_recovery(at, qtbot)
    page.slip.save_to(str(tmp_path / "key.txt"))
    assert recovery_of(page) in (tmp_path / "key.txt").read_text()
    assert os.name == "nt" or (tmp_path / "key.txt").stat().st_mode & 0o077 == 0
    page.go_on()
    type_back(page)
    for field, text in (
        (page.name, "Pat Charge"), (page.initials, "pc"), (page.pin, "1111"), (page.pin_again, "1111"),
    ):  # fmt: skip
        field.setText(text)
    page.role.set_text(Role.PHARMACIST_IN_CHARGE.value)
    page.pin_again.setFocus()
    enter(page)
    assert page.place == PHARMACY
    assert page.next.isEnabled()  # and nothing is finished by the same Enter
    assert page.house["pharmacy.address.state"].text() == "CA"
    page.go_on()
    qtbot.waitUntil(lambda: page.place == PERSON, timeout=10_000)  # a PIN of one digit
    assert "PIN" in page.said.text()
    page.pin.setText(PIN)
    page.pin_again.setText(PIN)
    page.go_on()
    page.go_on()
    at.until(SignInPage)
    at.rest()
    assert at.office is not training
    assert at.kept == [str(tmp_path / "records")]
    at.type("PC" + PIN)
    at.until(None)
    at.rest()
    assert not at.office.is_training
    assert at.window.frame.command.state.accessibleName() == at.words("gui.sample", state="CA")
    assert at.office.rules.now().pharmacy["pharmacy.address.city"] == "Beverly Hills"


def test_two_passphrases_must_be_the_same(at, qtbot):
    at.window.frame.menu.actions["setup"].trigger()
    page = at.window.findChild(SetUpPage)
    enter(page)
    qtbot.waitUntil(page.passphrase.hasFocus, timeout=10_000)
    keys(page, PASSPHRASE)
    page.again.setFocus()
    keys(page, "another one")
    enter(page)
    assert at.words("gui.setup.not-same") in page.said.text()
    page.again.setText("short")
    page.passphrase.setText("short")
    page.go_on()
    qtbot.waitUntil(lambda: "too short" in page.said.text(), timeout=10_000)
    assert page.focusWidget() is page.again  # not lost with the widgets that were disabled


def test_a_folder_is_named_by_its_whole_path(at):
    at.window.frame.menu.actions["setup"].trigger()
    page = at.window.findChild(SetUpPage)
    keys(page, "staple nine")
    enter(page)
    assert at.words("gui.setup.whole-path") in page.said.text()
    assert not page.passphrase.hasFocus()


def damaged_with_backup(folder: Path) -> None:
    at = counter(folder)
    with_lot(at)
    at.office.keeping.back_up()
    at.office.close()
    (folder / "records" / "keys.json").write_text("{")


def test_a_backup_takes_the_place_of_damaged_records_which_are_moved_aside(qtbot, qapp, tmp_path):
    damaged_with_backup(tmp_path)
    with front(qtbot, tmp_path, Clock()) as at:
        at.until(TroublePage).restore.click()
        page = at.window.findChild(RestorePage)
        assert isinstance(page, RestorePage)
        qtbot.waitUntil(lambda: page.list.count() == 1, timeout=10_000)
        page.go_on()
        keys(page, "not the passphrase")
        enter(page)
        assert at.words("gui.restore.lacks-aside") in page.said.text()
        page.aside.box.click()
        page.go_on()
        qtbot.waitUntil(lambda: "does not open" in page.said.text(), timeout=10_000)
        assert (tmp_path / "records" / "keys.json").read_text() == "{"
        page.key.setText(PASSPHRASE)
        page.go_on()
        at.until(SignInPage)
        at.rest()
        assert len(list(tmp_path.glob("records.aside-*"))) == 1
        at.type("TT" + PIN)
        at.until(None)
        assert [each.number for each in at.office.lots.listed()] == ["26-118"]
