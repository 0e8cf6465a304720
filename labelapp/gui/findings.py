"""The findings beside the form: how grave, what, and the way out, each one click from its field."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from labelapp.dispensing.shown import ShownFinding
from labelapp.gui.parts import GAP, breakable
from labelapp.gui.settings import Words
from labelapp.gui.signs import colour_of, sign
from labelapp.gui.theme import Theme, quieted

_Index = QModelIndex | QPersistentModelIndex
_WRAP = int(Qt.TextFlag.TextWordWrap)
_FINDING = int(Qt.ItemDataRole.UserRole)


class FindingsModel(QAbstractListModel):
    """The findings as rows."""

    def __init__(self, words: Words, parent: QObject) -> None:
        super().__init__(parent)
        self._words = words
        self.rows: tuple[ShownFinding, ...] = ()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the findings."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give a finding, or its words for a screen reader."""
        if not index.isValid():
            return None
        shown = self.rows[index.row()]
        if role == _FINDING:
            return shown
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            second = shown.settled or shown.way_out
            who = settler_of(shown, self._words)
            parts = (shown.finding.severity.value, shown.sentence, second, who)
            return " ".join(part for part in parts if part)
        return None

    def show_findings(self, rows: tuple[ShownFinding, ...]) -> None:
        """Show these findings."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()


class FindingDelegate(QStyledItemDelegate):
    """Draws a finding: sign and word in its colour, the sentence, the way out beneath."""

    def __init__(self, theme: Theme, words: Words, view: QListView) -> None:
        super().__init__(view)
        self._theme = theme
        self._words = words
        self._view = view
        self.is_old = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one finding."""
        shown: ShownFinding = index.data(_FINDING)
        colours = quieted(self._theme.colours) if self.is_old else self._theme.colours
        severity = shown.finding.severity
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect: QRect = option.rect
        painter.save()
        if chosen:
            painter.fillRect(rect, QColor(colours.chosen))
        ink = QColor(colours.chosen_text if chosen else colours.text)
        mark = ink if chosen else colour_of(severity, colours)
        lead, sentence, way = self._boxes(rect, shown)
        side = QFontMetrics(self._view.font()).height() - 2
        sign(painter, QRect(rect.left() + GAP, lead.top() + 1, side, side), severity, mark)
        painter.setFont(_bold(self._view.font()))
        painter.setPen(mark)
        painter.drawText(lead, _WRAP, severity.value)
        painter.setPen(ink)
        painter.setFont(self._view.font())
        painter.drawText(sentence, _WRAP, breakable(shown.sentence))
        painter.setPen(ink if chosen else QColor(colours.good if shown.settled else colours.quiet))
        painter.drawText(way, _WRAP, self._second(shown))
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Give the room one finding takes."""
        rect = QRect(0, 0, self._view.viewport().width(), 10_000)
        _, sentence, way = self._boxes(rect, index.data(_FINDING))
        return QSize(rect.width(), max(sentence.bottom(), way.bottom()) + GAP)

    def _second(self, shown: ShownFinding) -> str:
        lines = (shown.settled or shown.way_out, settler_of(shown, self._words))
        return breakable("\n".join(line for line in lines if line))

    def _boxes(self, rect: QRect, shown: ShownFinding) -> tuple[QRect, QRect, QRect]:
        metrics = QFontMetrics(self._view.font())
        bold = QFontMetrics(_bold(self._view.font()))
        left = rect.left() + GAP + metrics.height() + GAP // 2
        lead = QRect(left, rect.top() + GAP // 2, bold.horizontalAdvance("NOTE  "), bold.height())
        width = max(40, rect.right() - GAP - lead.right())
        area = QRect(lead.right(), lead.top(), width, 10_000)
        sentence = metrics.boundingRect(area, _WRAP, breakable(shown.sentence))
        second = self._second(shown)
        area.setTop(max(sentence.bottom(), lead.bottom()) + 2)
        way = (
            metrics.boundingRect(area, _WRAP, second) if second else QRect(area.topLeft(), QSize())
        )
        sentence.setWidth(width)
        way.setWidth(width)
        return lead, sentence, way


def settler_of(shown: ShownFinding, words: Words) -> str:
    """Say who may settle an open finding, before anybody answers."""
    return words(f"gui.settler.{shown.finding.settler}") if shown.is_open else ""


def _bold(font: QFont) -> QFont:
    bold = QFont(font)
    bold.setBold(True)
    return bold


class FindingsList(QListView):
    """The list of findings. A click or Enter jumps to the field; the one chosen can be answered."""

    jumped = Signal(str)
    chosen = Signal(object)
    """The finding chosen, or None."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = words("gui.findings.waiting")
        self._model = FindingsModel(words, self)
        self.setModel(self._model)
        self._delegate = FindingDelegate(theme, words, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(words("gui.findings"))
        self.clicked.connect(self._jump)
        self.activated.connect(self._jump)
        self.selectionModel().currentChanged.connect(self._tell)

    @property
    def is_old(self) -> bool:
        """True while the findings are those of an older draft."""
        return self._delegate.is_old

    def set_old(self, *, old: bool) -> None:
        """Show the findings in quiet ink while they are those of an older draft."""
        if self._delegate.is_old != old:
            self._delegate.is_old = old
            self.viewport().update()

    @property
    def rows(self) -> tuple[ShownFinding, ...]:
        """The findings shown."""
        return self._model.rows

    def show_findings(self, rows: tuple[ShownFinding, ...]) -> None:
        """Show these findings, keeping the one chosen when it is still there."""
        if rows == self._model.rows:
            return
        current = self.current()
        self._model.show_findings(rows)
        kept = next((i for i, e in enumerate(rows) if current and e.finding == current.finding), -1)
        if kept >= 0:
            self.setCurrentIndex(self._model.index(kept))
        elif current is not None:
            self.chosen.emit(None)

    def choose(self, row: int) -> None:
        """Choose a finding by its place."""
        self.setCurrentIndex(self._model.index(row))

    def current(self) -> ShownFinding | None:
        """Give the finding chosen."""
        row = self.currentIndex().row()
        return self._model.rows[row] if 0 <= row < len(self._model.rows) else None

    def say_empty(self, text: str) -> None:
        """Say why there is nothing in the list."""
        self._empty = text
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the findings, or the sentence that there is none."""
        super().paintEvent(event)
        if not self._model.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.colours.quiet))
            area = self.viewport().rect().adjusted(2 * GAP, 2 * GAP, -2 * GAP, -2 * GAP)
            painter.drawText(area, _WRAP, self._empty)
            painter.end()

    def minimumSizeHint(self) -> QSize:
        """Ask for room enough to read one finding."""
        return QSize(super().minimumSizeHint().width(), 6 * self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the sentences anew."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def _jump(self, index: QModelIndex) -> None:
        shown = self._model.rows[index.row()]
        self.jumped.emit(shown.finding.field)

    def _tell(self, *_indexes: QModelIndex) -> None:
        self.chosen.emit(self.current())
