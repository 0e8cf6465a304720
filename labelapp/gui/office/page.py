"""A page of the records: it asks the office in the worker's thread and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor, QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.office.office import Office
from labelapp.gui.foot import Alarm
from labelapp.gui.parts import GAP, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import RING, Theme
from labelapp.gui.work import Bug, Task, Trouble, Work
from labelapp.rx.dates import staff_date
from labelapp.rx.errors import LabelappError

Answer = TypeVar("Answer")
Plain = Callable[[LabelappError], tuple[str, str]]
"""Says an error and the way out, as the desk does."""


class OfficePage(QDialog):
    """What every page of the records has: a body that scrolls, a last word, a button that closes.

    `plain` says an error and its way out in the language of the screen. What comes back after the
    page was closed is heard by nobody; what was asked is done all the same.
    """

    def __init__(
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.words = words
        self.office = office
        self.work = work
        self.plain = plain
        self.is_busy = False
        self._is_over = False
        self.alarm = Alarm(theme, words("gui.trouble"), self)
        self.said = label(wrap=True)
        self.closer = button(words("gui.close"), self, self.reject)
        self.body = QWidget(self)
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(RING, RING, RING, RING)
        self.column.setSpacing(GAP)
        self._area = QScrollArea(self)
        self._lay_out()
        FocusRing(theme, self)

    def fit(self, width: int, height: int) -> None:
        """Take this size at usual text, more at larger text, never more than the screen has."""
        room = self.screen().availableGeometry()
        share = self.theme.size / 100
        self.resize(
            min(round(width * share), room.width() * 96 // 100),
            min(round(height * share), room.height() * 92 // 100),
        )

    def look(
        self, what: str, job: Callable[[], Answer], answered: Callable[[Answer], None]
    ) -> None:
        """Ask the office for something to show; only the newest question of a kind is answered."""
        self._ask(what, job, partial(self._heard, answered))

    def do(self, said: str, job: Callable[[], Answer], answered: Callable[[Answer], None]) -> bool:
        """Have the office do something, one thing at a time, and say so meanwhile.

        Give False when something else is still being done: then this is not.
        """
        if self.is_busy:
            self.say(self.words("keeping.busy"))
            return False
        self.is_busy = True
        self.say(said)
        self._ask("do", job, partial(self._done, answered))
        return True

    def say(self, text: str, *, trouble: bool = False) -> None:
        """Show a sentence and announce it; `trouble` marks it by sign, word and colour."""
        self.alarm.setVisible(trouble)
        self.said.setText(text)
        self._colour()
        if text:
            event = QAccessibleAnnouncementEvent(self.said, text)
            QAccessible.updateAccessibility(event)

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong and the way out."""
        self.is_busy = False
        if isinstance(trouble, Bug):
            said = self.words("gui.bug", kind=trouble.kind, where=trouble.where)
        else:
            said = " ".join(part for part in self.plain(trouble) if part)
        self.say(said, trouble=True)

    def done(self, outcome: int) -> None:
        """Close: what is still on its way is shown no more."""
        self._is_over = True
        super().done(outcome)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the colour of trouble when the look changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._colour()

    def _ask(self, what: str, job: Callable[[], Any], answered: Callable[[Any], None]) -> None:
        kind = f"{type(self).__name__}.{id(self)}.{what}"
        self.work.ask(Task(kind, job, answered, partial(self._heard, self.say_trouble)))

    def _heard(self, answered: Callable[[Any], None], answer: Any) -> None:
        if not self._is_over:
            answered(answer)

    def _done(self, answered: Callable[[Any], None], answer: Any) -> None:
        self.is_busy = False
        if not self._is_over:
            self.say("")
            answered(answer)

    def _colour(self) -> None:
        colours = self.theme.colours
        dressed = self.palette()
        ink = colours.text if self.alarm.isHidden() else colours.stop
        dressed.setColor(dressed.ColorRole.WindowText, QColor(ink))
        if self.said.palette() != dressed:
            self.said.setPalette(dressed)

    def _lay_out(self) -> None:
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self.body)
        foot = QHBoxLayout()
        foot.setSpacing(GAP)
        foot.addWidget(self.alarm, 0, Qt.AlignmentFlag.AlignTop)
        foot.addWidget(self.said, 1)
        foot.addWidget(self.closer, 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(self._area, 1)
        column.addLayout(foot)


class _Button(QPushButton):
    """A button that Enter presses too, while it has the keyboard and only then."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Enter as Space is taken; no scanner sends it while a field has the keyboard."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)


def button(
    text: str, parent: QWidget, slot: Callable[[], object], *, by_enter: bool = True
) -> QPushButton:
    """Make a button that only does something when it is meant: Enter elsewhere never presses it.

    Not `by_enter`, only the space bar presses it: a scanner ends what it read with Enter.
    """
    made = _Button(text, parent) if by_enter else QPushButton(text, parent)
    made.setAutoDefault(False)
    made.clicked.connect(lambda *_: slot())
    return made


def day(at: str) -> str:
    """Say on which day something was, in the time of this computer: `22-Nov-2026`."""
    return staff_date(datetime.fromisoformat(at).astimezone().date())


def moment(at: str | datetime) -> str:
    """Say when something was, in the time of this computer: `22-Nov-2026 14:05:09`."""
    when = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    here = when.astimezone()
    return f"{staff_date(here.date())} {here:%H:%M:%S}"
