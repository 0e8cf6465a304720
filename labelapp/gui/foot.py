"""The foot of the window: how far the prescription is, the last word, and the two ways to paper."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

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
        self.backup = label()
        self.backup.setAccessibleName(words("gui.backup"))
        self.backup.hide()
        self._is_backup_old = False
        self.save = QPushButton(words("gui.foot.save"), self)
        self.print = QPushButton(words("gui.foot.print"), self)
        for each in (self.save, self.print):
            each.setEnabled(False)
            each.setAutoDefault(False)
        self._sentence = QWidget(self)
        row = QHBoxLayout(self._sentence)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(self.alarm)
        row.addWidget(self.said, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        self._grid.setHorizontalSpacing(GAP)
        self._grid.setVerticalSpacing(GAP // 2)
        self._grid.setColumnStretch(1, 1)
        self._grid.addWidget(self.steps, 1, 0)
        self._grid.addWidget(self.backup, 1, 2)
        self._grid.addWidget(self.save, 1, 3)
        self._grid.addWidget(self.print, 1, 4)
        self._is_above = False
        self._grid.addWidget(self._sentence, 1, 1)
        self._turn()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the line that parts the foot from the form."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QColor(self._theme.colours.line))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the sentence above the steps when it has no room beside them."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the colour of trouble when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()
        if event.type() == QEvent.Type.FontChange:
            self._turn()

    def say(self, text: str, *, aloud: bool = False, trouble: bool = False) -> None:
        """Show a sentence; `aloud` also announces it, `trouble` marks it by sign, word, colour."""
        self.alarm.setVisible(trouble)
        self._colour()
        if self.said.text() != text:
            self.said.setText(text)
        self._turn()
        if aloud and text:
            event = QAccessibleAnnouncementEvent(self.said, text)
            QAccessible.updateAccessibility(event)

    def show_backup(self, text: str, *, is_old: bool) -> None:
        """Say how old the newest backup is; in the colour of STOP when it is too old."""
        self._is_backup_old = is_old
        self.backup.setText(text)
        self.backup.setAccessibleDescription(text)
        self.backup.setVisible(bool(text))
        self._colour()
        self._turn()

    def _turn(self) -> None:
        """Set the sentence beside the steps, or above them where that takes fewer lines."""
        alarm = 0 if self.alarm.isHidden() else self.alarm.sizeHint().width() + GAP
        backup = () if self.backup.isHidden() else (self.backup,)
        others = (self.steps, *backup, self.save, self.print)
        taken = alarm + sum(each.sizeHint().width() + GAP for each in others) + 6 * GAP
        words = self.said.fontMetrics().horizontalAdvance(self.said.text())
        above = words > 2 * (self.width() - taken)  # two lines beside are as low as one above
        if above != self._is_above:
            self._is_above = above
            self._grid.addWidget(self._sentence, *((0, 0, 1, 5) if above else (1, 1, 1, 1)))

    def _colour(self) -> None:
        colours = self._theme.colours
        dressed = self.palette()
        ink = colours.text if self.alarm.isHidden() else colours.stop
        dressed.setColor(dressed.ColorRole.WindowText, QColor(ink))
        if self.said.palette() != dressed:
            self.said.setPalette(dressed)
        aged = self.palette()
        ink = colours.stop if self._is_backup_old else colours.quiet
        aged.setColor(aged.ColorRole.WindowText, QColor(ink))
        if self.backup.palette() != aged:
            self.backup.setPalette(aged)


def why_not(shown: Shown | None, words: Words) -> str:
    """Say why nothing can be printed yet; nothing when it can."""
    if shown is None:
        return words("gui.why.looking")
    if shown.may_print:
        return ""
    stops = [e for e in shown.open_findings if e.finding.severity is Severity.STOP]
    key = "gui.why.stop" if stops else "gui.why.ask" if shown.open_findings else "gui.why.label"
    return words(key, many=str(len(stops or shown.open_findings)))
