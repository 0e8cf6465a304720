"""The way to paper: choosing a printer or a file, sending once, saying what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from labelapp.gui.case import Case, Outcome, drug_of, patient_of
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.foot import Foot
from labelapp.gui.parts import row_of
from labelapp.gui.settings import Start
from labelapp.gui.theme import Theme
from labelapp.gui.work import LOG, Task, Trouble, Work
from labelapp.rx.draft import Draft
from labelapp.rx.receipt import Receipt, Unknown

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import Shown, ShownPrinter


@dataclass(frozen=True)
class Sheet:
    """A label on its way to paper: whose, the draft it was made of, and the label as shown."""

    case: Case
    draft: Draft
    shown: Shown


class Paper(QObject):
    """Saves and sends a label, one at a time; nothing is ever sent by itself twice."""

    began = Signal()
    """A label is on its way."""
    ended = Signal(object)
    """The sheet that reached a queue or a file, or did not; its case has the outcome."""
    troubled = Signal(object)
    doubtful = Signal()
    """Nobody can say whether a label was printed."""
    picked = Signal(str)
    """The queue somebody chose."""
    taken = Signal(str)
    """The stock of what a queue or a file took."""

    def __init__(
        self, foot: Foot, theme: Theme, begin: Start, work: Work, plain: Callable[[Trouble], str]
    ) -> None:
        super().__init__(foot)
        self._foot = foot
        self._theme = theme
        self._begin = begin
        self._words = begin.words
        self._work = work
        self._plain = plain
        self._last = begin.settings.printer
        self._chooser: PrinterChooser | None = None
        self.desk: Desk | None = None
        self.under_way = ""
        """What is being done, while a label is on its way."""

    @property
    def is_busy(self) -> bool:
        """True from the moment a label is sent until it is known, or nobody can say, what came."""
        return bool(self.under_way)

    def save(self, case: Case, shown: Shown) -> None:
        """Ask for a file's name and save the label's PDF there."""
        dialog = QFileDialog(self._foot.window(), self._words("gui.save.title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._words("gui.save.filter"))
        dialog.setDefaultSuffix("pdf")
        assert shown.label is not None
        dialog.selectFile(f"{shown.label.serial}.pdf")
        native = self._begin.native_dialogs
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not native)
        dialog.fileSelected.connect(partial(self._save_to, Sheet(case, case.draft, shown)))
        dialog.open()

    def choose_printer(self, case: Case, shown: Shown) -> None:
        """List the queues and let somebody choose."""
        assert self.desk is not None
        chooser = PrinterChooser(
            self._theme, self._words, self._last, self._whose(case), self._foot.window()
        )
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.picked.connect(partial(self._send_to, Sheet(case, case.draft, shown)))
        chooser.finished.connect(self._chooser_closed)
        self._chooser = chooser
        chooser.open()
        self._work.ask(Task("printers", self.desk.printers, self._show_printers, self._no_printers))

    def _show_printers(self, printers: tuple[ShownPrinter, ...]) -> None:
        if self._chooser is not None:
            self._chooser.show_printers(printers)

    def _no_printers(self, trouble: Trouble) -> None:
        if self._chooser is not None:
            self._chooser.reject()
        self.troubled.emit(trouble)

    def _chooser_closed(self) -> None:
        self._chooser = None

    def _save_to(self, sheet: Sheet, path: str) -> None:
        assert self.desk is not None
        said = self._words("gui.save.under-way", name=Path(path).name)
        self._send(sheet, "saved", said, partial(self.desk.save, sheet.shown, path))

    def _send_to(self, sheet: Sheet, printer: str) -> None:
        assert self.desk is not None
        self._last = printer
        self.picked.emit(printer)
        said = self._words("gui.print.under-way", printer=printer)
        self._send(sheet, "printed", said, partial(self.desk.send, sheet.shown, printer))

    def _send(
        self, sheet: Sheet, paper: str, said: str, job: Callable[[], Receipt | Unknown]
    ) -> None:
        if self.is_busy:  # one at a time: a second one would take the first one's place
            return
        self.under_way = said
        sheet.case.outcome = None  # whoever sends again has seen what came of it before
        self.began.emit()
        ended, failed = partial(self._ended, sheet, paper), partial(self._failed, sheet)
        self._work.ask(Task("send", job, ended, failed))

    def _whose(self, case: Case) -> str:
        """Name patient, number and drug, so that nobody prints another's label."""
        number = case.draft.get("rx_number").strip()
        said = number and self._words("gui.rx", number=number)
        return "\n".join(
            row_of(part)[:200]
            for part in (patient_of(case.draft), said, drug_of(case.draft))
            if part
        )

    def _ended(self, sheet: Sheet, paper: str, outcome: Receipt | Unknown) -> None:
        if isinstance(outcome, Unknown):
            LOG.warning("Unknown %s", outcome.code)
            said = self._words("gui.print.unknown", printer=outcome.printer)
            self._end(sheet, Outcome(sheet.draft, said, is_trouble=True))
            self.doubtful.emit()
            return
        said = self._words(
            "gui.save.done" if paper == "saved" else "gui.print.done",
            printer=outcome.printer,
            job=outcome.job,
            pages=str(outcome.pages),
        )
        wanted, label = sheet.shown.wanted, sheet.shown.label
        if label is not None:
            self.taken.emit(label.stock.id)
        if label is not None and label.in_colour and not outcome.in_colour:
            said = f"{said} {self._words('gui.print.no-colours')}"
        is_other = sheet.case.draft != sheet.draft
        if is_other:
            is_file = paper == "saved"
            changed = "gui.paper.changed-saved" if is_file else "gui.paper.changed-printed"
            said = f"{said} {self._words(changed)}"
        is_label = wanted is None or wanted.is_label
        reached = paper if is_label else ""  # only the label itself makes a fill printed
        self._end(sheet, Outcome(sheet.draft, said, reached, is_trouble=is_other))

    def _failed(self, sheet: Sheet, trouble: Trouble) -> None:
        self._end(sheet, Outcome(sheet.draft, self._plain(trouble), is_trouble=True))

    def _end(self, sheet: Sheet, outcome: Outcome) -> None:
        self.under_way = ""
        sheet.case.end(outcome)
        self.ended.emit(sheet)
