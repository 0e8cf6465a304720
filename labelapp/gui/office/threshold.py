"""The threshold: the records wait for their passphrase, or say why they do not open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.office.curtain import Curtain
from labelapp.gui.office.entrance import Entrance
from labelapp.gui.office.unlock import TakeOutPage, TroublePage, UnlockPage
from labelapp.gui.settings import Start, Ways
from labelapp.gui.theme import Theme
from labelapp.gui.work import Bug, Trouble

if TYPE_CHECKING:
    from labelapp.dispensing.office.emergency import Exported
    from labelapp.gui.frame import Frame

MEND = (
    "store.wrong-key",
    "store.in-use",
    "store.gone",
    "printer.cannot-write",
    "file.cannot-write",
)
"""What is said beside the passphrase: it may be right the next time."""


class Threshold(QObject):
    """Stands in the window until the records are open, with every way on."""

    restoring = Signal()
    """A backup is to take the place of the records."""

    def __init__(
        self,
        frame: Frame,
        theme: Theme,
        begin: Start,
        ways: Ways,
        entrance: Entrance,
        curtain: Curtain,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._theme = theme
        self._words = begin.words
        self._ways = ways
        self._entrance = entrance
        self._curtain = curtain
        self._address = ways.address
        entrance.asked.connect(self._ask_key)
        entrance.taken_out.connect(self._taken_out)
        entrance.refused.connect(self._refused)

    def say(self, trouble: Trouble) -> str:
        """Say what went wrong, and the way out."""
        if isinstance(trouble, Bug):
            return self._words("gui.bug", kind=trouble.kind, where=trouble.where)
        return self._ways.say(trouble)

    def _ask_key(self, address: str) -> None:
        self._address = address
        page = UnlockPage(self._theme, self._words, address, self._frame.stack)
        page.given.connect(self._unlock)
        page.restoring.connect(self.restoring)
        self._curtain.draw(page)

    def _unlock(self, passphrase: str, recovery: str, remember: bool) -> None:  # noqa: FBT001 - the signal's own shape
        self._entrance.unlock(passphrase, recovery, remember=remember)

    def _ask_take_out(self) -> None:
        page = TakeOutPage(self._theme, self._words, self._address, self._frame.stack)
        page.wanted.connect(self._entrance.take_out)
        page.restoring.connect(self.restoring)
        self._curtain.draw(page)

    def _taken_out(self, done: Exported) -> None:
        """Say what was written, and give the ways on again."""
        many, labels = str(done.prescriptions), str(done.labels)
        said = self._words("gui.take-out.done", many=many, labels=labels, folder=str(done.folder))
        self._show(said, is_damaged=True, is_trouble=False)

    def _refused(self, trouble: Trouble) -> None:
        """Say it beside the passphrase, or on a page of its own with every way on."""
        page, code = self._curtain.page, "" if isinstance(trouble, Bug) else trouble.code
        if isinstance(page, UnlockPage) and code in MEND:
            page.refuse(self.say(trouble))
            return
        if code == "store.wrong-key":  # what the keychain remembers opens them no more
            self._ask_key(self._address)
            return
        damaged = not isinstance(trouble, Bug) and self._ways.is_damaged(trouble)
        self._show(self.say(trouble), is_damaged=damaged, is_trouble=True)

    def _show(self, said: str, *, is_damaged: bool, is_trouble: bool) -> None:
        stands = TroublePage(
            self._theme, self._words, said, self._frame.stack, is_damaged=is_damaged
        )
        stands.say(said, trouble=is_trouble)
        stands.again.connect(self._entrance.find)
        stands.looking.connect(self._ask_take_out)
        stands.restoring.connect(self.restoring)
        stands.quitting.connect(self._frame.own_window.close)
        self._curtain.draw(stands)
