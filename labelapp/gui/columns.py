"""Rows of fields in twelve columns, which give way when the window is narrow or the text large."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from labelapp.gui.fields import COLUMNS
from labelapp.gui.parts import GAP
from labelapp.gui.theme import RING

BETWEEN = GAP - 2 * RING
"""Space between two cells, which keep room for the ring around the focus."""


class Columns(QWidget):
    """Rows of fields in twelve columns; a narrow window or a large text takes six or three."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._cells: list[tuple[QWidget, int, bool]] = []

    def add(self, cell: QWidget, span: int, *, starts: bool = False) -> None:
        """Put a cell after the others; one that `starts` stands at the beginning of a line."""
        if cell.parentWidget() is not self:
            cell.setParent(self)
        self._cells.append((cell, span, starts))

    def last(self) -> QWidget | None:
        """Give the cell added last."""
        return self._cells[-1][0] if self._cells else None

    def sizeHint(self) -> QSize:
        """Ask for the height all rows need at the width there is."""
        return QSize(0, self._place(dry=True))

    def minimumSizeHint(self) -> QSize:
        """Ask for no less than the hint."""
        return self.sizeHint()

    def place(self) -> None:
        """Put every cell where it belongs and take the height this needs."""
        height = self._place(dry=False)
        if height != self.minimumHeight():
            self.setFixedHeight(height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cells anew."""
        super().resizeEvent(event)
        self.place()

    def changeEvent(self, event: QEvent) -> None:
        """Place the cells anew when the text grows."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.place()

    def _place(self, *, dry: bool) -> int:
        digits = self.width() / max(1, self.fontMetrics().horizontalAdvance("0"))
        wide = 1 if digits >= 70 else 2 if digits >= 40 else 4
        unit = (self.width() + BETWEEN) / COLUMNS
        x, y, tallest = 0, 0, 0
        for cell, span, starts in self._cells:
            if cell.isHidden():
                continue
            taken = min(COLUMNS, span * wide)
            if x and (starts or x + taken > COLUMNS):
                x, y, tallest = 0, y + tallest + BETWEEN, 0
            height = cell.sizeHint().height()
            if cell.hasHeightForWidth():
                height = cell.heightForWidth(int(taken * unit) - BETWEEN)
            tallest = max(tallest, height)
            if not dry:
                left, right = round(x * unit), round((x + taken) * unit) - BETWEEN
                cell.setGeometry(left, y, right - left, height)
            x += taken
        return y + tallest
