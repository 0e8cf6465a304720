"""The page of approvals: a list is read, signed, withdrawn; a table of another language is opened."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.dispensing.office.shown import ShownRow
from labelapp.gui.office.approvals import ApprovalsPage
from labelapp.gui.office.confirm import Confirm
from labelapp.gui.office.sign import SignPage
from labelapp.gui.office.weighed import listed
from tests.dispensing.office.offices import PASSPHRASE, PIN, fittings

if TYPE_CHECKING:
    from labelapp.dispensing.office.door import Door


def choose(room, page, state: str) -> None:
    page.state.setCurrentIndex(page.state.findText(state))
    page.read()
    room.rest()


def asked(page: ApprovalsPage) -> Confirm:
    return next(each for each in page.findChildren(Confirm) if each.isVisible())


def test_no_list_is_read_before_a_state_is_chosen(room):
    page = room.open(ApprovalsPage, "PC")
    states = [page.state.itemText(each) for each in range(page.state.count())]
    assert states[:2] == ["", "CA"]
    assert "US" in states
    assert page.table.rowCount() == 0
    assert not page.sign.isEnabled()
    QTest.keyClicks(page.state, "CA")
    room.rest()
    assert page.table.rowCount() > 200
    assert "rows are signed as they stand" in page.summary.text()


def test_signing_says_how_many_and_is_done_only_when_meant(room, qtbot):
    room.at.sign_in("PC")
    approving = room.at.office.approving
    rows = approving.listed("US")
    approving.sign("US", rows)
    for each in rows[:3]:
        approving.withdraw(each, "read again")
    page = room.open(ApprovalsPage, "PC")
    choose(room, page, "US")
    many = page.listed.waiting
    assert many == 3
    assert f"3 of {len(rows)} rows wait" in page.summary.text()
    page.sign.click()
    question = page.findChild(SignPage)
    assert f"You sign {many} rows for US" in question.accessibleDescription()
    assert question.line.who.text() == "PC"
    QTest.keyClick(question, Qt.Key.Key_Escape)
    room.rest()
    assert not approving.is_signed("US")
    page.sign.click()
    question = next(each for each in page.findChildren(SignPage) if each.isVisible())
    with qtbot.waitSignal(page.changed):
        QTest.keyClicks(question.line.pin, PIN)
        QTest.keyClick(question.line.pin, Qt.Key.Key_Return)
    assert room.said(page) == room.words("keeping.approvals.done", many=str(many), state="US")
    assert approving.is_signed("US")
    room.rest()
    assert not page.sign.isEnabled()


def test_one_approval_is_withdrawn_with_a_reason_and_stands_first(room):
    page = room.open(ApprovalsPage, "PC")
    choose(room, page, "CA")
    page.table.selectRow(5)
    row = page.row()
    page.withdraw.click()
    question = asked(page)
    assert not question.go.isEnabled()
    QTest.keyClicks(question.reason, "board says otherwise")
    QTest.keyClick(question.reason, Qt.Key.Key_Return)
    assert f"The approval of {row.id} is withdrawn" in room.said(page)
    room.rest()
    assert page.table.item(0, 0).text() == "WITHDRAWN: board says otherwise"
    assert page.table.item(0, 2).text() == row.id
    assert not room.at.office.approving.is_signed("CA")
    assert page.sign.text() == "Sign 1 rows …"


def test_a_row_that_changed_since_stands_before_all_others(tmp_path):
    old = ShownRow("rows", "bud.toml#1", "14 days", "USP", True, "a" * 64)
    new, signed = replace(old, id="new"), replace(old, id="done", approved_by="PC")
    changed = replace(old, changed_since="2026-11-22T12:00:00.000+00:00")
    given = listed("CA", (signed, new, changed))
    assert [each.id for each in given.rows] == ["bud.toml#1", "new", "done"]
    assert given.read == (signed, new, changed)  # what is signed is what the office gave
    assert (given.waiting, given.numbers()["changed"]) == (2, "1")


def test_the_office_tells_a_changed_row_from_one_never_signed(room, tmp_path):
    """The same records, opened with rows of which one says something else now."""
    room.at.office.close()
    made = fittings(tmp_path, room.at.clock)
    given = made.approvable

    def other(state: str) -> tuple[ShownRow, ...]:
        first, *rest = given.listed_for(state)
        return replace(first, sha256="f" * 64), *rest

    door: Door = type(room.at.door)(
        str(tmp_path / "records"), replace(made, approvable=replace(given, listed_for=other))
    )
    room.at.office = door.open(passphrase=PASSPHRASE)
    page = room.open(ApprovalsPage, "PC")
    choose(room, page, "CA")
    assert page.table.item(0, 0).text() == "CHANGED since it was signed, 22-Nov-2026"
    assert "1 changed since they were signed" in page.summary.text()
    assert page.listed.waiting == 1


@pytest.mark.parametrize("who", ["TT", "PH"])
def test_whoever_may_not_approve_reads_and_is_offered_nothing(room, who):
    page = room.open(ApprovalsPage, who)
    choose(room, page, "US")
    assert page.table.rowCount() > 200
    page.tabs.setCurrentIndex(1)
    page.tongues.table.selectRow(0)
    deeds = (page.sign, page.withdraw, page.tongues.approve, page.tongues.withdraw)
    assert not any(each.isVisibleTo(page) for each in deeds)


def test_a_table_of_another_language_is_opened_and_closed_again(room):
    page = room.open(ApprovalsPage, "PC")
    page.tabs.setCurrentIndex(1)
    pane = page.tongues
    assert "es" in {each.language for each in pane.tables}
    assert all(each.draft for each in pane.tables)
    place = next(p for p, each in enumerate(pane.tables) if each.language == "es")
    pane.table.selectRow(place)
    digest = pane.tables[place].sha256
    assert digest in pane.sentences.toPlainText()
    pane.approve.click()
    assert page.said.text() == "Fill in: Translated by."
    for name, text in (
        ("translated_by", "A. Ruiz"),
        ("verified_by", "a. ruiz"),
        ("competence", "native speaker, pharmacist"),
    ):
        pane.fields[name].setText(text)
    pane.approve.click()
    asked(page).go.click()
    room.said(page)
    assert page.alarm.isVisible()  # nobody verifies their own translation
    pane.fields["verified_by"].setText("B. Soto")
    pane.approve.click()
    asked(page).go.click()
    assert "is open for paper" in room.said(page)
    room.rest()
    (entry,) = room.at.office.approving.phrases().entries
    assert (entry.table, entry.sha256, entry.approved_by) == ("es", digest, "Pat Charge")
    assert pane.table.item(place, 1).text() == "open: Pat Charge, 2026-11-22"
    pane.table.selectRow(place)
    pane.withdraw.click()
    question = asked(page)
    question.reason.setText("a sentence is wrong")
    question.go.click()
    assert "is a draft again" in room.said(page)
    assert room.at.office.approving.phrases().entries == ()
