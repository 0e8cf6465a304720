"""What a calendar ends with: what all its days add up to, vial by vial, and the directions of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from labelapp.label.counts import amount_words
from labelapp.label.document import HOW_TO_TAKE, Label
from labelapp.label.handout import Block, Cell, Passage, Style, Table, in_rows, passage_of
from labelapp.label.papers import PaperWords
from labelapp.label.vials import Container, Given
from labelapp.rx.amount import Unit

WHY = "House: the directions of the label, day by day"
BESIDE = 2
"""So many containers have their directions beside one another."""
MOST_BESIDE = 8
"""The most lines, heading and all, of one that stands beside another: far less than a page."""


def vial_name(container: Container, words: PaperWords, *, strength: bool) -> str:
    """Name one container of several, `Vial 2`, with its strength where they are not all of one."""
    about = {"vial": container.called, "n": str(container.number)}
    if not strength:
        return words.word("vial", **about)
    of_it = container.fill.prescription.compound.strength
    return words.word("vial_strength", strength=str(of_it), **about)


def strengths_differ(every: Sequence[Given]) -> bool:
    """Tell whether containers must be told apart by what is in them."""
    return len({each.container.fill.prescription.compound for each in every}) > 1


def sums(every: Sequence[Given], words: PaperWords) -> list[Passage]:
    """Say what the days add up to together and from each container, and what is left over in it."""
    unit = every[0].container.fill.prescription.compound.form.unit
    used = sum((each.used for each in every), Fraction(0))
    whole = words.word("this_fill", amount=amount_words(used, unit), days=_days(every, words))
    said = [Passage("calendar.sum", whole, WHY, Style.HEADING)]
    if len(every) > 1:
        return said + _of_each(every, unit, words)
    if every[0].left > 0:
        text = words.word("left", amount=amount_words(every[0].left, unit))
        said.append(Passage("calendar.left", text, WHY, Style.BODY, joined=True))
    return said


def _of_each(every: Sequence[Given], unit: Unit, words: PaperWords) -> list[Passage]:
    differ = strengths_differ(every)
    said = [_of_one(each, unit, words, differ=differ) for each in every]
    if any(each.left > 0 for each in every):
        asked = words.word("ask_first")
        said.append(Passage("calendar.left", asked, WHY, Style.BODY, joined=True))
    return said


def _of_one(one: Given, unit: Unit, words: PaperWords, *, differ: bool) -> Passage:
    values = {
        "vial": vial_name(one.container, words, strength=differ),
        "amount": amount_words(one.used, unit),
        "days": _days((one,), words),
    }
    if one.left > 0:
        text = words.word("vial_left", left=amount_words(one.left, unit), **values)
    else:
        text = words.word("vial_emptied", **values)
    return Passage("calendar.vial", text, WHY, Style.BODY, joined=True)


def _days(every: Sequence[Given], words: PaperWords) -> str:
    first, last = every[0].days[0].number, every[-1].days[-1].number
    frame = "days" if last > first else "one_day"
    return words.word(frame, first=str(first), last=str(last))


def directions(every: Sequence[Given], words: PaperWords) -> list[Block]:
    """Say the directions as they stand on the label, or on each under its container's name.

    Those of several stand beside one another where they are short: a row is never broken.
    """
    if len(every) == 1:
        return [*_lines(every[0].container.label, words.word("directions"))]
    differ = strengths_differ(every)
    said = []
    for each in every:
        name = vial_name(each.container, words, strength=differ)
        said.append(_lines(each.container.label, words.word("directions_of", vial=name)))
    if max(map(len, said)) > MOST_BESIDE:
        return [line for lines in said for line in lines]
    cells = [_cell(lines, place) for place, lines in enumerate(said, start=1)]
    return [Table((row,), (1,) * BESIDE, framed=False) for row in in_rows(cells, BESIDE)]


def _cell(lines: Sequence[Passage], place: int) -> Cell:
    """Put the directions of a container in a cell; words side by side are told apart by key."""
    return Cell(tuple(replace(each, key=f"{each.key}.{place}") for each in lines))


def _lines(label: Label, head: str) -> list[Passage]:
    lines = (each for each in label.elements if each.key in HOW_TO_TAKE)
    return [
        Passage("calendar.directions", head, WHY, Style.HEADING),
        *(replace(passage_of(each, Style.BODY), joined=True) for each in lines),
    ]
