"""The reception: opens the records, signs people in, locks, and says how the counter stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from labelapp.gui.menu import plainly
from labelapp.gui.office.cover import Cover
from labelapp.gui.office.curtain import Curtain
from labelapp.gui.office.entrance import Entrance, Opened
from labelapp.gui.office.gauge import Gauge
from labelapp.gui.office.lock import LockPage
from labelapp.gui.office.rebuild import Rebuild
from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.threshold import Threshold
from labelapp.gui.office.unlock import UnlockPage
from labelapp.gui.office.watch import Watch
from labelapp.gui.settings import Start, Ways
from labelapp.gui.theme import Theme
from labelapp.gui.work import Task, Trouble, Work

if TYPE_CHECKING:
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.office.shown import ShownPerson
    from labelapp.gui.frame import Frame

Answer = TypeVar("Answer")

TRAINED = ("TT", "TI", "TP", "TC", "TA")
"""Initials of the people of training: technician, intern, pharmacist, in charge, administrator."""


class Reception(QObject):
    """Stands between the records and the counter: nothing is seen before somebody signed in."""

    opened = Signal(object)
    """A desk over records that were opened."""
    came = Signal(object)
    """Somebody signed in, or nobody is there any more (None)."""
    troubled = Signal(object)

    def __init__(self, frame: Frame, theme: Theme, begin: Start, ways: Ways, work: Work) -> None:
        super().__init__(frame)
        self._frame = frame
        self._theme = theme
        self._begin = begin
        self._words = begin.words
        self._work = work
        self.curtain = Curtain(frame.own_window, frame.stack)
        self.entrance = Entrance(ways, work, self)
        self._opened: Opened | None = None
        self.gauge = Gauge(frame, begin, work)
        self._over_lock = False
        """True while somebody else signs in at a counter that is locked."""
        self._last: ShownPerson | None = None
        """Whoever was at the counter last: pages left open are theirs."""
        self.watch = Watch(self._is_left, self._touched, theme.application, frame.own_window)
        self._rebuild = Rebuild(frame, theme, begin, self.entrance)
        self._threshold = Threshold(frame, theme, begin, ways, self.entrance, self.curtain)
        self._connect()

    @property
    def office(self) -> Office | None:
        """The records that are open."""
        return self._opened.office if self._opened is not None else None

    @property
    def is_covered(self) -> bool:
        """True while a page stands in place of the counter."""
        return self.curtain.page is not None

    def start(self) -> None:
        """Find the records of this computer."""
        self.entrance.find()

    def close(self) -> None:
        """Close the records; the worker has ended."""
        self.watch.close()
        self.entrance.let_go()

    def lock(self) -> None:
        """Lock the counter: the page is there at once, the records hear of it next."""
        office = self.office
        if office is None or office.signing.person is None or self.is_locked:
            return
        self._work.ask(Task("lock", office.signing.lock, _nothing, self.troubled.emit))
        self._show_lock(office.signing.person)

    @property
    def is_locked(self) -> bool:
        """True while the page of the lock is there."""
        return isinstance(self.curtain.page, LockPage)

    def _connect(self) -> None:
        actions = self._frame.menu.actions
        for name, slot in (
            ("lock", self.lock),
            ("switch", self._switch),
            ("sign-out", self._sign_out),
            ("setup", self._set_up),
            ("restore", self._restore),
        ):
            actions[name].triggered.connect(plainly(slot))
        self.entrance.opened.connect(self._has_opened)
        self._threshold.restoring.connect(self._restore)
        self.watch.left.connect(self._was_left)
        self.watch.locked.connect(self.lock)

    def _has_opened(self, opened: Opened) -> None:
        self._opened = opened
        self._last = None
        self.gauge.office = opened.office
        self.opened.emit(opened.desk)
        if opened.door is None:
            self._begin_work(opened.office.signing.person)
        else:
            self._ask_who(may_leave=False)

    def _set_up(self) -> None:
        self._rebuild.set_up(self._opened, self._work)

    def _restore(self) -> None:
        self._rebuild.restore(self._opened, self._work)

    # -- who is there

    def _ask_who(self, *, may_leave: bool) -> None:
        office = self.office
        if office is None:
            return
        page = SignInPage(
            self._theme, self._words, self._hint(), self._frame.stack, may_leave=may_leave
        )
        page.given.connect(self._sign_in)
        page.badged.connect(self._find_badge)
        if may_leave:
            page.escaped.connect(self._stay)
        self._over_lock = False
        self.curtain.draw(page)
        self._ask_for(page, "names", office.staff.names, page.show_people)

    def pharmacist_of_training(self) -> tuple[str, str]:
        """Give initials and PIN of the pharmacist there is in training; elsewhere nothing."""
        if self.office is None or not self.office.is_training:
            return "", ""
        from labelapp.dispensing.office.door import TRAINING_PIN  # noqa: PLC0415 - it loads the store

        return TRAINED[2], TRAINING_PIN

    def _hint(self) -> str:
        """Say in training who there is, and their PIN."""
        if self.office is None or not self.office.is_training:
            return ""
        from labelapp.dispensing.office.door import TRAINING_PIN  # noqa: PLC0415 - it loads the store

        return self._words("gui.sign-in.training", who=", ".join(TRAINED), pin=TRAINING_PIN)

    def _sign_in(self, initials: str, pin: str) -> None:
        office = self.office
        if office is not None:
            job = partial(office.signing.sign_in, initials, pin)
            self._work.ask(Task("sign-in", job, self._begin_work, self._refuse))

    def _unlock_counter(self, pin: str) -> None:
        office = self.office
        if office is not None:
            job = partial(office.signing.unlock, pin)
            self._work.ask(Task("sign-in", job, self._begin_work, self._refuse))

    def _find_badge(self, scanned: str) -> None:
        office, page = self.office, self.curtain.page
        if office is not None and isinstance(page, SignInPage):
            job = partial(office.signing.is_badge, scanned)
            self._ask_for(page, "badge", job, partial(self._badge, page))

    def _ask_for(
        self, page: Cover, kind: str, job: Callable[[], Answer], then: Callable[[Answer], None]
    ) -> None:
        """Ask the records something for a page; one that is gone hears nothing."""

        def answered(answer: Answer) -> None:
            if page is self.curtain.page:
                then(answer)

        self._work.ask(Task(kind, job, answered, self._refuse))

    def _badge(self, page: SignInPage, initials: str) -> None:
        if initials:
            page.fill_in(initials)
        else:
            page.refuse(self._words("gui.sign-in.nobody"))

    def _refuse(self, trouble: Trouble) -> None:
        page = self.curtain.page
        if isinstance(page, SignInPage | LockPage | UnlockPage):
            page.refuse(self._threshold.say(trouble))
        else:
            self.troubled.emit(trouble)

    def _begin_work(self, person: ShownPerson | None) -> None:
        """Let somebody who signed in at the counter; what they left open is theirs again."""
        same = self._last is not None and person is not None and self._last.id == person.id
        self._last = person
        self.curtain.open(same=same)
        for name in ("lock", "switch", "sign-out"):
            self._frame.menu.actions[name].setEnabled(person is not None)
        for name in ("setup", "restore"):
            self._frame.menu.actions[name].setEnabled(self._rebuild.may(self._opened))
        self.came.emit(person)
        self._remember()
        self.gauge.refresh(ask_doubts=True)

    def _remember(self) -> None:
        """Let this computer remember the key, now that it is known who wants it to."""
        opened = self._opened
        if opened is None or opened.is_kept or opened.door is None:
            return
        self._opened = replace(opened, is_kept=True)
        job = partial(opened.door.remember, opened.office)
        self._work.ask(Task("remember", job, self._remembered, self.troubled.emit))

    def _remembered(self, done: bool) -> None:  # noqa: FBT001 - what the job gives
        if not done:
            self._frame.foot.say(self._words("gui.unlock.not-remembered"), aloud=True)

    def _switch(self) -> None:
        """Let somebody else sign in; the form stays, and so does whoever is there until then."""
        if self.office is not None and not self.is_covered:
            self._ask_who(may_leave=True)

    def _stay(self) -> None:
        office = self.office
        if office is not None and not office.signing.is_locked:
            self.curtain.open(same=True)
        elif office is not None and office.signing.person is not None:
            self._show_lock(office.signing.person)

    def _sign_out(self) -> None:
        office = self.office
        if office is not None:
            self._last = None
            self._ask_who(may_leave=False)
            self._work.ask(
                Task("sign-out", office.signing.sign_out, self._signed_out, self.troubled.emit)
            )

    def _signed_out(self, _nothing: object) -> None:
        self.came.emit(None)
        self.gauge.refresh()

    def _ask_over_lock(self) -> None:
        self._ask_who(may_leave=True)
        self._over_lock = True

    # -- the lock

    def _is_left(self) -> bool:
        office = self.office
        return office is not None and office.signing.is_locked

    def _touched(self) -> None:
        office = self.office
        if office is not None and not self.is_locked:
            office.signing.touch()

    def _was_left(self) -> None:
        office = self.office
        if office is None or office.signing.person is None:
            return
        page = self.curtain.page
        if page is None or (
            isinstance(page, SignInPage) and page.may_leave and not self._over_lock
        ):
            self._show_lock(office.signing.person)

    def _show_lock(self, person: ShownPerson) -> None:
        assert self.office is not None
        page = LockPage(self._theme, self._words, person, self._hint(), self._frame.stack)
        page.given.connect(self._unlock_counter)
        page.other.connect(self._ask_over_lock)
        self.curtain.draw(page)
        job = partial(self.office.signing.pin_length, person.initials)
        self._ask_for(page, "pin-length", job, page.pin.wait_for)
        self.came.emit(None)


def _nothing(_answer: object) -> None:
    """Take an answer nobody needs."""
