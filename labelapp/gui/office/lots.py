"""The lots of the pharmacy: recorded, released by a pharmacist, counted, and traced to patients."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QBoxLayout, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import ShownFormula, ShownLot
from labelapp.gui.columns import Columns
from labelapp.gui.office.fitted import named
from labelapp.gui.office.formulas import FormulasPage
from labelapp.gui.office.lotform import LotForm
from labelapp.gui.office.lotlabel import LotLabelPage
from labelapp.gui.office.lotrows import HEADS, row_of, standing
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.recall import RecallPage
from labelapp.gui.office.said import Sign
from labelapp.gui.office.sign import SignLine, SignPage
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import GAP, Line, in_order
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work

PAUSE_MS = 80
PAGE = 50
"""Lots the office gives at a time; fewer are the last ones."""


class LotsPage(OfficePage):
    """The lots, the newest first; a scanned number opens its lot, or begins one where there is none.

    `plain` says an error and its way out, as the desk does.
    """

    def __init__(
        self, theme: Theme, words: Words, office: Office, work: Work, parent: QWidget, plain: Plain
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("records.lots.title"))
        self.lot: ShownLot | None = None
        self._lots: dict[str, ShownLot] = {}
        self._scanned = ""
        self.filter = Line(self)
        self.table = self._make_table()
        self.form = LotForm(words, self)
        self.standing = Sign(theme, self)
        self.left = Line(self)
        self._make_buttons()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._place_parts()
        self._connect()
        self.fit(1310, 700)
        self.begin()
        self._list()
        self.filter.setFocus()

    def begin(self, number: str = "") -> None:
        """Begin a new lot."""
        self.lot = None
        self.table.clearSelection()
        self.form.show_says({"number": number} if number else {}, is_new=True)
        self.left.clear()
        self._weigh()

    def open_lot(self, number: str) -> None:
        """Open a lot by its number; where there is none, begin it."""
        self._scanned = number
        self.look("open", partial(self.office.lots.open, number), self._opened)

    def _make_table(self) -> Table:
        heads = [self.words(f"records.head.{each}") for each in HEADS]
        made = Table(self.theme, self.words("records.lots.title"), heads, self)
        made.lines(6)
        made.rows.wanted.connect(self._more)
        return made

    def _make_buttons(self) -> None:
        words = self.words
        self.new = button(words("records.lots.new"), self, self._begin)
        self.formulas = button(words("records.lots.formulas"), self, self._show_formulas)
        self.save = button(words("records.lots.save"), self, self._save)
        self.keep = button(words("records.lots.keep-formula"), self, self._keep_formula)
        self.release = button(words("records.lots.release"), self, self._release)
        self.count = button(words("records.lots.count"), self, self._count)
        self.recall = button(words("records.lots.recall"), self, self._recall)
        self.label = button(words("records.lots.label"), self, self._show_label)
        may = self.office.may
        for each in (self.new, self.formulas, self.save, self.keep, self.count, self.label):
            each.setVisible(may(Act.RECORD_LOT))
        self.recall.setVisible(may(Act.RECALL))

    def _place_parts(self) -> None:
        left, right = QVBoxLayout(), QVBoxLayout()
        left.setSpacing(GAP)
        left.addWidget(named(self.words("records.lots.filter"), self.filter, self))
        left.addWidget(self.table, 1)
        counted = QHBoxLayout()
        counted.setSpacing(GAP)
        counted.addWidget(named(self.words("records.lots.left"), self.left, self), 1)
        below = QVBoxLayout()
        below.addStretch(1)
        below.addWidget(self.count)
        counted.addLayout(below, 1)
        right.setSpacing(GAP)
        which = QHBoxLayout()
        which.setSpacing(GAP)
        which.addWidget(self.standing, 1)
        which.addWidget(self.label)
        right.addLayout(which)
        right.addWidget(self.form)
        right.addLayout(counted)
        right.addStretch(1)
        wide = self.theme.size <= 125
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(way)
        both.setSpacing(3 * GAP)
        both.addLayout(left, 4)
        both.addLayout(right, 3)
        self.column.addLayout(both)
        bar = Columns(self)
        acts = (self.new, self.formulas, self.save, self.release, self.keep, self.recall)
        for each in acts:
            bar.add(each, 2 if self.theme.size <= 100 else 3)
        whole = self.layout()
        assert isinstance(whole, QVBoxLayout)
        whole.insertWidget(1, bar)
        in_order(self.table, self.label, self.form.cells["number"].editor)
        in_order(self.form.more, self.left, self.count, *acts, self.closer)

    def _connect(self) -> None:
        self.filter.textEdited.connect(self._timer_begin)
        self.filter.returnPressed.connect(self._scan)
        self._timer.timeout.connect(self._list)
        self.table.chosen.connect(self._choose)
        self.left.returnPressed.connect(self._count)

    def _timer_begin(self, _text: str) -> None:
        self._timer.start()

    def _list(self) -> None:
        wanted = self.filter.text().strip()
        self.look("list", partial(self.office.lots.listed, 0, wanted), self._show)

    def _more(self) -> None:
        last = self.table.rows.rows[-1].key if self.table.rows.rows else ""
        wanted = self.filter.text().strip()
        job = partial(self.office.lots.listed, self._lots[str(last)].id, wanted)
        self.look("more", job, self._add)

    def _show(self, lots: tuple[ShownLot, ...]) -> None:
        self._lots = {each.number: each for each in lots}
        rows = [self._row(each) for each in lots]
        empty = self.words("records.lots.none")
        self.table.show_rows(rows, more=len(lots) >= PAGE, empty=empty)

    def _add(self, lots: tuple[ShownLot, ...]) -> None:
        self._lots |= {each.number: each for each in lots}
        self.table.add_rows([self._row(each) for each in lots], more=len(lots) >= PAGE)

    def _row(self, lot: ShownLot) -> Row:
        return row_of(lot, self.office.ledger.today(), self.words)

    def _standing(self, lot: ShownLot) -> tuple[Mark, str]:
        return standing(lot, self.office.ledger.today(), self.words)

    def _scan(self) -> None:
        number = self.filter.text().strip()
        if number:
            self.open_lot(number)

    def _opened(self, lot: ShownLot | None) -> None:
        if lot is not None:
            self._take(lot)
            self.say(self.words("records.lots.opened", lot=lot.number))
        elif self.office.may(Act.RECORD_LOT):
            self.begin(self._scanned)
            self.say(self.words("records.lots.begun", lot=self._scanned))
            self.form.cells["made_on"].editor.setFocus()
        else:
            self.say(self.words("records.lots.none"))

    def _choose(self, key: object) -> None:
        lot = self._lots.get(str(key)) if key is not None else None
        if lot is not None:
            self._take(lot)

    def _take(self, lot: ShownLot) -> None:
        self.lot = lot
        self.form.show_says(lot.says, is_new=False)
        self.left.setText(lot.left)
        self._weigh()

    def _weigh(self) -> None:
        lot = self.lot
        mark, said = (None, self.words("records.lots.is-new"))
        if lot is not None:
            mark, said = self._standing(lot)
            said = f"{self.words('records.lots.which', lot=lot.number)} {said}"
        self.standing.show_mark(mark, said)
        self.release.setEnabled(lot is not None and not lot.released_by)
        for each in (self.count, self.recall, self.label, self.left):
            each.setEnabled(lot is not None)

    def _begin(self) -> None:
        self.begin()
        self.form.cells["number"].editor.setFocus()

    def _save(self) -> None:
        odd = self.form.odd_date()
        if odd:
            cell = self.form.cells[odd]
            text = self.form.says()[odd][:40]
            self.say(self.words("records.bad-date", text=text), trouble=True)
            cell.editor.setFocus()
            return
        lots, says, said = self.office.lots, self.form.says(), self.words("records.saving")
        if self.lot is None:
            self.do(said, partial(lots.record, says), partial(self._done_with, "recorded"))
        else:
            job = partial(lots.alter, self.lot, says)
            self.do(said, job, partial(self._done_with, "altered"))

    def _release(self) -> None:
        lot = self.lot
        if lot is None:
            return
        line = SignLine(self.words, self.office, Act.RELEASE_LOT, self)
        asked = self.words("records.lots.release-asked", lot=lot.number, name=lot.name)
        page = SignPage(self.theme, self.words, line, asked, self)
        page.signed.connect(partial(self._release_by, lot))
        self._over(page)

    def _release_by(self, lot: ShownLot, who: str, pin: str) -> None:
        job = partial(_release, self.office, lot, who, pin)
        self.do(self.words("records.saving"), job, partial(self._done_with, "is-released"))

    def _count(self) -> None:
        if self.lot is not None and self.count.isEnabled():
            job = partial(self.office.lots.count, self.lot, self.left.text().strip())
            self.do(self.words("records.saving"), job, partial(self._done_with, "counted"))

    def _done_with(self, what: str, lot: ShownLot) -> None:
        self._take(lot)
        self._list()
        self.say(self.words(f"records.lots.{what}", lot=lot.number))

    def _recall(self) -> None:
        if self.lot is not None:
            self._over(RecallPage(*self._means, number=self.lot.number))

    def _show_label(self) -> None:
        if self.lot is not None:
            self._over(LotLabelPage(*self._means, lot=self.lot))

    def _show_formulas(self) -> None:
        page = FormulasPage(*self._means)
        page.picked.connect(self._begin_from)
        self._over(page)

    @property
    def _means(self) -> tuple[Theme, Words, Office, Work, QWidget, Plain]:
        return self.theme, self.words, self.office, self.work, self, self.plain

    def _over(self, page: QDialog) -> None:
        page.finished.connect(page.deleteLater)
        page.open()

    def _begin_from(self, formula: ShownFormula) -> None:
        self.begin()
        self.form.show_says(formula.says, is_new=True)
        self.form.cells["number"].editor.setFocus()
        self.say(self.words("records.lots.from-formula", name=formula.name))

    def _keep_formula(self) -> None:
        says = self.form.formula()
        name = says.get("name", "")
        job = partial(self.office.lots.record_formula, name, says)
        self.do(self.words("records.saving"), job, self._formula_kept)

    def _formula_kept(self, formula: ShownFormula) -> None:
        self.say(self.words("records.lots.formula-kept", name=formula.name))


def _release(office: Office, lot: ShownLot, who: str, pin: str) -> ShownLot:
    by = office.signing.vouch(who, pin, Act.RELEASE_LOT)
    return office.lots.release(lot, by=by)
