"""The parts the pages of the records are made of: named fields, secrets, tables of rows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from labelapp.gui.parts import GAP, Line, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import RING

Place = QModelIndex | QPersistentModelIndex
LONGEST_PIN = 12
WIDEST = 60
"""Letters of a column that are shown at most; the rest is read below the table."""


class _Whole(QStyledItemDelegate):
    """Paints a row as one: no cell of it is dimmed for being the one the arrows stand on."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: Place) -> None:
        """Leave out the mark of the single cell."""
        super().initStyleOption(option, index)
        option.state &= ~QStyle.StateFlag.State_HasFocus


class Rows(QTableWidget):
    """A table to read and to choose one row from; nothing is chosen to begin with.

    Tab leaves it: the arrows go through its rows.
    """

    picked = Signal(int)
    """The row chosen, -1 for none."""

    def __init__(self, name: str, headings: Sequence[str], parent: QWidget) -> None:
        super().__init__(0, len(headings), parent)
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setItemDelegate(_Whole(self))
        self.setWordWrap(False)
        self.verticalHeader().hide()
        head = self.horizontalHeader()
        head.setStretchLastSection(True)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumHeight(8 * self._line)
        self.itemSelectionChanged.connect(self._tell)

    @property
    def place(self) -> int:
        """The row chosen, -1 for none."""
        chosen = self.selectionModel().selectedRows()
        return chosen[0].row() if chosen else -1

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows in place of those before; none is chosen."""
        self.clearSelection()
        self.setRowCount(0)
        self.add(rows)

    def add(self, rows: Sequence[Sequence[str]]) -> None:
        """Show further rows under those there are."""
        first = self.rowCount()
        self.verticalHeader().setDefaultSectionSize(self._line)
        self.setRowCount(first + len(rows))
        for place, row in enumerate(rows, first):
            for column, text in enumerate(row):
                self.setItem(place, column, QTableWidgetItem(text))
        self._widen()

    @property
    def _line(self) -> int:
        return self.fontMetrics().height() + GAP

    def _widen(self) -> None:
        head, widest = self.horizontalHeader(), WIDEST * self.fontMetrics().averageCharWidth()
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            asked = max(self.sizeHintForColumn(column), head.sectionSizeHint(column)) + GAP
            head.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            self.setColumnWidth(column, min(asked, widest))

    def _tell(self) -> None:
        self.picked.emit(self.place)


def named(text: str, editor: QWidget, parent: QWidget) -> QWidget:
    """Put a name above what is filled in, and give it to those who cannot see it."""
    whole = QWidget(parent)
    caption = label(text)
    caption.setBuddy(editor)
    editor.setAccessibleName(text)
    column = QVBoxLayout(whole)
    column.setContentsMargins(RING, 0, RING, RING)
    column.setSpacing(3)
    column.addWidget(caption)
    column.addWidget(editor)
    return whole


def secret(parent: QWidget) -> Line:
    """Make a field whose letters nobody reads over a shoulder."""
    made = Line(parent)
    made.setEchoMode(QLineEdit.EchoMode.Password)
    return made


def letters(metrics: QFontMetrics, many: int) -> int:
    """Give the width of so many letters."""
    return metrics.averageCharWidth() * many


class NewPin(QWidget):
    """A PIN typed twice. `what` tells a screen reader which of the PINs on a page it is."""

    entered = Signal()
    """Enter was pressed in the second field."""

    def __init__(self, words: Words, what: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.pin, self.again = secret(self), secret(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for field, key in ((self.pin, "keeping.people.pin"), (self.again, "keeping.people.again")):
            field.setMaxLength(LONGEST_PIN)
            field.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
            row.addWidget(named(words(key), field, self), 1)
            field.setAccessibleName(f"{what}, {words(key)}")
        self.again.returnPressed.connect(self.entered)

    @property
    def is_same(self) -> bool:
        """True when both fields hold the same, and something."""
        return bool(self.pin.text()) and self.pin.text() == self.again.text()

    def text(self) -> str:
        """Give the PIN as it was typed first."""
        return self.pin.text()

    def clear(self) -> None:
        """Forget both."""
        self.pin.clear()
        self.again.clear()
