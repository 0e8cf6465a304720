"""The counter a command works at: whose records, who signs in, and where every secret comes from.

Secrets come from lines of stdin in one order, whichever of them are asked for there: the passphrase
or recovery key, the PIN, then what the command itself asks for (a new PIN, a badge, a new
passphrase, the recovery key typed back).
"""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import update_wrapper
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar
from urllib.parse import urlsplit

import click

from labelapp.cli.ending import Means
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.office import Office
from labelapp.rx.errors import LabelappError

P = ParamSpec("P")
R = TypeVar("R")

STORE_VARIABLE = "LABELAPP_STORE"
PASSPHRASE_VARIABLE = "LABELAPP_PASSPHRASE_FILE"  # noqa: S105 - the name of it
LONGEST_LINE = 1_000
_KEPT = "labelapp.counter"


class NotAsked(LabelappError):
    """A secret is needed and nobody can be asked: there is no terminal, and no line was promised."""

    code = "cli.no-terminal"


class NoLine(LabelappError):
    """A secret was to come on stdin, and nothing came."""

    code = "cli.no-line"


class OpenSecret(LabelappError):
    """The file with the passphrase cannot be read, or others can read it too."""

    code = "cli.open-secret"


def _keep(ctx: click.Context, option: click.Parameter, value: Any) -> None:
    """Keep what was said, before the command's name or after it, for the command to find."""
    if value:
        ctx.meta.setdefault(_KEPT, {})[option.name] = value


def _address(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep the address; a password in it could be read by everybody on this computer."""
    with suppress(ValueError):
        if value and "://" in value and urlsplit(value).password:
            raise click.BadParameter("no password here: let ~/.pgpass or PGPASSFILE hold it.")
    _keep(ctx, option, value)


def _option(*names: str, said: str, **more: Any) -> Callable[[Any], Any]:
    return click.option(*names, expose_value=False, **{"callback": _keep, **more}, help=said)


_OPTIONS = (
    _option(
        "--store",
        callback=_address,
        metavar="ADDRESS",
        said=f"Folder or postgresql://... of the records. Else {STORE_VARIABLE}, else this computer's.",
    ),
    _option("--user", metavar="NAME", said="Initials or name of who signs in."),
    _option("--pin-stdin", is_flag=True, said="The PIN is the next line of stdin."),
    _option(
        "--passphrase-stdin",
        is_flag=True,
        said=f"The passphrase is the first line of stdin. Else the file {PASSPHRASE_VARIABLE} names,"
        " else the keychain, else it is asked for.",
    ),
    _option("--recovery-stdin", is_flag=True, said="The first line is the recovery key instead."),
    _option("--training", is_flag=True, said="Throw-away records, no sign-in, labels say SAMPLE."),
)


def with_counter(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options of the counter to a command or group, which finds them kept."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def at_counter(function: Callable[Concatenate[Counter, P], R]) -> Callable[P, R]:
    """Add the options of the counter to a command, and hand it the counter."""

    @click.pass_context
    def begun(ctx: click.Context, /, *args: P.args, **options: P.kwargs) -> R:
        return function(Counter(ctx.obj, ctx.meta.get(_KEPT, {})), *args, **options)

    found: Callable[P, R] = with_counter(update_wrapper(begun, function))
    return found


@dataclass(frozen=True)
class Counter:
    """What was said of the counter. `office` opens the records and signs in, and out at the end."""

    means: Means
    said: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def signs_in(self) -> bool:
        """True when somebody is to sign in, or to train."""
        return bool(self.said.get("user")) or self.is_training

    @property
    def is_training(self) -> bool:
        """True for throw-away records."""
        return bool(self.said.get("training"))

    def trained(self) -> Counter:
        """Give the same counter on throw-away records."""
        return Counter(self.means, {**self.said, "training": True})

    def door(self) -> Door:
        """Find the door to the records. Raises BadAddress; wrong usage in training."""
        if self.is_training:
            raise click.UsageError("there is nothing to do that with on throw-away records.")
        return self.means.door(self.said.get("store") or os.environ.get(STORE_VARIABLE, ""))

    @contextmanager
    def office(self, key: Mapping[str, str] | None = None, pin: str = "") -> Iterator[Office]:
        """Open the records with whoever was named signed in; at the end they are signed out.

        `key` opens them and `pin` signs in where these are known already.
        """
        if self.is_training:
            office, throw_away = self.means.training()
            try:
                yield office
            finally:
                throw_away()
            return
        user = self._user()
        door = self.door()
        office = door.open(**(self.key(door) if key is None else key))
        try:
            office.signing.sign_in(user, pin or self.pin())
            yield office
        except BaseException:
            with suppress(LabelappError):  # what went wrong first is what is told
                office.signing.sign_out()
            raise
        else:
            office.signing.sign_out()
        finally:
            office.close()

    def key(self, door: Door | None = None) -> dict[str, str]:
        """Give what opens the records, as `Door.open` takes it; empty for what is remembered."""
        if self.said.get("recovery_stdin"):
            return self.recovery()
        given = self.given_passphrase()
        if given:
            return {"passphrase": given}
        if door is not None and door.is_remembered():
            return {}
        return {"passphrase": self.typed("cli.ask.passphrase")}

    def recovery(self) -> dict[str, str]:
        """Give the recovery key, as `Door.open` takes it."""
        is_line = bool(self.said.get("recovery_stdin"))
        return {"recovery": self.secret("cli.ask.recovery", from_stdin=is_line)}

    def given_passphrase(self) -> str:
        """Give the passphrase that stdin or a file says; empty when neither was named."""
        if self.said.get("passphrase_stdin"):
            return self._line("cli.ask.passphrase")
        named = os.environ.get(PASSPHRASE_VARIABLE, "")
        return _private_line(Path(named)) if named else ""

    def pin(self, *, is_new: bool = False) -> str:
        """Give the PIN; a new one is asked for twice."""
        is_line = bool(self.said.get("pin_stdin"))
        return self.secret("cli.ask.pin", from_stdin=is_line, twice=is_new)

    def secret(self, key: str, *, from_stdin: bool, twice: bool = False) -> str:
        """Give a secret: a line of stdin where that was promised, else typed unseen."""
        return self._line(key) if from_stdin else self.typed(key, twice=twice)

    def typed(self, key: str, *, twice: bool = False) -> str:
        """Ask for a secret on the terminal, unseen. Raises NotAsked."""
        what = self.word(key)
        if not on_a_terminal():
            raise NotAsked(what=what)
        again = self.word("cli.ask.again") if twice else False
        typed = click.prompt(what, hide_input=True, err=True, confirmation_prompt=again)
        return str(typed)

    def word(self, key: str, /, **values: str) -> str:
        """Give a word of the screen."""
        return self.means.plain().word(key, **values)

    def tell(self, key: str, /, **values: str) -> None:
        """Say a line on stdout."""
        click.echo(self.word(key, **values))

    def warn(self, key: str, /, **values: str) -> None:
        """Say a line on stderr."""
        click.echo(self.word(key, **values), err=True)

    def sure(self, *, yes: bool) -> None:
        """Ask whether it is to be done; with nobody to ask, `--yes` must have said so."""
        if yes:
            return
        if not on_a_terminal():
            raise click.UsageError("--yes is needed where nobody can be asked.")
        click.confirm(self.word("cli.ask.sure"), abort=True, err=True)

    def _user(self) -> str:
        user = str(self.said.get("user", ""))
        if user:
            return user
        if not on_a_terminal():
            raise click.UsageError("--user NAME is needed: the initials or name of who signs in.")
        return str(click.prompt(self.word("cli.ask.user"), err=True))

    def _line(self, key: str) -> str:
        try:
            line = sys.stdin.readline(LONGEST_LINE) if sys.stdin is not None else ""
        except (OSError, ValueError):  # no stdin, or bytes that are no UTF-8
            line = ""
        said = line.rstrip("\r\n")
        if not said:
            raise NoLine(what=self.word(key))
        return said


def on_a_terminal() -> bool:
    """Tell whether somebody sits there who can be asked."""
    return sys.stdin is not None and sys.stdin.isatty()


def _private_line(path: Path) -> str:
    """Read the first line of a file that its owner alone can read. Raises OpenSecret."""
    try:
        with path.open(encoding="utf-8") as file:
            there = os.fstat(file.fileno())
            others = stat.S_IRWXG | stat.S_IRWXO
            is_open = os.name == "posix" and (
                there.st_mode & others or there.st_uid not in {0, os.geteuid()}
            )
            line = "" if is_open else file.readline(LONGEST_LINE).rstrip("\r\n")
    except (OSError, ValueError):
        raise OpenSecret(name=path.name) from None
    if not line:
        raise OpenSecret(name=path.name)
    return line
