"""A slip of paper: a short text to be printed or saved, as the recovery key and the day's end are."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QFont, QFontDatabase, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.shown import ShownPrinter
from labelapp.gui.chooser import PrinterChooser
from labelapp.gui.office.size import size
from labelapp.gui.parts import GAP, label
from labelapp.gui.ring import FocusRing
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work

PrintersOf = Callable[[], tuple[ShownPrinter, ...]]


class Slip(QWidget):
    """Shows a text large, and takes it to paper or into a file."""

    done = Signal()
    """It was printed or saved."""

    def __init__(
        self, theme: Theme, words: Words, work: Work, printers: PrintersOf | None, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = words
        self._work = work
        self._printers = printers
        self._name = ""
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(self.font().pointSizeF() * 1.3)
        fixed.setWeight(QFont.Weight.Bold)
        self.text.setFont(fixed)
        self.text.setMinimumHeight(5 * self.text.fontMetrics().lineSpacing())
        self.said = label(wrap=True)
        self.print = QPushButton(words("gui.slip.print"), self)
        self.save = QPushButton(words("gui.slip.save"), self)
        self.print.setVisible(printers is not None)
        row = QHBoxLayout()
        row.addWidget(self.said, 1)
        row.addWidget(self.print)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self.text, 1)
        column.addLayout(row)
        self.print.clicked.connect(self._choose)
        self.save.clicked.connect(self._ask_where)

    def show_text(self, name: str, title: str, text: str) -> None:
        """Show a text; `name` is what its file is called, `title` what it is to a screen reader."""
        self._name = name
        self.text.setPlainText(text)
        self.text.setAccessibleName(title)

    def save_to(self, path: str) -> None:
        """Save the text under a name."""
        try:
            _write_private(Path(path), self.text.toPlainText() + "\n")
        except OSError:
            self.said.setText(self._words("gui.slip.not-saved", path=path))
        else:
            self.said.setText(self._words("gui.slip.saved", path=path))
            self.done.emit()

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self._words("gui.slip.save"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.selectFile(f"{self._name}.txt")
        dialog.fileSelected.connect(self.save_to)
        dialog.open()

    def _choose(self) -> None:
        assert self._printers is not None
        chooser = PrinterChooser(self._theme, self._words, "", "", self.window())
        chooser.picked.connect(self._send)
        chooser.open()
        failed = partial(self._not_printed, "")
        self._work.ask(Task("printers", self._printers, chooser.show_printers, failed))

    def _send(self, printer: str) -> None:
        job = partial(_to_paper, self.text.toPlainText(), printer)
        said = partial(self._printed, printer)
        self._work.ask(Task("slip", job, said, partial(self._not_printed, printer)))

    def _printed(self, printer: str, sent: bool) -> None:  # noqa: FBT001 - what the job gives
        if sent:
            self.said.setText(self._words("gui.slip.printed", printer=printer))
            self.done.emit()
        else:
            self._not_printed(printer, None)

    def _not_printed(self, printer: str, _trouble: Trouble | None) -> None:
        self.said.setText(self._words("gui.slip.not-printed", printer=printer))


def _write_private(path: Path, text: str) -> None:
    """Write a text that nobody but its owner may read: it may be the recovery key."""
    line = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(line, "w", encoding="utf-8") as file:
        path.chmod(0o600)  # a file of that name may have been there, open to all
        file.write(text)


class SlipPage(QDialog):
    """A slip as a page of its own."""

    def __init__(self, theme: Theme, words: Words, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        buttons = QDialogButtonBox(self)
        buttons.addButton(words("gui.close"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * GAP, 2 * GAP, 2 * GAP, 2 * GAP)
        column.setSpacing(GAP)
        column.addWidget(buttons)
        size(self, theme, 560, 320)
        self._column = column
        FocusRing(theme, self)

    def hold(self, slip: Slip) -> None:
        """Hold the slip."""
        self._column.insertWidget(0, slip, 1)


def _to_paper(text: str, printer: str) -> bool:
    """Print a text on a queue of the system; tell whether it was taken."""
    from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415 - rarely wanted

    paper = QPrinter()
    paper.setPrinterName(printer)
    if not paper.isValid():
        return False
    page = QTextDocument()
    page.setDefaultFont(QFont("monospace", 12))
    page.setPlainText(text)
    page.print_(paper)
    return paper.printerState() is not QPrinter.PrinterState.Error
