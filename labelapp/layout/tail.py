"""The tail: until when it is good, how it is kept, the warnings, and who made it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import Element, Zone
from labelapp.layout.setting import Line, Manner, Part, Run, chip_width
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

FRAME_MM = 10.0
"""Width of the empty box for a pharmacist's initials."""


class _Group(NamedTuple):
    """A line with where its last word ends, and whether another group ends with it."""

    line: Line
    end: int
    closes: bool


class _Flow:
    """Things set one after another, on one line while they stand there whole."""

    def __init__(self, manner: Manner, width: int, tape: Tape) -> None:
        self._manner = manner
        self._width = width
        self._tape = tape
        self._line = Line()
        self._x = 0
        self._apart = self._dots(1.2 if manner.packed else 1.6)
        self.lines: list[_Group] = []

    def add(self, element: Element) -> None:
        """Set one element after the last, on the next line if this one is full.

        Its shorter form is taken where that spares a line.
        """
        gap = self._apart if self._x else 0
        for text in filter(None, (_text(element), element.short)):
            run = self._run(text, element)
            if self._x + gap + self._wide(run) <= self._width:
                self._put(self._x + gap, run)
                return
        self.end()
        self._whole(element)

    def end(self, *, closes: bool = False) -> None:
        """End the line that is being set; one that `closes` a group has room after it."""
        if self._x:
            self.lines.append(_Group(self._line, self._x, closes))
            self._line, self._x = Line(), 0

    def frame(self, element: Element) -> None:
        """Set a word with an empty box to write in at the right, on the last line with room."""
        box = self._tape.mm(FRAME_MM)
        run = self._run(element.text, element)
        wide = self._tape.width(run.text, run.weight, run.size) + self._dots(0.4) + box
        room = [each for each in self.lines if each.end + self._apart + wide <= self._width]
        if not room:
            room = [_Group(Line(), wide, closes=False)]
            self.lines += room
        line = room[-1].line
        line.runs.append((self._width - wide, run))
        tall = 1.0 if self._manner.packed or room[-1] is not self.lines[-1] else 1.7
        line.frames.append((self._width - box, box, tall))

    def _whole(self, element: Element) -> None:
        """Set an element at the beginning of a line, on as many lines as it takes."""
        run = self._run(_text(element), element)
        room = self._width - self._wide(run) + self._tape.width(run.text, run.weight, run.size)
        if room <= 0:
            raise WordTooWide(element.text.split(" ")[0])
        for text in self._tape.wrap(run.text, room, run.weight, run.size):
            self.end()
            self._put(0, run._replace(text=text))
        if run.white and self._line.runs[0][1].text != run.text:
            self.end()  # nothing follows on the last line of a warning that is broken

    def _put(self, x: int, run: Run) -> None:
        if run.white:
            self._line.chip(x, run, self._tape)
        else:
            self._line.runs.append((x, run))
        self._x = x + self._wide(run)

    def _run(self, text: str, element: Element) -> Run:
        size = self._manner.size + (self._manner.lift if element.key == "bud" else 0)
        return Run(text, element, element.weight, size, white=element.reversed)

    def _wide(self, run: Run) -> int:
        if run.white:
            return chip_width(run, self._tape)
        return self._tape.width(run.text, run.weight, run.size)

    def _dots(self, ems: float) -> int:
        return self._tape.dots(self._manner.size * ems)


def set_tail(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> Part:
    """Set the tail in a width. Raises WordTooWide.

    Where there is room each warning has its own line and the groups stand apart; where there is
    little, one follows another. Shorter forms are taken where that spares a line.
    """
    whole = _set(elements, manner, width, tape)
    if any(each.short for each in elements):
        brief = tuple(replace(each, text=each.short or each.text) for each in elements)
        shorter = _set(brief, manner, width, tape)
        if shorter.height < whole.height:
            return shorter
    return whole


def _set(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> Part:
    flow = _Flow(manner, width, tape)
    before: Element | None = None
    for each in elements:
        if each.key == INITIALS:
            continue
        if before is not None and _breaks(before, each, manner):
            flow.end(closes=before.zone is not each.zone)
        flow.add(each)
        before = each
    flow.end()
    for each in elements:
        if each.key == INITIALS:
            flow.frame(each)
    part = Part(tape)
    for group in flow.lines:
        part.line(group.line, manner)
        part.height += tape.dots(manner.size * 0.35) if group.closes else 0
    return part


INITIALS = "rph_initials"


def _breaks(before: Element, each: Element, manner: Manner) -> bool:
    """Tell whether an element begins a line of its own."""
    if manner.packed:
        return False
    return before.zone is not each.zone or each.zone is Zone.WARNINGS


def _text(element: Element) -> str:
    return f"{element.label} {element.text}" if element.label else element.text
