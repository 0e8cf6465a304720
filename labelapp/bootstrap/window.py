"""Opens the window: its words and looks at once, the records and the desk when it has painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from labelapp.bootstrap.machine import Machine, keep_machine, log_folder
from labelapp.bootstrap.words import Words, spoken
from labelapp.gui.settings import Settings, Start, Ways
from labelapp.gui.window import run
from labelapp.resources import folder
from labelapp.rx.errors import BadResource

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.door import Door, Fittings
    from labelapp.dispensing.office.office import Office
    from labelapp.rx.errors import LabelappError


def open_window(
    machine: Machine,
    files: Sequence[str],
    painted: Callable[[], None] | None = None,
    today: date | None = None,
) -> int:
    """Open the window on prescription files and stay until it is closed; give the exit code.

    `painted` is called at the first paint; `today` stands in for the day of the clock.
    """
    settings = Settings(
        look=machine.look,
        text_size=machine.text_size,
        stock=machine.stock,
        dpi=machine.dpi,
        printer=machine.printer,
        jurisdiction=machine.jurisdiction,
        stocks_used=machine.stocks_used,
    )
    start = Start(
        words=Words(machine.language),
        clock=partial(_now, None),
        settings=settings,
        keep=_keep,
        licences=_licences,
        save_report=partial(_save_report, machine),
        heard=_heard,
        painted=painted,
        ways=ways(machine, today),
    )
    return run(None, files, start)


def ways(machine: Machine, today: date | None = None) -> Ways:
    """Give the window its ways to the records; the store is loaded when the first one is gone."""
    return Ways(
        door=partial(_door, machine, today),
        training=partial(_training, machine, today),
        desk=partial(_desk, machine, today),
        keep=_keep_store,
        say=partial(spoken, language=machine.language),
        is_damaged=_is_damaged,
        address=machine.store,
    )


def _fittings(machine: Machine, today: date | None) -> Fittings:
    from labelapp.bootstrap import records  # noqa: PLC0415 - after the first paint

    made = records.fittings(language=machine.language)
    return replace(made, place=replace(made.place, clock=partial(_now, today)))


def _door(machine: Machine, today: date | None, address: str) -> Door:
    from labelapp.bootstrap import records  # noqa: PLC0415 - after the first paint
    from labelapp.dispensing.office.door import Door  # noqa: PLC0415 - as above

    return Door(
        address or machine.store or str(records.records_folder()), _fittings(machine, today)
    )


def _training(machine: Machine, today: date | None) -> tuple[Office, Callable[[], None]]:
    from labelapp.dispensing.office.door import training  # noqa: PLC0415 - after the first paint

    return training(_fittings(machine, today), machine.pharmacy)


def _desk(machine: Machine, today: date | None, office: Office) -> Desk:
    """Build the desk, in the worker's thread: drawing and rows are loaded only now."""
    from labelapp.bootstrap.built import desk  # noqa: PLC0415 - after the first paint

    return desk(machine, today, office=office)


def _is_damaged(error: LabelappError) -> bool:
    from labelapp.store.trouble import Damaged  # noqa: PLC0415 - after the first paint

    return isinstance(error, Damaged)


def _keep_store(address: str) -> None:
    keep_machine({"store": address})


def _now(today: date | None) -> datetime:
    """Give the time, on another day where one stands in for it."""
    now = datetime.now(UTC).astimezone()
    return now if today is None else datetime.combine(today, now.timetz())


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
