"""How the window looks: names for those who cannot see it, contrast for those who hardly can."""

from __future__ import annotations

import ast
import re
import tomllib

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QScrollBar,
    QWidget,
)

from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.fields import SECTIONS
from labelapp.gui.inputs import Tick
from labelapp.gui.menu import _MENUS
from labelapp.gui.office import lotform, patient
from labelapp.gui.office.setup import STEPS
from labelapp.gui.pages import KEYS, KeysPage
from labelapp.gui.picture import Zoom, image_of, scaled
from labelapp.gui.ring import FocusRing
from labelapp.gui.theme import CONTRAST, DARK, LIGHT, SIZES, Look, palette
from labelapp.rx.fill import Answer
from labelapp.rx.finding import Settler
from labelapp.rx.paper import Paper
from labelapp.rx.people import Role
from tests.gui.standin import ROOT, page, words

COLOURS = {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST}
READY = {"patient.family": "Doe", "sig": "1 cap od zz", "safety.opioid": "yes", "rx_number": "7"}


def contrast(one: QColor, other: QColor) -> float:
    """Give the contrast of two colours (WCAG 2.2, relative luminance)."""
    lights = sorted((_light(one), _light(other)), reverse=True)
    return (lights[0] + 0.05) / (lights[1] + 0.05)


def _light(colour: QColor) -> float:
    parts = [colour.redF(), colour.greenF(), colour.blueF()]
    parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def colours_in(image: QImage, area: QRect) -> set[str]:
    ratio = image.devicePixelRatio()
    return {
        image.pixelColor(round(x * ratio), round(y * ratio)).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


def focusable(window: QWidget) -> list[QWidget]:
    return [
        each
        for each in window.findChildren(QWidget)
        if each.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(each, QScrollBar)
        and each.window() is window  # a list that drops down is a window of its own
    ]


@pytest.fixture
def full(window, counter, settle):
    counter.case.fill_in("", READY)
    counter.reshow()
    settle()
    return window


def test_everything_that_takes_the_focus_has_a_name(full):
    unnamed = [
        each
        for each in focusable(full)
        if not QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
    ]
    assert unnamed == []
    assert len(focusable(full)) > 60


def test_the_tab_key_goes_down_the_form_as_the_eye_does(full, counter):
    cells = [each for each in counter.entry.cells.values() if each.isVisible()]
    seen = [each.mapTo(counter.entry.widget(), QPoint(0, 0)) for each in cells]
    order = [(each.y(), each.x()) for each in seen]
    assert order == sorted(order)
    counter.entry.cells["patient.family"].editor.setFocus()
    QTest.keyClick(counter.entry.cells["patient.family"].editor, Qt.Key.Key_Tab)
    assert counter.entry.cells["patient.given"].editor.hasFocus()


@pytest.mark.parametrize("look", COLOURS)
def test_words_stand_out_from_their_ground(look):
    made = palette(COLOURS[look])
    role, group = QPalette.ColorRole, QPalette.ColorGroup
    pairs = [
        (role.WindowText, role.Window), (role.Text, role.Base), (role.ButtonText, role.Button),
        (role.PlaceholderText, role.Base), (role.HighlightedText, role.Highlight),
        (role.Text, role.AlternateBase), (role.ToolTipText, role.ToolTipBase),
    ]  # fmt: skip
    for state in (group.Active, group.Inactive, group.Disabled):
        low = [
            (state, ink, ground)
            for ink, ground in pairs
            if contrast(made.color(state, ink), made.color(state, ground)) < 4.5
        ]
        assert low == []
    for name in ("stop", "ask", "note", "good", "quiet"):
        ink = QColor(getattr(COLOURS[look], name))
        for ground in (COLOURS[look].base, COLOURS[look].window):
            assert contrast(ink, QColor(ground)) >= 4.5, name
    for name in ("focus", "edge"):
        for ground in (COLOURS[look].base, COLOURS[look].window):
            assert contrast(QColor(getattr(COLOURS[look], name)), QColor(ground)) >= 3, name


@pytest.mark.parametrize("look", COLOURS)
def test_the_focus_is_a_ring_two_pixels_wide_on_the_picture(full, counter, look):
    full.wear(look, 100)
    editor = counter.entry.cells["patient.given"].editor
    editor.setFocus()
    QApplication.sendPostedEvents()
    image = full.grab().toImage()
    spot = editor.mapTo(full, QPoint(0, editor.height() // 2))
    ring = QColor(COLOURS[look].focus)
    line = [image.pixelColor(spot.x() - x, spot.y()) for x in range(1, 6)]
    assert sum(each == ring for each in line) >= 2
    assert contrast(ring, image.pixelColor(spot.x() - 6, spot.y())) >= 3


def test_the_ring_is_whole_around_what_stands_at_the_edge_of_its_room(full, counter):
    full.wear(Look.LIGHT, 100)
    choosers = counter.preview.choosers
    for each in (choosers.paper, choosers.dpi, choosers.language):
        each.setFocus()
        QApplication.sendPostedEvents()
        image = full.grab().toImage()
        area = QRect(each.mapTo(full, QPoint(0, 0)), each.size())
        middle = area.center()
        ring = QColor(COLOURS[Look.LIGHT].focus)
        beside = (
            QPoint(area.left() - 1, middle.y()), QPoint(area.right() + 2, middle.y()),
            QPoint(middle.x(), area.top() - 1), QPoint(middle.x(), area.bottom() + 2),
        )  # fmt: skip
        assert [image.pixelColor(spot) for spot in beside] == [ring] * 4


def test_the_ring_comes_along_with_what_tab_scrolls_into_sight(full, counter):
    full.wear(Look.LIGHT, 100)
    counter.entry.cells["patient.family"].editor.setFocus()
    for _ in range(40):
        QTest.keyClick(full.focusWidget(), Qt.Key.Key_Tab)
        QApplication.sendPostedEvents()
        ring, editor = full.findChild(FocusRing), full.focusWidget()
        assert ring.widget() is editor
        assert ring.isVisible(), editor.accessibleName()
        assert ring.mapTo(full, ring.rect().center()) == editor.mapTo(full, editor.rect().center())


@pytest.mark.parametrize("look", COLOURS)
def test_a_word_on_the_picture_has_the_ink_of_its_look(full, look):
    full.wear(look, 100)
    title = next(e for e in full.findChildren(QLabel) if e.text() == words("gui.section.patient"))
    image = full.grab().toImage()
    area = QRect(title.mapTo(full, QPoint(0, 0)), title.size())
    seen = [QColor(each) for each in colours_in(image, area)]
    ground = QColor(COLOURS[look].window)
    assert max(contrast(each, ground) for each in seen) >= 4.5


@pytest.mark.parametrize("size", [100, SIZES[-1]])
def test_nothing_is_clipped_at_any_text_size(full, counter, size, tmp_path):
    full.wear(Look.LIGHT, size)
    QApplication.sendPostedEvents()
    for _ in range(3):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    kinds = QLabel | QLineEdit | QComboBox | QAbstractButton
    clipped = [
        (each.accessibleName(), each.size())
        for each in full.findChildren(QWidget)
        if each.isVisible() and isinstance(each, kinds)
        if each.height() < each.fontMetrics().height()
        if not isinstance(each, QCheckBox)  # its words stand beside it and take the click too
    ]
    assert clipped == []
    captions = [c for c in counter.entry.cells.values() if c.caption.isVisible()]
    cut = [
        (c.path, c.caption.fontMetrics().horizontalAdvance(c.caption.text()), c.caption.width())
        for c in captions
        if not c.caption.wordWrap()
        and c.caption.contentsRect().width()
        < c.caption.fontMetrics().horizontalAdvance(c.caption.text())
    ]
    assert cut == []
    buttons = [
        each.text()
        for each in full.findChildren(QAbstractButton)
        if each.isVisible() and each.text() and each.width() < each.minimumSizeHint().width()
    ]
    assert buttons == []


def test_the_findings_come_to_sight_by_their_key_at_the_largest_text(full, counter, qtbot):
    full.wear(Look.LIGHT, SIZES[-1])
    full.resize(1280, 680)
    QTest.keyClick(full, Qt.Key.Key_F8)
    qtbot.wait(50)
    full.frame.menu.actions["findings"].trigger()
    qtbot.wait(50)
    findings = counter.findings
    assert findings.hasFocus()
    assert findings.visibleRegion().boundingRect().height() >= 2 * findings.fontMetrics().height()


def test_a_box_to_tick_stands_in_the_middle_of_its_line(full, counter):
    full.wear(Look.LIGHT, SIZES[-1])
    choosers = counter.preview.choosers
    assert choosers.colour.sizeHint().height() == choosers.paper.sizeHint().height()
    tick = Tick("All of it agrees", full)
    tick.show()
    tick.resize(600, 80)
    QApplication.sendPostedEvents()
    line = tick.words.geometry().top() + tick.words.fontMetrics().height() // 2
    assert tick.words.alignment() & Qt.AlignmentFlag.AlignTop
    assert abs(tick.box.geometry().center().y() - line) <= 1


def test_the_page_of_keys_is_as_wide_as_its_text_needs(full):
    full.wear(Look.LIGHT, SIZES[-1])
    full.frame.menu.actions["keys"].trigger()
    (page,) = full.findChildren(KeysPage)
    (area,) = page.findChildren(QScrollArea)
    QApplication.sendPostedEvents()
    assert area.widget().width() <= area.viewport().width()
    page.close()


def test_the_largest_text_fits_a_small_screen_and_shows_the_answer(full, counter, qtbot):
    full.wear(Look.LIGHT, SIZES[-1])
    QTest.keyClick(full, Qt.Key.Key_F6)
    counter.findings.choose(1)

    def in_view():
        assert full.height() <= 768
        assert full.minimumSizeHint().height() <= 700
        assert full.minimumSizeHint().width() <= 1366
        record = counter.answer.record
        assert record.visibleRegion().boundingRect() == record.rect()

    qtbot.waitUntil(in_view)


@pytest.mark.parametrize("size", SIZES)
def test_no_field_lies_over_another(full, qtbot, size):
    full.wear(Look.LIGHT, size)

    def nothing_overlaps():
        assert overlapping(full) == []

    qtbot.waitUntil(nothing_overlaps)  # a change of size goes through several rounds of layout


def overlapping(window: QWidget) -> list[object]:
    kinds = QLineEdit | QComboBox | QAbstractButton | QLabel
    seen = [
        (each, QRect(each.mapTo(window, QPoint(0, 0)), each.size()))
        for each in window.findChildren(QWidget)
        if each.isVisible() and isinstance(each, kinds) and each.window() is window
    ]
    return [
        (said(one), area, said(other), its_area)
        for place, (one, area) in enumerate(seen)
        for other, its_area in seen[:place]
        if area.intersects(its_area)
        and not (one.isAncestorOf(other) or other.isAncestorOf(one))
        and _pane(one) is _pane(other)
    ]


def said(widget: QWidget) -> str:
    """Give what a widget shows or is called."""
    text = widget.property("text")
    return f"{widget.accessibleName()} {text or ''}".strip()


def _pane(widget: QWidget) -> QWidget | None:
    """Give the part of the window a widget scrolls or stays with."""
    above = widget.parentWidget()
    while above and not isinstance(above.parentWidget(), QScrollArea | QMainWindow | None):
        above = above.parentWidget()
    return above


def test_the_text_grows_and_shrinks_by_key_and_is_kept(full, qapp):
    points = qapp.font().pointSizeF()
    QTest.keyClick(full, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert qapp.font().pointSizeF() == pytest.approx(points * 1.25)
    assert full.settings.text_size == 125
    QTest.keyClick(full, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert qapp.font().pointSizeF() == pytest.approx(points)


def test_the_label_is_black_on_white_in_every_look(full, counter):
    full.wear(Look.DARK, 100)
    image = counter.preview.picture.grab().toImage()
    picture = counter.preview.picture
    area = picture._area().toRect()
    seen = {
        image.pixelColor(area.left() + 30, y).lightness() for y in range(area.top(), area.bottom())
    }
    assert min(seen) < 60
    assert max(seen) == 255


def test_true_size_is_the_size_in_the_hand(full, counter):
    picture = counter.preview.picture
    counter.preview.zoom.setCurrentIndex(counter.preview.zoom.findData(Zoom.TRUE.value))
    inches = picture._area().width() / picture.logicalDpiX()
    assert inches == pytest.approx(812 / 203, abs=0.02)


def test_dots_are_exact_when_scaled_by_a_whole_number():
    shown = page(16, 8)
    image = image_of(shown)
    double = scaled(image, image.size() * 2)
    for x in range(32):
        for y in range(16):
            assert double.pixelColor(x, y) == image.pixelColor(x // 2, y // 2)
    assert image.pixelColor(0, 0) == QColor("black")
    assert image.pixelColor(0, 7) == QColor("white")


def test_the_chooser_of_printers_has_names_too(full, counter, settle):
    counter.case.fill_in("", {"sig": "1 cap", "safety.opioid": "no"})
    counter.reshow()
    settle()
    QTest.keyClick(full, Qt.Key.Key_F9)
    chooser = full.findChild(PrinterChooser)
    names = [
        QAccessible.queryAccessibleInterface(e).text(QAccessible.Text.Name)
        for e in focusable(chooser)
    ]
    assert all(names)
    assert len(names) == 3
    chooser.reject()


# ---------------------------------------------------------------- words


def rows(language: str) -> dict[str, dict[str, str]]:
    said: dict[str, dict[str, str]] = {}
    for file in sorted((ROOT / f"resources/screen/{language}").glob("*.toml")):
        said |= tomllib.loads(file.read_text("utf-8"))
    return {key: row for key, row in said.items() if key.startswith("gui.")}


def used_keys() -> set[str]:
    found = set()
    for module in (ROOT / "labelapp/gui").rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"gui\.[a-z.-]*[a-z]", text):
                found.add(text)
    found |= {f"gui.setup.step.{each}" for each in STEPS}
    found |= {f"gui.backup.{each}" for each in ("days", "hours", "minutes")}
    fields = [field for section in SECTIONS for field in section.fields]
    fields += [*lotform.FIELDS, *patient.FIELDS.values()]
    found |= {f"gui.field.{field.path}" for field in fields}
    found |= {f"gui.choice.{each}" for field in fields for each in field.choices}
    found |= {f"gui.answer-key.{each.value}" for each in Answer}
    found |= {f"gui.settler.{each.value}" for each in Settler}
    found |= {f"gui.section.{section.key}" for section in SECTIONS}
    found |= {f"gui.more.{section.key}" for section in SECTIONS if section.repeats}
    found |= {f"gui.menu.{name}" for name, _ in _MENUS}
    found |= {f"gui.action.{key}" for _, entries in _MENUS for key, _ in entries if key}
    found |= {f"gui.key.{what}" for _, what in KEYS}
    found |= {f"gui.preview.paper.{each}" for each in Paper}
    found |= {f"gui.zoom.{each}" for each in Zoom} | {f"gui.look.{each}" for each in Look}
    return found | {f"gui.role.{each.value}" for each in Role}


def test_every_word_used_has_a_row_and_every_row_is_used():
    assert used_keys() == set(rows("en"))


def test_spanish_says_the_same_things_with_the_same_values():
    english, spanish = rows("en"), rows("es")
    assert list(english) == list(spanish)
    gaps = re.compile(r"\{[a-z]+\}")
    assert [
        key
        for key, row in english.items()
        if sorted(gaps.findall(row["says"])) != sorted(gaps.findall(spanish[key]["says"]))
    ] == []
