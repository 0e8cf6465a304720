"""The window at the counter: one screen from the order to the label."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QMainWindow

from labelapp.gui.settings import Settings, Start
from labelapp.gui.theme import Look, Theme

if TYPE_CHECKING:
    from PySide6.QtCore import QtMsgType
    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent, QPaintEvent

    from labelapp.dispensing.desk import Desk
    from labelapp.gui.counter import Counter
    from labelapp.gui.frame import Frame
    from labelapp.gui.leaving import LeavePage
    from labelapp.gui.office.reception import Reception


class Window(QMainWindow):
    """The window itself. What stands in it comes after the first paint.

    Everything that costs time (words, widgets, the desk) is made once the window is there:
    `frame` and `counter` first, then the desk in the worker's thread. Even naming one of Qt's
    enumerations costs 15 ms the first time, so there is none up to the paint.
    """

    ready = Signal()
    """The desk is there and the form can be used."""

    frame: Frame

    def __init__(self, make_desk: Callable[[], Desk] | None, start: Start, theme: Theme) -> None:
        super().__init__()
        self._make_desk = make_desk
        self.begin = start
        self.theme = theme
        self.settings = start.settings
        self.counter: Counter | None = None
        self.reception: Reception | None = None
        self._files: tuple[str, ...] = ()
        self._is_painted = False
        self._may_go = False
        self._leaving: LeavePage | None = None
        self.setWindowTitle("labelapp")
        self.setAcceptDrops(True)
        self.resize(1280, 720)

    @property
    def is_covered(self) -> bool:
        """True while a page of the reception stands over the counter: locked, nobody signed in."""
        return self.reception is not None and self.reception.is_covered

    def open_files(self, files: Sequence[str]) -> None:
        """Open prescription files, now or as soon as the desk is there."""
        if self.counter is not None:
            self.counter.open_files(files)
        else:
            self._files = (*self._files, *files)

    def paintEvent(self, event: QPaintEvent) -> None:
        """See the first paint, and build the rest when it is over."""
        super().paintEvent(event)
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._painted)

    def wear(self, look: Look, size: int) -> None:
        """Put on a look and a text size, and keep both."""
        self.theme.wear(look, size)
        self.frame.menu.show_look(look, size)
        self.keep(look=look.value, text_size=size)
        if self.counter is not None:
            self.counter.dress()

    def keep(self, **changes: object) -> None:
        """Keep a setting of this computer."""
        values = {**vars(self.settings), **changes}
        changed = Settings(**values)
        if changed != self.settings:
            self.settings = changed
            self.begin.keep(changed)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files of this computer, and nothing else."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open what was dropped, but not on a page that stands over the counter."""
        if self.is_covered:
            return
        event.acceptProposedAction()
        self.open_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc; say why printing has to wait when its key is pressed too early."""
        if self.is_covered or self.counter is None or not self.counter.takes(event):
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the worker end before the window goes; ask first when something would be lost."""
        if self.counter is not None:
            if self.counter.paper.is_busy:  # what comes of it would be lost with the window
                event.ignore()
                self._may_go = False
                self.counter.say_on_its_way()
                return
            if not self._may_go and self.counter.unsaved:
                event.ignore()
                self._ask_to_leave(self.counter.unsaved)
                return
            self.counter.work.close()
        if self.reception is not None:
            self.reception.close()
        super().closeEvent(event)

    def leave(self) -> None:
        """Close, whatever is typed: somebody said so."""
        self._may_go = True
        self.close()

    def _ask_to_leave(self, many: int) -> None:
        from labelapp.gui.leaving import LeavePage  # noqa: PLC0415 - only after the first paint

        if self._leaving is not None:
            self._leaving.activateWindow()
            return
        self._leaving = LeavePage(self.theme, self.begin.words, many, self)
        self._leaving.left.connect(self.leave)
        self._leaving.finished.connect(self._stayed)
        self._leaving.open()

    def _stayed(self, *_outcome: int) -> None:
        if self._leaving is not None:
            self._leaving.deleteLater()
        self._leaving = None

    def _painted(self) -> None:
        if self.begin.painted is not None:
            self.begin.painted()
        QTimer.singleShot(0, self, self._build)

    def _build(self) -> None:
        if self.begin.heard is not None:
            qInstallMessageHandler(partial(_heard, self.begin.heard))
        # imported only after the first paint
        from labelapp.gui.counter import Counter  # noqa: PLC0415
        from labelapp.gui.frame import Frame  # noqa: PLC0415

        self.frame = Frame(self.theme, self.begin.words, self)
        self.frame.worn.connect(self._worn)
        self.counter = Counter(self.frame, self.theme, self.begin, self._make_desk)
        self.counter.kept.connect(self._kept)
        self.counter.paper.taken.connect(self._used)
        self.counter.ready.connect(self.ready)
        if self.begin.ways is not None:
            from labelapp.gui.staffed import Staffed  # noqa: PLC0415 - as above

            staff = Staffed(self.frame, self.counter, self.theme, self.begin)
            self.reception = staff.reception
        self.counter.start(self._files)
        if self.reception is not None:
            self.reception.start()

    def _worn(self, look: str, size: int) -> None:
        self.wear(look_of(look), size)

    def _kept(self, changes: dict[str, object]) -> None:
        self.keep(**changes)

    def _used(self, stock: str) -> None:
        """Remember a stock something was printed or saved on: it is offered first from now on."""
        self.keep(stocks_used=self.settings.after_using(stock))
        if self.counter is not None:
            self.counter.preview.choosers.note_used(self.settings.stocks_used)


def run(make_desk: Callable[[], Desk] | None, files: Sequence[str], start: Start) -> int:
    """Open the window and stay until it is closed; give the exit code.

    `make_desk` is called once, in the worker's thread, after the first paint; it is None where
    `start` has the ways to records, and with them to a desk.
    """
    application = QApplication([*sys.argv[:1], "-style", "fusion"])
    application.setApplicationName("labelapp")
    theme = Theme(application)
    theme.wear(look_of(start.settings.look), start.settings.text_size)
    window = Window(make_desk, start, theme)
    window.open_files(files)
    window.show()
    return application.exec()


def _heard(tell: Callable[[str], None], kind: QtMsgType, _place: object, said: str) -> None:
    """Pass on what Qt has to say, with how grave it holds it to be."""
    tell(f"{kind.name}: {said}")


def look_of(word: str) -> Look:
    """Give the look of a word; one nobody knows follows the system."""
    return Look(word) if word in {each.value for each in Look} else Look.SYSTEM
