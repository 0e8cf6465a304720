"""How a command ends when the machine could not do what was asked: one way, in words, exit 3 or 4."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import click

from labelapp.cli.tell import Teller
from labelapp.dispensing.codes import CodeBook
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.phrasebook import PhraseBook, ShownImport
from labelapp.dispensing.plain import Plain
from labelapp.rx.errors import CannotWrite, LabelappError, UnreadableFile

DONE, USAGE, REFUSED, COULD_NOT = 0, 2, 3, 4
"""Exit codes: done; wrong usage; refused or a question is open; the machine could not."""

EMPTY: dict[str, dict[str, Any]] = {
    "sig": {
        "status": "refused",
        "steps": [],
        "lines": [],
        "rules": [],
        "purpose": "",
        "units_for_days": "",
    },
    "read": {"drafts": []},
    "check": {"assessments": []},
    "render": {"output": "", "labels": [], "refused": []},
    "stocks": {"stocks": []},
    "codes": {"codes": []},
    "phrases": {"tables": []},
    "import": {"output": "", "placed": "0"},
}
"""What each command's JSON document holds when nothing could be done, besides the finding."""


REFUSALS = frozenset(
    {
        "access",
        "approve",
        "chart",
        "check",
        "label",
        "lot",
        "order",
        "people",
        "print",
        "settings",
        "stock",
    }
)
"""What the office says no to: the first word of its codes."""
REFUSED_BY_RECORDS = frozenset(
    {
        "cli.no-line", "cli.no-terminal", "cli.open-secret", "store.already-set-up",
        "store.conflict", "store.no-such", "store.passphrase-short", "store.recovery-mistyped",
        "store.taken", "store.wrong-key",
    }
)  # fmt: skip


class MakeDesk(Protocol):
    """Builds the desk: on a day, with files that stand in for its own, over the records or none."""

    def __call__(
        self,
        today: date | None,
        approvals: Path | None = None,
        table: Path | None = None,
        office: Office | None = None,
    ) -> Desk:
        """Build it."""
        ...


@dataclass(frozen=True)
class Means:
    """What bootstrap hands to the command line: ways to build the desk and to say things.

    `last_words` can always be said, also when the rows of the screen's words are damaged.
    `code_book` opens the own codes on record, those of this computer where there is no office. `door`
    finds the records at an address, empty for this computer's own; `training` opens throw-away ones
    and gives the way to throw them away. `house` are the fields of the pharmacy this computer keeps.
    """

    desk: MakeDesk
    plain: Callable[[], Plain]
    check_self: Callable[[], str]
    last_words: Plain
    code_book: Callable[[Office | None], CodeBook]
    phrase_book: Callable[[Path | None, Path | None], PhraseBook]
    import_phrases: Callable[[PhraseBook, Path, str, str, Path], ShownImport]
    door: Callable[[str], Door]
    training: Callable[[], tuple[Office, Callable[[], None]]]
    house: Mapping[str, str]

    def words(self) -> Plain:
        """Give the words of the screen, or the few that need no rows."""
        try:
            return self.plain()
        except LabelappError:
            return self.last_words


class Telling(click.Command):
    """A command whose trouble is told plainly, with the way out; with --json as a document too."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; what could not be done ends it with exit 3 or 4."""
        try:
            return super().invoke(ctx)
        except (LabelappError, OSError) as error:
            raise _ended(ctx, error) from None


class Commands(click.Group):
    """The commands, and the same ending for what the group itself does."""

    command_class = Telling

    def invoke(self, ctx: click.Context) -> object:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except (LabelappError, OSError) as error:
            raise _ended(ctx, error) from None


def _ended(ctx: click.Context, error: LabelappError | OSError) -> BaseException:
    """Tell an error and give the exit; what was unforeseen is given back as it is."""
    means: Means = ctx.obj
    if isinstance(error, OSError):
        return unsaid(error, means.words())
    teller = Teller(means.words(), as_json=bool(ctx.params.get("as_json")))
    file = ctx.params.get("file")
    named = {} if file is None else {"file": file.name}
    try:
        teller.failed({**named, **EMPTY.get(str(ctx.info_name), {})}, error)
    except OSError as broken:
        return unsaid(broken, means.words())
    return SystemExit(exit_for(error))


def exit_for(error: LabelappError) -> int:
    """Give the exit of an error: 3 for what was refused, 4 for what the machine could not."""
    if isinstance(error, UnreadableFile) or error.code in REFUSED_BY_RECORDS:
        return REFUSED
    return REFUSED if error.code.partition(".")[0] in REFUSALS else COULD_NOT


def unsaid(broken: OSError, plain: Plain) -> BaseException:
    """End when stdout takes no more: a full disk is told; who closed the pipe wants no words.

    What was not about stdout is given back as it is.
    """
    if broken.filename is not None:
        return broken
    with contextlib.suppress(OSError, ValueError, AttributeError):
        # what is still held back would fail once more when Python ends, with an exit of its own
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    if broken.errno != errno.EPIPE:
        with contextlib.suppress(OSError):
            Teller(plain).error(CannotWrite("cli.not-told"))
    return SystemExit(COULD_NOT)
