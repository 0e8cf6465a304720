"""Making records new: the set-up and the restoring of a backup, for whoever may do it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from labelapp.dispensing.office.access import Act
from labelapp.gui.office.entrance import Entrance, Opened
from labelapp.gui.office.restore import RestorePage
from labelapp.gui.office.setup import SetUpPage
from labelapp.gui.settings import Start
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work

if TYPE_CHECKING:
    from labelapp.gui.frame import Frame


class Rebuild(QObject):
    """Opens the pages that put other records in the place of those that are open."""

    def __init__(self, frame: Frame, theme: Theme, begin: Start, entrance: Entrance) -> None:
        super().__init__(frame)
        self._frame = frame
        self._theme = theme
        self._begin = begin
        self._entrance = entrance

    def may(self, opened: Opened | None) -> bool:
        """Tell whether it may be done: in training, where nothing is open, else by right."""
        if opened is None or opened.office.is_training:
            return True
        return opened.office.may(Act.RESTORE)

    def set_up(self, opened: Opened | None, work: Work) -> None:
        """Set records up, from training or beside others."""
        if opened is None or not self.may(opened):
            return
        window, printers = self._frame.own_window, opened.desk.printers
        page = SetUpPage(self._theme, self._begin, work, opened.house, printers, window)
        self._open(page)

    def restore(self, opened: Opened | None, work: Work) -> None:
        """Restore a backup."""
        if self.may(opened):
            window, letting_go = self._frame.own_window, self._entrance.let_go
            page = RestorePage(self._theme, self._begin, work, letting_go, window)
            page.lost.connect(self._entrance.find)
            self._open(page)

    def _open(self, page: SetUpPage | RestorePage) -> None:
        page.made.connect(self._entrance.take_over)
        page.finished.connect(page.deleteLater)
        page.open()
