"""The label as a document: its elements in their order, before anyone asks where they stand."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from labelapp.rx.finding import Span


class Zone(enum.StrEnum):
    """Where on the label an element belongs."""

    HEADER = "header"
    BLOCK = "block"
    """The part the law keeps for patient, drug and strength, directions and purpose alone."""
    FACTS = "facts"
    WARNINGS = "warnings"
    FOOT = "foot"


class Weight(enum.StrEnum):
    """The two cuts of the one typeface."""

    REGULAR = "regular"
    BOLD = "bold"


DIRECTIONS = "directions"
"""The key of each line of the directions in English."""
TRANSLATION = "translation"
"""The key of a line in the patient's language; it follows its English, which never lacks."""
HOW_TO_TAKE = frozenset({DIRECTIONS, TRANSLATION})
"""The keys of all lines that say how the medicine is taken."""

VIAL = "vial"
"""The key of what says which container of a set this is; it stands on each label of it."""

GRID = "grid"
"""The key of the table of the times of day, among what gave way and of its words."""

CONVENIENCE = 60
"""Elements with a `drop` of this or more are a mere convenience: they give way before type does."""


@dataclass(frozen=True)
class Element:
    """One thing that stands on the label.

    `key` names it (`patient`, `drug`, `directions`, `rx_number`, ...); `text` is its words;
    `label` is the quiet word before it in a column of facts ("Qty"), if any; `lead` is the bold
    beginning of a directions line ("Days 1 to 7"); `short` says the same in fewer of our own words
    for a label that is tight, never in place of anything prescribed. `field` is the draft field it comes from, for
    naming what is too long. `why` cites the row or law that asks for it. `least_pt` is the
    smallest size the law or house allows. An element that is not `required` may be dropped when
    the label is tight, highest `drop` first. `reversed` is white on black.
    """

    key: str
    text: str
    zone: Zone
    field: str
    why: str
    least_pt: float
    weight: Weight = Weight.REGULAR
    label: str = ""
    lead: str = ""
    colon: str = ":"
    """What parts a lead from text that follows on its line."""
    short: str = ""
    required: bool = True
    drop: int = 0
    reversed: bool = False
    spans: tuple[Span, ...] = ()


class Symbology(enum.StrEnum):
    """The marks a label carries; a QR code stands on papers a patient keeps, and says an address."""

    CODE128 = "code128"
    DATAMATRIX = "datamatrix"
    QR = "qr"


@dataclass(frozen=True)
class Mark:
    """A mark a scanner reads: which symbology, what it says, and why it is there.

    The payload is the label's serial: it holds no patient data, begins with a letter and has no
    GS1 identifier, for a compounded drug has no trade item number.
    """

    symbology: Symbology
    payload: str
    why: str
    required: bool = True


@dataclass(frozen=True)
class GridRow:
    """The days a row of the table is about, and how many are taken at each time; empty for none."""

    days: str
    counts: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A table of the times of day and how many are taken at each: a convenience beside the block.

    It never stands in the block and never in place of the directions. `counted` is what the
    numbers count, over the days; `times` are the four times over the columns.
    """

    counted: str
    times: tuple[str, ...]
    rows: tuple[GridRow, ...]
    why: str


@dataclass(frozen=True)
class BlockRule:
    """What the law asks of the block: least share of the label's area, least type size.

    `most_share` is how far it may grow before the rest of the label has too little room.
    """

    least_share: float
    least_pt: float
    why: str
    most_share: float = 0.7


@dataclass(frozen=True)
class Label:
    """Everything that stands on one label; `sample` says that it is not for a patient.

    `serial` is a letter, Rx number, fill, label and copy; it is known before anything is drawn.
    `continues` and `ends` are the words for labels of a set that one label cannot hold, with
    `{n}` and `{total}` in them.
    """

    serial: str
    elements: tuple[Element, ...]
    marks: tuple[Mark, ...]
    block: BlockRule
    sample: bool = True
    continues: str = ""
    ends: str = ""
    grid: Grid | None = None
    """Only where there is room after everything else."""

    def in_zone(self, zone: Zone) -> tuple[Element, ...]:
        """Give the elements of one zone, in their order."""
        return tuple(each for each in self.elements if each.zone is zone)
