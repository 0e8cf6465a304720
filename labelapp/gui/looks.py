"""Looking: the desk is asked about the draft at hand; its answer holds for that draft and day."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from labelapp.gui.work import Task, Trouble, Work

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import Shown, Wanted
    from labelapp.rx.draft import Draft

LATE_MS = 250
"""An answer that takes longer than this is waited for in view of everybody.

Shorter, the window would flicker at every key on a slow computer; nothing prints meanwhile."""

WATCH_MS = 10_000
"""How often the window sees whether the day has turned."""


class Looks(QObject):
    """Asks the desk about one draft after another, and gives only an answer that still holds."""

    answered = Signal(object)
    """What the desk shows of the newest draft asked about."""
    failed = Signal()
    """The newest draft could not be looked at; `trouble` says why."""
    late = Signal()
    """The answer takes its time: what is in view is an older one."""
    outdated = Signal()
    """The day has turned: dates and beyond-use dates in view are yesterday's."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.desk: Desk | None = None
        self.trouble: Trouble | None = None
        self.is_late = False
        self._asked: tuple[Draft, Wanted] | None = None
        self._shown: Shown | None = None
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(LATE_MS)
        self._patience.timeout.connect(self._run_out)
        self.watch = QTimer(self)
        self.watch.setInterval(WATCH_MS)
        self.watch.timeout.connect(self.see_day)
        self.watch.start()

    def answer(self, draft: Draft, wanted: Wanted) -> Shown | None:
        """Give what the desk showed of just this, if it has and if that was today."""
        same = self._asked == (draft, wanted) and self._asked[0].came is draft.came
        shown = self._shown if same else None
        if shown is None or self.desk is None or not self.desk.is_of_today(shown):
            return None
        return shown

    def ask(self, draft: Draft, wanted: Wanted) -> None:
        """Ask about a draft. Only the newest is ever answered for."""
        self._shown = self.trouble = None
        self._asked = (draft, wanted)
        if self.desk is None:
            return
        if not self._patience.isActive() and not self.is_late:
            self._patience.start()
        job = partial(self.desk.look, draft, wanted)
        self._work.ask(Task("look", job, partial(self._answered, self._asked), self._failed))

    def forget(self) -> None:
        """Forget the answer: another prescription is on the desk."""
        self._shown = self._asked = self.trouble = None
        self._calm()

    def see_day(self) -> None:
        """Tell when the answer in view is of another day."""
        shown = self._shown
        if shown is not None and self.desk is not None and not self.desk.is_of_today(shown):
            self.outdated.emit()

    def _answered(self, asked: tuple[Draft, Wanted], shown: Shown) -> None:
        if asked is not self._asked:  # an equal draft may have another scan beside it
            return
        self._shown = shown
        self._calm()
        self.answered.emit(shown)

    def _failed(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self._calm()
        self.failed.emit()

    def _calm(self) -> None:
        self._patience.stop()
        self.is_late = False

    def _run_out(self) -> None:
        self.is_late = True
        self.late.emit()
