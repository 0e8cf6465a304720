"""Holding finished pages against the label they were laid out from: nothing lost, nothing added."""

from __future__ import annotations

from collections.abc import Iterator, Set

from labelapp.label.document import (
    DIRECTIONS,
    GRID,
    HOW_TO_TAKE,
    TRANSLATION,
    VIAL,
    Element,
    Label,
    Weight,
    Zone,
)
from labelapp.label.serial import serial_of_label
from labelapp.layout.outside import CONTINUED
from labelapp.layout.page import Page, Pages, Words

ON_EACH = frozenset({"patient", "drug", "rx_number", "pharmacy", "sample", VIAL})
"""What every label of a set says: whose, which drug, of which container, and that it is a sample."""
COLONS = ":\N{FULLWIDTH COLON}"
"""What ends the days before a line, in any script."""


def lost(label: Label, pages: Pages) -> str:
    """Name what the pages do not hold whole, or hold though the label has none; empty when right.

    Every element that was not dropped stands there word for word, in full or in its short form;
    what was dropped was not required and stands nowhere; each page has its own marks. Only the
    pages' words are read here, in the order an eye reads them, not how they came to be there.
    """
    said = {each.key: _Said(each.key, label, pages) for each in label.elements}
    for key, each in said.items():
        if key in pages.dropped:
            if each.is_required or any(each.pages):
                return key
        elif not each.is_whole or (key in ON_EACH and not all(each.pages)):
            return key
    known = {*said, *_beside_elements(label, pages)}
    added = [words.key for page in pages.pages for words in page.words if words.key not in known]
    if added:
        return added[0]
    lost = (
        *_lost_pairs(label, pages),
        *_lost_notes(label, pages),
        *_lost_marks(label, pages),
        *_lost_grid(label, pages),
    )
    return lost[0] if lost else ""


def _beside_elements(label: Label, pages: Pages) -> Iterator[str]:
    """Name what pages may say that is no element: the number of a label of a set, and the table."""
    if len(pages.pages) > 1:
        yield CONTINUED
    if label.grid and GRID not in pages.dropped:
        yield GRID


def _lost_pairs(label: Label, pages: Pages) -> Iterator[str]:
    """Name the translation where one does not follow the English it stands for, on its page."""
    lines = tuple(each for each in label.elements if each.key in HOW_TO_TAKE)
    if not any(each.key == TRANSLATION for each in lines):
        return
    said = [_runs_of(page, HOW_TO_TAKE) for page in pages.pages]
    together = [word for page in said for each in page for word in _text(each).split()]
    begin_english = all(page[0].key == DIRECTIONS for page in said if page)
    if not begin_english or together != _spelled(lines, short=False):
        yield TRANSLATION


class _Said:
    """What the pages say of one element, or of all lines of the directions."""

    def __init__(self, key: str, label: Label, pages: Pages) -> None:
        self._elements = tuple(each for each in label.elements if each.key == key)
        self.pages = tuple(_words_of(page, key) for page in pages.pages)

    @property
    def is_required(self) -> bool:
        return any(each.required for each in self._elements)

    @property
    def is_whole(self) -> bool:
        """True when all pages together say it once, or each page that has it says it whole."""
        ways = [_spelled(self._elements, short=False), _spelled(self._elements, short=True)]
        together = [word for page in self.pages for word in page]
        each_whole = any(self.pages) and all(page in ways for page in self.pages if page)
        return together in ways or each_whole


def _spelled(elements: tuple[Element, ...], *, short: bool) -> list[str]:
    """Give the words of elements, with the quiet word or the days before each."""
    words: list[str] = []
    for each in elements:
        before = each.lead if each.zone is Zone.BLOCK else each.label
        words += f"{before} {(short and each.short) or each.text}".split()
    return words


def _words_of(page: Page, key: str) -> list[str]:
    """Read the words of an element off a page, line by line from the left."""
    return [word for each in _runs_of(page, {key}) for word in _text(each).split()]


def _runs_of(page: Page, keys: Set[str]) -> list[Words]:
    runs = (each for each in page.words if each.key in keys)
    return sorted(runs, key=lambda each: (each.baseline, each.box.x))


def _text(words: Words) -> str:
    """Give a run's text; days set before their line on the same line end in a colon there."""
    if words.key in HOW_TO_TAKE and words.weight is Weight.BOLD:
        return words.text.rstrip(COLONS)
    return words.text


def _lost_notes(label: Label, pages: Pages) -> Iterator[str]:
    """Name the note of a set that does not number its label."""
    total = len(pages.pages)
    if total == 1:
        return
    for number, page in enumerate(pages.pages, start=1):
        text = label.ends if number == total else label.continues
        text = text.replace("{n}", str(number)).replace("{total}", str(total))
        if _words_of(page, CONTINUED) != text.split():
            yield CONTINUED


def _lost_grid(label: Label, pages: Pages) -> Iterator[str]:
    """Name the table where a number does not stand under its time, in the row of its days."""
    if label.grid is None or GRID in pages.dropped:
        return
    wanted = [[label.grid.counted, *label.grid.times]]
    wanted += [[each.days, *each.counts] for each in label.grid.rows]
    if [_table(page) for page in pages.pages] != [wanted]:
        yield GRID


def _table(page: Page) -> list[list[str]]:
    """Read the table off a page, row by row: each number in the column whose head is nearest."""
    runs = _runs_of(page, {GRID})
    rows = [
        [each for each in runs if each.baseline == baseline]
        for baseline in dict.fromkeys(each.baseline for each in runs)
    ]
    heads = [_middle(each) for each in rows[0][1:]] if rows else []
    read = []
    for days, *counts in rows:
        fields = ["" for _head in heads]
        for each in counts:
            column = min(range(len(heads)), key=lambda at: abs(heads[at] - _middle(each)))
            fields[column] += each.text
        read.append([days.text, *fields])
    return read


def _middle(words: Words) -> float:
    return words.box.x + words.box.width / 2


def _lost_marks(label: Label, pages: Pages) -> Iterator[str]:
    """Name a mark that a page lacks, or that says another serial than the page's own."""
    for number, page in enumerate(pages.pages, start=1):
        serial = label.serial if number == 1 else serial_of_label(label.serial, number)
        there = {each.symbology.value: each.payload for each in page.bars}
        wanted = {
            each.symbology.value: serial
            for each in label.marks
            if each.required or each.symbology.value not in pages.dropped
        }
        yield from (key for key in {**there, **wanted} if there.get(key) != wanted.get(key))
