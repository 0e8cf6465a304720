"""The audit without a window: verified, exported, read."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from labelapp.cli.counter import Counter, at_counter, with_counter
from labelapp.cli.ending import COULD_NOT, DONE, Commands
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.office.office import Office

_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.group(cls=Commands)
@with_counter
def audit() -> None:
    """Verify, export and read the audit."""


@audit.command()
@at_counter
@_json
def verify(counter: Counter, *, as_json: bool) -> None:
    """Check every row of the audit and every anchor; exit 4 when one is not as it was written."""
    with counter.office() as office:
        verdict = office.keeping.verify_audit()
    rows, at_row = str(verdict.rows), str(verdict.at_row)
    if as_json:
        document = {"is_whole": verdict.is_whole, "rows": rows, "fault": verdict.fault}
        Teller(counter.means.plain(), as_json=True).document({**document, "at_row": at_row})
    elif verdict.is_whole:
        counter.tell("cli.audit.whole", rows=rows)
    else:
        counter.warn("cli.audit.fault", fault=verdict.fault, row=at_row)
    raise SystemExit(DONE if verdict.is_whole else COULD_NOT)


@audit.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The CSV.")
@at_counter
def export(counter: Counter, output: Path) -> None:
    """Write the whole audit to a new CSV file, the oldest row first."""
    if output.exists() or output.is_symlink():
        raise click.UsageError(f"-o {output}: a file of that name is there.")
    with counter.office() as office:
        many = office.keeping.export_audit(output)
    counter.tell("cli.audit.exported", rows=str(many), path=str(output))


@audit.command("list")
@click.option("--act", default="", help="Only this act: sign-in, print, view ...")
@click.option("--person", default="", help="Only what this person did: initials or name.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="Only this day.")
@click.option("--before", type=click.IntRange(1), default=None, help="Rows before this one.")
@at_counter
@_json
def list_(
    counter: Counter,
    act: str,
    person: str,
    day: datetime | None,
    before: int | None,
    *,
    as_json: bool,
) -> None:
    """Read a page of the audit, the newest row first. That it was read is in the audit."""
    on = day.date().isoformat() if day else ""
    with counter.office() as office:
        who = _id_of(office, person) if person else ""
        page = office.keeping.audit_page(before or 0, act=act, person=who, day=on)
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"rows": told(page)})
        return
    for each in page:
        said = {name: str(value) for name, value in vars(each).items()}
        counter.tell("cli.audit.row", **said)


def _id_of(office: Office, person: str) -> str:
    """Give the id under which the audit knows somebody; one that nobody has finds nothing."""
    wanted = person.strip().casefold()
    for each in office.staff.names():
        if wanted in {each.initials.casefold(), each.name.casefold()}:
            return str(each.id)
    return "-"
