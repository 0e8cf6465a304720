"""The entrance: the records of this computer are found and opened, or training begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from labelapp.gui.office.setup import Made
from labelapp.gui.settings import Ways
from labelapp.gui.work import Task, Trouble, Work

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.door import Door
    from labelapp.dispensing.office.emergency import Exported
    from labelapp.dispensing.office.office import Office


@dataclass(frozen=True)
class Opened:
    """An open office with its desk. `door` is None in training; `house` is the pharmacy's address."""

    office: Office
    desk: Desk
    door: Door | None
    house: Mapping[str, str]
    is_kept: bool = True
    """False while this computer is still to remember the key: somebody has to sign in first."""


class Entrance(QObject):
    """Opens records in the worker's thread, one at a time, and lets go of those before them."""

    opened = Signal(object)
    """The records are open: an `Opened`."""
    asked = Signal(str)
    """They wait for their passphrase: their address."""
    taken_out = Signal(object)
    """What was written of records that are not whole."""
    refused = Signal(object)
    """They did not open, and why."""

    def __init__(self, ways: Ways, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._ways = ways
        self._work = work
        self._door: Door | None = None
        self._let_go: list[Callable[[], None]] = []

    def find(self) -> None:
        """Find the records of this computer; open them when it remembers the key."""
        self._ask(self._find)

    def unlock(self, passphrase: str, recovery: str, *, remember: bool) -> None:
        """Open the records that were found."""
        self._ask(partial(self._unlock, passphrase, recovery, remember=remember))

    def take_out(self, passphrase: str, recovery: str, folder: str) -> None:
        """Write all that can be read of records that are not whole into plain files."""
        job = partial(self._take_out, passphrase, recovery, Path(folder))
        self._work.ask(Task("records", job, self.taken_out.emit, self._failed))

    def take_over(self, made: Made) -> None:
        """Work on with records that were just set up or restored."""
        self._ask(partial(self._take_over, made))

    def let_go(self) -> None:
        """Close whatever is open; called in the worker's thread, or when it has ended."""
        while self._let_go:
            self._let_go.pop()()

    def _ask(self, job: Callable[[], Opened | str]) -> None:
        self._work.ask(Task("records", job, self._answered, self._failed))

    def _answered(self, found: Opened | str) -> None:
        if isinstance(found, str):
            self.asked.emit(found)
        else:
            self.opened.emit(found)

    def _failed(self, trouble: Trouble) -> None:
        self.refused.emit(trouble)

    def _find(self) -> Opened | str:
        self.let_go()
        door = self._door = self._ways.door("")
        if not door.is_set_up():
            return self._train()
        return self._entered(door, door.open()) if door.is_remembered() else str(door.address)

    def _train(self) -> Opened:
        office, throw_away = self._ways.training()
        self._let_go.append(throw_away)
        return Opened(office, self._ways.desk(office), None, office.rules.now().pharmacy)

    def _unlock(self, passphrase: str, recovery: str, *, remember: bool) -> Opened:
        assert self._door is not None
        self.let_go()
        office = self._door.open(passphrase=passphrase, recovery=recovery)
        return replace(self._entered(self._door, office), is_kept=not remember)

    def _take_out(self, passphrase: str, recovery: str, folder: Path) -> Exported:
        from labelapp.dispensing.office.emergency import export  # noqa: PLC0415 - it loads the store

        assert self._door is not None
        office = self._door.open_damaged(passphrase=passphrase, recovery=recovery)
        try:
            return export(office, folder)
        finally:
            office.close()

    def _take_over(self, made: Made) -> Opened:
        self.let_go()
        self._door = made.door
        opened = self._entered(made.door, made.office)
        self._ways.keep(str(made.door.address))
        return opened

    def _entered(self, door: Door, office: Office) -> Opened:
        self._let_go.append(office.close)
        return Opened(office, self._ways.desk(office), door, office.rules.now().pharmacy)
