"""The audit tells of every change who did it when and where, and shows its own every change."""

from __future__ import annotations

import json

import pytest

from labelapp.store import audit, charts, opening
from labelapp.store.audit import Head
from labelapp.store.keys import new_keys
from labelapp.store.tables import AUDIT
from labelapp.store.trouble import Damaged
from tests.store.vaults import ME, again, enter


def test_each_change_says_who_when_where_and_what_was_before(vault):
    with vault.change(ME) as change:
        chart = charts.add_patient(change, {"family": "Doe", "phone": "555 1"})
    with vault.change(ME) as change:
        charts.alter_patient(change, chart, {"family": "Doe", "phone": "555 2"})
    with vault.look() as connection:
        *_, row = connection.execute(AUDIT.select().order_by(AUDIT.c.seq))
    assert (row.person, row.role, row.station) == ("1", "pharmacist", "counter-1")
    assert (row.act, row.kind, row.subject) == ("change", "patients", str(chart.id))
    assert row.at.startswith("2026-11-22T09:")
    said = json.loads(row.detail)
    assert (said["from"], said["to"]) == ({"phone": "555 1"}, {"phone": "555 2"})


def test_a_chain_is_whole_from_its_first_row_or_from_one_before(vault):
    for _ in range(7):
        with vault.change(ME) as change:
            enter(change)
    with vault.look() as connection:
        whole = audit.verify_whole(connection, vault.keys)
        assert whole.is_whole
        assert whole.rows == whole.head.seq == audit.count(connection)
        since = audit.before(connection, whole.head, 5)
        assert since
        assert audit.verify_whole(connection, vault.keys, since=since).rows == 5
        assert audit.before(connection, whole.head, whole.head.seq) is None
        assert audit.before(connection, None, 5) is None
        for wrong in (Head(3, "0" * 64), Head(3, "")):
            assert audit.verify(connection, vault.keys, wrong).fault == "changed"
        assert audit.verify_whole(connection, new_keys()).fault == "changed"
        beyond = Head(whole.head.seq + 1, "0" * 64)
        assert audit.verify_whole(connection, vault.keys, (beyond,)).fault == "cut"


def test_rows_before_the_anchor_are_looked_at_again(embedded_vault, monkeypatch):
    monkeypatch.setattr(opening, "LOOK_BACK", 4)
    vault = embedded_vault
    for _ in range(6):
        with vault.change(ME) as change:
            enter(change)
    with vault.change(ME) as change:
        change.record("anchor")
        last = audit.anchor(change.connection, change.keys, change.at, "test")
    vault = again(vault)
    with vault.look() as connection:
        assert audit.anchored(connection, vault.keys) == last
    for seq, is_found in ((last.seq - 2, True), (last.seq - 8, False)):
        with vault.engine.begin() as connection:
            (statement,) = connection.exec_driver_sql(
                "SELECT sql FROM sqlite_master WHERE name = 'guard_audit_update'"
            ).one()
            connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
            before = connection.exec_driver_sql(f"SELECT at FROM audit WHERE seq = {seq}").scalar()
            connection.exec_driver_sql(f"UPDATE audit SET at = 'x' WHERE seq = {seq}")
            connection.exec_driver_sql(statement)
        vault.close()
        if is_found:
            with pytest.raises(Damaged, match="audit-changed"):
                opening.open_vault(vault.address, vault.keys, vault.place)
            damaged = opening.open_damaged(vault.address, vault.keys, vault.place)
            damaged.close()
            vault.engine.dispose()
            with vault.engine.begin() as connection:
                connection.exec_driver_sql("DROP TRIGGER guard_audit_update")
                connection.exec_driver_sql("UPDATE audit SET at = ? WHERE seq = ?", (before, seq))
                connection.exec_driver_sql(statement)
            vault.engine.dispose()
        vault = opening.open_vault(vault.address, vault.keys, vault.place)
    with vault.look() as connection:
        assert audit.verify_whole(connection, vault.keys).fault == "changed"
    vault.close()


def test_many_anchors_are_checked_in_one_walk(vault):
    for _ in range(30):
        with vault.change(ME) as change:
            change.record("anchor")
            audit.anchor(change.connection, change.keys, change.at, "hour")
    vault = again(vault)
    with vault.look() as connection:
        assert audit.verify_whole(connection, vault.keys).is_whole
        assert audit.anchored(connection, vault.keys) == audit.head(connection)
    vault.close()
