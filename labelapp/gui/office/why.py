"""Why: the reason for what is only done with one, from a short list and in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from labelapp.gui.choosers import Chooser
from labelapp.gui.office.fitted import named
from labelapp.gui.office.page import button
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme

REASONS = {
    "reprint": ("damaged", "unreadable", "lost", "wrong-stock", "other"),
    "void": ("not-picked-up", "wrong-patient", "wrong-drug", "wrong-label", "other"),
    "discontinue": ("prescriber", "reaction", "patient", "duplicate", "other"),
    "transfer": ("patient", "other"),
    "resume": ("prescriber", "mistake", "other"),
}
"""What may be the reason for each deed; more can always be said in words."""
LEAST = 3
OTHER = "other"


class WhyPage(QDialog):
    """Asks for the reason; nothing is chosen to begin with, and Esc does nothing at all."""

    given = Signal(str)

    def __init__(self, theme: Theme, words: Words, deed: str, whose: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._deed = deed
        self.setWindowTitle(words(f"records.{deed}.title"))
        text = words(f"records.{deed}.asked", whose=whose)
        self.setAccessibleDescription(text)
        self.list: QComboBox = Chooser(self)
        self.list.addItem(words("records.why.choose"), "")
        for each in REASONS[deed]:
            self.list.addItem(words(f"records.why.{deed}.{each}"), each)
        self.text = Line(self)
        self.text.setMaxLength(300)
        self.hint = label(words("records.why.hint"), wrap=True)
        self.stay = button(words("gui.cancel"), self, self.reject)
        self.go = button(words(f"records.{deed}.go"), self, self._give)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.stay)
        row.addWidget(self.go)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(label(text, wrap=True))
        column.addWidget(named(words("records.why"), self.list, self))
        column.addWidget(named(words("records.why.text"), self.text, self))
        column.addWidget(self.hint)
        column.addStretch(1)
        column.addLayout(row)
        self.list.activated.connect(self._weigh)
        self.list.currentIndexChanged.connect(self._weigh)
        self.text.textEdited.connect(self._weigh)
        self.text.returnPressed.connect(self._give)
        self.list.setFocus()
        self.resize(460 * theme.size // 100, 240 * theme.size // 100)
        self._weigh()
        FocusRing(theme, self)

    def reason(self) -> str:
        """Give the reason as it stands; empty while it says too little."""
        chosen, text = str(self.list.currentData() or ""), self.text.text().strip()
        if not chosen:
            return ""
        if chosen == OTHER:
            return text if len(text) >= LEAST else ""
        said = self._words(f"records.why.{self._deed}.{chosen}")
        return f"{said}: {text}" if text else said

    def _weigh(self, *_news: object) -> None:
        self.go.setEnabled(bool(self.reason()))

    def _give(self) -> None:
        reason = self.reason()
        if reason:
            self.accept()
            self.given.emit(reason)
