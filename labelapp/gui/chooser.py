"""Choosing a printer: our own list of queues, for the system's dialog would change size and copies."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QColor, QFocusEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.shown import ShownPrinter
from labelapp.gui.parts import GAP, breakable, heading, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class Queues(QListWidget):
    """The list of queues; coming to it chooses none of them."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the focus without Qt's habit of going to the first row."""
        chosen = self.currentRow()
        super().focusInEvent(event)
        self.setCurrentRow(chosen)


class PrinterChooser(QDialog):
    """The queues of this computer with their state; the one used last is chosen to begin with."""

    picked = Signal(str)

    def __init__(self, theme: Theme, words: Words, last: str, whose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._last = last
        self._printers: tuple[ShownPrinter, ...] = ()
        self.setWindowTitle(words("gui.print.title"))
        self.setAccessibleDescription(whose)
        self.whose = heading(breakable(whose))
        self.whose.setWordWrap(True)
        self.whose.setAccessibleName(whose)
        self.hint = label(words("gui.print.looking"), wrap=True)
        self.list = Queues(self)
        self.list.setAccessibleName(words("gui.print.queues"))
        self.list.setSpacing(GAP // 2)
        role = QDialogButtonBox.ButtonRole
        self.buttons = QDialogButtonBox(self)
        self.go = self.buttons.addButton(words("gui.print.go"), role.AcceptRole)
        self.buttons.addButton(words("gui.cancel"), role.RejectRole)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.whose)
        column.addWidget(self.hint)
        column.addWidget(self.list, 1)
        column.addStretch()
        column.addWidget(self.buttons)
        self.list.currentRowChanged.connect(self._weigh)
        self.list.itemActivated.connect(self._take)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self.resize(460, 320)
        self._weigh()
        FocusRing(theme, self)

    def show_printers(self, printers: tuple[ShownPrinter, ...]) -> None:
        """Show the queues, each with what it says of itself."""
        self._printers = printers
        self.list.clear()
        for each in printers:
            state = each.state
            if each.in_colour:
                state = self._words("queue.in-colour", state=state)
            item = QListWidgetItem(f"{each.name}\n{state}", self.list)
            if not each.ready:
                item.setForeground(QColor(self._theme.colours.stop))
        self.hint.setText(self._words("gui.print.choose" if printers else "gui.print.none"))
        last = next((i for i, each in enumerate(printers) if each.name == self._last), -1)
        self.list.setCurrentRow(last)
        self.list.setVisible(bool(printers))
        self.list.setFocus()
        self._weigh()

    def _weigh(self, *_news: object) -> None:
        row = self.list.currentRow()
        self.go.setEnabled(0 <= row < len(self._printers))

    def _take(self, *_item: object) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._printers):
            self.accept()
            self.picked.emit(self._printers[row].name)
