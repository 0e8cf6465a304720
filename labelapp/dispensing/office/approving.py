"""Approving: the one list the pharmacist-in-charge signs for a state, and the tables of languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from labelapp.dispensing.languages import Languages
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.reasons import reasoned
from labelapp.dispensing.office.shown import ShownRow
from labelapp.dispensing.phrasebook import ShownPhrases, shown_table
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Doer
from labelapp.sig.language.approvals import Approvals, read_approvals
from labelapp.sig.language.tongues import Tongue
from labelapp.store import rows

ROWS, PHRASES = "rows", "phrases"


class ListChanged(LabelappError):
    """The list is not the one that was read: rows came, went or changed since."""

    code = "approve.changed"


@dataclass(frozen=True)
class Approvable:
    """What can be approved: the rows a state's labels rest on, and the tables of other languages.

    `listed_for` and `tongues` read them when they are asked for; `states` have rows of their law.
    """

    listed_for: Callable[[str], tuple[ShownRow, ...]]
    states: Callable[[], tuple[str, ...]] = tuple
    tongues: Callable[[], Mapping[str, Tongue]] = dict


class Approving:
    """What the pharmacist-in-charge answers for."""

    def __init__(self, ledger: Ledger, given: Approvable) -> None:
        self._ledger = ledger
        self._listed_for = given.listed_for
        self._given = given

    def states(self) -> tuple[str, ...]:
        """List the states whose law stands in the rows."""
        return self._given.states()

    def listed(self, state: str) -> tuple[ShownRow, ...]:
        """List the rows of a state, each with who approved exactly its content."""
        with self._ledger.look(Act.VIEW) as connection:
            made = rows.approvals(connection, ROWS)
        exact = {(each.row, each.sha256): each for each in made}
        last = {e.row: e.at for e in sorted(made, key=lambda e: e.at) if e.state == rows.APPROVED}
        return tuple(
            _with(each, exact.get((each.id, each.sha256)), last.get(each.id, ""))
            for each in self._listed_for(state)
        )

    def is_signed(self, state: str) -> bool:
        """Tell whether every row a state's labels rest on is approved as it stands."""
        with self._ledger.vault.look() as connection:
            made = rows.approvals(connection, ROWS)
        good = {(each.row, each.sha256) for each in made if each.state == rows.APPROVED}
        return all((each.id, each.sha256) in good for each in self._listed_for(state))

    def sign(
        self, state: str, seen: tuple[ShownRow, ...], why: str = "", by: Doer | None = None
    ) -> int:
        """Sign the list of a state as it was seen; give how many rows were not approved before.

        Whoever vouched `by` PIN signs, else whoever is signed in. Raises ListChanged when the rows
        are not those that were seen.
        """
        if by is None:
            self._ledger.ask(Act.APPROVE)
        now = self._listed_for(state)
        if [(e.id, e.sha256) for e in now] != [(e.id, e.sha256) for e in seen]:
            raise ListChanged(state=state)
        waiting = {each.id: each.sha256 for each in self.listed(state) if not each.approved_by}
        with self._ledger.change(Act.APPROVE, by) as change:
            said = {"state": state, "why": why}
            rows.approve(change, ROWS, waiting, said)
        return len(waiting)

    def withdraw(self, row: ShownRow, why: str) -> None:
        """Withdraw the approval of one row: its labels are samples until the list is signed again.

        Raises NoReason.
        """
        reasoned(why)
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

    def withdraw_phrases(self, table: ShownPhrases, why: str) -> None:
        """Withdraw the approval of a table of another language. Raises NoReason."""
        reasoned(why)
        with self._ledger.change(Act.APPROVE) as change:
            rows.withdraw(change, PHRASES, table.language, table.sha256, why)

    def tables(self) -> tuple[ShownPhrases, ...]:
        """List the tables of other languages as they stand, each with who opened it for paper."""
        known = Languages(self._given.tongues, self.phrases)
        return tuple(shown_table(known, each) for each in known.tags())

    def phrases(self) -> Approvals:
        """Give the approvals of tables of other languages that hold."""
        with self._ledger.vault.look() as connection:
            made = rows.approvals(connection, PHRASES)
        given = [_read(each) for each in made if each.state == rows.APPROVED]
        return read_approvals({"approval": given}, "records", self._ledger.clock().date())


def _read(made: rows.Approval) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(made.said)
    return said


def _with(row: ShownRow, made: rows.Approval | None, last: str) -> ShownRow:
    """Give a row with its approval, or with what became of an earlier one."""
    if made is None:
        return replace(row, changed_since=last)
    if made.state != rows.APPROVED:
        return replace(row, withdrawn=str(_read(made).get("why", "")))
    return replace(row, approved_by=made.person, approved_on=made.at)
