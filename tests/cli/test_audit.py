"""The audit by command: verified, exported, read, and who may."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from tests.cli.recorded import Till, till


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def test_a_whole_audit_is_whole(at: Till) -> None:
    told = at.told("PH", "audit", "verify")
    assert told["is_whole"] is True
    assert int(told["rows"]) > 5
    assert told["fault"] == ""


def test_the_audit_is_exported_oldest_first_into_a_new_file(at: Till) -> None:
    file = at.folder / "audit.csv"
    assert at.by("PC", "audit", "export", "-o", file)[0] == 0
    with file.open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert rows[0]["act"] == "store.set-up"
    assert [int(row["seq"]) for row in rows] == list(range(1, len(rows) + 1))
    assert at.by("PC", "audit", "export", "-o", file)[0] == 2
    assert at.by("PH", "audit", "export", "-o", at.folder / "other.csv")[0] == 3
    assert not (at.folder / "other.csv").exists()


def test_a_page_is_narrowed_by_act_and_person(at: Till) -> None:
    at.by("TT", "lots", "list")
    signed_in = at.told("PH", "audit", "list", "--act", "sign-in", "--person", "somebody tt")
    assert [each["person"] for each in signed_in["rows"]] == ["Somebody TT"]
    assert at.told("PH", "audit", "list", "--person", "nobody")["rows"] == []
    assert at.told("PH", "audit", "list", "--day", "2026-11-22")["rows"]
    assert at.told("PH", "audit", "list", "--day", "2026-11-20")["rows"] == []
    code, out, _ = at.by("TT", "audit", "list")
    assert (code, out) == (3, "")


def test_a_wrong_pin_stands_in_the_audit(at: Till) -> None:
    words = ("--store", at.store, "--user", "TT", "--passphrase-stdin", "--pin-stdin")
    at.typed("lots", "list", *words, lines=("a passphrase of the tests", "9999"))
    rows = at.told("PH", "audit", "list", "--act", "sign-in-failed")["rows"]
    assert [each["person"] for each in rows] == ["Somebody TT"]
