"""What came of sending a label: a receipt, or not knowing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """The queue took the label: where it went, the queue's own job name, how many pages.

    `in_colour` is whether colours went with it: of a label that has some, a queue without any was
    sent black alone.
    """

    printer: str
    job: str
    pages: int
    in_colour: bool = False


@dataclass(frozen=True)
class Unknown:
    """Nobody can say whether the label printed; a person looks at the printer and decides."""

    printer: str
    code: str
