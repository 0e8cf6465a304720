"""Sight: what the desk makes of the prescription on it, asked anew at every change and shown."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.case import at_rest
from labelapp.gui.looks import Looks
from labelapp.gui.panes import Panes
from labelapp.gui.tray import Tray

if TYPE_CHECKING:
    from labelapp.dispensing.shown import Shown, Wanted


class Sight(QObject):
    """Asks the desk about the prescription on it, and shows in all panes what it answers."""

    turned = Signal()
    """The answer that holds is another one, or there is none now."""
    failed = Signal(object)
    """The prescription could not be looked at: the trouble."""

    def __init__(self, tray: Tray, looks: Looks, panes: Panes, parent: QObject) -> None:
        super().__init__(parent)
        self._tray = tray
        self._looks = looks
        self._panes = panes
        looks.answered.connect(self._answered)
        looks.failed.connect(self._failed)
        looks.late.connect(self._late)

    @property
    def wanted(self) -> Wanted:
        """What was chosen besides the prescription, and why another copy is wanted."""
        return replace(self._panes.preview.choosers.wanted, reason=self._tray.case.reason)

    @property
    def shown(self) -> Shown | None:
        """What the desk says today of the draft as it stands; None while that is on its way."""
        return self._looks.answer(self._tray.case.draft, self.wanted)

    @property
    def is_known(self) -> bool:
        """False for the short while an answer is on its way: what stands in view stays."""
        return self.shown is not None or self._looks.is_late or self._looks.trouble is not None

    def look(self) -> None:
        """Ask the desk. Only the newest draft is ever answered for."""
        self._looks.ask(self._tray.case.draft, self.wanted)
        self.turned.emit()

    def see_day(self) -> None:
        """Have the desk asked anew when the day has turned."""
        self._looks.see_day()

    def _answered(self, shown: Shown) -> None:
        case = self._tray.case
        seen = at_rest(shown) if case.paper else shown
        self._panes.show_answer(seen, begun=bool(case.draft.written))
        self.turned.emit()

    def _late(self) -> None:
        self._panes.show_old()
        self.turned.emit()

    def _failed(self) -> None:
        self._panes.show_none("gui.findings.failed")
        self.turned.emit()
        if self._looks.trouble is not None:
            self.failed.emit(self._looks.trouble)
