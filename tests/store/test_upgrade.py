"""Records of an older program become those of this one: all steps or none, and nothing is lost."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from labelapp.store import audit, backup, guards, migrate, opening, orders, restoring
from labelapp.store.address import address_of
from labelapp.store.tables import BOOK
from labelapp.store.trouble import Damaged, Newer, StoreTrouble
from labelapp.store.vault import Vault
from tests.store.newer import NEXT, newer_program
from tests.store.vaults import ME, again, enter, fill, place, reserve, work_rows


@pytest.fixture
def filled(vault):
    with vault.change(ME) as change:
        for name in ("Doe", "Ünal", "O'Hara"):
            known = enter(change, name)
            reserve(change, fill(change, known), f"S-{known.number}")
    return vault


def counted(vault: Vault) -> dict[str, int]:
    with vault.look() as connection:
        return backup.counts(connection)


def test_the_tables_are_those_the_program_knows(vault):
    with vault.look() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, BOOK) == []
        assert migrate.step(connection) == migrate.NEWEST
        guards.check(connection)


def test_a_step_keeps_every_row_link_and_guard(filled, tmp_path):
    before = counted(filled)
    filled.close()
    seen = []
    with newer_program(tmp_path, on_server=not filled.is_embedded):
        moved = opening.open_vault(
            filled.address, filled.keys, place(), lambda old: seen.append(counted(old))
        )
        with moved.look() as connection:
            assert migrate.step(connection) == NEXT
            assert "remark" in {
                each["name"] for each in inspect(connection).get_columns("patients")
            }
            guards.check(connection)
            backup.whole(connection)
            assert audit.verify_whole(connection, filled.keys).is_whole
        assert counted(moved) == {**before, "audit": before["audit"] + 1}
        with moved.change(ME) as change:
            assert enter(change).number == "4"
        with pytest.raises(StoreTrouble), moved.change(ME) as change:
            change.connection.execute(text("DELETE FROM patients"))
        again(moved).close()
    assert seen == [before]
    with pytest.raises(Newer) as newer:
        opening.open_vault(filled.address, filled.keys, place())
    assert newer.value.values == {"standing": NEXT, "known": migrate.NEWEST}


def test_a_step_that_fails_half_way_leaves_nothing_and_can_be_tried_again(filled, tmp_path):
    before = counted(filled)
    filled.close()
    on_server = not filled.is_embedded
    with newer_program(tmp_path, fails=True, on_server=on_server):
        for _ in range(2):
            with pytest.raises(StoreTrouble):
                opening.open_vault(filled.address, filled.keys, place())
    vault = opening.open_vault(filled.address, filled.keys, place())
    assert counted(vault) == before
    with vault.look() as connection:
        assert compare_metadata(MigrationContext.configure(connection), BOOK) == []
    vault.close()
    with newer_program(tmp_path, on_server=on_server):
        moved = opening.open_vault(filled.address, filled.keys, place())
        assert counted(moved) == {**before, "audit": before["audit"] + 1}
        moved.close()


def test_no_step_is_gone_before_the_backup_was_made(filled, tmp_path):
    filled.close()

    def fail(_old):
        raise Damaged

    with newer_program(tmp_path, on_server=not filled.is_embedded), pytest.raises(Damaged):
        opening.open_vault(filled.address, filled.keys, place(), fail)
    opening.open_vault(filled.address, filled.keys, place()).close()


def test_a_backup_of_an_older_program_is_restored_and_brought_up_to_date(filled, tmp_path):
    made = backup.make(filled, tmp_path / "backups", "1")
    filled.close()
    before = dict(made.rows)
    with newer_program(tmp_path):
        backup.check(made, filled.keys)
        there = address_of(str(tmp_path / "restored"))
        vault = restoring.restore(made, filled.keys, there, place(), ME)
        assert work_rows(counted(vault)) == work_rows(before)
        assert counted(vault)["audit"] == before["audit"] + 2
        with vault.look() as connection:
            assert orders.numbered(connection, "3")
        vault.close()


def test_an_empty_database_is_none_of_ours(embedded_vault):
    with embedded_vault.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql("DROP TABLE alembic_version")
        connection.commit()
    embedded_vault.close()
    with pytest.raises(Damaged, match="no-tables"):
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())
