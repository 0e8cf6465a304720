"""One of several counters at work: run as a program of its own, it fills prescriptions on a server."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

from labelapp.rx.people import Doer, Role
from labelapp.store import charts, opening, prints
from labelapp.store.address import address_of
from labelapp.store.keys import Keys
from labelapp.store.trouble import Conflict
from labelapp.store.vault import Place
from tests.store.vaults import enter, fill, reserve

SHARED = 1
"""The patient whose chart all counters change."""


def work(address: str, data_key: str, station: str, fills: int) -> None:
    """Fill so many prescriptions; say each number and serial, and the conflicts met at the end."""
    here = Place(station, lambda: datetime.now(UTC))
    doer = Doer(int(station), f"Counter {station}", f"C{station}", Role.PHARMACIST)
    vault = opening.open_vault(address_of(address), Keys(bytes.fromhex(data_key)), here)
    conflicts = written = 0
    for number in range(fills):
        with vault.change(doer) as change:
            filled = fill(change, known := enter(change, f"Doe {station} {number}"))
        with vault.change(doer) as change:
            job = reserve(change, filled, f"S-{known.number}")
        with vault.change(doer) as change:
            prints.settle(change, job, prints.JobState.SENT)
        print("filled", known.number, flush=True)
        if number % 5 == 0:
            with vault.look() as connection:
                seen = charts.patient(connection, SHARED)
            says = {**seen.says, "phone": str(int(seen.get("phone") or 0) + 1)}
            try:
                with vault.change(doer) as change:
                    charts.alter_patient(change, seen, says)
                written += 1
            except Conflict:
                conflicts += 1
    print("shared", written, conflicts, flush=True)
    vault.close()


if __name__ == "__main__":
    work(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))
