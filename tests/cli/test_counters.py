"""Several counters on one PostgreSQL, set up as the README tells the administrator of the database."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.cli.recorded import SECRET, Till, set_up
from tests.dispensing.office.offices import PIN, Clock
from tests.store.postgres import Server, postgres


@pytest.fixture(scope="module")
def server(need: Any) -> Iterator[Server]:
    with postgres(need) as running:
        yield running


def logins(server: Server, home: Path) -> tuple[str, str, Path]:
    """Do what the administrator does before the set-up; give owner, counter, file of passwords."""
    end = secrets.token_hex(4)
    owner, counter, password = f"owner_{end}", f"counter_{end}", secrets.token_urlsafe(12)
    server.sql("postgres", f"CREATE ROLE {owner} LOGIN CREATEROLE PASSWORD '{password}'")
    server.sql("postgres", f"CREATE ROLE {counter} LOGIN PASSWORD '{password}'")
    server.sql("postgres", f"CREATE DATABASE {owner} OWNER {owner}")
    kept = home / "pgpass"
    rows = [f"{server.host}:{server.port}:{owner}:{who}:{password}" for who in (owner, counter)]
    kept.write_text("\n".join(rows) + "\n", "utf-8")
    kept.chmod(0o600)
    return owner, counter, kept


def test_the_owner_sets_up_and_a_counter_works_and_cannot_rewrite(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner, counter, kept = logins(server, tmp_path)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    there = f"{server.host}:{server.port}/{owner}"
    at = Till(tmp_path, Clock())
    set_up(tmp_path, f"postgresql://{owner}@{there}", PGPASSFILE=str(kept))
    store = f"postgresql://{counter}@{there}"
    said = ("--store", store, "--user", "PC", "--passphrase-stdin", "--pin-stdin")
    lines = (SECRET, PIN)
    code, _, err = at.typed("people", "list", *said, lines=lines)
    assert code == 4
    assert "labelapp_counter" in err
    server.sql("postgres", f"GRANT labelapp_counter TO {counter}")
    code, out, err = at.typed("people", "list", *said, lines=lines)
    assert (code, out) == (0, "PC  Pat Charge  pharmacist-in-charge\n"), err
    assert at.typed("lots", "add", at.prescription(), *said, lines=lines)[0] == 0
    assert at.typed("audit", "verify", *said, lines=lines)[0] == 0
    with psycopg.connect(store, passfile=str(kept)) as line:
        line.execute("SET ROLE labelapp_counter")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            line.execute("DELETE FROM audit")
    copies = tmp_path / "copies"
    assert at.typed("backup", "-o", copies, *said, lines=lines)[0] == 0
    (file,) = copies.glob("*.db")
    folder = ("--store", tmp_path / "again", "--passphrase-stdin")
    assert at.typed("restore", file, *folder, lines=(SECRET,))[0] == 0
    again = (*folder, "--user", "PC", "--pin-stdin")
    assert "26-118" in at.typed("lots", "list", *again, lines=lines)[1]
