"""The tail: until when it is good, how it is kept, the warnings, and who made it."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.label.document import Element, Zone
from labelapp.layout.setting import Line, Manner, Part, Run, chip_width
from labelapp.layout.tape import Tape
from labelapp.layout.wrap import WordTooWide

FRAME_MM = 12.0
"""Width of the empty box for a pharmacist's initials."""


@dataclass
class _Flow:
    """Things set one after another, on one line while they stand there whole."""

    part: Part
    manner: Manner
    width: int
    line: Line
    x: int = 0

    def add(self, element: Element) -> None:
        """Set one element after the last, on the next line if this one is full.

        Its shorter form is taken where that spares a line.
        """
        gap = self._dots(1.6) if self.x else 0
        for text in filter(None, (_text(element), element.short)):
            run = self._run(text, element)
            if self.x + gap + self._wide(run) <= self.width:
                self._put(self.x + gap, run)
                return
        self.end()
        self._whole(element)

    def end(self) -> None:
        """End the line that is being set."""
        if self.x:
            self.part.line(self.line, self.manner)
            self.line, self.x = Line(), 0

    def _whole(self, element: Element) -> None:
        """Set an element at the beginning of a line, on as many lines as it takes."""
        run = self._run(_text(element), element)
        room = self.width - (self._wide(run) - self.part.tape.width(run.text, run.weight, run.size))
        if room <= 0:
            raise WordTooWide(element.text.split(" ")[0])
        for text in self.part.tape.wrap(run.text, room, run.weight, run.size):
            self.end()
            self._put(0, run._replace(text=text))

    def _put(self, x: int, run: Run) -> None:
        wide = self._wide(run)
        if run.element.key == INITIALS:
            x = self.width - wide
            frame = self.part.tape.mm(FRAME_MM)
            self.line.frames.append((self.width - frame, frame, 1.0 if self.manner.packed else 1.7))
        if run.white:
            self.line.chip(x, run, self.part.tape)
        else:
            self.line.runs.append((x, run))
        self.x = x + wide

    def _run(self, text: str, element: Element) -> Run:
        size = self.manner.size + (self.manner.lift if element.key == "bud" else 0)
        return Run(text, element, element.weight, size, white=element.reversed)

    def _wide(self, run: Run) -> int:
        if run.white:
            return chip_width(run, self.part.tape)
        wide = self.part.tape.width(run.text, run.weight, run.size)
        if run.element.key == INITIALS:
            return wide + self._dots(0.6) + self.part.tape.mm(FRAME_MM)
        return wide

    def _dots(self, ems: float) -> int:
        return self.part.tape.dots(self.manner.size * ems)


INITIALS = "rph_initials"


def set_tail(elements: tuple[Element, ...], manner: Manner, width: int, tape: Tape) -> Part:
    """Set the tail in a width. Raises WordTooWide.

    Where there is room each warning has its own line and the groups stand apart; where there is
    little, one follows another.
    """
    part = Part(tape)
    flow = _Flow(part, manner, width, Line())
    before: Element | None = None
    for each in elements:
        if before is not None and _breaks(before, each, manner):
            flow.end()
            if before.zone is not each.zone and not manner.packed:
                part.height += tape.dots(manner.size * 0.35)
        flow.add(each)
        before = each
    flow.end()
    return part


def _breaks(before: Element, each: Element, manner: Manner) -> bool:
    """Tell whether an element begins a line of its own."""
    if manner.packed:
        return False
    return before.zone is not each.zone or each.zone is Zone.WARNINGS


def _text(element: Element) -> str:
    return f"{element.label} {element.text}" if element.label else element.text
