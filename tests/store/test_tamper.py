"""Whatever is done to the records past this program is found: bits, rows, guards, whole files."""

from __future__ import annotations

import json
import random
import shutil

import psycopg
import pytest
from sqlalchemy import text

from labelapp.rx.errors import LabelappError
from labelapp.store import anchors, audit, backup, opening
from labelapp.store.address import Address, Embedded
from labelapp.store.engine import embedded
from labelapp.store.keys import Keys, new_keys
from labelapp.store.trouble import Damaged, WrongKey
from labelapp.store.vault import Place, Vault
from tests.store.postgres import Server
from tests.store.vaults import ME, enter, fill, place, reserve

FLIPS = 200


@pytest.fixture
def worked(vault, tmp_path):
    """Records with some work and an anchor in them and one elsewhere, closed."""
    vault.place = place(anchors=tmp_path / "anchors")
    do_work(vault)
    anchors.keep(vault)
    vault.close()
    return vault


def do_work(vault: Vault) -> None:
    for name in ("Doe", "Ünal", "O'Hara", "Smith", "Nguyen"):
        with vault.change(ME) as change:
            known = enter(change, name)
            reserve(change, fill(change, known), f"S-{known.number}")
    with vault.change(ME) as change:
        change.record("anchor")
        audit.anchor(change.connection, change.keys, change.at, "test")


def by_hand(vault: Vault, server: Server | None, *statements: str) -> None:
    """Change the records as somebody who has the key, or rules the server, can: past every guard."""
    if isinstance(vault.address, Embedded):
        engine = embedded(vault.address.database, vault.keys.cipher)
        with engine.connect() as connection:
            names = connection.execute(
                text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            ).all()
            for name, _ in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
            for each in statements:
                connection.execute(text(each))
            for _, sql in names:  # and puts the guards back behind him
                connection.execute(text(sql))
            connection.commit()
        engine.dispose()
        return
    assert server
    for each in statements:
        script = f"SET session_replication_role = replica; {each}"
        server.sql(str(vault.address.url.database), script)


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE audit SET at = '2020' WHERE seq = 4", "store.audit-changed"),
        ("UPDATE audit SET detail = '{}' WHERE seq = 4", "store.audit-changed"),
        ("UPDATE audit SET mac = 'é' WHERE seq = 4", "store.audit-changed"),
        ("DELETE FROM audit WHERE seq = 4", "store.audit-gap"),
        ("DELETE FROM audit WHERE seq = 1", "store.audit-gap"),
        ("DELETE FROM audit WHERE seq > 8", "store.audit-cut"),
        ("DELETE FROM audit; DELETE FROM anchors", "store.audit-cut"),
        ("DELETE FROM audit WHERE seq > 8; DELETE FROM anchors", "store.audit-cut"),
        ("UPDATE anchors SET seq = 3", "store.audit-anchor"),
        ("UPDATE anchors SET why = 'x'", "store.audit-anchor"),
        ("UPDATE audit SET seq = seq + 100 WHERE seq > 8", "store.audit-gap"),
    ],
)
def test_an_audit_that_was_changed_is_found(worked, server, tmp_path, statement, code):
    vault = opening.open_vault(worked.address, worked.keys, worked.place)
    made = backup.make(vault, tmp_path / "backups", "1")
    vault.close()
    by_hand(worked, server, *statement.split("; "))
    for known, where in ((made.head, place()), (None, worked.place)):
        with pytest.raises(Damaged, match=code):
            verify(worked, where, known)


def verify(vault: Vault, where: Place, known: audit.Head | None) -> None:
    """Open records with the anchors a place holds, or hold them against the head of a backup."""
    if known is None:
        opening.open_vault(vault.address, vault.keys, where).close()
        return
    damaged = opening.open_damaged(vault.address, vault.keys, where)
    try:
        with damaged.look() as connection:
            audit.verify_whole(connection, vault.keys, (known,)).trusted()
    finally:
        damaged.close()


@pytest.mark.parametrize(
    "value", ["x'ff00'", "CAST(x'ff' AS TEXT)", "''"], ids=["bytes", "no-utf8", "empty"]
)
def test_an_audit_row_of_another_kind_is_found(embedded_vault, value):
    with embedded_vault.change(ME) as change:
        enter(change)
    embedded_vault.close()
    by_hand(embedded_vault, None, f"UPDATE audit SET person = {value} WHERE seq = 2")
    with pytest.raises(LabelappError) as found:
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())
    assert found.value.__context__ is None


def test_an_older_copy_put_in_place_is_found(embedded_vault, tmp_path):
    where = place(anchors=tmp_path / "anchors")
    embedded_vault.close()
    folder = embedded_vault.address.folder
    shutil.copytree(folder, tmp_path / "older")
    vault = opening.open_vault(embedded_vault.address, embedded_vault.keys, where)
    with vault.change(ME) as change:
        enter(change)
    anchors.keep(vault)
    vault.close()
    newer = folder / "anchor.json"
    shutil.copy(tmp_path / "older" / "records.db", folder / "records.db")
    with pytest.raises(Damaged, match="audit-cut"):  # told by the anchor beside it
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())
    shutil.copy(tmp_path / "older" / "anchor.json", newer)
    opening.open_vault(embedded_vault.address, embedded_vault.keys, place()).close()
    with pytest.raises(Damaged, match="audit-cut"):  # the whole folder: by the anchor elsewhere
        opening.open_vault(embedded_vault.address, embedded_vault.keys, where)


@pytest.mark.parametrize(
    "said",
    [
        "", "[]", "null", "{", "[" * 1900, '{"store": 1}', "\ud800", '{"seq": Infinity}',
        '{"store": "x", "seq": 1, "mac": "y", "seal": "z"}',
    ],
)  # fmt: skip
def test_a_forged_anchor_is_found(embedded_vault, said):
    embedded_vault.close()
    said_bytes = said.encode("utf-8", "surrogatepass")
    embedded_vault.address.anchor.write_bytes(said_bytes)
    with pytest.raises(Damaged, match="audit-anchor"):
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())


def test_an_anchor_of_other_records_is_found(embedded_vault):
    anchor = embedded_vault.address.anchor
    embedded_vault.close()
    said = json.loads(anchor.read_text())
    for change in ({"store": "other"}, {"seq": said["seq"] - 1}, {"seal": said["seal"][::-1]}):
        anchor.write_text(json.dumps({**said, **change}))
        with pytest.raises(Damaged, match="audit-anchor"):
            opening.open_vault(embedded_vault.address, embedded_vault.keys, place())


SQLITE_GUARDS = [
    "DROP TRIGGER guard_audit_update",
    "DROP TRIGGER guard_patients_delete",
    "CREATE TRIGGER swallow BEFORE INSERT ON audit BEGIN SELECT RAISE(IGNORE); END",
]
POSTGRESQL_GUARDS = [
    "DROP TRIGGER guard_audit_change ON audit",
    "ALTER TABLE labels DISABLE TRIGGER guard_labels_change",
    (
        "CREATE OR REPLACE FUNCTION guard_refuse() RETURNS trigger LANGUAGE plpgsql"
        " AS $$BEGIN RETURN NEW; END$$"
    ),
    (
        "DROP TRIGGER guard_audit_change ON audit; CREATE TRIGGER guard_audit_change"
        " BEFORE UPDATE OR DELETE ON numbers FOR EACH ROW EXECUTE FUNCTION guard_refuse()"
    ),
    (
        "DROP TRIGGER guard_audit_change ON audit; CREATE TRIGGER guard_audit_change BEFORE UPDATE"
        " OR DELETE ON audit FOR EACH ROW WHEN (false) EXECUTE FUNCTION guard_refuse()"
    ),
    (
        "DROP TRIGGER guard_audit_change ON audit; CREATE TRIGGER guard_audit_change BEFORE UPDATE"
        " OF seq OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION guard_refuse()"
    ),
    "CREATE RULE swallow AS ON INSERT TO audit DO INSTEAD NOTHING",
]


@pytest.mark.parametrize("statement", SQLITE_GUARDS)
def test_a_guard_that_is_gone_or_one_too_many_is_found(embedded_vault, statement):
    embedded_vault.close()
    engine = embedded(embedded_vault.address.database, embedded_vault.keys.cipher)
    with engine.connect() as connection:
        connection.execute(text(statement))
        connection.commit()
    engine.dispose()
    with pytest.raises(Damaged, match="guards-missing"):
        opening.open_vault(embedded_vault.address, embedded_vault.keys, place())


@pytest.mark.parametrize("statement", POSTGRESQL_GUARDS)
def test_a_guard_of_a_server_that_was_altered_is_found(server_vault, server, statement):
    server_vault.close()
    server.sql(server_vault.address.url.database, statement)
    with pytest.raises(Damaged, match="guards-missing"):
        opening.open_vault(server_vault.address, server_vault.keys, place())


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET at = 'x'", "DELETE FROM audit", "TRUNCATE audit", "DELETE FROM patients",
        "UPDATE versions SET body = '{}'", "TRUNCATE versions", "DROP TABLE labels",
        "UPDATE store SET value = 'x'", "ALTER TABLE audit DISABLE TRIGGER ALL",
        "INSERT INTO audit VALUES (90, '', '', '', '', '', '', '', '', '')",
    ],
)  # fmt: skip
def test_a_counter_of_a_server_can_rewrite_nothing(server_vault, statement):
    do_work(server_vault)
    url = server_vault.address.url.set(drivername="postgresql")
    with psycopg.connect(url.render_as_string(hide_password=False)) as line:
        line.execute("SET ROLE labelapp_counter")
        with pytest.raises(psycopg.Error):
            line.execute(statement)
        line.rollback()
        if not statement.startswith(("DROP", "ALTER", "UPDATE store")):  # an owner can do these
            with pytest.raises(psycopg.errors.RaiseException):
                line.execute(statement)


def test_every_flipped_bit_is_found(embedded_vault):
    for number in range(30):
        with embedded_vault.change(ME) as change:
            enter(change, f"Family {number}")
    embedded_vault.close()
    address, chance = embedded_vault.address, random.Random(200)
    whole, found = address.database.read_bytes(), 0
    for _ in range(FLIPS):
        bit = chance.randrange(8 * len(whole))
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        address.database.write_bytes(flipped)
        with pytest.raises((Damaged, WrongKey)):
            read_all(address, embedded_vault.keys)
        found += 1
    address.database.write_bytes(whole)
    read_all(address, embedded_vault.keys)
    assert found == FLIPS


def read_all(address: Address, keys: Keys) -> None:
    vault = opening.open_vault(address, keys, place())
    try:
        with vault.look() as connection:
            backup.whole(connection)
    finally:
        vault.close()


@pytest.mark.parametrize("cut", [0, 1, 4096, 5000, -1, -4096])
def test_a_database_that_was_cut_is_found(embedded_vault, cut):
    embedded_vault.close()
    database = embedded_vault.address.database
    database.write_bytes(database.read_bytes()[:cut])
    with pytest.raises((Damaged, WrongKey)):
        read_all(embedded_vault.address, embedded_vault.keys)


def test_other_keys_open_nothing(worked):
    with pytest.raises(WrongKey):
        opening.open_vault(worked.address, new_keys(), place())
