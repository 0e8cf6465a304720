"""`python -m labelapp` and the `labelapp` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from labelapp.bootstrap.journal import hook_crashes, keep_log
from labelapp.bootstrap.machine import Machine, log_folder, read_machine
from labelapp.bootstrap.words import spoken
from labelapp.rx.errors import LabelappError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run labelapp: with nothing or a prescription file the window, else a command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    keep_log(log_folder())
    hook_crashes()
    try:
        machine = read_machine()
        if not given or _is_file(given[0]):
            raise SystemExit(_window(machine, given))
    except LabelappError as error:
        if sys.stderr is not None:
            sys.stderr.write(spoken(error) + "\n")
        raise SystemExit(4) from None
    _command(machine, given)


def _is_file(word: str) -> bool:
    """Tell whether a word of the command line names a file, and so no command."""
    try:
        return bool(Path(word).suffix) and Path(word).is_file()
    except OSError:  # longer than any name here
        return False


def _window(machine: Machine, files: Sequence[str]) -> int:
    """Open the window; what draws labels is loaded only after it has painted."""
    from labelapp.bootstrap.window import open_window  # noqa: PLC0415 - no Qt for a command

    return open_window(machine, files)


def _command(machine: Machine, given: Sequence[str]) -> None:
    """Run a command; Qt is loaded by those alone that look for printers."""
    from labelapp import cli  # noqa: PLC0415 - none of this before the window has painted
    from labelapp.bootstrap import commands  # noqa: PLC0415 - as above

    cli.main(commands.means(machine), given)


if __name__ == "__main__":
    main()
