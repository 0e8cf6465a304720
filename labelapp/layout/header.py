"""The header: the pharmacy on the left, its phone and the prescription number on the right."""

from __future__ import annotations

from labelapp.label.document import Element, Weight
from labelapp.layout.setting import Line, Manner, Part, Run, chip_width
from labelapp.layout.tape import Tape


def set_header(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> Part:
    """Set the header in a width. Raises WordTooWide.

    What is reversed (SAMPLE) stands between left and right where there is room, else on a line
    of its own.
    """
    part = Part(tape)
    right = [_right(each, manner) for each in elements if each.key in _RIGHT]
    column = max((_width(runs, manner, tape) for runs in right), default=0)
    room = width - column - tape.dots(manner.size * 1.5)
    left = [
        Run(text, each, each.weight, _size(each, manner))
        for each in elements
        if each.key not in _RIGHT and not each.reversed
        for text in tape.wrap(each.text, room, each.weight, _size(each, manner))
    ]
    lines = [
        _line(at, left, right, width, manner, tape) for at in range(max(len(left), len(right)))
    ]
    for each in elements:
        if each.reversed and not any(_between(line, each, width, manner, tape) for line in lines):
            lines.insert(0, _alone(each, width, manner, tape))
    for line in lines:
        part.line(line, manner)
    return part


_LIFTED = ("pharmacy", "rx_number")
_RIGHT = ("pharmacy_phone", "rx_number")


def _size(element: Element, manner: Manner) -> float:
    return manner.size + (manner.lift if element.key in _LIFTED and not manner.packed else 0)


def _right(element: Element, manner: Manner) -> list[Run]:
    size = _size(element, manner)
    named = [Run(element.label, element, Weight.REGULAR, size)] if element.label else []
    return [*named, Run(element.text, element, element.weight, size)]


def _width(runs: list[Run], manner: Manner, tape: Tape) -> int:
    widths = [tape.width(run.text, run.weight, run.size) for run in runs]
    return sum(widths) + (len(runs) - 1) * tape.dots(manner.size * 0.4)


def _line(
    at: int, left: list[Run], right: list[list[Run]], width: int, manner: Manner, tape: Tape
) -> Line:
    line = Line()
    if at < len(left):
        line.runs.append((0, left[at]))
    if at < len(right):
        x = width - _width(right[at], manner, tape)
        for run in right[at]:
            line.runs.append((x, run))
            x += tape.width(run.text, run.weight, run.size) + tape.dots(manner.size * 0.4)
    return line


def _between(line: Line, element: Element, width: int, manner: Manner, tape: Tape) -> bool:
    """Put a reversed element between the left and the right of a line, whole or in its short."""
    begins = max(
        (x + tape.width(run.text, run.weight, run.size) for x, run in line.runs if x == 0),
        default=0,
    )
    ends = min((x for x, _run in line.runs if x), default=width)
    rest = 2 * tape.dots(manner.size)
    for text in filter(None, (element.text, element.short)):
        run = Run(text, element, element.weight, manner.size, white=True)
        wide = chip_width(run, tape)
        if wide + rest <= ends - begins:
            line.chip(begins + (ends - begins - wide) // 2, run, tape)
            return True
    return False


def _alone(element: Element, width: int, manner: Manner, tape: Tape) -> Line:
    line = Line()
    run = Run(element.text, element, element.weight, manner.size, white=True)
    line.chip(max(0, (width - chip_width(run, tape)) // 2), run, tape)
    return line
