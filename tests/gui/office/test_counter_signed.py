"""The counter with somebody at it: answers in their name, a pharmacist in passing, copies, doubt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing import send
from labelapp.gui.office.doubt import DoubtPage
from labelapp.gui.office.find import FindList
from labelapp.gui.office.history import HistoryPage
from labelapp.gui.office.why import WhyPage
from labelapp.gui.paper import Sheet
from labelapp.gui.staffed import Staffed
from labelapp.rx.finding import Settler, ask
from labelapp.rx.people import Role
from labelapp.rx.receipt import Unknown
from tests.dispensing.office.offices import LOT, PIN
from tests.gui.office.fronts import Front, signed_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CTRL = Qt.KeyboardModifier.ControlModifier
REASON = "Prescriber called 22-Nov 10:40"
REPRINT = "It did not print legibly"


@pytest.fixture
def at(qtbot, qapp, tmp_path) -> Iterator[Front]:
    with signed_in(qtbot, tmp_path) as made:
        yield made


def shown(at: Front) -> Any:
    at.bot.waitUntil(lambda: at.counter.shown is not None, timeout=10_000)
    at.rest()
    return at.counter.shown


def put(at: Front, **changes: str) -> Any:
    at.counter.commands.put(at.draft)
    at.counter.case.fill_in("", {path.replace("__", "."): t for path, t in changes.items()})
    at.counter.reshow()
    return shown(at)


def save(at: Front, path: Path) -> None:
    sheet = Sheet(at.counter.case, at.counter.case.draft, at.counter.shown)
    at.counter.paper._save_to(sheet, str(path))
    at.rest()


def choose(at: Front) -> None:
    """Choose the one question that is open."""
    (asked,) = at.counter.shown.open_findings
    at.press(Qt.Key.Key_F6)
    at.counter.findings.choose(at.counter.findings.rows.index(asked))


def test_no_name_is_typed_where_somebody_is_signed_in(at):
    asks = ask("pharmacy.other", "pharmacy.name", Settler.ANYONE, named="Other", own="Corner")
    at.counter.commands.put(replace(at.draft, findings=(asks,)))
    shown(at)
    choose(at)
    answer = at.counter.answer
    assert answer.by.isHidden()
    assert answer.role.isHidden()
    assert answer.who.isHidden()
    assert answer.signed.text() == at.words("gui.answer.as", name="Somebody TT", role="Technician")
    answer.record.click()
    (made,) = at.counter.case.draft.decisions
    assert (made.by, made.role) == ("Somebody TT", Role.TECHNICIAN)


def test_a_pharmacist_settles_in_place_and_the_technician_stays(at, qtbot):
    put(at, safety__opioid="yes")
    choose(at)
    answer = at.counter.answer
    assert not answer.record.isEnabled()
    QTest.keyClicks(answer.who, "PH")
    QTest.keyClicks(answer.pin, "1111")
    QTest.keyClicks(answer.reason, REASON)
    QTest.keyClick(answer.reason, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "not right" in answer.hint.text(), timeout=10_000)
    assert not at.counter.case.draft.decisions
    QTest.keyClicks(answer.pin, PIN)
    QTest.keyClick(answer.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(at.counter.case.draft.decisions), timeout=10_000)
    (made,) = at.counter.case.draft.decisions
    assert (made.by, made.role, made.reason) == ("Somebody PH", Role.PHARMACIST, REASON)
    assert at.office.signing.person.initials == "TT"
    assert shown(at).may_print
    assert answer.pin.text() == ""


def test_a_technician_cannot_vouch(at, qtbot):
    put(at, safety__opioid="yes")
    choose(at)
    answer = at.counter.answer
    QTest.keyClicks(answer.who, "IN")
    QTest.keyClicks(answer.reason, REASON)
    QTest.keyClicks(answer.pin, PIN)
    QTest.keyClick(answer.pin, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "may not do this" in answer.hint.text(), timeout=10_000)
    assert not at.counter.case.draft.decisions


def test_a_label_is_kept_and_another_copy_asks_why(at, tmp_path):
    assert not put(at).label.sample
    save(at, tmp_path / "one.pdf")
    assert "print.before" in [each.finding.code for each in shown(at).open_findings]
    assert not at.window.frame.foot.print.isEnabled()
    at.press(Qt.Key.Key_R, CTRL)
    page = at.window.findChild(WhyPage)
    assert "DOE, Jane" in page.accessibleDescription()
    assert not page.go.isEnabled()
    page.list.setCurrentIndex(page.list.findData("unreadable"))
    QTest.keyClick(page.text, Qt.Key.Key_Return)
    assert shown(at).may_print
    assert at.window.frame.foot.said.text() == at.words("gui.reprint.ready", reason=REPRINT)
    save(at, tmp_path / "two.pdf")
    (fill,) = at.office.orders.open("1234567").fills
    assert [each.reason for each in fill.labels] == ["", REPRINT]
    assert at.counter.case.reason == ""


def test_another_reason_needs_words(at):
    at.press(Qt.Key.Key_R, CTRL)
    page = at.window.findChild(WhyPage)
    page.list.setCurrentIndex(page.list.findData("other"))
    assert not page.go.isEnabled()
    QTest.keyClicks(page.text, "the cat")
    assert page.reason() == "the cat"


def doubtful(at: Front, monkeypatch: pytest.MonkeyPatch) -> DoubtPage:
    """Print a label of which nobody can say whether it came out."""
    put(at)
    monkeypatch.setattr(send, "send", lambda *_given: Unknown("Zebra", "printer.unknown"))
    made = Sheet(at.counter.case, at.counter.case.draft, at.counter.shown)
    at.counter.paper._send_to(made, "Zebra")
    at.bot.waitUntil(lambda: at.window.findChild(DoubtPage) is not None, timeout=10_000)
    at.rest()
    page = at.window.findChild(DoubtPage)
    assert isinstance(page, DoubtPage)
    return page


def test_a_print_nobody_knows_the_end_of_is_asked_about(at, monkeypatch):
    assert len(doubtful(at, monkeypatch).jobs) == 1


def test_doubts_are_asked_about_at_the_next_sign_in(at, qtbot, monkeypatch):
    doubtful(at, monkeypatch).reject()
    qtbot.waitUntil(lambda: at.window.findChild(DoubtPage) is None, timeout=10_000)
    at.reception.lock()
    at.rest()
    at.type(PIN)
    qtbot.waitUntil(lambda: at.window.findChild(DoubtPage) is not None, timeout=10_000)


def test_a_scanned_label_opens_its_prescription_and_a_refill_goes_on_the_desk(at, tmp_path, qtbot):
    put(at)
    save(at, tmp_path / "one.pdf")
    serial = at.office.orders.open("1234567").fills[0].labels[0].serial
    field = at.window.frame.command.field
    field.setFocus()
    QTest.keyClicks(field, serial)
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: at.window.findChild(HistoryPage) is not None, timeout=10_000)
    at.rest()
    assert field.text() == ""
    page = at.window.findChild(HistoryPage)
    page.opened.emit(at.office.orders.refill("1234567"))
    assert at.counter.case.draft.get("fill.number") == "1"


def test_what_is_typed_is_found_under_the_command_field(at, tmp_path, qtbot):
    put(at)
    save(at, tmp_path / "one.pdf")
    field = at.window.frame.command.field
    field.setFocus()
    QTest.keyClicks(field, "doe")
    hits = at.window.frame.findChild(FindList)
    qtbot.waitUntil(lambda: not hits.isHidden(), timeout=10_000)
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert hits.isHidden()


def test_a_backup_made_now_is_told_and_shown(at, qtbot):
    at.window.frame.menu.actions["backup-now"].trigger()
    at.rest()
    at.rest()
    assert at.window.frame.foot.backup.text() == at.words("gui.backup.minutes", many="0")
    at.clock.move(days=3, minutes=1)
    at.reception.gauge._show_age()
    assert at.window.frame.foot.backup.text() == at.words("gui.backup.old", days="3")


def test_what_was_done_on_a_page_of_the_records_is_looked_at_again(at):
    put(at, lots__0__number="26-777")
    before = at.counter.shown
    assert "lot.not-on-record" in {each.finding.code for each in before.open_findings}
    at.office.lots.record({**LOT, "number": "26-777"})
    at.window.findChild(Staffed).rooms.changed.emit()
    at.bot.waitUntil(lambda: at.counter.shown is not before, timeout=10_000)
    codes = {each.finding.code for each in shown(at).open_findings}
    assert "lot.not-on-record" not in codes
    assert "lot.not-released" in codes
