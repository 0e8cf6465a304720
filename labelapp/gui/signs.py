"""The signs of the findings: a shape and a colour for each severity, beside its word."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from labelapp.gui.theme import Colours
from labelapp.rx.finding import Severity


class Caption(QLabel):
    """The name above a field, and beside it the sign of the gravest finding that speaks of it."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._sign: tuple[Severity, QColor] | None = None

    def mark(self, severity: Severity | None, colours: Colours) -> None:
        """Show the sign of this severity, or none."""
        self._sign = None if severity is None else (severity, colour_of(severity, colours))
        self.setContentsMargins(0 if severity is None else self.fontMetrics().height(), 0, 0, 0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the sign before the name."""
        super().paintEvent(event)
        if self._sign is not None:
            side = self.fontMetrics().height() - 4
            painter = QPainter(self)
            sign(painter, QRect(0, (self.height() - side) // 2, side, side), *self._sign)
            painter.end()


def colour_of(severity: Severity, colours: Colours) -> QColor:
    """Give the colour that goes with a severity, never without its word and shape."""
    by_severity = {
        Severity.STOP: colours.stop,
        Severity.ASK: colours.ask,
        Severity.NOTE: colours.note,
    }
    return QColor(by_severity[severity])


def sign(painter: QPainter, box: QRect, severity: Severity, colour: QColor) -> None:
    """Draw a severity's shape: a filled octagon, a diamond, a ring. It is told without colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area = box.toRectF().adjusted(1, 1, -1, -1)
    side, third = area.width(), area.width() * 0.3
    corners: tuple[tuple[float, float], ...]
    if severity is Severity.STOP:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        far = side - third
        corners = ((third, 0), (far, 0), (side, third), (side, far))
        corners += ((far, side), (third, side), (0, far), (0, third))
    elif severity is Severity.ASK:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        corners = ((side / 2, 0), (side, side / 2), (side / 2, side), (0, side / 2))
    else:
        painter.setPen(QPen(colour, 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(area)
        painter.restore()
        return
    points = [area.topLeft() + QPointF(*each) for each in corners]
    painter.drawPolygon(QPolygonF(points))
    painter.restore()
