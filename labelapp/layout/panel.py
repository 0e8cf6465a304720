"""The narrow design: the block a panel on the left over the full height, the rest in a column."""

from __future__ import annotations

import math

from labelapp.label.document import BlockRule, Label, Zone
from labelapp.layout.block import Sizes
from labelapp.layout.blocks import Best, Blocks, Short
from labelapp.layout.designs import LOOKS
from labelapp.layout.outside import Outside
from labelapp.layout.page import Box, Page, Rule
from labelapp.layout.setting import Manner
from labelapp.layout.sheet import THICK_MM, Beside, Laid, least_broken
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape

LEAST_PANEL = 0.4
"""Share of the printable width the panel has at least: less breaks every line of directions."""
LEAST_COLUMN_MM = 24.0
"""Width of the column beside it, where the law leaves as much: a date with its name."""
APART_MM = 1.0
"""White on each side of the rule between panel and column."""
TRIED = 4
"""So many widths are tried between the least and the most."""


class Panelled:
    """A sheet wide and low: the panel's width is what gives, between the law's share and the most."""

    def __init__(self, rule: BlockRule, stock: Stock, tape: Tape) -> None:
        self._tape = tape
        self._look = LOOKS[stock.design]
        self._width, self._height = stock.dots(tape.dpi)
        left, top, right, bottom = stock.printable(tape.dpi)
        self._printable = Box(left, top, right - left, bottom - top)
        self._thick, self._apart = tape.mm(THICK_MM), tape.mm(APART_MM)
        area = self._width * self._height
        least = math.ceil(rule.least_share * area / self._printable.height)
        most = math.floor(rule.most_share * area / self._printable.height)
        self._widths = self._between(least, most)
        self._blocks = {each: Blocks(each - self._apart, tape) for each in self._widths}
        self._columns = {each: Beside(self._left(each), self._look, tape) for each in self._widths}

    def _between(self, least: int, most: int) -> tuple[int, ...]:
        """Give the widths of the panel to try, the least first."""
        whole = self._printable.width - 2 * self._apart
        first = max(least, round(whole * LEAST_PANEL))
        last = max(first, min(most, whole - self._tape.mm(LEAST_COLUMN_MM)))
        step = (last - first) / (TRIED - 1)
        widths = (first + round(step * each) for each in range(TRIED))
        return tuple(dict.fromkeys(min(each, whole - 1) for each in widths))

    def _left(self, panel: int) -> int:
        """Give the width of the column beside a panel."""
        return max(1, self._printable.width - panel - self._thick - self._apart)

    def too_wide(self, label: Label) -> tuple[str, ...]:
        """Name the optional marks for which this stock is too narrow."""
        return self._columns[self._widths[0]].setter.too_wide(label)

    def lay(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> Laid | Short:
        """Lay a label out with the panel on which least is broken, then the largest type stands."""
        best: Laid | None = None
        lacking: Short | None = None
        for width in self._widths:
            laid = self._lay(label, manner, rungs, width)
            if isinstance(laid, Short):
                lacking = self._nearer(lacking, laid)
                if not laid.block:
                    break  # in a narrower column there is no more room
            elif best is None or _worth(laid) < _worth(best):
                best = laid
        if best is not None:
            return best
        assert lacking is not None, "there is always a width to try"
        return lacking

    def holds(self, label: Label, manner: Manner, rungs: tuple[Sizes, ...]) -> bool:
        """Tell whether `lay` would lay a label out, without looking for the best panel.

        The first panel wide enough for the block leaves the widest column beside it: what does not
        stand there stands beside none.
        """
        elements, height = label.in_zone(Zone.BLOCK), self._printable.height
        wide = (each for each in self._widths if self._blocks[each].hold(elements, rungs, height))
        first = next(wide, None)
        return first is not None and not isinstance(self._column(label, manner, first), Short)

    def _lay(
        self, label: Label, manner: Manner, rungs: tuple[Sizes, ...], width: int
    ) -> Laid | Short:
        height = self._printable.height
        elements = label.in_zone(Zone.BLOCK)
        best = self._blocks[width].best(elements, rungs, height, height)
        if not isinstance(best, Best):
            return best if best.block else best._replace(block=1)
        outside = self._column(label, manner, width)
        if isinstance(outside, Short):
            return outside
        return Laid(outside, best.part, best.sizes, elements, height, best.spared, width)

    def _column(self, label: Label, manner: Manner, width: int) -> Outside | Short:
        """Set the column beside a panel of a width, or say what lacks there."""
        outside = self._columns[width].set(label, manner)
        if isinstance(outside, Short):
            return outside
        over = outside.header.height + outside.gap + outside.below - self._printable.height
        return Short(outside=over) if over > 0 else outside

    @staticmethod
    def _nearer(one: Short | None, other: Short) -> Short:
        """Give what lacks less: a word that stands nowhere is worst, then room outside."""
        if one is None:
            return other
        return min(one, other, key=lambda each: (bool(each.word), each.outside, each.block))

    def least_broken(self, label: Label) -> int:
        """Count what is broken over lines in the widest panel even at the least size."""
        return min(least_broken(label, each, self._height) for each in self._blocks.values())

    def page(self, laid: Laid) -> Page:
        """Put a page together: the panel on the left, a rule, and the column beside it."""
        area, outside, width = self._printable, laid.outside, laid.width
        blocks = self._blocks[width]
        block = blocks.loosened(laid.block, laid.elements, laid.sizes, area.height)
        box = Box(area.x, area.y, width, area.height)
        left = box.right + self._thick + self._apart
        below = area.y + outside.header.height + outside.gap
        words, rules, bars = outside.place(left, below, area.right, area.bottom)
        return Page(
            width=self._width,
            height=self._height,
            printable=area,
            block=box,
            words=(
                *block.words(area.x, area.y + (area.height - block.height) // 2),
                *outside.header.words(left, area.y),
                *words,
            ),
            bars=bars,
            rules=(
                Rule(Box(box.right, area.y, self._thick, area.height)),
                *outside.header.ruled(left, area.y),
                *rules,
            ),
        )


ENOUGH = (16.0, 13.0)
"""Type of the drug and of the directions beyond which the column beside the panel has the room."""


def _worth(laid: Laid) -> tuple[int, float, float, int]:
    """Rank a page: what is broken, then how small the type is, then how wide the panel."""
    drug, directions = laid.sizes.drug, laid.sizes.directions
    broken = laid.block.broken - laid.spared
    return broken, -min(drug, ENOUGH[0]), -min(directions, ENOUGH[1]), laid.width
