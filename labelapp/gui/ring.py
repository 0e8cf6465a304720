"""The ring around the focus, the same for every kind of widget."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractSlider,
    QFocusFrame,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from labelapp.gui.theme import RING, Theme


class _Above(QProxyStyle):
    """Has the ring drawn over the whole window: what holds a widget cuts off no side of it."""

    def styleHint(
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        """Say that the ring stands above its widget; all else is the style's own."""
        if hint is QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        return super().styleHint(hint, option, widget, returned)


class FocusRing(QFocusFrame):
    """A ring of two pixels around whatever has the focus in one window or dialog."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._window = window
        self._above = _Above()  # Qt keeps no style alive that a widget was given
        self.setStyle(self._above)
        theme.focus_moved.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Go where the focus goes, as long as it is in this window."""
        ours = new is not None and new.window() is self._window and new is not self._window
        if new is not None and ours and not isinstance(new, QAbstractSlider):
            self.setWidget(new)
            self.show()  # Qt hides it from what is only about to be scrolled into sight
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
