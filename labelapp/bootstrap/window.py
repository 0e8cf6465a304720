"""Opens the window: its words and looks at once, the desk when it has painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from labelapp.bootstrap.machine import Machine, keep_machine, log_folder
from labelapp.bootstrap.words import Words, spoken
from labelapp.gui.settings import Settings, Start
from labelapp.gui.window import run
from labelapp.resources import folder
from labelapp.rx.errors import BadResource

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk


def open_window(
    machine: Machine,
    files: Sequence[str],
    painted: Callable[[], None] | None = None,
    today: date | None = None,
) -> int:
    """Open the window on prescription files and stay until it is closed; give the exit code.

    `painted` is called at the first paint; `today` stands in for the clock.
    """
    settings = Settings(
        look=machine.look,
        text_size=machine.text_size,
        stock=machine.stock,
        dpi=machine.dpi,
        printer=machine.printer,
        jurisdiction=machine.jurisdiction,
    )
    start = Start(
        words=Words(machine.language),
        clock=_now,
        settings=settings,
        keep=_keep,
        licences=_licences,
        save_report=partial(_save_report, machine),
        heard=_heard,
        painted=painted,
    )
    return run(lambda: _desk(machine, today), files, start)


def _desk(machine: Machine, today: date | None) -> Desk:
    """Build the desk, in the worker's thread: drawing and rows are loaded only now."""
    from labelapp.bootstrap.built import desk  # noqa: PLC0415 - after the first paint

    return desk(machine, today)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()


def _keep(settings: Settings) -> None:
    keep_machine(asdict(settings))


def _heard(said: str) -> None:
    """Write what Qt has to say into the log."""
    from labelapp.bootstrap.journal import LOG  # noqa: PLC0415 - after the first paint

    LOG.warning(said)


def _save_report(machine: Machine, path: str) -> None:
    from labelapp.bootstrap.report import save_report  # noqa: PLC0415 - rarely wanted

    save_report(machine, log_folder(), Path(path))


def _licences() -> str:
    """Give the licences of what is bundled, or say that they are missing."""
    try:
        return (folder() / "licences.txt").read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return spoken(BadResource("resource.missing", name="licences.txt"))
