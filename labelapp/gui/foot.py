"""The foot of the window: how far the prescription is, the last word, and the two ways to paper."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from labelapp.gui.bars import Steps
from labelapp.gui.parts import GAP, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class Foot(QFrame):
    """Says what happened, on the screen and to a screen reader."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.steps = Steps(theme, words, self)
        self.said = label(words("gui.loading"), wrap=True)
        self.said.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.save = QPushButton(words("gui.foot.save"), self)
        self.print = QPushButton(words("gui.foot.print"), self)
        for each in (self.save, self.print):
            each.setEnabled(False)
            each.setAutoDefault(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.steps)
        row.addSpacing(GAP)
        row.addWidget(self.said, 1)
        row.addWidget(self.save)
        row.addWidget(self.print)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line that parts the foot from the form."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.colours.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def say(self, text: str, *, aloud: bool = False) -> None:
        """Show a sentence; `aloud` also announces it."""
        if self.said.text() != text:
            self.said.setText(text)
        if aloud and text:
            event = QAccessibleAnnouncementEvent(self.said, text)
            QAccessible.updateAccessibility(event)
