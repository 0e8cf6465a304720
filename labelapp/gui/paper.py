"""The way to paper: choosing a printer or a file, sending once, saying what came of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from labelapp.gui.case import Case
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.foot import Foot
from labelapp.gui.work import Task, Trouble
from labelapp.rx.receipt import Receipt, Unknown

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.shown import Shown, ShownPrinter
    from labelapp.gui.counter import Counter
    from labelapp.gui.window import Window


class Paper(QObject):
    """Saves and sends the label on the desk, one at a time; nothing is ever sent by itself twice."""

    def __init__(self, counter: Counter, window: Window, foot: Foot) -> None:
        super().__init__(window)
        self._counter = counter
        self._window = window
        self._foot = foot
        self._words = window.begin.words
        self.desk: Desk | None = None
        self._is_sending = False
        self._chooser: PrinterChooser | None = None

    def save(self) -> None:
        """Ask for a file's name and save the label's PDF there."""
        shown = self._ready()
        if shown is None:
            return
        dialog = QFileDialog(self._window, self._words("gui.save.title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self._words("gui.save.filter"))
        dialog.setDefaultSuffix("pdf")
        assert shown.label is not None
        dialog.selectFile(f"{shown.label.serial}.pdf")
        native = self._window.begin.native_dialogs
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not native)
        dialog.fileSelected.connect(partial(self._save_to, self._counter.case, shown))
        dialog.open()

    def choose_printer(self) -> None:
        """List the queues and let somebody choose."""
        shown = self._ready()
        if shown is None or self.desk is None:
            return
        chooser = PrinterChooser(
            self._window.theme, self._words, self._window.settings.printer, self._window
        )
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.picked.connect(partial(self._send_to, self._counter.case, shown))
        chooser.finished.connect(self._chooser_closed)
        self._chooser = chooser
        chooser.open()
        self._counter.work.ask(
            Task("printers", self.desk.printers, self._show_printers, self._no_printers)
        )

    def _show_printers(self, printers: tuple[ShownPrinter, ...]) -> None:
        if self._chooser is not None:
            self._chooser.show_printers(printers)

    def _no_printers(self, trouble: Trouble) -> None:
        if self._chooser is not None:
            self._chooser.reject()
        self._counter.say_trouble(trouble)

    def _chooser_closed(self) -> None:
        self._chooser = None

    def _ready(self) -> Shown | None:
        """Give the label when it may be printed; say why not otherwise."""
        shown = self._counter.shown
        if self._is_sending or self.desk is None or shown is None or not shown.may_print:
            self._counter.say_why_not()
            return None
        return shown

    def _save_to(self, case: Case, shown: Shown, path: str) -> None:
        assert self.desk is not None
        self._begin(self._words("gui.save.under-way", name=Path(path).name))
        job = partial(self.desk.save, shown, path)
        done = partial(self._ended, case, "gui.save.done")
        self._counter.work.ask(Task("send", job, done, self._failed))

    def _send_to(self, case: Case, shown: Shown, printer: str) -> None:
        assert self.desk is not None
        self._window.keep(printer=printer)
        self._begin(self._words("gui.print.under-way", printer=printer))
        job = partial(self.desk.send, shown, printer)
        done = partial(self._ended, case, "gui.print.done")
        self._counter.work.ask(Task("send", job, done, self._failed))

    def _begin(self, said: str) -> None:
        self._is_sending = True
        self._foot.say(said)

    def _ended(self, case: Case, key: str, outcome: Receipt | Unknown) -> None:
        self._is_sending = False
        if isinstance(outcome, Unknown):
            said = self._words("gui.print.unknown", printer=outcome.printer)
        else:
            said = self._words(
                key, printer=outcome.printer, job=outcome.job, pages=str(outcome.pages)
            )
        case.result = said
        self._foot.say(said, aloud=True)
        self._counter.show_result()

    def _failed(self, trouble: Trouble) -> None:
        self._is_sending = False
        self._counter.say_trouble(trouble)
