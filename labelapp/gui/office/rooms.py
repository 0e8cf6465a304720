"""The menu of the records: which page each entry opens, and whose role may open it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog

from labelapp.dispensing.office.access import Act
from labelapp.gui.menu import Menu, plainly
from labelapp.gui.office.slip import Slip, SlipPage
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work
from labelapp.rx.dates import staff_date

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.office.shown import ShownBackup
    from labelapp.gui.office.page import Plain

ACTS = {
    "history": Act.VIEW,
    "lots": Act.VIEW,
    "check": Act.VIEW,
    "doubt": Act.PRINT,
    "approvals": Act.VIEW,
    "audit": Act.AUDIT,
    "backups": Act.BACKUP,
    "backup-now": Act.BACKUP,
    "day-end": Act.BACKUP,
    "find": Act.VIEW,
    "reprint": Act.REPRINT,
}
"""What somebody must be allowed to do for an entry to be offered."""
FOR_ALL = ("people", "settings")
"""Whoever is signed in changes the own PIN, and sees the settings."""


class Rooms(QObject):
    """Opens the pages of the records, each one over the window and one at a time."""

    opened = Signal(object)
    """A draft to be put on the desk."""
    reprint = Signal(object, str)
    """A draft to be put on the desk for another copy, and why."""
    changed = Signal()
    """A page was closed in which something of how the counter stands may have changed."""
    restocked = Signal()
    """A stock of the pharmacy's own was made or taken away."""
    said = Signal(str)
    troubled = Signal(object)

    def __init__(self, theme: Theme, words: Words, menu: Menu, work: Work, window: QWidget) -> None:
        super().__init__(window)
        self._theme = theme
        self._words = words
        self._actions = menu.actions
        self._work = work
        self._window = window
        self._desk: Desk | None = None
        self._rx: Callable[[], str] = str
        for name, slot in (
            ("history", self.show_history),
            ("lots", self._show_lots),
            ("check", self._show_check),
            ("doubt", self.show_doubt),
            ("people", self._show_people),
            ("settings", self._show_house),
            ("approvals", self._show_approvals),
            ("audit", self._show_audit),
            ("backups", self._show_backups),
            ("backup-now", self._back_up),
            ("day-end", self._end_day),
        ):
            self._actions[name].triggered.connect(plainly(slot))
        self.weigh()

    @property
    def office(self) -> Office | None:
        """The records the pages look into."""
        return self._desk.office if self._desk is not None else None

    def take(self, desk: Desk, rx_number: Callable[[], str]) -> None:
        """Work on the records of a desk; `rx_number` tells which prescription is on it now."""
        self._desk, self._rx = desk, rx_number
        self.weigh()

    def weigh(self) -> None:
        """Offer what the person at the counter may do."""
        office = self.office
        there = office is not None and not office.signing.is_away
        for name, act in ACTS.items():
            self._actions[name].setEnabled(there and office is not None and office.may(act))
        for name in FOR_ALL:
            self._actions[name].setEnabled(there)

    def show_doubt(self) -> None:
        """Open the prints nobody knows the end of."""
        from labelapp.gui.office.doubt import DoubtPage  # noqa: PLC0415 - only when it is wanted

        page = DoubtPage(*self._means())
        page.settled.connect(self.changed)
        self._open(page)

    def show_history(self, rx_number: str = "") -> None:
        """Open the history of a prescription: that one, else the one on the desk."""
        from labelapp.gui.office.history import HistoryPage  # noqa: PLC0415 - as above

        page = HistoryPage(*self._means(), rx_number=rx_number or self._rx())
        page.opened.connect(self.opened)
        page.reprint.connect(self.reprint)
        self._open(page)

    def show_patient(self, patient: int) -> None:
        """Open the chart of a patient."""
        from labelapp.gui.office.patient import PatientPage  # noqa: PLC0415 - as above

        page = PatientPage(*self._means(), patient_id=patient)
        page.order.connect(self.show_history)
        self._open(page)

    def show_lot(self, number: str) -> None:
        """Open the lots at one of them."""
        self._show_lots(number)

    def _show_check(self) -> None:
        from labelapp.gui.office.check import CheckPage  # noqa: PLC0415 - as above

        self._open(CheckPage(*self._means(), rx_number=self._rx()))

    def _show_lots(self, number: str = "") -> None:
        from labelapp.gui.office.lots import LotsPage  # noqa: PLC0415 - as above

        page = LotsPage(*self._means())
        if number:
            page.filter.setText(number)
            page.filter.textEdited.emit(number)
        self._open(page)

    def _show_people(self) -> None:
        from labelapp.gui.office.people import PeoplePage  # noqa: PLC0415 - as above

        self._open(PeoplePage(*self._means()))

    def _show_house(self) -> None:
        from labelapp.gui.office.house import HousePage  # noqa: PLC0415 - as above

        page = HousePage(*self._means())
        page.stocks.connect(partial(self._show_stocks, page))
        self._open(page)

    def _show_stocks(self, over: QWidget) -> None:
        """Open the label stocks over the settings, which stay as they were typed."""
        from labelapp.gui.office.stocks import StocksPage  # noqa: PLC0415 - as above

        assert self._desk is not None
        theme, words, office, work, _window, plain = self._means()
        room, states = self._desk.room, self._desk.jurisdictions()
        page = StocksPage(theme, words, office, work, over, plain, stockroom=room, states=states)
        page.changed.connect(self.restocked)
        self._open(page)

    def _show_approvals(self) -> None:
        from labelapp.gui.office.approvals import ApprovalsPage  # noqa: PLC0415 - as above

        self._open(ApprovalsPage(*self._means()))

    def _show_audit(self) -> None:
        from labelapp.gui.office.audit import AuditPage  # noqa: PLC0415 - as above

        self._open(AuditPage(*self._means()))

    def _show_backups(self) -> None:
        from labelapp.gui.office.backups import BackupsPage  # noqa: PLC0415 - as above

        self._open(BackupsPage(*self._means()))

    def _means(self) -> tuple[Theme, Words, Office, Work, QWidget, Plain]:
        desk = self._desk
        assert desk is not None
        assert desk.office is not None
        return self._theme, self._words, desk.office, self._work, self._window, desk.plain

    def _open(self, page: QDialog) -> None:
        page.finished.connect(self._closed)
        page.finished.connect(page.deleteLater)
        page.open()

    def _closed(self, *_outcome: int) -> None:
        self.changed.emit()

    def _back_up(self) -> None:
        assert self.office is not None
        self.said.emit(self._words("gui.backup.under-way"))
        job = self.office.keeping.back_up
        self._work.ask(Task("backup", job, self._backed_up, self._failed))

    def _backed_up(self, made: ShownBackup) -> None:
        self.said.emit(self._words("gui.backup.made", name=made.file.name))
        self.changed.emit()

    def _end_day(self) -> None:
        assert self.office is not None
        self._work.ask(Task("day-end", self.office.keeping.day_end, self._day_ended, self._failed))

    def _day_ended(self, end: tuple[str, int, str]) -> None:
        assert self._desk is not None
        day, row, seal = end
        title = self._words("gui.day-end.title")
        page = SlipPage(self._theme, self._words, title, self._window)
        slip = Slip(self._theme, self._words, self._work, self._desk.printers, page)
        page.hold(slip)
        said = staff_date(date.fromisoformat(day))
        text = self._words("gui.day-end.text", day=said, row=str(row), seal=seal)
        slip.show_text(f"labelapp-day-end-{day}", title, text)
        self._open(page)

    def _failed(self, trouble: Trouble) -> None:
        self.troubled.emit(trouble)
