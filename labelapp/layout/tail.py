"""The tail: until when it is good, how it is kept, the warnings, and who made it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import Element, Zone
from labelapp.layout.page import Box, Rule
from labelapp.layout.rows import Row, Said, inked, least_rows, measured
from labelapp.layout.setting import Manner, Part, Run
from labelapp.layout.tape import RISE, SINK, Tape
from labelapp.layout.wrap import WordTooWide

INITIALS = "rph_initials"
ROOMY_BOX = (15.0, 6.0)
"""Size in mm of the empty box for a pharmacist's initials: a hand writes in it with ease."""
LEAST_BOX = (12.0, 4.0)
"""The least a hand still writes in."""
WIDEST_BOX_MM = 20.0
"""A box takes what is free beside it, up to this width."""
THIN_MM = 0.15
"""Thickness of the rule over the warnings."""
MOST_LINES = 60
"""More lines than any label has room for."""


class Corner(NamedTuple):
    """What the mark takes of the tail at its lower right: width with its rest, and height."""

    width: int = 0
    height: int = 0


def set_tail(
    elements: tuple[Element, ...], manner: Manner, width: int, corner: Corner, tape: Tape
) -> Part:
    """Set the tail in a width, around the mark in its corner. Raises WordTooWide.

    Where there is room each warning has its own line and the groups stand apart; where there is
    little, each thing takes the first line with room for it. Shorter forms and a smaller box are
    taken where that spares a line.
    """
    brief = tuple(replace(each, text=each.short) if each.short else each for each in elements)
    texts = (elements, brief) if brief != elements else (elements,)
    ways = [measured(each, manner, tape) for each in texts]
    best: Part | None = None
    for box in (ROOMY_BOX, LEAST_BOX) if manner.packed else (ROOMY_BOX,):
        for said in ways:
            part = _Tail(said, manner, width, tape, corner, box).part(best)
            if part is not None and (best is None or part.height < best.height):
                best = part
    assert best is not None, "there is always a box to try"
    return best


class _Tail:
    """A tail being set with a box of one size, on as few lines as take it."""

    def __init__(
        self,
        said: tuple[Said, ...],
        manner: Manner,
        width: int,
        tape: Tape,
        corner: Corner,
        box: tuple[float, float],
    ) -> None:
        self._said = tuple(each for each in said if each.element.key != INITIALS)
        self._initials = next((each for each in said if each.element.key == INITIALS), None)
        self._manner = manner
        self._width = width
        self._tape = tape
        self._corner = corner
        least = tape.reach(manner.size, RISE) + tape.reach(manner.size, SINK)
        self._pitch = max(tape.dots(manner.size * manner.leading), least)
        self._apart = self._dots(1.2 if manner.packed else 1.6)
        self._wide, self._tall = tape.mm(box[0]), tape.mm(box[1])
        rim = max(1, self._dots(0.12))
        self._beside = -(-(self._tall + rim) // self._pitch)
        self._tall = max(self._tall, self._beside * self._pitch - rim)

    def part(self, best: Part | None) -> Part | None:
        """Give the tail on the fewest lines that take it; None when it comes no lower than the best."""
        if not self._said and self._initials is None:
            return Part(self._tape)
        too_wide: WordTooWide | None = None
        for count in range(self._least(), MOST_LINES):
            if best is not None and count * self._pitch >= best.height:
                return None
            try:
                rows = self._filled(count)
            except WordTooWide as wide:
                too_wide = wide
                continue
            if rows is not None:
                return self._set(rows)
        if too_wide is not None:
            raise too_wide
        last = self._said[-1].element
        raise WordTooWide(last.text, last.key)

    def _least(self) -> int:
        """Give a number of lines to begin with. Raises WordTooWide for what stands on none."""
        for each in self._said:
            self._wrapped(each.runs[0][0], self._width - each.rim)
        return max(1, least_rows(self._said, self._width, self._tape))

    def _filled(self, count: int) -> list[Row] | None:
        """Fill so many lines; None when they do not take everything."""
        rows = [Row(self._room(count - 1 - place)) for place in range(count)]
        at = 0
        before: Element | None = None
        for said in self._said:
            each = said.element
            if before is not None and self._breaks(before, each) and rows[at].end:
                at += 1
            found = self._put_whole(said, rows, at) or self._put_broken(said, rows)
            if found is None:
                return None
            at = 0 if self._manner.packed else found - 1
            before = each
        return rows

    def _room(self, under: int) -> int:
        """Give the width of a line with so many lines under it, beside the mark and the box."""
        boxed = self._initials is not None and under < self._beside
        marked = boxed or under * self._pitch < self._corner.height
        room = self._width - (self._corner.width if marked else 0)
        if boxed:
            room -= self._wide + self._dots(0.45)
        if boxed and not under:
            room -= self._name_wide() + self._dots(0.4)
        return room

    def _name_wide(self) -> int:
        return self._initials.runs[0][1] if self._initials else 0

    def _put_whole(self, said: Said, rows: list[Row], at: int) -> int | None:
        """Put an element whole on the first line with room from a line on; give the next line.

        Its shorter form is taken where that spares a line.
        """
        zone = said.element.zone
        for run, wide in said.runs:
            for place in self._places(zone, at, len(rows)):
                row = rows[place]
                x = row.end + self._apart if row.end else 0
                if x + wide <= row.width and (row.zone is None or row.zone is zone):
                    row.add(x, run, wide)
                    return place + 1
        if not self._manner.packed and at < len(rows) and rows[at].end:
            return self._put_whole(said, rows, at + 1)
        return None

    def _places(self, zone: Zone, at: int, count: int) -> range:
        """Give the lines an element may stand on, in their order: the foot seeks the last."""
        if not self._manner.packed:
            return range(at, min(at + 1, count))
        return range(count - 1, -1, -1) if zone is Zone.FOOT else range(count)

    def _put_broken(self, said: Said, rows: list[Row]) -> int | None:
        """Put an element on as many empty lines as it takes, under each other.

        What warns shares no line. It is broken evenly where the narrowest of its lines allows, so
        that its black is one shape beside the box and the mark too.
        """
        place = next((at for at, row in enumerate(rows) if not row.end), len(rows))
        texts = self._broken(said, rows[place:])
        if texts is None:
            return None
        under = rows[place : place + len(texts)]
        warns = said.element.zone is Zone.WARNINGS
        if warns:
            texts = self._evened(said, under, texts)
        lines = [said.runs[0][0]._replace(text=each) for each in texts]
        wide = [inked(each, self._tape) + said.rim for each in lines]
        for row, line, each in zip(under, lines, wide, strict=True):
            row.add(0, line, each, max(wide))
            if warns:
                row.end = row.width
        return place + len(texts)

    def _broken(self, said: Said, rows: list[Row]) -> tuple[str, ...] | None:
        """Break an element over lines, as much on each as it has room for; None for want of lines.

        What warns is not broken beside the box or the mark, where it would take more lines than it
        has to, unless the label is crammed.
        """
        warns, rest = said.element.zone is Zone.WARNINGS, said.runs[0][0]
        texts: list[str] = []
        for row in rows:
            if row.end:
                return None
            if row.width <= said.rim:
                raise WordTooWide(rest.text.split(" ")[0], said.element.key)
            if warns and row.width < self._width and not self._manner.crammed:
                return None
            first, *others = self._wrapped(rest, row.width - said.rim)
            texts.append(first)
            if not others:
                return tuple(texts)
            rest = rest._replace(text=" ".join(others))
        return None

    def _evened(self, said: Said, rows: list[Row], texts: tuple[str, ...]) -> tuple[str, ...]:
        """Break a warning evenly in the narrowest of its lines; give it as it is where that fails."""
        narrowest = min(row.width for row in rows) - said.rim
        try:
            even = self._even(said.runs[0][0], narrowest)
        except WordTooWide:
            return texts
        return even if len(even) == len(texts) else texts

    def _set(self, rows: list[Row]) -> Part:
        """Set the lines one under another, and the box at the right of the last."""
        part = Part(self._tape)
        wide = self._wide + self._free(rows)
        left = self._width - self._corner.width - wide
        if self._initials is not None:
            part.height = max(0, self._tall - len(rows) * self._pitch)
            name = left - self._dots(0.4) - self._name_wide()
            rows[-1].put.append((name, self._initials.runs[0][0], 0))
        for row, after in zip(rows, [*rows[1:], None], strict=True):
            least = part.height + self._pitch
            part.line(row.line(self._tape), self._manner)
            part.height = max(least, part.height)
            if after is not None and after.zone not in {row.zone, None}:
                self._close(part, row, after)
        if self._initials is not None:
            box = Box(left, part.height - self._tall, wide, self._tall)
            part.rules.append(Rule(box, max(1, self._tape.mm(0.15))))
        return part

    def _close(self, part: Part, row: Row, after: Row) -> None:
        """End a group of lines: with a thin rule where warnings begin, with space else."""
        if self._manner.packed:
            part.height += 0 if self._manner.crammed else self._dots(0.15)
            return
        part.height += self._dots(0.35)
        if after.zone is Zone.WARNINGS:
            thin = self._tape.mm(THIN_MM)
            part.rules.append(Rule(Box(0, part.height, row.width, thin)))
            part.height += thin + self._dots(0.35)

    def _free(self, rows: list[Row]) -> int:
        """Give by how much the box may be wider than asked."""
        free = min(row.width - row.end for row in rows[-self._beside :])
        return min(free, self._tape.mm(WIDEST_BOX_MM) - self._wide)

    def _breaks(self, before: Element, each: Element) -> bool:
        """Tell whether an element begins a line of its own."""
        if self._manner.packed:
            return False
        return before.zone is not each.zone or each.zone is Zone.WARNINGS

    def _wrapped(self, run: Run, width: int) -> tuple[str, ...]:
        return self._tape.wrap(run.element.key, run.text, width, (run.weight, run.size))

    def _even(self, run: Run, width: int) -> tuple[str, ...]:
        return self._tape.even(run.element.key, run.text, width, (run.weight, run.size))

    def _dots(self, ems: float) -> int:
        return self._tape.dots(self._manner.size * ems)
