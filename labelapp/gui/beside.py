"""The order as received, beside the form: shown or hidden by a key, and a scan put to it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog
from shiboken6 import isValid

from labelapp.dispensing.shown import SCAN
from labelapp.gui.menu import plainly
from labelapp.gui.received import Received
from labelapp.gui.work import Bug, Task, Trouble, Work

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import ShownScan
    from labelapp.gui.case import Case
    from labelapp.gui.frame import Frame
    from labelapp.gui.lastword import LastWord
    from labelapp.gui.panes import Panes
    from labelapp.gui.settings import Start
    from labelapp.rx.draft import AsReceived, Draft


class Beside(QObject):
    """Shows the order as received in the label's place, while somebody wants to see it.

    It is always that of the prescription on the desk. A scan that was just opened or put beside a
    prescription is shown at once: it is what is typed from.
    """

    attached = Signal()
    """A scan was put beside a prescription."""

    def __init__(
        self,
        frame: Frame,
        panes: Panes,
        begin: Start,
        work: Work,
        word: LastWord,
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._panes = panes
        self._begin = begin
        self._words = begin.words
        self._work = work
        self._word = word
        self._case: Case | None = None
        self._came: AsReceived | None = None
        self._is_wanted = False
        self._is_read = False
        self._is_awaited = False
        """True while somebody went to an order whose pages are still being read."""
        self._number = 0
        self._left_at: QWidget | None = None
        self.desk: Desk | None = None
        for name, slot in (
            ("received", self.turn),
            ("attach", self.choose),
            ("preview", self._go_to_label),
        ):
            frame.menu.actions[name].triggered.connect(plainly(slot))

    def show_case(self, case: Case) -> None:
        """Follow the prescription on the desk; what another one came with is gone from view."""
        came = case.draft.came
        self._case = case
        if came is not self._came:
            self._came, self._is_read, self._is_awaited = came, False, False
            self._panes.received.show_none("")
            if came is not None and not case.draft.written and case.draft.source == SCAN:
                self._is_wanted = True
        self._weigh()

    def show_label(self) -> None:
        """Show the label again."""
        self._is_wanted = False
        self._weigh()

    def turn(self) -> None:
        """Show the order and go to it; when the keyboard is there already, show the label again."""
        if self._came is None:
            self._frame.foot.say(self._words("gui.received.none"), aloud=True)
        elif self._holds_focus():
            self.show_label()
            self._go_back()
        else:
            self._left_at = self._frame.window().focusWidget()
            self._is_wanted = self._is_awaited = True
            self._weigh()
            self._panes.received.take_focus()

    def choose(self) -> None:
        """Ask which scan belongs to the prescription on the desk."""
        dialog = QFileDialog(self._frame.window(), self._words("gui.attach.title"))
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self._begin.native_dialogs)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self._words("gui.attach.filter"))
        if self._case is not None:
            dialog.fileSelected.connect(partial(self.attach, self._case))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def attach(self, case: Case, path: str) -> None:
        """Put a fax or scan beside a prescription as soon as it was looked at."""
        if self.desk is None:
            self._frame.foot.say(self._words("gui.loading"), aloud=True)
            return
        self._number += 1  # a scan for one prescription never takes the place of another's
        job = partial(self.desk.attach, case.draft, path)
        done = partial(self._attached, case)
        self._frame.foot.say(self._words("gui.attach.under-way"))
        self._work.ask(Task(f"attach {self._number}", job, done, self._say))

    def _attached(self, case: Case, draft: Draft) -> None:
        assert draft.came is not None
        case.receive(draft.came)
        if case is self._case:
            self._is_wanted = True
        self.attached.emit()
        self._word.news = self._words("gui.attach.done")
        self._frame.foot.say(self._word.news, aloud=True)

    def _weigh(self) -> None:
        shown = self._is_wanted and self._came is not None
        if not shown and self._holds_focus():  # no key meant for one order is another's
            self._frame.command.field.setFocus()
        self._panes.show_received(shown=shown)
        if shown and not self._is_read:
            self._read()

    def _holds_focus(self) -> bool:
        return self._panes.received.isAncestorOf(self._frame.window().focusWidget())

    def _go_back(self) -> None:
        """Put the keyboard where it was before somebody went to the order."""
        left = self._left_at
        if left is not None and isValid(left) and left.isVisible():
            left.setFocus()

    def _read(self) -> None:
        """Have the pages read, off the window's thread; a message is its own text."""
        came = self._came
        assert came is not None
        self._is_read = True
        self._panes.received.show_none(self._words("gui.received.reading"))
        job = partial(_pages, came)
        done, failed = partial(self._show, came), partial(self._failed, came)
        self._work.ask(Task("received", job, done, failed))

    def _show(self, came: AsReceived, scans: tuple[ShownScan, ...]) -> None:
        if came is not self._came:
            return
        self._panes.received.show_received(Received(came, scans))
        if self._is_awaited and self._frame.window().focusWidget() is self._left_at:
            self._panes.received.take_focus()
        self._is_awaited = False

    def _failed(self, came: AsReceived, trouble: Trouble) -> None:
        if came is self._came:
            self._panes.received.show_received(Received(came, is_unreadable=True))
        if isinstance(trouble, Bug):
            self._say(trouble)

    def _say(self, trouble: Trouble) -> None:
        self._frame.foot.say(self._word.plain(trouble), aloud=True, trouble=True)

    def _go_to_label(self) -> None:
        self.show_label()
        self._panes.preview.picture.setFocus()


def _pages(came: AsReceived) -> tuple[ShownScan, ...]:
    from labelapp.dispensing.scanned import pictures  # noqa: PLC0415 - it loads the readers

    return pictures(came)
