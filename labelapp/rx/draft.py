"""A draft: a prescription as it came in, every field as written, nothing understood yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from labelapp.rx.decision import Decision
from labelapp.rx.directions import Step
from labelapp.rx.field import FIELDS, general
from labelapp.rx.finding import Finding


@dataclass(frozen=True)
class Instruction:
    """One dosage of a structured message: its own text, its structured step, and where it stood.

    `span` start and end say which part of the draft's `sig` text this instruction's text is.
    """

    sequence: int | None
    text: str
    step: Step | None
    path: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True)
class AsReceived:
    """The order as it was received: a message's own bytes, a fax or a scan; kept, never changed."""

    kind: str
    data: bytes = field(repr=False)


@dataclass(frozen=True)
class Draft:
    """What a file, a message or the form holds: `written` maps a field's path to its text.

    `unread` lists every element of the source that was not used, by its own path there, and
    `weighty` the part of them that could change drug, dose, directions, quantity, dates or
    patient. `source` names the format and its version. `instructions` are the structured dosages.
    `came` is the order as received; None for one that was typed here.
    """

    written: Mapping[str, str]
    source: str
    instructions: tuple[Instruction, ...] = ()
    unread: tuple[str, ...] = ()
    weighty: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    decisions: tuple[Decision, ...] = field(default=())
    came: AsReceived | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        """Freeze the fields, and refuse a path that no form, file or finding could name."""
        for path in self.written:
            if general(path) not in FIELDS:
                raise ValueError(f"no such field: {path}")
        object.__setattr__(self, "written", MappingProxyType(dict(self.written)))

    def get(self, path: str) -> str:
        """Give a field's text as written; empty when it was not."""
        return self.written.get(path, "")

    def count(self, stem: str) -> int:
        """Count the entries of a list field: `count("lots")` for lots.0, lots.1, ..."""
        places = {
            int(path[len(stem) + 1 :].partition(".")[0])
            for path in self.written
            if path.startswith(stem + ".")
        }
        return max(places, default=-1) + 1
