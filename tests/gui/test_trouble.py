"""What goes wrong at the counter stays in view, and nothing older than the draft reads as current."""

from __future__ import annotations

import logging
import threading
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from shiboken6 import isValid

from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.leaving import LeavePage
from labelapp.gui.looks import LATE_MS
from labelapp.gui.paper import Sheet
from labelapp.gui.settings import Settings, Start
from labelapp.gui.theme import Look, Theme
from labelapp.gui.window import Window
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, ProofFailed
from labelapp.rx.field import FIELDS
from labelapp.rx.receipt import Receipt, Unknown
from tests.gui.standin import NOON, StandIn, desk, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import Shown
    from labelapp.gui.counter import Counter

READY = {"patient.family": "Doe", "patient.given": "Jane", "sig": "1 cap po qhs", "rx_number": "7"}
DONE = words("gui.print.done", printer="Zebra", job="Zebra-7", pages="1")
NOBODY_KNOWS = words("gui.print.unknown", printer="Zebra")


@pytest.fixture
def ready(counter, settle):
    counter.case.fill_in("", READY)
    counter.reshow()
    settle()
    return counter


@pytest.fixture
def gate(standin) -> Iterator[threading.Event]:
    """Hold every look and send back until it is set."""
    made = standin.gate = threading.Event()
    yield made
    made.set()


def noted(said: str) -> str:
    return words("gui.paper.noted", said=said)


def foot(window: Window) -> str:
    return window.frame.foot.said.text()


def alarmed(window: Window) -> bool:
    return not window.frame.foot.alarm.isHidden()


def send(counter: Counter, printer: str = "Zebra") -> None:
    shown = cast("Shown", counter.shown)
    counter.paper._send_to(Sheet(counter.case, counter.case.draft, shown), printer)


def type_on(counter: Counter, path: str, text: str) -> None:
    counter.case.type(path, text)
    counter._changed()


def beside(counter: Counter) -> None:
    """Put another prescription on the desk, beside the first."""
    roe = {**READY, "patient.family": "Roe", "rx_number": "8"}
    counter.commands.take("roe.json", (Draft(roe, "own"),))


# The day


def test_a_label_of_yesterday_neither_prints_nor_saves(window, ready, standin, settle):
    standin.today += timedelta(days=1)
    assert ready.shown is None
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.findChild(PrinterChooser) is None
    assert foot(window) == words("gui.why.looking")
    settle()  # the key alone has it looked at again
    assert cast("Shown", ready.shown).day == standin.today


def test_the_window_looks_again_by_itself_when_the_day_turns(window, ready, standin, qtbot):
    looked = len(standin.looked)
    ready.looks.watch.setInterval(10)
    qtbot.wait(50)
    assert len(standin.looked) == looked
    standin.today += timedelta(days=1)
    qtbot.waitUntil(lambda: ready.shown is not None)
    assert len(standin.looked) == looked + 1
    assert ready.shown.day == standin.today
    assert window.frame.foot.print.isEnabled()


def test_a_day_that_turns_in_the_chooser_is_said_and_looked_at_again(window, ready, standin, qtbot):
    QTest.keyClick(window, Qt.Key.Key_F9)
    chooser = cast("PrinterChooser", window.findChild(PrinterChooser))
    qtbot.waitUntil(lambda: chooser.list.count() == 2)
    standin.today += timedelta(days=1)
    chooser.list.setCurrentRow(0)
    QTest.keyClick(chooser.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "label.stale" in foot(window))
    qtbot.waitUntil(lambda: ready.shown is not None)
    assert standin.sent == []
    assert "label.stale" in foot(window)


# Paper


@pytest.mark.parametrize("outcome", ["fails", "nobody knows"])
def test_a_print_that_went_wrong_is_said_until_esc(window, ready, standin, settle, qtbot, outcome):
    standin.outcome = Unknown("Zebra", "printer.silent")
    send(ready, "Back" if outcome == "fails" else "Zebra")
    qtbot.waitUntil(lambda: ready.case.trouble != "")
    said = ready.case.trouble
    assert ("printer.failed" in said) == (outcome == "fails")
    for key in "x", "y":
        type_on(ready, "purpose", key)
        settle()
        assert (foot(window), alarmed(window)) == (noted(said), True)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert (foot(window), alarmed(window)) == ("", False)
    assert ready.case.trouble == ""


def test_trouble_of_another_patient_names_that_patient(window, ready, standin, settle, gate, qtbot):
    standin.outcome = Unknown("Zebra", "printer.silent")
    send(ready)
    beside(ready)
    gate.set()
    settle()
    said = words("gui.paper.other", whose="DOE, Jane   Rx 7", said=noted(NOBODY_KNOWS))
    assert ready.case.draft.get("rx_number") == "8"
    qtbot.waitUntil(lambda: foot(window) == said)
    assert alarmed(window)
    assert words("gui.trouble") in window.frame.queue.list.itemText(0)
    assert words("gui.trouble") not in window.frame.queue.list.itemText(1)
    type_on(ready, "purpose", "x")
    settle()
    assert foot(window) == said
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert foot(window) == ""
    ready._step(-1)
    settle()
    assert (foot(window), alarmed(window)) == (noted(NOBODY_KNOWS), True)


def test_what_is_under_way_stands_in_the_foot_and_nothing_else_is_sent(
    window, ready, standin, settle, qtbot
):
    standin.gate = threading.Event()
    send(ready)
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert window.findChild(PrinterChooser) is None
    assert foot(window) == words("gui.print.under-way", printer="Zebra")
    send(ready)
    standin.gate.set()
    qtbot.waitUntil(lambda: foot(window) == DONE)
    assert standin.sent == ["Zebra"]


def test_esc_takes_away_what_is_in_view_and_no_trouble_under_it(window, ready, qtbot):
    send(ready, "Back")
    qtbot.waitUntil(lambda: ready.case.trouble != "")
    said = foot(window)
    window.open_files(["cat.png"])
    qtbot.waitUntil(lambda: "file.unreadable" in foot(window))
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert (foot(window), alarmed(window)) == (said, True)
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert (foot(window), alarmed(window)) == ("", False)


def test_who_sends_again_has_seen_what_came_of_it_before(window, ready, standin, qtbot):
    send(ready, "Back")
    qtbot.waitUntil(lambda: ready.case.trouble != "")
    standin.gate = threading.Event()
    send(ready)
    assert (foot(window), alarmed(window)) == (
        words("gui.print.under-way", printer="Zebra"), False,
    )  # fmt: skip
    standin.gate.set()
    qtbot.waitUntil(lambda: foot(window) == DONE)


def test_a_window_stays_until_it_is_known_what_came_of_a_label(window, ready, standin, qtbot):
    standin.gate = threading.Event()
    send(ready)
    said = words("gui.leave.on-its-way", said=words("gui.print.under-way", printer="Zebra"))
    for close in (window.close, window.leave):
        close()
        assert window.isVisible()
        assert foot(window) == said
        assert window.findChild(LeavePage) is None
    standin.gate.set()
    qtbot.waitUntil(lambda: foot(window) == DONE)
    assert window.close()


def test_a_label_of_what_stood_there_before_is_not_this_one_printed(
    window, ready, standin, settle, gate, qtbot
):
    send(ready)
    type_on(ready, "rx_number", "77")
    gate.set()
    settle()
    assert (ready.case.paper, ready.unsaved) == ("", 1)
    changed = noted(f"{DONE} {words('gui.paper.changed-printed')}")
    qtbot.waitUntil(lambda: foot(window) == changed)
    assert alarmed(window)
    ready._undo()
    settle()
    assert (ready.case.paper, ready.unsaved) == ("printed", 0)


@pytest.mark.parametrize("path", ["sig", "patient.given"])
def test_the_end_of_a_send_leaves_the_keyboard_where_somebody_went(
    window, ready, standin, gate, qtbot, path
):
    window.frame.command.field.setFocus()
    send(ready)
    editor = ready.entry.cells[path].editor
    editor.setFocus()
    gate.set()
    qtbot.waitUntil(lambda: foot(window) == DONE)
    assert editor.hasFocus()


def test_the_end_of_a_send_leaves_what_is_typed_as_a_command(window, ready, gate, qtbot):
    field = window.frame.command.field
    field.setFocus()
    send(ready)
    QTest.keyClicks(field, "/home/on")
    gate.set()
    qtbot.waitUntil(lambda: foot(window) == DONE)
    QTest.keyClicks(field, "e")
    assert field.text() == "/home/one"


def test_after_a_job_the_keyboard_is_in_the_command_field(window, ready, qtbot):
    window.frame.foot.print.setFocus()
    send(ready)
    qtbot.waitUntil(lambda: foot(window) == DONE)
    assert window.frame.command.field.hasFocus()


# Old answers


def in_view(window: Window, counter: Counter) -> dict[str, bool]:
    """Tell of everything the desk says of a draft whether it reads as current."""
    heading = counter.panes.heading.text()
    return {
        "findings": bool(counter.findings.rows) and not counter.findings.is_old,
        "heading": heading.startswith(("Findings: none", "Findings: 1")),
        "understood": counter.entry.understood.count() > 0 and not counter.entry.is_old,
        "label": counter.preview.picture.isVisible() and not counter.preview.picture.is_old,
        "steps": words("gui.step.done", step=words("gui.step.checked"))
        in window.frame.foot.steps.accessibleName(),
    }


def test_an_answer_that_is_late_turns_the_older_one_grey(window, ready, standin, settle, qtbot):
    assert set(in_view(window, ready).values()) == {True}
    standin.gate = threading.Event()
    type_on(ready, "purpose", "x")
    assert set(in_view(window, ready).values()) == {True}  # no flicker
    qtbot.wait(LATE_MS + 50)
    assert set(in_view(window, ready).values()) == {False}
    assert foot(window) == words("gui.why.looking")
    assert ready.panes.heading.text() == words("gui.findings.looking")
    standin.gate.set()
    settle()
    assert set(in_view(window, ready).values()) == {True}


def test_a_look_that_fails_leaves_nothing_of_the_older_answer(
    window, ready, standin, settle, qtbot
):
    standin.fails = ProofFailed("proof.mark")
    type_on(ready, "purpose", "x")
    qtbot.waitUntil(lambda: "proof.mark" in foot(window))
    assert set(in_view(window, ready).values()) == {False}
    assert ready.findings.rows == ()
    assert ready.entry.understood.count() == 0
    assert ready.panes.heading.text() == words("gui.findings.failed")
    window.frame.foot.say("")
    QTest.keyClick(window, Qt.Key.Key_F9)
    assert "proof.mark" in foot(window)
    standin.fails = None
    type_on(ready, "purpose", "y")
    settle()
    assert set(in_view(window, ready).values()) == {True}


# Files before there is a desk, or when there is none


@pytest.fixture
def begin(qtbot, qapp) -> Iterator[Callable[[Callable[[], Desk]], Window]]:
    theme = Theme(qapp)
    theme.wear(Look.LIGHT, 100)
    made: list[Window] = []

    def open_window(make_desk: Callable[[], Desk], settings: Settings | None = None) -> Window:
        start = Start(
            words, clock=lambda: NOON, native_dialogs=False, settings=settings or Settings()
        )
        made.append(Window(make_desk, start, theme))
        made[-1].show()
        qtbot.waitUntil(lambda: made[-1].counter is not None)
        return made[-1]

    yield open_window
    for each in made:
        if isValid(each):
            each.leave()
    theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QApplication.topLevelWidgets() == []


def test_files_opened_before_the_desk_is_there_wait_for_it(begin, qtbot, tmp_path):
    path = tmp_path / "two.json"
    path.write_text("{}")
    made = threading.Event()

    def slowly() -> Desk:
        made.wait(10)
        return desk(StandIn())

    window = begin(slowly)
    assert foot(window) == words("gui.loading")
    window.open_files(["one.json"])
    QTest.keyClicks(window.frame.command.field, str(path))
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    made.set()
    qtbot.waitUntil(lambda: len(window.counter.cases) == 2)
    assert [each.title for each in window.counter.cases] == ["one.json", "two.json"]


def test_files_without_a_desk_are_named(begin, qtbot):
    made = threading.Event()

    def broken() -> Desk:
        made.wait(10)
        raise LabelappError("resource.bad")

    window = begin(broken)
    window.open_files(["one.json"])
    made.set()
    unread = window.frame.unread
    qtbot.waitUntil(lambda: len(unread.lines) == 1)
    said = words("gui.no-desk", code="resource.bad")
    assert unread.lines == [f"one.json: {said}"]
    window.open_files(["two.json"])
    assert unread.lines == [f"two.json: {said}"]
    type_on(window.counter, "sig", "1 cap")
    assert foot(window) == said


# Commands, the log, odd settings


@pytest.mark.parametrize("text", ["W" * 400, "~nouser/x", "/" + "a/" * 3000, "a\x00b"])
def test_what_cannot_be_a_files_name_is_said(window, counter, text):
    window.frame.command.field.setText(text)
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    shown = f"{text[:100]} …" if len(text) > 100 else text
    assert foot(window) == words("gui.command.unknown", text=shown)


def test_what_goes_wrong_is_logged_by_kind_and_code_alone(ready, standin, qtbot, caplog):
    caplog.set_level(logging.INFO, "labelapp")
    for fails in (ValueError("ZZCANARY"), ProofFailed("proof.mark", said="ZZCANARY")):
        standin.fails = fails
        type_on(ready, "purpose", repr(fails))
        qtbot.waitUntil(lambda: ready.looks.trouble is not None)
    standin.fails = None
    type_on(ready, "purpose", "")
    qtbot.waitUntil(lambda: ready.shown is not None)
    standin.outcome = Unknown("ZZCANARY", "printer.silent")
    for printer in ("Back", "Zebra"):
        ready.case.outcome = None
        send(ready, printer)
        qtbot.waitUntil(lambda: ready.case.outcome is not None)
    said = [each.getMessage() for each in caplog.records]
    assert said[0].startswith("ValueError at ")
    assert said[1:] == [
        "ProofFailed proof.mark", "PrinterFailed printer.failed", "Unknown printer.silent",
    ]  # fmt: skip
    assert "ZZCANARY" not in caplog.text


def test_the_choosers_show_what_is_really_used(begin, qtbot):
    odd = Settings(stock="thermal-4x2", dpi=600, jurisdiction="ZZ")
    window = begin(partial(desk, StandIn()), odd)
    preview = window.counter.preview
    qtbot.waitUntil(lambda: preview.choosers.stock.count() > 0)
    assert preview.choosers.dpi.currentText() == words("gui.preview.heads", dpi="600")
    assert preview.choosers.dpi.currentData() == preview.choosers.wanted.dpi == 600
    assert (preview.choosers.state.currentText(), preview.choosers.state.currentData()) == (
        "ZZ",
        "ZZ",
    )
    preview.choosers.dpi.setCurrentIndex(0)
    assert (preview.choosers.wanted.dpi, preview.choosers.wanted.jurisdiction) == (203, "ZZ")


def test_a_stock_nobody_knows_is_named_in_its_chooser(begin, qtbot):
    window = begin(partial(desk, StandIn()), Settings(stock="tape-1x1"))
    preview = window.counter.preview
    qtbot.waitUntil(lambda: preview.choosers.stock.count() > 0)
    assert (preview.choosers.stock.currentText(), preview.choosers.stock.currentData()) == (
        "tape-1x1",
        "tape-1x1",
    )


def test_every_field_there_is_can_stand_on_the_desk(counter, settle):
    texts = {path.replace("#", "3"): "x" for path in FIELDS if path != "safety.#"}
    texts |= {"safety.kidney_stones": "yes"}
    counter.commands.take("all.json", (Draft(texts, "own"),))
    settle()
    assert dict(counter.case.draft.written) == texts
    counter.entry.go_to("no.such.field")
    counter.entry.go_to("")
    type_on(counter, "sig", "1 cap")
    settle()
    assert counter.case.draft.get("safety.kidney_stones") == "yes"


def test_a_receipt_of_another_patient_is_said_with_the_name(
    window, ready, standin, settle, gate, qtbot
):
    standin.outcome = Receipt("Zebra", "Zebra-7", 1)
    send(ready)
    beside(ready)
    gate.set()
    named = words("gui.paper.other", whose="DOE, Jane   Rx 7", said=DONE)
    qtbot.waitUntil(lambda: foot(window) == named)
    settle()
    assert (foot(window), alarmed(window)) == (named, False)
    type_on(ready, "purpose", "x")
    settle()
    assert foot(window) == ""


def test_the_state_of_the_pharmacy_is_named(ready, settle):
    ready.preview.show_answer(replace(cast("Shown", ready.shown), jurisdiction="CA"))
    own = words("gui.preview.state-pharmacy")
    assert ready.preview.choosers.state.currentText() == words(
        "gui.preview.state-is", said=own, state="CA"
    )
    ready.preview.choosers.state.setCurrentIndex(ready.preview.choosers.state.findData("US"))
    settle()
    assert ready.preview.choosers.state.itemText(0) == own


def test_what_is_understood_is_in_view_while_the_directions_are_typed(window, ready, qtbot):
    window.resize(1366, 560)
    sig = ready.entry.sig
    ready.entry.verticalScrollBar().setValue(0)
    sig.setFocus()
    qtbot.waitUntil(lambda: not ready.entry.understood.visibleRegion().isEmpty())
    area = ready.entry.understood.visibleRegion().boundingRect()
    assert area.height() == ready.entry.understood.height()
    assert sig.visibleRegion().boundingRect().height() >= sig.height() - 4


def test_a_long_sentence_in_large_text_has_the_whole_width(window, ready):
    part = window.frame.foot
    part.say("STOP stands.")
    assert part.said.mapTo(part, QPoint(0, 0)).y() >= part.steps.y()
    window.wear(Look.LIGHT, 200)
    part.say("Nobody can say whether the printer printed. " * 3, trouble=True)
    laid_out(part)
    assert part.said.mapTo(part, QPoint(0, 0)).y() < part.steps.y()
    assert part.said.width() > part.width() // 2
    part.say("")
    window.wear(Look.LIGHT, 100)


def laid_out(part: QWidget) -> None:
    QCoreApplication.sendPostedEvents()
    layout = part.layout()
    assert layout is not None
    layout.activate()


@pytest.mark.parametrize("name", ["Castellanos " * 6, "W" * 90])
def test_a_long_name_is_never_cut(window, ready, qtbot, name):
    type_on(ready, "patient.family", name.strip())
    name_shown: QLabel = ready.banner.name

    def fits() -> bool:
        area, wraps = name_shown.contentsRect(), int(Qt.TextFlag.TextWordWrap)
        return area.contains(name_shown.fontMetrics().boundingRect(area, wraps, name_shown.text()))

    for size in (100, 200):
        window.wear(Look.LIGHT, size)
        qtbot.waitUntil(fits)
    window.wear(Look.LIGHT, 100)
