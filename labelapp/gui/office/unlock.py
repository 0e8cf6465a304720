"""Opening the records: the passphrase or the recovery key, or what to do when they do not open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QRadioButton, QWidget

from labelapp.gui.inputs import Tick
from labelapp.gui.office.cover import Cover
from labelapp.gui.parts import Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme


class UnlockPage(Cover):
    """Asks for the passphrase of the records, or the recovery key from the set-up."""

    given = Signal(str, str, bool)
    """Passphrase, recovery key (one of them empty), and whether this computer is to remember."""
    restoring = Signal()

    def __init__(self, theme: Theme, words: Words, address: str, parent: QWidget) -> None:
        super().__init__(theme, words, words("gui.unlock.title"), parent)
        self.add_text(words("gui.unlock.where", address=address))
        self.by_passphrase = QRadioButton(words("gui.unlock.passphrase"), self)
        self.by_recovery = QRadioButton(words("gui.unlock.recovery"), self)
        self.by_passphrase.setChecked(True)
        self.key = Line(self)
        self.key.setEchoMode(Line.EchoMode.Password)
        self.remember = Tick(words("gui.unlock.remember"), self)
        self.first = self.key
        for each in (self.by_passphrase, self.by_recovery):
            self.column.addWidget(each)
        self.add_field(words("gui.unlock.key"), self.key)
        self.column.addWidget(self.remember)
        self.add_message()
        self.restore, self.go = self.add_buttons(
            words("gui.unlock.restore"), words("gui.unlock.go")
        )
        self.by_recovery.toggled.connect(self._shown)
        self.key.returnPressed.connect(self._give)
        self.go.clicked.connect(self._give)
        self.restore.clicked.connect(self.restoring)

    def refuse(self, text: str) -> None:
        """Say why the records did not open."""
        self.say(text, trouble=True)
        self.setEnabled(True)
        self.key.selectAll()
        self.key.setFocus()

    def _shown(self, on: bool) -> None:  # noqa: FBT001 - the signal's own shape
        """Show a recovery key while it is typed: nobody types forty letters blind."""
        mode = Line.EchoMode
        self.key.setEchoMode(mode.Normal if on else mode.Password)
        self.key.clear()

    def _give(self) -> None:
        typed = self.key.text().strip()
        if not typed:
            self.key.setFocus()
            return
        is_recovery = self.by_recovery.isChecked()
        self.setEnabled(False)
        self.say(self.words("gui.unlock.under-way"))
        key = ("", typed) if is_recovery else (self.key.text(), "")
        self.given.emit(*key, self.remember.box.isChecked())


class TakeOutPage(UnlockPage):
    """Asks for the key of records that are not whole, and where what can be read of them goes."""

    wanted = Signal(str, str, str)
    """Passphrase, recovery key (one of them empty), and the folder."""

    def __init__(self, theme: Theme, words: Words, address: str, parent: QWidget) -> None:
        super().__init__(theme, words, address, parent)
        self.title.setText(words("gui.take-out.title"))
        self.remember.hide()
        self.folder = Line(self)
        self.folder.setText(str(Path.home() / "labelapp-records"))
        self.folder.returnPressed.connect(self.go.click)
        over = label(words("gui.take-out.folder"))
        over.setBuddy(self.folder)
        self.folder.setAccessibleName(words("gui.take-out.folder"))
        place = self.column.indexOf(self.remember)
        self.column.insertWidget(place, label(words("gui.take-out.hint"), wrap=True))
        self.column.insertWidget(place + 1, over)
        self.column.insertWidget(place + 2, self.folder)
        self.go.setText(words("gui.take-out.go"))
        self.given.connect(self._want)

    def _want(self, passphrase: str, recovery: str, _remember: bool) -> None:  # noqa: FBT001 - the signal's own shape
        self.wanted.emit(passphrase, recovery, self.folder.text().strip())


class TroublePage(Cover):
    """Says why the records did not open, and every way on."""

    again = Signal()
    looking = Signal()
    restoring = Signal()
    quitting = Signal()

    def __init__(
        self, theme: Theme, words: Words, said: str, parent: QWidget, *, is_damaged: bool
    ) -> None:
        super().__init__(theme, words, words("gui.no-records.title"), parent)
        self.add_message()
        self.try_again, self.restore, self.look, self.quit = self.add_ways(
            words("gui.no-records.again"),
            words("gui.no-records.restore"),
            words("gui.no-records.look"),
            words("gui.no-records.quit"),
        )
        self.look.setVisible(is_damaged)
        self.first = self.try_again
        self.try_again.clicked.connect(self.again)
        self.look.clicked.connect(self.looking)
        self.restore.clicked.connect(self.restoring)
        self.quit.clicked.connect(self.quitting)
        self.say(said, trouble=True)


class WaitPage(Cover):
    """Says that the records are being opened."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(theme, words, words("gui.title"), parent)
        self.add_message()
        self.say(words("gui.unlock.under-way"))
