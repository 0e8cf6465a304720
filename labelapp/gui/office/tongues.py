"""The tables of other languages: each with its digest, its sentences, and who opened it for paper."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.gui.office.confirm import Confirm
from labelapp.gui.office.fitted import Rows, named
from labelapp.gui.office.page import OfficePage, button
from labelapp.gui.parts import GAP, Line, label

if TYPE_CHECKING:
    from labelapp.dispensing.phrasebook import ShownPhrases

_COLUMNS = ("language", "standing", "sentences", "digest", "source")
_SAID = ("translated_by", "verified_by", "competence")
"""What an approval says besides the table and who gives it."""


class TonguesPane(QWidget):
    """Opens a table for paper, or closes it again. A table that changed by one letter is closed."""

    changed = Signal()

    def __init__(self, page: OfficePage) -> None:
        super().__init__(page)
        self._page = page
        words = page.words
        self.tables: tuple[ShownPhrases, ...] = ()
        heads = [words(f"keeping.tongues.{each}") for each in _COLUMNS]
        self.table = Rows(words("keeping.tongues.title"), heads, self)
        self.sentences = QPlainTextEdit(self)
        self.fields = {each: Line(self) for each in _SAID}
        self.approve = button(words("keeping.tongues.approve"), self, self._ask_to_approve)
        self.withdraw = button(words("keeping.approvals.withdraw"), self, self._ask_to_withdraw)
        self._form = QWidget(self)
        self._lay_out()
        self.table.picked.connect(self._picked)
        self._picked(-1)
        self.read()

    def read(self) -> None:
        """Read the tables."""
        self._page.look("tables", self._page.office.approving.tables, self._show)

    def chosen(self) -> ShownPhrases | None:
        """Give the table chosen."""
        place = self.table.place
        return self.tables[place] if place >= 0 else None

    def _show(self, tables: tuple[ShownPhrases, ...]) -> None:
        self.tables = tables
        self.table.fill([self._row(each) for each in tables])
        self._picked(-1)

    def _row(self, table: ShownPhrases) -> tuple[str, ...]:
        words = self._page.words
        open_ = words("keeping.tongues.open", by=table.approved)
        standing = words("keeping.tongues.draft") if table.draft else open_
        name = f"{table.name} ({table.language})"
        return name, standing, str(len(table.rows)), table.sha256[:16], table.source

    def _picked(self, _place: int) -> None:
        table = self.chosen()
        said = [] if table is None else [f"{e.english}\n    {e.text}" for e in table.rows]
        if table is not None:
            said.insert(0, f"SHA-256 {table.sha256}\n")
        self.sentences.setPlainText("\n".join(said))
        for each in self.fields.values():
            each.clear()
        may = self._page.office.may(Act.APPROVE)
        for part in (self._form, self.approve, self.withdraw):
            part.setVisible(may)
        is_draft = table is not None and table.draft
        for part in (*self.fields.values(), self.approve):
            part.setEnabled(is_draft)
        self.withdraw.setEnabled(table is not None and not table.draft)

    def _ask_to_approve(self) -> None:
        page, table = self._page, self.chosen()
        said = {name: field.text().strip() for name, field in self.fields.items()}
        lacks = next((name for name, text in said.items() if not text), "")
        if table is None:
            return
        if lacks:
            named_ = page.words(f"keeping.tongues.{lacks}")
            page.say(page.words("keeping.tongues.lacks", field=named_), trouble=True)
            self.fields[lacks].setFocus()
            return
        asks = Confirm(page.theme, page.words, page, reason=False)
        asks.confirmed.connect(partial(self._approve, table, said))
        values = {"name": table.name, "many": str(len(table.rows)), **said}
        text = page.words("keeping.tongues.sure", **values)
        asks.ask(page.windowTitle(), text, page.words("keeping.tongues.approve"))

    def _approve(self, table: ShownPhrases, said: dict[str, str], _reason: str = "") -> None:
        page = self._page
        given = {**said, "table": table.language, "sha256": table.sha256}
        job = partial(page.office.approving.approve_phrases, given)
        done = page.words("keeping.tongues.is-open", name=table.name)
        page.do(page.words("keeping.approvals.signing"), job, partial(self._after, done))

    def _ask_to_withdraw(self) -> None:
        page, table = self._page, self.chosen()
        if table is not None and not table.draft:
            asks = Confirm(page.theme, page.words, page, reason=True)
            asks.confirmed.connect(partial(self._withdraw, table))
            text = page.words("keeping.tongues.withdraw-sure", name=table.name)
            asks.ask(page.windowTitle(), text, page.words("keeping.approvals.withdraw"))

    def _withdraw(self, table: ShownPhrases, why: str) -> None:
        page = self._page
        job = partial(page.office.approving.withdraw_phrases, table, why)
        done = page.words("keeping.tongues.is-closed", name=table.name)
        page.do(page.words("keeping.approvals.signing"), job, partial(self._after, done))

    def _after(self, said: str, _answer: None) -> None:
        self._page.say(said)
        self.read()
        self.changed.emit()

    def _lay_out(self) -> None:
        words = self._page.words
        self.sentences.setReadOnly(True)
        self.sentences.setTabChangesFocus(True)
        self.sentences.setAccessibleName(words("keeping.tongues.rows"))
        self.sentences.setMinimumHeight(6 * self.fontMetrics().lineSpacing())
        grid = QGridLayout(self._form)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(GAP)
        for place, (name, field) in enumerate(self.fields.items()):
            field.setMaxLength(200)
            across = 1 if self._page.theme.size <= 125 else 2
            wide = named(words(f"keeping.tongues.{name}"), field, self)
            grid.addWidget(wide, place // (4 - across), place % (4 - across))
        under = QHBoxLayout()
        under.addWidget(self.withdraw)
        under.addStretch(1)
        under.addWidget(self.approve)
        column = QVBoxLayout(self)
        column.setSpacing(GAP)
        column.addWidget(label(words("keeping.tongues.hint"), wrap=True))
        column.addWidget(self.table, 1)
        column.addWidget(self.sentences, 1)
        column.addWidget(self._form)
        column.addLayout(under)
