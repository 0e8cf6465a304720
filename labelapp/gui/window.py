"""The window at the counter: one screen from the order to the label."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from labelapp.gui.bars import CommandBar, QueueStrip
from labelapp.gui.foot import Foot
from labelapp.gui.menu import Menu
from labelapp.gui.settings import Settings, Start
from labelapp.gui.theme import SIZES, FocusRing, Look, Theme

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.gui.counter import Counter


class Window(QMainWindow):
    """The frame: menu, command field, foot. What lies between comes after the first paint.

    `Counter` does the work; it is made once the frame has been painted, so that the window is
    there at once and the parts that cost time come while somebody looks at it.
    """

    ready = Signal()
    """The desk is there and the form can be used."""

    def __init__(self, make_desk: Callable[[], Desk], start: Start, theme: Theme) -> None:
        super().__init__()
        self._make_desk = make_desk
        self.begin = start
        self.theme = theme
        self.settings = start.settings
        self.counter: Counter | None = None
        self._files: tuple[str, ...] = ()
        self._is_painted = False
        self.setWindowTitle(start.words("gui.title"))
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = Menu(self, start.words)
        self.menu.show_look(theme.look, theme.size)
        self.command = CommandBar(start.words, self)
        self.queue = QueueStrip(start.words, self)
        self.foot = Foot(theme, start.words, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        middle = QWidget(self)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for each in (self.command, self.queue):
            column.addWidget(each)
        column.addWidget(self.split, 1)
        column.addWidget(self.foot)
        self.setCentralWidget(middle)
        self.ring = FocusRing(theme, self)
        self.resize(1280, 720)

    def open_files(self, files: Sequence[str]) -> None:
        """Open prescription files, now or as soon as the desk is there."""
        if self.counter is not None:
            self.counter.open_files(files)
        else:
            self._files = (*self._files, *files)

    def event(self, event: QEvent) -> bool:
        """See the first paint, and build the rest when it is over."""
        answer = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self._painted)
        return answer

    def wear(self, look: Look, size: int) -> None:
        """Put on a look and a text size, and keep both."""
        self.theme.wear(look, size)
        self.menu.show_look(look, size)
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
        """Open what was dropped."""
        event.acceptProposedAction()
        self.open_files([url.toLocalFile() for url in event.mimeData().urls() if url.isLocalFile()])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Esc; say why printing has to wait when its key is pressed too early."""
        if self.counter is not None and event.key() == Qt.Key.Key_Escape:
            self.counter.back()
        elif self.counter is not None and event.key() == Qt.Key.Key_F9:
            self.counter.say_why_not()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the worker end before the window goes."""
        if self.counter is not None:
            self.counter.work.close()
        super().closeEvent(event)

    def _painted(self) -> None:
        if self.begin.painted is not None:
            self.begin.painted()
        QTimer.singleShot(0, self, self._build)

    def _build(self) -> None:
        from labelapp.gui.counter import Counter  # noqa: PLC0415 - after the first paint

        self.counter = Counter(self, self._make_desk)
        self._connect_looks()
        self.counter.start(self._files)

    def _connect_looks(self) -> None:
        for look, action in self.menu.looks.items():
            action.triggered.connect(partial(self._look_chosen, look))
        for size, action in self.menu.sizes.items():
            action.triggered.connect(partial(self._size_chosen, size))
        self.menu.actions["larger"].triggered.connect(partial(self._step_size, 1))
        self.menu.actions["smaller"].triggered.connect(partial(self._step_size, -1))

    def _look_chosen(self, look: Look, *_on: bool) -> None:
        self.wear(look, self.theme.size)

    def _size_chosen(self, size: int, *_on: bool) -> None:
        self.wear(self.theme.look, size)

    def _step_size(self, step: int, *_on: bool) -> None:
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - self.theme.size))
        self.wear(self.theme.look, SIZES[max(0, min(len(SIZES) - 1, nearest + step))])


def run(make_desk: Callable[[], Desk], files: Sequence[str], start: Start) -> int:
    """Open the window and stay until it is closed; give the exit code.

    `make_desk` is called once, in the worker's thread, after the first paint.
    """
    application = QApplication(sys.argv[:1])
    application.setApplicationName("labelapp")
    theme = Theme(application)
    theme.wear(look_of(start.settings.look), start.settings.text_size)
    window = Window(make_desk, start, theme)
    application.focusChanged.connect(window.ring.follow)
    window.open_files(files)
    window.show()
    return application.exec()


def look_of(word: str) -> Look:
    """Give the look of a word; one nobody knows follows the system."""
    return Look(word) if word in {each.value for each in Look} else Look.SYSTEM
