"""A record that somebody rewrote past the program is found, on a server as well."""

from __future__ import annotations

import pytest

from labelapp.rx.people import Doer, Role
from labelapp.store import backup, charts, keys, opening, versions
from labelapp.store.address import Server, address_of
from labelapp.store.trouble import Damaged
from tests.store.vaults import place

ME = Doer(0, "labelapp", "--", Role.ADMINISTRATOR)


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE versions SET body = replace(body, '4.5', '45')",
        "UPDATE versions SET person = 'XX' WHERE version = 2",
        "DELETE FROM versions WHERE version = 2",
        "UPDATE versions SET version = 3 WHERE version = 2",
    ],
)
def test_what_a_superuser_rewrote_is_found(server, tmp_path, deed):
    address = address_of(server.new_database("desk"))
    assert isinstance(address, Server)
    begun = opening.begin("a passphrase of tests", keys.Cost(1_024, 1, 1))
    vault = opening.set_up(address, begun, begun.recovery, place(), ME)
    try:
        with vault.change(ME) as change:
            known = charts.add_patient(change, {"family": "Doe", "given": "takes 4.5 mg"})
            charts.alter_patient(change, known, {"family": "Doe", "given": "takes 4.5 mg now"})
        with vault.look() as connection:
            assert versions.verify(connection, vault.keys) == 2
        server.sql(address.url.database, f"DROP TRIGGER guard_versions_change ON versions; {deed}")
        with vault.look() as connection, pytest.raises(Damaged):
            versions.verify(connection, vault.keys)
        with pytest.raises(Damaged):
            backup.make(vault, tmp_path / "backups", "test")
        assert backup.listed(tmp_path / "backups") == ()
    finally:
        vault.close()
