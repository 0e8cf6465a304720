"""Signing in: who and PIN, six keys for initials and a PIN of four digits."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from labelapp.dispensing.office.shown import ShownPerson
from labelapp.gui.office.cover import Cover
from labelapp.gui.office.pin import REST_MS, PinLine
from labelapp.gui.parts import Line
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class SignInPage(Cover):
    """Asks who it is and the PIN.

    Initials typed whole go on to the PIN by themselves; of a name so much is typed as nobody else
    begins with, and Enter or Tab completes it. A PIN as long as that person's is tried by itself.
    """

    given = Signal(str, str)
    """Initials and PIN."""
    badged = Signal(str)
    """What a scanner typed that is nobody's name."""

    def __init__(
        self, theme: Theme, words: Words, hint: str, parent: QWidget, *, may_leave: bool
    ) -> None:
        super().__init__(theme, words, words("gui.sign-in.title"), parent)
        self.may_leave = may_leave
        """True while somebody is signed in who may go back."""
        self._people: tuple[ShownPerson, ...] = ()
        self.who = Line(self)
        self.pin = PinLine(words("gui.sign-in.pin"), self)
        self.first = self.who
        if hint:
            self.add_text(hint)
        self.add_field(words("gui.sign-in.who"), self.who)
        self.add_field(words("gui.sign-in.pin"), self.pin)
        self.add_message()
        names = (words("gui.cancel"),) if may_leave else ()
        *leave, self.go = self.add_buttons(*names, words("gui.sign-in.go"))
        for each in leave:
            each.clicked.connect(self.escaped)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._rested)
        self.who.textEdited.connect(self._typed)
        self.who.editingFinished.connect(self._complete)
        self.who.returnPressed.connect(self._entered)
        self.pin.whole.connect(self._give)
        self.go.clicked.connect(self._go)

    def show_people(self, people: tuple[ShownPerson, ...]) -> None:
        """Take the names that can be typed."""
        self._people = people
        if self.who.text():
            self._rest.start()

    def fill_in(self, initials: str) -> None:
        """Put somebody in, whose badge was scanned."""
        self.who.setText(initials)
        self._to_pin()

    def refuse(self, text: str) -> None:
        """Say that it was not right; the name stays."""
        self.say(text, trouble=True)
        self.setEnabled(True)
        self.pin.clear()
        (self.pin if self._person() else self.who).setFocus()

    def _typed(self, _text: str) -> None:
        self._rest.start()

    def _person(self) -> ShownPerson | None:
        """Give whoever is meant: by initials, by name, or by a beginning nobody else has."""
        text = self.who.text().strip().casefold()
        whole = [e for e in self._people if text in {e.initials.casefold(), e.name.casefold()}]
        begun = [e for e in self._people if _begins(e, text)] if text else []
        found = whole or begun
        return found[0] if len(found) == 1 else None

    def _rested(self) -> None:
        """Go on to the PIN after whole initials, with the digits somebody quick typed after them."""
        text = self.who.text().strip()
        stem = text.rstrip("0123456789")
        for each in (text, stem):
            if any(e.initials.casefold() == each.casefold() for e in self._people):
                others = [e for e in self._people if _begins(e, each.casefold())]
                if len(others) == 1:
                    self.who.setText(others[0].initials)
                    self._to_pin(text[len(each) :])
                return

    def _to_pin(self, digits: str = "") -> None:
        self._complete()
        self.pin.clear()
        self.pin.setFocus()
        if digits:
            self.pin.begin(digits)

    def _complete(self) -> None:
        self._rest.stop()
        person = self._person()
        self.pin.length = person.pin_length if person else 0
        if person is not None:
            same = [each for each in self._people if each.name == person.name]
            self.who.setText(person.name if len(same) == 1 else person.initials)

    def _entered(self) -> None:
        """Go to the PIN, or ask whose badge this is."""
        self._rest.stop()
        if self._person() is not None:
            self.pin.setFocus()
        elif self.who.text().strip():
            self.badged.emit(self.who.text().strip())

    def _go(self) -> None:
        self._give(self.pin.text())

    def _give(self, pin: str) -> None:
        if not pin:
            self.pin.setFocus()
            return
        self.setEnabled(False)  # until it is known whether it was right
        person = self._person()
        self.given.emit(person.initials if person else self.who.text().strip(), pin)


def _begins(person: ShownPerson, text: str) -> bool:
    """Tell whether initials, a name or a part of it begin so."""
    parts = (person.initials, person.name, *person.name.split())
    return any(part.casefold().startswith(text) for part in parts)
