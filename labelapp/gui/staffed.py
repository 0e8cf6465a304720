"""A counter with staff: the reception, the pages of the records and the counter know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from labelapp.gui.menu import plainly
from labelapp.gui.office.finding import Finding
from labelapp.gui.office.reception import Reception
from labelapp.gui.office.rooms import Rooms
from labelapp.gui.office.why import WhyPage
from labelapp.gui.settings import Start
from labelapp.gui.strips import whose
from labelapp.gui.taking import Taking
from labelapp.gui.theme import Theme

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.shown import ShownPerson
    from labelapp.gui.counter import Counter
    from labelapp.gui.frame import Frame
    from labelapp.rx.draft import Draft


class Staffed(QObject):
    """Puts a counter behind its reception, and opens the pages of the records from its menu."""

    def __init__(self, frame: Frame, counter: Counter, theme: Theme, begin: Start) -> None:
        super().__init__(frame)
        assert begin.ways is not None
        words, work = begin.words, counter.work
        self._counter = counter
        self._theme = theme
        self._words = words
        self._frame = frame
        self.reception = Reception(frame, theme, begin, begin.ways, work)
        self.finding = Finding(theme, words, work, frame)
        self.rooms = Rooms(theme, words, frame.menu, work, frame.own_window)
        self.taking = Taking(frame, counter, words)
        self._connect_reception()
        self._connect_finding(frame)
        self._connect_rooms(frame)

    def _connect_reception(self) -> None:
        reception, say = self.reception, self._counter.say_trouble
        reception.opened.connect(self._take)
        reception.came.connect(self._sign)
        reception.troubled.connect(say)
        reception.gauge.troubled.connect(say)
        reception.gauge.doubtful.connect(self._doubt)
        self._counter.paper.doubtful.connect(self._doubt)

    def _connect_finding(self, frame: Frame) -> None:
        finding, counter = self.finding, self._counter
        counter.commands.find = finding.enter
        finding.order.connect(self.rooms.show_history)
        finding.patient.connect(self.rooms.show_patient)
        finding.lot.connect(self.rooms.show_lot)
        finding.unknown.connect(counter.commands.say_unknown)
        finding.troubled.connect(counter.say_trouble)
        frame.menu.actions["find"].triggered.connect(plainly(counter.back))

    def _connect_rooms(self, frame: Frame) -> None:
        rooms = self.rooms
        rooms.opened.connect(self._put)
        rooms.reprint.connect(self._put)
        rooms.changed.connect(self.reception.gauge.refresh)
        rooms.restocked.connect(self._counter.restock)
        rooms.changed.connect(self.taking.weigh)
        rooms.changed.connect(self._counter.looks.outdated)  # a lot released, a list signed
        frame.menu.actions["reprint"].triggered.connect(plainly(self._ask_why))
        rooms.said.connect(frame.foot.say)
        rooms.troubled.connect(self._counter.say_trouble)

    def _take(self, desk: Desk) -> None:
        """Work with a desk over records that were just opened."""
        counter = self._counter
        counter.take_desk(desk)
        counter.answer.hint_at(*self.reception.pharmacist_of_training())
        self.finding.take(desk)
        self.taking.take(desk)
        self.rooms.take(desk, lambda: counter.case.draft.get("rx_number").strip())

    def _sign(self, person: ShownPerson | None) -> None:
        """Work for whoever is there now: a label is a sample for nobody, and not for them."""
        self._counter.answer.sign(person)
        self._counter.looks.outdated.emit()
        self.finding.close()
        self.rooms.weigh()
        self.taking.weigh()

    def _put(self, draft: Draft, reason: str = "") -> None:
        """Put a draft of the records on the desk; with a reason, for another copy of its label."""
        self._counter.commands.put(draft)
        self._counter.entry.go_to("lots.0.number")
        if reason:
            self._want_copy(reason)

    def _ask_why(self) -> None:
        """Ask why another copy of the label on the desk is wanted; it prints as every label does."""
        said, window = whose(self._counter.case, self._words), self._frame.window()
        page = WhyPage(self._theme, self._words, "reprint", said, window)
        page.given.connect(self._want_copy)
        page.finished.connect(page.deleteLater)
        page.open()

    def _want_copy(self, reason: str) -> None:
        """Want another copy of the label on the desk, and say so."""
        self._counter.case.reason = reason
        self._counter.looks.outdated.emit()
        self._counter.say_news(self._words("gui.reprint.ready", reason=reason))

    def _doubt(self) -> None:
        if not self.reception.is_covered:
            self.rooms.show_doubt()
