"""Backups without a window: made, listed, checked as a restore would, and restored."""

from __future__ import annotations

from pathlib import Path

import click

from labelapp.cli.beside import FILE
from labelapp.cli.counter import Counter, at_counter
from labelapp.cli.ending import Commands, Telling
from labelapp.cli.tell import Teller
from labelapp.cli.told import told
from labelapp.dispensing.office.shown import ShownBackup

_FOLDER = click.Path(file_okay=False, path_type=Path)
_folder = click.option("-o", "--folder", type=_FOLDER, help="Instead of the usual folder.")
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.group(cls=Commands, invoke_without_command=True)
@at_counter
@_folder
@_json
@click.pass_context
def backup(ctx: click.Context, counter: Counter, folder: Path | None, *, as_json: bool) -> None:
    """Make a backup now and check it; it counts only after that. Or list and check backups."""
    if ctx.invoked_subcommand is not None:
        if folder or as_json:
            raise click.UsageError(f"options of `backup {ctx.invoked_subcommand}` stand after it.")
        return
    with counter.office() as office:
        made = office.keeping.back_up(folder.absolute() if folder else None)
    _tell(counter, "cli.backup.made", made, as_json=as_json)


@backup.command("list")
@at_counter
@_folder
@_json
def list_(counter: Counter, folder: Path | None, *, as_json: bool) -> None:
    """List the backups that count, the newest first."""
    with counter.office() as office:
        listed = office.keeping.listed(folder)
    if as_json:
        Teller(counter.means.plain(), as_json=True).document({"backups": told(listed)})
        return
    for each in listed:
        _tell(counter, "cli.backup.row", each)
    if not listed:
        counter.warn("cli.backup.none")


@backup.command()
@click.argument("file", type=FILE)
@at_counter
@_json
def check(counter: Counter, file: Path, *, as_json: bool) -> None:
    """Open a backup FILE and check every page, row and seal of it, as a restore would."""
    with counter.office() as office:
        found = office.keeping.drill(file)
    _tell(counter, "cli.backup.whole", found, as_json=as_json)


@click.command(cls=Telling)
@click.argument("file", type=FILE)
@click.option(
    "--set-aside",
    is_flag=True,
    help="Move a folder of records that are not whole away first; nothing is deleted.",
)
@at_counter
@_json
def restore(counter: Counter, file: Path, *, set_aside: bool, as_json: bool) -> None:
    """Restore a backup FILE to --store, where no records are. Needs its passphrase or recovery key.

    Whoever has either restores; nobody signs in, for the people are in the backup.
    """
    door = counter.door()
    key = counter.key()
    if set_aside:
        office, aside = door.restore_in_place(file, **key)
    else:
        office, aside = door.restore(file, **key), None
    office.close()
    if as_json:
        document = {"address": str(door.address), "file": str(file), "aside": told(aside)}
        Teller(counter.means.plain(), as_json=True).document(document)
        return
    if aside is not None:
        counter.tell("cli.restore.aside", path=str(aside))
    counter.tell("cli.restore.done", file=str(file), address=str(door.address))


def _tell(counter: Counter, key: str, made: ShownBackup, *, as_json: bool = False) -> None:
    if as_json:
        Teller(counter.means.plain(), as_json=True).document(told(made))
        return
    at = made.at.isoformat(timespec="seconds")
    counter.tell(key, file=str(made.file), at=at, rows=str(made.rows), seq=str(made.seq))
