"""One page put together: the block at its size, everything else in its manner, or what lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from labelapp.label.document import BlockRule, Element, Label, Zone
from labelapp.layout.block import LEADING, Sizes, least_height, rungs, set_block
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
LOOSEST = 1.45
"""Line pitch of the block when there is room to spare."""
EMPTY = 0.5
"""A block that would fill less than this share of its room is set larger, on one line more."""
WORTH = 1.25
"""So many times larger the drug must come out to be worth a line more."""
AMPLE = 2.0
"""So many times its natural height the block may take before the rest of the room stays free."""


@dataclass(frozen=True)
class Short:
    """How much is lacking: dots of the block, dots of the rest, or a word that is too wide."""

    block: int = 0
    outside: int = 0
    word: str = ""
    key: str = ""
    """The element the word stands in."""


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


class Sheet:
    """One stock under one head, with room for one label. What was measured once is kept."""

    def __init__(self, rule: BlockRule, stock: Stock, tape: Tape) -> None:
        self._tape = tape
        self._width, self._height = stock.dots(tape.dpi)
        left, top, right, bottom = stock.printable(tape.dpi)
        self._printable = Box(left, top, right - left, bottom - top)
        self._thick = tape.mm(THICK_MM)
        area = self._width * self._height
        self._least = math.ceil(rule.least_share * area / self._printable.width)
        self._most = math.floor(rule.most_share * area / self._printable.width)
        self._setter = Setter(self._printable.width, tape)
        self._outsides: dict[tuple[object, ...], tuple[Outside | Short, Label]] = {}
        self._blocks: dict[tuple[object, ...], tuple[Part | WordTooWide, tuple[Element, ...]]] = {}

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which this stock is too narrow."""
        return self._setter.too_wide(label)

    def lay(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> Laid | Short:
        """Lay a label out in a manner with the best block of those that fit, or say what lacks.

        The best is the one with the fewest things broken over lines, then the largest; but where
        that would leave the block half empty, a name or drug may take one line more.
        """
        outside = self._outside(label, manner)
        if isinstance(outside, Short):
            return outside
        fixed = outside.header.height + outside.below + 2 * (self._thick + outside.gap)
        most = min(self._printable.height - fixed, self._most)
        if most < self._least:
            return Short(outside=self._least - most)
        elements = label.in_zone(Zone.BLOCK)
        best: Laid | None = None
        lacking = Short()
        for sizes in rungs:
            block = self._block(elements, sizes, most)
            if isinstance(block, Short):
                lacking = block
            elif best is None or block.broken < best.block.broken:
                best = Laid(outside, block, sizes, elements, most)
                if not block.broken:
                    break
        return self._larger(best, rungs) if best else lacking

    def _larger(self, laid: Laid, rungs: tuple[Sizes, ...]) -> Laid:
        """Give the block larger sizes with one line more, where it would be half empty else."""
        if laid.block.height >= EMPTY * self._least:
            return laid
        for sizes in rungs[: rungs.index(laid.sizes)]:
            block = self._block(laid.elements, sizes, laid.most)
            if (
                isinstance(block, Part)
                and sizes.drug >= WORTH * laid.sizes.drug
                and block.broken == laid.block.broken + 1
                and block.parted == laid.block.parted
            ):
                return replace(laid, block=block, sizes=sizes, spared=1)
        return laid

    def _outside(self, label: Label, manner: Manner) -> Outside | Short:
        """Set what stands outside the block, once for each label and manner that is tried."""
        same = (manner, *map(id, label.elements), *map(id, label.marks))
        if same not in self._outsides:
            # the label is kept with it, so that nothing else comes by one of its ids
            self._outsides[same] = self._set_outside(label, manner), label
        return self._outsides[same][0]

    def _set_outside(self, label: Label, manner: Manner) -> Outside | Short:
        try:
            return self._setter.set(label, manner)
        except WordTooWide as wide:
            return Short(word=wide.word, key=wide.key)

    def least_broken(self, label: Label) -> int:
        """Count what is broken over lines in the block even at the least size."""
        smallest = rungs(label.block.least_pt)[-1]._replace(paired=False)
        block = self._block(label.in_zone(Zone.BLOCK), smallest, self._height)
        return block.broken if isinstance(block, Part) else ENDLESS

    def page(self, laid: Laid) -> Page:
        """Put a page together as it was laid out: every part gets its place."""
        area, outside = self._printable, laid.outside
        block, height = self._loosened(laid)
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

    def _block(self, elements: tuple[Element, ...], sizes: Sizes, most: int) -> Part | Short:
        """Give the block at its natural height, or by how much it is too high."""
        inner = most - 2 * self._pad(sizes)
        least = least_height(elements, sizes, self._tape)
        if least > inner:
            return Short(block=least - inner)
        same = (sizes, *map(id, elements))
        if same not in self._blocks:
            # the elements are kept with it, so that no other element comes by one of their ids
            self._blocks[same] = self._tried(elements, sizes), elements
        known = self._blocks[same][0]
        if isinstance(known, WordTooWide):
            return Short(word=known.word, key=known.key)
        return known if known.height <= inner else Short(block=known.height - inner)

    def _tried(self, elements: tuple[Element, ...], sizes: Sizes) -> Part | WordTooWide:
        try:
            return self._set(elements, sizes, LEADING, 0)
        except WordTooWide as wide:
            return wide

    def _pad(self, sizes: Sizes) -> int:
        """Give the least white above and below the block's lines."""
        return self._tape.dots(sizes.directions * 0.06)

    def _set(self, elements: tuple[Element, ...], sizes: Sizes, leading: float, gap: int) -> Part:
        return set_block(elements, sizes, self._printable.width, self._tape, leading, gap)

    def _loosened(self, laid: Laid) -> tuple[Part, int]:
        """Let the block take the room there is: wider pitch first, then space between groups."""
        block, sizes, elements = laid.block, laid.sizes, laid.elements
        height = min(laid.most, max(self._least, round(block.height * AMPLE)))
        inner = height - 2 * self._pad(sizes)
        slack = inner - block.height
        if slack <= 0:
            return block, height
        leading = min(LOOSEST, LEADING * (1 + 0.4 * slack / max(1, block.height)))
        looser = self._set(elements, sizes, leading, 0)
        gap = min(max(0, inner - looser.height) // 4, self._tape.dots(sizes.directions * 0.8))
        final = self._set(elements, sizes, leading, gap)
        return (final if final.height <= inner else block), height
