"""The page of approvals: the one list signed for a state, and the tables of other languages."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownRow
from labelapp.gui.inputs import Choice
from labelapp.gui.office.confirm import Confirm
from labelapp.gui.office.fitted import Rows, named
from labelapp.gui.office.page import OfficePage, Plain, button, day
from labelapp.gui.office.sign import SignLine, SignPage
from labelapp.gui.office.tongues import TonguesPane
from labelapp.gui.office.weighed import Listed, listed
from labelapp.gui.parts import GAP, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work

_COLUMNS = ("standing", "checked", "id", "text", "source")


class ApprovalsPage(OfficePage):
    """What the pharmacist-in-charge answers for, state by state. Nothing is chosen to begin with.

    `plain` says an error and its way out, as the desk does.
    """

    changed = Signal()
    """Something was signed or withdrawn: labels shown before may be samples now, or no longer."""

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("keeping.approvals.title"))
        self.listed: Listed | None = None
        self.may_sign = office.may(Act.APPROVE)
        self.state = Choice((), (), self)
        self.summary = heading("")
        self.summary.setWordWrap(True)
        heads = [words(f"keeping.approvals.{each}") for each in _COLUMNS]
        self.table = Rows(words("keeping.approvals.list"), heads, self)
        self.whole = QPlainTextEdit(self)
        self.sign = button("", self, self._ask_to_sign)
        self.withdraw = button(words("keeping.approvals.withdraw"), self, self._ask_to_withdraw)
        self.tongues = TonguesPane(self)
        self.tabs = QTabWidget(self)
        self._lay_out_body()
        self.state.chosen.connect(self.read)
        self.tongues.changed.connect(self.changed)
        self.table.picked.connect(self._show_whole)
        self.fit(1180, 680)
        self._show(None)
        self.look("states", office.approving.states, self._offer)
        self.state.setFocus()

    def read(self, *_state: str) -> None:
        """Read the list of the state chosen."""
        state = self.state.currentData() or ""
        if state:
            job = partial(self.office.approving.listed, state)
            self.look("list", job, partial(self._answered, state))
        else:
            self._show(None)

    def row(self) -> ShownRow | None:
        """Give the row chosen."""
        place = self.table.place
        return self.listed.rows[place] if self.listed is not None and place >= 0 else None

    def _offer(self, states: tuple[str, ...]) -> None:
        for each in states:
            self.state.addItem(each, each)

    def _answered(self, state: str, rows: tuple[ShownRow, ...]) -> None:
        self._show(listed(state, rows))

    def _show(self, given: Listed | None) -> None:
        self.listed = given
        rows = given.rows if given is not None else ()
        self.table.fill([self._row(each) for each in rows])
        self.whole.clear()
        self.summary.setText(self._summary(given))
        waiting = given.waiting if given is not None else 0
        self.sign.setText(self.words("keeping.approvals.sign", many=str(waiting)))
        self._offer_deeds(self.sign, offered=waiting > 0)
        self._offer_deeds(self.withdraw, offered=False)

    def _offer_deeds(self, deed: QPushButton, *, offered: bool) -> None:
        deed.setVisible(self.may_sign)
        deed.setEnabled(offered)

    def _summary(self, given: Listed | None) -> str:
        if given is None:
            return self.words("keeping.approvals.choose")
        key = "keeping.approvals.waits" if given.waiting else "keeping.approvals.is-signed"
        return self.words(key, **given.numbers())

    def _row(self, row: ShownRow) -> tuple[str, ...]:
        checked = "verified" if row.is_verified else "memory"
        return (
            self._standing(row),
            self.words(f"keeping.approvals.{checked}"),
            row.id,
            row.text,
            row.source,
        )

    def _standing(self, row: ShownRow) -> str:
        words = self.words
        if row.approved_by:
            on = day(row.approved_on)
            return words("keeping.approvals.signed", by=row.approved_by, on=on)
        if row.withdrawn:
            return words("keeping.approvals.withdrawn", why=row.withdrawn)
        if row.changed_since:
            return words("keeping.approvals.changed", on=day(row.changed_since))
        return words("keeping.approvals.new")

    def _show_whole(self, _place: int) -> None:
        row = self.row()
        said = ""
        if row is not None:
            heads = (self.words(f"keeping.approvals.{each}") for each in _COLUMNS)
            pairs = zip(heads, self._row(row), strict=True)
            said = "\n".join(f"{head}: {text}" for head, text in pairs)
        self.whole.setPlainText(said)
        self._offer_deeds(self.withdraw, offered=row is not None and bool(row.approved_by))

    def _ask_to_sign(self) -> None:
        given = self.listed
        if given is not None and given.waiting:
            line = SignLine(self.words, self.office, Act.APPROVE, self)
            text = self.words("keeping.approvals.sure", **given.numbers())
            asks = SignPage(self.theme, self.words, line, text, self)
            asks.signed.connect(partial(self._sign, given))
            asks.finished.connect(asks.deleteLater)
            asks.open()

    def _sign(self, given: Listed, who: str, pin: str) -> None:
        job = partial(_signed_by, self.office, given, who, pin)
        heard = partial(self._signed, given.state)
        self.do(self.words("keeping.approvals.signing"), job, heard)

    def _signed(self, state: str, many: int) -> None:
        self._after(self.words("keeping.approvals.done", many=str(many), state=state))

    def _ask_to_withdraw(self) -> None:
        row = self.row()
        if row is not None and row.approved_by:
            asks = Confirm(self.theme, self.words, self, reason=True)
            asks.confirmed.connect(partial(self._withdraw, row))
            text = self.words("keeping.approvals.withdraw-sure", row=row.id)
            deed = self.words("keeping.approvals.withdraw")
            asks.ask(self.words("keeping.approvals.title"), text, deed)

    def _withdraw(self, row: ShownRow, why: str) -> None:
        job = partial(self.office.approving.withdraw, row, why)
        said = self.words("keeping.approvals.is-withdrawn", row=row.id)
        self.do(self.words("keeping.approvals.signing"), job, partial(self._withdrawn, said))

    def _withdrawn(self, said: str, _answer: None) -> None:
        self._after(said)

    def _after(self, said: str) -> None:
        self.say(said)
        self.read()
        self.changed.emit()

    def _lay_out_body(self) -> None:
        words = self.words
        self.whole.setReadOnly(True)
        self.whole.setTabChangesFocus(True)
        self.whole.setAccessibleName(words("keeping.approvals.whole"))
        self.whole.setFixedHeight(6 * self.fontMetrics().lineSpacing())
        top = QHBoxLayout()
        top.setSpacing(2 * GAP)
        top.addWidget(named(words("keeping.approvals.state"), self.state, self))
        top.addWidget(self.summary, 1)
        under = QHBoxLayout()
        under.addWidget(self.withdraw)
        under.addStretch(1)
        under.addWidget(self.sign)
        rows = QWidget(self)
        column = QVBoxLayout(rows)
        column.setSpacing(GAP)
        column.addWidget(label(words("keeping.approvals.hint"), wrap=True))
        column.addLayout(top)
        column.addWidget(self.table, 1)
        column.addWidget(self.whole)
        column.addLayout(under)
        self.tabs.addTab(rows, words("keeping.approvals.list"))
        self.tabs.addTab(self.tongues, words("keeping.tongues.title"))
        self.tabs.tabBar().setAccessibleName(words("keeping.approvals.title"))
        self.tabs.setAccessibleName(words("keeping.approvals.title"))
        self.tabs.setDocumentMode(True)
        self.column.addWidget(self.tabs, 1)


def _signed_by(office: Office, given: Listed, who: str, pin: str) -> int:
    """Sign a list in the name of whoever proves it by PIN."""
    by = office.signing.vouch(who, pin, Act.APPROVE)
    return office.approving.sign(given.state, given.read, by=by)
