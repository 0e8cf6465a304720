"""What stands outside the block: header above it; facts, tail and marks below it."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.label.document import Label, Symbology, Zone
from labelapp.layout.facts import set_facts
from labelapp.layout.header import set_header
from labelapp.layout.marks import Sized, sized
from labelapp.layout.page import Bars, Rule, Words
from labelapp.layout.setting import Manner, Part
from labelapp.layout.tail import set_tail
from labelapp.layout.tape import Tape

CONTINUED = "continued"
"""Key of the words that number a label of a set."""
IN_TAIL = (CONTINUED, "bud", "storage")
"""Facts that are no rows of a column: they begin the tail."""


@dataclass(frozen=True)
class Outside:
    """Everything outside the block, set in one manner; heights in dots.

    `gap` stands between the parts; `marks` from left to right, the Data Matrix last.
    """

    header: Part
    facts: Part
    tail: Part
    square: Sized | None
    linear: Sized | None
    gap: int

    @property
    def below(self) -> int:
        """Height of what stands below the block."""
        facts = self.facts.height + self.gap if self.facts.height else 0
        return facts + self._foot

    @property
    def _foot(self) -> int:
        square = self.square.height if self.square else 0
        if self.linear is None:
            return max(self.tail.height, square)
        return self.tail.height + self.gap + max(square, self.linear.height)

    def place(
        self, left: int, top: int, right: int, bottom: int
    ) -> tuple[tuple[Words, ...], tuple[Rule, ...], tuple[Bars, ...]]:
        """Put the lower part between top and bottom: facts high, marks and tail low."""
        tail = bottom - self._foot
        facts = top + max(0, (tail - top - self.facts.height - self.gap) // 2)
        words = (*self.facts.words(left, facts), *self.tail.words(left, tail))
        bars = []
        if self.square:
            bars.append(self.square.at(right - self.square.width, bottom - self.square.height))
        if self.linear:
            bars.append(self.linear.at(left + self.linear.quiet, bottom - self.linear.height))
        return words, self.tail.ruled(left, tail), tuple(bars)


def set_outside(label: Label, manner: Manner, width: int, tape: Tape) -> Outside:
    """Set everything outside the block in a width. Raises WordTooWide."""
    marks = {mark.symbology: sized(mark, tape) for mark in label.marks}
    square, linear = marks.get(Symbology.DATAMATRIX), marks.get(Symbology.CODE128)
    facts = tuple(each for each in label.in_zone(Zone.FACTS) if each.key not in IN_TAIL)
    tail = tuple(
        each
        for each in label.elements
        if each.key in IN_TAIL or each.zone in {Zone.WARNINGS, Zone.FOOT}
    )
    beside = width
    if square and not linear:
        beside -= square.width + max(square.quiet, tape.dots(manner.size))
    return Outside(
        header=set_header(label.in_zone(Zone.HEADER), manner, width, tape),
        facts=set_facts(facts, manner, width, tape),
        tail=set_tail(tail, manner, beside, tape),
        square=square,
        linear=linear,
        gap=tape.dots(manner.size * (0.3 if manner.packed else 0.45)),
    )
