"""What a field is filled in with besides typing: lists, ticks, answers; nothing ever preselected."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QElapsedTimer, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QComboBox, QHBoxLayout, QRadioButton, QWidget

from labelapp.gui.parts import GAP, comfortable, label
from labelapp.gui.theme import RING

TRUE = "true"
"""What a box to tick writes in the draft; unticked it writes nothing."""

PAUSE_MS = 1500
"""After so long a pause a key begins a new word in a list."""


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
