"""Approvals: who opened a table of another language for paper, kept apart from the table's rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from labelapp.rx.errors import UnreadableFile
from labelapp.sig.language.tongues import Tongue

MOST_ENTRIES, LONGEST = 500, 200
_SHA256 = re.compile(r"[0-9a-f]{64}")


class BadApprovals(UnreadableFile):
    """A file of approvals of which an entry cannot be used."""

    code = "approvals.bad-entry"


@dataclass(frozen=True)
class Approval:
    """One approval: which content of which table, and who stands for it.

    `table` is the language; `sha256` the digest of the table's content, as `labelapp phrases`
    tells it. `verified_by` read the table against the English and is not who translated it;
    `competence` says why that person can judge the language: a pharmacist who does not read it
    names a reviewer who does. `approved_by` is the pharmacist.
    """

    table: str
    sha256: str
    translated_by: str
    verified_by: str
    competence: str
    approved_by: str
    approved_on: date


@dataclass(frozen=True)
class Approvals:
    """All approvals there are. A table that changed by one letter has none."""

    entries: tuple[Approval, ...] = ()

    def of(self, tongue: Tongue) -> Approval | None:
        """Give the approval of exactly this content."""
        wanted = (tongue.language, tongue.sha256)
        return next((each for each in self.entries if (each.table, each.sha256) == wanted), None)

    def open(self, tongue: Tongue) -> bool:
        """Tell whether a table may be printed from."""
        return self.of(tongue) is not None


def read_approvals(table: Mapping[str, Any], name: str, today: date) -> Approvals:
    """Read a file of approvals: a list `approval` of entries with the fields of `Approval`.

    Raises BadApprovals for a field that lacks, is empty or unknown, a translator who verified
    their own work, and a day that is none or has not come.
    """
    listed = table.get("approval", [])
    if set(table) - {"approval"} or not isinstance(listed, list) or len(listed) > MOST_ENTRIES:
        raise BadApprovals(name=name, entry="-", key="approval")
    return Approvals(
        tuple(_entry(each, place, name, today) for place, each in enumerate(listed, 1))
    )


def _entry(given: object, place: int, name: str, today: date) -> Approval:
    known = {each.name for each in fields(Approval)}
    row = given if isinstance(given, Mapping) else {}
    for key in sorted(known ^ set(row)):
        raise BadApprovals(name=name, entry=str(place), key=str(key)[:LONGEST])
    said = {key: _text(row[key]) for key in known}
    checks = {
        **{key: bool(text) for key, text in said.items()},
        "sha256": bool(_SHA256.fullmatch(said["sha256"])),
        "verified_by": bool(said["verified_by"])
        and said["verified_by"].casefold() != said["translated_by"].casefold(),
        "approved_on": (day := _day(said["approved_on"])) is not None and day <= today,
    }
    for key in sorted(key for key, good in checks.items() if not good):
        raise BadApprovals(name=name, entry=str(place), key=key)
    return Approval(**{**said, "approved_on": day})  # type: ignore[arg-type]


def _text(value: object) -> str:
    """Give a text as one line; empty when it is none, too long, or cannot be seen."""
    text = value.isoformat() if isinstance(value, date) else value
    if not isinstance(text, str) or len(text) > LONGEST or not text.isprintable():
        return ""
    return " ".join(text.split())


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
