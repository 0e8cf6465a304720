"""The gauge: who is at the counter and how old the backup is, and the backup of every hour."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from labelapp.gui.office.standing import Standing, age_said, standing_of, who
from labelapp.gui.settings import Start
from labelapp.gui.work import Task, Work

if TYPE_CHECKING:
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.office.shown import ShownBackup
    from labelapp.gui.frame import Frame

MINUTE_MS = 60_000
HOURLY_MS = 3_600_000
FIRST_MS = 30_000
"""So long after a sign-in the backup is made that is due; the counter comes first."""


class Gauge(QObject):
    """Shows how the counter stands, and has a backup made every hour."""

    doubtful = Signal()
    """There are prints nobody knows the end of."""
    troubled = Signal(object)

    def __init__(self, frame: Frame, begin: Start, work: Work) -> None:
        super().__init__(frame)
        self._frame = frame
        self._begin = begin
        self._work = work
        self._standing: Standing | None = None
        self.office: Office | None = None
        """The records that are open."""
        self._minute, self._hour = QTimer(self), QTimer(self)
        self._minute.timeout.connect(self._show_age)
        self._minute.start(MINUTE_MS)
        self._hour.timeout.connect(self.back_up)
        self._hour.start(HOURLY_MS)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self.back_up)

    def refresh(self, *, ask_doubts: bool = False) -> None:
        """Ask how the counter stands, and show it."""
        if self.office is not None:
            job = partial(standing_of, self.office, ask_doubts=ask_doubts)
            self._work.ask(Task("standing", job, self._stands, self.troubled.emit))

    def back_up(self) -> None:
        """Make the backup of the hour; training has nothing worth keeping."""
        office = self.office
        if office is not None and not office.is_training:
            job = office.keeping.hourly
            self._work.ask(Task("hourly", job, self._backed_up, self.troubled.emit))

    def _backed_up(self, _made: ShownBackup) -> None:
        self.refresh()

    def _stands(self, standing: Standing) -> None:
        self._standing = standing
        words = self._begin.words
        state = ""
        if standing.is_training:
            state = words("gui.training")
        elif standing.is_sample and standing.person is not None:
            known = standing.state
            state = words("gui.sample", state=known) if known else words("gui.sample.no-state")
        said = who(standing, words)
        self._frame.command.show_standing(said, state, is_training=standing.is_training)
        self._show_age()
        if standing.person is not None and self._is_due(standing) and not self._first.isActive():
            self._first.start(FIRST_MS)
        if standing.doubts:
            self.doubtful.emit()

    def _is_due(self, standing: Standing) -> bool:
        newest = standing.newest
        return newest is None or self._begin.clock() - newest >= timedelta(milliseconds=HOURLY_MS)

    def _show_age(self) -> None:
        standing = self._standing
        if standing is None or standing.is_training:
            self._frame.foot.show_backup("", is_old=False)
            return
        said, is_old = age_said(standing.newest, self._begin.clock(), self._begin.words)
        self._frame.foot.show_backup(said, is_old=is_old)
