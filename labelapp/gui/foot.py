"""The foot of the window: how far the prescription is, the last word, and the two ways to paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from labelapp.dispensing.shown import Shown
from labelapp.gui.bars import Steps
from labelapp.gui.parts import GAP, label
from labelapp.gui.settings import Words
from labelapp.gui.signs import sign
from labelapp.gui.theme import Theme
from labelapp.rx.finding import Severity


class Alarm(QWidget):
    """The sign and word before a sentence that tells of trouble, in the colour of STOP."""

    def __init__(self, theme: Theme, word: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._word = word
        self.setAccessibleName(word)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        """Give room to sign and word."""
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(self._word) * 5 // 4 + metrics.height() + GAP
        return QSize(width, metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sign and the word."""
        colour, side = QColor(self._theme.colours.stop), self.fontMetrics().height() - 2
        painter = QPainter(self)
        sign(painter, QRect(0, 1, side, side), Severity.STOP, colour)
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colour)
        painter.drawText(self.rect().adjusted(side + GAP // 2, 0, 0, 0), 0, self._word)
        painter.end()


class Foot(QFrame):
    """Says what happened, on the screen and to a screen reader."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.steps = Steps(theme, words, self)
        self.alarm = Alarm(theme, words("gui.trouble"), self)
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
        row.addWidget(self.alarm)
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

    def changeEvent(self, event: QEvent) -> None:
        """Keep the colour of trouble when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def say(self, text: str, *, aloud: bool = False, trouble: bool = False) -> None:
        """Show a sentence; `aloud` also announces it, `trouble` marks it by sign, word, colour."""
        self.alarm.setVisible(trouble)
        self._colour()
        if self.said.text() != text:
            self.said.setText(text)
        if aloud and text:
            event = QAccessibleAnnouncementEvent(self.said, text)
            QAccessible.updateAccessibility(event)

    def _colour(self) -> None:
        colours = self._theme.colours
        dressed = self.palette()
        ink = colours.text if self.alarm.isHidden() else colours.stop
        dressed.setColor(dressed.ColorRole.WindowText, QColor(ink))
        if self.said.palette() != dressed:
            self.said.setPalette(dressed)


def why_not(shown: Shown | None, words: Words) -> str:
    """Say why nothing can be printed yet; nothing when it can."""
    if shown is None:
        return words("gui.why.looking")
    if shown.may_print:
        return ""
    stops = [e for e in shown.open_findings if e.finding.severity is Severity.STOP]
    key = "gui.why.stop" if stops else "gui.why.ask" if shown.open_findings else "gui.why.label"
    return words(key, many=str(len(stops or shown.open_findings)))
