"""The signs of the records: how a fill, a lot or a prescription stands, as a shape beside its word."""

from __future__ import annotations

import enum

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from labelapp.gui.signs import sign
from labelapp.gui.theme import Colours
from labelapp.rx.finding import Severity
from labelapp.rx.history import FillState, Standing


class Mark(enum.StrEnum):
    """A shape; each is told from the others without its colour."""

    GOOD = "good"
    WAITS = "waits"
    STOP = "stop"
    PLAIN = "plain"
    GONE = "gone"
    PATIENT = "patient"
    ORDER = "order"
    LOT = "lot"


OF_FILL = {
    FillState.ENTERED: Mark.PLAIN,
    FillState.PRINTED: Mark.WAITS,
    FillState.VERIFIED: Mark.GOOD,
    FillState.VOID: Mark.GONE,
}
OF_STANDING = {
    Standing.ACTIVE: Mark.GOOD,
    Standing.DISCONTINUED: Mark.STOP,
    Standing.TRANSFERRED: Mark.GONE,
}
_SEVERITY = {
    Mark.WAITS: Severity.ASK,
    Mark.STOP: Severity.STOP,
    Mark.PLAIN: Severity.NOTE,
}
_LINES: dict[Mark, tuple[tuple[tuple[float, float], ...], ...]] = {
    Mark.GOOD: (((0.28, 0.52), (0.45, 0.69), (0.74, 0.34)),),
    Mark.GONE: (((0.3, 0.3), (0.7, 0.7)), ((0.7, 0.3), (0.3, 0.7))),
    Mark.PATIENT: (
        ((0.1, 0.98), (0.16, 0.72), (0.34, 0.6), (0.66, 0.6), (0.84, 0.72), (0.9, 0.98)),
    ),
    Mark.ORDER: (
        ((0.18, 0.06), (0.82, 0.06), (0.82, 0.94), (0.18, 0.94), (0.18, 0.06)),
        ((0.34, 0.34), (0.66, 0.34)),
        ((0.34, 0.56), (0.66, 0.56)),
    ),
    Mark.LOT: (
        ((0.36, 0.06), (0.64, 0.06)),
        ((0.42, 0.06), (0.42, 0.36), (0.12, 0.94), (0.88, 0.94), (0.58, 0.36), (0.58, 0.06)),
    ),
}
_ROUND = {Mark.GOOD: (0.06, 0.06, 0.88, 0.88), Mark.GONE: (0.06, 0.06, 0.88, 0.88)}
_HEAD = {Mark.PATIENT: (0.32, 0.08, 0.36, 0.36)}


def icon(mark: Mark, colours: Colours, widget: QWidget) -> QIcon:
    """Draw a sign as large as the text of a widget, once as it is and once as it is when chosen."""
    made = QIcon()
    side = widget.fontMetrics().height()
    ratio = widget.devicePixelRatioF()
    for mode, colour in (
        (QIcon.Mode.Normal, _colour(mark, colours)),
        (QIcon.Mode.Selected, colours.chosen_text),
    ):
        dots = QPixmap(round(side * ratio), round(side * ratio))
        dots.setDevicePixelRatio(ratio)
        dots.fill(Qt.GlobalColor.transparent)
        painter = QPainter(dots)
        draw(painter, QRect(0, 0, side, side), mark, QColor(colour))
        painter.end()
        made.addPixmap(dots, mode)
    return made


def draw(painter: QPainter, box: QRect, mark: Mark, colour: QColor) -> None:
    """Draw a sign into a box."""
    if mark in _SEVERITY:
        sign(painter, box, _SEVERITY[mark], colour)
        return
    area, side = QRectF(box).adjusted(1, 1, -1, -1), box.width() - 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(1.5, side / 10)))
    for circle in (_ROUND.get(mark), _HEAD.get(mark)):
        if circle is not None:
            x, y, width, height = (part * side for part in circle)
            painter.drawEllipse(QRectF(area.left() + x, area.top() + y, width, height))
    for line in _LINES[mark]:
        painter.drawPolyline([area.topLeft() + QPointF(*each) * side for each in line])
    painter.restore()


def _colour(mark: Mark, colours: Colours) -> str:
    by_mark = {
        Mark.GOOD: colours.good,
        Mark.WAITS: colours.ask,
        Mark.STOP: colours.stop,
        Mark.PLAIN: colours.note,
    }
    return by_mark.get(mark, colours.quiet)
