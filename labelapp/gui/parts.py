"""The small parts the window is made of: plain words, captions, fields that never scroll away."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from labelapp.gui.theme import RING, Colours
from labelapp.rx.finding import Severity

TRUE = "true"
"""What a box to tick writes in the draft; unticked it writes nothing."""

GAP = 8
"""The house's unit of empty space, in pixels."""

_LONG = re.compile(r"\S{31,}")

UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def label(text: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label that shows its text as it is: markup in data is only characters."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    return made


def breakable(text: str) -> str:
    """Let a word of more than thirty characters break, so that no line runs out of its place."""
    return _LONG.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return "\N{ZERO WIDTH SPACE}".join(word[i : i + 30] for i in range(0, len(word), 30))


def heading(text: str) -> QLabel:
    """Make the bold heading of a part of the window."""
    made = label(text)
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    return made


def takes_undo(event: QEvent) -> bool:
    """Tell whether this is Ctrl+Z or its kin asking to be a field's own: undo is the form's."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in UNDO_KEYS)
    )


def comfortable(widget: QWidget) -> int:
    """Give the height of a field or chooser: the text and air around it."""
    return widget.fontMetrics().height() + 12


class Line(QLineEdit):
    """A field of one line, whose undo is the form's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextMargins(3, 0, 3, 0)

    def sizeHint(self) -> QSize:
        """Ask for a height that is easy to hit (WCAG 2.2, 2.5.8: 24 pixels at least)."""
        return QSize(super().sizeHint().width(), comfortable(self))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less in height."""
        return QSize(super().minimumSizeHint().width(), comfortable(self))

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if takes_undo(event):
            event.ignore()
            return False
        return super().event(event)


class Choice(QComboBox):
    """A closed list with nothing chosen to begin with.

    The wheel never changes it: a strength must not turn because somebody scrolled past. A text
    that is not in the list, as a file may have it, is shown as it was written.
    """

    chosen = Signal(str)

    def __init__(self, values: Sequence[str], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self.addItem("", "")
        for value, word in zip(values, shown, strict=True):
            self.addItem(word, value)
        adjust = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.setSizeAdjustPolicy(adjust)
        self.setMinimumContentsLength(4)
        self.activated.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Ask for the same height as a line has."""
        return QSize(super().sizeHint().width(), comfortable(self))

    def set_text(self, text: str) -> None:
        """Show this value, adding it at the end when the list does not have it."""
        place = next((i for i, v in enumerate(self._values) if v.casefold() == text.casefold()), -1)
        while self.count() > len(self._values) + 1:
            self.removeItem(self.count() - 1)
        if text and place < 0:
            self.addItem(text, text)
            place = self.count() - 2
        self.setCurrentIndex(place + 1 if text else 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def _tell(self) -> None:
        self.chosen.emit(self.currentData())


class Tick(QWidget):
    """A box to tick whose words may run over several lines."""

    clicked = Signal(bool)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = QCheckBox(self)
        self.words = label(wrap=True)
        self.words.setBuddy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(RING, RING, RING, RING)
        row.setSpacing(GAP // 2)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        self.setFocusProxy(self.box)
        self.box.clicked.connect(self.clicked)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Say what is ticked."""
        if self.words.text() != text:
            self.words.setText(text)
            self.box.setAccessibleName(text)

    def set_text(self, text: str) -> None:
        """Show a draft's text: only `true` is a tick."""
        self.box.setChecked(text.casefold() == TRUE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click on the words for one on the box."""
        super().mousePressEvent(event)
        if self.box.isEnabled():
            self.box.click()


class Answers(QWidget):
    """Yes, no or unknown side by side; nothing is chosen until somebody chooses."""

    chosen = Signal(str)

    def __init__(self, values: Sequence[str], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(2 * GAP)
        self.buttons: dict[str, QRadioButton] = {}
        for value, word in zip(values, shown, strict=True):
            button = QRadioButton(word, self)
            button.clicked.connect(self._tell)
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[value] = button
        row.addStretch()
        self.setFocusProxy(self.buttons[values[0]])

    def set_text(self, text: str) -> None:
        """Show this answer; a text that is none of them shows none chosen."""
        self._group.setExclusive(False)
        for value, button in self.buttons.items():
            button.setChecked(value == text.casefold())
        self._group.setExclusive(True)

    def _tell(self) -> None:
        self.chosen.emit(next((v for v, b in self.buttons.items() if b.isChecked()), ""))


class Caption(QLabel):
    """The name above a field, and beside it the sign of the gravest finding that speaks of it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sign: tuple[Severity, QColor] | None = None

    def mark(self, severity: Severity | None, colours: Colours) -> None:
        """Show the sign of this severity, or none."""
        self._sign = None if severity is None else (severity, colour_of(severity, colours))
        self.setContentsMargins(0 if severity is None else self.fontMetrics().height(), 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign before the name."""
        super().paintEvent(event)
        if self._sign is not None:
            side = self.fontMetrics().height() - 4
            painter = QPainter(self)
            sign(painter, QRect(0, (self.height() - side) // 2, side, side), *self._sign)
            painter.end()


def colour_of(severity: Severity, colours: Colours) -> QColor:
    """Give the colour that goes with a severity, never without its word and shape."""
    by_severity = {
        Severity.STOP: colours.stop,
        Severity.ASK: colours.ask,
        Severity.NOTE: colours.note,
    }
    return QColor(by_severity[severity])


def sign(painter: QPainter, box: QRect, severity: Severity, colour: QColor) -> None:
    """Draw a severity's shape: a filled octagon, a diamond, a ring. It is told without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = box.toRectF().adjusted(1, 1, -1, -1)
    side, third = area.width(), area.width() * 0.3
    corners: tuple[tuple[float, float], ...]
    if severity is Severity.STOP:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        far = side - third
        corners = ((third, 0), (far, 0), (side, third), (side, far))
        corners += ((far, side), (third, side), (0, far), (0, third))
    elif severity is Severity.ASK:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = ((side / 2, 0), (side, side / 2), (side / 2, side), (0, side / 2))
    else:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)
        painter.restore()
        return
    points = [area.topLeft() + QPointF(*each) for each in corners]
    painter.drawPolygon(QPolygonF(points))
    painter.restore()
