"""The stocks in a list: each named, and beside it in word and sign whether the law's label fits."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QComboBox, QWidget

from labelapp.dispensing.shown import ShownFit, ShownStock
from labelapp.gui.settings import Words
from labelapp.gui.signs import colour_of, sign
from labelapp.gui.theme import Colours, Theme
from labelapp.rx.finding import Severity

_TICK = ((0.08, 0.55), (0.38, 0.85), (0.92, 0.2))


def fit_said(fit: ShownFit | None, words: Words) -> str:
    """Say in words what fits: it fits, it needs several labels, it is too small."""
    if fit is None:
        return words("stocks.not-counted")
    return many_said(fit.shortest, words)


def many_said(many: int, words: Words) -> str:
    """Say what so many labels mean; none is a refusal."""
    if many == 0:
        return words("stocks.too-small")
    return words("stocks.fits") if many == 1 else words("stocks.needs", many=str(many))


def dress(
    box: QComboBox, stocks: Iterable[ShownStock], state: str, theme: Theme, words: Words
) -> None:
    """Say beside every stock of a list whether the law's label fits; nothing is counted for it.

    What stands in the list besides these stocks is left as it is.
    """
    signs = {many: _icon(many, theme.colours, box) for many in range(4)}
    for each in stocks:
        place, fit = box.findData(each.id), each.fit(state)
        if place < 0:
            continue
        is_told = fit is not None or each.own
        said = words("stocks.item", name=each.title, fit=fit_said(fit, words))
        box.setItemText(place, said if is_told else each.title)
        box.setItemIcon(place, QIcon() if fit is None else signs[min(3, fit.shortest)])
    _widen(box)


def undress(box: QComboBox, stocks: Iterable[ShownStock]) -> None:
    """Name the stocks of a list alone: nothing was counted for what is printed on them."""
    for each in stocks:
        place = box.findData(each.id)
        if place >= 0:
            box.setItemText(place, each.title)
            box.setItemIcon(place, QIcon())


def _widen(box: QComboBox) -> None:
    """Let the opened list be as wide as its words, within the screen."""
    asked = box.view().sizeHintForColumn(0) + box.view().verticalScrollBar().sizeHint().width()
    box.view().setMinimumWidth(min(asked, box.screen().availableGeometry().width() * 9 // 10))


def _icon(many: int, colours: Colours, widget: QWidget) -> QIcon:
    """Draw the sign: a tick, a diamond, a filled octagon, told apart without their colours."""
    made = QIcon()
    side, ratio = widget.fontMetrics().height(), widget.devicePixelRatioF()
    usual = {0: colour_of(Severity.STOP, colours), 1: QColor(colours.good)}
    plain = usual.get(many, colour_of(Severity.ASK, colours))
    for mode, colour in (
        (QIcon.Mode.Normal, plain),
        (QIcon.Mode.Active, QColor(colours.chosen_text)),
        (QIcon.Mode.Selected, QColor(colours.chosen_text)),
    ):
        dots = QPixmap(round(side * ratio), round(side * ratio))
        dots.setDevicePixelRatio(ratio)
        dots.fill(Qt.GlobalColor.transparent)
        painter = QPainter(dots)
        _draw(painter, QRect(0, 0, side, side), many, colour)
        painter.end()
        made.addPixmap(dots, mode)
    return made


def _draw(painter: QPainter, box: QRect, many: int, colour: QColor) -> None:
    if many != 1:
        sign(painter, box, Severity.ASK if many else Severity.STOP, colour)
        return
    area = QRectF(box).adjusted(1, 1, -1, -1)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, max(2.0, area.width() / 7)))
    painter.drawPolyline([area.topLeft() + QPointF(*each) * area.width() for each in _TICK])
