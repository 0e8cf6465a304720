"""The block at its best size: tried at each."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from labelapp.label.document import Element
from labelapp.layout.block import LEADING, Sizes, least_broken_height, least_height, set_block
from labelapp.layout.setting import Part
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

LOOSEST = 1.45
"""Line pitch of the block when there is room to spare."""
EMPTY = 0.5
"""A block that would fill less than this share of its room is set larger, on one line more."""
WORTH = 1.25
"""So many times larger the drug must come out to be worth a line more."""
KEPT_BLOCKS = 64
"""So many are kept: while other things are tried beside a block, it stays the same."""


class Short(NamedTuple):
    """How much is lacking: dots of the block, dots of the rest, or a word that is too wide."""

    block: int = 0
    outside: int = 0
    word: str = ""
    key: str = ""
    """The element the word stands in."""


class Best(NamedTuple):
    """A block that fits: set at its sizes; `spared` lines are broken so that it is larger."""

    part: Part
    sizes: Sizes
    spared: int = 0


class Blocks:
    """The blocks of one width."""

    def __init__(self, width: int, tape: Tape) -> None:
        self._width = width
        self._tape = tape
        self._best = lru_cache(KEPT_BLOCKS)(self._tried)

    def best(
        self, elements: tuple[Element, ...], rungs: tuple[Sizes, ...], most: int, least: int
    ) -> Best | Short:
        """Give the best block no higher than `most`, or say what lacks.

        The best is the one with the fewest things broken over lines, then the largest; but where
        that would leave the `least` half empty, a name or drug may take one line more.
        """
        return self._best(elements, rungs, most, least)

    def _tried(
        self, elements: tuple[Element, ...], rungs: tuple[Sizes, ...], most: int, least: int
    ) -> Best | Short:
        found: Best | None = None
        lacking = Short()
        for sizes in rungs:
            if sizes != rungs[-1] and self._never(elements, sizes, most):
                continue  # only what lacks at the least size is told
            block = self.at(elements, sizes, most)
            if isinstance(block, Short):
                lacking = block
            elif found is None or block.broken < found.part.broken:
                found = Best(block, sizes)
                if not block.broken:
                    break
        if found is None:
            return lacking
        if found.part.broken or found.part.height >= EMPTY * least:
            return found
        return self._larger(found, elements, rungs, most)

    def hold(self, elements: tuple[Element, ...], rungs: tuple[Sizes, ...], most: int) -> bool:
        """Tell whether a block stands in a height at any of some sizes."""
        try:
            return self._tape.once(least_room, elements, rungs, self._width) <= most
        except WordTooWide:
            return False

    def _larger(
        self, found: Best, elements: tuple[Element, ...], rungs: tuple[Sizes, ...], most: int
    ) -> Best:
        """Give the block larger sizes with one line more, where it would be half empty else."""
        for sizes in rungs[: rungs.index(found.sizes)]:
            block = self.at(elements, sizes, most)
            if (
                isinstance(block, Part)
                and sizes.drug >= WORTH * found.sizes.drug
                and block.broken == found.part.broken + 1
                and block.parted == found.part.parted
            ):
                return Best(block, sizes, spared=1)
        return found

    def at(self, elements: tuple[Element, ...], sizes: Sizes, most: int) -> Part | Short:
        """Give the block of some sizes at its natural height, or by how much it is too high."""
        inner = most - 2 * _pad(sizes, self._tape)
        least = least_height(elements, sizes, self._tape)
        if least > inner:
            return Short(block=least - inner)
        try:
            part = self._set(elements, sizes, LEADING, 0)
        except WordTooWide as wide:
            return Short(word=wide.word, key=wide.key)
        return part if part.height <= inner else Short(block=part.height - inner)

    def loosened(self, part: Part, elements: tuple[Element, ...], sizes: Sizes, room: int) -> Part:
        """Let the block take the room there is: wider pitch first, then space between groups."""
        inner = room - 2 * _pad(sizes, self._tape)
        slack = inner - part.height
        if slack <= 0:
            return part
        leading = min(LOOSEST, LEADING * (1 + 0.4 * slack / max(1, part.height)))
        looser = self._set(elements, sizes, leading, 0)
        gap = min(max(0, inner - looser.height) // 4, self._tape.dots(sizes.directions * 0.8))
        final = self._set(elements, sizes, leading, gap)
        return final if final.height <= inner else part

    def _never(self, elements: tuple[Element, ...], sizes: Sizes, most: int) -> bool:
        """Tell of some sizes, without setting the block, that it is higher than `most`."""
        least = least_broken_height(elements, sizes, self._width, self._tape)
        return least > most - 2 * _pad(sizes, self._tape)

    def _set(self, elements: tuple[Element, ...], sizes: Sizes, leading: float, gap: int) -> Part:
        return self._tape.once(set_block, elements, sizes, self._width, leading, gap)


def least_room(
    elements: tuple[Element, ...], rungs: tuple[Sizes, ...], width: int, tape: Tape
) -> int:
    """Give the least height in which a block stands at any of some sizes. Raises WordTooWide."""
    least: int | None = None
    too_wide = WordTooWide("")
    for sizes in reversed(rungs):
        white = 2 * _pad(sizes, tape)
        never = least_broken_height(elements, sizes, width, tape) + white
        if least is not None and never >= least:
            continue
        try:
            room = tape.once(set_block, elements, sizes, width, LEADING, 0).height + white
        except WordTooWide as wide:
            too_wide = wide
            continue
        least = room if least is None else min(least, room)
    if least is None:
        raise too_wide
    return least


def _pad(sizes: Sizes, tape: Tape) -> int:
    """Give the least white above and below the block's lines."""
    return tape.dots(sizes.directions * 0.06)
