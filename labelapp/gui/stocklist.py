"""The stocks in a list: those used here first, each with whether the law's label fits on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPen, QPixmap, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QWidget

from labelapp.dispensing.shown import ShownFit, ShownStock
from labelapp.dispensing.stocking import FOR_LABELS
from labelapp.gui.settings import Words
from labelapp.gui.signs import colour_of, sign
from labelapp.gui.theme import Colours, Theme
from labelapp.rx.finding import Severity
from labelapp.rx.paper import Paper

_TICK = ((0.08, 0.55), (0.38, 0.85), (0.92, 0.2))
STICKERS = "auxiliary"
"""The use of a stock that takes one warning and nothing else."""


def usual(
    stocks: Sequence[ShownStock], used: Iterable[str], chosen: str, paper: Paper
) -> tuple[ShownStock, ...]:
    """Give the stocks that stand first for a paper: those used here, else the one it has now."""
    known = {each.id: each for each in stocks}
    once = dict.fromkeys(used)  # a file may name one twice
    found = tuple(known[each] for each in once if each in known and _suits(known[each], paper))
    return found or tuple(each for each in stocks if each.id == chosen)


def _suits(stock: ShownStock, paper: Paper) -> bool:
    if paper is Paper.LABEL:
        return stock.use in FOR_LABELS
    return (stock.use == STICKERS) is (paper is Paper.STICKERS)


class Passing(QObject):
    """Leads the keys of an opened list over its headings, at which Home and a page would stop."""

    def __init__(self, box: QComboBox) -> None:
        super().__init__(box)
        self._view = box.view()
        self._view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that leap; arrows pass over a heading by themselves."""
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        rows, at = self._view.model().rowCount(), self._view.currentIndex().row()
        height = max(1, self._view.sizeHintForRow(0))
        page = max(1, self._view.viewport().height() // height - 1)
        leaps = {
            Qt.Key.Key_Home: (0, 1),
            Qt.Key.Key_PageUp: (max(0, at - page), -1),
            Qt.Key.Key_PageDown: (min(rows - 1, at + page), 1),
            Qt.Key.Key_End: (rows - 1, -1),
        }
        leap = leaps.get(Qt.Key(cast("QKeyEvent", event).key()))
        if leap is None or not rows:
            return super().eventFilter(watched, event)
        self._view.setCurrentIndex(self._stock(*leap))
        return True

    def _stock(self, row: int, step: int) -> QModelIndex:
        """Give the stock at a row, or where a heading stands there the one behind it."""
        model = self._view.model()
        for place in (row, row + step, row - step):
            index = model.index(place, 0)
            if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEnabled:
                return index
        return self._view.currentIndex()


def fill(
    box: QComboBox, stocks: Sequence[ShownStock], first: Sequence[ShownStock], words: Words
) -> None:
    """List the stocks that stand first, then all others as they come, each part under its heading.

    A heading cannot be chosen: keys and wheel pass over it. What stands first says so of itself to
    a screen reader, which reads no heading on the way.
    """
    box.clear()
    others = [each for each in stocks if each not in first]
    if not first or not others:
        _add(box, first or others)  # one part alone needs no heading
        return
    said = words("gui.preview.stocks-usual")
    _add_heading(box, said)
    _add(box, first)
    for place in range(1, box.count()):
        box.setItemData(place, said, Qt.ItemDataRole.AccessibleDescriptionRole)
    _add_heading(box, words("gui.preview.stocks-others"))
    _add(box, others)


def _add(box: QComboBox, stocks: Iterable[ShownStock]) -> None:
    for each in stocks:
        box.addItem(each.title, each.id)


def _add_heading(box: QComboBox, said: str) -> None:
    box.addItem(said)
    item = cast("QStandardItemModel", box.model()).item(box.count() - 1)
    item.setFlags(Qt.ItemFlag.NoItemFlags)


def quieten(box: QComboBox, theme: Theme) -> None:
    """Write the headings of a list in the quiet colour of the look; they are no choices."""
    for place in range(box.count()):
        if box.itemData(place) is None:
            ink = QColor(theme.colours.quiet)
            box.setItemData(place, ink, Qt.ItemDataRole.ForegroundRole)


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
