"""What stands outside the block: header above it; facts, tail and marks below it."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.label.document import Element, Label, Symbology, Zone
from labelapp.layout.designs import Look
from labelapp.layout.facts import set_facts
from labelapp.layout.grid import set_grid
from labelapp.layout.header import set_header
from labelapp.layout.marks import Sized, sized
from labelapp.layout.page import Bars, Rule, Words
from labelapp.layout.setting import Manner, Part
from labelapp.layout.tail import Corner, set_tail
from labelapp.layout.tape import Tape

CONTINUED = "continued"
"""Key of the words that number a label of a set."""
IN_TAIL = (CONTINUED, "bud", "storage", "patient_address", "description")
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
    grid: Part | None = None

    @property
    def below(self) -> int:
        """Height of what stands below the block."""
        facts = self.facts.height + self.gap if self.facts.height else 0
        grid = self.grid.height + 2 * self.gap if self.grid else 0
        return grid + facts + self._foot

    @property
    def _foot(self) -> int:
        square = self.square.height + self.square.quiet if self.square else 0
        if self.linear is None:
            return max(self.tail.height, square)
        return self.tail.height + self.gap + max(square, self.linear.height)

    def place(
        self, left: int, top: int, right: int, bottom: int
    ) -> tuple[tuple[Words, ...], tuple[Rule, ...], tuple[Bars, ...]]:
        """Put the lower part between top and bottom: facts high, marks and tail low."""
        tail = bottom - self._foot
        spare = max(0, tail - top - self.facts.height - self.gap)
        spare -= self.grid.height + 2 * self.gap if self.grid else 0
        facts = top + min(max(0, spare) // 2, 2 * self.gap)
        words: tuple[Words, ...] = ()
        rules: tuple[Rule, ...] = ()
        if self.grid:
            words, rules = self.grid.words(left, facts), self.grid.ruled(left, facts)
            facts += self.grid.height + 2 * self.gap
        words = (*words, *self.facts.words(left, facts), *self.tail.words(left, tail))
        bars = []
        if self.square:
            bars.append(self.square.at(right - self.square.width, bottom - self.square.height))
        if self.linear:
            bars.append(self.linear.at(left + self.linear.quiet, bottom - self.linear.height))
        return words, (*rules, *self.tail.ruled(left, tail)), tuple(bars)


class Setter:
    """Sets what stands outside the block in a width."""

    def __init__(self, width: int, look: Look, tape: Tape) -> None:
        self._width = width
        self._look = look
        self._tape = tape

    def set(self, label: Label, manner: Manner) -> Outside:
        """Set everything outside the block in one manner. Raises WordTooWide."""
        once, width, look = self._tape.once, self._width, self._look
        marks = {mark.symbology: once(sized, mark) for mark in label.marks}
        square, linear = marks.get(Symbology.DATAMATRIX), marks.get(Symbology.CODE128)
        corner = Corner()
        if square and not linear:
            rest = max(square.quiet, self._tape.dots(manner.size * 0.6))
            corner = Corner(square.width + rest, square.height + square.quiet)
        header, facts, tail = _shared_out(label)
        quiet = manner._replace(size=min(manner.size, look.header_pt), lift=0)
        return Outside(
            header=once(set_header, header, quiet, width, look),
            facts=once(set_facts, facts, manner, width, look),
            tail=once(set_tail, tail, manner, width, corner),
            square=square,
            linear=linear,
            gap=self._tape.dots(manner.size * manner.gap),
            grid=once(set_grid, label.grid, manner, width) if label.grid else None,
        )

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which the width has no room beside the others."""
        marks = [self._tape.once(sized, mark) for mark in label.marks]
        if sum(each.width + 2 * each.quiet for each in marks) <= self._width:
            return ()
        return tuple(each.mark.symbology.value for each in marks if not each.mark.required)


def _shared_out(label: Label) -> tuple[tuple[Element, ...], ...]:
    """Share the elements out between header, facts and tail."""
    header, facts, tail = [], [], []
    for each in label.elements:
        if each.zone is Zone.HEADER:
            header.append(each)
        elif each.zone is Zone.FACTS and each.key not in IN_TAIL:
            facts.append(each)
        elif each.zone is not Zone.BLOCK:
            tail.append(each)
    return tuple(header), tuple(facts), tuple(tail)
