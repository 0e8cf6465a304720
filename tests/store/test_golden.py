"""The records an older program wrote are opened by this one, on both databases, with every row."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from labelapp.store import (
    audit,
    backup,
    charts,
    finder,
    guards,
    migrate,
    opening,
    orders,
    people,
    restoring,
)
from labelapp.store.address import Embedded
from labelapp.store.keys import by_recovery
from labelapp.store.manifest import Backup
from labelapp.store.tables import BOOK
from labelapp.store.trouble import WrongKey
from labelapp.store.vault import Vault
from tests.store.golden import PASSPHRASE, STORES
from tests.store.vaults import ME, enter, place, work_rows

STEPS = sorted(folder.name for folder in STORES.iterdir())


@pytest.fixture(params=STEPS)
def golden(request):
    return STORES / request.param


def test_there_are_golden_records_of_every_step():
    assert STEPS[-1] == migrate.NEWEST
    assert sum(each.stat().st_size for each in STORES.rglob("*") if each.is_file()) < 400_000 * len(
        STEPS
    )


def test_golden_records_are_opened_where_they_are(golden, tmp_path):
    (made,) = backup.listed(golden)
    address = Embedded(tmp_path / "records")
    address.folder.mkdir()
    shutil.copy(made.file, address.database)
    shutil.copy(golden / "keys.json", address.keys)
    vault = opening.open_vault(address, opening.keys_of(address, passphrase=PASSPHRASE), place())
    hold(vault, made, golden)


def test_golden_records_are_restored_on_both_databases(golden, address):
    (made,) = backup.listed(golden)
    said = json.loads((golden / "said.json").read_text())
    keys = by_recovery(made.wrapped, said["recovery"])
    hold(restoring.restore(made, keys, address, place(), ME), made, golden)
    with pytest.raises(WrongKey):
        opening.keys_of(address, passphrase="not the passphrase")


def hold(vault: Vault, made: Backup, golden: Path) -> None:
    """Hold records to have what the golden ones had, and to go on from there."""
    said = json.loads((golden / "said.json").read_text())
    try:
        with vault.look() as connection:
            backup.whole(connection)
            guards.check(connection)
            assert audit.verify_whole(connection, vault.keys, (made.head,)).is_whole
            assert compare_metadata(MigrationContext.configure(connection), BOOK) == []
            assert work_rows(backup.counts(connection)) == work_rows(made.rows)
            for number, (family, given) in enumerate(said["patients"], 1):
                known = orders.numbered(connection, str(number))
                assert known
                patient = charts.patient(connection, known.patient)
                assert (patient.get("family"), patient.get("given")) == (family, given)
                assert patient.says["allergies"] == [family]
                if finder.folded(family):
                    assert patient.id in {
                        each.patient for each in finder.by_name(connection, family)
                    }
                assert known.received
                assert orders.received(connection, known.received).data == family.encode()
            assert people.named(connection, "aw")
        with vault.change(ME) as change:
            assert enter(change, "Next").number == str(len(said["patients"]) + 1)
    finally:
        vault.close()
