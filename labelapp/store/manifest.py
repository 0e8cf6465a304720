"""The page beside a backup: what the backup holds, sealed so that nobody can change either."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from labelapp.store import audit
from labelapp.store.disk import UNREADABLE
from labelapp.store.keys import Keys, Wrapped, read_wrapped
from labelapp.store.trouble import Damaged
from labelapp.store.vault import written

FORMAT = "labelapp-backup/1"
_MOST = 100_000


@dataclass(frozen=True)
class Backup:
    """A backup that was checked: where it is, of when, up to which audit row, how many rows."""

    file: Path
    at: datetime
    head: audit.Head
    rows: Mapping[str, int]
    program: str
    step: str
    wrapped: Wrapped

    @property
    def manifest(self) -> Path:
        """The sealed page beside it."""
        return self.file.with_suffix(".json")


def read_page(page: Path) -> Backup:
    """Read the page of a backup; its seal is held against the keys when it is checked.

    Raises Damaged.
    """
    try:
        said = json.loads(page.read_text("utf-8")[:_MOST])
        return Backup(
            page.with_suffix(".db"),
            datetime.fromisoformat(said["at"]).astimezone(UTC),
            audit.Head(int(said["seq"]), str(said["mac"])),
            {str(name): int(many) for name, many in said["rows"].items()},
            str(said["program"]),
            str(said["step"]),
            read_wrapped(json.dumps(said["keys"])),
        )
    except UNREADABLE:
        raise Damaged("store.backup-damaged", name=page.name) from None


def check_seal(backup: Backup, keys: Keys) -> None:
    """See that a page is as it was written, and that its file is the one it was written of.

    Raises Damaged.
    """
    try:
        said = json.loads(backup.manifest.read_text("utf-8")[:_MOST])
        is_same = said["sha256"] == _digest(backup.file)
        is_sealed = said.pop("seal") == keys.seal("backup", json.dumps(said, sort_keys=True))
    except UNREADABLE:
        raise Damaged("store.backup-damaged", name=backup.file.name) from None
    if not (is_same and is_sealed):
        raise Damaged("store.backup-damaged", name=backup.file.name)


def sealed(made: Backup, keys: Keys) -> str:
    """Write the page of a backup, with its seal."""
    said: dict[str, Any] = {
        "format": FORMAT,
        "at": written(made.at),
        "seq": made.head.seq,
        "mac": made.head.mac,
        "rows": dict(made.rows),
        "program": made.program,
        "step": made.step,
        "sha256": _digest(made.file),
        "keys": json.loads(made.wrapped.written()),
    }
    said["seal"] = keys.seal("backup", json.dumps(said, sort_keys=True))
    return json.dumps(said, indent=2) + "\n"


def _digest(file: Path) -> str:
    total = sha256()
    with file.open("rb") as source:
        while part := source.read(1 << 20):
            total.update(part)
    return total.hexdigest()
