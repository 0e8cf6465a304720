"""Rows that are being filled: what may stand on them, measured once, and how far they are full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from labelapp.label.document import Element, Zone
from labelapp.layout.setting import Line, Manner, Run, chip_width
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import closed_up


class Said(NamedTuple):
    """An element as it may stand on a row: its runs with their widths, in full and then in short.

    `rim` is the black at both ends of each of its lines.
    """

    element: Element
    runs: tuple[tuple[Run, int], ...]
    rim: int


@dataclass
class Row:
    """A row being filled: how wide it is, where its last word ends, what stands on it.

    A warning never shares its row with a fact, nor with the foot: `zone` is what it is kept for.
    """

    width: int
    end: int = 0
    zone: Zone | None = None
    put: list[tuple[int, Run, int]] = field(default_factory=list)
    """Each run with its place and the least width of the black under it."""

    def add(self, x: int, run: Run, wide: int, black: int = 0) -> None:
        """Put a run on the row; the black under lines of one warning is equally wide."""
        self.put.append((x, run, min(black, self.width)))
        self.zone = run.element.zone
        self.end = x + wide

    def line(self, tape: Tape) -> Line:
        """Give what stands on the row, with the black under white words."""
        line = Line()
        for x, run, black in self.put:
            if run.white:
                line.chip(x, run, tape, black)
            else:
                line.runs.append((x, run))
        return line


def measured(elements: tuple[Element, ...], manner: Manner, tape: Tape) -> tuple[Said, ...]:
    """Measure elements once, on however many rows they are tried."""
    return tuple(_measured(each, manner, tape) for each in elements)


def least_rows(said: Iterable[Said], width: int, tape: Tape) -> int:
    """Give a number of rows of a width fewer than which never take everything.

    No row is shared by two zones. What is broken loses a space at the end of each row but its
    last; widths are whole dots, so one dot of each element is not counted.
    """
    zones: dict[Zone, int] = {}
    space = 0
    for each in said:
        runs = (run._replace(text=closed_up(run.text)) for run, _wide in each.runs)
        wide = min(inked(run, tape) for run in runs) + each.rim - 1
        zones[each.element.zone] = zones.get(each.element.zone, 0) + wide
        run = each.runs[0][0]
        space = max(space, tape.width(" ", run.weight, run.size))
    rows = (-(-(wide + space) // (width + space)) for wide in zones.values())
    return sum(max(1, each) for each in rows)


def inked(run: Run, tape: Tape) -> int:
    """Give the width of a run's letters."""
    return tape.width(run.text, run.weight, run.size)


def _measured(element: Element, manner: Manner, tape: Tape) -> Said:
    texts = dict.fromkeys((element.text, element.short or element.text))
    runs = [_run(element, text, manner) for text in texts]
    rim = chip_width(runs[0], tape) - inked(runs[0], tape) if element.reversed else 0
    return Said(element, tuple((run, inked(run, tape) + rim) for run in runs), rim)


def _run(element: Element, text: str, manner: Manner) -> Run:
    size = manner.size + (manner.lift if element.key == "bud" else 0)
    if element.reversed:
        size = max(size, manner.loud)
    said = f"{element.label} {text}" if element.label else text
    return Run(said, element, element.weight, size, white=element.reversed)
