"""The way to paper: choosing a printer or a file, sending once, saying what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from labelapp.gui.case import Case, drug_of, patient_of
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.foot import Foot
from labelapp.gui.parts import row_of
from labelapp.gui.settings import Start
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work
from labelapp.rx.draft import Draft
from labelapp.rx.receipt import Receipt, Unknown

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import Shown, ShownPrinter


class Paper(QObject):
    """Saves and sends a label, one at a time; nothing is ever sent by itself twice."""

    ended = Signal()
    """The label on the desk reached a queue or a file, or nobody can say."""
    troubled = Signal(object)
    picked = Signal(str)
    """The queue somebody chose."""

    def __init__(self, foot: Foot, theme: Theme, begin: Start, work: Work) -> None:
        super().__init__(foot)
        self._foot = foot
        self._theme = theme
        self._begin = begin
        self._words = begin.words
        self._work = work
        self._last = begin.settings.printer
        self._chooser: PrinterChooser | None = None
        self.desk: Desk | None = None
        self.is_busy = False

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
        dialog.fileSelected.connect(partial(self._save_to, case, shown))
        dialog.open()

    def choose_printer(self, case: Case, shown: Shown) -> None:
        """List the queues and let somebody choose."""
        assert self.desk is not None
        chooser = PrinterChooser(
            self._theme, self._words, self._last, self._whose(case), self._foot.window()
        )
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.picked.connect(partial(self._send_to, case, shown))
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

    def _save_to(self, case: Case, shown: Shown, path: str) -> None:
        assert self.desk is not None
        self._begin_with(self._words("gui.save.under-way", name=Path(path).name))
        job = partial(self.desk.save, shown, path)
        ended = partial(self._ended, case, case.draft, "saved")
        self._work.ask(Task("send", job, ended, self._failed))

    def _send_to(self, case: Case, shown: Shown, printer: str) -> None:
        assert self.desk is not None
        self._last = printer
        self.picked.emit(printer)
        self._begin_with(self._words("gui.print.under-way", printer=printer))
        job = partial(self.desk.send, shown, printer)
        ended = partial(self._ended, case, case.draft, "printed")
        self._work.ask(Task("send", job, ended, self._failed))

    def _begin_with(self, said: str) -> None:
        self.is_busy = True
        self._foot.say(said)

    def _whose(self, case: Case) -> str:
        """Name patient, number and drug, so that nobody prints another's label."""
        number = case.draft.get("rx_number").strip()
        said = number and self._words("gui.rx", number=number)
        return "\n".join(
            row_of(part)[:200]
            for part in (patient_of(case.draft), said, drug_of(case.draft))
            if part
        )

    def _ended(self, case: Case, draft: Draft, paper: str, outcome: Receipt | Unknown) -> None:
        self.is_busy = False
        key = "gui.save.done" if paper == "saved" else "gui.print.done"
        is_unknown = isinstance(outcome, Unknown)
        if not is_unknown:
            case.safe(draft, paper)
        if isinstance(outcome, Unknown):
            said = self._words("gui.print.unknown", printer=outcome.printer)
        else:
            said = self._words(
                key, printer=outcome.printer, job=outcome.job, pages=str(outcome.pages)
            )
        case.result = said
        self._foot.say(said, aloud=True, trouble=is_unknown)
        self.ended.emit()

    def _failed(self, trouble: Trouble) -> None:
        self.is_busy = False
        self.troubled.emit(trouble)
