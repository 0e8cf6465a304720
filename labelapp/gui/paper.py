"""The way to paper: choosing a printer or a file, sending once, saying what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog

from labelapp.gui.case import Case
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.foot import Foot
from labelapp.gui.settings import Start
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work
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
        chooser = PrinterChooser(self._theme, self._words, self._last, self._foot.window())
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
        self._work.ask(Task("send", job, partial(self._ended, case, "gui.save.done"), self._failed))

    def _send_to(self, case: Case, shown: Shown, printer: str) -> None:
        assert self.desk is not None
        self._last = printer
        self.picked.emit(printer)
        self._begin_with(self._words("gui.print.under-way", printer=printer))
        job = partial(self.desk.send, shown, printer)
        self._work.ask(
            Task("send", job, partial(self._ended, case, "gui.print.done"), self._failed)
        )

    def _begin_with(self, said: str) -> None:
        self.is_busy = True
        self._foot.say(said)

    def _ended(self, case: Case, key: str, outcome: Receipt | Unknown) -> None:
        self.is_busy = False
        if isinstance(outcome, Unknown):
            said = self._words("gui.print.unknown", printer=outcome.printer)
        else:
            said = self._words(
                key, printer=outcome.printer, job=outcome.job, pages=str(outcome.pages)
            )
        case.result = said
        self._foot.say(said, aloud=True)
        self.ended.emit()

    def _failed(self, trouble: Trouble) -> None:
        self.is_busy = False
        self.troubled.emit(trouble)
