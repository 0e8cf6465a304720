"""The block: patient, drug and strength, directions, purpose, and nothing else."""

from __future__ import annotations

from typing import NamedTuple

from labelapp.label.document import Element, Weight
from labelapp.layout.setting import Part, Run
from labelapp.layout.tape import Tape

LEADING = 1.28
"""Line pitch as a share of the type size: USP <17> asks for 25 to 30 % of space."""


class Sizes(NamedTuple):
    """Type sizes of the block; when `paired`, patient and drug share a line."""

    name: float
    drug: float
    directions: float
    paired: bool = False


LADDER = (
    Sizes(20, 22, 18),
    Sizes(18, 20, 16),
    Sizes(16, 18, 15),
    Sizes(15, 17, 14),
    Sizes(14, 16, 14),
    Sizes(14, 15, 13),
    Sizes(13, 14, 13),
    Sizes(13, 14, 12),
    Sizes(12, 13, 12),
    Sizes(12, 12, 12),
    Sizes(12, 12, 12, paired=True),
    Sizes(11, 12, 11),
    Sizes(11, 11, 11),
    Sizes(10, 11, 10),
    Sizes(10, 10, 10),
    Sizes(10, 10, 10, paired=True),
)
"""Sizes to try, the largest first. The drug is never smaller than what stands around it."""


def rungs(least_pt: float, above: float = 0.0) -> tuple[Sizes, ...]:
    """Give the sizes at which nothing in the block is smaller than the law's least."""
    return tuple(each for each in LADDER if min(each[:3]) >= least_pt and each.directions >= above)


def set_block(elements: tuple[Element, ...], sizes: Sizes, width: int, tape: Tape) -> Part:
    """Set the block at given sizes in a width, at its natural height. Raises WordTooWide."""
    part = Part(tape)
    people = [each for each in elements if each.key == "patient"]
    drugs = [each for each in elements if each.key == "drug"]
    lines = [each for each in elements if each.key == "directions"]
    if not (sizes.paired and _pair(part, people + drugs, sizes, width)):
        for each in people:
            _paragraph(part, each, sizes.name, width)
        for each in drugs:
            _paragraph(part, each, sizes.drug, width)
    _directions(part, lines, sizes.directions, width)
    for each in elements:
        if each.key not in {"patient", "drug", "directions"}:
            _paragraph(part, each, sizes.directions, width)
    return part


def _paragraph(part: Part, element: Element, size: float, width: int) -> None:
    for text in part.tape.wrap(element.text, width, element.weight, size):
        part.line([(0, Run(text, element, element.weight, size))], LEADING)


def _pair(part: Part, elements: list[Element], sizes: Sizes, width: int) -> bool:
    """Set patient and drug on one line, the drug to the right, if both stand there whole."""
    if len(elements) != 2:
        return False
    tape = part.tape
    name, drug = elements
    runs = [
        Run(name.text, name, name.weight, sizes.name),
        Run(drug.text, drug, drug.weight, sizes.drug),
    ]
    widths = [tape.width(run.text, run.weight, run.size) for run in runs]
    if sum(widths) + tape.dots(2 * sizes.drug) > width:
        return False
    part.line([(0, runs[0]), (width - widths[1], runs[1])], LEADING)
    return True


def _directions(part: Part, elements: list[Element], size: float, width: int) -> None:
    """Set the directions: in two columns when each line is whole there, else hanging."""
    tape = part.tape
    leads = [tape.width(each.lead, Weight.BOLD, size) for each in elements if each.lead]
    column = max(leads, default=0) + tape.dots(0.9 * size)
    whole = all(
        tape.width(each.text, each.weight, size) <= width - (column if each.lead else 0)
        for each in elements
    )
    for each in elements:
        if not each.lead:
            _paragraph(part, each, size, width)
        elif whole:
            lead = Run(each.lead, each, Weight.BOLD, size)
            part.line([(0, lead), (column, Run(each.text, each, each.weight, size))], LEADING)
        else:
            _hanging(part, each, size, width)


def _hanging(part: Part, element: Element, size: float, width: int) -> None:
    """Set a bold lead and its text as one paragraph, its later lines set in."""
    tape = part.tape
    indent = tape.dots(size)
    lead = f"{element.lead}:"
    begins = tape.width(lead, Weight.BOLD, size) + tape.width(" ", Weight.REGULAR, size)
    texts = list(
        tape.wrap(element.text, width - indent, element.weight, size, first=width - begins)
        if begins < width
        else tape.wrap(element.text, width - indent, element.weight, size)
    )
    *leads, last = tape.wrap(lead, width, Weight.BOLD, size)
    for text in leads:
        part.line([(0, Run(text, element, Weight.BOLD, size))], LEADING)
    line = [(0, Run(last, element, Weight.BOLD, size))]
    if begins < width:
        first = texts.pop(0)
        if first:
            line.append((begins, Run(first, element, element.weight, size)))
    part.line(line, LEADING)
    for text in texts:
        part.line([(indent, Run(text, element, element.weight, size))], LEADING)
