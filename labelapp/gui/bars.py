"""The strips around the form: command field, queue, whose prescription it is, how far it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from labelapp.gui.case import Case, patient_of
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.draft import Draft
from labelapp.rx.people import staff_date

SHOWN_AT_MOST = 120
"""Characters of a name in a strip; the form has all of it."""

_TICK = (QPointF(0.28, 0.52), QPointF(0.45, 0.69), QPointF(0.74, 0.34))
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CommandBar(QFrame):
    """The field a scan or a command goes into, and in which state the program is."""

    commanded = Signal(str)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.field = Line(self)
        self.field.setPlaceholderText(words("gui.command.hint"))
        self.field.setAccessibleName(words("gui.command"))
        self.field.setClearButtonEnabled(False)
        self.field.returnPressed.connect(self._tell)
        self.state = Badge(words("gui.training"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        row.setSpacing(2 * GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self.state)

    def _tell(self) -> None:
        self.commanded.emit(self.field.text().strip())


class Badge(QWidget):
    """A word in a frame that cannot be overlooked."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Give room to the word."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 4 * GAP, metrics.height() + GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word dark on its ground, and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#5c3a00"), 2))
        painter.setBrush(QColor("#ffd985"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor("#2b1b00"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class QueueStrip(QFrame):
    """The prescriptions that were opened, to step through; hidden while there is only one."""

    picked = Signal(int)
    stepped = Signal(int)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.list = QComboBox(self)
        self.list.setAccessibleName(words("gui.queue"))
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.list.setSizeAdjustPolicy(adjust)
        self.list.activated.connect(self.picked)
        self.count = label()
        self.back = QPushButton(words("gui.queue.back"), self)
        self.forth = QPushButton(words("gui.queue.forth"), self)
        self.back.clicked.connect(self._back)
        self.forth.clicked.connect(self._forth)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, 0, 2 * GAP, GAP)
        row.setSpacing(GAP)
        row.addWidget(self.count)
        row.addWidget(self.list, 1)
        row.addWidget(self.back)
        row.addWidget(self.forth)
        self.hide()

    def show_cases(self, cases: list[Case], current: int) -> None:
        """Show the queue and which of it is on the desk."""
        self.setVisible(len(cases) > 1)
        names = [self._name(each) for each in cases]
        if [self.list.itemText(i) for i in range(self.list.count())] != names:
            self.list.clear()
            self.list.addItems(names)
        self.list.setCurrentIndex(current)
        place, of = str(current + 1), str(len(cases))
        self.count.setText(self._words("gui.queue.count", place=place, of=of))
        self.back.setEnabled(current > 0)
        self.forth.setEnabled(current < len(cases) - 1)

    def _name(self, case: Case) -> str:
        number = case.draft.get("rx_number")
        parts = (
            patient_of(case.draft),
            number and self._words("gui.rx", number=number),
            case.title,
        )
        said = "   ".join(part for part in parts if part) or self._words("gui.new-case")
        return said[:SHOWN_AT_MOST]

    def _back(self) -> None:
        self.stepped.emit(-1)

    def _forth(self) -> None:
        self.stepped.emit(1)


class Banner(QWidget):
    """Whose prescription this is, in the manner of staff: DOE, Jane, born, number."""

    def __init__(self, words: Words, clock: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self.name = label()
        self._enlarge()
        self.facts = label()
        self.name.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP // 2)
        self._row.setSpacing(GAP // 2)
        self._row.addWidget(self.name, 1)
        self._row.addWidget(self.facts)

    def show_draft(self, draft: Draft) -> None:
        """Show the person and the number."""
        name = patient_of(draft)[:SHOWN_AT_MOST] or self._words("gui.banner.new")
        self.name.setText(name)
        born = self._born(draft.get("patient.born").strip())
        number = draft.get("rx_number")[:16]
        facts = [self._words("gui.banner.born", born=born)]
        facts += [self._words("gui.rx", number=number)] if number else []
        self.facts.setText("    ".join(facts))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the facts under the name when both have no room beside one another."""
        super().resizeEvent(event)
        self._turn()

    def changeEvent(self, event: QEvent) -> None:
        """Weigh the room anew when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._enlarge()
            self._turn()

    def _enlarge(self) -> None:
        """Set the name a third larger than the text, whatever its size."""
        font = self.font()
        font.setBold(True)
        font.setPointSizeF(font.pointSizeF() * 1.3)
        self.name.setFont(font)

    def _turn(self) -> None:
        name = self.name.fontMetrics().horizontalAdvance(self.name.text())
        wanted = name + self.facts.sizeHint().width() + 6 * GAP
        way = QBoxLayout.Direction
        self._row.setDirection(way.LeftToRight if wanted <= self.width() else way.TopToBottom)

    def _born(self, text: str) -> str:
        """Say a date in the words of staff with the age; anything else stands as it was typed."""
        if not text:
            return self._words("gui.not-recorded")
        try:
            born = date.fromisoformat(text[:20])
        except ValueError:
            return text[:16]
        today = self._clock().date()
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return f"{staff_date(born)} ({age})" if 0 <= age < 130 else staff_date(born)


class Steps(QWidget):
    """How far the prescription is: each step a word and a shape, a tick once it is done."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._done = (False, False, False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_steps(entered=False, checked=False, printed=False)

    def show_steps(self, *, entered: bool, checked: bool, printed: bool) -> None:
        """Show which steps are done."""
        self._done = (entered, checked, printed)
        said = [
            self._words("gui.step.done" if done else "gui.step.open", step=word)
            for word, done in zip(self._names(), self._done, strict=True)
        ]
        self.setAccessibleName(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Give room to all steps."""
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(each) for each in self._names())
        return QSize(width + 3 * (metrics.height() + 3 * GAP), metrics.height() + GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps."""
        colours, metrics = self._theme.colours, self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, side = 2, metrics.height() - 2
        for word, done in zip(self._names(), self._done, strict=True):
            box = QRectF(x, (self.height() - side) / 2, side, side)
            colour = QColor(colours.good if done else colours.quiet)
            painter.setPen(QPen(colour, 2))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            if done:
                at = box.topLeft()
                painter.drawPolyline([at + p * side for p in _TICK])
            x += side + GAP // 2
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), _MIDDLE, word)
            x += width + 2 * GAP
        painter.end()

    def _names(self) -> tuple[str, str, str]:
        words = self._words
        return words("gui.step.entered"), words("gui.step.checked"), words("gui.step.printed")
