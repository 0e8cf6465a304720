"""Decisions: a person's answer to a finding, void as soon as the finding's values change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.people import Role

ACCEPTED = frozenset({"", "accept", "accepted"})
"""What a choice may say where the finding offers none to pick from: it is accepted as it is."""


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

        The values must be the ones that were answered, somebody must have answered whose role
        may settle it, a choice must be one of those offered (where none is, it can only be
        accepted), and a STOP or a pharmacist's matter needs a reason.
        """
        if not (self.speaks_of(finding) and self.values == finding.values):
            return False
        if not self.by.strip() or not finding.settler.accepts(self.role):
            return False
        if self.choice not in (finding.choices or ACCEPTED):
            return False
        needs_reason = finding.severity is Severity.STOP or finding.settler is Settler.PHARMACIST
        return bool(self.reason.strip()) or not needs_reason


def settled_by(
    finding: Finding, decisions: Iterable[Decision], today: date | None = None
) -> Decision | None:
    """Give the decision that settles a finding; None when there is none, or none that counts.

    Two people who answered the same question differently leave it open: nobody's answer counts.
    A decision dated after `today` was not made yet and never counts.
    """
    made = [
        each
        for each in decisions
        if each.answers(finding) and (today is None or each.at.date() <= today)
    ]
    if finding.choices and len({each.choice for each in made}) > 1:
        return None
    return made[0] if made else None


def open_questions(
    findings: Iterable[Finding], decisions: Iterable[Decision], today: date | None = None
) -> tuple[Finding, ...]:
    """Give the STOPs and ASKs that no decision settles, in their order; empty means: may print."""
    made = tuple(decisions)
    return tuple(
        finding
        for finding in findings
        if finding.severity is not Severity.NOTE and settled_by(finding, made, today) is None
    )
