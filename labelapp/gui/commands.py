"""The command field at work: what is typed there opens a file, begins a prescription, or finds one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.bars import file_named, shortened
from labelapp.gui.settings import Words
from labelapp.gui.tray import Tray
from labelapp.gui.work import Trouble
from labelapp.rx.draft import Draft

if TYPE_CHECKING:
    from labelapp.gui.frame import Frame


class Commands(QObject):
    """Reads the command field, and takes in the files it named."""

    begun = Signal()
    """A new prescription is wanted."""
    named = Signal(list)
    """A file is to be opened."""
    queued = Signal()
    """More prescriptions are in the tray, the one on the desk is the same."""
    fronted = Signal()
    """Another prescription is on the desk."""

    def __init__(
        self, frame: Frame, words: Words, tray: Tray, plain: Callable[[Trouble], str]
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._words = words
        self._tray = tray
        self._plain = plain
        self.find: Callable[[str], bool] | None = None
        """Looks a text up in the records; tells whether it was taken there."""
        frame.command.commanded.connect(self.do)

    def do(self, text: str) -> None:
        """Do what was typed."""
        field = self._frame.command.field
        self._frame.unread.clear()
        path = file_named(text)
        if text.casefold() == "n":
            field.clear()
            self.begun.emit()
        elif path is not None:
            field.clear()
            self.named.emit([str(path)])
        elif text and not (self.find is not None and self.find(text)):
            self.say_unknown(text)

    def say_unknown(self, text: str) -> None:
        """Say that nothing and nobody is known by what was typed."""
        said = self._words("gui.command.unknown", text=shortened(text))
        self._frame.foot.say(said, aloud=True, trouble=True)

    def take(self, name: str, drafts: tuple[Draft, ...], is_first: bool = True) -> None:  # noqa: FBT001, FBT002 - the signal's own shape
        """Put the drafts of a file on the desk, and go to the first one of those just opened."""
        if not drafts:
            said = self._words("gui.open.nothing", name=name)
            self._frame.unread.add(name, said)
            self._frame.foot.say(said, aloud=True, trouble=True)
            return
        if self._tray.add(name, drafts, in_front=is_first):
            self.fronted.emit()
        else:
            self.queued.emit()
        if not self._frame.unread.lines:
            self._frame.foot.say(self._words("gui.open.done", name=name, many=str(len(drafts))))

    def put(self, draft: Draft) -> None:
        """Put a draft of the records on the desk."""
        self._frame.unread.clear()
        self._tray.add("", (draft,), in_front=True)
        self.fronted.emit()

    def refuse(self, name: str, trouble: Trouble) -> None:
        """Name a file that cannot be read, and why."""
        said = self._plain(trouble)
        self._frame.unread.add(name, said)
        self._frame.foot.say(said, aloud=True, trouble=True)
