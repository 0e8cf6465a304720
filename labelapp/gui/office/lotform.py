"""The form of a lot: what it is, when it was made, of what, until when and how much of it is left."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labelapp.gui.cells import Cell
from labelapp.gui.columns import Columns
from labelapp.gui.dates import DATES
from labelapp.gui.fields import SECTIONS, Field, at
from labelapp.gui.office.page import button
from labelapp.gui.parts import GAP, heading, in_order
from labelapp.gui.settings import Words
from labelapp.rx.dates import read_day

STEM = "lots.#."
COMPONENT = "lots.0.components.#."
MOST = 20
"""Ingredients a lot may have."""
_LOT = {
    each.path.removeprefix(STEM): each
    for section in SECTIONS
    if section.key == "lot"
    for each in section.fields
}
FIELDS = (
    Field(f"{STEM}number"),
    Field(f"{STEM}name"),
    Field(f"{STEM}made_on"),
    Field(f"{STEM}bud"),
    *(
        Field(f"{STEM}{name}", 3, _LOT[name].kind, _LOT[name].choices)
        for name in (
            "form",
            "strength.value",
            "strength.unit",
            "strength.basis",
            "strength.per",
            "preparation",
            "storage",
        )
    ),
    Field(f"{STEM}quantity", 3),
    Field(f"{STEM}prepared_by", 3),
    Field(f"{STEM}description", 6),
)
PARTS = ("name", "lot", "expires")
OF_FORMULA = ("name", "form", "preparation", "storage", "strength.", "description")
"""What a formula says of every lot made from it; besides, the names of its ingredients."""


class LotForm(QWidget):
    """The fields of a lot, those it must have and those it may have."""

    typed = Signal()

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._says: dict[str, str] = {}
        self.cells: dict[str, Cell] = {}
        self._fields, self._parts = Columns(self), Columns(self)
        for field in FIELDS:
            self._add(field.path.removeprefix(STEM), field, self._fields)
        self._many = 0
        self.more = button(words("records.lot.more"), self, self._another)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._fields)
        column.addWidget(heading(words("records.lot.components")))
        column.addWidget(self._parts)
        column.addWidget(self.more)
        self._grow(2)

    def show_says(self, says: Mapping[str, object], *, is_new: bool) -> None:
        """Show what a lot says; the number of one on record stays as it is."""
        self._says = {name: str(said) for name, said in says.items()}
        places = [int(name.split(".")[1]) for name in says if name.startswith("components.")]
        self._grow(max(2, *(place + 1 for place in places), 2))
        for name, cell in self.cells.items():
            cell.set_text(self._says.get(name, ""))
        self.cells["number"].editor.setEnabled(is_new)

    def says(self) -> dict[str, str]:
        """Give what was typed as a lot is kept, its days in ISO 8601 where they are days."""
        said = {}
        for name, text in self._says.items():
            cell = self.cells.get(name)
            found = read_day(text) if cell and cell.field.path in DATES else None
            said[name] = text.strip() if found is None else found.isoformat()
        return said

    def odd_date(self) -> str:
        """Give the first field whose text should be a day and is none; empty when there is none."""
        for name, cell in self.cells.items():
            text = self._says.get(name, "").strip()
            if text and cell.field.path in DATES and read_day(text) is None:
                return name
        return ""

    def formula(self) -> dict[str, str]:
        """Give what of the form holds for every lot made like this one."""
        says = self.says()
        kept = {name: said for name, said in says.items() if name.startswith(OF_FORMULA)}
        names = {
            name: said
            for name, said in says.items()
            if name.startswith("components.") and name.endswith(".name")
        }
        return {**kept, **names}

    def _another(self) -> None:
        self._grow(self._many + 1)
        self.cells[f"components.{self._many - 1}.name"].editor.setFocus()

    def _grow(self, many: int) -> None:
        for place in range(self._many, min(many, MOST)):
            for part in PARTS:
                field = Field(f"{COMPONENT}{part}", 2)
                self._add(f"components.{place}.{part}", field, self._parts, place)
        self._many = max(self._many, min(many, MOST))
        self.more.setEnabled(self._many < MOST)
        self._parts.place()
        in_order(*(each.editor for each in self.cells.values()), self.more)

    def _add(self, name: str, field: Field, to: Columns, place: int = 0) -> None:
        section = self._words("gui.section.lot")
        path = at(field.path, place) if name.startswith("components.") else field.path
        cell = Cell(field, path, self._words, section, to)
        cell.typed.connect(partial(self._type, name))
        cell.grown.connect(to.place)
        to.add(cell, field.span, starts=name.endswith(".name"))
        cell.show()
        self.cells[name] = cell

    def _type(self, name: str, _path: str, text: str) -> None:
        self._says[name] = text
        self.typed.emit()
