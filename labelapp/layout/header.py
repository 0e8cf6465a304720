"""The header: the pharmacy on the left, its phone and the prescription number on the right."""

from __future__ import annotations

from labelapp.label.document import Element, Weight
from labelapp.layout.designs import Look
from labelapp.layout.page import Box, Rule
from labelapp.layout.setting import Line, Manner, Part, Placed, Run, chip_width, ground
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide


def set_header(
    elements: tuple[Element, ...], manner: Manner, width: int, look: Look, tape: Tape
) -> Part:
    """Set the header in a width; in a narrow look it has all under each other. Raises WordTooWide.

    What is reversed (SAMPLE) stands between left and right, over all their lines, where there is
    room, else on the line with most room, and only then on a line of its own.
    """
    plain = tuple(each for each in elements if not each.reversed)
    lines = (
        _stacked(plain, manner, width, tape) if look.narrow else _best(plain, manner, width, tape)
    )
    part = _lined(lines, manner, tape)
    for each in elements:
        if not each.reversed or _between(part, each, _free(lines, width, tape), manner):
            continue
        if _on_a_line(lines, each, manner, width, tape):
            part = _lined(lines, manner, tape)
        else:
            _under(part, each, width, manner)
    return part


def _lined(lines: list[Line], manner: Manner, tape: Tape) -> Part:
    part = Part(tape)
    for line in lines:
        part.line(line, manner)
    return part


def _best(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> list[Line]:
    """Set it beside each other, or under each other where a word would not stand else."""
    try:
        return _beside(elements, manner, width, tape)
    except WordTooWide:
        return _stacked(elements, manner, width, tape)


_LIFTED = ("pharmacy", "rx_number")
_RIGHT = ("pharmacy_phone", "rx_number")


def _beside(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> list[Line]:
    """Set the pharmacy on the left, its phone and the prescription number whole on the right."""
    right = [_right(each, manner) for each in elements if each.key in _RIGHT]
    column = max((_width(runs, manner, tape) for runs in right), default=0)
    room = width - column - tape.dots(manner.size * 1.5)
    others = tuple(each for each in elements if each.key not in _RIGHT)
    left = _wrapped(others, manner, room, tape)
    count = max(len(left), len(right))
    return [_line(at, left, right, width, manner, tape) for at in range(count)]


def _stacked(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> list[Line]:
    """Set the prescription number under the rest, the phone beside it where it has room."""
    right = [_right(each, manner) for each in elements if each.key == "rx_number"]
    phone = [_right(each, manner) for each in elements if each.key == "pharmacy_phone"]
    others = tuple(each for each in elements if each.key not in _RIGHT)
    lines = [Line([(0, run)]) for run in _wrapped(others, manner, width, tape)]
    for runs in (*right, *phone):
        if _width(runs, manner, tape) > width:
            raise WordTooWide(runs[-1].text, runs[-1].element.key)
    wide = sum(_width(runs, manner, tape) for runs in (*right, *phone))
    if right and phone and wide + tape.dots(manner.size) > width:
        return [*lines, Line([(0, phone[0][0])]), _line(0, [], right, width, manner, tape)]
    return [*lines, _line(0, [runs[0] for runs in phone], right, width, manner, tape)]


def _wrapped(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> list[Run]:
    runs = []
    for each in elements:
        face = (each.weight, _size(each, manner))
        texts = tape.wrap(each.key, each.text, width, face)
        runs += [Run(text, each, *face) for text in texts]
    return runs


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


def _free(lines: list[Line], width: int, tape: Tape) -> tuple[int, int]:
    """Give what is free between left and right on every line."""
    runs = [run for line in lines for run in line.runs]
    left = [x + tape.width(run.text, run.weight, run.size) for x, run in runs if x == 0]
    return max(left, default=0), min((x for x, _run in runs if x), default=width)


def _between(part: Part, element: Element, free: tuple[int, int], manner: Manner) -> bool:
    """Put a reversed element between left and right, over all lines: whole, or large in its short."""
    begins, ends = free
    rest = 2 * part.tape.dots(manner.size)
    sizes = [size for size in _LARGE if size > manner.size] + [manner.size]
    options = [(element.text, manner.size), *((element.short, size) for size in sizes)]
    for text, size in options:
        run = Run(text, element, element.weight, size, white=True)
        wide = chip_width(run, part.tape)
        _rise, _rim, tall = ground(run, part.tape)
        if text and wide + rest <= ends - begins and (tall <= part.height or size == manner.size):
            part.height = max(part.height, tall)
            x, y = begins + (ends - begins - wide) // 2, (part.height - tall) // 2
            inset = (wide - part.tape.width(text, run.weight, size)) // 2
            part.rules.append(Rule(Box(x, y, wide, tall)))
            up, down = part.tape.ink(text, run.weight, size)
            part.placed.append(Placed(run, x + inset, y + (tall - up - down) // 2 + up))
            return True
    return False


_LARGE = (12.0, 11.0, 10.0, 9.0, 8.0)
"""Sizes of a short reversed word, the largest first: a sample is seen to be one at a glance."""


def _on_a_line(lines: list[Line], element: Element, manner: Manner, width: int, tape: Tape) -> bool:
    """Put a reversed element, in its short, into the line that has most room, if one has enough."""
    ends = [_free([line], width, tape) for line in lines]
    place = max(range(len(lines)), key=lambda at: ends[at][1] - ends[at][0], default=None)
    if place is None or not element.short:
        return False
    begins, ends_at = ends[place]
    rest = tape.dots(manner.size)
    for size in (max(manner.loud, manner.size),) if manner.packed else _LARGE:
        run = Run(element.short, element, element.weight, size, white=True)
        wide = chip_width(run, tape)
        last = ends_at == width  # nothing stands at the right of it
        room = ends_at - begins - (rest if last else 2 * rest)
        if wide <= room:
            x = ends_at - wide if last else begins + (ends_at - begins - wide) // 2
            lines[place].chip(x, run, tape)
            return True
    return False


def _under(part: Part, element: Element, width: int, manner: Manner) -> None:
    """Put a reversed element on a line of its own: large where there is room. Raises WordTooWide."""
    line = Line()
    sizes = (manner.size,) if manner.packed else (*_LARGE, manner.size)
    texts = [each for each in (element.text, element.short) if each]
    runs = [
        Run(text, element, element.weight, size, white=True) for text in texts for size in sizes
    ]
    run = next((each for each in runs if chip_width(each, part.tape) <= width), None)
    if run is None:
        raise WordTooWide(texts[-1], element.key)
    line.chip(max(0, (width - chip_width(run, part.tape)) // 2), run, part.tape)
    part.line(line, manner)
