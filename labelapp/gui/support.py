"""The report for support: asks for a file's name, saves it there, and says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from labelapp.rx.errors import LabelappError

if TYPE_CHECKING:
    from collections.abc import Callable

    from labelapp.gui.foot import Foot
    from labelapp.gui.settings import Start
    from labelapp.gui.work import Trouble


class Support(QObject):
    """Saves the report; what it holds is made elsewhere, and is nothing of any patient."""

    def __init__(self, foot: Foot, begin: Start, troubled: Callable[[Trouble], None]) -> None:
        super().__init__(foot)
        self._foot = foot
        self._begin = begin
        self._troubled = troubled

    def ask(self) -> None:
        """Ask where the report is to be saved."""
        dialog = QFileDialog(self._foot.window(), self._begin.words("gui.report.title"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("txt")
        dialog.selectFile("labelapp-report.txt")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog, not self._begin.native_dialogs)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Save the report under a name."""
        try:
            self._begin.save_report(path)
        except LabelappError as error:
            self._troubled(error)
        else:
            self._foot.say(self._begin.words("gui.report.done", path=path), aloud=True)
