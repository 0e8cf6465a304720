"""Tables of the records: rows with a sign, fetched page by page, gone through with the arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from labelapp.gui.office.marks import Mark, icon
from labelapp.gui.parts import GAP, row_of
from labelapp.gui.theme import Theme

_Index = QModelIndex | QPersistentModelIndex
WIDEST = 44
"""Letters of a column that are shown at most beside others; the last column has the rest."""
_ENTER = frozenset({int(Qt.Key.Key_Return), int(Qt.Key.Key_Enter)})
_WRAP = int(Qt.TextFlag.TextWordWrap)


@dataclass(frozen=True)
class Row:
    """A row: what it opens, its words, and the sign before the first of them."""

    key: object
    cells: tuple[str, ...]
    mark: Mark | None = None


class PagedModel(QAbstractTableModel):
    """Rows of which there may be more: `wanted` asks for them when the last one comes into view."""

    wanted = Signal()

    def __init__(self, theme: Theme, heads: Sequence[str], view: QWidget) -> None:
        super().__init__(view)
        self._theme = theme
        self._heads = tuple(heads)
        self._view = view
        self._is_more = False
        self.rows: list[Row] = []

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the rows fetched so far."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Count the columns."""
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> object:
        """Name a column."""
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section]
        return None

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Give a cell's words, its sign, or both for a screen reader."""
        if not index.isValid():
            return None
        row, column = self.rows[index.row()], index.column()
        text = row_of(row.cells[column])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._heads[column]}: {text}" if self._heads[column] else text
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"\N{ZERO WIDTH SPACE}{text}"
        if role == Qt.ItemDataRole.DecorationRole and column == 0 and row.mark is not None:
            return icon(row.mark, self._theme.colours, self._view)
        return None

    def canFetchMore(self, parent: _Index) -> bool:
        """Tell whether there may be more rows than were fetched."""
        return self._is_more and not parent.isValid()

    def fetchMore(self, _parent: _Index) -> None:
        """Ask for the next rows, once."""
        self._is_more = False
        self.wanted.emit()

    def show(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show these rows in place of those before."""
        self.beginResetModel()
        self.rows, self._is_more = list(rows), more
        self.endResetModel()

    def add(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show further rows below."""
        first = len(self.rows)
        self._is_more = more
        if rows:
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()


class Table(QTableView):
    """A table to choose one row from; Tab leaves it, Enter opens the row."""

    chosen = Signal(object)
    """The key of the row chosen, or None."""
    opened = Signal(object)

    def __init__(self, theme: Theme, name: str, heads: Sequence[str], parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._empty = ""
        self.opens = False
        """True where Enter opens a row; elsewhere it is the page's."""
        self.rows = PagedModel(theme, heads, self)
        self.setModel(self.rows)
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setVisible(any(heads))
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.selectionModel().currentRowChanged.connect(self._tell)
        self.doubleClicked.connect(self._open)

    def show_rows(self, rows: Sequence[Row], *, more: bool = False, empty: str = "") -> None:
        """Show these rows; the one chosen stays chosen while it is still there."""
        kept, self._empty = self.key(), empty
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + GAP)
        self.setIconSize(QSize(self.fontMetrics().height(), self.fontMetrics().height()))
        self.rows.show(rows, more=more)
        self._widen()
        self.viewport().update()
        place = next((i for i, e in enumerate(rows) if kept is not None and e.key == kept), -1)
        if place >= 0:
            self.selectRow(place)
        elif kept is not None:
            self.chosen.emit(None)

    def add_rows(self, rows: Sequence[Row], *, more: bool = False) -> None:
        """Show further rows below those there are."""
        self.rows.add(rows, more=more)

    def key(self) -> object:
        """Give the key of the row chosen, or None."""
        place = self.currentIndex().row()
        return self.rows.rows[place].key if 0 <= place < len(self.rows.rows) else None

    def choose(self, place: int) -> None:
        """Choose a row by its place; the first and last row hold."""
        if self.rows.rows:
            self.selectRow(max(0, min(place, len(self.rows.rows) - 1)))

    def lines(self, least: int) -> None:
        """Ask for room for so many rows at least."""
        line = self.fontMetrics().height() + GAP
        head = 0 if self.horizontalHeader().isHidden() else line
        self.setMinimumHeight(least * line + head + 4)

    def sizeHint(self) -> QSize:
        """Ask for no more height than for the rows it has to have; it takes what there is."""
        return QSize(super().sizeHint().width(), self.minimumHeight())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row chosen with Enter."""
        if event.key() in _ENTER and self.opens:
            if self.key() is not None:
                self.opened.emit(self.key())
            return
        if event.key() in _ENTER:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, or the sentence that there is none."""
        super().paintEvent(event)
        if not self.rows.rows and self._empty:
            painter = QPainter(self.viewport())
            painter.setPen(QColor(self._theme.colours.quiet))
            area = self.viewport().rect().adjusted(GAP, GAP, -GAP, -GAP)
            painter.drawText(area, _WRAP, self._empty)
            painter.end()

    def _widen(self) -> None:
        widest = WIDEST * self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        for column in range(self.rows.columnCount() - 1):
            self.setColumnWidth(column, min(self.columnWidth(column) + GAP, widest))

    def _tell(self, *_indexes: object) -> None:
        self.chosen.emit(self.key())

    def _open(self, *_index: object) -> None:
        if self.key() is not None:
            self.opened.emit(self.key())
