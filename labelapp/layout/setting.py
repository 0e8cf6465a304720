"""Type that is set: runs of words with their place within a part, and lines that hold them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from labelapp.label.document import Element, Weight
from labelapp.layout.page import Box, Rule, Words
from labelapp.layout.tape import Tape

AIR_MM = 0.2
"""White between a black ground and the letters above and below it: heat spreads ink on paper."""
LEAST_AIR_MM = 0.1
"""The least of it, on a label that is tight."""


class Manner(NamedTuple):
    """How what stands outside the block is set: size, line pitch, and whether it runs on.

    `lift` is by how many points the beyond-use date stands out, and where there is room the
    pharmacy and the prescription number too. `gap` is the space between parts as a share of the
    size. When `packed`, one thing follows another on a line; else each has its own. `loud` is the
    least size of white words on black. `crammed` is the last resort before a label is refused.
    """

    size: float
    leading: float
    packed: bool
    lift: float
    gap: float
    loud: float = 8
    crammed: bool = False


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
class Line:
    """A line before it is set: its runs and the black grounds under them."""

    runs: list[tuple[int, Run]] = field(default_factory=list)
    grounds: list[tuple[int, int, Run]] = field(default_factory=list)

    def chip(self, x: int, run: Run, tape: Tape, wide: int = 0) -> None:
        """Put white words on a black ground whose left edge is at x, at least so wide."""
        least = chip_width(run, tape)
        pad = (least - tape.width(run.text, run.weight, run.size)) // 2
        self.runs.append((x + pad, run))
        self.grounds.append((x, max(least, wide), run))


def chip_width(run: Run, tape: Tape) -> int:
    """Give the width of white words with their black ground."""
    return tape.width(run.text, run.weight, run.size) + 2 * tape.dots(run.size * 0.5)


def ground(run: Run, tape: Tape) -> tuple[int, int, int]:
    """Give the black ground of white words: its rise over the baseline, its rim, its height."""
    rise, sink = tape.stands(run.text, run.weight, run.size)
    rim = max(1, tape.dots(run.size * 0.1))
    return rise, rim, rise + sink + 2 * rim


@dataclass
class Part:
    """A part of the label being set, from the top down; `height` grows with each line."""

    tape: Tape
    height: int = 0
    placed: list[Placed] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    broken: int = 0
    """How many things that are better whole are broken over lines."""
    parted: int = 0
    """How often directions are broken that would stand on one line, or in a table."""
    black: bool = False
    """Whether its last line stands on black."""

    def line(self, line: Line, manner: Manner) -> None:
        """Set a line of the manner's pitch; one with grounds is as high as they are.

        Grounds under each other are one black, with white above and below them.
        """
        if self.height and bool(line.grounds) is not self.black:
            self.height += self.tape.mm(LEAST_AIR_MM if manner.packed else AIR_MM)
        self.black = bool(line.grounds)
        rims = [ground(run, self.tape)[1] for _x, _wide, run in line.grounds]
        leading = 0 if line.grounds else manner.leading
        baseline = self.row(line.runs, leading, max(rims, default=0))
        for x, wide, run in line.grounds:
            rise, pad, tall = ground(run, self.tape)
            self.rules.append(Rule(Box(x, baseline - rise - pad, wide, tall)))

    def row(self, runs: Sequence[tuple[int, Run]], leading: float, rim: int = 0) -> int:
        """Set runs, each at its x, on one baseline under what is there; give the baseline.

        The line is `leading` times its largest type high, or as high as its ink when accents
        are stacked. White runs have a `rim` of black around their ink.
        """
        above = below = 0
        largest = 0.0
        for _x, run in runs:
            up, down = self.tape.stands(run.text, run.weight, run.size)
            if run.white:
                up, down = up + rim, down + rim
            above, below, largest = max(above, up), max(below, down), max(largest, run.size)
        pitch = self.tape.dots(largest * leading)
        baseline = self.height + max(0, pitch - above - below) // 2 + above
        self.placed += [Placed(run, x, baseline) for x, run in runs]
        self.height += max(pitch, above + below)
        return baseline

    def words(self, x: int, y: int) -> tuple[Words, ...]:
        """Give everything set, with the part's top left corner at a place of the page."""
        return tuple([_words(each, x, y, self.tape) for each in self.placed])

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
    wide = tape.width(run.text, run.weight, run.size)
    element = run.element
    return Words(
        text=run.text,
        key=element.key,
        why=element.why,
        weight=run.weight,
        size_pt=run.size,
        box=Box(placed.x + x, baseline - above, wide, above + below),
        baseline=baseline,
        white=run.white,
        spans=element.spans,
    )
