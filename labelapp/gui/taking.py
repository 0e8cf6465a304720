"""Taking an order in: recorded before anything of it is printed, and given its number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from labelapp.dispensing.office.access import Act
from labelapp.gui.case import Case, Outcome
from labelapp.gui.menu import plainly
from labelapp.gui.settings import Words
from labelapp.gui.strips import whose
from labelapp.gui.work import Task, Work

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.office.rules import HouseRules
    from labelapp.dispensing.shown import Shown
    from labelapp.gui.counter import Counter
    from labelapp.gui.frame import Frame


class Taking(QObject):
    """Keeps the order on the desk in the records, and gives it the next Rx number where that is so.

    Both are offered to whoever may enter orders; numbers only where the house gives them out.
    """

    def __init__(self, frame: Frame, counter: Counter, words: Words) -> None:
        super().__init__(frame)
        self._frame = frame
        self._counter = counter
        self._words = words
        self._work: Work = counter.work
        self._desk: Desk | None = None
        frame.menu.actions["keep"].triggered.connect(plainly(self.keep))
        frame.menu.actions["number"].triggered.connect(plainly(self.give_number))

    def take(self, desk: Desk) -> None:
        """Work on the records of a desk."""
        self._desk = desk

    def weigh(self) -> None:
        """Offer what the person at the counter may do, by the rules of the house as they are now."""
        office = self._office()
        self._frame.menu.actions["keep"].setEnabled(office is not None)
        self._frame.menu.actions["number"].setEnabled(False)
        if office is not None:
            troubled = self._counter.say_trouble
            self._work.ask(Task("house", office.rules.now, self._know, troubled))

    def keep(self) -> None:
        """Record the order on the desk as it stands; open questions may stay open."""
        desk, case, shown = self._desk, self._counter.case, self._counter.shown
        if desk is None or self._work.is_busy("keep"):
            return
        if shown is None:
            self._frame.foot.say(self._words("gui.why.looking"), aloud=True)
            return
        self._frame.foot.say(self._words("gui.keep.under-way"))
        kept = partial(self._kept, case, shown)
        self._work.ask(Task("keep", partial(desk.keep, shown), kept, self._counter.say_trouble))

    def give_number(self) -> None:
        """Put the next Rx number into the field of the order on the desk, if it has none."""
        office, case = self._office(), self._counter.case
        if office is None or self._work.is_busy("number"):
            return
        if case.draft.get("rx_number").strip():
            self._frame.foot.say(self._words("gui.number.there"), aloud=True)
            return
        given = partial(self._given, case)
        troubled = self._counter.say_trouble
        self._work.ask(Task("number", office.orders.give_number, given, troubled))

    def _office(self) -> Office | None:
        """Give the records, when somebody is there who may enter orders."""
        office = self._desk.office if self._desk is not None else None
        if office is None or office.signing.is_away or not office.may(Act.ENTER):
            return None
        return office

    def _know(self, rules: HouseRules) -> None:
        offered = rules.gives_numbers and self._office() is not None
        self._frame.menu.actions["number"].setEnabled(offered)

    def _kept(self, case: Case, shown: Shown, _nothing: object) -> None:
        assert shown.draft is not None
        said = self._words("gui.keep.done", whose=whose(case, self._words))
        case.keep(Outcome(shown.draft, said))
        self._counter.looks.outdated.emit()  # the records know more of it now than when it was looked at
        self._frame.foot.say(said, aloud=True)

    def _given(self, case: Case, number: str) -> None:
        is_free = not case.draft.get("rx_number").strip()
        if is_free:
            case.leave()
            case.fill_in("", {"rx_number": number})
        if case is self._counter.case:
            self._counter.reshow()
        key = "gui.number.given" if is_free else "gui.number.unused"
        self._counter.say_news(self._words(key, number=number))
