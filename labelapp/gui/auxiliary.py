"""The auxiliary labels as boxes to tick: what the rows call for is ticked and stays so."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from labelapp.gui.inputs import Tick
from labelapp.gui.parts import label
from labelapp.gui.settings import Words


class Auxiliary(QWidget):
    """The auxiliary labels as boxes to tick. What the rows call for is ticked and stays so."""

    switched = Signal(str, bool)

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.boxes: dict[str, Tick] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._none: QLabel = label(words("gui.warnings.none"), wrap=True)
        self._column.addWidget(self._none)

    def show_rows(self, rows: tuple[tuple[str, str, bool], ...], added: frozenset[str]) -> None:
        """Show these rows; `added` are the ones somebody switched on."""
        self._none.setVisible(not rows)
        known = {each[0] for each in rows}
        for gone in [each for each in self.boxes if each not in known]:
            box = self.boxes.pop(gone)
            box.hide()
            box.deleteLater()
        for row, text, on in rows:
            box = self.boxes.get(row) or self._new(row)
            box.set_words(text)
            box.box.setChecked(on)
            box.setEnabled(not on or row in added)

    def _new(self, row: str) -> Tick:
        box = Tick("", self)
        box.setProperty("row", row)
        box.clicked.connect(self._tell)
        self._column.addWidget(box)
        self.boxes[row] = box
        return box

    def _tell(self, on: bool) -> None:  # noqa: FBT001 - Qt's own signature
        self.switched.emit(self.sender().property("row"), on)
