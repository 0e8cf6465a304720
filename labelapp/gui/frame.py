"""The frame of the window: menu, command field, foot, and the looks one can choose."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QMainWindow, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from labelapp.gui.bars import CommandBar
from labelapp.gui.foot import Foot
from labelapp.gui.menu import Menu
from labelapp.gui.opening import Unread
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.strips import QueueStrip
from labelapp.gui.theme import SIZES, Look, Theme


class Frame(QWidget):
    """Holds what stands around the form, and puts it into the window."""

    worn = Signal(str, int)
    """A look and a text size somebody chose."""

    def __init__(self, theme: Theme, words: Words, window: QMainWindow) -> None:
        self.own_window = window
        self.stack = QStackedWidget(window)
        """The frame, and over it whatever page stands in its place."""
        super().__init__(self.stack)
        self._theme = theme
        window.setWindowTitle(words("gui.title"))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = Menu(window, words)
        self.menu.show_look(theme.look, theme.size)
        self.command = CommandBar(theme, words, self)
        self.queue = QueueStrip(words, self)
        self.foot = Foot(theme, words, self)
        self.unread = Unread(words, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        column.addWidget(self.command)
        column.addWidget(self.queue)
        column.addWidget(self.split, 1)
        column.addWidget(self.unread)
        column.addWidget(self.foot)
        self.ring = FocusRing(theme, window)
        self.stack.addWidget(self)
        window.setCentralWidget(self.stack)
        self._connect_looks()

    def put_under_command(self, found: QWidget) -> None:
        """Put the list of what is found right under the command field."""
        self._column.insertWidget(1, found)

    def _connect_looks(self) -> None:
        for look, action in self.menu.looks.items():
            action.triggered.connect(partial(self._look_chosen, look))
        for size, action in self.menu.sizes.items():
            action.triggered.connect(partial(self._size_chosen, size))
        self.menu.actions["larger"].triggered.connect(partial(self._step_size, 1))
        self.menu.actions["smaller"].triggered.connect(partial(self._step_size, -1))

    def _look_chosen(self, look: Look, *_on: bool) -> None:
        self.worn.emit(look.value, self._theme.size)

    def _size_chosen(self, size: int, *_on: bool) -> None:
        self.worn.emit(self._theme.look.value, size)

    def _step_size(self, step: int, *_on: bool) -> None:
        now = self._theme.size
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - now))
        self._size_chosen(SIZES[max(0, min(len(SIZES) - 1, nearest + step))])
