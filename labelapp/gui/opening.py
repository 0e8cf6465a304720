"""Opening files: each one by itself, and a list that names those that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from labelapp.gui.parts import GAP, breakable, heading, label
from labelapp.gui.settings import Start, Words
from labelapp.gui.work import Task, Trouble, Work

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.rx.draft import Draft

LINES = 4
"""Lines of the list in view at once; the rest scrolls."""


class Unread(QFrame):
    """Names each file that could not be read and why; it stays until Esc or the next action."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.lines: list[str] = []
        self._head = heading("")
        self.text = label(wrap=True)
        self.text.setContentsMargins(GAP, 0, GAP, 0)
        self._area = _Lines(self)
        self._area.setWidget(self.text)
        self._area.setAccessibleName(words("gui.open.unread-list"))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, GAP // 2, 2 * GAP, GAP // 2)
        column.setSpacing(2)
        column.addWidget(self._head)
        column.addWidget(self._area)
        self.hide()

    def add(self, name: str, said: str) -> None:
        """Name one more file and what is wrong with it."""
        self.lines.append(breakable(said if name in said else f"{name}: {said}"))
        self._head.setText(self._words("gui.open.unread", many=str(len(self.lines))))
        self.text.setText("\n".join(self.lines))
        self._area.updateGeometry()
        self.show()

    def clear(self) -> None:
        """Take the list away."""
        self.lines.clear()
        self.hide()


class _Lines(QScrollArea):
    """A few lines, the rest to scroll to."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def sizeHint(self) -> QSize:
        """Ask for the lines there are, but for no more than a few."""
        inside = self.widget()
        most = LINES * self.fontMetrics().lineSpacing()
        wanted = most if inside is None else inside.heightForWidth(self.viewport().width())
        return QSize(200, min(wanted, most) + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Ask for one line at least."""
        return QSize(0, self.fontMetrics().lineSpacing() + 2 * self.frameWidth())


class Opening(QObject):
    """Asks the desk for each file; the first one read is shown."""

    opened = Signal(str, tuple, bool)
    """A file's name, its drafts, and whether it is the first one read of those asked for."""
    failed = Signal(str, object)
    """A file's name and what is wrong with it."""

    def __init__(self, window: QWidget, begin: Start, work: Work) -> None:
        super().__init__(window)
        self._window = window
        self._begin = begin
        self._work = work
        self._number = 0
        self._desk: Desk | None = None
        self._trouble: Trouble | None = None
        self._waiting: tuple[str, ...] = ()

    def choose(self, then: Callable[[Sequence[str]], None]) -> None:
        """Ask which files."""
        dialog = QFileDialog(self._window, self._begin.words("gui.open.title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        native = self._begin.native_dialogs
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not native)
        dialog.filesSelected.connect(then)
        dialog.open()

    def begin(self, desk: Desk) -> None:
        """Read the files that were waiting for the desk."""
        self._desk = desk
        self._open_waiting()

    def give_up(self, trouble: Trouble) -> None:
        """Tell of every file, waiting or still to come, that there is no desk to read it."""
        self._trouble = trouble
        self._open_waiting()

    def _open_waiting(self) -> None:
        files, self._waiting = self._waiting, ()
        self.open(files)

    def open(self, files: Sequence[str]) -> None:
        """Read files one by one, as soon as there is a desk; the first one read is shown at once."""
        if self._desk is None and self._trouble is None:
            self._waiting += tuple(files)
            return
        read: list[str] = []
        for path in files:
            name = Path(path).name
            if self._desk is None:
                self.failed.emit(name, self._trouble)
                continue
            self._number += 1  # each file is a kind of its own: none takes another's place
            ask = Task(
                f"open {self._number}",
                partial(self._desk.open, path),
                partial(self._read, name, read),
                partial(self.failed.emit, name),
            )
            self._work.ask(ask)

    def _read(self, name: str, read: list[str], drafts: tuple[Draft, ...]) -> None:
        is_first = not read
        if drafts:
            read.append(name)
        self.opened.emit(name, drafts, is_first)
