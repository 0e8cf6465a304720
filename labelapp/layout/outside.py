"""What stands outside the block: header above it; facts, tail and marks below it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from labelapp.label.document import Element, Label, Mark, Symbology, Zone
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
    """Sets what stands outside the block in a width, and keeps each part it has set."""

    def __init__(self, width: int, look: Look, tape: Tape) -> None:
        self._width = width
        self._look = look
        self._tape = tape
        self._parts: dict[tuple[object, ...], tuple[Part, tuple[Element, ...]]] = {}
        self._marks: dict[Mark, Sized] = {}

    def set(self, label: Label, manner: Manner) -> Outside:
        """Set everything outside the block in one manner. Raises WordTooWide."""
        marks = {mark.symbology: self._sized(mark) for mark in label.marks}
        square, linear = marks.get(Symbology.DATAMATRIX), marks.get(Symbology.CODE128)
        corner = Corner()
        if square and not linear:
            rest = max(square.quiet, self._tape.dots(manner.size * 0.6))
            corner = Corner(square.width + rest, square.height + square.quiet)
        header, facts, tail = _shared_out(label)
        quiet = manner._replace(size=min(manner.size, self._look.header_pt), lift=0)
        return Outside(
            header=self._part(self._set_header, header, quiet),
            facts=self._part(self._set_facts, facts, manner),
            tail=self._part(partial(set_tail, corner=corner), tail, manner, corner),
            square=square,
            linear=linear,
            gap=self._tape.dots(manner.size * manner.gap),
            grid=set_grid(label.grid, manner, self._width, self._tape) if label.grid else None,
        )

    def _set_header(
        self, elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape
    ) -> Part:
        return set_header(elements, manner, width, tape, narrow=self._look.narrow)

    def _set_facts(
        self, elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape
    ) -> Part:
        return set_facts(elements, manner, width, tape, self._look)

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which the width has no room beside the others."""
        marks = [self._sized(mark) for mark in label.marks]
        if sum(each.width + 2 * each.quiet for each in marks) <= self._width:
            return ()
        return tuple(each.mark.symbology.value for each in marks if not each.mark.required)

    def _part(
        self,
        set_part: SetPart,
        elements: tuple[Element, ...],
        manner: Manner,
        corner: Corner | None = None,
    ) -> Part:
        """Set a part, or give it as it was set before from the same elements."""
        same = (corner if corner is not None else set_part.__name__, manner, *map(id, elements))
        known = self._parts.get(same)
        if known is None:
            # the elements are kept with it, so that no other element comes by one of their ids
            known = set_part(elements, manner, self._width, self._tape), elements
            self._parts[same] = known
        return known[0]

    def _sized(self, mark: Mark) -> Sized:
        known = self._marks.get(mark)
        if known is None:
            known = self._marks[mark] = sized(mark, self._tape)
        return known


SetPart = Callable[[tuple[Element, ...], Manner, int, Tape], Part]


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
