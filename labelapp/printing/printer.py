"""A printer and what is sent to it: the finished label, as bytes that nobody changes any more."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from labelapp.rx.receipt import Receipt, Unknown


class Kind(enum.StrEnum):
    """What a printer takes: the page itself, or its dots."""

    PDF = "pdf"
    BITMAP = "bitmap"


class State(enum.StrEnum):
    """What a queue does at this moment; the value is the code of its word on the screen."""

    IDLE = "queue.idle"
    PRINTING = "queue.printing"
    PAUSED = "queue.paused"
    """Somebody stopped it: it takes labels and holds them back."""
    REJECTING = "queue.rejecting"
    """It takes no labels."""
    ERROR = "queue.error"


@dataclass(frozen=True)
class Job:
    """One label to be printed once: all its pages, as PDF and as dots of the head.

    `title` is what the queue shows to everybody, so it carries the label's id and nothing of the
    patient. Each of `pages` holds `height` rows of `width` dots, 8 to a byte, first dot highest,
    1 is black, each row filled up to whole bytes. Sizes in mm are those of the stock. Each of
    `colours`, where there are any, is a page for a printer that has colours: red, green and blue
    of each dot, row by row.
    """

    title: str
    pdf: bytes
    pages: tuple[bytes, ...]
    width: int
    height: int
    dpi: int
    width_mm: Decimal
    height_mm: Decimal
    colours: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a bitmap that is not as large as it says: that is our own mistake, not data."""
        if not self.pages or any(len(page) != self.height * self.row_bytes for page in self.pages):
            raise ValueError("the dots of a label are not as many as its size says")
        of_a_page = 3 * self.width * self.height
        if self.colours and [len(page) for page in self.colours] != [of_a_page] * len(self.pages):
            raise ValueError("the colours of a label are not as many as its dots")

    @property
    def row_bytes(self) -> int:
        """How many bytes one row of dots takes."""
        return -(-self.width // 8)


@dataclass(frozen=True)
class Wants:
    """What a printer wants of a label: which kind, and the dots per inch it must be laid out for.

    `dpi` None: it takes whatever there is.
    """

    kind: Kind
    dpi: int | None = None


@dataclass(frozen=True)
class QueueState:
    """A queue and what it says of itself; `reasons` are the queue's own keywords (RFC 8011, 5.4.12).

    `ready` is whether a label sent now would come out now, as far as the queue knows. `in_colour`
    is whether it says that it prints colours; one that does not say so is sent none.
    """

    name: str
    state: State
    ready: bool
    reasons: tuple[str, ...] = ()
    in_colour: bool = False


class Printer(Protocol):
    """A way to paper. It sends a label once, as it is, and says what became of it."""

    @property
    def name(self) -> str:
        """What people call it."""

    def wants(self, width_mm: Decimal, height_mm: Decimal) -> Wants:
        """Say how a label of this size must be made for it. Raises PrinterFailed."""

    def send(self, job: Job) -> Receipt | Unknown:
        """Send the label. Raises PrinterFailed only when surely nothing of it was printed."""
