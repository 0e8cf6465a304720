"""A label spread over two or three: each is numbered and says whose it is and what is in it."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import TRANSLATION, VIAL, Element, Label, Mark, Weight, Zone
from labelapp.label.serial import serial_of_label
from labelapp.layout.block import rungs
from labelapp.layout.outside import CONTINUED
from labelapp.layout.page import Page
from labelapp.layout.setting import Manner
from labelapp.layout.sheet import Laid, Sheet, is_quiet

MOST_LABELS = 3
ONCE = ("pharmacy_address", "pharmacy_phone")
"""Of the header, what need not stand on a second label."""
SOONEST = ("bud", "lot", "prescriber", "quantity", "date_filled")
"""What is asked for when someone calls about the vial: it stands on the first label."""


def continued(
    label: Label, sheet: Sheet, manners: tuple[Manner, ...], total: int
) -> tuple[tuple[Page, ...], tuple[str, ...]] | None:
    """Spread a label over so many, and name what was dropped; None when they do not hold it.

    Patient, drug, prescription number and pharmacy stand on each, each has a serial and a mark
    of its own. The first holds as much of the directions as will stand there whole, then the
    opioid warning, the beyond-use date, lot and prescriber before the rest. What may be dropped comes last.
    """
    return _Spread(label, sheet, manners).over(total)


class _Frame(NamedTuple):
    """What one label of a set has of its own: its number, the words that say it, its marks."""

    number: int
    note: Element
    serial: str
    marks: tuple[Mark, ...]


class _Spread:
    """A label being spread over a number of pages."""

    def __init__(self, label: Label, sheet: Sheet, manners: tuple[Manner, ...]) -> None:
        self._label = label
        self._sheet = sheet
        self._manners = manners
        self._sizes = rungs(label.block.least_pt)
        self._inside = tuple(each for each in label.in_zone(Zone.BLOCK) if not _repeats(each))
        outside = [
            each for each in label.elements if each.zone is not Zone.BLOCK and not _repeats(each)
        ]
        self._outside = tuple(sorted(outside, key=_later))

    def over(self, total: int) -> tuple[tuple[Page, ...], tuple[str, ...]] | None:
        """Spread over so many pages; None when something required is left."""
        held: list[tuple[_Frame, tuple[Element, ...]]] = []
        inside, outside = self._inside, self._outside
        for number in range(1, total + 1):
            frame = self._frame(number, total)
            mine = self._lines(frame, inside)
            page = self._beside(frame, mine, outside)
            if not page or not self._holds(frame, page):
                return None
            held.append((frame, page))
            inside = inside[len(mine) :]
            outside = tuple(each for each in outside if each not in page)
        if inside or any(each.required for each in outside):
            return None
        pages = [self._page(frame, elements) for frame, elements in held]
        return tuple(pages), tuple(each.key for each in outside)

    def _page(self, frame: _Frame, elements: tuple[Element, ...]) -> Page:
        """Put a page together in the roomiest manner in which it stands and is quiet."""
        label = self._numbered(frame, elements)
        for manner in self._manners:
            laid = self._sheet.lay(label, manner, self._sizes)
            last = manner == self._manners[-1]
            if isinstance(laid, Laid) and (manner.packed or is_quiet(manner, laid.sizes) or last):
                return self._sheet.page(laid)
        raise AssertionError("what the last manner held is not refused by it")

    def _lines(self, frame: _Frame, waiting: tuple[Element, ...]) -> tuple[Element, ...]:
        """Give as many lines of the block as stand on a page, in their order.

        A line and its translation stand on the same page.
        """
        for count in range(len(waiting), 0, -1):
            if waiting[count:] and waiting[count].key == TRANSLATION:
                continue
            if self._holds(frame, waiting[:count]):
                return waiting[:count]
        return ()

    def _beside(
        self, frame: _Frame, held: tuple[Element, ...], waiting: tuple[Element, ...]
    ) -> tuple[Element, ...]:
        """Give what a page holds with everything added to it that still finds room."""
        whole = (*held, *waiting)
        if self._holds(frame, whole):
            return whole
        for each in waiting:
            if self._holds(frame, (*held, each)):
                held = (*held, each)
        return held

    def _holds(self, frame: _Frame, elements: tuple[Element, ...]) -> bool:
        """Tell whether a page holds so much, set as small as may be."""
        return self._sheet.holds(self._numbered(frame, elements), self._manners[-1], self._sizes)

    def _frame(self, number: int, total: int) -> _Frame:
        """Give what the label of one number has beside its elements: its note, its own serial."""
        serial = serial_of_label(self._label.serial, number)
        text = self._label.ends if number == total else self._label.continues
        note = Element(
            key=CONTINUED,
            text=text.replace("{n}", str(number)).replace("{total}", str(total)),
            zone=Zone.FACTS,
            field="",
            why="House: a label that one label cannot hold",
            least_pt=self._manners[-1].size,
            weight=Weight.BOLD,
        )
        marks = tuple(replace(each, payload=serial) for each in self._label.marks)
        return _Frame(number, note, serial, marks)

    def _numbered(self, frame: _Frame, elements: tuple[Element, ...]) -> Label:
        """Give the label of one number: what each repeats, its own elements, its own serial."""
        kept = {id(each) for each in elements}
        held = tuple(
            each
            for each in self._label.elements
            if id(each) in kept or (_repeats(each) and (frame.number == 1 or each.key not in ONCE))
        )
        return replace(
            self._label, serial=frame.serial, elements=(frame.note, *held), marks=frame.marks
        )


def _repeats(element: Element) -> bool:
    return element.zone is Zone.HEADER or element.key in {"patient", "drug", VIAL}


def _later(element: Element) -> tuple[int, int]:
    """Order what waits: the opioid warning, what a caller asks for, the rest, what may be dropped."""
    if not element.required:
        return len(SOONEST) + 2, element.drop
    if element.reversed:
        return 0, 0
    soon = SOONEST.index(element.key) if element.key in SOONEST else len(SOONEST)
    return 1 + soon, 0
