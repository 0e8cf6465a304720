"""Own codes: the pharmacy's own sig codes on record, read once the pharmacist-in-charge approved them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.rx.errors import LabelappError
from labelapp.sig.codes.own import OwnCode
from labelapp.store import rows
from labelapp.store.vault import Change, Look

_KIND = "code"
_STEM = "code/"


class NoSuchOwnCode(LabelappError):
    """A code that is not on record was to be approved."""

    code = "codes.no-such"


class OwnBook:
    """The own codes of the pharmacy. A code that changed by one letter is not approved any more."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def listed(self) -> tuple[OwnCode, ...]:
        """List every own code, approved or waiting."""
        with self._ledger.vault.look() as connection:
            return tuple(_codes(connection).values())

    def waiting(self) -> tuple[OwnCode, ...]:
        """List the codes that are not read before the pharmacist-in-charge approved them."""
        with self._ledger.vault.look() as connection:
            good = _approved(connection)
            return tuple(each for each in _codes(connection).values() if _digest(each) not in good)

    def keep(self, book: tuple[OwnCode, ...]) -> None:
        """Keep the book as it is now: new codes wait, or are approved by one who may; none is lost.

        A code that was taken out stays in the records as gone.
        """
        wanted = {each.code: each for each in book}
        with self._ledger.change(Act.ENTER) as change:
            known = _codes(change.connection)
            for code, row in wanted.items():
                if known.get(code) != row:
                    rows.put(change, _STEM + code, _says(row))
                    if self._ledger.may(Act.APPROVE):
                        _approve(change, row)
            for code in known.keys() - wanted.keys():
                rows.put(change, _STEM + code, {**_says(known[code]), "gone": True})
            change.record("codes", codes=len(wanted))

    def approve(self, code: str) -> None:
        """Approve a code as it stands. Raises NoSuchOwnCode."""
        with self._ledger.change(Act.APPROVE) as change:
            row = _codes(change.connection).get(code)
            if row is None:
                raise NoSuchOwnCode(text=code[:40])
            _approve(change, row)


def _approve(change: Change, row: OwnCode) -> None:
    rows.approve(change, _KIND, {row.code: _digest(row)}, _says(row))


def _codes(connection: Look) -> dict[str, OwnCode]:
    kept = (each.says for each in rows.settings(connection, _STEM))
    return {str(says["code"]): _code(says) for says in kept if not says.get("gone")}


def _approved(connection: Look) -> frozenset[str]:
    made = rows.approvals(connection, _KIND)
    return frozenset(each.sha256 for each in made if each.state == rows.APPROVED)


def _says(row: OwnCode) -> dict[str, Any]:
    on = row.added_on.isoformat() if row.added_on else ""
    return {
        "code": row.code,
        "means": row.means,
        "added_by": row.added_by,
        "added_on": on,
        "alike": list(row.alike),
    }


def _code(says: Mapping[str, Any]) -> OwnCode:
    on = date.fromisoformat(says["added_on"]) if says["added_on"] else None
    return OwnCode(says["code"], says["means"], says["added_by"], on, tuple(says["alike"]))


def _digest(row: OwnCode) -> str:
    return sha256(json.dumps(_says(row), sort_keys=True, ensure_ascii=False).encode()).hexdigest()
