"""Setting the records up without a window, and their keys: passphrase, recovery key, keychain."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from labelapp.cli.beside import FILE, open_beside
from labelapp.cli.counter import Counter, NotAsked, at_counter, on_a_terminal
from labelapp.cli.ending import Telling
from labelapp.cli.tell import Teller
from labelapp.dispensing.office.door import Begun, Door, FirstPerson
from labelapp.dispensing.office.office import Office
from labelapp.rx.errors import CannotWrite, LabelappError
from labelapp.rx.people import Role

TRIES = 3
_FIRST = (Role.PHARMACIST_IN_CHARGE, Role.ADMINISTRATOR)
_json = click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")


@click.command(cls=Telling)
@at_counter
@click.option("--name", default="", help="Name of the first person, as it stands in the records.")
@click.option("--initials", default="", help="Their initials: up to 4 letters or digits.")
@click.option("--role", type=click.Choice([each.value for each in _FIRST]), default=None)
@click.option("--works-alone", is_flag=True, help="One pharmacist works here alone.")
@click.option("--pharmacy", type=FILE, help="Own-format file with the pharmacy's fields.")
@click.option(
    "--recovery-file",
    type=click.Path(path_type=Path),
    help="New file, for you alone, that the recovery key is written to. Print it, then delete it.",
)
@click.option("--typed-back-stdin", is_flag=True, help="The recovery key typed back is a line.")
@_json
def setup(
    counter: Counter,
    name: str,
    initials: str,
    role: str | None,
    works_alone: bool,  # noqa: FBT001 - click gives it by name
    pharmacy: Path | None,
    recovery_file: Path | None,
    typed_back_stdin: bool,  # noqa: FBT001 - as above
    as_json: bool,  # noqa: FBT001 - as above
) -> None:
    """Set the records up: their keys, the pharmacy, and the first person.

    Lines of stdin, where promised: passphrase, PIN, and the recovery key typed back.
    """
    if not (on_a_terminal() or (recovery_file and typed_back_stdin)):
        raise NotAsked(what=counter.word("cli.ask.typed-back"))
    fields = _pharmacy(counter, pharmacy)
    door = counter.door()
    if door.is_set_up():
        raise LabelappError("store.already-set-up", address=str(door.address))
    said = _asked(name, "cli.ask.name", counter), _asked(initials, "cli.ask.initials", counter)
    passphrase = counter.given_passphrase() or counter.typed("cli.ask.new-passphrase", twice=True)
    pin = counter.pin(is_new=True)
    begun = door.begin(passphrase)
    first = FirstPerson(*said, Role(role or _FIRST[0]), pin, works_alone, fields)
    _show(counter, begun.recovery, recovery_file)
    try:
        office = _finished(counter, door, begun, first, from_stdin=typed_back_stdin)
    except BaseException:
        if recovery_file is not None:
            recovery_file.unlink(missing_ok=True)  # the key of nothing
        raise
    office.close()
    if as_json:
        document = {"address": str(door.address), "initials": first.initials.upper()}
        Teller(counter.means.plain(), as_json=True).document(document)
    else:
        counter.tell("cli.setup.done", address=str(door.address), who=first.name)


@click.command(cls=Telling)
@at_counter
def remember(counter: Counter) -> None:
    """Let this computer's keychain remember the key: no passphrase at the start any more."""
    door = counter.door()
    with counter.office() as office:
        if not door.remember(office):
            raise LabelappError("cli.no-keychain")
    counter.tell("cli.remembered")


@click.command(cls=Telling)
@at_counter
def forget(counter: Counter) -> None:
    """Let this computer forget the key: the passphrase is asked for at every start."""
    counter.door().forget()
    counter.tell("cli.forgotten")


@click.command(cls=Telling)
@click.option("--new-passphrase-stdin", is_flag=True, help="The new passphrase is a line.")
@at_counter
def passphrase(counter: Counter, *, new_passphrase_stdin: bool) -> None:
    """Give the records another passphrase. Needs the recovery key and a signed-in person.

    Lines of stdin, where promised: recovery key, PIN, new passphrase.
    """
    door = counter.door()
    key = counter.recovery()
    with counter.office(key) as office:
        new = counter.secret("cli.ask.new-passphrase", from_stdin=new_passphrase_stdin, twice=True)
        door.new_passphrase(office, new, key["recovery"])
    counter.tell("cli.new-passphrase")


def _pharmacy(counter: Counter, file: Path | None) -> dict[str, str]:
    if file is None:
        return dict(counter.means.house)
    return dict(open_beside({"pharmacy": file})["pharmacy"].written)


def _asked(said: str, key: str, counter: Counter) -> str:
    """Give what was said on the command line, else ask for it."""
    if said:
        return said
    if not on_a_terminal():
        raise click.UsageError("--name and --initials are needed.")
    return str(click.prompt(counter.word(key), err=True))


def _show(counter: Counter, recovery: str, file: Path | None) -> None:
    """Give the recovery key out once: into a new file of its owner's, or onto the terminal."""
    if file is None:
        click.echo(f"\n    {recovery}\n", err=sys.stdout is None or not sys.stdout.isatty())
        counter.warn("cli.setup.recovery")
        return
    page = f"{recovery}\n\n{counter.word('cli.setup.recovery')}\n"
    try:
        handle = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(page)
    except FileExistsError:
        raise click.UsageError(f"--recovery-file {file}: a file of that name is there.") from None
    except OSError as failed:
        raise CannotWrite(name=file.name, folder=str(file.parent)) from failed
    counter.warn("cli.setup.recovery-file", path=str(file))


def _finished(
    counter: Counter, door: Door, begun: Begun, first: FirstPerson, *, from_stdin: bool
) -> Office:
    """Set up once the key was typed back rightly; somebody at a terminal has some tries."""
    for left in range(TRIES, 0, -1):
        typed = counter.secret("cli.ask.typed-back", from_stdin=from_stdin)
        try:
            return door.finish(begun, typed, first)
        except LabelappError as wrong:
            if wrong.code != "store.recovery-mistyped" or from_stdin or left == 1:
                raise
            Teller(counter.means.plain()).error(wrong)
    raise AssertionError("the last try raises")
