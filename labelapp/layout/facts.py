"""The facts: quiet names and bold values in aligned columns."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import VIAL, Element, Weight
from labelapp.layout.designs import Look
from labelapp.layout.setting import Manner, Part, Run
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide


class _Column(NamedTuple):
    """A column of facts: where it begins, where its values begin, how wide they may be."""

    facts: tuple[Element, ...]
    name: int
    value: int


def set_facts(
    elements: tuple[Element, ...], manner: Manner, width: int, look: Look, tape: Tape
) -> Part:
    """Set facts in as many columns of a look as make them shortest. Raises WordTooWide.

    Facts run down a column, then to the next. When the columns are too wide for their values,
    the widest gives way and its values are wrapped. Shorter forms are taken where that spares a
    line; that of a container's days only where the label would not fit else.
    """
    brief = tuple(
        each if each.key == VIAL and not manner.crammed else _in_short(each) for each in elements
    )
    if brief == elements:
        return _shortest(elements, manner, width, tape, look)
    try:
        whole = _shortest(elements, manner, width, tape, look)
    except WordTooWide:
        return _shortest(brief, manner, width, tape, look)
    shorter = _shortest(brief, manner, width, tape, look)
    return shorter if shorter.height < whole.height else whole


def _in_short(element: Element) -> Element:
    return replace(element, text=element.short or element.text)


def _shortest(
    elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape, look: Look
) -> Part:
    """Set facts in the number of columns that makes them shortest, or as they come."""
    best: Part | None = None
    too_wide: WordTooWide | None = None
    for columns in range(min(look.columns, len(elements)), 0, -1):
        try:
            part = _grid(_columns(elements, columns, manner, tape), manner, width, tape)
        except WordTooWide as wide:
            too_wide = wide
            continue
        if best is None or (part.height, part.broken) < (best.height, best.broken):
            best = part
    flowing = _flowing(elements, manner, width, tape) if look.flows else best
    if flowing is not None and (best is None or flowing.height < best.height):
        return flowing
    if best is not None:
        return best
    if too_wide is not None:
        raise too_wide
    return Part(tape)


def _flowing(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> Part:
    """Set each fact on the first line with room for its name and value. Raises WordTooWide."""
    rows: list[list[tuple[int, Run]]] = []
    ends: list[int] = []
    gap = tape.dots(manner.size * 0.9)
    for each in elements:
        begins = tape.width(each.label, Weight.REGULAR, manner.size) + tape.dots(manner.size * 0.4)
        begins = begins if each.label else 0
        face = (each.weight, manner.size)
        texts = tape.wrap(each.key, each.text, width, face, max(0, width - begins))
        wide = begins + tape.width(texts[0], *face)
        free = (at for at, end in enumerate(ends) if end + gap + wide <= width)
        place = len(rows) if len(texts) > 1 else next(free, len(rows))
        x = ends[place] + gap if place < len(rows) else 0
        for at, text in enumerate(texts):
            if place + at == len(rows):
                rows.append([])
                ends.append(0)
            rows[place + at] += _pair(each, text, (x, begins), manner, named=not at)
            ends[place + at] = x + wide if len(texts) == 1 else width
    part = Part(tape)
    for row in rows:
        part.row(row, manner.leading)
    return part


def _pair(
    fact: Element, text: str, at: tuple[int, int], manner: Manner, *, named: bool
) -> list[tuple[int, Run]]:
    """Give a fact's value, or one line of it, with its name before it on the first."""
    x, begins = at
    value = [Run(text, fact, fact.weight, manner.size)] if text else []
    if not named or not fact.label:
        return [(x, each) for each in value]
    name = (x, Run(fact.label, fact, Weight.REGULAR, manner.size))
    return [name, *((x + begins, each) for each in value)]


def _columns(
    elements: tuple[Element, ...], count: int, manner: Manner, tape: Tape
) -> tuple[_Column, ...]:
    rows = -(-len(elements) // count)
    chunks = [elements[at : at + rows] for at in range(0, len(elements), rows)]
    return tuple(
        _Column(
            chunk,
            max(tape.width(each.label, Weight.REGULAR, manner.size) for each in chunk)
            + tape.dots(manner.size * 0.55),
            max(tape.width(each.text, each.weight, manner.size) for each in chunk),
        )
        for chunk in chunks
    )


def _grid(columns: tuple[_Column, ...], manner: Manner, width: int, tape: Tape) -> Part:
    gap = tape.dots(manner.size * 1.3)
    columns = _narrowed(columns, width - gap * (len(columns) - 1))
    begins = _begins(columns, gap, width)
    part = Part(tape)
    for row in range(max(len(column.facts) for column in columns)):
        _row(part, row, columns, begins, manner)
    return part


def _narrowed(columns: tuple[_Column, ...], width: int) -> tuple[_Column, ...]:
    """Let the column with the widest values give way until all stand beside each other."""
    over = sum(each.name + each.value for each in columns) - width
    if over <= 0:
        return columns
    widest = max(range(len(columns)), key=lambda at: columns[at].value)
    column = columns[widest]
    less = column._replace(value=max(0, column.value - over))
    return (*columns[:widest], less, *columns[widest + 1 :])


def _begins(columns: tuple[_Column, ...], gap: int, width: int) -> list[int]:
    """Give where each column begins: at even parts of the width if all stand there, else spread."""
    wide = [each.name + each.value for each in columns]
    even = width // len(columns)
    if all(each + gap <= even for each in wide[:-1]) and wide[-1] <= width - even * (len(wide) - 1):
        return [even * at for at in range(len(wide))]
    apart = gap + max(0, width - sum(wide) - gap * (len(wide) - 1)) // max(1, len(wide) - 1)
    begins, x = [], 0
    for each in wide:
        begins.append(x)
        x += each + apart
    return begins


def _row(
    part: Part, row: int, columns: tuple[_Column, ...], begins: list[int], manner: Manner
) -> None:
    """Set one row of facts; a value that wraps makes the row as many lines high."""
    lines: list[list[tuple[int, Run]]] = [[]]
    for column, x in zip(columns, begins, strict=True):
        if row >= len(column.facts):
            continue
        fact = column.facts[row]
        if fact.label:
            lines[0].append((x, Run(fact.label, fact, Weight.REGULAR, manner.size)))
        texts = part.tape.wrap(fact.key, fact.text, column.value, (fact.weight, manner.size))
        part.broken += len(texts) - 1
        for at, text in enumerate(texts):
            if at == len(lines):
                lines.append([])
            lines[at].append((x + column.name, Run(text, fact, fact.weight, manner.size)))
    for line in lines:
        part.row(line, manner.leading)
