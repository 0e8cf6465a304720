"""A patient's name stands in the records and in no error, log, file name or unencrypted byte."""

from __future__ import annotations

import traceback

import pytest
from sqlalchemy import insert, text

from labelapp.rx.people import Role
from labelapp.store import audit, backup, charts, orders, people, versions
from labelapp.store.tables import LABELS, PATIENTS, SETTINGS, VERSIONS
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change
from tests.store.vaults import CANARY, COST, ME, again, enter, fill, reserve


def unique(change: Change) -> None:
    for _ in range(2):
        change.connection.execute(insert(SETTINGS).values(version=1, name=CANARY))


def taken_initials(change: Change) -> None:
    for _ in range(2):
        people.add(change, "A", CANARY, Role.PHARMACIST, "2580", COST)


def missing(change: Change) -> None:
    change.connection.execute(insert(PATIENTS).values(sort_name=CANARY, phone=CANARY))


def not_a_number(change: Change) -> None:
    change.connection.execute(insert(PATIENTS).values(version=CANARY, sort_name=CANARY, id=1))


def too_large(change: Change) -> None:
    change.connection.execute(insert(PATIENTS).values(version=1, sort_name=CANARY, id=2**70))


def guarded(change: Change) -> None:
    change.connection.execute(text("UPDATE versions SET body = :body"), {"body": CANARY})


def bad_statement(change: Change) -> None:
    change.connection.execute(text(f"SELECT '{CANARY}' FROM no_such_table"))


def bad_syntax(change: Change) -> None:
    change.connection.exec_driver_sql(f"SELECT '{CANARY}")


def points_to_none(change: Change) -> None:
    change.connection.execute(
        insert(LABELS).values(
            fill=99, serial=CANARY, label=1, copy=1, at="", person="", reason=CANARY, pages="",
            bitmap=b"", pdf_sha256="", made_with="",
        )
    )  # fmt: skip


def half_a_sign(change: Change) -> None:
    charts.add_patient(change, {"family": CANARY + "\ud800"})


def no_text(change: Change) -> None:
    change.connection.execute(insert(SETTINGS).values(version=1, name=CANARY + "\0"))


def no_value(change: Change) -> None:
    change.connection.execute(insert(SETTINGS).values(version=1, name={CANARY: object()}))


def no_record(change: Change) -> None:
    versions.newest(change.connection, "patients", 99)


def no_row(change: Change) -> None:
    orders.received(change.connection, 99)


def body_is_no_json(change: Change) -> None:
    patient = charts.add_patient(change, {"family": "Doe"})
    change.connection.execute(
        insert(VERSIONS).values(
            kind="patients", subject=patient.id, version=2, at="", person="", station="",
            body="{" + CANARY, seal="",
        )
    )  # fmt: skip
    charts.patient(change.connection, patient.id)


BY_A_FAULT = (not_a_number, bad_statement, bad_syntax)
"""Statements no part of labelapp makes: a server repeats them in its log, whatever is asked of it."""
ALL = (
    unique, taken_initials, missing, not_a_number, too_large, guarded, bad_statement, bad_syntax,
    points_to_none, half_a_sign, no_text, no_value, no_record, no_row, body_is_no_json,
)  # fmt: skip


def everything_said(error: BaseException) -> str:
    """Give all that an error and those behind it say, in whatever way it may be written down."""
    seen: list[str] = []
    waiting: list[BaseException | None] = [error]
    while waiting:
        each = waiting.pop()
        if each is None:
            continue
        seen += [str(each), repr(each), repr(each.args), repr(vars(each))]
        waiting += [each.__cause__, each.__context__]
    return "\n".join([*seen, *traceback.format_exception(error)])


@pytest.mark.parametrize("act", ALL, ids=lambda each: each.__name__)
def test_no_error_holds_a_name(vault, act):
    with vault.change(ME) as change:
        enter(change, CANARY)
    with pytest.raises(StoreTrouble) as failed, vault.change(ME) as change:
        act(change)
    said = everything_said(failed.value).replace("CANARY", "")
    assert CANARY not in said
    assert failed.value.__context__ is None
    with vault.change(ME) as change:
        enter(change, "Next")
    with vault.look() as connection:
        assert audit.verify_whole(connection, vault.keys).is_whole


def test_no_file_and_no_log_holds_a_name(vault, server, tmp_path, caplog):
    before = len(server.log.read_bytes())
    with vault.change(ME) as change:
        known = enter(change, CANARY, CANARY)
        reserve(change, fill(change, known), "S-1", CANARY)
    for act in (each for each in ALL if each not in BY_A_FAULT):
        with pytest.raises(StoreTrouble), vault.change(ME) as change:
            act(change)
    backup.make(vault, tmp_path / "backups", "1")
    written = [*tmp_path.rglob("*")]
    if vault.is_embedded:
        assert {"records.db", "records.db-wal"} <= {each.name for each in written}
    vault = again(vault)
    backup.make(vault, tmp_path / "backups", "1")
    vault.close()
    for path in (*written, *tmp_path.rglob("*")):
        assert CANARY not in str(path)
        if path.is_file():
            content = path.read_bytes()
            assert CANARY.encode() not in content
            assert CANARY.casefold().encode() not in content
    assert CANARY not in server.log.read_bytes()[before:].decode("utf-8", "replace")
    assert CANARY not in caplog.text


def test_no_keys_are_shown(vault):
    said = repr(vault.keys) + repr(vars(vault)) + str(vault.address) + repr(vault.address)
    assert vault.keys.cipher not in said
    assert repr(vault.keys.data) not in said
    if not vault.is_embedded:
        assert str(vault.address.url.password) not in said
