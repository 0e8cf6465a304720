"""Emergency access by command: the recovery key alone, everything in plain files, and the audit says so."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import pytest

from tests.cli.recorded import Till, till, with_released_lot
from tests.cli.test_backup import damage


@pytest.fixture
def at(tmp_path: Path) -> Till:
    made = till(tmp_path)
    rx = with_released_lot(made)
    made.told("TT", "print", rx, "--to", f"file:{tmp_path / 'label.pdf'}")
    return made


def broken_glass(at: Till, folder: Path, *more: str) -> tuple[int, str, str]:
    counter = ("--store", at.store, "--recovery-stdin")
    return at.typed("emergency", "-o", folder, *counter, *more, lines=(at.recovery,))


def test_every_prescription_and_label_is_written_with_the_recovery_key_alone(at: Till) -> None:
    folder = at.folder / "out"
    code, out, err = broken_glass(at, folder, "--by", "Dr. Abara", "--reason", "fire", "--json")
    assert code == 0, err
    assert json.loads(out) == {
        "output": str(folder), "prescriptions": "1", "labels": "1", "is_audited": True,
    }  # fmt: skip
    with (folder / "index.csv").open(encoding="utf-8-sig", newline="") as table:
        (row,) = csv.DictReader(table)
    assert (row["rx"], row["patient"], row["fill"], row["lots"]) == (
        "1234567", "DOE, Jane", "0", "26-118",
    )  # fmt: skip
    code, said, _ = at.typed("read", folder / row["prescription_file"], "--json")
    assert code == 0
    assert json.loads(said)["drafts"][0]["patient"]["name"] == "Jane Doe"
    head, size, dots = (folder / row["label_files"]).read_bytes().split(b"\n", 2)
    width, height = (int(each) for each in size.split())
    assert head == b"P4"
    assert len(dots) == height * -(-width // 8)
    assert any(dots)
    acts = {e["act"]: e["detail"] for e in at.told("PH", "audit", "list")["rows"]}
    assert acts["emergency"] == "by: Dr. Abara; reason: fire"
    assert "labels: 1" in acts["emergency.done"]


@pytest.mark.skipif(os.name != "posix", reason="rights of files are POSIX")
def test_nobody_else_may_read_what_was_written(at: Till) -> None:
    folder = at.folder / "out"
    assert broken_glass(at, folder)[0] == 0
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {each.stat().st_mode & 0o777 for each in folder.iterdir()} == {0o600}


def test_nothing_is_written_into_a_folder_that_is_there_or_with_a_wrong_key(at: Till) -> None:
    assert broken_glass(at, at.folder)[0] == 2
    folder = at.folder / "out"
    words = ("emergency", "-o", folder, "--store", at.store, "--recovery-stdin")
    assert at.typed(*words, lines=("WRONG-WRONG",))[0] == 3
    assert at.typed(*words[:-1])[0] == 3
    assert not folder.exists()


def test_damaged_records_are_read_all_the_same_and_it_is_said_that_no_audit_knows(at: Till) -> None:
    (at.store / "anchor.json").write_text("{}", "utf-8")
    assert at.by("TT", "lots", "list")[0] == 4
    folder = at.folder / "out"
    code, out, err = broken_glass(at, folder)
    assert code == 0, err
    assert "1 prescriptions and 1 labels" in out
    assert "write down yourself" in err


def test_a_database_that_cannot_be_read_ends_in_words(at: Till) -> None:
    damage(at.store / "records.db")
    (at.store / "records.db").write_bytes((at.store / "records.db").read_bytes()[:5_000])
    code, _, err = broken_glass(at, at.folder / "out")
    assert code in {3, 4}
    assert "Traceback" not in err
