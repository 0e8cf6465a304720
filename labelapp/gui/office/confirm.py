"""Making sure: says what is about to be done, and asks for the reason where one is needed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from labelapp.gui.office.fitted import named
from labelapp.gui.office.page import button
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme

LEAST = 3
"""Letters a reason has at least."""


class Confirm(QDialog):
    """Asks whether something shall be done; Esc does not do it, and neither does a stray Enter.

    With `reason` a reason is asked for, and the deed waits for it. `confirmed` gives the reason,
    empty where none was asked for.
    """

    confirmed = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget, *, reason: bool) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.said = label(wrap=True)
        self.reason = Line(self)
        self._asks = reason
        asked = named(words("keeping.reason"), self.reason, self)
        asked.setVisible(reason)
        self.stay = button(words("gui.cancel"), self, self.reject)
        self.go = button("", self, self._confirm)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self.said, 1)
        column.addWidget(asked)
        column.addLayout(row)
        self.reason.textChanged.connect(self._weigh)
        self.reason.returnPressed.connect(self._confirm)
        (self.reason if reason else self.stay).setFocus()
        self.resize(460 * theme.size // 100, 180 * theme.size // 100)
        self._weigh()
        FocusRing(theme, self)

    def ask(self, title: str, text: str, deed: str) -> None:
        """Ask: `deed` is what the button that does it says."""
        self.setWindowTitle(title)
        self.setAccessibleDescription(text)
        self.said.setText(text)
        self.go.setText(deed)
        self.open()

    def _weigh(self, *_news: object) -> None:
        self.go.setEnabled(not self._asks or len(self.reason.text().strip()) >= LEAST)

    def _confirm(self) -> None:
        if self.go.isEnabled():
            reason = self.reason.text().strip()
            self.accept()
            self.confirmed.emit(reason)
