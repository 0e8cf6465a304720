"""How the window begins: in training, before its passphrase, or with what is wrong said plainly."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from labelapp.dispensing.shown import Wanted
from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.unlock import TakeOutPage, TroublePage, UnlockPage
from labelapp.store import keychain
from tests.dispensing.office.offices import PASSPHRASE, PIN, Clock, counter, with_lot
from tests.gui.office.fronts import Front, front

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def training(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with front(qtbot, tmp_path, Clock()) as made:
        qtbot.waitUntil(lambda: made.office is not None, timeout=30_000)
        made.rest()
        yield made


def test_without_records_it_trains_and_says_so(training):
    assert not training.reception.is_covered
    bar = training.window.frame.command
    assert "TRAINING" in bar.state.accessibleName()
    assert bar.who.text() == training.words(
        "gui.who", name="Training technician", role="Technician", state="CA"
    )
    assert training.window.frame.foot.backup.isHidden()


def test_training_is_thrown_away_when_the_window_closes(training):
    folder = Path(training.office.keeping.state().address).parent
    assert folder.exists()
    training.window.leave()
    assert not folder.exists()


def test_the_passphrase_opens_and_a_wrong_one_is_a_sentence(qtbot, qapp, tmp_path):
    counter(tmp_path).office.close()
    with front(qtbot, tmp_path, Clock()) as made:
        page = made.until(UnlockPage)
        assert page.key.hasFocus()
        made.type("not the passphrase")
        made.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "does not open these records" in page.said.text())
        assert page.key.hasFocus()
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        made.until(SignInPage)
        assert not made.window.menuBar().isVisible()


def test_the_recovery_key_opens_too(qtbot, qapp, tmp_path):
    at = counter(tmp_path)
    at.office.close()
    with front(qtbot, tmp_path, Clock()) as made:
        page = made.until(UnlockPage)
        page.by_recovery.click()
        page.key.setFocus()
        made.type(at.recovery)
        made.press(Qt.Key.Key_Return)
        made.until(SignInPage)


def test_records_in_use_are_a_sentence_and_can_be_tried_again(qtbot, qapp, tmp_path):
    at = counter(tmp_path)
    with front(qtbot, tmp_path, Clock()) as made:
        page = made.until(UnlockPage)
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: "open already" in page.said.text())
        at.office.close()
        made.press(Qt.Key.Key_Return)
        made.until(SignInPage)


def test_damaged_keys_are_a_page_with_every_way_on(qtbot, qapp, tmp_path):
    at = counter(tmp_path)
    at.office.close()
    (tmp_path / "records" / "keys.json").write_text("{")
    with front(qtbot, tmp_path, Clock()) as made:
        page = made.until(TroublePage)
        assert "damaged" in page.said.text()
        assert page.try_again.isVisible()
        assert page.restore.isVisible()
        assert page.quit.isVisible()


def test_what_can_be_read_of_damaged_records_is_taken_out(qtbot, qapp, tmp_path):
    at = counter(tmp_path)
    given = with_lot(at)
    desk = at.desk()
    desk.save(desk.look(given, Wanted()), str(tmp_path / "label.pdf"))
    at.office.close()
    (tmp_path / "records" / "audit-anchor.json").write_text("{}")
    for each in (tmp_path / "anchors").glob("*"):
        each.write_text("{}")
    with front(qtbot, tmp_path, Clock()) as made:
        made.until(UnlockPage)
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        made.until(TroublePage).look.click()
        page = made.until(TakeOutPage)
        page.folder.setText(str(tmp_path / "out"))
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        said = made.until(TroublePage).said.text()
        assert said.startswith("Prescriptions written: 1, labels: 1")
        assert "1234567" in (tmp_path / "out" / "index.csv").read_text("utf-8-sig")


def test_a_computer_without_a_keychain_says_that_it_cannot_remember(qtbot, qapp, tmp_path):
    counter(tmp_path).office.close()
    with front(qtbot, tmp_path, Clock()) as made:
        made.until(UnlockPage).remember.box.click()
        made.page.key.setFocus()
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        made.until(SignInPage)
        made.rest()
        made.type("TT" + PIN)
        said = made.window.frame.foot.said
        qtbot.waitUntil(lambda: said.text() == made.words("gui.unlock.not-remembered"))


def test_a_remembered_key_asks_for_no_passphrase(qtbot, qapp, tmp_path, monkeypatch):
    at = counter(tmp_path)
    key = at.office.ledger.vault.keys.data
    at.office.close()
    monkeypatch.setattr(keychain, "recall", lambda _address: key)
    with front(qtbot, tmp_path, Clock()) as made:
        made.until(SignInPage)


def test_the_window_paints_before_the_store_is_loaded():
    script = (
        "import sys, os; os.environ['QT_QPA_PLATFORM']='offscreen'\n"
        "from labelapp.bootstrap.machine import Machine\n"
        "from labelapp.bootstrap.window import open_window\n"
        "heavy = ('sqlalchemy', 'sqlcipher3', 'argon2', 'reportlab')\n"
        "def painted():\n"
        "    print([each for each in heavy if each in sys.modules]); sys.stdout.flush()\n"
        "    os._exit(0)\n"
        "open_window(Machine(), [], painted)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60
    )
    assert done.stdout.strip() == "[]", done.stderr
