"""What is typed becomes the draft, key by key; what has no field is kept; undo goes back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton

from labelapp.gui.case import Case, typed
from labelapp.gui.dates import DATES
from labelapp.gui.directions import place_in_window
from labelapp.gui.fields import SECTIONS, Kind
from labelapp.gui.inputs import Choice
from labelapp.rx.draft import Draft
from labelapp.rx.field import FIELDS, general
from labelapp.rx.finding import Settler, stop
from tests.gui.standin import words

if TYPE_CHECKING:
    from labelapp.gui.counter import Counter


def type_in(counter: Counter, path: str, text: str) -> None:
    editor = counter.entry.cells[path].editor
    editor.setFocus()
    for place, line in enumerate(text.split("\n")):
        if place:
            QTest.keyClick(editor, Qt.Key.Key_Return)
        QTest.keyClicks(editor, line)


def test_every_field_of_the_form_is_a_field_of_the_draft():
    assert [
        field.path
        for section in SECTIONS
        for field in section.fields
        if general(field.path) not in FIELDS and field.kind is not Kind.VIALS
    ] == []


def test_each_key_gives_a_new_draft(counter):
    type_in(counter, "patient.family", "Doe")
    assert counter.case.draft.written == {"patient.family": "Doe"}
    type_in(counter, "sig", "1 cap\npo qhs")
    assert counter.case.draft.get("sig") == "1 cap\npo qhs"
    assert counter.case.draft.source == "form"


def test_an_emptied_field_is_no_field(counter):
    type_in(counter, "rx_number", "7")
    QTest.keyClick(counter.entry.cells["rx_number"].editor, Qt.Key.Key_Backspace)
    assert counter.case.draft.written == {}


def test_nothing_is_chosen_that_nobody_chose(counter):
    cells = counter.entry.cells.values()
    assert [
        cell.path for cell in cells if isinstance(cell.editor, Choice) and cell.editor.currentText()
    ] == []
    answers = [cell for cell in cells if cell.field.kind is Kind.ANSWER]
    assert len(answers) == 4
    assert not any(b.isChecked() for cell in answers for b in cell.editor.buttons.values())
    assert counter.case.draft.written == {}


def test_an_answer_by_its_own_key(counter):
    question = counter.entry.cells["safety.opioid"].editor
    question.setFocus()
    QTest.keyClick(question, Qt.Key.Key_N)
    assert counter.case.draft.get("safety.opioid") == "no"
    QTest.keyClick(question, Qt.Key.Key_U)
    assert counter.case.draft.get("safety.opioid") == "unknown"
    assert [b.isChecked() for b in question.buttons.values()] == [False, False, True]


def test_an_answer_by_arrow_and_never_by_a_stray_space(counter):
    question = counter.entry.cells["safety.opioid"].editor
    question.setFocus()
    QTest.keyClick(question, Qt.Key.Key_Space)
    assert counter.case.draft.written == {}
    QTest.keyClick(question, Qt.Key.Key_Right)
    assert counter.case.draft.written == {}
    QTest.keyClick(question, Qt.Key.Key_Right)
    QTest.keyClick(question, Qt.Key.Key_Return)
    assert counter.case.draft.get("safety.opioid") == "no"


def test_no_key_answers_for_the_next_patient(counter, window):
    first = Draft({"rx_number": "1", "patient.family": "Doe"}, "own")
    counter.commands.take(
        "a.json", (first, Draft({"rx_number": "2", "patient.family": "Roe"}, "own"))
    )
    question = counter.entry.cells["safety.liver"].editor
    question.setFocus()
    QTest.keyClick(question, Qt.Key.Key_Right)
    QTest.keyClick(question, Qt.Key.Key_Space)
    assert counter.case.draft.get("safety.liver") == "yes"
    QTest.keyClick(question, Qt.Key.Key_PageDown, Qt.KeyboardModifier.ControlModifier)
    assert window.focusWidget() is window.frame.command.field
    assert not any(b.isChecked() for b in question.buttons.values())
    question.setFocus()
    QTest.keyClick(question, Qt.Key.Key_Space)
    assert counter.case.draft.get("safety.liver") == ""


def test_a_choice_by_key_and_never_by_the_wheel(counter, qapp):
    editor = counter.entry.cells["compound.form"].editor
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Down)
    assert counter.case.draft.get("compound.form") == "capsule"
    QTest.wheelEvent(
        editor.window().windowHandle(),
        editor.mapTo(editor.window(), editor.rect().center()),
        QPoint(0, -120),
    )
    assert counter.case.draft.get("compound.form") == "capsule"


def test_undo_is_the_forms_and_goes_field_by_field(counter):
    type_in(counter, "patient.family", "Doe")
    type_in(counter, "sig", "1 cap")
    sig = counter.entry.cells["sig"].editor
    QTest.keyClick(sig, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert sig.text() == ""
    assert counter.case.draft.written == {"patient.family": "Doe"}
    QTest.keyClick(sig, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert counter.case.draft.written == {}
    assert counter.entry.cells["patient.family"].editor.text() == ""
    QTest.keyClick(sig, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert counter.entry.cells["patient.family"].editor.text() == "Doe"


def test_fields_without_a_place_on_the_form_are_kept_and_named(counter, qtbot):
    fields = {"lots.1.components.0.name": "gelatin", "patient.family": "Doe"}
    counter.commands.take("a.json", (Draft(fields, "own", unread=("$.extension",)),))
    type_in(counter, "patient.family", "s")
    assert counter.case.draft.get("lots.1.components.0.name") == "gelatin"
    assert "gelatin" in counter.entry.kept.text()
    assert "$.extension" in counter.entry.kept.text()


def test_a_rare_field_shows_when_it_holds_something(counter):
    assert counter.entry.cells["origin"].isHidden()
    counter.commands.take("a.json", (Draft({"origin": "fax"}, "own"),))
    assert not counter.entry.cells["origin"].isHidden()


def test_as_many_rows_as_the_draft_has_ingredients(counter):
    names = {f"compound.ingredients.{place}.name": str(place) for place in range(4)}
    counter.commands.take("a.json", (Draft(names, "own"),))
    assert counter.entry.cells["compound.ingredients.3.name"].editor.text() == "3"


def test_a_unit_no_list_knows_is_shown_as_written(counter):
    counter.commands.take("a.json", (Draft({"compound.form": "rectal rocket"}, "own"),))
    assert counter.entry.cells["compound.form"].editor.currentText() == "rectal rocket"


def test_hard_spaces_and_far_characters_keep_their_place(counter):
    counter.commands.take("a.json", (Draft({"sig": "1\N{NO-BREAK SPACE}cap \N{PILL} qhs"}, "own"),))
    type_in(counter, "sig", "x")
    assert counter.case.draft.get("sig") == "x1\N{NO-BREAK SPACE}cap \N{PILL} qhs"
    assert place_in_window("a\N{PILL}b\r\nc", 4) == 5
    assert place_in_window("a\r\nc", 3) == 2


def test_a_new_text_takes_away_what_a_reader_refused_about_the_old():
    refused = stop("field.too-long", "rx_number", Settler.NOBODY)
    asked = stop("file.odd", "rx_number")
    draft = Draft({"rx_number": "x"}, "own", findings=(refused, asked))
    assert typed(draft, {"sig": "1"}).findings == (refused, asked)
    assert typed(draft, {"rx_number": "1"}).findings == (asked,)
    case = Case(draft)
    case.type("rx_number", "1")
    case.undo()
    assert case.draft == draft


def test_ten_thousand_characters_and_markup_are_only_characters(counter, settle):
    hostile = "<img src=x><b>" + "W" * 10_000
    QApplication.clipboard().setText(hostile)
    editor = counter.entry.cells["patient.family"].editor
    editor.setFocus()
    editor.paste()
    settle()
    assert counter.case.draft.get("patient.family") == hostile
    assert counter.banner.name.textFormat() is Qt.TextFormat.PlainText
    assert counter.banner.name.text().startswith("<IMG SRC=X><B>")


def test_a_warning_is_switched_on_and_off_again(counter, settle):
    settle()
    boxes = counter.entry._warnings.boxes
    assert boxes["no-opioids"].box.isChecked()
    assert not boxes["no-opioids"].isEnabled()
    QTest.keyClick(boxes["dry"].box, Qt.Key.Key_Space)
    assert counter.case.draft.get("fill.warnings.0") == "dry"
    settle()
    assert boxes["dry"].box.isChecked()
    assert boxes["dry"].isEnabled()
    QTest.keyClick(boxes["dry"].box, Qt.Key.Key_Space)
    assert counter.case.draft.written == {}


def test_what_was_typed_stays_in_view_when_a_list_gets_one_entry_more(counter, settle):
    type_in(counter, "patient.family", "Doe")
    settle()
    views = counter.entry.findChildren(QPushButton)
    more = next(each for each in views if each.text() == words("gui.more.lot"))
    more.click()
    assert not counter.entry.cells["lots.1.number"].isHidden()
    assert counter.entry.cells["patient.family"].editor.text() == "Doe"


def test_an_empty_field_wears_no_sign_before_its_turn(counter, standin, settle):
    counter.new()
    counter.case.fill_in("", {"lots.0.number": "<7", "safety.opioid": "yes"})
    counter.reshow()
    settle()
    described = counter.entry.cells["lots.0.number"].editor.accessibleDescription
    assert described().startswith("ASK")  # what was typed is marked at once
    standin.missing = "rx_number"
    counter.case.type("patient.family", "Doe")
    counter._changed()
    settle()
    number = counter.entry.cells["rx_number"].editor
    assert number.accessibleDescription() == ""
    number.setFocus()
    counter.entry.cells["written"].editor.setFocus()
    assert number.accessibleDescription().startswith("STOP")


def test_rows_of_another_prescription_are_gone(counter):
    names = {f"compound.ingredients.{place}.name": str(place) for place in range(4)}
    counter.commands.take("a.json", (Draft(names, "own"),))
    assert not counter.entry.cells["compound.ingredients.3.name"].isHidden()
    counter.new()
    assert counter.entry.cells["compound.ingredients.3.name"].isHidden()
    assert not counter.entry.cells["compound.ingredients.1.name"].isHidden()


def test_rows_of_made_from_and_of_lots_are_gone_too(counter):
    names = {f"lots.0.components.{place}.name": "x" for place in range(4)}
    names |= {f"lots.{place}.number": "26-1" for place in range(3)}
    counter.commands.take("a.json", (Draft(names, "own"),))
    cells = counter.entry.cells
    seen = ("lots.0.components.3.name", "lots.2.number")
    assert not any(cells[path].isHidden() for path in seen)
    counter.new()
    assert [cells[path].isHidden() for path in (*seen, "lots.1.number")] == [True] * 3
    assert not cells["lots.0.components.1.name"].isHidden()


def test_another_prescription_begins_at_its_top(counter):
    counter.commands.take(
        "a.json", (Draft({"rx_number": "1"}, "own"), Draft({"rx_number": "2"}, "own"))
    )
    counter.entry.verticalScrollBar().setValue(300)
    counter._go_to_case(1)
    assert counter.entry.verticalScrollBar().value() == 0


@pytest.mark.parametrize("text", ["1961-12-03", "12/3/1961", "3-Dec-1961", "03 December 1961"])
def test_a_typed_date_is_said_in_words(counter, text):
    type_in(counter, "patient.born", text)
    born = counter.entry.cells["patient.born"]
    assert born.echo.text() == "03-Dec-1961"
    assert born.echo.isVisible()
    assert "03-Dec-1961 (64)" in counter.banner.facts.text()
    QTest.keyClick(born.editor, Qt.Key.Key_Backspace)
    QTest.keyClick(born.editor, Qt.Key.Key_Backspace)
    QTest.keyClick(born.editor, Qt.Key.Key_Backspace)
    assert not born.echo.isVisible()


def test_every_date_of_the_form_has_its_words():
    fields = {field.path for section in SECTIONS for field in section.fields}
    assert fields >= DATES


def test_each_ingredient_begins_a_line(counter):
    cells = counter.entry.cells
    for stem in ("compound.ingredients.1.part", "lots.0.components.1.name"):
        before = cells[stem.replace(".1.", ".0.")]
        assert cells[stem].x() == before.x()
        assert cells[stem].y() > before.y()


def test_vials_typed_on_one_line_are_fields_of_their_own(counter):
    type_in(counter, "fill.vials", "90 of 26-118, 90 of 26-119")
    assert counter.case.draft.written == {
        "fill.vials.0.quantity": "90",
        "fill.vials.0.lots.0": "26-118",
        "fill.vials.1.quantity": "90",
        "fill.vials.1.lots.0": "26-119",
    }
    counter.case.leave()
    type_in(counter, "fill.vials", ", ")
    counter.reshow()
    line = counter.entry.cells["fill.vials"].editor
    assert line.text() == "90 of 26-118, 90 of 26-119, "  # it means the same: it stays as written
    assert counter.entry.kept.isHidden()


def test_vials_of_a_file_are_shown_as_they_are_typed(counter):
    fields = {
        "compound.form": "capsule",
        "fill.vials.0.quantity": "14",
        "fill.vials.1.quantity": "30",
        "fill.vials.1.strength.value": "4.5",
        "fill.vials.1.strength.unit": "mg",
        "fill.vials.1.strength.basis": "per unit",
    }
    counter.commands.take("a.json", (Draft(fields, "own"),))
    line = counter.entry.cells["fill.vials"].editor
    assert line.text() == "14, 30 x 4.5 mg"
    counter.new()
    assert line.text() == ""


def test_undoing_what_was_typed_of_vials_gives_the_line_back(counter):
    type_in(counter, "fill.vials", "90, 90")
    counter.case.leave()
    type_in(counter, "fill.vials", " of A")
    counter._undo()
    assert counter.entry.cells["fill.vials"].editor.text() == "90, 90"
    counter._undo()
    assert counter.case.draft.written == {}
    assert counter.entry.cells["fill.vials"].editor.text() == ""


def test_a_line_of_vials_never_stays_for_the_next_patient(counter):
    line = counter.entry.cells["fill.vials"].editor
    type_in(counter, "fill.vials", " , ")  # it names no vial, and so means what an empty line does
    counter.new()
    assert line.text() == ""
    type_in(counter, "fill.vials", "90,90 ;")
    same = {"fill.vials.0.quantity": "90", "fill.vials.1.quantity": "90"}
    counter.commands.take("a.json", (Draft(same, "own"),))
    assert line.text() == "90, 90"


def test_a_finding_about_one_vial_marks_the_line_and_goes_there(counter, standin, settle):
    type_in(counter, "fill.vials", "90, x")
    counter.entry.cells["written"].editor.setFocus()
    standin.missing = "fill.vials.1.quantity"
    counter._changed()
    settle()
    line = counter.entry.cells["fill.vials"].editor
    assert line.accessibleDescription().startswith("STOP")
    counter.entry.go_to("fill.vials.1.quantity")
    assert line.hasFocus()
