"""A patient's page: what the chart says, to be read and corrected, and all their prescriptions."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownOrder, ShownPatient
from labelapp.gui.cells import Cell
from labelapp.gui.columns import Columns
from labelapp.gui.fields import Field, Kind
from labelapp.gui.inputs import TRUE
from labelapp.gui.office.marks import OF_STANDING
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.said import Whose, born, day
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import GAP, heading
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.dates import read_day
from labelapp.rx.errors import LabelappError

CONFLICT = "store.conflict"
LISTS = ("allergies", "conditions", "medications")
FIELDS: dict[str, Field] = {
    "family": Field("patient.family"),
    "given": Field("patient.given"),
    "suffix": Field("patient.suffix"),
    "born": Field("patient.born"),
    "sex": Field("patient.sex"),
    "language": Field("patient.language"),
    "phone": Field("patient.phone", 6),
    **{name: Field(f"chart.{name}", 6, Kind.TEXT) for name in LISTS},
    "address_line": Field("patient.address.line", 6, Kind.TEXT),
    "address_city": Field("patient.address.city"),
    "address_state": Field("patient.address.state"),
    "address_postal_code": Field("patient.address.postal_code"),
    "non_child_resistant": Field("patient.non_child_resistant", 12, Kind.TICK),
}
"""What a chart says, by its name there."""


class PatientPage(OfficePage):
    """A patient's chart and prescriptions; `order` gives the one to be opened.

    Where somebody else changed the chart meanwhile, that is said and the form keeps what was typed.
    """

    order = Signal(str)

    def __init__(  # noqa: PLR0913 - what every page takes, and whose chart
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
        *,
        patient_id: int,
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self._id = patient_id
        self.patient: ShownPatient | None = None
        self._typed: dict[str, str] = {}
        self.setWindowTitle(words("records.patient.title"))
        self.whose = Whose(self)
        self.cells = self._make_cells()
        heads = [words(f"records.head.{each}") for each in ("order", "drug", "written", "refills")]
        self.orders = Table(theme, words("records.patient.orders"), heads, self)
        self.orders.opens = True
        self.orders.opened.connect(self._open)
        self.save = button(words("records.patient.save"), self, self._save)
        self.again = button(words("records.patient.again"), self, self._load)
        self.again.hide()
        may = office.may(Act.ENTER)
        self.save.setVisible(may)
        self.save.setEnabled(False)
        self._place_parts()
        self.fit(1180, 680)
        self._load()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; after a conflict offer what stands on record now."""
        super().say_trouble(trouble)
        conflict = isinstance(trouble, LabelappError) and trouble.code == CONFLICT
        self.again.setVisible(conflict or not self.again.isHidden())

    def _make_cells(self) -> dict[str, Cell]:
        made = {}
        for name, field in FIELDS.items():
            cell = Cell(field, field.path, self.words, self.words("gui.section.patient"), self)
            cell.typed.connect(partial(self._type, name))
            made[name] = cell
        return made

    def _place_parts(self) -> None:
        form = Columns(self)
        for name, cell in self.cells.items():
            form.add(cell, FIELDS[name].span)
            cell.grown.connect(form.place)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP)
        buttons.addWidget(self.save)
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(form)
        left.addLayout(buttons)
        left.addStretch(1)
        right.setSpacing(GAP)
        right.addWidget(heading(self.words("records.patient.orders")))
        right.addWidget(self.orders, 1)
        self.orders.lines(5)
        wide = self.theme.size <= 125
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(way)
        both.setSpacing(3 * GAP)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        self.column.addWidget(self.whose)
        self.column.addLayout(both, 1)

    def _load(self) -> None:
        self.look("chart", partial(_chart, self.office, self._id), self._show)

    def _show(self, found: tuple[ShownPatient, tuple[ShownOrder, ...]]) -> None:
        patient, prescriptions = found
        self._show_chart(patient)
        rows = [
            Row(
                each.number,
                (each.number, each.drug, day(each.written), str(each.refills_left)),
                OF_STANDING[each.standing],
            )
            for each in prescriptions
        ]
        self.cells["family"].editor.setFocus()
        self.orders.show_rows(rows, empty=self.words("records.patient.no-orders"))

    def _show_chart(self, patient: ShownPatient) -> None:
        self.patient = patient
        today = date.fromisoformat(self.office.ledger.today())
        says = self.words("gui.banner.born", born=born(patient, today, self.words))
        self.whose.show_whose(patient.name, says, patient.phone)
        self._typed = {name: _text(patient.says.get(name)) for name in FIELDS}
        for name, cell in self.cells.items():
            cell.set_text(self._typed[name])
        self.save.setEnabled(False)
        self.again.hide()
        self.say("")

    def _type(self, name: str, _path: str, text: str) -> None:
        self._typed[name] = text
        self.save.setEnabled(self.patient is not None)

    def _save(self) -> None:
        if self.patient is None:
            return
        says = _says(self._typed)
        if says is None:
            self.say(self.words("records.bad-date", text=self._typed["born"][:40]), trouble=True)
            self.cells["born"].editor.setFocus()
            return
        job = partial(self.office.charts.alter, self.patient, says)
        self.do(self.words("records.saving"), job, self._saved)

    def _saved(self, patient: ShownPatient) -> None:
        self._show_chart(patient)
        self.say(self.words("records.patient.saved"))

    def _open(self, number: object) -> None:
        self.accept()
        self.order.emit(str(number))


def _chart(office: Office, patient: int) -> tuple[ShownPatient, tuple[ShownOrder, ...]]:
    return office.charts.open(patient), office.orders.of_patient(patient)


def _text(said: object) -> str:
    if isinstance(said, bool):
        return TRUE if said else ""
    if isinstance(said, (list, tuple)):
        return "\n".join(map(str, said))
    return str(said or "")


def _says(typed: dict[str, str]) -> dict[str, object] | None:
    """Give what was typed as a chart keeps it; None when the birth date is no date."""
    says: dict[str, object] = {name: text.strip() for name, text in typed.items()}
    for name in LISTS:
        says[name] = [line.strip() for line in typed[name].splitlines() if line.strip()]
    says["non_child_resistant"] = typed["non_child_resistant"] == TRUE
    if typed["born"].strip():
        found = read_day(typed["born"])
        if found is None:
            return None
        says["born"] = found.isoformat()
    return says
