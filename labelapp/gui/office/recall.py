"""The recall of a lot: everybody it reached, in one step, to be called and to be kept as a file."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownReached
from labelapp.gui.office.marks import OF_FILL
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.said import day
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import heading
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work
from labelapp.rx.errors import CannotWrite
from labelapp.rx.history import FillState

_HEADS = ("state", "patient", "born", "phone", "rx", "fill", "filled-on", "quantity")


class RecallPage(OfficePage):
    """Everybody a lot reached; that it was asked for is in the audit."""

    def __init__(  # noqa: PLR0913 - what every page takes, and which lot
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
        *,
        number: str,
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self._number = number
        self.setWindowTitle(words("records.recall.title"))
        self.count = heading("")
        heads = [words(f"records.head.{each}") for each in _HEADS]
        self.table = Table(theme, words("records.recall.title"), heads, self)
        self.table.lines(6)
        self.keep = button(words("records.recall.save"), self, self._ask_where)
        self.keep.setEnabled(False)
        self.column.addWidget(self.count)
        self.column.addWidget(self.table, 1)
        self.column.addWidget(self.keep, 0, Qt.AlignmentFlag.AlignLeft)
        self.fit(1080, 560)
        self.look("recall", partial(office.lots.recall, number), self._show)
        self.table.setFocus()

    def save_to(self, path: str) -> None:
        """Write the list as CSV."""
        job = partial(_write, self.office, self._number, Path(path))
        said = self.words("records.recall.saved", name=Path(path).name)
        self.do(self.words("records.saving"), job, partial(self._saved, said))

    def _saved(self, said: str, _answer: None) -> None:
        self.say(said)

    def _show(self, reached: tuple[ShownReached, ...]) -> None:
        people = {(each.patient, each.born, each.phone) for each in reached}
        values = {"lot": self._number, "people": str(len(people)), "fills": str(len(reached))}
        self.count.setText(self.words("records.recall.count", **values))
        none = self.words("records.recall.nobody")
        self.table.show_rows([self._row(each) for each in reached], empty=none)
        self.table.choose(0)
        self.keep.setEnabled(bool(reached))

    def _row(self, each: ShownReached) -> Row:
        state = FillState(each.state)
        cells = (
            self.words(f"records.state.{state}"),
            each.patient,
            day(each.born),
            each.phone,
            each.rx_number,
            str(each.fill),
            day(each.filled_on),
            each.quantity,
        )
        return Row(None, cells, OF_FILL[state])

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self.words("records.recall.save"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.words("records.recall.filter"))
        dialog.setDefaultSuffix("csv")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        safe = "".join(each if each.isalnum() else "-" for each in self._number)
        dialog.selectFile(f"recall-{safe}.csv")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()


def _write(office: Office, number: str, path: Path) -> None:
    table = office.lots.recall_csv(number)
    try:
        path.write_bytes(table)
    except OSError as broken:
        raise CannotWrite(name=path.name, folder=str(path.parent)) from broken
