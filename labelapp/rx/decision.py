"""Decisions: a person's answer to a finding, void as soon as the finding's values change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.people import Role


@dataclass(frozen=True)
class Decision:
    """Who answered which finding, with what choice and reason, when, over which values."""

    code: str
    field: str
    values: tuple[tuple[str, str], ...]
    choice: str
    by: str
    role: Role
    at: datetime
    reason: str = ""

    def speaks_of(self, finding: Finding) -> bool:
        """Tell whether this decision was made about the same finding, whatever its values."""
        return self.code == finding.code and self.field == finding.field

    def answers(self, finding: Finding) -> bool:
        """Tell whether this decision settles the finding as it stands now.

        The values must be the ones that were answered, the role must be allowed to settle it, a
        choice must be one of those offered, and a STOP or a pharmacist's matter needs a reason.
        """
        if not (self.speaks_of(finding) and self.values == finding.values):
            return False
        if not finding.settler.accepts(self.role):
            return False
        if finding.choices and self.choice not in finding.choices:
            return False
        needs_reason = finding.severity is Severity.STOP or finding.settler is Settler.PHARMACIST
        return bool(self.reason.strip()) or not needs_reason


def open_questions(
    findings: Iterable[Finding], decisions: Iterable[Decision]
) -> tuple[Finding, ...]:
    """Give the STOPs and ASKs that no decision answers, in their order; empty means: may print."""
    made = tuple(decisions)
    return tuple(
        finding
        for finding in findings
        if finding.severity is not Severity.NOTE
        and not any(decision.answers(finding) for decision in made)
    )
