"""Signing: initials and PIN of whoever answers for it, in place, whoever is at the counter."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.gui.office.fitted import named
from labelapp.gui.office.page import button
from labelapp.gui.office.pin import PinLine
from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class SignLine(QWidget):
    """Initials and PIN; the initials of whoever is signed in stand there if they may sign."""

    signed = Signal(str, str)
    """Initials and PIN; the PIN is not kept here."""

    def __init__(self, words: Words, office: Office, act: Act, parent: QWidget) -> None:
        super().__init__(parent)
        self.who = Line(self)
        self.who.setMaxLength(60)
        self.pin = PinLine(words("records.sign.pin"), self)
        self.go = button(words("records.sign.go"), self, self._sign)
        person = office.signing.person
        if person is not None and office.may(act):
            self.who.setText(person.initials)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        row.addWidget(named(words("records.sign.who"), self.who, self), 2)
        row.addWidget(named(words("records.sign.pin"), self.pin, self), 2)
        column = QVBoxLayout()
        column.addStretch(1)
        column.addWidget(self.go)
        row.addLayout(column, 2)
        self.who.returnPressed.connect(self.pin.setFocus)
        self.pin.whole.connect(self._sign)

    def begin(self) -> None:
        """Put the keyboard where it goes on: the PIN, or first the initials."""
        (self.pin if self.who.text() else self.who).setFocus()

    def _sign(self, *_pin: str) -> None:
        who, pin = self.who.text().strip(), self.pin.text()
        if not who:
            self.who.setFocus()
        elif not pin:
            self.pin.setFocus()
        else:
            self.pin.clear()
            self.signed.emit(who, pin)


class SignPage(QDialog):
    """Asks a pharmacist to sign one thing while somebody else stays at the counter."""

    signed = Signal(str, str)

    def __init__(
        self, theme: Theme, words: Words, line: SignLine, asked: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(words("records.sign.title"))
        self.setAccessibleDescription(asked)
        self.line = line
        stay = button(words("gui.cancel"), self, self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(label(asked, wrap=True))
        column.addWidget(line)
        column.addStretch(1)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(stay)
        column.addLayout(row)
        line.signed.connect(self._give)
        self.resize(460 * theme.size // 100, 180 * theme.size // 100)
        FocusRing(theme, self)
        line.begin()

    def _give(self, who: str, pin: str) -> None:
        self.accept()
        self.signed.emit(who, pin)
