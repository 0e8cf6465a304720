"""Approving: the one list the pharmacist-in-charge signs for a state, and the tables of languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.shown import ShownRow
from labelapp.rx.errors import LabelappError
from labelapp.sig.language.approvals import Approvals, read_approvals
from labelapp.store import rows

ROWS, PHRASES = "rows", "phrases"


class ListChanged(LabelappError):
    """The list is not the one that was read: rows came, went or changed since."""

    code = "approve.changed"


class Approving:
    """What the pharmacist-in-charge answers for. `listed_for` gives the rows a state's labels rest on."""

    def __init__(self, ledger: Ledger, listed_for: Callable[[str], tuple[ShownRow, ...]]) -> None:
        self._ledger = ledger
        self._listed_for = listed_for

    def listed(self, state: str) -> tuple[ShownRow, ...]:
        """List the rows of a state, each with who approved exactly its content."""
        with self._ledger.look(Act.VIEW) as connection:
            made = {(e.row, e.sha256): e for e in rows.approvals(connection, ROWS)}
        return tuple(
            _with(each, made.get((each.id, each.sha256))) for each in self._listed_for(state)
        )

    def is_signed(self, state: str) -> bool:
        """Tell whether every row a state's labels rest on is approved as it stands."""
        with self._ledger.vault.look() as connection:
            made = rows.approvals(connection, ROWS)
        good = {(each.row, each.sha256) for each in made if each.state == rows.APPROVED}
        return all((each.id, each.sha256) in good for each in self._listed_for(state))

    def sign(self, state: str, seen: tuple[ShownRow, ...], why: str = "") -> int:
        """Sign the list of a state as it was seen; give how many rows were not approved before.

        Raises ListChanged when the rows are not those that were seen.
        """
        now = self._listed_for(state)
        if [(e.id, e.sha256) for e in now] != [(e.id, e.sha256) for e in seen]:
            raise ListChanged(state=state)
        waiting = {each.id: each.sha256 for each in self.listed(state) if not each.approved_by}
        with self._ledger.change(Act.APPROVE) as change:
            said = {"state": state, "why": why}
            rows.approve(change, ROWS, waiting, said)
        return len(waiting)

    def withdraw(self, row: ShownRow, why: str) -> None:
        """Withdraw the approval of one row: its labels are samples until the list is signed again."""
        with self._ledger.change(Act.APPROVE) as change:
            rows.withdraw(change, ROWS, row.id, row.sha256, why)

    def approve_phrases(self, approval: Mapping[str, str]) -> None:
        """Open a table of another language for paper: its digest, translator, reviewer, competence.

        Raises BadApprovals when something of that lacks or the translator verified their own work.
        """
        with self._ledger.change(Act.APPROVE) as change:
            said = {
                **approval,
                "approved_by": change.doer.name,
                "approved_on": self._ledger.today(),
            }
            read_approvals({"approval": [said]}, "approval", self._ledger.clock().date())
            rows.approve(change, PHRASES, {said["table"]: said["sha256"]}, said)

    def phrases(self) -> Approvals:
        """Give the approvals of tables of other languages that hold."""
        with self._ledger.vault.look() as connection:
            made = rows.approvals(connection, PHRASES)
        given = [_read(each) for each in made if each.state == rows.APPROVED]
        return read_approvals({"approval": given}, "records", self._ledger.clock().date())


def _read(made: rows.Approval) -> dict[str, Any]:
    import json  # noqa: PLC0415 - one call

    said: dict[str, Any] = json.loads(made.said)
    return said


def _with(row: ShownRow, made: rows.Approval | None) -> ShownRow:
    if made is None or made.state != rows.APPROVED:
        return row
    return ShownRow(
        row.kind, row.id, row.text, row.source, row.is_verified, row.sha256, made.person, made.at
    )
