"""Makes the golden records of the present tables: the ones every later program must open.

Run by hand when there is a new step: `python -m tests.store.golden`. What is there stays as it is.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from labelapp.rx.decision import Decision
from labelapp.rx.history import FillState
from labelapp.rx.people import Role
from labelapp.store import (
    audit,
    backup,
    charts,
    decisions,
    fills,
    migrate,
    opening,
    orders,
    people,
    prints,
    rows,
)
from labelapp.store import shelf as lots
from labelapp.store.address import Embedded
from labelapp.store.vault import Vault
from tests.store.vaults import COST, ME, fill, place, reserve

STORES = Path(__file__).parents[1] / "golden" / "stores"
PASSPHRASE = "golden store passphrase"
NAMES = (
    ("O\u2019Brien-Smith", "Mary-Jo"), ("de la Cruz y Santos", "Mar\u00eda Jos\u00e9"),
    ("\u0141ukasiewicz", "Ka\u017amierz"), ("\u0418\u0432\u0430\u043d\u043e\u0432", "\u041f\u0451\u0442\u0440"),
    ("\u9673", "\u5927\u6587"), ("\u0928\u093f\u0930\u092e\u0932", "\u0930\u093e\u092e"),
    ("Nu\u0308n\u0303ez", "Decomposed"), ("X", ""), ("'; DROP TABLE patients; --", "Robert"),
    ("A" * 60, "B" * 60), ("\U0001f48a", "Pill"), ("\u202eevil", "Right to left"),
    ("Line\nBreak", "Tab\tTab"), ("Nul\x00l", "\\back\\slash"), ("100%", "_under"),
)  # fmt: skip
"""Names that ask for care: marks, scripts, sentences to a database, signs that are none."""


def fill_in(vault: Vault) -> None:
    """Write rows into every table."""
    with vault.change(ME) as change:
        doer = people.add(change, "Ana Wei\u00df", "AW", Role.PHARMACIST, "2580", COST)
        people.set_badge(change, doer.doer.id, "badge-1")
        formula = lots.add_formula(change, "LDN 4.5 mg", {"strength": "4.5 mg"})
        lot = lots.add(change, "L-1", {"left": "100"}, "2026-11-01", "2027-05-01", formula.id)
        lots.release(change, lot)
        rows.put(change, "code/x", {"says": "own code"})
        rows.approve(change, "stock", {"zebra": "0" * 64}, {"words": "approved"})
        doctor = charts.add_prescriber(change, {"family": "Gregg", "npi": "1234567893"})
    for family, given in NAMES:
        says = {"family": family, "given": given, "born": "1980-02-29", "phone": "+1 555 123 4567"}
        with vault.change(ME) as change:
            patient = charts.add_patient(change, says)
            patient = charts.alter_patient(change, patient, {**says, "allergies": [family]})
            came = orders.keep_received(change, "fhir", family.encode())
            number = str(orders.next_number(change, "rx"))
            who = (patient.id, doctor.id)
            order = orders.add(change, number, who, "2026-11-20", {"drug": given}, came)
            order = orders.review(change, order, {"alone": True})
            filled = fill(change, order, lots=(lot.id,))
            decisions.keep(change, filled.id, _decision(family.replace("\0", "")))
            job = reserve(change, filled, f"S-{number}")
            prints.settle(change, job, prints.JobState.SENT)
            filled = fills.set_state(change, filled, FillState.PRINTED)
            fills.verify(change, filled, {"scanned": f"S-{number}"})
    with vault.change(ME) as change:
        change.record("anchor")
        audit.anchor(change.connection, change.keys, change.at, "golden")


def _decision(reason: str) -> Decision:
    at = datetime(2026, 11, 22, 9, tzinfo=UTC)
    return Decision("dose.high", "dose", (("mg", "6"),), "", "AW", Role.PHARMACIST, at, reason)


def make() -> None:
    """Make the golden records: wrapped keys, a backup and its page."""
    folder = STORES / migrate.NEWEST
    shutil.rmtree(folder, ignore_errors=True)
    with tempfile.TemporaryDirectory() as name:
        address = Embedded(Path(name) / "records")
        begun = opening.begin(PASSPHRASE, COST)
        vault = opening.set_up(address, begun, begun.recovery, place(), ME)
        fill_in(vault)
        made = backup.make(vault, folder, "golden")
        vault.close()
        shutil.copy(address.keys, folder / "keys.json")
    said = {"recovery": begun.recovery, "patients": [list(each) for each in NAMES]}
    (folder / "said.json").write_text(json.dumps(said, indent=2) + "\n")
    print(made.file, made.file.stat().st_size)


if __name__ == "__main__":
    make()
