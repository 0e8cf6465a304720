"""The look: three palettes measured for contrast, and text to 200 %."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)

SIZES = (100, 125, 150, 175, 200)
"""Text sizes one can choose, in percent."""

RING = 2
"""Thickness of the ring around the focus, in pixels (WCAG 2.2, 2.4.13)."""


class Look(enum.StrEnum):
    """The palettes one can choose; SYSTEM follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Colours:
    """The colours of one look. Text stands at 4.5:1 or better on its ground, the rest at 3:1."""

    window: str
    base: str
    other: str
    text: str
    quiet: str
    button: str
    line: str
    edge: str
    """Around what is typed in or pressed: 3:1 against both sides (WCAG 2.2, 1.4.11)."""
    chosen: str
    chosen_text: str
    focus: str
    stop: str
    ask: str
    note: str
    good: str


LIGHT = Colours(
    window="#eef1f4", base="#ffffff", other="#f5f7f9", text="#17202a", quiet="#4a5663",
    button="#fafbfc", line="#b4bec8", edge="#6f7b87", chosen="#1f5f99", chosen_text="#ffffff", focus="#0b57a4",
    stop="#b00020", ask="#8a4b00", note="#2d5f8b", good="#1b5e20",
)  # fmt: skip
DARK = Colours(
    window="#1d2228", base="#14181d", other="#1a1f25", text="#eef2f6", quiet="#b3bfcb",
    button="#2b323a", line="#4e5a67", edge="#8795a3", chosen="#8ec7ff", chosen_text="#0b1520", focus="#8ec7ff",
    stop="#ff8f8f", ask="#ffc266", note="#9cc9f2", good="#9bd69f",
)  # fmt: skip
CONTRAST = Colours(
    window="#000000", base="#000000", other="#000000", text="#ffffff", quiet="#ffffff",
    button="#000000", line="#ffffff", edge="#b6b6b6", chosen="#ffff00", chosen_text="#000000", focus="#00ffff",
    stop="#ff9d9d", ask="#ffd24d", note="#8fd3ff", good="#7dff7d",
)  # fmt: skip


def quieted(colours: Colours) -> Colours:
    """Give the colours of what is no longer so: every sign of it is as quiet as its words."""
    quiet = colours.quiet
    return replace(colours, text=quiet, stop=quiet, ask=quiet, note=quiet, good=quiet)


class Theme(QObject):
    """Dresses the application: its style, palette and text size, changed while it runs."""

    focus_moved = Signal(QWidget, QWidget)
    """The widget the focus left, and the one it went to."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self.application = application
        application.focusChanged.connect(self.focus_moved)
        self._points = application.font().pointSizeF()
        # the desktop's own palette tells dark from light; asking Qt for its scheme costs 15 ms
        self._is_dark = application.palette().window().color().lightness() < 128
        self.look = Look.SYSTEM
        self.size = 100
        self.colours = LIGHT

    def wear(self, look: Look, size: int) -> None:
        """Put on a look and a text size."""
        self.look, self.size = look, max(min(size, SIZES[-1]), SIZES[0])
        self.colours = self._colours(look)
        self.application.setPalette(palette(self.colours))
        for kind in _EDGED:
            self.application.setPalette(edged(self.colours), kind)  # type: ignore[arg-type]  # it takes str
        font = QFont(self.application.font())
        font.setPointSizeF(self._points * self.size / 100)
        if font != self.application.font():
            self.application.setFont(font)

    def _colours(self, look: Look) -> Colours:
        if look is Look.SYSTEM:
            return DARK if self._is_dark else LIGHT
        return {Look.LIGHT: LIGHT, Look.DARK: DARK, Look.CONTRAST: CONTRAST}[look]


def palette(colours: Colours) -> QPalette:
    """Make the palette of a look, its disabled words still legible."""
    role = QPalette.ColorRole
    made = QPalette(QColor(colours.button), QColor(colours.window))
    for roles, colour in (
        ((role.Window,), colours.window),
        ((role.Base, role.ToolTipBase), colours.base),
        ((role.AlternateBase,), colours.other),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText), colours.text),
        ((role.PlaceholderText,), colours.quiet),
        ((role.Button,), colours.button),
        ((role.Mid, role.Dark), colours.line),
        ((role.Light, role.Midlight), colours.base),
        ((role.Highlight, role.Accent), colours.chosen),
        ((role.HighlightedText,), colours.chosen_text),
        ((role.Link, role.LinkVisited), colours.focus),
    ):
        for each in roles:
            made.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.quiet))
    return made


_EDGED = (
    "QLineEdit", "QComboBox", "QPushButton", "QRadioButton", "QCheckBox", "QPlainTextEdit", "QListView",
)  # fmt: skip
"""What Fusion draws an edge around, in the colour of the window made darker by two fifths."""


def edged(colours: Colours) -> QPalette:
    """Make the palette of what has an edge: Fusion takes the edge's colour from the window's.

    On a dark window that edge would not be seen at all; these widgets paint no window of their own.
    """
    made = palette(colours)
    edge = QColor(colours.edge)
    made.setColor(QPalette.ColorRole.Window, edge.lighter(140))
    return made
