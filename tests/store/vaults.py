"""Records to try things on: set up, opened again, and filled with what a pharmacy enters."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from labelapp.rx.people import Doer, Role
from labelapp.store import charts, fills, opening, orders, prints
from labelapp.store.keys import Cost
from labelapp.store.vault import Place, Vault

if TYPE_CHECKING:
    from collections.abc import Mapping

    from labelapp.store.address import Address
    from labelapp.store.fills import Filled
    from labelapp.store.orders import Order
    from labelapp.store.vault import Change

COST = Cost(1024, 1, 1)
"""A guess at a passphrase costs next to nothing here."""
PASSPHRASE = "a passphrase of the tests"
CANARY = "Zzcanary"
ME = Doer(1, "Ana Weiss", "AW", Role.PHARMACIST)


@dataclass
class Clock:
    """A clock that goes on a second at each look, or as it is set."""

    now: datetime = field(default_factory=lambda: datetime(2026, 11, 22, 9, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def place(station: str = "counter-1", anchors: Path | None = None) -> Place:
    return Place(station, Clock(), anchors)


def set_up(address: Address, where: Place | None = None) -> Vault:
    """Set records up, their recovery key typed back in small letters."""
    begun = opening.begin(PASSPHRASE, COST)
    return opening.set_up(address, begun, begun.recovery.lower(), where or place(), ME)


def again(vault: Vault) -> Vault:
    """Close records and open them once more."""
    vault.close()
    return opening.open_vault(vault.address, vault.keys, vault.place)


def work_rows(counted: Mapping[str, int]) -> dict[str, int]:
    """Give how many rows tell of the pharmacy's work: not those that watch over the others."""
    return {name: many for name, many in counted.items() if name not in {"audit", "anchors"}}


def enter(change: Change, family: str = "Doe", given: str = "Jane") -> Order:
    """Enter a patient with a prescription, whose number this program gives out."""
    patient = charts.add_patient(
        change, {"family": family, "given": given, "born": "1980-02-29", "phone": "(555) 123-4567"}
    )
    prescriber = charts.add_prescriber(change, {"family": "Gregg", "given": "A", "npi": ""})
    number = str(orders.next_number(change, "rx"))
    who = (patient.id, prescriber.id)
    return orders.add(change, number, who, "2026-11-20", {"drug": "naltrexone", "for": family})


def fill(change: Change, order: Order, number: int = 0, lots: tuple[int, ...] = ()) -> Filled:
    new = fills.NewFill(number, "2026-11-22", "30", 30, 1, {"sig": "1 capsule at bedtime"}, lots)
    return fills.add(change, order, new)


def reserve(change: Change, filled: Filled, serial: str, reason: str = "") -> int:
    """Reserve the next copy of a fill's one label."""
    copy = prints.next_copy(change.connection, filled.id)
    sheet = prints.Sheet(serial, 1, copy, "{}", b"\x00\xff" * 40, "0" * 64, "labelapp", reason)
    return prints.reserve(change, filled.id, "zebra", [sheet])
