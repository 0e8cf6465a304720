"""Emergency access without a window: the recovery key alone, everything into a new folder."""

from __future__ import annotations

from pathlib import Path

import click

from labelapp.cli.counter import Counter, at_counter
from labelapp.cli.ending import Telling
from labelapp.cli.tell import Teller
from labelapp.dispensing.office.emergency import export, opened


@click.command(cls=Telling)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, help="A new folder."
)
@click.option("--by", default="", help="Who does this; it stands in the audit.")
@click.option("--reason", default="", help="Why; it stands in the audit.")
@at_counter
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def emergency(counter: Counter, output: Path, by: str, reason: str, *, as_json: bool) -> None:
    """Break the glass: write every prescription and label into a new folder, with the recovery key.

    Nobody signs in and nothing is changed; the audit says that it was done. Records that are
    damaged are read as far as they go.
    """
    if output.exists() or output.is_symlink():
        raise click.UsageError(f"-o {output}: something of that name is there.")
    door = counter.door()
    office = opened(door, counter.recovery()["recovery"])
    try:
        done = export(office, output.absolute(), by, reason)
    finally:
        office.close()
    many = {"prescriptions": str(done.prescriptions), "labels": str(done.labels)}
    if as_json:
        document = {"output": str(output), **many, "is_audited": done.is_audited}
        Teller(counter.means.plain(), as_json=True).document(document)
        return
    counter.tell("cli.emergency.done", path=str(output), **many)
    if not done.is_audited:
        counter.warn("cli.emergency.unaudited")
