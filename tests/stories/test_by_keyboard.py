"""A technician at the keyboard: a titration typed, seen, saved; an order that must not print."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QFileDialog,
    QWidget,
)

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.send import Stale
from labelapp.dispensing.shown import Wanted
from labelapp.draw.raster import raster
from labelapp.gui.inputs import Answers
from labelapp.resources import folder
from tests.stories.conftest import DAY

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from labelapp.dispensing.shown import Shown, ShownLabel
    from labelapp.gui.counter import Counter
    from labelapp.gui.window import Window

pytestmark = pytest.mark.story

PATIENT = ("Doe", "Jane", "", "1961-03-12")
PRESCRIPTION = ("1234567", "2026-11-20", "69", "capsules", "2", "30", "capsule", "")
COMPOUND = (
    ("active", "naltrexone hydrochloride", "1.5", "mg", "per unit", ""),
    ("filler", "microcrystalline cellulose", "", "", "", ""),
)
SIG = ("1 cap po qhs x7d then 2 caps po qhs x7d then 3 caps po qhs",)
FILL = ("2026-11-22", "", "", "", "")
LOT = (
    "26-118",
    "2026-11-18",
    "other",
    "room",
    "capsule",
    "1.5",
    "mg",
    "per unit",
    "",
    "R. Lee, RPh",
)
COMPONENTS = (
    ("naltrexone hydrochloride", "NX-4471", "2028-01-31"),
    ("microcrystalline cellulose", "MC-102", "2029-06-30"),
)
PRESCRIBER = ("Okafor", "Adaeze", "MD", "1793845128", "213 555 0164")
PHARMACY = (
    "Corner Pharmacy", "323 555 0118", "2210 Figueroa Terrace", "Los Angeles", "CA", "90042",
)  # fmt: skip


def focused(window: Window) -> QWidget:
    return window.focusWidget()


def tab(window: Window) -> None:
    QTest.keyClick(focused(window), Qt.Key.Key_Tab)


def type_fields(window: Window, texts: tuple[str, ...]) -> None:
    """Type into one field after the other, going on with Tab."""
    for text in texts:
        QTest.keyClicks(focused(window), text)
        tab(window)


def skip_to(window: Window, name: str) -> None:
    """Go on with Tab until the focus is on a field of this name."""
    for _ in range(60):
        if focused(window).accessibleName().startswith(name):
            return
        tab(window)
    raise AssertionError(f"Tab never comes to {name}")


def settle(window: Window, qtbot: QtBot) -> Shown:
    """Wait until the desk has answered for the form as it stands."""
    counter = counter_of(window)
    qtbot.waitUntil(lambda: counter.shown is not None, timeout=10_000)
    return cast("Shown", counter.shown)


def counter_of(window: Window) -> Counter:
    return cast("Counter", window.counter)


def enter_titration(window: Window) -> None:
    QTest.keyClick(focused(window), Qt.Key.Key_F2)
    type_fields(window, PATIENT)
    type_fields(window, PRESCRIPTION)
    skip_to(window, "Compound 1, Part")
    for row in COMPOUND:
        type_fields(window, row)
    type_fields(window, SIG)
    skip_to(window, "Fill, Fill date")
    type_fields(window, FILL)
    skip_to(window, "Lot 1, Lot number")
    type_fields(window, LOT)
    skip_to(window, "Made from 1 1, Ingredient")
    for component in COMPONENTS:
        type_fields(window, component)
    for _ in range(4):
        while not isinstance(focused(window), Answers):
            tab(window)
        QTest.keyClick(focused(window), Qt.Key.Key_N)
        tab(window)
    skip_to(window, "Prescriber, Family name")
    type_fields(window, PRESCRIBER)
    skip_to(window, "Pharmacy, Name")
    type_fields(window, PHARMACY)


def test_a_titration_is_typed_seen_and_saved(window, qtbot, tmp_path):
    enter_titration(window)
    shown = settle(window, qtbot)
    assert [each.sentence for each in shown.open_findings] == []
    lines = [each.text for each in shown.sig.lines]
    assert lines == [
        "Days 1 to 7: Take 1\N{NO-BREAK SPACE}capsule at bedtime",
        "Days 8 to 14: Take 2\N{NO-BREAK SPACE}capsules at bedtime",
        "Day 15 and after: Take 3\N{NO-BREAK SPACE}capsules at bedtime",
    ]
    label = cast("ShownLabel", shown.label)
    words = " ".join(box.text for page in label.pages for box in page.boxes)
    for said in ("Jane Doe", "1.5\N{NO-BREAK SPACE}mg", "Days 8 to 14", "26-118", "SAMPLE"):
        assert said in words
    assert not counter_of(window).preview.picture.visibleRegion().isEmpty()

    QTest.keyClick(focused(window), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = cast("QFileDialog", window.findChild(QFileDialog))
    target = tmp_path / "titration.pdf"
    dialog.selectFile(str(target))  # typed with real keys in test_real_keys
    save = cast("QDialogButtonBox", dialog.findChild(QDialogButtonBox)).buttons()[0]
    QTest.keyClick(save, Qt.Key.Key_Space)
    qtbot.waitUntil(target.exists, timeout=10_000)
    qtbot.waitUntil(lambda: "titration.pdf" in window.frame.foot.said.text())
    assert len(raster(target.read_bytes(), 203)) == len(label.pages)


def test_every_key_of_the_sig_is_answered_and_undone_in_one(window, qtbot):
    enter_titration(window)
    settle(window, qtbot)
    QTest.keyClick(focused(window), Qt.Key.Key_F7)
    QTest.keyClick(focused(window), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(window), " xyzzy")
    shown = settle(window, qtbot)
    assert not shown.may_print
    marked = [each.cursor.selectedText() for each in counter_of(window).entry.sig.extraSelections()]
    assert any("xyzzy" in each for each in marked)
    QTest.keyClick(focused(window), Qt.Key.Key_F9)
    assert window.frame.foot.said.text() == window.begin.words("gui.why.ask", many="1")
    QTest.keyClick(focused(window), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter_of(window).case.draft.get("sig") == SIG[0]


def test_a_tenfold_strength_stops_until_a_pharmacist_answers(window, qtbot):
    path = folder() / "examples/07-refused-45-mg.json"
    QTest.keyClicks(window.frame.command.field, str(path))
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter_of(window).case.title != "", timeout=10_000)
    shown = settle(window, qtbot)
    stops = [each for each in shown.open_findings if each.finding.severity == "STOP"]
    assert "dose.strength-decimal" in [each.finding.code for each in stops]
    assert not window.frame.foot.print.isEnabled()

    QTest.keyClick(focused(window), Qt.Key.Key_F6)
    for _ in stops:
        answer = counter_of(window).answer
        answer.by.clear()
        QTest.keyClicks(answer.by, "A. Lee")
        QTest.keyClicks(answer.role, "Pharmacist")
        QTest.keyClicks(answer.reason, "Prescriber called 22-Nov 10:40")
        QTest.keyClick(answer.reason, Qt.Key.Key_Return)
        shown = settle(window, qtbot)
        QTest.keyClick(counter_of(window).findings, Qt.Key.Key_Down)
    assert shown.open_findings == ()
    assert window.frame.foot.print.isEnabled()

    counter_of(window).entry.go_to("compound.ingredients.0.strength.value")
    QTest.keyClick(focused(window), Qt.Key.Key_0)
    shown = settle(window, qtbot)
    assert not shown.may_print  # an answer is void once its values change


def test_a_label_of_yesterday_is_refused_by_the_desk(tmp_path):
    days = [DAY]
    real = Desk(equipment(), lambda: days[-1])
    draft = real.open(str(folder() / "examples/01-capsule-4.5-mg.json"))[0]
    shown = real.look(draft, Wanted())
    assert shown.may_print
    assert real.is_of_today(shown)
    days.append(DAY + timedelta(days=1))
    assert not real.is_of_today(shown)
    path = tmp_path / "label.pdf"
    with pytest.raises(Stale) as refused:
        real.save(shown, str(path))
    with pytest.raises(Stale):
        real.send(shown, "nowhere")
    assert not path.exists()
    assert refused.value.code == "label.stale"
    assert real.plain(refused.value)[0].startswith("This label was looked at on 22-Nov-2026")
    assert real.save(real.look(draft, Wanted()), str(path)).pages


def test_the_patients_language_is_chosen_by_keyboard_and_a_draft_is_not_on_the_label(window, qtbot):
    path = folder() / "examples/01-capsule-4.5-mg.json"
    QTest.keyClicks(window.frame.command.field, str(path))
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter_of(window).case.title != "", timeout=10_000)
    preview = counter_of(window).preview
    qtbot.waitUntil(lambda: preview.choosers.language.count() > 1, timeout=10_000)
    plain = settle(window, qtbot)
    assert preview.choosers.language.currentText().endswith(
        window.begin.words("gui.preview.english")
    )
    QTest.keyClick(focused(window), Qt.Key.Key_F8)
    skip_to(window, window.begin.words("gui.preview.language"))
    QTest.keyClick(focused(window), Qt.Key.Key_Down)
    assert preview.choosers.language.currentText() == "Español"
    shown = settle(window, qtbot)
    understood = counter_of(window).entry.understood
    qtbot.waitUntil(lambda: understood.count() == 2)
    under = understood.item(1).text()
    assert "DRAFT" in under
    assert "Tome 1\N{NO-BREAK SPACE}cápsula al acostarse" in under
    assert shown.label == plain.label
    assert shown.may_print
    assert "phrases.draft" in [each.finding.code for each in shown.findings]
    QTest.keyClick(focused(window), Qt.Key.Key_F2)  # the next patient's is never the last one's
    assert preview.choosers.language.currentText().endswith(
        window.begin.words("gui.preview.english")
    )
    assert preview.choosers.wanted.language == "en"
    QTest.keyClick(focused(window), Qt.Key.Key_PageUp, Qt.KeyboardModifier.ControlModifier)
    assert preview.choosers.language.currentText() == "Español"


def test_a_leaflet_is_chosen_and_saved_by_keyboard_and_the_next_patient_begins_with_the_label(
    window, qtbot, tmp_path
):
    path = folder() / "examples/01-capsule-4.5-mg.json"
    QTest.keyClicks(window.frame.command.field, str(path))
    QTest.keyClick(window.frame.command.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter_of(window).case.title != "", timeout=10_000)
    settle(window, qtbot)
    choosers = counter_of(window).preview.choosers
    QTest.keyClick(focused(window), Qt.Key.Key_F8)
    skip_to(window, window.begin.words("gui.preview.paper"))
    QTest.keyClicks(focused(window), "Lea")
    assert choosers.paper.currentText() == "Leaflet"
    shown = settle(window, qtbot)
    assert shown.label is not None
    assert shown.label.stock.id == choosers.stock.currentData() == "us-letter"
    QTest.keyClick(focused(window), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    dialog = cast("QFileDialog", window.findChild(QFileDialog))
    target = tmp_path / "leaflet.pdf"
    dialog.selectFile(str(target))
    save = cast("QDialogButtonBox", dialog.findChild(QDialogButtonBox)).buttons()[0]
    QTest.keyClick(save, Qt.Key.Key_Space)
    qtbot.waitUntil(target.exists, timeout=10_000)
    qtbot.waitUntil(lambda: "leaflet.pdf" in window.frame.foot.said.text())
    qtbot.waitUntil(lambda: counter_of(window).case.receipt != "")
    (page,) = raster(target.read_bytes(), 100)
    assert page.size == (850, 1100)
    assert not counter_of(window).case.paper  # the label itself is on no paper yet
    window.activateWindow()  # what a window manager does when a dialog closes
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(focused(window), Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: choosers.paper.currentText() == "Label")
    assert choosers.wanted.stock == choosers.stock.currentData() == "thermal-4x2"
