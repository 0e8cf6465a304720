"""The window at the counter: files, findings, answers, the newest label, and the way to paper."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog

from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.leaving import LeavePage
from labelapp.gui.paper import Sheet
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Role
from labelapp.rx.receipt import Unknown
from tests.gui.standin import NOON, words

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytestqt.qtbot import QtBot

    from labelapp.dispensing.shown import Shown
    from labelapp.gui.counter import Counter
    from labelapp.gui.window import Window

READY = {"patient.family": "Doe", "patient.given": "Jane", "sig": "1 cap po qhs", "rx_number": "7"}


def put(counter: Counter, settle: Callable[[], None], **changes: str) -> None:
    texts = {**READY, **{path.replace("__", "."): text for path, text in changes.items()}}
    counter.case.fill_in("", texts)
    counter.reshow()
    settle()


def sheet(counter: Counter) -> Sheet:
    return Sheet(counter.case, counter.case.draft, cast("Shown", counter.shown))


def foot(window: Window) -> str:
    return window.frame.foot.said.text()


@pytest.fixture
def files(tmp_path):
    for name in ("one.json", "two.json"):
        (tmp_path / name).write_text("{}")
    return [str(tmp_path / "one.json"), str(tmp_path / "two.json")]


def test_the_command_field_has_the_focus_and_opens_a_file(window, counter, settle, files, qtbot):
    assert window.frame.command.field.hasFocus()
    QTest.keyClicks(window.frame.command.field, files[0])
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter.case.title == "one.json")
    settle()
    assert counter.banner.name.text() == "DOE, Jane"
    assert counter.entry.cells["patient.phone"].editor.text() == "555 0100"
    assert counter.shown.label is not None
    assert window.frame.command.field.text() == ""


def test_what_is_neither_file_nor_command_is_said(window, counter):
    QTest.keyClicks(window.frame.command.field, "<b>abc</b>")
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    assert foot(window) == words("gui.command.unknown", text="<b>abc</b>")


def test_n_begins_a_new_prescription_and_keeps_the_pharmacy(window, counter, settle):
    put(counter, settle, pharmacy__name="Corner Pharmacy")
    QTest.keyClicks(window.frame.command.field, "n")
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    assert counter.case.draft.written == {"pharmacy.name": "Corner Pharmacy"}
    assert len(counter.cases) == 2
    assert counter.entry.cells["patient.family"].editor.hasFocus()


def test_a_wrong_file_is_a_sentence_and_the_form_stays(window, counter, settle, tmp_path, qtbot):
    put(counter, settle)
    wrong = tmp_path / "cat.png"
    wrong.write_bytes(b"\x89PNG")
    window.open_files([str(wrong)])
    qtbot.waitUntil(lambda: foot(window) == "Not done: file.unreadable. Try another.")
    assert dict(counter.case.draft.written) == READY


def test_several_files_are_a_queue_to_step_through(window, counter, files, qtbot):
    window.open_files(files)
    qtbot.waitUntil(lambda: len(counter.cases) == 2)
    assert not window.frame.queue.isHidden()
    assert counter.case.title == "one.json"
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert counter.case.title == "two.json"
    assert counter.entry.cells["rx_number"].editor.text() == "two"
    counter.case.type("rx_number", "2b")
    QTest.keyClick(window, Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert counter.entry.cells["rx_number"].editor.text() == "one"
    QTest.keyClick(window, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert counter.entry.cells["rx_number"].editor.text() == "2b"


def test_a_file_dropped_on_the_window_opens(window, counter, files, qtbot):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(files[0])])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    drop = QDropEvent(QPointF(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, drop)
    qtbot.waitUntil(lambda: counter.case.title == "one.json")


def test_what_is_no_file_of_this_computer_is_not_taken(window, counter):
    data = QMimeData()
    data.setUrls([QUrl("https://example.org/x.json")])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(50, 50), Qt.DropAction.CopyAction, data, buttons, keys)
    enter.ignore()
    QApplication.sendEvent(window, enter)
    assert not enter.isAccepted()


def test_only_the_newest_answer_is_shown(window, counter, standin, settle, qtbot):
    settle()
    gate, first, look = threading.Event(), counter.case.draft, standin.look

    def slowly(draft, wanted):
        gate.wait(10)
        return look(draft, wanted)

    standin.look = slowly
    for text in ("D", "Do", "Doe"):
        counter.case.type("patient.family", text)
        counter._changed()
        assert counter.shown is None
        assert not window.frame.foot.print.isEnabled()
    gate.set()
    settle()
    assert [each.get("patient.family") for each in standin.looked if each != first] == ["D", "Doe"]


def test_stop_bars_the_way_to_paper_and_says_why(window, counter, settle):
    put(counter, settle, safety__opioid="yes")
    assert not window.frame.foot.print.isEnabled()
    assert not window.frame.menu.actions["save"].isEnabled()
    assert foot(window) == words("gui.why.stop", many="1")
    window.frame.foot.say("")
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert foot(window) == words("gui.why.stop", many="1")
    put(counter, settle, safety__opioid="no")
    assert window.frame.foot.print.isEnabled()


def test_a_finding_jumps_to_its_field_by_click_and_by_enter(window, counter, settle, qtbot):
    put(counter, settle, sig="1 cap zz qhs")
    findings = counter.findings
    spot = findings.visualRect(findings.model().index(0, 0)).center()
    QTest.mouseClick(findings.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert counter.entry.sig.hasFocus()
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert findings.hasFocus()
    QTest.keyClick(findings, Qt.Key.Key_Return)
    assert counter.entry.sig.hasFocus()


def test_the_field_wears_the_sign_and_the_word_is_marked(counter, settle):
    put(counter, settle, sig="1 cap zz qhs")
    marks = counter.entry.sig.extraSelections()
    assert [each.cursor.selectedText() for each in marks] == ["zz"]
    assert counter.entry.sig.accessibleDescription().startswith("STOP: sig.unknown-word")


def test_the_line_in_view_underlines_where_it_came_from(counter, settle):
    put(counter, settle)
    counter.entry.understood.setCurrentRow(0)
    marks = counter.entry.sig.extraSelections()
    assert [each.cursor.selectedText() for each in marks] == ["1 cap po qhs"]
    assert [each.format.fontUnderline() for each in marks] == [True]


def test_an_ask_is_answered_by_choosing_with_name_and_role(window, counter, settle):
    put(counter, settle, sig="1 cap od")
    assert foot(window) == words("gui.why.ask", many="1")
    QTest.keyClick(window, Qt.Key.Key_F6)
    answer = counter.answer
    assert answer.isVisible()
    assert not answer.record.isEnabled()
    assert answer.hint.text() == words("gui.answer.lacks-choice")
    answer.choice.setCurrentIndex(1)
    QTest.keyClicks(answer.by, "M. Ortiz")
    answer.role.set_text(Role.TECHNICIAN.value)
    assert answer.record.isEnabled()
    QTest.keyClick(answer.by, Qt.Key.Key_Return)
    settle()
    made = counter.case.draft.decisions[0]
    assert (made.choice, made.by, made.role, made.at) == (
        "once daily", "M. Ortiz", Role.TECHNICIAN, NOON,
    )  # fmt: skip
    assert counter.shown.may_print
    assert not answer.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.case.draft.decisions == ()


def test_a_stop_takes_a_pharmacist_and_a_reason(window, counter, settle):
    put(counter, settle, safety__opioid="yes")
    QTest.keyClick(window, Qt.Key.Key_F6)
    answer = counter.answer
    QTest.keyClicks(answer.by, "A. Lee")
    answer.role.set_text(Role.TECHNICIAN.value)
    assert answer.hint.text() == words("gui.answer.lacks-pharmacist")
    answer.role.set_text(Role.PHARMACIST.value)
    assert answer.hint.text() == words("gui.answer.lacks-reason")
    QTest.keyClicks(answer.reason, "Prescriber called 10:40")
    QTest.keyClick(answer.reason, Qt.Key.Key_Return)
    settle()
    assert counter.shown.may_print


def test_what_nobody_settles_asks_for_no_answer(window, counter, settle):
    put(counter, settle, sig="1 cap zz qhs")
    QTest.keyClick(window, Qt.Key.Key_F6)
    assert not counter.answer.isVisible()


def test_a_bug_is_said_without_its_words_and_the_form_stays(
    window, counter, standin, settle, qtbot
):
    put(counter, settle)
    standin.fails = ValueError("ZZCANARY")
    counter.case.type("patient.given", "Ann")
    counter._changed()
    qtbot.waitUntil(lambda: "ValueError" in foot(window))
    assert "ZZCANARY" not in foot(window)
    assert counter.case.draft.get("patient.given") == "Ann"
    assert not window.frame.foot.print.isEnabled()
    standin.fails = None
    put(counter, settle)
    assert window.frame.foot.print.isEnabled()


def choose(window: Window, qtbot: QtBot, row: int) -> None:
    QTest.keyClick(window, Qt.Key.Key_F9)
    chooser = cast("PrinterChooser", window.findChild(PrinterChooser))
    qtbot.waitUntil(lambda: chooser.list.count() == 2)
    assert chooser.list.currentRow() == -1
    assert not chooser.go.isEnabled()
    chooser.list.setCurrentRow(row)
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)


def test_printing_asks_for_the_queue_and_says_what_came_of_it(
    window, counter, standin, settle, qtbot
):
    put(counter, settle)
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: standin.sent == ["Zebra"])
    qtbot.waitUntil(
        lambda: foot(window) == words("gui.print.done", printer="Zebra", job="Zebra-7", pages="1")
    )
    assert window.settings.printer == "Zebra"
    assert window.focusWidget() is window.frame.command.field


def test_not_knowing_is_said_and_nothing_is_sent_again(window, counter, standin, settle, qtbot):
    put(counter, settle)
    standin.outcome = Unknown("Zebra", "printer.silent")
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: words("gui.print.unknown", printer="Zebra") in foot(window))
    assert standin.sent == ["Zebra"]


def test_a_printer_that_refuses_leaves_the_form(window, counter, standin, settle, qtbot):
    put(counter, settle)
    choose(window, qtbot, 1)
    qtbot.waitUntil(lambda: foot(window).startswith("Not done: printer.failed"))
    assert dict(counter.case.draft.written) == READY
    assert window.frame.foot.print.isEnabled()


def test_closing_the_chooser_sends_nothing(window, counter, standin, settle, qtbot):
    put(counter, settle)
    QTest.keyClick(window, Qt.Key.Key_F9)
    QTest.keyClick(window.findChild(PrinterChooser), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not counter.work.is_busy("printers"))
    assert standin.sent == []


def test_the_label_is_saved_under_the_name_typed(window, counter, standin, settle, qtbot, tmp_path):
    put(counter, settle)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = window.findChild(QFileDialog)
    target = tmp_path / "label.pdf"
    dialog.selectFile(str(target))
    dialog.accept()
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: "label.pdf" in foot(window))
    assert Path(standin.saved[0]) == target
    assert target.read_bytes() == b"%PDF-"


def test_stock_head_and_state_are_chosen_and_kept(window, counter, settle):
    put(counter, settle)
    preview = counter.preview
    preview.choosers.stock.setCurrentIndex(preview.choosers.stock.findData("thermal-4x3"))
    preview.choosers.state.setCurrentIndex(1)
    settle()
    assert (preview.choosers.wanted.stock, preview.choosers.wanted.jurisdiction) == (
        "thermal-4x3",
        "CA",
    )
    assert counter.shown.label.stock.id == "thermal-4x3"
    assert (window.settings.stock, window.settings.jurisdiction) == ("thermal-4x3", "CA")


def test_the_picture_says_why_words_stand_there_and_turns_its_pages(window, counter, settle):
    put(counter, settle)
    picture = counter.preview.picture
    QTest.keyClick(window, Qt.Key.Key_F8)
    QTest.keyClick(picture, Qt.Key.Key_Down)
    assert "16 CCR 1707.5" in counter.preview.why.text()
    assert picture.box().key == "patient"
    QTest.keyClick(picture, Qt.Key.Key_Down)
    assert picture.box().key == "directions"
    QTest.mouseClick(counter.preview.forth, Qt.MouseButton.LeftButton)
    assert counter.preview.count.text() == words("gui.preview.page", page="2", of="2")


def test_help_and_about_open_and_go(window, counter, qtbot):
    QTest.keyClick(window, Qt.Key.Key_F1)
    window.frame.menu.actions["about"].trigger()
    pages = [
        each for each in QApplication.topLevelWidgets() if each.isVisible() and each is not window
    ]
    assert len([each for each in pages if each.windowTitle() in {"Keys", "About labelapp"}]) == 2
    for each in pages:
        each.close()


def test_a_receipt_is_forgotten_at_the_next_change(window, counter, standin, settle, qtbot):
    put(counter, settle)
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: counter.case.receipt != "")
    put(counter, settle, rx_number="8")
    assert counter.case.receipt == ""
    assert foot(window) == ""


def test_a_desk_that_cannot_be_made_is_said(qtbot, qapp):
    from labelapp.gui.settings import Start
    from labelapp.gui.theme import Theme
    from labelapp.gui.window import Window

    def broken():
        raise LabelappError("resource.bad")

    theme = Theme(qapp)
    made = Window(broken, Start(words, clock=lambda: NOON), theme)
    made.show()
    qtbot.waitUntil(lambda: made.counter is not None)
    qtbot.waitUntil(
        lambda: made.frame.foot.said.text() == words("gui.no-desk", code="resource.bad")
    )
    made.close()
    theme.deleteLater()


def test_a_file_opened_beside_another_is_the_one_shown(window, counter, settle, files, qtbot):
    put(counter, settle)
    counter.entry.cells["patient.family"].editor.setFocus()
    window.open_files(files)
    qtbot.waitUntil(lambda: len(counter.cases) == 3)
    assert counter.case.title == "one.json"
    assert counter.entry.cells["rx_number"].editor.text() == "one"
    assert window.focusWidget() is window.frame.command.field
    window.open_files(files[1:])
    qtbot.waitUntil(lambda: len(counter.cases) == 4)
    assert counter.case is counter.cases[3]


def test_the_chooser_names_patient_number_and_drug(window, counter, settle, qtbot):
    drug = {"name": "naltrexone", "strength.value": "1.5", "strength.unit": "mg"}
    drug = {f"compound.ingredients.0.{part}": text for part, text in drug.items()}
    counter.case.fill_in("", {**drug, "compound.form": "capsule"})
    put(counter, settle)
    QTest.keyClick(window, Qt.Key.Key_F9)
    chooser = window.findChild(PrinterChooser)
    assert chooser.whose.text() == "DOE, Jane\nRx 7\nnaltrexone 1.5 mg capsule"
    chooser.reject()


def test_files_that_cannot_be_read_are_named_until_esc(window, counter, settle, files, qtbot):
    unread = window.frame.unread
    window.open_files(["a.png", files[0], "b.png"])
    qtbot.waitUntil(lambda: len(unread.lines) == 2)
    settle()
    assert unread.isVisible()
    assert [line.split(":")[0] for line in unread.text.text().split("\n")] == ["a.png", "b.png"]
    assert len(counter.cases) == 1
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not unread.isVisible()


def test_trouble_looks_other_than_news(window, counter, settle, qtbot):
    put(counter, settle)
    assert not window.frame.foot.alarm.isVisible()
    plain = window.frame.foot.said.palette().windowText().color()
    choose(window, qtbot, 1)
    qtbot.waitUntil(lambda: foot(window).startswith("Not done: printer.failed"))
    assert window.frame.foot.alarm.isVisible()
    assert window.frame.foot.alarm.accessibleName() == words("gui.trouble")
    assert window.frame.foot.said.palette().windowText().color() != plain


def test_saved_is_not_printed(window, counter, settle, tmp_path, qtbot):
    put(counter, settle)
    counter.paper._save_to(sheet(counter), str(tmp_path / "label.pdf"))
    qtbot.waitUntil(lambda: counter.case.paper == "saved")
    steps = window.frame.foot.steps
    qtbot.waitUntil(lambda: words("gui.step.saved") in steps.accessibleName())
    assert words("gui.step.printed") not in steps.accessibleName()
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: counter.case.paper == "printed")
    assert words("gui.step.printed") in steps.accessibleName()


def test_not_knowing_is_no_print(window, counter, standin, settle, qtbot):
    put(counter, settle)
    standin.outcome = Unknown("Zebra", "printer.silent")
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: counter.case.outcome is not None)
    assert (counter.case.paper, counter.unsaved) == ("", 1)


def test_leaving_asks_only_when_something_would_be_lost(window, counter, settle, qtbot, tmp_path):
    put(counter, settle)
    QTest.keyClick(window, Qt.Key.Key_Q, Qt.KeyboardModifier.ControlModifier)
    page = cast("LeavePage", window.findChild(LeavePage))
    assert page.said.text() == words("gui.leave.one")
    QTest.keyClick(page, Qt.Key.Key_Return)
    assert window.isVisible()
    qtbot.waitUntil(lambda: window.findChild(LeavePage) is None)
    counter.paper._save_to(sheet(counter), str(tmp_path / "label.pdf"))
    qtbot.waitUntil(lambda: counter.unsaved == 0)
    assert window.close()


def test_a_file_only_looked_at_is_left_without_a_question(window, counter, settle, files, qtbot):
    window.open_files(files)
    qtbot.waitUntil(lambda: len(counter.cases) == 2)
    settle()
    assert counter.unsaved == 0
    counter.case.type("rx_number", "9")
    assert counter.unsaved == 1
    counter.case.undo()
    assert window.close()


def test_nobody_answers_in_the_name_of_the_one_before(window, counter, settle, files, qtbot):
    put(counter, settle, safety__opioid="yes", lots__0__number="<7")
    QTest.keyClick(window, Qt.Key.Key_F6)
    answer = counter.answer
    QTest.keyClicks(answer.by, "A. Lee")
    answer.role.set_text(Role.PHARMACIST.value)
    QTest.keyClicks(answer.reason, "12345678")
    assert answer.hint.text() == words("gui.answer.lacks-reason")
    assert not answer.record.isEnabled()
    QTest.keyClicks(answer.reason, " called")
    QTest.keyClick(answer.reason, Qt.Key.Key_Return)
    settle()
    assert (answer.by.text(), answer.role.currentData(), answer.reason.text()) == ("A. Lee", "", "")
    window.open_files(files[:1])
    qtbot.waitUntil(lambda: len(counter.cases) == 2)
    assert answer.by.text() == ""


def test_who_may_settle_is_said_before_the_answer_and_the_answer_as_it_is(window, counter, settle):
    put(counter, settle, sig="1 cap od")
    model = counter.findings.model()
    assert words("gui.settler.clinical") in model.data(model.index(0, 0))
    QTest.keyClick(window, Qt.Key.Key_F6)
    counter.answer.choice.setCurrentIndex(1)
    QTest.keyClicks(counter.answer.by, "M. Ortiz")
    counter.answer.role.set_text(Role.TECHNICIAN.value)
    QTest.keyClick(counter.answer.by, Qt.Key.Key_Return)
    settle()
    said = model.data(model.index(0, 0))
    assert said.endswith("M. Ortiz (technician): once daily")


def test_a_label_that_is_stopped_says_so_over_its_picture(counter, settle):
    put(counter, settle, safety__opioid="yes")
    assert counter.preview.band.isVisible()
    assert counter.preview.band.accessibleName() == words("gui.preview.stopped")
    put(counter, settle, safety__opioid="no")
    assert not counter.preview.band.isVisible()


def test_a_label_of_half_read_directions_says_so_over_its_picture(counter, settle):
    put(counter, settle, sig="1 cap od")
    assert counter.preview.band.isVisible()
    assert counter.preview.band.accessibleName() == words("gui.preview.incomplete")
    put(counter, settle, sig="1 cap qhs")
    assert not counter.preview.band.isVisible()


def test_the_same_number_twice_is_said(window, counter, files, qtbot):
    window.open_files([files[0], files[0], files[1]])
    qtbot.waitUntil(lambda: len(counter.cases) == 3)
    assert window.frame.queue.twice.text() == words("gui.queue.twice", number="one")
    counter._go_to_case(2)
    assert window.frame.queue.twice.text() == ""


def test_a_name_cannot_turn_the_row_around(window, counter, settle):
    put(counter, settle, patient__family="Doe\u202e", rx_number="1\u20662")
    assert counter.banner.name.text() == "DOE, Jane"
    assert counter.banner.facts.text().endswith("Rx 12")
    put(counter, settle, patient__family="\u05d3\u05d5", rx_number="12")
    assert counter.banner.name.text() == "\u200e\u2068\u05d3\u05d5, Jane\u2069"
