"""The lock: a page without any patient on it, and the PIN of whoever left the counter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from labelapp.dispensing.office.shown import ShownPerson
from labelapp.gui.office.cover import Cover
from labelapp.gui.office.pin import PinLine
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class LockPage(Cover):
    """Says who left the counter locked, and waits for their PIN or for somebody else."""

    given = Signal(str)
    """The PIN."""
    other = Signal()
    """Somebody else wants to sign in."""

    def __init__(
        self, theme: Theme, words: Words, person: ShownPerson, hint: str, parent: QWidget
    ) -> None:
        super().__init__(theme, words, words("gui.lock.title"), parent)
        role = words(f"gui.role.{person.role.value}")
        self.add_text(words("gui.lock.who", name=person.name, role=role))
        if hint:
            self.add_text(hint)
        self.pin = PinLine(words("gui.sign-in.pin"), self)
        self.first = self.pin
        self.add_field(words("gui.sign-in.pin"), self.pin)
        self.add_message()
        self.another, self.go = self.add_buttons(words("gui.lock.other"), words("gui.lock.go"))
        self.another.clicked.connect(self.other)
        self.go.clicked.connect(self._go)
        self.pin.whole.connect(self._give)

    def refuse(self, text: str) -> None:
        """Say that it was not right."""
        self.say(text, trouble=True)
        self.setEnabled(True)
        self.pin.clear()
        self.pin.setFocus()

    def _go(self) -> None:
        self._give(self.pin.text())

    def _give(self, pin: str) -> None:
        if pin:
            self.setEnabled(False)  # until it is known whether it was right
            self.given.emit(pin)
        else:
            self.pin.setFocus()
