"""Finding from the command field: names, dates, numbers and scans lead to what is on record."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.office.find import FindList
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work
from labelapp.rx.paper import Paper

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.shown import ShownHit, ShownHits
    from labelapp.gui.frame import Frame

_LETTERS = "".join(each.letter for each in Paper)
_SERIAL = re.compile(rf"[{_LETTERS}]([A-Z0-9]+)-\d{{2}}-\d+-\d+", re.IGNORECASE)
"""What the code on a paper of a fill says: its letter, the Rx number, fill, label and copy."""


class Finding(QObject):
    """Shows what is found under the command field; Enter opens the only thing that is meant."""

    order = Signal(str)
    patient = Signal(int)
    lot = Signal(str)
    unknown = Signal(str)
    """What was typed is nothing on record."""
    troubled = Signal(object)

    def __init__(self, theme: Theme, words: Words, work: Work, frame: Frame) -> None:
        super().__init__(frame)
        self._theme = theme
        self._words = words
        self._work = work
        self._frame = frame
        self._desk: Desk | None = None
        self._list: FindList | None = None

    def take(self, desk: Desk) -> None:
        """Find in the records of a desk."""
        assert desk.office is not None
        self._desk = desk
        if self._list is not None:
            self._list.deleteLater()
        field = self._frame.command.field
        found = FindList(self._theme, self._words, desk.office, self._work, self._frame, desk.plain)
        self._list = found
        self._frame.put_under_command(found)
        field.setPlaceholderText(self._words("gui.command.hint-records"))
        field.lend = found.takes
        field.textEdited.connect(found.search)
        field.textChanged.connect(found.follow)
        found.order.connect(self._open_order)
        found.patient.connect(self._open_patient)
        found.lot.connect(self._open_lot)

    def close(self) -> None:
        """Take the list away: another person is at the counter, or nobody."""
        if self._list is not None:
            self._list.search("")

    def enter(self, typed: str) -> bool:
        """Open what was typed or scanned whole; tell whether there are records to look in."""
        desk = self._desk
        if desk is None or desk.office is None or desk.office.signing.is_away:
            return False
        scanned = _SERIAL.fullmatch(typed)
        wanted = scanned[1] if scanned else typed
        job = partial(desk.office.search.find, wanted)
        found = partial(self._found, typed, wanted)
        self._work.ask(Task("find.enter", job, found, self._failed))
        return True

    def _found(self, typed: str, wanted: str, found: ShownHits) -> None:
        """Open what bears just this number or code, or the only hit; of several somebody chooses."""
        whole = [e for e in found.hits if _is_whole(e, wanted)]
        only = found.hits if len(found.hits) == 1 and not found.after else ()
        meant = [e for e in whole if e.kind != "patient"] or only
        if len(meant) == 1:
            self._frame.command.field.clear()
            self.close()
            opens = {"patient": self._patient, "lot": self.lot.emit}
            opens.get(meant[0].kind, self.order.emit)(meant[0].key)
        elif not found.hits:
            self.unknown.emit(typed)

    def _patient(self, key: str) -> None:
        self.patient.emit(int(key))

    def _failed(self, trouble: Trouble) -> None:
        self.troubled.emit(trouble)

    def _open_order(self, number: str) -> None:
        self._frame.command.field.clear()
        self.order.emit(number)

    def _open_patient(self, number: int) -> None:
        self._frame.command.field.clear()
        self.patient.emit(number)

    def _open_lot(self, number: str) -> None:
        self._frame.command.field.clear()
        self.lot.emit(number)


def _is_whole(hit: ShownHit, wanted: str) -> bool:
    """Tell whether a hit bears just the number that was typed, or a lot the code that was scanned."""
    codes = {hit.key.casefold(), hit.code.casefold()} - {""}
    return wanted.casefold() in codes
