"""One page put together: the block at its size, everything else in its manner, or what lacks."""

from __future__ import annotations

import math
from dataclasses import dataclass

from labelapp.label.document import Label, Zone
from labelapp.layout.block import LEADING, Sizes, set_block
from labelapp.layout.outside import Outside, set_outside
from labelapp.layout.page import Box, Page, Rule
from labelapp.layout.setting import Manner, Part
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

THICK_MM = 0.4
"""Thickness of the rules above and below the block."""
LOOSEST = 1.45
"""Line pitch of the block when there is room to spare."""


@dataclass(frozen=True)
class Short:
    """How much is lacking: dots of the block, dots of the rest, or a word that is too wide."""

    block: int = 0
    outside: int = 0
    word: str = ""


class Sheet:
    """One stock under one head, with room for one label. What was measured once is kept."""

    def __init__(self, label: Label, stock: Stock, tape: Tape) -> None:
        self._label = label
        self._tape = tape
        self._width, self._height = stock.dots(tape.dpi)
        left, top, right, bottom = stock.printable(tape.dpi)
        self._printable = Box(left, top, right - left, bottom - top)
        self._thick = tape.mm(THICK_MM)
        self._blocks: dict[Sizes, Part | WordTooWide] = {}

    def page(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> Page | Short:
        """Lay out a label with the largest block of those that fit, or say what lacks."""
        try:
            outside = set_outside(label, manner, self._printable.width, self._tape)
        except WordTooWide as wide:
            return Short(word=wide.word)
        gap = outside.gap
        fixed = outside.header.height + outside.below + 2 * (self._thick + gap)
        left = min(self._printable.height - fixed, self._most)
        if left < self._least:
            return Short(outside=self._least - left)
        lacking = Short(block=1)
        for sizes in rungs:
            block = self._block(sizes)
            if isinstance(block, WordTooWide):
                lacking = Short(word=block.word)
                continue
            need = block.height + 2 * self._pad(sizes)
            if need <= left:
                return self._put_together(outside, block, sizes, left)
            lacking = Short(block=need - left)
        return lacking

    @property
    def _least(self) -> int:
        """Least height of the block, by the law's share of the whole label."""
        area = self._label.block.least_share * self._width * self._height
        return math.ceil(area / self._printable.width)

    @property
    def _most(self) -> int:
        area = self._label.block.most_share * self._width * self._height
        return math.floor(area / self._printable.width)

    def _pad(self, sizes: Sizes) -> int:
        return self._tape.dots(sizes.directions * 0.15)

    def _block(self, sizes: Sizes) -> Part | WordTooWide:
        known = self._blocks.get(sizes)
        if known is None:
            try:
                known = self._set(sizes, LEADING, 0)
            except WordTooWide as wide:
                known = wide
            self._blocks[sizes] = known
        return known

    def _set(self, sizes: Sizes, leading: float, gap: int) -> Part:
        elements = self._label.in_zone(Zone.BLOCK)
        return set_block(elements, sizes, self._printable.width, self._tape, leading, gap)

    def _put_together(self, outside: Outside, block: Part, sizes: Sizes, most: int) -> Page:
        area = self._printable
        block, height = self._loosened(block, sizes, most)
        top = area.y + outside.header.height + outside.gap + self._thick
        box = Box(area.x, top, area.width, height)
        below = box.bottom + self._thick + outside.gap
        spare = area.bottom - below - outside.below
        bottom = area.bottom if spare < self._tape.dots(40) else below + outside.below
        words, rules, bars = outside.place(area.x, below, area.right, bottom)
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

    def _loosened(self, block: Part, sizes: Sizes, most: int) -> tuple[Part, int]:
        """Let the block take the room there is: wider pitch first, then space between groups."""
        height = min(most, max(self._least, round(block.height * 1.5)))
        inner = height - 2 * self._pad(sizes)
        slack = inner - block.height
        if slack <= 0:
            return block, height
        leading = min(LOOSEST, LEADING * (1 + 0.4 * slack / max(1, block.height)))
        looser = self._set(sizes, leading, 0)
        spare = max(0, inner - looser.height)
        gap = min(spare // 4, self._tape.dots(sizes.directions * 0.8))
        final = self._set(sizes, leading, gap)
        return (final if final.height <= inner else block), height
