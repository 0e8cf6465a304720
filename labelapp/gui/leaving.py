"""Leaving: asked only when something typed is in no file and on no paper."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from labelapp.gui.parts import GAP, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class LeavePage(QDialog):
    """Says how many prescriptions would be lost; Enter and Esc stay."""

    left = Signal()

    def __init__(self, theme: Theme, words: Words, many: int, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("gui.leave.title"))
        said = words("gui.leave.one") if many == 1 else words("gui.leave.many", many=str(many))
        self.said = label(said, wrap=True)
        self.setAccessibleDescription(said)
        role = QDialogButtonBox.ButtonRole
        buttons = QDialogButtonBox(self)
        self.stay = buttons.addButton(words("gui.leave.stay"), role.RejectRole)
        self.leave = buttons.addButton(words("gui.leave.leave"), role.DestructiveRole)
        self.leave.setAutoDefault(False)
        self.stay.setDefault(True)
        self.stay.setFocus()
        buttons.rejected.connect(self.reject)
        self.leave.clicked.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(2 * GAP)
        column.addWidget(self.said, 1)
        column.addWidget(buttons)
        FocusRing(theme, self)
        self.resize(420, 160)

    def _leave(self) -> None:
        self.accept()
        self.left.emit()
