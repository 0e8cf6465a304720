"""The field for a PIN: digits alone, whole by itself, and deaf to a scanner."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from labelapp.gui.parts import Line

REST_MS = 60
"""So long after the last key a PIN is whole: a scanner types on long before, nobody else does."""

LONGEST = 12

_ENTER = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class PinLine(Line):
    """Takes a PIN, never shown, and gives it when it is as long as that person's PIN, or on Enter.

    Whatever a scanner types is no PIN: it has a letter or a mark in it, or more digits at once than
    a PIN has. Then all of it is swallowed, so that a scan is never tried as somebody's PIN.
    """

    whole = Signal(str)

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.length = 0
        """Digits of the PIN that is waited for; 0 while nobody can say, then Enter ends it."""
        self.setEchoMode(Line.EchoMode.Password)
        self.setAccessibleName(name)
        self.setMaxLength(LONGEST)
        hints = Qt.InputMethodHint
        self.setInputMethodHints(hints.ImhDigitsOnly | hints.ImhSensitiveData | hints.ImhHiddenText)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._rest, self._scan = QTimer(self), QTimer(self)
        for timer in (self._rest, self._scan):
            timer.setSingleShot(True)
            timer.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)

    def wait_for(self, length: int) -> None:
        """Take how long the PIN is; what was typed meanwhile counts."""
        self.length = length
        if self.text():
            self._rest.start()

    def begin(self, digits: str) -> None:
        """Take digits that were typed before the focus came here."""
        self.setText(digits[:LONGEST])
        self._rest.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a digit; swallow what a scanner types."""
        text = event.text()
        if event.key() in _ENTER:
            self._enter()
        elif not text.isprintable() or not text or event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif self._scan.isActive() or not (text.isascii() and text.isdigit()):
            self._swallow()
        else:
            super().keyPressEvent(event)
            self._rest.start()
            if self.length and len(self.text()) > self.length:
                self._swallow()

    def _enter(self) -> None:
        is_scan = self._scan.isActive()
        self._rest.stop()
        self._scan.stop()
        if self.text() and not is_scan:
            self.whole.emit(self.text())

    def _rested(self) -> None:
        if self.length and len(self.text()) == self.length:
            self.whole.emit(self.text())

    def _swallow(self) -> None:
        self.clear()
        self._rest.stop()
        self._scan.start()
