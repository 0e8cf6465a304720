"""The table of the times of day: rows of days, a column for each time, how many in each field."""

from __future__ import annotations

from typing import NamedTuple

from labelapp.label.document import GRID, Element, Grid, Weight, Zone
from labelapp.layout.page import Box, Rule
from labelapp.layout.setting import Manner, Part, Placed, Run
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

LINE_MM = 0.15
"""Thickness of its lines."""
HIGH = 1.6
"""Height of a row as a share of the type size."""
WIDEST_EM = 9.0
"""A column wider than so many times the type parts a number from its days."""


class _Shape(NamedTuple):
    """The table in dots: width of its first column and of the others, height of a row, its lines."""

    days: int
    time: int
    row: int
    line: int


def set_grid(grid: Grid, manner: Manner, width: int, tape: Tape) -> Part:
    """Set the table in a width, ruled, its numbers bold. Raises WordTooWide."""
    said = Element(GRID, "", Zone.FACTS, "", grid.why, 0)
    shape = _shape(grid, manner, width, tape)
    part = Part(tape)
    _row(part, shape, [_run(grid.counted, said, manner), *_heads(grid, said, manner)])
    for row in grid.rows:
        days = Run(row.days, said, Weight.BOLD, manner.size)
        counts = [Run(each, said, Weight.BOLD, manner.size + 1) for each in row.counts]
        _row(part, shape, [days, *counts])
    _line(part, shape, len(grid.times))
    return part


def _run(text: str, said: Element, manner: Manner) -> Run:
    return Run(text, said, Weight.REGULAR, manner.size)


def _heads(grid: Grid, said: Element, manner: Manner) -> list[Run]:
    return [_run(each, said, manner) for each in grid.times]


def _shape(grid: Grid, manner: Manner, width: int, tape: Tape) -> _Shape:
    """Share the width out: as much as the days ask for, the rest to the times in equal parts."""
    size, rest = manner.size, tape.dots(manner.size * 0.5)
    first = [tape.width(each.days, Weight.BOLD, size) for each in grid.rows]
    days = max([*first, tape.width(grid.counted, Weight.REGULAR, size)]) + 2 * rest
    counts = [(each, Weight.BOLD, size + 1) for row in grid.rows for each in row.counts]
    heads = [(each, Weight.REGULAR, size) for each in grid.times]
    wanted = max(tape.width(*each) for each in [*heads, *counts]) + rest
    line = tape.mm(LINE_MM)
    time = (width - days - line * (len(grid.times) + 2)) // len(grid.times)
    if time < wanted:
        raise WordTooWide(grid.times[0], GRID)
    return _Shape(days, min(time, tape.dots(size * WIDEST_EM)), tape.dots(size * HIGH), line)


def _row(part: Part, shape: _Shape, runs: list[Run]) -> None:
    """Set one row under a line, with a line before each of its fields and after the last."""
    _line(part, shape, len(runs) - 1)
    x, top, tape = 0, part.height, part.tape
    bottom = top + shape.row
    ups = [tape.stands(each.text, each.weight, each.size) for each in runs]
    up, down = max(each[0] for each in ups), max(each[1] for each in ups)
    baseline = top + (shape.row - up - down) // 2 + up
    for place, run in enumerate(runs):
        part.rules.append(Rule(Box(x, top, shape.line, shape.row)))
        x += shape.line
        wide = shape.time if place else shape.days
        inked = tape.width(run.text, run.weight, run.size) if run.text else 0
        inset = (wide - inked) // 2 if place else tape.dots(run.size * 0.5)
        if run.text:
            part.placed.append(Placed(run, x + inset, baseline))
        x += wide
    part.rules.append(Rule(Box(x, top, shape.line, shape.row)))
    part.height = bottom


def _line(part: Part, shape: _Shape, times: int) -> None:
    wide = shape.days + times * shape.time + (times + 2) * shape.line
    part.rules.append(Rule(Box(0, part.height, wide, shape.line)))
    part.height += shape.line
