"""What came of sending a label: a receipt, or not knowing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Receipt:
    """The queue took the label: where it went, the queue's own job name, how many pages."""

    printer: str
    job: str
    pages: int


@dataclass(frozen=True)
class Unknown:
    """Nobody can say whether the label printed; a person looks at the printer and decides."""

    printer: str
    code: str
