"""A page in place of everything: a heading, what is asked, what went wrong; no patient's data."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from labelapp.gui.foot import Alarm
from labelapp.gui.parts import GAP, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme

WIDE = 72
"""Letters a line of such a page has room for."""


class Cover(QScrollArea):
    """Stands over the whole window until somebody has done what it asks."""

    escaped = Signal()
    """Esc was pressed; only a page one may leave hears it."""

    def __init__(self, theme: Theme, words: Words, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.words = words
        self.first: QWidget | None = None
        """Where the focus goes."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(title)
        self.title = heading(title)
        font = self.title.font()
        font.setPointSizeF(font.pointSizeF() * 1.5)
        self.title.setFont(font)
        self.title.setWordWrap(True)
        self._inner = QWidget(self)
        self._inner.setFixedWidth(min(WIDE * self.fontMetrics().averageCharWidth() + 8 * GAP, 900))
        self.column = QVBoxLayout(self._inner)
        self.column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        self.column.setSpacing(GAP)
        self.alarm = Alarm(theme, words("gui.trouble"), self._inner)
        self.said = label(wrap=True)
        self.column.addWidget(self.title)
        outer = QWidget(self)
        around = QGridLayout(outer)
        around.addWidget(self._inner, 1, 1)
        for place in (0, 2):
            around.setColumnStretch(place, 1)
        around.setRowStretch(0, 2)
        around.setRowStretch(2, 3)
        self.setWidget(outer)

    def add_text(self, text: str) -> QLabel:
        """Add a sentence."""
        made = label(text, wrap=True)
        self.column.addWidget(made)
        return made

    def add_field(self, caption: str, field: QWidget) -> None:
        """Add a field under its caption, which is its accessible name too."""
        over = label(caption)
        over.setBuddy(field)
        field.setAccessibleName(caption)
        self.column.addWidget(over)
        self.column.addWidget(field)

    def add_message(self) -> None:
        """Add the place where it is said what went wrong."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        row.addWidget(self.alarm, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.said, 1)
        self.said.setMinimumHeight(2 * self.said.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.column.addLayout(row)

    def add_buttons(self, *names: str) -> tuple[QPushButton, ...]:
        """Add buttons in a row, the last one the one that goes on."""
        row = QHBoxLayout()
        row.setSpacing(GAP)
        made = tuple(QPushButton(name, self._inner) for name in names)
        row.addStretch(1)
        for each in made:
            each.setAutoDefault(True)
            row.addWidget(each)
        self.column.addLayout(row)
        return made

    def add_ways(self, *names: str) -> tuple[QPushButton, ...]:
        """Add buttons one under another: ways on, of which each says in words where it leads."""
        made = tuple(QPushButton(name, self._inner) for name in names)
        for each in made:
            each.setAutoDefault(True)
            self.column.addWidget(each)
        return made

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Say what went wrong, or what is under way; also to a screen reader."""
        self.alarm.setVisible(trouble)
        colours = self._theme.colours
        dressed = self.palette()
        ink = colours.stop if trouble else colours.text
        dressed.setColor(dressed.ColorRole.WindowText, QColor(ink))
        self.said.setPalette(dressed)
        self.said.setText(text)
        if text:
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.said, text))

    def take_focus(self) -> None:
        """Put the keyboard where the page begins."""
        if self.first is not None:
            self.first.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin where the page begins."""
        super().showEvent(event)
        self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave by Esc where that is offered; let no key through to what is behind."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
        event.accept()
