"""The page of the audit: paged, narrowed, verified, exported, every act of it in words."""

from __future__ import annotations

import ast
import csv
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from labelapp.bootstrap.words import Words, plain
from labelapp.dispensing.office import keeping
from labelapp.gui.office.acts import ACTS, KINDS, act_word
from labelapp.gui.office.audit import AuditPage
from labelapp.rx.history import FillState
from tests.dispensing.office.offices import with_lot

ROOM = Path(__file__).parents[3] / "labelapp"


def column(page, number: int) -> list[str]:
    return [page.table.item(row, number).text() for row in range(page.table.rowCount())]


def test_the_newest_row_stands_first_in_words(room):
    page = room.open(AuditPage, "PH")
    assert column(page, 3)[:2] == ["read the audit", "signed in"]
    assert column(page, 2)[0] == "Somebody PH, Pharmacist"
    assert column(page, 1)[0] == "22-Nov-2026 12:00:00"
    seqs = [int(each) for each in column(page, 0)]
    assert seqs == sorted(seqs, reverse=True)
    page.table.selectRow(0)
    assert "What was done: read the audit" in page.whole.toPlainText()


def test_older_rows_come_below_page_by_page_without_a_gap(room):
    room.at.sign_in("PH")
    for _ in range(keeping.PAGE + 40):
        room.at.office.keeping.audit_page(10**6)
    page = room.open(AuditPage, "PH")
    assert page.table.rowCount() == keeping.PAGE
    while page.more.isEnabled():
        page.more.click()
        room.rest()
    seqs = [int(each) for each in column(page, 0)]
    assert len(seqs) == len(set(seqs)) > keeping.PAGE + 40
    gone = set(range(1, max(seqs))) - set(seqs)
    assert not gone
    assert "there are no older ones" in page.said.text()


def test_rows_are_narrowed_by_act_person_day_and_number(room):
    with_lot(room.at)
    page = room.open(AuditPage, "PC")
    page.act.setCurrentIndex(page.act.findData("release"))
    QTest.keyClick(page.search, Qt.Key.Key_Space)
    room.rest()
    assert set(column(page, 3)) == {"released a lot"}
    page.act.setCurrentIndex(0)
    page.person.setCurrentIndex(page.person.findText("Somebody TT (TT)"))
    page.read()
    room.rest()
    assert set(column(page, 2)) == {"Somebody TT, Technician"}
    page.person.setCurrentIndex(0)
    page.day.setText("11/23/2026")
    QTest.keyClick(page.day, Qt.Key.Key_Return)
    room.rest()
    assert page.isVisible()
    assert page.table.rowCount() == 0
    page.day.setText("22-Nov-2026")
    page.subject.setText("1")
    page.read()
    room.rest()
    assert page.table.rowCount() > 0
    assert all(each.endswith(" 1") for each in column(page, 4))


def test_what_is_no_day_is_said_and_nothing_is_read(room):
    page = room.open(AuditPage, "PC")
    before = page.table.rowCount()
    for typed in ("22.11.", "9999-12-31"):
        page.day.setText(typed)
        page.read()
        assert f"“{typed}” is no day" in room.said(page)
    assert page.table.rowCount() == before


def test_verifying_says_rows_and_verdict(room):
    page = room.open(AuditPage, "PH")
    page.check.click()
    rows = len(page.rows)
    assert room.said(page) == room.words("keeping.audit.is-whole", rows=str(rows))
    assert not page.alarm.isVisible()


def test_an_audit_that_was_cut_is_told_with_the_row(room):
    page = room.open(AuditPage, "PH")
    keys = room.at.office.ledger.vault.keys
    with room.at.office.ledger.vault.engine.begin() as connection:  # a sealed head that is nowhere
        last = 10**5
        seal = keys.seal("anchor", str(last), "0" * 64, "2026-11-22", "test")
        connection.exec_driver_sql(
            "INSERT INTO anchors (seq, mac, at, why, seal) VALUES (?, ?, ?, ?, ?)",
            (last, "0" * 64, "2026-11-22", "test", seal),
        )
    page.check.click()
    assert "The audit ends before row 100000" in room.said(page)
    assert page.alarm.isVisible()


def test_the_export_is_written_where_asked_and_only_offered_to_whoever_may(room, tmp_path):
    assert not room.open(AuditPage, "PH").export.isVisible()
    page = room.open(AuditPage, "AD")
    assert page.export.isVisible()
    path = tmp_path / "audit.csv"
    page.save(str(path))
    said = room.said(page)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert f"{len(rows) - 1} rows are in {path}" in said
    page.save(str(tmp_path / "no such folder" / "audit.csv"))
    room.said(page)
    assert page.alarm.isVisible()


def test_every_act_somebody_can_do_has_its_words_in_both_languages():
    told = set(plain("en").sentences)
    assert recorded() - set(ACTS) == set()
    for act in ACTS:
        assert f"audit.act.{act}" in told
        assert act_word(act, Words("es")) != act_word(act, Words("en"))
    assert all(f"audit.kind.{kind}" in told for kind in KINDS)
    assert {key for key in told if key.startswith("audit.act.")} == {f"audit.act.{e}" for e in ACTS}


def recorded() -> set[str]:
    """Find every act the store and the office write into the audit."""
    acts = {f"fill.{state.value}" for state in FillState}
    for module in [*(ROOM / "store").glob("*.py"), *(ROOM / "dispensing/office").glob("*.py")]:
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                acts |= _acts(node)
    assert {"sign-in", "release", "print.settled", "store.set-up", "denied"} <= acts
    return acts


def _acts(call: ast.Call) -> set[str]:
    name = ast.unparse(call.func).split(".")[-1]
    given = [each.value for each in call.keywords if each.arg == "act"]
    if name == "record" and call.args:
        given.append(call.args[0])
    if name == "Entry" and len(call.args) > 4:
        given.append(call.args[4])
    if name == "_proven":
        given.append(call.args[2])
    return {
        each.value
        for each in given
        if isinstance(each, ast.Constant) and isinstance(each.value, str)
    }
