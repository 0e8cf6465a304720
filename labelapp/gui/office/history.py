"""The history of a prescription: what was ordered and dispensed, and everything done from there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownFill, ShownOrder
from labelapp.gui.columns import Columns
from labelapp.gui.office.find import FindLine, FindList
from labelapp.gui.office.order import Opened, OrderView, may_be_void
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.patient import PatientPage
from labelapp.gui.office.said import Whose, born
from labelapp.gui.office.views import received
from labelapp.gui.office.why import WhyPage
from labelapp.gui.parts import GAP
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.history import FillState, Standing

CONFLICT = "store.conflict"
DEEDS = {
    "refill": Act.ENTER,
    "correct": Act.ENTER,
    "reprint": Act.REPRINT,
    "patient": Act.VIEW,
    "void": Act.VOID,
    "discontinue": Act.STAND,
    "transfer": Act.STAND,
    "resume": Act.STAND,
}
"""What can be done from here, in the order of the buttons, and what somebody must be allowed."""


class HistoryPage(OfficePage):
    """A prescription with everything that was done; without a number it begins with the search.

    `opened` gives a draft for the form (a refill, or the order for a correction), `reprint` the
    draft of a fill as it was kept and the reason. `plain` says an error, as the desk does.
    """

    opened = Signal(object)
    reprint = Signal(object, str)
    changed = Signal(str)
    """The number of a prescription something was done with here."""

    def __init__(  # noqa: PLR0913 - what every page takes, and which prescription
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
        *,
        rx_number: str = "",
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("records.history.title"))
        self.found = FindList(theme, words, office, work, self, plain)
        self.line = FindLine(words("records.find.hint"), self.found, self)
        self.whose = Whose(self)
        self.view = OrderView(theme, words, self)
        self._bar = Columns(self)
        self.deeds = {name: self._deed(name) for name in DEEDS}
        self.deeds["refill"].setDefault(True)
        self._place_parts()
        self._connect()
        self.fit(1240, 720)
        self._weigh()
        if rx_number.strip():
            self.open_order(rx_number.strip())
        else:
            self._show_body(shown=False)
            self.line.setFocus()

    def open_order(self, rx_number: str) -> None:
        """Open a prescription by its number."""
        self.look("order", partial(_opened, self.office, rx_number), self._show)

    def open_patient(self, patient_id: int) -> None:
        """Open a patient's page over this one."""
        means = (self.theme, self.words, self.office, self.work, self, self.plain)
        page = PatientPage(*means, patient_id=patient_id)
        page.order.connect(self.open_order)
        page.finished.connect(page.deleteLater)
        page.finished.connect(self._again)
        page.open()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong; where somebody else was first, show what stands on record now."""
        super().say_trouble(trouble)
        if isinstance(trouble, LabelappError) and trouble.code == CONFLICT:
            self._again()

    @property
    def order(self) -> ShownOrder | None:
        """The prescription in view."""
        return self.view.order

    def _deed(self, name: str) -> QPushButton:
        made = button(self.words(f"records.do.{name}"), self, partial(self._begin, name))
        made.setVisible(self.office.may(DEEDS[name]))
        return made

    def _place_parts(self) -> None:
        self.column.addWidget(self.line)
        self.column.addWidget(self.found)
        top = QHBoxLayout()
        top.addWidget(self.whose, 1)
        top.addWidget(self.deeds["patient"], 0, Qt.AlignmentFlag.AlignVCenter)
        self.column.addLayout(top)
        self.column.addWidget(self.view, 1)
        self.column.addStretch(0)
        for name, each in self.deeds.items():
            if name != "patient":
                self._bar.add(each, 3 if self.theme.size > 100 else 2)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(1, self._bar)
        whole.setSpacing(GAP)

    def _connect(self) -> None:
        self.found.order.connect(self.open_order)
        self.found.patient.connect(self.open_patient)
        self.view.fill_chosen.connect(self._weigh)
        self.view.label_chosen.connect(self._picture)
        keys = {"Ctrl+R": "reprint", "Ctrl+E": "correct"}
        for key, name in keys.items():
            QShortcut(QKeySequence(key), self).activated.connect(partial(self._begin, name))
        QShortcut(QKeySequence("Ctrl+F"), self).activated.connect(self.line.setFocus)

    def _show(self, opened: Opened) -> None:
        order = opened.order
        today = date.fromisoformat(self.office.ledger.today())
        birth = self.words("gui.banner.born", born=born(order.patient, today, self.words))
        number = self.words("gui.rx", number=order.number)
        self.whose.show_whose(order.patient.name, birth, number, order.patient.phone)
        self.view.show_opened(opened)
        self._show_body(shown=True)
        self._weigh()
        self.view.fills.setFocus()

    def _show_body(self, *, shown: bool) -> None:
        for each in (self.whose, self.deeds["patient"], self.view, self._bar):
            each.setVisible(shown)
        self._bar.place()

    def _weigh(self) -> None:
        """Offer what can be done with this prescription and the fill chosen."""
        order, fill = self.order, self.view.fill()
        active = order is not None and order.standing is Standing.ACTIVE
        can = {
            "refill": active,
            "correct": order is not None,
            "reprint": fill is not None and bool(fill.labels) and may_be_void(fill),
            "patient": order is not None,
            "void": may_be_void(fill),
            "discontinue": active,
            "transfer": active,
            "resume": order is not None and not active,
        }
        for name, each in self.deeds.items():
            each.setEnabled(can[name])
        offers = self.office.may(Act.STAND)
        self.deeds["resume"].setVisible(offers and can["resume"])
        for name in ("discontinue", "transfer"):
            self.deeds[name].setVisible(offers and not can["resume"])

    def _begin(self, name: str) -> None:
        order, fill = self.order, self.view.fill()
        if order is None or not self.deeds[name].isEnabled() or self.deeds[name].isHidden():
            return
        if name == "patient":
            self.open_patient(order.patient.id)
        elif name in {"refill", "correct"}:
            said = self.words("records.opening")
            self.do(said, self._draft_for(name, order, fill), self._give)
        else:
            self._ask_why(name, order, fill)

    def _draft_for(
        self, name: str, order: ShownOrder, fill: ShownFill | None
    ) -> Callable[[], Draft]:
        """Say what gives the draft: a fill not printed yet is corrected itself, else the order."""
        orders = self.office.orders
        if name == "refill":
            return partial(orders.refill, order.number)
        if fill is not None and fill.state is FillState.ENTERED:
            return partial(orders.draft_of_fill, fill.id)
        return partial(orders.draft, order.number)

    def _ask_why(self, name: str, order: ShownOrder, fill: ShownFill | None) -> None:
        number = self.words("gui.rx", number=order.number)
        if name in {"void", "reprint"} and fill is not None:
            number = self.words("records.fill-of", rx=number, fill=str(fill.number))
        page = WhyPage(self.theme, self.words, name, f"{order.patient.name}, {number}", self)
        page.given.connect(partial(self._do, name, order, fill))
        page.finished.connect(page.deleteLater)
        page.open()

    def _do(self, name: str, order: ShownOrder, fill: ShownFill | None, reason: str) -> None:
        orders, said = self.office.orders, self.words("records.saving")
        if name == "reprint" and fill is not None:
            job = partial(orders.draft_of_fill, fill.id)
            self.do(self.words("records.opening"), job, partial(self._give_again, reason))
        elif name == "void" and fill is not None:
            self.do(said, partial(orders.void, fill.id, reason), partial(self._is_done, name))
        else:
            deed = {
                "discontinue": orders.discontinue,
                "transfer": orders.transfer,
                "resume": orders.resume,
            }[name]
            self.do(said, partial(deed, order, reason), partial(self._is_done, name))

    def _give(self, draft: Draft) -> None:
        self.accept()
        self.opened.emit(draft)

    def _give_again(self, reason: str, draft: Draft) -> None:
        self.accept()
        self.reprint.emit(draft, reason)

    def _is_done(self, name: str, _answer: object) -> None:
        assert self.order is not None
        self.say(self.words(f"records.{name}.done"))
        self.changed.emit(self.order.number)
        self._again()

    def _again(self, *_outcome: int) -> None:
        if self.order is not None:
            self.open_order(self.order.number)

    def _picture(self, label: int) -> None:
        if label:
            job = partial(self.office.prints.picture, label)
            self.look("picture", job, self._show_picture)
        else:
            self.view.label.show_label("", b"")

    def _show_picture(self, found: tuple[str, bytes]) -> None:
        self.view.label.show_label(*found)


def _opened(office: Office, rx_number: str) -> Opened:
    order = office.orders.open(rx_number)
    return Opened(order, office.orders.checks(order), received(office, order.number))
