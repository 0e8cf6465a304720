"""Offices for tests: records in a folder of the test's own, a clock that can be moved, all roles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from labelapp.bootstrap import records
from labelapp.bootstrap.built import desk
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.office.door import Door, FirstPerson, Fittings
from labelapp.dispensing.office.office import Office
from labelapp.rx.draft import Draft
from labelapp.rx.people import Role
from labelapp.store.keys import Cost
from labelapp.store.vault import Place
from tests.given import draft

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHEAP = Cost(1_024, 1, 1)
PASSPHRASE = "a passphrase of the tests"
PIN = "2580"
STAFF = {
    "TT": Role.TECHNICIAN,
    "IN": Role.INTERN,
    "PH": Role.PHARMACIST,
    "PC": Role.PHARMACIST_IN_CHARGE,
    "AD": Role.ADMINISTRATOR,
}
LOT = {
    "number": "26-118",
    "name": "naltrexone hydrochloride",
    "made_on": "2026-11-20",
    "preparation": "other nonaqueous",
    "storage": "room temperature",
    "form": "capsule",
    "strength.value": "1.5",
    "strength.unit": "mg",
    "strength.basis": "per unit",
}


@dataclass
class Clock:
    """A clock that stands until it is moved."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Counter:
    """A counter: its office, its clock, the way back in."""

    office: Office
    clock: Clock
    door: Door
    recovery: str
    folder: Path
    rest: Mapping[str, str] = field(default_factory=dict)

    def desk(self) -> Desk:
        return desk(Machine(), self.clock.now.date(), office=self.office)

    def sign_in(self, initials: str) -> None:
        self.office.signing.sign_in(initials, PIN)


def fittings(folder: Path, clock: Clock) -> Fittings:
    """Give the fittings of an office whose PINs and passphrase cost little."""
    there = records.fittings(CHEAP)
    return Fittings(
        Place("counter 1", clock, folder / "anchors"),
        there.access,
        there.program,
        there.made_with,
        folder / "backups",
        there.approvable,
        there.tools,
        CHEAP,
    )


def counter(folder: Path, address: str = "", *, works_alone: bool = False) -> Counter:
    """Set records up with somebody of every role, the list of California signed; nobody signed in."""
    clock = Clock()
    door = Door(address or str(folder / "records"), fittings(folder, clock))
    begun = door.begin(PASSPHRASE)
    first = FirstPerson("Pat Charge", "PC", Role.PHARMACIST_IN_CHARGE, PIN, works_alone)
    office = door.finish(begun, begun.recovery, first)
    office.signing.sign_in("PC", PIN)
    for initials, role in STAFF.items():
        if initials != "PC":
            office.staff.add(f"Somebody {initials}", initials, role, PIN)
    office.approving.sign("CA", office.approving.listed("CA"))
    office.signing.sign_out()
    return Counter(office, clock, door, begun.recovery, folder)


def with_lot(at: Counter) -> Draft:
    """Record and release the lot of the usual draft, and give that draft."""
    given = draft()
    at.sign_in("PH")
    lot = at.office.lots.record_from(given)
    at.office.lots.release(lot)
    at.sign_in("TT")
    return given
