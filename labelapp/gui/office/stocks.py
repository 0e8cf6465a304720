"""The page of label stocks: what fits on each under a state's law, and the pharmacy's own made here."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.ownstock import Asked
from labelapp.dispensing.shown import FEDERAL, ShownStock
from labelapp.dispensing.stockroom import StockRoom
from labelapp.gui.choosers import Chooser, choose
from labelapp.gui.columns import Columns
from labelapp.gui.inputs import Choice
from labelapp.gui.office.fitted import named
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.page import OfficePage, Plain, button
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.parts import GAP, Line, heading, label
from labelapp.gui.settings import Words
from labelapp.gui.stocklist import fit_said, many_said
from labelapp.gui.theme import Theme
from labelapp.gui.work import Work

_COLUMNS = ("name", "shortest", "titration", "size", "heads", "codes")
_USES = ("vial", "large", "auxiliary", "sheet")
_HEADS = (203, 300, 600)
STATE = "pharmacy.address.state"


class StocksPage(OfficePage):
    """Lists the stocks. Whoever may makes one of the pharmacy's own here, or takes one away."""

    changed = Signal()
    """A stock was made, counted or taken away."""

    def __init__(  # noqa: PLR0913 - what every page takes, and the stocks
        self,
        theme: Theme,
        words: Words,
        office: Office,
        work: Work,
        parent: QWidget,
        plain: Plain,
        *,
        stockroom: StockRoom,
        states: tuple[str, ...],
    ) -> None:
        super().__init__(theme, words, office, work, parent, plain)
        self.setWindowTitle(words("stocks.page.title"))
        self._room = stockroom
        self.stocks: tuple[ShownStock, ...] = ()
        self.may_change = office.may(Act.STOCKS)
        self.state = Chooser(self)
        for each in states:
            self.state.addItem(each, each)
        choose(self.state, FEDERAL, FEDERAL)
        heads = [words(f"stocks.page.{each}") for each in _COLUMNS]
        self.table = Table(theme, words("stocks.page.title"), heads, self)
        self.table.lines(8)
        self.form = _Form(words, self)
        self.add = button(words("stocks.page.add"), self, self._add)
        self.remove = button(words("stocks.page.remove"), self, self._remove)
        self.count = button(words("stocks.page.count"), self, self._count)
        self._place_parts()
        self.state.currentIndexChanged.connect(self._show_rows)
        self.table.chosen.connect(self._weigh)
        for line in self.form.lines:
            line.returnPressed.connect(self._add)
        self.fit(980, 700)
        self._weigh()
        self._list()
        self.look("state", lambda: office.rules.now().pharmacy.get(STATE, ""), self._begin_with)
        self.table.setFocus()

    def _place_parts(self) -> None:
        words = self.words
        law = QHBoxLayout()
        law.addWidget(label(words("stocks.page.hint"), wrap=True), 1)
        law.addWidget(named(words("stocks.page.state"), self.state, self))
        acts = QHBoxLayout()
        acts.setSpacing(GAP)
        for each in (self.add, self.remove, self.count):
            acts.addWidget(each)
        acts.addStretch(1)
        self.column.addLayout(law)
        self.column.addWidget(self.table, 1)
        self.title = heading(words("stocks.page.own"))
        self.column.addWidget(self.title)
        self.column.addWidget(self.form)
        self.column.addLayout(acts)
        for part in (self.title, self.form, self.add, self.remove):
            part.setVisible(self.may_change)

    def _begin_with(self, state: str) -> None:
        """Show the law of the pharmacy's own state first."""
        place = self.state.findData(state.strip().upper())
        if place >= 0:
            self.state.setCurrentIndex(place)

    def _list(self, said: str = "") -> None:
        self.look("list", self._room.listed, partial(self._show, said))

    def _show(self, said: str, stocks: tuple[ShownStock, ...]) -> None:
        self.stocks = stocks
        self._show_rows()
        self._weigh()
        if said:
            self.say(said)

    def _show_rows(self, *_place: object) -> None:
        self.table.show_rows([self._row(each) for each in self.stocks])

    def _row(self, stock: ShownStock) -> Row:
        words, fit = self.words, stock.fit(self.state.currentData())
        codes = "" if stock.bars is None else words(f"stocks.{'bars' if stock.bars else 'two-d'}")
        cells = (
            stock.title,
            fit_said(fit, words),
            many_said(fit.titration, words) if fit is not None else "",
            f"{_plain(stock.width_mm)} × {_plain(stock.height_mm)}",
            ", ".join(map(str, stock.dpi)),
            codes,
        )
        marks = {0: Mark.STOP, 1: Mark.GOOD}
        mark = Mark.PLAIN if fit is None else marks.get(fit.shortest, Mark.WAITS)
        return Row(stock.id, cells, mark)

    def _chosen(self) -> ShownStock | None:
        return next((each for each in self.stocks if each.id == self.table.key()), None)

    def _weigh(self, *_key: object) -> None:
        """Offer what can be done: only a stock of the pharmacy's own is taken away."""
        chosen = self._chosen()
        self.remove.setEnabled(chosen is not None and chosen.own)
        old = any(each.own and not each.fits for each in self.stocks)
        self.count.setVisible(self.may_change and old)

    def _add(self) -> None:
        job = partial(self._room.add, self.form.asked())
        self.do(self.words("stocks.page.adding"), job, self._added)

    def _added(self, made: ShownStock) -> None:
        self.form.clear()
        self.changed.emit()
        fit = fit_said(made.fit(self.state.currentData()), self.words)
        self._list(self.words("stocks.page.added", name=made.name, fit=fit))

    def _remove(self) -> None:
        chosen = self._chosen()
        if chosen is not None:
            job = partial(self._room.remove, chosen.id)
            self.do(self.words("stocks.page.removing"), job, self._removed)

    def _removed(self, gone: ShownStock) -> None:
        self.changed.emit()
        self._list(self.words("stocks.page.removed", name=gone.name))

    def _count(self) -> None:
        self.do(self.words("stocks.page.adding"), self._room.count, self._counted)

    def _counted(self, many: int) -> None:
        self.changed.emit()
        self._list(self.words("stocks.page.counted", many=str(many)))


class _Form(Columns):
    """Takes a stock as it is measured with a ruler."""

    def __init__(self, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self.name, self.width_, self.height_, self.margins = (Line(self) for _ in range(4))
        self.margins.setText("2 mm")
        self.lines = self.name, self.width_, self.height_, self.margins
        self.use = Choice(_USES, [words(f"stocks.use.{each}") for each in _USES], self)
        self.use.set_text("vial")
        self.heads = {
            each: QCheckBox(words("stocks.page.dpi", dpi=str(each)), self) for each in _HEADS
        }
        self.heads[203].setChecked(True)
        for key, field in (
            ("name", self.name),
            ("width", self.width_),
            ("height", self.height_),
            ("margins", self.margins),
            ("use", self.use),
            ("heads", self._ticks()),
        ):
            self.add(named(words(f"stocks.page.asked-{key}"), field, self), 4)

    def asked(self) -> Asked:
        """Give the stock as it was typed."""
        return Asked(
            self.name.text(),
            self.width_.text(),
            self.height_.text(),
            self.margins.text(),
            tuple(dpi for dpi, tick in self.heads.items() if tick.isChecked()),
            str(self.use.currentData()),
        )

    def clear(self) -> None:
        """Empty what differs from stock to stock."""
        for each in (self.name, self.width_, self.height_):
            each.clear()

    def _ticks(self) -> QWidget:
        whole = QWidget(self)
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        for each in self.heads.values():
            row.addWidget(each, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        return whole


def _plain(mm: Decimal) -> str:
    """Write a size without the noughts it ends with."""
    return f"{mm.normalize():f}"
