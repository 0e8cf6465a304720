"""The frame of the window: menu, command field, foot, and the looks one can choose."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from labelapp.gui.bars import CommandBar
from labelapp.gui.foot import Foot
from labelapp.gui.menu import Menu
from labelapp.gui.strips import QueueStrip
from labelapp.gui.theme import SIZES, FocusRing, Look

if TYPE_CHECKING:
    from labelapp.gui.window import Window


class Frame(QWidget):
    """Holds what stands around the form, and puts it into the window."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        words, theme = window.begin.words, window.theme
        window.setWindowTitle(words("gui.title"))
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu = Menu(window, words)
        self.menu.show_look(theme.look, theme.size)
        self.command = CommandBar(words, self)
        self.queue = QueueStrip(words, self)
        self.foot = Foot(theme, words, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.command)
        column.addWidget(self.queue)
        column.addWidget(self.split, 1)
        column.addWidget(self.foot)
        self.ring = FocusRing(theme, window)
        window.setCentralWidget(self)
        self._connect_looks()

    def _connect_looks(self) -> None:
        for look, action in self.menu.looks.items():
            action.triggered.connect(partial(self._look_chosen, look))
        for size, action in self.menu.sizes.items():
            action.triggered.connect(partial(self._size_chosen, size))
        self.menu.actions["larger"].triggered.connect(partial(self._step_size, 1))
        self.menu.actions["smaller"].triggered.connect(partial(self._step_size, -1))

    def _look_chosen(self, look: Look, *_on: bool) -> None:
        self._window.wear(look, self._window.theme.size)

    def _size_chosen(self, size: int, *_on: bool) -> None:
        self._window.wear(self._window.theme.look, size)

    def _step_size(self, step: int, *_on: bool) -> None:
        theme = self._window.theme
        nearest = min(range(len(SIZES)), key=lambda i: abs(SIZES[i] - theme.size))
        self._window.wear(theme.look, SIZES[max(0, min(len(SIZES) - 1, nearest + step))])
