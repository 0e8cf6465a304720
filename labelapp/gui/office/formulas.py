"""The formulas of the pharmacy: what a lot begins with."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownFormula
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work
from labelapp.rx.amount import Basis

_BASES = frozenset(each.value for each in Basis)


class FormulasPage(OfficePage):
    """Lists the formulas; the one chosen begins a lot."""

    picked = Signal(object)
    """The formula a lot is made from."""

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("records.formulas.title"))
        self._formulas: tuple[ShownFormula, ...] = ()
        heads = [words(f"records.head.{each}") for each in ("name", "form", "strength")]
        self.table = Table(theme, words("records.formulas.title"), heads, self)
        self.table.opens = True
        self.table.lines(5)
        self.go = button(words("records.formulas.use"), self, self._pick)
        self.go.setEnabled(False)
        self.column.addWidget(label(words("records.formulas.hint"), wrap=True))
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.go)
        self.table.chosen.connect(self._weigh)
        self.table.opened.connect(self._pick)
        self.fit(640, 420)
        self.look("formulas", office.lots.formulas, self._show)
        self.table.setFocus()

    def _show(self, formulas: tuple[ShownFormula, ...]) -> None:
        self._formulas = formulas
        words = self.words
        rows = [Row(e.id, (e.name, self._form(e), strength(e.says, words))) for e in formulas]
        self.table.show_rows(rows, empty=self.words("records.formulas.none"))

    def _form(self, formula: ShownFormula) -> str:
        form = str(formula.says.get("form", ""))
        return self.words(f"gui.choice.{form}") if form else ""

    def _weigh(self, key: object) -> None:
        self.go.setEnabled(key is not None)

    def _pick(self, *_key: object) -> None:
        chosen = next((e for e in self._formulas if e.id == self.table.key()), None)
        if chosen is not None:
            self.accept()
            self.picked.emit(chosen)


def strength(says: Mapping[str, object], words: Words) -> str:
    """Say the strength a lot or formula has: `1.5 mg per unit`."""
    value, unit = (str(says.get(f"strength.{each}", "")) for each in ("value", "unit"))
    basis = str(says.get("strength.basis", ""))
    known = words(f"gui.choice.{basis}") if basis in _BASES else basis
    return " ".join(part for part in (value, unit, known) if part)
