"""Another copy of a label: why, from a short list, and in words where that says too little."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QListWidget, QVBoxLayout, QWidget

from labelapp.gui.office.size import size
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme

REASONS = ("torn", "smeared", "printer", "lost", "other")
LEAST = 3
"""Letters the words of "other" have at least."""


class Copies(QObject):
    """Asks why another copy is wanted; it prints as every label does."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._parent = parent

    def ask(self) -> None:
        """Open the page that asks."""
        page = ReasonPage(self._theme, self._words, self._parent.window())
        page.given.connect(self.wanted)
        page.finished.connect(page.deleteLater)
        page.open()


class ReasonPage(QDialog):
    """Asks why one more copy is wanted; it is counted in the serial and stands in the records."""

    given = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.setWindowTitle(words("gui.reprint.title"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(words("gui.reprint.why"))
        self.list.addItems([words(f"gui.reprint.{each}") for each in REASONS])
        self.list.setCurrentRow(0)
        self.text = Line(self)
        self.text.setAccessibleName(words("gui.reprint.text"))
        caption = label(words("gui.reprint.text"))
        caption.setBuddy(self.text)
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.go = buttons.addButton(words("gui.reprint.go"), role.AcceptRole)
        buttons.addButton(words("gui.cancel"), role.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(label(words("gui.reprint.hint"), wrap=True))
        column.addWidget(self.list, 1)
        column.addWidget(caption)
        column.addWidget(self.text)
        column.addWidget(buttons)
        self.list.currentRowChanged.connect(self._weigh)
        self.list.itemActivated.connect(self._give)
        self.text.textEdited.connect(self._weigh)
        buttons.accepted.connect(self._give)
        buttons.rejected.connect(self.reject)
        self.list.setFocus()
        size(self, theme, 420, 360)
        FocusRing(theme, self)

    def reason(self) -> str:
        """Give the reason as it stands; empty while it says too little."""
        row, text = self.list.currentRow(), self.text.text().strip()
        if not 0 <= row < len(REASONS):
            return ""
        if REASONS[row] == "other":
            return text if len(text) >= LEAST else ""
        said = self._words(f"gui.reprint.{REASONS[row]}")
        return f"{said}: {text}" if text else said

    def _weigh(self, *_news: object) -> None:
        self.go.setEnabled(bool(self.reason()))

    def _give(self, *_item: object) -> None:
        reason = self.reason()
        if reason:
            self.accept()
            self.given.emit(reason)
        else:
            self.text.setFocus()
