"""A paper that flows: passages, tables with tick boxes and marks, before anyone asks where they stand.

Large print, leaflet and calendar are such papers. What stands on each page is said once; what
flows is said in its order.
"""

from __future__ import annotations

import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from labelapp.label.document import Element, Mark
from labelapp.label.forbidden import kept_together
from labelapp.rx.amount import NBSP
from labelapp.rx.finding import Span

PAGE_NUMBER = "page_number"
"""Key of the words that number a page: `Page 1 of 4`."""


class Style(enum.StrEnum):
    """What a passage is to its reader; the layout knows how large each is set."""

    TITLE = "title"
    NAME = "name"
    """Whose it is and what it is."""
    HEADING = "heading"
    BODY = "body"
    STRONG = "strong"
    """Words of the body that must be seen."""
    ITEM = "item"
    """One of a list, with a bullet."""
    SMALL = "small"
    TICK = "tick"
    """With an empty box before it, to be ticked."""
    CHIP = "chip"
    """White on black; never in large print."""


@dataclass(frozen=True)
class Passage:
    """Words that flow: a paragraph, a heading, an item of a list.

    `key`, `why`, `field` and `spans` are as those of a label's element. `joined` stands on the
    same page as the one before; `ruled` has a rule above it; `loose` may be broken after the
    signs of an address, for it has no spaces. `lead` is how the text begins, "Days 1 to 7:", when
    that stands on a line of its own where the whole does not stand on one.
    """

    key: str
    text: str
    why: str
    style: Style = Style.BODY
    field: str = ""
    joined: bool = False
    ruled: bool = False
    loose: bool = False
    lead: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Cell:
    """One field of a table; a `heavy` one has a thick frame, a `bare` or empty one has none."""

    passages: tuple[Passage, ...] = ()
    heavy: bool = False
    bare: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of cells, all as high as the highest; a row is never broken over pages.

    `shares` are the widths of its columns.
    """

    rows: tuple[tuple[Cell, ...], ...]
    shares: tuple[int, ...]
    framed: bool = True


Block = Passage | Table


@dataclass(frozen=True)
class Handout:
    """Everything that stands on a paper that flows.

    `running` stands at the top of every page and `foot` at its bottom; `body` flows. `marks` stand
    on every page, the one that says the serial with that page's own; `{n}` and `{total}` in the
    passage PAGE_NUMBER are filled in. More than `most_pages` is refused.
    """

    serial: str
    running: tuple[Block, ...]
    body: tuple[Block, ...]
    foot: tuple[Passage, ...]
    marks: tuple[Mark, ...]
    most_pages: int

    @property
    def passages(self) -> tuple[Passage, ...]:
        """Every passage in its order: those on each page first, then what flows, then the foot."""
        return (*passages_of(self.running), *passages_of(self.body), *self.foot)


def passages_of(blocks: tuple[Block, ...]) -> Iterator[Passage]:
    """Give the passages of blocks, those of a table row by row."""
    for each in blocks:
        if isinstance(each, Passage):
            yield each
        else:
            yield from (said for row in each.rows for cell in row for said in cell.passages)


def in_rows(cells: Sequence[Cell], columns: int) -> tuple[tuple[Cell, ...], ...]:
    """Put cells in rows, the last one filled up with empty ones."""
    every = [*cells, *[Cell()] * (-len(cells) % columns)]
    return tuple(tuple(every[at : at + columns]) for at in range(0, len(every), columns))


def numbered(passage: Passage, number: int, total: int) -> Passage:
    """Give a passage as it stands on one page: its number filled in, if it has one."""
    if passage.key != PAGE_NUMBER:
        return passage
    text = passage.text.replace("{n}", str(number)).replace("{total}", str(total))
    return replace(passage, text=text)


def passage_of(element: Element, style: Style, text: str = "") -> Passage:
    """Give a label's element as a passage: the same words, or `text` in their place."""
    lead = f"{element.lead}{element.colon}" if element.lead else ""
    said = text or f"{lead} {element.text}".strip()
    why, spans = element.why, element.spans
    said = kept_together(said).replace(" °", f"{NBSP}°")  # a line never ends between the two
    return Passage(element.key, said, why, style, element.field, lead=lead, spans=spans)
