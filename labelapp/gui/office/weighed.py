"""The list of a state as it is read: what waits for the signature stands first."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.dispensing.office.shown import ShownRow


@dataclass(frozen=True)
class Listed:
    """A state's rows: `read` as the office gave them, which is what is signed; `rows` as shown."""

    state: str
    read: tuple[ShownRow, ...]
    rows: tuple[ShownRow, ...]

    @property
    def waiting(self) -> int:
        """Count the rows nobody has approved as they stand."""
        return sum(not each.approved_by for each in self.read)

    def numbers(self) -> dict[str, str]:
        """Give the numbers a sentence about the list is made of."""
        waits = [each for each in self.read if not each.approved_by]
        return {
            "state": self.state,
            "all": str(len(self.read)),
            "many": str(len(waits)),
            "changed": str(sum(bool(each.changed_since) for each in waits)),
            "memory": str(sum(not each.is_verified for each in waits)),
        }


def listed(state: str, rows: tuple[ShownRow, ...]) -> Listed:
    """Order a list: changed since it was signed, withdrawn, never signed, signed."""
    return Listed(state, rows, tuple(sorted(rows, key=_weight)))


def _weight(row: ShownRow) -> int:
    if row.approved_by:
        return 3
    if row.changed_since:
        return 0
    return 1 if row.withdrawn else 2
