"""The order review: what was entered, held against the order as received or against the paper."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from labelapp.dispensing.office.shown import ShownOrder
from labelapp.gui.inputs import Tick
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.said import Sign, day
from labelapp.gui.parts import GAP, breakable, heading, label, row_of
from labelapp.gui.settings import Words
from labelapp.gui.theme import Theme
from labelapp.rx.draft import Draft

PARTS = ("patient", "drug", "strength", "directions", "quantity")
"""What a review holds against one another (practice: the two checks)."""
WHOLE = "whole"


class ReviewBox(QWidget):
    """What was entered, part by part. Where nothing was received each part is confirmed by itself."""

    ticked = Signal()

    def __init__(self, theme: Theme, words: Words, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = words
        self._values: dict[str, str] = {}
        self._has_paper = False
        self._by = ""
        self.hint = label(wrap=True)
        self.standing = Sign(theme, self)
        self.values = {part: label(wrap=True) for part in PARTS}
        self.ticks = {part: Tick("", self) for part in PARTS}
        self.whole = Tick(words("records.review.whole"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP // 2)
        column.addWidget(heading(words("records.review")))
        column.addWidget(self.standing)
        column.addWidget(self.hint)
        for part in PARTS:
            column.addWidget(self.values[part])
            column.addWidget(self.ticks[part])
            self.ticks[part].clicked.connect(self._tell)
        column.addWidget(self.whole)
        self.whole.clicked.connect(self._tell)

    def show_order(self, order: ShownOrder, entered: Draft, *, received: bool) -> None:
        """Show what was entered; one reviewed already has nothing to confirm."""
        self._by, self._has_paper = order.reviewed_by, not received
        self._values = _entered(order, entered)
        is_open = not order.reviewed_by
        for part in PARTS:
            said = f"{self._words(f'records.review.{part}')}: {self._values[part]}"
            self.values[part].setText(breakable(said))
            self.ticks[part].set_words(breakable(said))
            self.ticks[part].set_text("")
            self.values[part].setVisible(not (is_open and self._has_paper))
            self.ticks[part].setVisible(is_open and self._has_paper)
        self.whole.set_text("")
        self.whole.setVisible(is_open and received)
        key = "paper" if self._has_paper else "received"
        self.hint.setText(self._words(f"records.review.{key}"))
        self.hint.setVisible(is_open)
        if order.reviewed_by:
            done = self._words("records.review.done", by=order.reviewed_by)
            self.standing.show_mark(Mark.GOOD, done)
        else:
            self.standing.show_mark(Mark.WAITS, self._words("records.review.open"))

    def set_offered(self, *, offered: bool) -> None:
        """Let the parts be confirmed, or only read."""
        for each in (*self.ticks.values(), self.whole):
            each.setEnabled(offered)

    def confirmed(self) -> dict[str, str]:
        """Give what was held against what, once all of it was; empty before."""
        if self._by or not self._values:
            return {}
        asked = list(self.ticks.values()) if self._has_paper else [self.whole]
        if not all(each.box.isChecked() for each in asked):
            return {}
        against = "paper" if self._has_paper else "received"
        return dict.fromkeys(PARTS, against)

    def _tell(self, *_on: bool) -> None:
        self.ticked.emit()


def _entered(order: ShownOrder, entered: Draft) -> dict[str, str]:
    stem = "compound.ingredients"
    active = [
        f"{stem}.{place}"
        for place in range(entered.count(stem))
        if entered.get(f"{stem}.{place}.part") == "active"
    ]
    said = partial(_said, entered)
    strengths = [said(e, "strength.value", "strength.unit", "strength.basis") for e in active]
    names = " + ".join(entered.get(f"{each}.name") for each in active)
    return {
        "patient": row_of(order.patient.name, day(order.patient.born)),
        "drug": row_of(f"{names or order.drug}, {entered.get('compound.form')}".strip(", ")),
        "strength": " + ".join(strengths),
        "directions": order.sig,
        "quantity": said("quantity", "value", "unit"),
    }


def _said(draft: Draft, stem: str, *parts: str) -> str:
    return " ".join(filter(None, (draft.get(f"{stem}.{part}").strip() for part in parts)))
