"""The scans of the final check: the label, then each lot; and the hard stop when one is another's."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QColor,
    QFont,
    QPainter,
    QPaintEvent,
    QPalette,
)
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownFill
from labelapp.gui.office.fitted import named
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.page import button
from labelapp.gui.office.said import Sign
from labelapp.gui.parts import GAP, Line, breakable, label
from labelapp.gui.settings import Words
from labelapp.gui.signs import sign
from labelapp.gui.theme import Theme
from labelapp.rx.finding import Severity


class Scans(QWidget):
    """One field for the scanner: first each label, then every lot, each ticked when it was seen.

    One label will do, unless the fill is in several containers: then each has its own.
    """

    scanned = Signal(str, str)
    """What is scanned: label or lot; and what the scanner sent."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._signs: list[Sign] = []
        self._wanted: tuple[str, ...] = ()
        self._each: tuple[str, ...] = ()
        self.labels: list[str] = []
        self.lots: dict[str, str] = {}
        """The number of each lot that was scanned, and what the scanner sent of it."""
        self.line = Line(self)
        self.line.setMaxLength(200)
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(named(words("records.scan"), self.line, self))
        column.addLayout(self._list)
        self.line.returnPressed.connect(self._tell)

    def begin(self, fill: ShownFill) -> None:
        """Wait for the label and the lots of a fill."""
        self.labels, self.lots = [], {}
        self._each, self._wanted = fill.to_scan, fill.lots
        for each in self._signs:
            each.setParent(None)
            each.deleteLater()
        count = max(1, len(fill.to_scan)) + len(fill.lots)
        self._signs = [Sign(self._theme, self) for _ in range(count)]
        for each in self._signs:
            self._list.addWidget(each)
        self.line.clear()
        self._say()

    def take(self, what: str, text: str, lot: str) -> None:
        """Take a scan that is right: that of a label, or that of the `lot` of this number."""
        if what == "label":
            self.labels.append(text)
        else:
            self.lots[lot] = text
        self._say()

    @property
    def is_whole(self) -> bool:
        """True once the label, or each of several, and every lot were scanned."""
        return self._labels_are_whole and set(self.lots) == set(self._wanted)

    @property
    def _labels_are_whole(self) -> bool:
        return bool(self.labels) and set(self._each) <= set(self.labels)

    def _tell(self) -> None:
        text = self.line.text().strip()
        self.line.clear()
        if text:
            self.scanned.emit("lot" if self._labels_are_whole else "label", text)

    def _say(self) -> None:
        seen = [each in self.labels for each in self._each] or [bool(self.labels)]
        seen += [each in self.lots for each in self._wanted]
        names = [self._words("records.scan.label-of", serial=each) for each in self._each]
        names = names or [self._words("records.scan.label")]
        names += [self._words("records.scan.lot", lot=each) for each in self._wanted]
        for shown, name, is_seen in zip(self._signs, names, seen, strict=True):
            state = self._words("records.scan.seen" if is_seen else "records.scan.not-seen")
            shown.show_mark(Mark.GOOD if is_seen else Mark.WAITS, f"{name}: {state}")


class HardStop(QFrame):
    """Nothing else is on the page while it stands: what was scanned is not of this fill.

    Only the space bar goes on, which no scanner sends at the end of what it read.
    """

    again = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.word = label(words("records.stop"))
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 2)
        self.word.setFont(font)
        self.said, self.way = label(wrap=True), label(wrap=True)
        larger = QFont(self.font())
        larger.setPointSizeF(larger.pointSizeF() * 1.3)
        self.said.setFont(larger)
        self.go = button(words("records.stop.again"), self, self.again.emit, by_enter=False)
        column = QVBoxLayout(self)
        side = 4 * GAP + 2 * self.word.fontMetrics().height()
        column.setContentsMargins(side, 4 * GAP, 4 * GAP, 4 * GAP)
        column.setSpacing(2 * GAP)
        column.addStretch(1)
        for each in (self.word, self.said, self.way):
            column.addWidget(each)
        column.addWidget(self.go, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(2)

    def say(self, said: str, way: str) -> None:
        """Say what is wrong and what to do with it."""
        self.said.setText(breakable(said))
        self.way.setText(breakable(way))
        whole = f"{self.word.text()}: {said} {way}"
        self.setAccessibleName(whole)
        self.go.setAccessibleDescription(whole)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, whole))
        colours = self._theme.colours
        ink = QPalette(self.palette())
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text):
            ink.setColor(role, QColor(colours.base))
        for each in (self.word, self.said, self.way):
            each.setPalette(ink)
        self.go.setFocus()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and the sign of STOP."""
        colours = self._theme.colours
        side = 2 * self.word.fontMetrics().height() - GAP
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.stop))
        top = max(2 * GAP, self.word.y() + self.word.height() // 2 - side // 2)
        box = QRect(2 * GAP, top, side, side)
        sign(painter, box, Severity.STOP, QColor(colours.base))
        painter.end()
