"""A section of the form: its heading, its fields in rows, and as many entries as a list has."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from labelapp.gui.cells import Cell
from labelapp.gui.columns import Columns
from labelapp.gui.fields import Field, Section, at
from labelapp.gui.parts import GAP, heading
from labelapp.gui.settings import Words
from labelapp.gui.theme import RING
from labelapp.rx.draft import Draft

MOST = 50
"""Entries of a list that get fields; what is beyond them is kept, and named at the end."""


class SectionView(QWidget):
    """Shows the fields of a section; those of a list once for each of its entries."""

    typed = Signal(str, str)
    """A field's path and its text after a key."""
    asked = Signal(str)
    """One entry more is wanted: the path its first field will have."""

    def __init__(self, section: Section, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._section = section
        self._words = words
        self._name = words(f"gui.section.{section.key}")
        self.cells: dict[str, Cell] = {}
        self._places: dict[str, int] = {}
        """Which entry of the list a field belongs to."""
        self._many = 1
        self._asked = 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addLayout(self._head())
        self._rows = Columns(self)
        column.addWidget(self._rows)
        self.show_entries(Draft({}, "form"))

    def begin(self) -> None:
        """Forget the entries somebody asked for: another prescription is shown."""
        self._asked = 0

    def show_entries(self, draft: Draft) -> None:
        """Have fields for as many entries as the draft has, and for those asked for."""
        if self._section.repeats:
            entries = draft.count(self._section.repeats)
            self._many = max(self._section.least, entries, self._asked)
        for place in range(min(self._many, MOST)):
            for field in self._section.fields:
                path = at(field.path, place)
                if path not in self.cells:
                    self._places[path] = place
                    self._add(field, path)

    def reveal(self, draft: Draft, spoken_of: Collection[str]) -> None:
        """Show the rare fields that have something to show, and place every row anew."""
        for path, cell in self.cells.items():
            needed = bool(draft.get(path)) or path in spoken_of
            shown = not cell.field.rare or needed or self._holds_focus(cell)
            shown = shown and self._places[path] < self._many
            if cell.isHidden() == shown:
                cell.setVisible(shown)
        self.place()

    def place(self) -> None:
        """Place every row anew."""
        self._rows.place()

    def _head(self) -> QHBoxLayout:
        title = heading(self._name)
        title.setContentsMargins(RING, GAP, 0, 0)
        line = QHBoxLayout()
        line.addWidget(title)
        line.addStretch()
        if self._section.repeats:
            more = QPushButton(self._words(f"gui.more.{self._section.key}"), self)
            more.setAutoDefault(False)
            more.clicked.connect(self._more)
            line.addWidget(more)
        return line

    def _more(self) -> None:
        self._asked = self._many + 1
        self.asked.emit(at(self._section.fields[0].path, self._many))

    def _add(self, field: Field, path: str) -> None:
        cell = Cell(field, path, self._words, self._name, self._rows)
        cell.typed.connect(self.typed)
        before = self._rows.last()
        starts = bool(self._section.repeats) and field is self._section.fields[0]
        self._rows.add(cell, field.span, starts=starts)
        cell.grown.connect(self._rows.place)
        if isinstance(before, Cell):  # a row added later comes right after its sisters
            QWidget.setTabOrder(before.editor, cell.editor)
        self.cells[path] = cell
        cell.setVisible(not field.rare)

    def _holds_focus(self, cell: Cell) -> bool:
        return cell.isAncestorOf(self.window().focusWidget())
