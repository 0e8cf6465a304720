"""The PostgreSQL the tests of the records stand on is a real one, apart, and gone afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.printing.virtual import answers, await_true
from tests.store.authority import certify
from tests.store.postgres import OLDEST, postgres

ROOT = Path(__file__).parents[2]
CANARY = "ZZCANARY, Jane"
RUNS = """
import shutil, sys, time
from tests.store.postgres import postgres

with postgres(lambda command, package: shutil.which(command)) as server:
    print(server.log.parent, server.port, flush=True)
    sys.stdin.read()
"""


def test_it_is_recent_and_writes_through_to_the_disk(server):
    said = server.sql("postgres", "SELECT current_setting('server_version_num')::int / 10000")
    assert said[0][0] >= OLDEST
    assert server.sql("postgres", "SHOW fsync") == [("on",)]
    assert server.sql("postgres", "SHOW listen_addresses") == [("127.0.0.1",)]


def test_each_database_has_an_owner_of_its_own(server):
    one, other = (server.new_database("desk") for _ in range(2))
    assert one != other
    with psycopg.connect(one) as line:
        line.execute("CREATE TABLE label (number int)")
    with psycopg.connect(other) as line, pytest.raises(psycopg.errors.UndefinedTable):
        line.execute("SELECT * FROM label")


def test_a_later_owner_may_take_on_the_role_an_earlier_one_made(server):
    for _ in range(2):
        with psycopg.connect(server.new_database("desk"), autocommit=True) as line:
            known = line.execute("SELECT 1 FROM pg_roles WHERE rolname = 'clerk'").fetchall()
            if not known:
                line.execute("CREATE ROLE clerk NOLOGIN")
            line.execute("GRANT clerk TO CURRENT_USER")
            line.execute("SET ROLE clerk")
    server.sql("postgres", "DROP ROLE clerk")


@pytest.mark.parametrize("way", ["loopback", "socket"])
def test_no_one_comes_in_without_the_password(server, way):
    host = server.host if way == "loopback" else str(server.socket_folder)
    address = f"host={host} port={server.port} user={server.superuser} dbname=postgres"
    psycopg.connect(address, password=server.password).close()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address, password="not this")


@pytest.mark.parametrize("end", ["stop", "crash"])
def test_it_goes_away_and_comes_back_with_what_was_committed(server, end):
    address = server.new_database("desk")
    with psycopg.connect(address) as line:
        line.execute("CREATE TABLE label AS SELECT 7 AS number")
    try:
        getattr(server, end)()
        with pytest.raises(psycopg.OperationalError, match="refused"):
            psycopg.connect(address)
    finally:
        server.start()
    with psycopg.connect(address) as line:
        assert line.execute("SELECT number FROM label").fetchall() == [(7,)]


def test_its_log_holds_nothing_of_the_records(server):
    before = server.log.stat().st_size
    with psycopg.connect(server.new_database("desk"), autocommit=True) as line:
        line.execute("CREATE TABLE patient (name text UNIQUE)")
        line.execute("INSERT INTO patient VALUES (%s)", (CANARY,))
        with pytest.raises(psycopg.errors.UniqueViolation, match=CANARY):
            line.execute("INSERT INTO patient VALUES (%s)", (CANARY,))
    told = server.log.read_text()
    assert "duplicate key" in told[before:]
    assert CANARY not in told


def test_it_shows_its_certificate_as_localhost_only(need, tmp_path):
    strangers = certify("localhost", tmp_path)
    with postgres(need, fsync=False, tls=True) as server:
        assert server.authority
        address = server.new_database("desk") + "?sslmode=verify-full&sslrootcert="
        by_name = address.replace(server.host, "localhost")
        with psycopg.connect(f"{by_name}{server.authority}") as line:
            rows = line.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
            assert rows.fetchall() == [(True,)]
        with pytest.raises(psycopg.OperationalError, match="does not match host name"):
            psycopg.connect(f"{address}{server.authority}")
        with pytest.raises(psycopg.OperationalError, match="SSL error"):
            psycopg.connect(f"{by_name}{strangers}")
    assert not server.log.parent.exists()


def test_it_does_not_outlive_tests_that_are_killed(server):
    with subprocess.Popen(
        [sys.executable, "-c", RUNS],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])},
        text=True,
    ) as tests:
        assert tests.stdout
        folder, port = tests.stdout.readline().split()
        assert answers(int(port))
        tests.kill()
    await_true(lambda: not answers(int(port)), "the server to end")
    await_true(lambda: not Path(folder).exists(), "its folder to go")
