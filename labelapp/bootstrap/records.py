"""The way to the records of this computer: where they are, who may do what, and what they record."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import sha256
from pathlib import Path

import platformdirs

from labelapp import __version__, resources
from labelapp.bootstrap.built import equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.office.access import Access
from labelapp.dispensing.office.approving import Approvable
from labelapp.dispensing.office.door import Door, Fittings
from labelapp.dispensing.office.shown import ShownRow
from labelapp.resources import typed
from labelapp.resources.approvable import approvable
from labelapp.rx.errors import BadResource
from labelapp.store.keys import Cost
from labelapp.store.vault import Place

NAME = "labelapp"


def records_folder() -> Path:
    """Say where the records are on this system unless somebody says otherwise."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "records"


def backups_folder() -> Path:
    """Say where backups go unless the pharmacy's settings say otherwise."""
    return Path(platformdirs.user_data_dir(NAME, appauthor=False)) / "backups"


def door(machine: Machine, store: str = "", cost: Cost | None = None) -> Door:
    """Find the door to the records: those named, those of this computer, else the usual folder.

    Raises BadAddress.
    """
    return Door(store or machine.store or str(records_folder()), fittings(cost, machine.language))


def fittings(cost: Cost | None = None, language: str = "en") -> Fittings:
    """Give what every office on this computer is built with; it speaks the screen's `language`."""
    anchors = Path(platformdirs.user_config_dir(NAME, appauthor=False)) / "anchors"
    return Fittings(
        Place(platform.node() or "counter", _now, anchors),
        access(),
        __version__,
        f"labelapp {__version__}; rows {rows_digest()[:16]}",
        backups_folder(),
        Approvable(_listed_for, _states, typed.tongues),
        partial(equipment, language),
        cost or Cost(),
    )


@cache
def access() -> Access:
    """Read who may do what. Raises BadResource."""
    try:
        return Access.of(typed.access())
    except (KeyError, ValueError) as bad:
        raise BadResource(name="access.toml") from bad


@cache
def rows_digest() -> str:
    """Give one hash of every file a label is made from: its rows and its fonts."""
    total = sha256()
    there = resources.folder()
    for file in sorted(there.rglob("*")):
        if file.suffix in {".toml", ".ttf"} and "screen" not in file.parts:
            total.update(file.relative_to(there).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


@cache
def _listed_for(state: str) -> tuple[ShownRow, ...]:
    return tuple(
        ShownRow("rows", each.id, each.text, each.source, each.is_verified, each.sha256)
        for each in approvable(state)
    )


@cache
def _states() -> tuple[str, ...]:
    return tuple(sorted(typed.tables().laws))


def _now() -> datetime:
    return datetime.now(UTC).astimezone()
