"""The ring around the focus, the same for every kind of widget."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractSlider, QFocusFrame, QWidget

from labelapp.gui.theme import RING, Theme


class FocusRing(QFocusFrame):
    """A ring of two pixels around whatever has the focus in one window or dialog."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        theme.focus_moved.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Go where the focus goes, as long as it is in this window."""
        ours = new is not None and new.window() is self._window and new is not self._window
        if new is not None and ours and not isinstance(new, QAbstractSlider):
            self.setWidget(new)
        elif self.widget() is not None:
            self.setWidget(None)  # type: ignore[arg-type]  # Qt takes none for no widget

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._theme.colours.focus), RING))
        inset = RING / 2
        painter.drawRoundedRect(self.rect().toRectF().adjusted(inset, inset, -inset, -inset), 3, 3)
        painter.end()
