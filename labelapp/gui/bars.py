"""What stands around the form at once: the command field, the badge, how far a prescription is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QWidget,
)

from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme

COMMAND_SHOWN = 100
"""Characters of a command nobody knows that stand in the sentence about it."""

_TICK = (QPointF(0.28, 0.52), QPointF(0.45, 0.69), QPointF(0.74, 0.34))
_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class CommandLine(Line):
    """The field itself; while something is found for what is typed, the list takes its keys first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.lend: Callable[[QKeyEvent], bool] | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Lend the key to the list of what is found."""
        if self.lend is None or not self.lend(event):
            super().keyPressEvent(event)


class CommandBar(QFrame):
    """The field a scan or a command goes into, and in which state the program is."""

    commanded = Signal(str)

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._is_training = True
        self.field = CommandLine(self)
        self.field.setPlaceholderText(words("gui.command.hint"))
        self.field.setAccessibleName(words("gui.command"))
        self.field.setClearButtonEnabled(False)
        self.field.returnPressed.connect(self._tell)
        self.who = label()
        self.who.setAccessibleName(words("gui.who.caption"))
        self.who.hide()
        self.state = Badge(words("gui.training"), self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GAP, GAP, 2 * GAP, GAP)
        row.setSpacing(2 * GAP)
        row.addWidget(self.field, 1)
        row.addWidget(self.who)
        row.addWidget(self.state)

    def show_standing(self, who: str, state: str, *, is_training: bool) -> None:
        """Say who is at the counter, and in which state the program is; nothing when it is in none."""
        self._is_training = is_training
        self.who.setText(who)
        self.who.setAccessibleDescription(who)
        self.who.setVisible(bool(who))
        self.state.say(state)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the band over a counter in training."""
        super().paintEvent(event)
        if self._is_training:
            painter = QPainter(self)
            painter.fillRect(0, 0, self.width(), GAP // 2, QColor(self._theme.colours.ask))
            painter.end()

    def _tell(self) -> None:
        self.commanded.emit(self.field.text().strip())


class Badge(QWidget):
    """A word in a frame that cannot be overlooked."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._text = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, text: str) -> None:
        """Say another word, or none at all."""
        self._text = text
        self.setAccessibleName(text)
        self.setVisible(bool(text))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Give room to the word."""
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._text) + 4 * GAP, metrics.height() + GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the word dark on its ground, and the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor("#5c3a00"), 2))
        painter.setBrush(QColor("#ffd985"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
        painter.setPen(QColor("#2b1b00"))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._text)
        painter.end()


class Steps(QWidget):
    """How far the prescription is: each step a word and a shape, a tick once it is done."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._done = (False, False, False)
        self._paper = ""
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_steps(entered=False, checked=False, paper="")

    def show_steps(self, *, entered: bool, checked: bool, paper: str) -> None:
        """Show which steps are done; `paper` is printed, saved, or neither."""
        self._done = (entered, checked, bool(paper))
        if paper != self._paper:
            self._paper = paper
            self.updateGeometry()
        said = [
            self._words("gui.step.done" if done else "gui.step.open", step=word)
            for word, done in zip(self._names(), self._done, strict=True)
        ]
        self.setAccessibleName(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Give room to all steps."""
        metrics = self.fontMetrics()
        width = sum(metrics.horizontalAdvance(each) for each in self._names())
        return QSize(width + 3 * (metrics.height() + 3 * GAP), metrics.height() + GAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the steps."""
        colours, metrics = self._theme.colours, self.fontMetrics()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x, side = 2, metrics.height() - 2
        for word, done in zip(self._names(), self._done, strict=True):
            box = QRectF(x, (self.height() - side) / 2, side, side)
            colour = QColor(colours.good if done else colours.quiet)
            painter.setPen(QPen(colour, 2))
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
            if done:
                at = box.topLeft()
                painter.drawPolyline([at + p * side for p in _TICK])
            x += side + GAP // 2
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, 0, width + 2, self.height()), _MIDDLE, word)
            x += width + 2 * GAP
        painter.end()

    def _names(self) -> tuple[str, str, str]:
        words = self._words
        last = words("gui.step.saved" if self._paper == "saved" else "gui.step.printed")
        return words("gui.step.entered"), words("gui.step.checked"), last


def file_named(text: str) -> Path | None:
    """Give the file a command names, if it names one; whatever a scanner sends is no file."""
    try:
        path = Path(text).expanduser()
        return path if text and path.is_file() else None
    except (OSError, RuntimeError, ValueError):  # too long, nobody's home folder, no such character
        return None


def shortened(text: str) -> str:
    """Give as much of a command nobody knows as a sentence has room for."""
    return text if len(text) <= COMMAND_SHOWN else f"{text[:COMMAND_SHOWN]} …"
