"""Sending: whether the label on the desk may go to paper, its going, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.menu import plainly
from labelapp.gui.paper import Paper, Sheet
from labelapp.gui.sight import Sight
from labelapp.gui.tray import Tray

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from labelapp.dispensing.shown import Shown
    from labelapp.gui.frame import Frame
    from labelapp.gui.lastword import LastWord


class Sending(QObject):
    """Opens the way to paper or bars it with the reason, and leads nobody's keys astray after."""

    leaving = Signal()
    """A label is about to be sent or saved: it must be in view."""
    ended = Signal()
    """It is known what came of a label."""
    copied = Signal()
    """The label on the desk came out: its next one is another copy."""

    def __init__(
        self, frame: Frame, tray: Tray, sight: Sight, paper: Paper, word: LastWord
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._tray = tray
        self._sight = sight
        self._paper = paper
        self._word = word
        self._left_at: QWidget | None = None
        """Where the keyboard was when a label was sent."""
        paper.began.connect(self._began)
        paper.ended.connect(self._ended)
        actions, foot = frame.menu.actions, frame.foot
        actions["save"].triggered.connect(plainly(self._save))
        actions["print"].triggered.connect(plainly(self._print))
        foot.save.clicked.connect(actions["save"].trigger)
        foot.print.clicked.connect(actions["print"].trigger)

    def weigh(self) -> None:
        """Say how far the prescription is, and open or bar the way to paper with the reason."""
        shown, foot, actions = self._sight.shown, self._frame.foot, self._frame.menu.actions
        may = shown is not None and shown.may_print
        for each in (foot.save, foot.print, actions["save"], actions["print"]):
            each.setEnabled(may)
        if self._sight.is_known:
            paper = self._tray.case.paper
            entered = shown is not None and shown.label is not None
            foot.steps.show_steps(entered=entered, checked=may or bool(paper), paper=paper)
        self.tell()

    def tell(self, *, aloud: bool = False) -> None:
        """Say what weighs most now."""
        self._word.under_way = self._paper.under_way
        self._word.say(self._sight.shown, aloud=aloud)

    def say_why_not(self) -> None:
        """Say aloud why nothing can be printed yet."""
        self._word.say_why_not(self._sight.shown)

    def _save(self) -> None:
        shown = self._printable()
        if shown is not None:
            self._paper.save(self._tray.case, shown)

    def _print(self) -> None:
        shown = self._printable()
        if shown is not None:
            self._paper.choose_printer(self._tray.case, shown)

    def _printable(self) -> Shown | None:
        """Give the label when it may be printed; say why not otherwise."""
        self._sight.see_day()
        shown = self._sight.shown
        self._frame.unread.clear()
        if shown is not None and shown.may_print and not self._paper.is_busy:
            self.leaving.emit()
            return shown
        self.say_why_not()
        return None

    def _began(self) -> None:
        self._left_at = self._frame.window().focusWidget()
        self.tell()

    def _ended(self, sheet: Sheet) -> None:
        """Say what came of it, whoever is on the desk now; nobody's keys are led astray."""
        is_here = sheet.case is self._tray.case
        if sheet.case.paper:
            sheet.case.reason = ""
        if not is_here and sheet.case.receipt:
            self._word.name_other(sheet.case)
        self.ended.emit()
        self.tell(aloud=True)
        focus, field = self._frame.window().focusWidget(), self._frame.command.field
        if is_here and self._tray.case.draft == sheet.draft and focus is self._left_at:
            field.setFocus()
        self._sight.see_day()
        if is_here and sheet.case.paper:
            self.copied.emit()
