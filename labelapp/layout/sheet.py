"""One page put together: the block at its size, everything else in its manner, or what lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Protocol

from labelapp.label.document import BlockRule, Element, Label, Zone
from labelapp.layout.block import Sizes, rungs
from labelapp.layout.blocks import Blocks, Short
from labelapp.layout.designs import LARGE_PRINT, LOOKS, Look
from labelapp.layout.outside import Outside, Setter
from labelapp.layout.page import Box, Page, Rule
from labelapp.layout.setting import Manner, Part
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

THICK_MM = 0.4
"""Thickness of the rules above and below the block."""
ENDLESS = 99
"""More than anything is ever broken: nothing is asked of a block that stands at no size."""
AMPLE = 2.0
"""So many times its natural height the block may take before the rest of the room stays free."""


@dataclass(frozen=True)
class Laid:
    """How a page will stand: its parts, the sizes of its block, the height the block may take."""

    outside: Outside
    block: Part
    sizes: Sizes
    elements: tuple[Element, ...]
    most: int
    spared: int = 0
    """How much is broken over lines that need not be, so that the block is larger."""
    width: int = 0
    """Width of the block."""


class Sheet(Protocol):
    """One stock under one head, with room for one label."""

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which this stock is too narrow."""
        ...

    def lay(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> Laid | Short:
        """Lay a label out in a manner with the best block of those that fit, or say what lacks."""
        ...

    def holds(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> bool:
        """Tell whether `lay` would lay a label out, without looking for the best block."""
        ...

    def least_broken(self, label: Label) -> int:
        """Count what is broken over lines in the block even at the least size."""
        ...

    def page(self, laid: Laid) -> Page:
        """Put a page together as it was laid out: every part gets its place."""
        ...


class Beside:
    """What stands outside the block in one width."""

    def __init__(self, width: int, look: Look, tape: Tape) -> None:
        self.setter = Setter(width, look, tape)

    def set(self, label: Label, manner: Manner) -> Outside | Short:
        """Set what stands outside the block, or name the word that is too wide."""
        try:
            return self.setter.set(label, manner)
        except WordTooWide as wide:
            return Short(word=wide.word, key=wide.key)


class Stacked:
    """A sheet with everything under each other: header, block, and the rest below it."""

    def __init__(self, rule: BlockRule, stock: Stock, tape: Tape) -> None:
        self._tape = tape
        self._width, self._height = stock.dots(tape.dpi)
        left, top, right, bottom = stock.printable(tape.dpi)
        self._printable = Box(left, top, right - left, bottom - top)
        self._thick = tape.mm(THICK_MM)
        area = self._width * self._height
        self._least = math.ceil(rule.least_share * area / self._printable.width)
        self._most = math.floor(rule.most_share * area / self._printable.width)
        self._look = LOOKS[stock.design]
        self._beside = Beside(self._printable.width, self._look, tape)
        self._blocks = Blocks(self._printable.width, tape)

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which this stock is too narrow."""
        return self._beside.setter.too_wide(label)

    def lay(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> Laid | Short:
        """Lay a label out in a manner with the best block of those that fit, or say what lacks."""
        outside = self._beside.set(label, manner)
        if isinstance(outside, Short):
            return outside
        most = self._room(outside)
        if most < self._least:
            return Short(outside=self._least - most)
        elements = label.in_zone(Zone.BLOCK)
        best = self._blocks.best(elements, rungs, most, self._least)
        if isinstance(best, Short):
            return best
        width = self._printable.width
        return Laid(outside, best.part, best.sizes, elements, most, best.spared, width)

    def holds(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> bool:
        """Tell whether `lay` would lay a label out, without looking for the best block."""
        outside = self._beside.set(label, manner)
        if isinstance(outside, Short):
            return False
        most = self._room(outside)
        return most >= self._least and self._blocks.hold(label.in_zone(Zone.BLOCK), rungs, most)

    def _room(self, outside: Outside) -> int:
        """Give the height that is left to the block."""
        fixed = outside.header.height + outside.below + 2 * (self._thick + outside.gap)
        return min(self._printable.height - fixed, self._most)

    def least_broken(self, label: Label) -> int:
        """Count what is broken over lines in the block even at the least size.

        On large stock one thing more: there drug and strength may take two lines to be large.
        """
        more = LARGE_PRINT in self._look.comforts
        return least_broken(label, self._blocks, self._height) + more

    def page(self, laid: Laid) -> Page:
        """Put a page together as it was laid out: every part gets its place."""
        area, outside = self._printable, laid.outside
        height = min(laid.most, max(self._least, round(laid.block.height * AMPLE)))
        block = self._blocks.loosened(laid.block, laid.elements, laid.sizes, height)
        top = area.y + outside.header.height + outside.gap + self._thick
        box = Box(area.x, top, area.width, height)
        below = box.bottom + self._thick + outside.gap
        words, rules, bars = outside.place(area.x, below, area.right, area.bottom)
        return Page(
            width=self._width,
            height=self._height,
            printable=area,
            block=box,
            words=(
                *outside.header.words(area.x, area.y),
                *block.words(area.x, top + (height - block.height) // 2),
                *words,
            ),
            bars=bars,
            rules=(
                *outside.header.ruled(area.x, area.y),
                Rule(Box(area.x, top - self._thick, area.width, self._thick)),
                Rule(Box(area.x, box.bottom, area.width, self._thick)),
                *rules,
            ),
        )


def least_broken(label: Label, blocks: Blocks, height: int) -> int:
    """Count what is broken over lines in blocks of a width even at the least size."""
    smallest = rungs(label.block.least_pt)[-1]._replace(paired=False)
    block = blocks.at(label.in_zone(Zone.BLOCK), smallest, height)
    return block.broken if isinstance(block, Part) else ENDLESS


QUIETER = 2.0
"""What stands outside the block is at least so many points smaller than the directions."""


def is_quiet(manner: Manner, sizes: Sizes) -> bool:
    """Tell whether what is set in a manner is quiet beside a block of some sizes."""
    return manner.size + QUIETER <= sizes.directions


def without_grid(label: Label) -> Label:
    """Give a label without its table of the times of day."""
    return replace(label, grid=None) if label.grid else label
