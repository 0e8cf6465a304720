"""Keeping: backups, their age, restoring, and the audit as people read, verify and export it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.office.shown import ShownAudit, ShownBackup, ShownKeeping
from labelapp.dispensing.office.signing import NOBODY
from labelapp.dispensing.office.tabular import as_csv
from labelapp.printing.file import write_whole
from labelapp.rx.people import Doer
from labelapp.store import anchors, audit, backup, people, versions
from labelapp.store.manifest import Backup, read_page
from labelapp.store.vault import Change

PAGE = 200


class Keeping:
    """How the records are kept safe. `folder` is where backups go unless the settings say otherwise."""

    def __init__(self, ledger: Ledger, folder: Path, program: str) -> None:
        self._ledger = ledger
        self._folder = folder
        self._program = program

    def folder(self) -> Path:
        """Say where backups go."""
        with self._ledger.vault.look() as connection:
            wanted = settings_of(connection).backups
        return Path(wanted) if wanted else self._folder

    def state(self) -> ShownKeeping:
        """Say where the records are and how old the newest backup is; asked for by nobody."""
        folder = self.folder()
        found = backup.listed(folder)
        age = backup.age(folder, self._ledger.clock())
        newest = _shown(found[0]) if found else None
        return ShownKeeping(str(self._ledger.vault.address), folder, age, newest)

    def back_up(self, folder: Path | None = None) -> ShownBackup:
        """Make a backup now, check it, and take away those nobody needs. Raises Damaged, NoRoom.

        It goes into a `folder` that was named, else where backups go.
        """
        return self._make(self._ledger.ask(Act.BACKUP), folder)

    def hourly(self) -> ShownBackup:
        """Make the backup of the hour, whoever is signed in or not."""
        return self._make(NOBODY)

    def listed(self, folder: Path | None = None) -> tuple[ShownBackup, ...]:
        """List the backups that count, the newest first, of a folder that was named or the usual one."""
        self._ledger.ask(Act.BACKUP)
        return tuple(_shown(each) for each in backup.listed(folder or self.folder()))

    def drill(self, file: Path) -> ShownBackup:
        """Open a backup and check all of it, as a restore would. Raises Damaged."""
        self._ledger.ask(Act.BACKUP)
        found = read_page(file.with_suffix(".json"))
        backup.check(found, self._ledger.vault.keys)
        return _shown(found)

    def verify_audit(self) -> audit.Verdict:
        """Check every row of the audit and every version; what was found is itself written down.

        Raises Damaged for a version that is not as it was written.
        """
        with self._ledger.change(Act.AUDIT) as change:
            verdict = audit.verify_whole(change.connection, change.keys)
            versions.verify(change.connection, change.keys)
            change.record("audit.verify", fault=verdict.fault, rows=verdict.rows)
            if verdict.is_whole:
                audit.anchor(change.connection, change.keys, change.at, "verified")
        return verdict

    def audit_page(
        self, before: int = 0, *, act: str = "", person: str = "", day: str = "", subject: str = ""
    ) -> tuple[ShownAudit, ...]:
        """Give a page of the audit, the newest row first, narrowed as asked.

        `person` is an id, `day` a day at this counter, ISO 8601. Reading the audit is itself in the audit, once for a first page.
        """
        said = {"act": act, "person": person, "day": day, "subject": subject}
        wanted = {"act": act, "person": person, "subject": subject, **_hours(day)}
        with self._ledger.change(Act.AUDIT) as change:
            if not before:
                change.record("audit.view", wanted={k: v for k, v in said.items() if v})
            else:
                change.record("audit.more", before=before)
            rows = audit.page(change.connection, before, wanted, PAGE)
            names = _names(change)
        return tuple(_row(each, names) for each in rows)

    def export_audit(self, path: Path) -> int:
        """Write the whole audit to a CSV file, oldest first, for whoever has to examine it.

        Raises CannotWrite; give how many rows were written.
        """
        with self._ledger.change(Act.EXPORT) as change:
            names = _names(change)
            told = [
                (*vars(_row(entry, names)).values(), mac)
                for entry, mac in audit.rows(change.connection)
            ]
            last = audit.head(change.connection)
            change.record("export", "audit", "", rows=len(told), seq=last.seq, mac=last.mac)
            write_whole(as_csv((*ShownAudit.__dataclass_fields__, "mac"), told), path)
        return len(told)

    def day_end(self) -> tuple[str, int, str]:
        """Give the day, the number and the seal of the last audit row, for the day-end report.

        What is printed and put into a drawer shows later that rows were cut off.
        """
        with self._ledger.change(Act.BACKUP) as change:
            change.record("day-end")
            last = audit.anchor(change.connection, change.keys, change.at, "day-end")
        return self._ledger.today(), last.seq, last.mac

    def close(self) -> None:
        """Anchor the audit beside the records and close them."""
        if self._ledger.vault.may_write:
            anchors.keep(self._ledger.vault)
        self._ledger.vault.close()

    def _make(self, doer: Doer, named: Path | None = None) -> ShownBackup:
        vault, folder = self._ledger.vault, named or self.folder()
        today = self._ledger.today()
        whole = not any(each.at.date().isoformat() == today for each in backup.listed(folder))
        made = backup.make(vault, folder, self._program, whole=whole)
        with vault.change(doer) as change:
            audit.anchor(change.connection, change.keys, change.at, "backup")
            said = {"file": made.file.name, "seq": made.head.seq, "mac": made.head.mac}
            change.record("backup", "", "", **said)
        if named is None:  # what stands in a folder a person named is theirs
            backup.rotate(folder)
        anchors.keep(vault)
        return _shown(made)


def _names(change: Change) -> dict[str, str]:
    return {str(e.doer.id): e.doer.name for e in people.accounts(change.connection)}


def _row(entry: tuple[int, audit.Entry], names: dict[str, str]) -> ShownAudit:
    seq, said = entry
    who = names.get(said.person, "labelapp" if said.person == "0" else said.person)
    detail = json.loads(said.detail)
    text = "; ".join(f"{key}: {_brief(value)}" for key, value in detail.items())
    return ShownAudit(
        seq, said.at, who, said.role, said.station, said.act, said.kind, said.subject, text
    )


def _hours(day: str) -> dict[str, str]:
    """Give the hours of a day at this counter as the records write time; a row stands there in UTC."""
    if not day:
        return {}
    first = date.fromisoformat(day)
    ends = (datetime(e.year, e.month, e.day) for e in (first, first + timedelta(1)))  # noqa: DTZ001 - local
    since, until = (each.astimezone(UTC).isoformat()[:19] for each in ends)
    return {"since": since, "until": until}


def _brief(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _shown(made: Backup) -> ShownBackup:
    return ShownBackup(made.file, made.at, sum(made.rows.values()), made.head.seq)
