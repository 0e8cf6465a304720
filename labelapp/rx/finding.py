"""Findings: what a reader or a check noticed, as a value that somebody settles."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Self

from labelapp.rx.people import Role


class Severity(enum.StrEnum):
    """How much a finding holds up: STOP prints nothing, ASK waits for an answer, NOTE informs."""

    STOP = "STOP"
    ASK = "ASK"
    NOTE = "NOTE"


class Settler(enum.StrEnum):
    """Who may settle a finding (practice: who decides what)."""

    ANYONE = "anyone"
    """Clerical: a technician's answer is final."""
    CLINICAL = "clinical"
    """Clinical: a technician may propose and it may print; a pharmacist accepts at the check."""
    PHARMACIST = "pharmacist"
    """Only a pharmacist, with a reason."""
    NOBODY = "nobody"
    """No answer helps; the values themselves must change."""

    def accepts(self, role: Role) -> bool:
        """Tell whether a person in this role may answer."""
        if self is Settler.NOBODY or role is Role.ADMINISTRATOR:
            return False
        return self is not Settler.PHARMACIST or role.is_pharmacist


@dataclass(frozen=True)
class Span:
    """A piece of the text as written: characters `start` up to, not including, `end`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the characters this span covers."""
        return text[self.start : self.end]

    def joined(self, other: Self) -> Span:
        """Give the shortest span that covers both."""
        return Span(min(self.start, other.start), max(self.end, other.end))


@dataclass(frozen=True)
class Finding:
    """One thing noticed: a code, how serious, who settles it, where, and its values.

    `field` is the path of the field it speaks of (see `rx.draft.FIELDS`), `spans` point into that
    field's text, `values` fill the sentence, and `choices` are the readings a person may pick
    from. There is never a sentence here: `dispensing.plain` has those.
    """

    code: str
    severity: Severity
    settler: Settler
    field: str = ""
    values: tuple[tuple[str, str], ...] = ()
    spans: tuple[Span, ...] = ()
    choices: tuple[str, ...] = ()

    def value(self, name: str) -> str:
        """Give one value by its name; empty when the finding does not carry it."""
        return dict(self.values).get(name, "")


def stop(
    code: str, field: str = "", settler: Settler = Settler.PHARMACIST, **values: str
) -> Finding:
    """Make a STOP: a pharmacist overrides it with a reason, unless it says nobody can."""
    return Finding(code, Severity.STOP, settler, field, tuple(sorted(values.items())))


def ask(code: str, field: str = "", settler: Settler = Settler.CLINICAL, **values: str) -> Finding:
    """Make an ASK: an answer is needed before anything prints."""
    return Finding(code, Severity.ASK, settler, field, tuple(sorted(values.items())))


def note(code: str, field: str = "", **values: str) -> Finding:
    """Make a NOTE: something to know that holds nothing up."""
    return Finding(code, Severity.NOTE, Settler.ANYONE, field, tuple(sorted(values.items())))
