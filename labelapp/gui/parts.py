"""The small parts the window is made of: plain words, headings, lines to type in."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

GAP = 8
"""The house's unit of empty space, in pixels."""

_LONG = re.compile(r"\S{31,}")

_TURNING = re.compile(r"[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})

UNDO_KEYS = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def label(text: str = "", *, wrap: bool = False) -> QLabel:
    """Make a label that shows its text as it is: markup in data is only characters."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setText(text)
    return made


def breakable(text: str) -> str:
    """Let a word of more than thirty characters break, so that no line runs out of its place."""
    return _LONG.sub(_broken, text)


def row_of(*parts: str) -> str:
    """Join the parts of a row; none of them can turn the row around, whatever is written in it.

    Controls of direction are left out, and a part with letters that run from right to left stands
    isolated (Unicode Standard Annex 9, 3.4), so that a number beside it stays beside it.
    """
    said = [_apart(" ".join(_TURNING.sub("", part).split())) for part in parts]
    row = "   ".join(part for part in said if part)
    return f"\N{LEFT-TO-RIGHT MARK}{row}" if "\N{FIRST STRONG ISOLATE}" in row else row


def _apart(text: str) -> str:
    if any(unicodedata.bidirectional(each) in _RIGHT_TO_LEFT for each in text):
        return f"\N{FIRST STRONG ISOLATE}{text}\N{POP DIRECTIONAL ISOLATE}"
    return text


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    return "\N{ZERO WIDTH SPACE}".join(word[i : i + 30] for i in range(0, len(word), 30))


def heading(text: str) -> QLabel:
    """Make the bold heading of a part of the window."""
    made = label(text)
    font = made.font()
    font.setBold(True)
    made.setFont(font)
    return made


def takes_undo(event: QEvent) -> bool:
    """Tell whether this is Ctrl+Z or its kin asking to be a field's own: undo is the form's."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and any(event.matches(key) for key in UNDO_KEYS)
    )


def in_order(*widgets: QWidget) -> None:
    """Have Tab go from each to the next one, whichever was made first."""
    for before, after in pairwise(widgets):
        QWidget.setTabOrder(before, after)


def comfortable(widget: QWidget) -> int:
    """Give the height of a field or chooser: the text and air around it."""
    return widget.fontMetrics().height() + 12


class Line(QLineEdit):
    """A field of one line, whose undo is the form's."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextMargins(3, 0, 3, 0)

    def sizeHint(self) -> QSize:
        """Ask for a height that is easy to hit (WCAG 2.2, 2.5.8: 24 pixels at least)."""
        return QSize(super().sizeHint().width(), comfortable(self))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less in height."""
        return QSize(super().minimumSizeHint().width(), comfortable(self))

    def event(self, event: QEvent) -> bool:
        """Leave undo to the form."""
        if takes_undo(event):
            event.ignore()
            return False
        return super().event(event)
