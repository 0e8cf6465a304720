"""The block: patient, drug and strength, directions, purpose, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from labelapp.label.document import HOW_TO_TAKE, TRANSLATION, Element, Weight
from labelapp.layout.setting import Part, Run
from labelapp.layout.tape import Tape

LEADING = 1.25
"""Line pitch as a share of the type size: USP <17> asks for 25 to 30 % of space."""

SNUG = 12.0
"""Type of this size or less is set where room is short: there no line is spent on looks."""
WORSE = 2
"""Directions that are no table count as so many broken names: they are the worse to read."""
BETWEEN_PAIRS = 0.3
"""Space after a line and its translation as a share of the type size: each pair is one thing."""


class Sizes(NamedTuple):
    """Type sizes of the block; when `paired`, patient and drug share a line."""

    name: float
    drug: float
    directions: float
    paired: bool = False


LADDER = (
    Sizes(28, 36, 26),
    Sizes(26, 32, 24),
    Sizes(24, 28, 22),
    Sizes(22, 26, 20),
    Sizes(20, 24, 19),
    Sizes(18, 22, 18),
    Sizes(16, 20, 16),
    Sizes(15, 18, 15),
    Sizes(14, 17, 14),
    Sizes(14, 16, 14),
    Sizes(13, 15, 13),
    Sizes(13, 14, 13),
    Sizes(13, 13, 13),
    Sizes(12, 16, 12),
    Sizes(12, 14, 12),
    Sizes(12, 13, 12),
    Sizes(12, 12, 12),
    Sizes(12, 12, 12, paired=True),
    Sizes(11, 15, 11),
    Sizes(11, 12, 11),
    Sizes(11, 11, 11),
    Sizes(10, 13, 10),
    Sizes(10, 11, 10),
    Sizes(10, 10, 10),
    Sizes(10, 10, 10, paired=True),
)
"""Sizes to try, the largest first. The drug is never smaller than what stands around it.

Drug and strength are the one line that is seen first: the name above it is as large as the
directions, no larger.
"""


def rungs(least_pt: float) -> tuple[Sizes, ...]:
    """Give the sizes at which nothing in the block is smaller than the law's least."""
    return tuple(each for each in LADDER if min(each[:3]) >= least_pt)


def least_height(elements: tuple[Element, ...], sizes: Sizes, tape: Tape) -> int:
    """Give a height no block of these elements at these sizes stays under: one line each."""
    size_of = {"patient": sizes.name, "drug": sizes.drug}
    lines = [size_of.get(each.key, sizes.directions) for each in elements]
    if sizes.paired and len(lines) > 1:
        lines = lines[1:]
    return tape.dots(sum(lines) * LEADING) - len(lines)


def least_broken_height(elements: tuple[Element, ...], sizes: Sizes, width: int, tape: Tape) -> int:
    """Give a height no block stays under in a width: as many lines as the words take at least."""
    size_of = {"patient": sizes.name, "drug": sizes.drug}
    count, points = 0, 0.0
    for each in elements:
        if sizes.paired and each.key == "patient":
            continue  # it may stand beside the drug
        size = size_of.get(each.key, sizes.directions)
        lines = max(1, tape.least_lines(each.text, width, (each.weight, size)))
        count, points = count + lines, points + lines * size
    return tape.dots(points * LEADING) - count


def set_block(
    elements: tuple[Element, ...],
    sizes: Sizes,
    width: int,
    leading: float,
    gap: int,
    tape: Tape,
) -> Part:
    """Set the block at given sizes in a width, at its natural height. Raises WordTooWide.

    `gap` dots stand between who and what, how to take it, and what it is for.
    """
    part = _Block(Part(tape), width, leading)
    people = [each for each in elements if each.key == "patient"]
    drugs = [each for each in elements if each.key == "drug"]
    lines = [each for each in elements if each.key in HOW_TO_TAKE]
    rest = [each for each in elements if each.key not in {"patient", "drug", *HOW_TO_TAKE}]
    if not (sizes.paired and part.pair(people + drugs, sizes)):
        for each in people:
            part.paragraph(each, sizes.name)
        for each in drugs:
            part.paragraph(each, sizes.drug)
    part.part.height += gap if lines else 0
    part.directions(lines, sizes.directions)
    if rest and lines and lines[-1].key == TRANSLATION:
        part.part.height += tape.dots(BETWEEN_PAIRS * sizes.directions)
    for each in rest:
        part.part.height += gap
        part.paragraph(each, sizes.directions)
    return part.part


@dataclass
class _Block:
    """The block being set: its part, its width and its line pitch."""

    part: Part
    width: int
    leading: float

    def row(self, *runs: tuple[int, Run]) -> None:
        self.part.row(runs, self.leading)

    def paragraph(self, element: Element, size: float) -> None:
        texts = self.wrapped(element, self.width, size)
        if element.key in HOW_TO_TAKE:
            self.part.parted += len(texts) - 1
        else:
            self.part.broken += len(texts) - 1
        for text in texts:
            self.row((0, Run(text, element, element.weight, size)))

    def wrapped(
        self, element: Element, width: int, size: float, first: int | None = None
    ) -> tuple[str, ...]:
        face = (element.weight, size)
        return self.part.tape.even(element.key, element.text, width, face, first)

    def pair(self, elements: list[Element], sizes: Sizes) -> bool:
        """Set patient and drug on one line, the drug to the right, if both stand there whole."""
        if len(elements) != 2:
            return False
        tape = self.part.tape
        name, drug = elements
        runs = [
            Run(name.text, name, name.weight, sizes.name),
            Run(drug.text, drug, drug.weight, sizes.drug),
        ]
        widths = [tape.width(run.text, run.weight, run.size) for run in runs]
        if sum(widths) + tape.dots(2 * sizes.drug) > self.width:
            return False
        self.row((0, runs[0]), (self.width - widths[1], runs[1]))
        return True

    def directions(self, elements: list[Element], size: float) -> None:
        """Set the directions: in two columns when each line is whole there, else hanging."""
        tape = self.part.tape
        leads = [tape.width(each.lead, Weight.BOLD, size) for each in elements if each.lead]
        column = max(leads, default=0) + tape.dots(0.9 * size)
        whole = all(
            tape.width(each.text, each.weight, size) <= self.width - column
            for each in elements
            if each.lead
        )
        above = not whole and self.leads_above(elements, size)
        self.part.parted += not whole
        self.part.broken += 0 if whole or above else WORSE
        for before, each in zip([None, *elements], elements, strict=False):
            if before is not None and before.key == TRANSLATION:
                self.part.height += tape.dots(BETWEEN_PAIRS * size)
            if not each.lead:
                self.paragraph(each, size)
            elif above:
                self.row((0, Run(each.lead, each, Weight.BOLD, size)))
                self.row((self.set_in(elements, size), Run(each.text, each, each.weight, size)))
            elif whole:
                text = Run(each.text, each, each.weight, size)
                self.row((0, Run(each.lead, each, Weight.BOLD, size)), (column, text))
            else:
                self.hanging(each, size)

    def leads_above(self, elements: list[Element], size: float) -> bool:
        """Tell whether each lead is better set over its text, which then stands whole.

        It is when that takes no more lines than with each text begun beside its lead, or one more
        in larger type.
        """
        tape, width = self.part.tape, self.width
        led = [each for each in elements if each.lead]
        for each in led:
            lead = tape.width(each.lead, Weight.BOLD, size)
            text = tape.width(each.text, each.weight, size)
            if max(lead, text) > width:
                return False
        beside = sum(len(self.hung(each, size)) for each in led)
        return bool(led) and 2 * len(led) <= beside + (size > SNUG)

    def set_in(self, elements: list[Element], size: float) -> int:
        """Give by how much the lines under their leads are set in: an em, or what is free."""
        tape = self.part.tape
        widest = max(tape.width(each.text, each.weight, size) for each in elements if each.lead)
        return min(tape.dots(size), self.width - widest)

    def hanging(self, element: Element, size: float) -> None:
        """Set a bold lead and its text as one paragraph, its later lines set in."""
        for runs in self.hung(element, size):
            self.row(*runs)

    def hung(self, element: Element, size: float) -> list[list[tuple[int, Run]]]:
        """Give the lines of a bold lead with its text begun beside it."""
        tape, width = self.part.tape, self.width
        indent = tape.dots(size)
        named = f"{element.lead}{element.colon}"
        *leads, last = tape.wrap(element.key, named, width, (Weight.BOLD, size))
        begins = tape.width(last, Weight.BOLD, size) + tape.width(" ", Weight.REGULAR, size)
        texts = list(self.wrapped(element, width - indent, size, first=max(0, width - begins)))
        rows = [[(0, Run(text, element, Weight.BOLD, size))] for text in (*leads, last)]
        alone = self.wrapped(element, width - indent, size)
        if len(alone) < len(texts):  # under its lead it takes no more lines than begun beside it
            texts = ["", *alone]
        if texts[0]:
            rows[-1].append((begins, Run(texts[0], element, element.weight, size)))
        rows += [[(indent, Run(text, element, element.weight, size))] for text in texts[1:]]
        return rows
