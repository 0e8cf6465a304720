"""The pharmacist's check: the order review, and the final verification by scans and a PIN."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QComboBox, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownFill, ShownOrder
from labelapp.gui.choosers import Chooser
from labelapp.gui.office.answers import AnswersBox
from labelapp.gui.office.checked import Case, Seen, Signed, case_numbered, case_of, seen, sign
from labelapp.gui.office.marks import OF_FILL
from labelapp.gui.office.page import OfficePage, Plain
from labelapp.gui.office.review import ReviewBox
from labelapp.gui.office.said import Sign, Whose, born
from labelapp.gui.office.scans import HardStop, Scans
from labelapp.gui.office.sign import SignLine
from labelapp.gui.office.views import LabelView
from labelapp.gui.parts import GAP, Line, heading
from labelapp.gui.received import ReceivedView
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.errors import LabelappError
from labelapp.rx.history import FillState

CONFLICT = "store.conflict"


class CheckPage(OfficePage):
    """The two checks of one prescription; without a number it begins with a scan of the label.

    `verified` gives the number of a prescription something was signed for. `plain` says an error
    and its way out, as the desk does.
    """

    verified = Signal(str)

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
        self.setWindowTitle(words("records.check.title"))
        self.case: Case | None = None
        self._first_scan = ""
        self.line = Line(self)
        self.line.setAccessibleName(words("records.check.scan"))
        self.line.setPlaceholderText(words("records.check.scan"))
        self.whose = Whose(self)
        self.fills: QComboBox = Chooser(self)
        self.fills.setAccessibleName(words("records.fills"))
        self.received = ReceivedView(words, self)
        self.review = ReviewBox(theme, words, self)
        self.state = Sign(theme, self)
        self.label = LabelView(theme, words, self)
        self.scans = Scans(theme, words, self)
        self.answers = AnswersBox(theme, words, self)
        self.sign = SignLine(words, office, Act.VERIFY, self)
        self.stop = HardStop(theme, words, self)
        self._sides = QWidget(self)
        self._place_parts()
        self._connect()
        self.fit(1240, 720)
        for each in (self._sides, self.stop):
            each.hide()
        self.open_order(rx_number) if rx_number.strip() else self.line.setFocus()

    def open_order(self, rx_number: str) -> None:
        """Open a prescription by its number."""
        self.look("case", partial(case_numbered, self.office, rx_number.strip()), self._show)

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong. Another label or lot is a hard stop; a conflict shows what is now."""
        super().say_trouble(trouble)
        if isinstance(trouble, NotThis):
            self.say("")  # the whole page says it
            self._stand_still(stopped=True)
            self.stop.say(*self.plain(trouble))
        elif isinstance(trouble, LabelappError) and trouble.code == CONFLICT and self.case:
            self.open_order(self.case.order.number)

    @property
    def fill(self) -> ShownFill | None:
        """The fill that is checked."""
        fills = self.case.order.fills if self.case else ()
        return next((each for each in fills if each.id == self.fills.currentData()), None)

    def _place_parts(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        for column in (left, right):
            column.setSpacing(GAP // 2)
        left.addWidget(heading(self.words("records.received")))
        left.addWidget(self.received, 1)
        left.addSpacing(GAP)
        left.addWidget(self.review)
        right.addWidget(heading(self.words("records.label")))
        right.addWidget(self.fills)
        right.addWidget(self.state)
        right.addWidget(self.label, 1)
        right.addWidget(self.answers)
        right.addWidget(self.scans)
        wide = self.theme.size <= 125
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(way, self._sides)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(3 * GAP)
        both.addLayout(left, 1)
        both.addLayout(right, 1)
        for each in (self.line, self.whose):
            self.column.addWidget(each)
        self.column.addWidget(self._sides, 1)
        self.column.addWidget(self.stop, 1)
        self.column.addStretch(0)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(1, self.sign)

    def _connect(self) -> None:
        self.line.returnPressed.connect(self._find)
        self.fills.activated.connect(self._begin_fill)
        self.review.ticked.connect(self._weigh)
        self.scans.scanned.connect(self._scan)
        self.stop.again.connect(self._start_again)
        self.sign.signed.connect(self._sign)
        self.sign.hide()

    def _find(self) -> None:
        """Take a scanned label for its prescription, and anything else for an Rx number."""
        text = self.line.text().strip()
        self.line.clear()
        if text:
            self._first_scan = text
            self.look("case", partial(case_of, self.office, text), self._show)

    def _show(self, case: Case) -> None:
        self.case = case
        order = case.order
        today = date.fromisoformat(self.office.ledger.today())
        birth = self.words("gui.banner.born", born=born(order.patient, today, self.words))
        self.whose.show_whose(
            order.patient.name, birth, self.words("gui.rx", number=order.number), order.drug
        )
        self.received.show_received(case.received)
        self.review.show_order(order, case.entered, received=case.received.came is not None)
        self._offer_fills(order)
        self._begin_fill()

    def _offer_fills(self, order: ShownOrder) -> None:
        """Offer the fills, the newest that waits for its verification first in view."""
        self.fills.clear()
        for each in reversed(order.fills):
            state = self.words(f"records.state.{each.state}")
            says = self.words("records.check.fill", fill=str(each.number), state=state)
            self.fills.addItem(says, each.id)
        waiting = [e.id for e in reversed(order.fills) if e.state is FillState.PRINTED]
        self.fills.setCurrentIndex(max(0, self.fills.findData(waiting[0]) if waiting else 0))
        self.fills.setVisible(len(order.fills) > 1)

    def _begin_fill(self, *_place: int) -> None:
        fill = self.fill
        self.label.show_label("", b"")
        self.answers.show_answers(())
        for each in (self.state, self.scans):
            each.setVisible(fill is not None)
        if fill is not None:
            state = self.words(f"records.check.{fill.state}")
            self.state.show_mark(OF_FILL[fill.state], state)
            self.scans.begin(fill)
            self.scans.setVisible(fill.state is FillState.PRINTED)
            self.look("seen", partial(seen, self.office, fill), self._show_seen)
        self._stand_still(stopped=False)
        self._weigh()
        self._go_on()

    def _show_seen(self, found: Seen) -> None:
        self.label.show_label(*found.label)
        self.answers.show_answers(found.answers)
        fill, text = self.fill, self._first_scan
        self._first_scan = ""
        if fill is not None and text in {each.serial for each in fill.labels}:
            self._scan("label", text)

    def _go_on(self) -> None:
        """Put the keyboard where the check goes on: the scanner's field, else the PIN."""
        waits = self.fill is not None and self.fill.state is FillState.PRINTED
        if waits and not self.scans.is_whole:
            self.scans.line.setFocus()
            self._area.ensureWidgetVisible(self.scans)
        else:
            self.sign.begin()

    def _scan(self, what: str, text: str) -> None:
        if self.fill is not None:
            job = partial(self.office.orders.scanned, self.fill.id, **{what: text})
            said = self.words("records.check.looking")
            self.do(said, job, partial(self._is_right, what, text))

    def _is_right(self, what: str, text: str, lot: str) -> None:
        self.scans.take(what, text, lot)
        shown = next((e.id for e in self.fill.labels if e.serial == text), 0) if self.fill else 0
        if what == "label" and shown:  # of several vials, the one in the hand
            picture = partial(self.office.prints.picture, shown)
            self.look("picture", picture, lambda found: self.label.show_label(*found))
        self._weigh()
        self._go_on()

    def _start_again(self) -> None:
        if self.fill is not None:
            self.scans.begin(self.fill)
        self._stand_still(stopped=False)
        self.say("")
        self._weigh()
        self._go_on()

    def _stand_still(self, *, stopped: bool) -> None:
        """Show the hard stop and nothing else, or the check."""
        self.stop.setVisible(stopped)
        for each in (self.line, self._sides, self.sign):
            each.setVisible(not stopped)
        if stopped:
            self._area.ensureVisible(0, 0)

    def _weigh(self) -> None:
        """Say on the button what a PIN signs now."""
        key = self._signs()
        self.sign.go.setText(self.words(f"records.sign.{key or 'go'}"))
        self.sign.go.setEnabled(bool(key))

    def _signs(self) -> str:
        """Tell what a PIN signs now: review, verification, both, or nothing yet."""
        waits = self.fill is not None and self.fill.state is FillState.PRINTED
        verifies = waits and self.scans.is_whole
        if self.review.confirmed():
            return "both" if verifies else "review"
        return "verify" if verifies else ""

    def _sign(self, who: str, pin: str) -> None:
        case, key = self.case, self._signs()
        if case is None or not key:
            self.say(self.words("records.check.nothing"), trouble=True)
            self._go_on()
            return
        fill = self.fill.id if self.fill is not None and key != "review" else 0
        lots = tuple(sorted(self.scans.lots.values()))
        signed = Signed(self.review.confirmed(), fill, tuple(self.scans.labels), lots)
        job = partial(sign, self.office, case.order, signed, (who, pin))
        self.do(self.words("records.saving"), job, partial(self._is_signed, key, who))

    def _is_signed(self, key: str, who: str, order: ShownOrder) -> None:
        self.say(self.words(f"records.check.done.{key}", by=who))
        self.verified.emit(order.number)
        self.open_order(order.number)
