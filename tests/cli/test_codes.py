"""The code book on the command line: what is added there is read by every other command."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from labelapp.bootstrap.codes import codes_file, read_codes
from labelapp.resources import folder
from tests.cli.recorded import Till, till

EXAMPLE = folder() / "examples/01-capsule-4.5-mg.json"
TODAY = ["--today", "2026-11-22"]
MEANS = "at bedtime with food"
ADD = ("codes", "add", "zorp", MEANS, "--by", "R. Rossi")


@pytest.fixture(autouse=True)
def own_computer(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Give each test a computer without codes of its own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def sig_file(folder: Path, sig: str) -> Path:
    """Write the first example with other directions."""
    written = {**json.loads(EXAMPLE.read_text("utf-8")), "sig": sig}
    path = folder / "rx.json"
    path.write_text(json.dumps(written), "utf-8")
    return path


def test_without_a_file_there_are_no_codes(run: Any) -> None:
    code, out, err = run("codes")
    assert (code, err) == (0, "")
    assert "no codes" in out
    assert json.loads(run("codes", "--json")[1]) == {"codes": []}
    assert not codes_file().exists()


def test_a_code_that_was_added_is_listed_and_read(run: Any) -> None:
    assert run("sig", "1 cap po zorp", "--form", "capsule")[0] == 3
    code, out, err = run(*ADD)
    assert (code, err) == (0, "")
    assert "zorp" in out
    (listed,) = json.loads(run("codes", "--json")[1])["codes"]
    assert (listed["code"], listed["means"], listed["added_by"]) == ("zorp", MEANS, "R. Rossi")
    assert listed["is_read"] is True
    assert listed["added_on"]
    code, out, _ = run(
        "sig", "1 cap po ZORP", "--form", "capsule", "--strength", "1.5 mg", "--json"
    )
    said = json.loads(out)
    assert (code, said["status"]) == (0, "ok")
    assert (
        said["lines"]
        == json.loads(
            run("sig", f"1 cap po {MEANS}", "--form", "capsule", "--strength", "1.5 mg", "--json")[
                1
            ]
        )["lines"]
    )


def test_every_command_reads_it(run: Any, tmp_path: Path) -> None:
    path = sig_file(tmp_path, "Take 1 capsule zorp")
    out_pdf = tmp_path / "label.pdf"
    render = ("render", path, "-o", out_pdf, *TODAY, "--json")
    assert run(*render)[0] == 3
    assert run(*ADD)[0] == 0
    (draft,) = json.loads(run("read", path, *TODAY, "--json")[1])["drafts"]
    assert draft["steps"][0]["when"] == ["bedtime"]
    assert draft["sig"] == "Take 1 capsule zorp"
    found = json.loads(run("check", path, *TODAY, "--json")[1])["assessments"][0]["findings"]
    assert not [each for each in found if each["field"] == "sig" and each["severity"] != "NOTE"]
    code, out, _ = run(*render)
    assert code == 0, out
    (label,) = json.loads(out)["labels"]
    printed = " ".join(line["text"] for line in label["lines"])
    assert "bedtime" in printed
    assert "zorp" not in printed.casefold()


@pytest.mark.parametrize(
    ("code", "means", "found", "status"),
    [
        ("qhs", "at noon", "own.shipped", "refused"),
        ("table", "at noon", "own.english", "refused"),
        ("zorp", "1 teaspoon", "own.means-unread", "refused"),
        ("qhd", "with food", "own.alike", "ask"),
    ],
)
def test_a_refusal_names_its_reason_and_writes_nothing(
    run: Any, code: str, means: str, found: str, status: str
) -> None:
    for words in (("check", code, means), ("add", code, means, "--by", "R. Rossi")):
        left, out, _ = run("codes", *words, "--json")
        said = json.loads(out)
        assert (left, said["status"], said["is_read"]) == (3, status, False)
        assert found in {each["code"] for each in said["findings"]}
        assert all(each["message"] and each["way_out"] for each in said["findings"])
        left, out, err = run("codes", *words)
        assert (left, out) == (3, "")
        assert code in err
    assert not codes_file().exists()


def test_a_check_writes_nothing(run: Any) -> None:
    assert run("codes", "check", "zorp", MEANS)[0] == 0
    assert not codes_file().exists()


def test_a_look_alike_is_added_when_it_is_said_that_it_is_known(run: Any) -> None:
    add = ("codes", "add", "qhd", "with food", "--by", "R. Rossi", "--despite-alike")
    assert run(*add)[0] == 0
    (listed,) = json.loads(run("codes", "--json")[1])["codes"]
    assert "qhs" in listed["alike"]
    assert listed["findings"] == []
    refused = run("codes", "add", "qhs", "with food", "--by", "R. Rossi", "--despite-alike")
    assert refused[0] == 3


def test_somebody_adds_it(run: Any) -> None:
    for name in ("", "  ", "x" * 61, "a\x1bb"):
        assert run(*ADD[:-1], name)[0] == 2
    assert run(*ADD[:-2])[0] == 2
    assert not codes_file().exists()


def test_a_code_is_removed(run: Any) -> None:
    run(*ADD)
    run("codes", "add", "blig", "with food", "--by", "R. Rossi")
    code, out, _ = run("codes", "remove", "Z.O.R.P.", "--json")
    assert (code, json.loads(out)) == (0, {"removed": "zorp", "means": MEANS})
    assert [row.code for row in read_codes().rows] == ["blig"]
    assert run("codes", "remove", "zorp")[0] == 3
    assert run("sig", "1 cap po zorp", "--form", "capsule")[0] == 3


def test_a_row_changed_by_hand_is_listed_asked_about_and_not_healed(run: Any) -> None:
    run(*ADD)
    text = codes_file().read_text("utf-8")
    codes_file().write_text(text.replace(MEANS, "in the morning"), "utf-8")
    run("codes", "add", "blig", "with food", "--by", "R. Rossi")
    code, out, err = run("codes")
    assert code == 0
    assert "not read" in out
    assert "changed" in err
    left, out, _ = run("sig", "1 cap po zorp", "--form", "capsule", "--json")
    assert left == 3
    assert "own.left-out" in {each["code"] for each in json.loads(out)["findings"]}
    assert run(*ADD)[0] == 3  # it is there, if not read: it is removed first
    assert run("codes", "remove", "zorp")[0] == 0
    assert run(*ADD)[0] == 0
    assert run("sig", "1 cap po zorp", "--form", "capsule")[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "codes = 1", "[[codes]]\ncode = 1", "[[codes]]\ncode = 'zorp'", "other = 1", "[[codes",
        "[[codes]]\ncode = 'zorp'\nmeans = 'at noon'\nalike = [1]", "codes = [1]", "\x00",
        "[[codes]]\ncode = 'zorp'\nmeans = 'at noon'\nadded_on = 2026-11-22T10:00:00",
        "[[codes]]\ncode = 'zorp'\nmeans = 'at noon'\nby = 'x'", "# " + "x" * 500_000,
    ],
)  # fmt: skip
def test_a_damaged_file_stops_every_command_that_reads_directions(run: Any, text: str) -> None:
    codes_file().parent.mkdir(parents=True)
    codes_file().write_text(text, "utf-8")
    for words in (("codes",), ADD, ("sig", "1 cap qhs", "--form", "capsule")):
        code, out, err = run(*words)
        assert (code, out) == (4, ""), words
        assert str(codes_file()) in err
    assert codes_file().read_text("utf-8") == text


def test_a_folder_that_cannot_be_written_is_told(run: Any) -> None:
    codes_file().parent.parent.mkdir(parents=True)
    codes_file().parent.write_text("no folder", "utf-8")
    code, out, err = run(*ADD)
    assert (code, out) == (4, "")
    assert err


def test_the_file_says_who_added_what_and_when(run: Any) -> None:
    run(*ADD)
    (row,) = tomllib.loads(codes_file().read_text("utf-8"))["codes"]
    assert (row["code"], row["means"], row["added_by"]) == ("zorp", MEANS, "R. Rossi")
    assert row["added_on"].year >= 2026
    assert list(codes_file().parent.glob("*")) == [codes_file()]


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def test_in_the_records_a_technicians_code_waits_for_the_pharmacist_in_charge(at: Till) -> None:
    code, out, err = at.by("TT", "codes", "add", "zorp", MEANS)
    assert (code, err) == (0, "")
    assert "as soon as" in out
    (listed,) = at.told("TT", "codes")["codes"]
    assert (listed["code"], listed["added_by"]) == ("zorp", "Somebody TT")
    assert (listed["added_on"], listed["is_read"]) == ("2026-11-22", False)
    assert [each["code"] for each in listed["findings"]] == ["own.waits"]
    code, _, err = at.by("PH", "codes", "approve", "zorp")
    assert code == 3
    assert "may not do this" in err
    code, out, err = at.by("PC", "codes", "approve", "Z.O.R.P.", "--json")
    assert (code, json.loads(out)) == (0, {"approved": "zorp", "means": MEANS}), err
    (listed,) = at.told("TT", "codes")["codes"]
    assert (listed["is_read"], listed["findings"]) == (True, [])
    assert not codes_file().exists()


def test_the_book_in_the_records_and_that_of_the_computer_are_two(at: Till) -> None:
    assert at.typed(*ADD)[0] == 0
    assert at.told("PC", "codes") == {"codes": []}
    added = at.told("PC", "codes", "add", "blig", "with food")
    assert (added["added_by"], added["is_read"]) == ("Pat Charge", True)
    assert at.by("PC", "codes", "check", "blig", "at noon")[0] == 3
    assert [row.code for row in read_codes().rows] == ["zorp"]
    assert at.by("TT", "codes", "remove", "zorp")[0] == 3
    assert at.told("TT", "codes", "remove", "blig") == {"removed": "blig", "means": "with food"}
    assert at.told("PC", "codes") == {"codes": []}


def test_a_code_is_approved_only_in_records_and_only_where_it_is(at: Till) -> None:
    assert at.typed("codes", "approve", "zorp")[0] == 2
    code, _, err = at.by("PC", "codes", "approve", "zorp")
    assert code == 3
    assert "no code of this pharmacy" in err
    assert at.by("PC", *ADD)[0] == 2  # whoever signs in adds it
    assert at.typed("codes", "--training")[0] == 2
    assert at.typed("codes", "approve", "zorp", "--training")[0] == 2
