"""The work at the counter: the prescriptions on the desk, what the desk says, and the way to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from labelapp.gui.beside import Beside
from labelapp.gui.case import TYPED, Case
from labelapp.gui.commands import Commands
from labelapp.gui.lastword import LastWord
from labelapp.gui.looks import Looks
from labelapp.gui.menu import plainly
from labelapp.gui.office.vouch import Vouching
from labelapp.gui.opening import Opening
from labelapp.gui.pages import Help
from labelapp.gui.panes import Panes
from labelapp.gui.paper import Paper
from labelapp.gui.sending import Sending
from labelapp.gui.settings import Start
from labelapp.gui.sight import Sight
from labelapp.gui.support import Support
from labelapp.gui.theme import Theme
from labelapp.gui.tray import Tray
from labelapp.gui.work import Task, Trouble, Work
from labelapp.rx.decision import Decision

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.office import Office
    from labelapp.dispensing.shown import Shown
    from labelapp.gui.frame import Frame


class Counter(QObject):
    """Holds the prescriptions being worked on and keeps form, preview and findings in step."""

    ready = Signal()
    """The desk is there."""
    kept = Signal(dict)
    """Settings of this computer that somebody changed by choosing."""

    def __init__(
        self, frame: Frame, theme: Theme, begin: Start, make_desk: Callable[[], Desk] | None
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._words = begin.words
        self._make_desk = make_desk
        self.tray = Tray()
        self.work = Work(self)
        self.looks = Looks(self.work, self)
        self.panes = panes = Panes(frame, theme, begin)
        self.banner, self.entry, self.preview = panes.banner, panes.entry, panes.preview
        self.findings, self.answer = panes.findings, panes.answer
        self._sight = Sight(self.tray, self.looks, panes, self)
        self._word = LastWord(frame.foot, begin.words, self.tray, self.looks)
        self.paper = Paper(frame.foot, theme, begin, self.work, self._word.plain)
        self._sending = Sending(frame, self.tray, self._sight, self.paper, self._word)
        self.opening = Opening(frame, begin, self.work)
        self.beside = Beside(frame, panes, begin, self.work, self._word)
        self.commands = Commands(frame, begin.words, self.tray, self._word.plain)
        Help(theme, begin, frame.menu.actions, frame)
        self.support = Support(frame.foot, begin, self.say_trouble)
        self._vouching = Vouching(frame, self.work, self._word.plain)
        self._connect()
        self._show_case()

    @property
    def case(self) -> Case:
        """The prescription on the desk."""
        return self.tray.case

    @property
    def cases(self) -> tuple[Case, ...]:
        """All prescriptions opened, in their order."""
        return tuple(self.tray.cases)

    @property
    def shown(self) -> Shown | None:
        """What the desk says today of the draft as it stands; None while that is on its way."""
        return self._sight.shown

    @property
    def office(self) -> Office | None:
        """The records the desk works on; None where there are none."""
        return self.looks.desk.office if self.looks.desk is not None else None

    @property
    def unsaved(self) -> int:
        """Count the prescriptions that were typed or changed and are in no file, on no paper."""
        return self.tray.unsaved

    def start(self, files: Sequence[str]) -> None:
        """Make the desk, off the window's thread, then open the files.

        A counter that works on records is given its desk by the reception.
        """
        if self._make_desk is not None:
            self.work.ask(Task("desk", self._make_desk, self.take_desk, self._no_desk))
        self.open_files(files)
        self._frame.command.field.setFocus()

    def open_files(self, files: Sequence[str]) -> None:
        """Open prescription files; each one that cannot be read is named, the others open.

        While there is no desk yet they wait for it.
        """
        if files:
            self._frame.unread.clear()
            self.opening.open(files)

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what could not be done, and the way out; the form keeps what it holds."""
        self._frame.foot.say(self._word.plain(trouble), aloud=True, trouble=True)

    def say_on_its_way(self) -> None:
        """Say aloud that a label is on its way, and that the window waits for what comes of it."""
        said = self._words("gui.leave.on-its-way", said=self.paper.under_way)
        self._frame.foot.say(said, aloud=True)

    def back(self) -> None:
        """Go back to the command field, and take note of the trouble in view."""
        self._frame.unread.clear()
        if self._word.is_in_view():  # nobody has seen what a passing word stands over
            self.tray.take_note()
        self._word.news = ""
        self._show_queue()
        self._sending.tell()
        self._frame.command.field.setFocus()
        self._frame.command.field.selectAll()

    def takes(self, event: QKeyEvent) -> bool:
        """Act on a key that nothing else took; tell whether it was one of ours."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() == Qt.Key.Key_F9:
            self._sending.say_why_not()
        else:
            return False
        return True

    def dress(self) -> None:
        """Take on new colours and text."""
        self.entry.dress()
        self.findings.scheduleDelayedItemsLayout()
        self.preview.update()

    def _connect(self) -> None:
        actions = self._frame.menu.actions
        self.commands.begun.connect(self.new)
        self.commands.named.connect(self.open_files)
        self.commands.queued.connect(self._show_queue)
        self.commands.fronted.connect(self._show_case)
        self._frame.queue.picked.connect(self._go_to_case)
        self._frame.queue.stepped.connect(self._step)
        self.entry.typed.connect(self._typed)
        self.entry.warned.connect(self._warned)
        self.preview.choosers.wanted_changed.connect(self._wanted_changed)
        self.findings.jumped.connect(self.entry.go_to)
        self.findings.chosen.connect(self.answer.ask)
        self.answer.decided.connect(self._decided)
        self.answer.vouch_by(self._vouching)
        self.looks.outdated.connect(self._changed)
        self._sight.turned.connect(self._weigh)
        self._sight.failed.connect(self.say_trouble)
        self._sending.leaving.connect(self.beside.show_label)
        self._sending.ended.connect(self._sent)
        self._sending.copied.connect(self._look_again)
        self.paper.troubled.connect(self.say_trouble)
        self.beside.attached.connect(self._changed)
        self.opening.opened.connect(self.commands.take)
        self.opening.failed.connect(self.commands.refuse)
        self.paper.picked.connect(lambda printer: self.kept.emit({"printer": printer}))
        for name, slot in (
            ("new", self.new),
            ("open", partial(self.opening.choose, self.open_files)),
            ("quit", self._frame.window().close),
            ("undo", self._undo),
            ("redo", self._redo),
            ("back", partial(self._step, -1)),
            ("forth", partial(self._step, 1)),
            ("findings", self._go_to_findings),
            ("directions", partial(self.entry.go_to, "sig")),
            ("report", self.support.ask),
        ):
            actions[name].triggered.connect(plainly(slot))

    def take_desk(self, desk: Desk) -> None:
        """Work with a desk, the first one or one over other records."""
        self.tray.forget_paper()
        self.looks.desk = self.paper.desk = self.beside.desk = desk
        self._vouching.office = self.office
        self.preview.choosers.offer(desk.stocks(), desk.jurisdictions(), desk.home_law)
        self._sight.look()
        self.opening.begin(desk)
        offer = self.preview.choosers.offer_languages
        self.work.ask(Task("languages", desk.languages, offer, self.say_trouble))
        self.ready.emit()

    def restock(self) -> None:
        """Offer the stocks as they are on record now."""
        desk = self.looks.desk
        if desk is not None:
            offer = self.preview.choosers.offer_stocks
            self.work.ask(Task("stocks", desk.restocked, offer, self.say_trouble))

    def _no_desk(self, trouble: Trouble) -> None:
        self._word.no_desk = trouble
        self.opening.give_up(trouble)
        self._weigh()
        self.say_trouble(trouble)

    def new(self) -> None:
        """Begin an empty prescription; only the pharmacy's own fields are taken over."""
        self._frame.unread.clear()
        self.tray.begin()
        self._show_case()
        self.entry.go_to("patient.family")

    def _typed(self, path: str, text: str) -> None:
        self.case.type(path, text)
        self._changed()

    def _warned(self, row: str, on: bool) -> None:  # noqa: FBT001 - the signal's own shape
        self.case.warn(row, on=on)
        self._changed()

    def _decided(self, decision: Decision) -> None:
        self.case.decide(decision)
        self._frame.foot.say(self._words("gui.answer.recorded"), aloud=True)
        self.answer.forget_reason()
        self.findings.setFocus()
        self._changed()

    def _undo(self) -> None:
        self.case.undo()
        self.reshow()

    def _redo(self) -> None:
        self.case.redo()
        self.reshow()

    def reshow(self) -> None:
        """Show the draft on the desk as it stands now."""
        self.entry.show_draft(self.case.draft)
        self._changed()

    def _changed(self) -> None:
        """Tell everybody that the draft is another one, and ask the desk what it thinks of it."""
        self._word.news = ""
        self.banner.show_draft(self.case.draft)
        self.entry.follow(self.case.draft)
        self.beside.show_case(self.case)
        self._show_queue()
        self._sight.look()

    def _show_queue(self) -> None:
        self._frame.queue.show_cases(self.tray.cases, self.tray.place)

    def _wanted_changed(self) -> None:
        wanted = self.preview.choosers.wanted
        self.case.language = wanted.language
        if wanted.is_label:  # what another paper is printed on is nobody's habit
            self.kept.emit(
                {"stock": wanted.stock, "dpi": wanted.dpi, "jurisdiction": wanted.jurisdiction}
            )
        self._sight.look()

    def _show_case(self) -> None:
        self.case.leave()
        self.answer.forget()
        self._leave_form()
        self.looks.forget()
        self._word.forget()
        self.preview.choosers.show_language(self.case.language)
        self.preview.choosers.show_label()
        self.entry.begin(self.case.draft, is_new=self.case.draft.source in TYPED)
        self.panes.show_none("gui.findings")
        self._changed()

    def _leave_form(self) -> None:
        """Take the keyboard out of the form: no key meant for one patient is another's answer."""
        focus = self._frame.window().focusWidget()
        if self.entry.isAncestorOf(focus) or self.answer.isAncestorOf(focus):
            self._frame.command.field.setFocus()

    def _go_to_case(self, place: int) -> None:
        if self.tray.go_to(place):
            self._show_case()

    def _step(self, step: int) -> None:
        self._go_to_case(self.tray.place + step)

    def _go_to_findings(self) -> None:
        self.findings.setFocus()
        self.panes.aside.ensureWidgetVisible(self.findings, 0, 0)  # Qt scrolls after Tab alone
        if self.findings.rows:
            self.findings.choose(max(0, self.findings.currentIndex().row()))

    def _weigh(self) -> None:
        """Say how far the prescription is, and what can be done with it now."""
        actions = self._frame.menu.actions
        actions["undo"].setEnabled(self.case.can_undo)
        actions["redo"].setEnabled(self.case.can_redo)
        self._sending.weigh()

    def _sent(self) -> None:
        self._show_queue()
        self._weigh()

    def _look_again(self) -> None:
        """Ask about the next copy; without records nobody counts them."""
        if self.office is not None:
            self._sight.look()

    def say_news(self, said: str) -> None:
        """Say aloud what came of something; it stands until somebody goes on working."""
        self._word.news = said
        self._sending.tell(aloud=True)
