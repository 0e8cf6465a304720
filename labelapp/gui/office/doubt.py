"""Labels in doubt: the prints nobody knows the end of, asked about one after another."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownJob
from labelapp.gui.office.confirm import Confirm
from labelapp.gui.office.page import OfficePage, Plain, button, moment
from labelapp.gui.parts import GAP, breakable, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Trouble, Work
from labelapp.rx.errors import LabelappError

CONFLICT = "store.conflict"
_LINES = ("patient", "rx", "labels", "printer", "at", "by")


class DoubtPage(OfficePage):
    """Asks about one print after another. Nothing is chosen to begin with; Esc leaves it open.

    `plain` says an error and its way out, as the desk does.
    """

    settled = Signal()
    """What became of a print is on record now."""
    again = Signal(str)
    """A prescription whose label did not print is to be printed again; told as the page closes."""

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.doubt.title"))
        self.jobs: tuple[ShownJob, ...] = ()
        self._again: list[str] = []
        self.question = heading(words("keeping.doubt.looking"))
        self.question.setWordWrap(True)
        self.lines = {each: label(wrap=True) for each in _LINES}
        self.printed = button(words("keeping.doubt.printed"), self, self._it_printed)
        self.failed = button(words("keeping.doubt.failed"), self, self._it_did_not)
        self.void = button(words("keeping.doubt.void"), self, self._ask_to_void)
        self.void.setVisible(office.may(Act.VOID))
        self.closer.setText(words("keeping.doubt.later"))
        self._lay_out_body()
        self._offer(given=False)
        self.closer.setFocus()
        self.fit(620, 430)
        self._list()

    @property
    def job(self) -> ShownJob | None:
        """The print asked about now."""
        return self.jobs[0] if self.jobs else None

    def reject(self) -> None:
        """Leave it open, unless an answer is just being written down."""
        if not self.is_busy:
            super().reject()

    def done(self, outcome: int) -> None:
        """Close, and tell what is to be printed again: no page shall open over a question."""
        super().done(outcome)
        again, self._again = self._again, []
        for number in again:
            self.again.emit(number)

    def _list(self) -> None:
        self.look("doubt", self.office.prints.in_doubt, self._show)

    def _show(self, jobs: tuple[ShownJob, ...]) -> None:
        self.jobs = jobs
        job = self.job
        self._offer(given=job is not None)
        if job is None:
            self.accept()
            return
        many = str(len(jobs))
        key = "keeping.doubt.one" if len(jobs) == 1 else "keeping.doubt.many"
        self.question.setText(self.words(key, many=many))
        for name, text in (
            ("patient", job.patient),
            ("rx", job.rx),
            ("labels", ", ".join(job.serials)),
            ("printer", job.printer),
            ("at", moment(job.at)),
            ("by", job.by),
        ):
            self.lines[name].setText(breakable(text))
        self.closer.setFocus()
        if self.alarm.isHidden():
            self.say(self.words("keeping.doubt.look", patient=job.patient, rx=job.rx))

    def _offer(self, *, given: bool) -> None:
        for each in (self.printed, self.failed, self.void):
            each.setEnabled(given)

    def _it_printed(self) -> None:
        self._settle(self.office.prints.it_printed)

    def _it_did_not(self) -> None:
        job = self.job
        if job is not None:
            self._settle(self.office.prints.it_did_not, again=job.rx)

    def _ask_to_void(self) -> None:
        job = self.job
        if job is not None:
            asks = Confirm(self.theme, self.words, self, reason=True)
            asks.confirmed.connect(partial(self._void, job))
            text = self.words("keeping.doubt.void-sure", rx=job.rx, patient=job.patient)
            asks.ask(self.windowTitle(), text, self.words("keeping.doubt.void"))

    def _void(self, job: ShownJob, reason: str) -> None:
        if job is self.job:
            self._settle(lambda known: self.office.prints.void(known, reason))

    def _settle(self, deed: Callable[[int], None], again: str = "") -> None:
        job = self.job
        if job is not None:
            self._offer(given=False)  # one key answers for one print, never for the next
            heard = partial(self._settled, again)
            self.do(self.words("keeping.doubt.writing"), partial(deed, job.id), heard)

    def _settled(self, again: str, _answer: None) -> None:
        if again:
            self._again.append(again)
        self.settled.emit()
        self._list()

    def say_trouble(self, trouble: Trouble) -> None:
        """Say what went wrong and ask again: somebody else may have settled it."""
        super().say_trouble(trouble)
        self._offer(given=self.job is not None)
        if isinstance(trouble, LabelappError) and trouble.code == CONFLICT:
            self._list()

    def _lay_out_body(self) -> None:
        words = self.words
        self.column.addWidget(self.question)
        self.column.addWidget(label(words("keeping.doubt.hint"), wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GAP)
        grid.setVerticalSpacing(GAP // 2)
        for row, (name, line) in enumerate(self.lines.items()):
            grid.addWidget(label(words(f"keeping.doubt.{name}")), row, 0)
            grid.addWidget(line, row, 1)
        grid.setColumnStretch(1, 1)
        self.column.addLayout(grid)
        self.column.addStretch(1)
        for each in (self.printed, self.failed, self.void):
            self.column.addWidget(each)
