"""The work at the counter: the prescriptions on the desk, what the desk says, and the way to paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from labelapp.dispensing.shown import Shown, Wanted
from labelapp.gui.case import FORM, Case
from labelapp.gui.foot import why_not
from labelapp.gui.opening import Opening
from labelapp.gui.pages import AboutPage, KeysPage
from labelapp.gui.panes import Panes
from labelapp.gui.paper import Paper
from labelapp.gui.settings import Start
from labelapp.gui.support import Support
from labelapp.gui.theme import Theme
from labelapp.gui.work import Bug, Task, Trouble, Work
from labelapp.rx.decision import Decision
from labelapp.rx.draft import Draft

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.gui.frame import Frame

_STAYS = ("pharmacy.",)
"""What a new prescription takes over from the one before: the pharmacy does not change."""


class Counter(QObject):
    """Holds the prescriptions being worked on and keeps form, preview and findings in step."""

    ready = Signal()
    """The desk is there."""
    kept = Signal(dict)
    """Settings of this computer that somebody changed by choosing."""

    def __init__(
        self, frame: Frame, theme: Theme, begin: Start, make_desk: Callable[[], Desk]
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._theme = theme
        self._begin = begin
        self._words = begin.words
        self._make_desk = make_desk
        self._desk: Desk | None = None
        self._cases: list[Case] = [Case(Draft({}, FORM))]
        self._current = 0
        self._shown: Shown | None = None
        self._shown_for: tuple[Draft, Wanted] | None = None
        self.work = Work(self)
        panes = Panes(frame, theme, begin)
        self.banner, self.entry, self.preview = panes.banner, panes.entry, panes.preview
        self.heading, self.findings, self.answer = panes.heading, panes.findings, panes.answer
        self.paper = Paper(frame.foot, theme, begin, self.work)
        self.opening = Opening(frame, begin, self.work)
        self.support = Support(frame.foot, begin, self.say_trouble)
        self._connect()
        self._show_case()

    @property
    def case(self) -> Case:
        """The prescription on the desk."""
        return self._cases[self._current]

    @property
    def cases(self) -> tuple[Case, ...]:
        """All prescriptions opened, in their order."""
        return tuple(self._cases)

    @property
    def shown(self) -> Shown | None:
        """What the desk says of the draft as it stands; None while the answer is on its way."""
        is_current = self._shown_for == (self.case.draft, self.preview.wanted)
        return self._shown if is_current else None

    @property
    def unsaved(self) -> int:
        """Count the prescriptions that were typed or changed and are in no file, on no paper."""
        return sum(each.is_unsaved for each in self._cases)

    def start(self, files: Sequence[str]) -> None:
        """Make the desk, off the window's thread, then open the files."""
        made = partial(self._desk_made, tuple(files))
        self.work.ask(Task("desk", self._make_desk, made, self.say_trouble))
        self._frame.command.field.setFocus()

    def open_files(self, files: Sequence[str]) -> None:
        """Open prescription files; each one that cannot be read is named, the others open."""
        desk = self._desk
        if desk is None or not files:
            return
        self._frame.unread.clear()
        self.opening.open(desk, files)

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what could not be done, and the way out; the form keeps what it holds."""
        self._frame.foot.say(self._plain(trouble), aloud=True, trouble=True)

    def _plain(self, trouble: Trouble) -> str:
        if isinstance(trouble, Bug):
            return self._words("gui.bug", kind=trouble.kind, where=trouble.where)
        if self._desk is not None:
            return " ".join(part for part in self._desk.plain(trouble) if part)
        return self._words("gui.no-desk", code=trouble.code)

    def back(self) -> None:
        """Go back to the command field."""
        self._frame.unread.clear()
        self._frame.command.field.setFocus()
        self._frame.command.field.selectAll()

    def takes(self, event: QKeyEvent) -> bool:
        """Act on a key that nothing else took; tell whether it was one of ours."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
        elif event.key() == Qt.Key.Key_F9:
            self.say_why_not()
        else:
            return False
        return True

    def say_why_not(self) -> None:
        """Say aloud why nothing can be printed yet."""
        self._frame.foot.say(why_not(self.shown, self._words), aloud=True)

    def dress(self) -> None:
        """Take on new colours and text."""
        self.entry.dress()
        self.findings.scheduleDelayedItemsLayout()
        self.preview.update()

    def _connect(self) -> None:
        actions = self._frame.menu.actions
        self._frame.command.commanded.connect(self._command)
        self._frame.queue.picked.connect(self._go_to_case)
        self._frame.queue.stepped.connect(self._step)
        self.entry.typed.connect(self._typed)
        self.entry.warned.connect(self._warned)
        self.preview.wanted_changed.connect(self._wanted_changed)
        self.findings.jumped.connect(self.entry.go_to)
        self.findings.chosen.connect(self.answer.ask)
        self.answer.decided.connect(self._decided)
        self.paper.ended.connect(self._paper_ended)
        self.paper.troubled.connect(self.say_trouble)
        self.opening.opened.connect(self._opened)
        self.opening.failed.connect(self._unreadable)
        self.paper.picked.connect(self._printer_picked)
        for name, slot in (
            ("new", self.new),
            ("open", partial(self.opening.choose, self.open_files)),
            ("save", self._save),
            ("print", self._print),
            ("quit", self._frame.window().close),
            ("undo", self._undo),
            ("redo", self._redo),
            ("back", partial(self._step, -1)),
            ("forth", partial(self._step, 1)),
            ("findings", self._go_to_findings),
            ("directions", partial(self.entry.go_to, "sig")),
            ("preview", self.preview.picture.setFocus),
            ("keys", self._show_keys),
            ("report", self.support.ask),
            ("about", self._show_about),
        ):
            actions[name].triggered.connect(_plainly(slot))
        self._frame.foot.save.clicked.connect(actions["save"].trigger)
        self._frame.foot.print.clicked.connect(actions["print"].trigger)

    def _desk_made(self, files: tuple[str, ...], desk: Desk) -> None:
        self._desk = desk
        self.paper.desk = desk
        self.preview.offer(desk.stocks(), desk.jurisdictions())
        self._frame.foot.say("")
        self._look()
        self.open_files(files)
        self.ready.emit()

    def _unreadable(self, name: str, trouble: Trouble) -> None:
        self._frame.unread.add(name, self._plain(trouble))
        self.say_trouble(trouble)

    def _opened(self, name: str, drafts: tuple[Draft, ...], is_first: bool = True) -> None:  # noqa: FBT001, FBT002 - the signal's own shape
        """Put the drafts of a file on the desk, and go to the first one of those just opened.

        An untouched empty form makes room for them.
        """
        if not drafts:
            said = self._words("gui.open.nothing", name=name)
            self._frame.unread.add(name, said)
            self._frame.foot.say(said, aloud=True, trouble=True)
            return
        if not self.case.draft.written and not self.case.can_undo and len(self._cases) == 1:
            self._cases = []
        first = len(self._cases)
        self._cases += [Case(each, name) for each in drafts]
        if is_first or first == 0:
            self._current = first
            self._show_case()
        else:
            self._frame.queue.show_cases(self._cases, self._current)
        if not self._frame.unread.lines:
            self._frame.foot.say(self._words("gui.open.done", name=name, many=str(len(drafts))))

    def new(self) -> None:
        """Begin an empty prescription; only the pharmacy's own fields are taken over."""
        self._frame.unread.clear()
        before = self.case.draft.written
        kept = {path: text for path, text in before.items() if path.startswith(_STAYS)}
        if self.case.draft.written and dict(before) != kept:
            self._cases.append(Case(Draft(kept, FORM)))
            self._current = len(self._cases) - 1
        self._show_case()
        self.entry.go_to("patient.family")

    def _command(self, text: str) -> None:
        field = self._frame.command.field
        self._frame.unread.clear()
        if text.casefold() == "n":
            field.clear()
            self.new()
        elif text and Path(text).expanduser().is_file():
            field.clear()
            self.open_files([str(Path(text).expanduser())])
        elif text:
            said = self._words("gui.command.unknown", text=text[:100])
            self._frame.foot.say(said, aloud=True, trouble=True)

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
        self._reshow()

    def _redo(self) -> None:
        self.case.redo()
        self._reshow()

    def _reshow(self) -> None:
        self.entry.show_draft(self.case.draft)
        self._changed()

    def _changed(self) -> None:
        """Tell everybody that the draft is another one, and ask the desk what it thinks of it."""
        self.case.result = self.case.paper = ""
        self.banner.show_draft(self.case.draft)
        self._frame.queue.show_cases(self._cases, self._current)
        self._look()

    def _wanted_changed(self) -> None:
        wanted = self.preview.wanted
        self.kept.emit(
            {"stock": wanted.stock, "dpi": wanted.dpi, "jurisdiction": wanted.jurisdiction}
        )
        self._look()

    def _show_case(self) -> None:
        self.case.leave()
        self.answer.forget()
        self._leave_form()
        self._shown = self._shown_for = None
        self.entry.begin(self.case.draft, is_new=self.case.draft.source == FORM)
        self.entry.show_answer(None)
        self.preview.show_answer(None)
        self.findings.show_findings(())
        result, paper = self.case.result, self.case.paper
        self._changed()
        self.case.result, self.case.paper = result, paper
        self._frame.foot.say(result)

    def _leave_form(self) -> None:
        """Take the keyboard out of the form: no key meant for one patient is another's answer."""
        focus = self._frame.window().focusWidget()
        if self.entry.isAncestorOf(focus) or self.answer.isAncestorOf(focus):
            self._frame.command.field.setFocus()

    def _go_to_case(self, place: int) -> None:
        if 0 <= place < len(self._cases) and place != self._current:
            self._current = place
            self._show_case()

    def _step(self, step: int) -> None:
        self._go_to_case(self._current + step)

    def _go_to_findings(self) -> None:
        self.findings.setFocus()
        if self.findings.rows:
            self.findings.choose(max(0, self.findings.currentIndex().row()))

    def _look(self) -> None:
        """Ask the desk. Only the newest draft is ever answered for."""
        self._weigh()
        if self._desk is None:
            return
        asked = (self.case.draft, self.preview.wanted)
        job = partial(self._desk.look, *asked)
        self.work.ask(Task("look", job, partial(self._answered, asked), self._look_failed))

    def _answered(self, asked: tuple[Draft, Wanted], shown: Shown) -> None:
        if asked != (self.case.draft, self.preview.wanted):
            return
        self._shown, self._shown_for = shown, asked
        self.entry.show_answer(shown)
        self.preview.show_answer(shown)
        begun = bool(self.case.draft.written)  # an empty form is not reproached with being empty
        self.findings.show_findings(shown.findings if begun else ())
        self.answer.ask(self.findings.current())
        many = len(shown.open_findings) if begun else 0
        key = "gui.findings.open" if many else "gui.findings.none-open" if begun else "gui.findings"
        self.heading.setText(self._words(key, many=str(many)))
        empty = "gui.findings.nothing" if shown.may_print else "gui.findings.waiting"
        self.findings.say_empty(self._words(empty))
        self._weigh()

    def _look_failed(self, trouble: Trouble) -> None:
        self._shown = self._shown_for = None
        self.preview.show_answer(None)
        self._weigh()
        self.say_trouble(trouble)

    def _weigh(self) -> None:
        """Say how far the prescription is, and open or bar the way to paper with the reason."""
        shown, foot, actions = self.shown, self._frame.foot, self._frame.menu.actions
        may = shown is not None and shown.may_print
        for each in (foot.save, foot.print, actions["save"], actions["print"]):
            each.setEnabled(may)
        actions["undo"].setEnabled(self.case.can_undo)
        actions["redo"].setEnabled(self.case.can_redo)
        if shown is None:
            return
        entered = shown.label is not None
        foot.steps.show_steps(entered=entered, checked=may, paper=self.case.paper)
        if not self.case.result:
            foot.say(why_not(self.shown, self._words) if self.case.draft.written else "")

    def _printable(self) -> Shown | None:
        """Give the label when it may be printed; say why not otherwise."""
        shown = self.shown
        self._frame.unread.clear()
        if shown is not None and shown.may_print and not self.paper.is_busy:
            return shown
        self.say_why_not()
        return None

    def _save(self) -> None:
        shown = self._printable()
        if shown is not None:
            self.paper.save(self.case, shown)

    def _print(self) -> None:
        shown = self._printable()
        if shown is not None:
            self.paper.choose_printer(self.case, shown)

    def _printer_picked(self, printer: str) -> None:
        self.kept.emit({"printer": printer})

    def _paper_ended(self) -> None:
        self._weigh()
        self.back()

    def _show_keys(self) -> None:
        KeysPage(self._theme, self._words, self._frame).open()

    def _show_about(self) -> None:
        AboutPage(self._theme, self._words, self._begin.licences(), self._frame).open()


def _plainly(slot: Callable[[], object]) -> Callable[..., None]:
    """Leave out the `checked` that a menu's action hands on."""

    def call(*_checked: bool) -> None:
        slot()

    return call
