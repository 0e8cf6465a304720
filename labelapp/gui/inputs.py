"""What a field is filled in with besides typing: lists, ticks, answers; nothing ever preselected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from labelapp.gui.parts import GAP, comfortable, label
from labelapp.gui.theme import RING

TRUE = "true"
"""What a box to tick writes in the draft; unticked it writes nothing."""

PAUSE_MS = 1500
"""After so long a pause a key begins a new word in a list."""

_STEPS = {int(Qt.Key.Key_Right): 1, int(Qt.Key.Key_Left): -1}
_RECORDS = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter), int(Qt.Key.Key_Space)})
_PLAIN = frozenset({Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier})


class Choice(QComboBox):
    """A closed list with nothing chosen to begin with.

    The wheel never changes it: a strength must not turn because somebody scrolled past. A text
    that is not in the list, as a file may have it, is shown as it was written.
    """

    chosen = Signal(str)

    def __init__(self, values: Sequence[str], shown: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._values = tuple(values)
        self._begun = ""
        self._since = QElapsedTimer()
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
        self._begun = ""
        place = next((i for i, v in enumerate(self._values) if v.casefold() == text.casefold()), -1)
        while self.count() > len(self._values) + 1:
            self.removeItem(self.count() - 1)
        if text and place < 0:
            self.addItem(text, text)
            place = self.count() - 2
        self.setCurrentIndex(place + 1 if text else 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the word being typed, spaces in it included; a space alone opens the list."""
        if self._since.isValid() and self._since.elapsed() > PAUSE_MS:
            self._begun = ""
        text = event.text()
        if not text.isprintable() or not (self._begun + text).strip():
            super().keyPressEvent(event)
            return
        self._begun += text.casefold()
        self._since.start()
        words = [self.itemText(place).casefold() for place in range(self.count())]
        found = next((i for i, word in enumerate(words) if word.startswith(self._begun)), -1)
        if found > 0:
            self.setCurrentIndex(found)
            self._tell()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin a new word."""
        self._begun = ""
        super().focusInEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()

    def _tell(self) -> None:
        self.chosen.emit(self.currentData())


class _Box(QCheckBox):
    """A box without words, as high as a line of those beside it."""

    def sizeHint(self) -> QSize:
        """Ask for the height of a line, so that the box stands in its middle."""
        usual = super().sizeHint()
        return QSize(usual.width(), max(usual.height(), self.fontMetrics().height()))


class Tick(QWidget):
    """A box to tick whose words may run over several lines."""

    clicked = Signal(bool)

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.box = _Box(self)
        self.words = label(wrap=True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
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
    """Yes, no or unknown side by side; nothing is chosen until somebody chooses.

    It is one place for the focus. A key of its own answers at once; the arrows only point, and
    Enter or the space bar records what they point at. Whoever comes here finds nothing pointed
    at, so a stray space answers nothing.
    """

    chosen = Signal(str)

    def __init__(
        self, values: Sequence[str], shown: Sequence[str], keys: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._pointed = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 3, 4, 3)
        row.setSpacing(2 * GAP)
        self.buttons: dict[str, QRadioButton] = {}
        self._keys = {value[0]: value for value in values}  # Y, N, U in every language
        self._keys |= dict(zip((each.casefold() for each in keys), values, strict=True))
        for value, word in zip(values, shown, strict=True):
            button = QRadioButton(word, self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(self._tell)
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[value] = button
        row.addStretch()

    def set_text(self, text: str) -> None:
        """Show this answer; a text that is none of them shows none chosen."""
        self._group.setExclusive(False)
        for value, button in self.buttons.items():
            button.setChecked(value == text.casefold())
        self._group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a key of the answers; point with the arrows; record what is pointed at."""
        key, plain = event.key(), event.modifiers() in _PLAIN
        if plain and event.text().casefold() in self._keys:
            self._choose(self._keys[event.text().casefold()])
        elif key in _STEPS:
            self._pointed = max(0, min(len(self.buttons) - 1, self._pointed + _STEPS[key]))
            self.update()
        elif key in _RECORDS:
            if self._pointed >= 0:
                self._choose(list(self.buttons)[self._pointed])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin with nothing pointed at."""
        self._point_at_none()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Forget what was pointed at."""
        self._point_at_none()
        super().focusOutEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Underline the answer pointed at."""
        super().paintEvent(event)
        if self._pointed >= 0:
            area = list(self.buttons.values())[self._pointed].geometry()
            painter = QPainter(self)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Link), 3))
            painter.drawLine(area.left(), area.bottom() + 2, area.right(), area.bottom() + 2)
            painter.end()

    def _point_at_none(self) -> None:
        self._pointed = -1
        self.update()

    def _choose(self, value: str) -> None:
        self.set_text(value)
        self.chosen.emit(value)

    def _tell(self) -> None:
        self.chosen.emit(next((v for v, b in self.buttons.items() if b.isChecked()), ""))
