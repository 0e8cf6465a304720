"""Type that is set: runs of words with their place within a part, and lines that hold them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from labelapp.label.document import Element, Weight
from labelapp.layout.page import Box, Rule, Words
from labelapp.layout.tape import Tape

RISE = 0.77
"""Height of b, d, l over the baseline as a share of the type size; taller ink makes a taller line."""
SINK = 0.24
"""Depth of g, p, y under the baseline as a share of the type size."""


class Run(NamedTuple):
    """Words of one element in one weight and size, not yet on a line."""

    text: str
    element: Element
    weight: Weight
    size: float
    white: bool = False


class Placed(NamedTuple):
    """A run with its place: left edge and baseline, in dots from its part's top left corner."""

    run: Run
    x: int
    baseline: int


@dataclass
class Part:
    """A part of the label being set, from the top down; `height` grows with each line."""

    tape: Tape
    height: int = 0
    placed: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)

    def line(self, runs: Iterable[tuple[int, Run]], leading: float) -> int:
        """Set a line of runs, each at its x, under what is there; give its baseline.

        All stand on one baseline. The line is `leading` times its largest type high, or as high
        as its ink when accents are stacked.
        """
        runs = tuple(runs)
        above, below, pitch = self.reach((run for _x, run in runs), leading)
        spare = max(0, pitch - above - below)
        baseline = self.height + spare // 2 + above
        self.placed += [Placed(run, x, baseline) for x, run in runs]
        self.height += max(pitch, above + below)
        return baseline

    def reach(self, runs: Iterable[Run], leading: float) -> tuple[int, int, int]:
        """Give how far a line reaches above and below its baseline, and its pitch."""
        above = below = pitch = 0
        for run in runs:
            up, down = self.tape.ink(run.text, run.weight, run.size)
            above = max(above, up, self.tape.dots(run.size * RISE))
            below = max(below, down, self.tape.dots(run.size * SINK))
            pitch = max(pitch, self.tape.dots(run.size * leading))
        return above, below, pitch

    def words(self, x: int, y: int) -> tuple[Words, ...]:
        """Give everything set, with the part's top left corner at a place of the page."""
        return tuple(_words(each, x, y, self.tape) for each in self.placed)

    def ruled(self, x: int, y: int) -> tuple[Rule, ...]:
        """Give the rules of the part at a place of the page."""
        return tuple(
            Rule(
                Box(each.box.x + x, each.box.y + y, each.box.width, each.box.height),
                each.hollow_dots,
            )
            for each in self.rules
        )


def _words(placed: Placed, x: int, y: int, tape: Tape) -> Words:
    run = placed.run
    above, below = tape.ink(run.text, run.weight, run.size)
    baseline = placed.baseline + y
    box = Box(
        placed.x + x,
        baseline - above,
        tape.width(run.text, run.weight, run.size),
        above + below,
    )
    element = run.element
    return Words(
        run.text,
        element.key,
        element.why,
        run.weight,
        run.size,
        box,
        baseline,
        run.white,
        element.spans,
    )
