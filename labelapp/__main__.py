"""`python -m labelapp` and the `labelapp` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from labelapp.bootstrap.journal import hook_crashes, keep_log
from labelapp.bootstrap.machine import Machine, log_folder, read_machine
from labelapp.bootstrap.words import plain
from labelapp.rx.errors import LabelappError


def main(arguments: Sequence[str] | None = None) -> None:
    """Run labelapp: with nothing or a prescription file the window, else a command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    keep_log(log_folder())
    hook_crashes()
    try:
        machine = read_machine()
    except LabelappError as error:
        sys.stderr.write(" ".join(plain().error(error)) + "\n")
        raise SystemExit(4) from None
    if not given or (Path(given[0]).suffix and Path(given[0]).is_file()):
        raise SystemExit(_window(machine, given))
    _command(machine, given)


def _window(machine: Machine, files: Sequence[str]) -> int:
    """Open the window; what draws labels is loaded only after it has painted."""
    from labelapp.bootstrap.window import open_window  # noqa: PLC0415 - no Qt for a command

    return open_window(machine, files)


def _command(machine: Machine, given: Sequence[str]) -> None:
    """Run a command, without ever loading Qt."""
    from labelapp import cli  # noqa: PLC0415 - none of this before the window has painted
    from labelapp.bootstrap import built  # noqa: PLC0415 - as above

    cli.main(
        cli.Means(
            desk=lambda today: built.desk(machine, today),
            plain=lambda: plain(machine.language),
            check_self=built.self_test,
        ),
        given,
    )


if __name__ == "__main__":
    main()
