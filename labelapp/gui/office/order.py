"""A prescription in view: what was ordered, its fills, labels and checks, label and order side by side."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownCheck, ShownFill, ShownOrder
from labelapp.gui.office.marks import OF_FILL, OF_STANDING, Mark
from labelapp.gui.office.said import Facts, Sign, at, day
from labelapp.gui.office.tables import Row, Table
from labelapp.gui.office.views import LabelView
from labelapp.gui.parts import GAP, heading
from labelapp.gui.received import Received, ReceivedView
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.history import FillState

_FACTS = ("drug", "sig", "prescriber", "written", "refills", "left", "reviewed")
_FILLS = ("state", "fill", "filled-on", "quantity", "days", "lots")
_LABELS = ("serial", "copy", "by", "at", "reason")
_CHECKS = ("check", "fill", "by", "at")


@dataclass(frozen=True)
class Opened:
    """A prescription opened with its checks and the order as it was received."""

    order: ShownOrder
    checks: tuple[ShownCheck, ...]
    received: Received


class OrderView(QWidget):
    """Shows a prescription; a fill and a label are chosen with the arrows."""

    fill_chosen = Signal()
    label_chosen = Signal(int)
    """The id of a label whose picture is wanted; 0 for none."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self.order: ShownOrder | None = None
        self.facts = Facts(words, _FACTS, self)
        self.standing = Sign(theme, self)
        self.facts.put("standing", self.standing)
        self.fills = self._table(theme, "fills", _FILLS, 3)
        self.labels = self._table(theme, "labels", _LABELS, 2)
        self.checks = self._table(theme, "checks", _CHECKS, 2)
        self.label = LabelView(theme, words, self)
        self.received = ReceivedView(words, self)
        self.fills.chosen.connect(self._show_labels)
        self.labels.chosen.connect(self._want_label)
        wide = theme.size <= 125
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        both = QBoxLayout(way, self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(2 * GAP)
        both.addLayout(self._left(), 1)
        both.addLayout(self._right(), 1)

    def show_opened(self, opened: Opened) -> None:
        """Show a prescription; the fill chosen stays chosen, else it is the newest."""
        order = opened.order
        self.order = order
        self._tell(order)
        rows = [self._fill(each) for each in reversed(order.fills)]
        self.fills.show_rows(rows, empty=self._words("records.fills.none"))
        if self.fill() is None:
            self.fills.choose(0)
        else:
            self._show_labels()
        checks = [self._check(each) for each in reversed(opened.checks)]
        self.checks.show_rows(checks, empty=self._words("records.checks.none"))
        self.received.show_received(opened.received)

    def fill(self) -> ShownFill | None:
        """Give the fill chosen."""
        fills = self.order.fills if self.order else ()
        return next((each for each in fills if each.id == self.fills.key()), None)

    def _tell(self, order: ShownOrder) -> None:
        words = self._words
        refills = words("records.of", some=str(order.refills_left), of=str(order.refills))
        reviewed = order.reviewed_by or words("records.not-yet")
        self.facts.tell(
            drug=order.drug,
            sig=order.sig,
            prescriber=order.prescriber,
            written=day(order.written),
            refills=refills,
            left=order.remaining,
            reviewed=reviewed,
        )
        standing = words(f"records.standing.{order.standing}")
        self.standing.show_mark(OF_STANDING[order.standing], standing)

    def _fill(self, each: ShownFill) -> Row:
        state = self._words(f"records.state.{each.state}")
        lots = ", ".join(each.lots)
        cells = (state, str(each.number), day(each.filled_on), each.quantity, str(each.days), lots)
        return Row(each.id, cells, OF_FILL[each.state])

    def _check(self, each: ShownCheck) -> Row:
        what = self._words(f"records.check.{each.what}")
        if each.says.get("alone"):
            what = f"{what} {self._words('records.check.alone')}"
        fill = "" if each.fill is None else str(each.fill)
        return Row(None, (what, fill, each.by, at(each.at)), Mark.GOOD)

    def _show_labels(self, *_key: object) -> None:
        fill = self.fill()
        rows = [
            Row(e.id, (e.serial, str(e.copy), e.by, at(e.at), e.reason))
            for e in reversed(fill.labels if fill else ())
        ]
        self.labels.show_rows(rows, empty=self._words("records.labels.none"))
        if rows and self.labels.key() is None:
            self.labels.choose(0)
        elif not rows:
            self.label_chosen.emit(0)
        self.fill_chosen.emit()

    def _want_label(self, key: object) -> None:
        self.label_chosen.emit(key if isinstance(key, int) else 0)

    def _table(self, theme: Theme, name: str, heads: tuple[str, ...], least: int) -> Table:
        shown = [self._words(f"records.head.{each}") for each in heads]
        made = Table(theme, self._words(f"records.{name}"), shown, self)
        made.lines(least)
        return made

    def _left(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP // 2)
        column.addWidget(self.facts)
        for name, table, stretch in (
            ("fills", self.fills, 3),
            ("labels", self.labels, 2),
            ("checks", self.checks, 2),
        ):
            column.addSpacing(GAP // 2)
            column.addWidget(heading(self._words(f"records.{name}")))
            column.addWidget(table, stretch)
        return column

    def _right(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GAP // 2)
        column.addWidget(heading(self._words("records.label")))
        column.addWidget(self.label, 1)
        column.addSpacing(GAP // 2)
        column.addWidget(heading(self._words("records.received")))
        column.addWidget(self.received, 1)
        return column


def may_be_void(fill: ShownFill | None) -> bool:
    """Tell whether a fill can still be made void."""
    return fill is not None and fill.state is not FillState.VOID
