"""A page of several steps: one question after another, back and on, what went wrong below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from labelapp.gui.office.size import size
from labelapp.gui.parts import GAP, heading, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class Step(QScrollArea):
    """One step: a heading, sentences, fields under their captions."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.first: QWidget | None = None
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        inner = QWidget(self)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(2, 2, 2, 2)
        self._column.setSpacing(GAP)
        self._column.addWidget(heading(title))
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnStretch(1, 1)
        self._column.addLayout(self._grid)
        self._column.addStretch(1)
        self.setWidget(inner)

    def add_text(self, text: str) -> QLabel:
        """Add a sentence."""
        made = label(text, wrap=True)
        self.add_wide(made)
        return made

    def add_field(self, caption: str, field: QWidget) -> None:
        """Add a field beside its caption, which is its accessible name too."""
        beside = label(caption)
        beside.setBuddy(field)
        field.setAccessibleName(caption)
        row = self._grid.rowCount()
        self._grid.addWidget(beside, row, 0)
        self._grid.addWidget(field, row, 1)
        self.first = self.first or field

    def add_wide(self, field: QWidget) -> None:
        """Add what takes the whole width."""
        self._grid.addWidget(field, self._grid.rowCount(), 0, 1, 2)
        if field.focusPolicy() != Qt.FocusPolicy.NoFocus:
            self.first = self.first or field


class SteppedPage(QDialog):
    """Goes from step to step. A subclass says in `go_on` what the button does at each step."""

    def __init__(self, theme: Theme, words: Words, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = words
        self.setWindowTitle(title)
        self.stack = QStackedWidget(self)
        self.said = label(wrap=True)
        # made first, so that Tab comes to it before it comes to the way out
        self.next = QPushButton(words("gui.steps.next"), self)
        self.next.setDefault(True)
        self.back = QPushButton(words("gui.steps.back"), self)
        self.cancel = QPushButton(words("gui.cancel"), self)
        self._at: QWidget | None = None
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.cancel)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.next)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.stack, 1)
        column.addWidget(self.said)
        column.addLayout(row)
        self.cancel.clicked.connect(self.reject)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self.go_on)
        size(self, theme, 640, 480)
        FocusRing(theme, self)

    @property
    def place(self) -> int:
        """Which step is shown, counted from 0."""
        return self.stack.currentIndex()

    def show_step(self, place: int) -> None:
        """Show a step and put the keyboard where it begins."""
        self.set_busy(busy=False)
        self.stack.setCurrentIndex(place)
        self.say("")
        self.back.setEnabled(place > 0)
        is_last = place == self.stack.count() - 1
        self.next.setText(self.words("gui.steps.finish" if is_last else "gui.steps.next"))
        step = self.stack.currentWidget()
        first = step.first if isinstance(step, Step) else None
        (first or self.next).setFocus()

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Say what went wrong or is under way."""
        colours = self._theme.colours
        dressed = self.palette()
        ink = colours.stop if trouble else colours.text
        dressed.setColor(dressed.ColorRole.WindowText, QColor(ink))
        self.said.setPalette(dressed)
        lead = f"{self.words('gui.trouble')}: " if trouble else ""
        self.said.setText(lead + text)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, lead + text))

    def set_busy(self, *, busy: bool) -> None:
        """Let nobody go on while something is under way."""
        if busy:
            self._at = self.focusWidget()
        for each in (self.stack, self.back, self.next):
            each.setEnabled(not busy)
        if not busy and self._at is not None:
            self._at.setFocus()  # a widget that was disabled has lost the keyboard
            self._at = None

    def go_back(self) -> None:
        """Go a step back."""
        self.show_step(max(0, self.place - 1))

    def go_on(self) -> None:
        """Go on from the step that is shown."""
        raise NotImplementedError
