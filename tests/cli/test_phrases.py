"""Directions in the patient's language, as the command line shows, lists and imports them."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
import tomli_w

CAPSULES = ("--form", "capsule", "--strength", "1.5 mg")


def approval(place: Path, language: str, sha256: str) -> Path:
    row = {
        "table": language,
        "sha256": sha256,
        "translated_by": "Ana Prueba",
        "verified_by": "Luis Ejemplo",
        "competence": "pharmacist and native speaker",
        "approved_by": "Pat Sample, PharmD",
        "approved_on": "2024-02-29",
    }
    file = place / "approvals.toml"
    file.write_text(tomli_w.dumps({"approval": [row]}), "utf-8")
    return file


def test_each_line_has_its_translation_as_a_draft(run: Any) -> None:
    code, out, _ = run("sig", "1 cap po qhs x7d then 2 caps po qhs", *CAPSULES, "--language", "es", "--json")  # fmt: skip
    told = json.loads(out)
    assert (code, told["language"]) == (0, "es")
    assert told["translations"] == [
        {
            "line": "Days 1 to 7: Take 1 capsule at bedtime",
            "translation": "Días 1 a 7: Tome 1 cápsula al acostarse",
            "draft": True,
        },
        {
            "line": "Day 8 and after: Take 2 capsules at bedtime",
            "translation": "Del día 8 en adelante: Tome 2 cápsulas al acostarse",
            "draft": True,
        },
    ]
    assert [each["line"] for each in told["translations"]] == told["lines"]
    assert "phrases.draft" in [each["code"] for each in told["findings"]]


def test_what_has_no_sentence_stays_english_with_a_note(run: Any) -> None:
    code, out, _ = run("sig", "1 cap qhs prn sleep", *CAPSULES, "--language", "ko", "--json")
    told = json.loads(out)
    assert code == 0
    (line,) = told["translations"]
    assert (line["translation"], line["draft"]) == (None, False)
    (finding,) = [each for each in told["findings"] if each["code"] == "phrases.stays-english"]
    assert finding["severity"] == "NOTE"
    assert line["line"].replace(" ", "") in finding["message"].replace("\N{NO-BREAK SPACE}", " ").replace(" ", "")  # fmt: skip


def test_without_a_language_nothing_stands_beside_the_english(run: Any) -> None:
    for words in ((), ("--language", "en")):
        code, out, _ = run("sig", "1 cap qhs", *CAPSULES, *words, "--json")
        assert code == 0
        assert not {"language", "translations"} & set(json.loads(out))


def test_on_a_terminal_a_draft_is_marked(run: Any) -> None:
    _, out, err = run("sig", "1 cap qhs", *CAPSULES, "--language", "zh-hans")
    assert out.splitlines()[1].strip() == "DRAFT, never printed: 睡前服用1粒胶囊"
    assert "draft" in err


@pytest.mark.parametrize(
    "words",
    [
        ("sig", "1 cap qhs", "--language", "la"),
        ("phrases", "--language", "la"),
        ("sig", "1 cap qhs", "--table", __file__),
        ("phrases", "--json", "import", __file__, "--language", "es", "-o", "x.toml"),
    ],
)
def test_a_language_there_is_not_is_wrong_usage_and_names_those_there_are(run: Any, words: Any) -> None:  # fmt: skip
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    if "la" in words:
        assert "es, ko, ru, vi, zh-Hans, zh-Hant" in err


def test_an_approval_of_the_listed_digest_opens_the_table(run: Any, tmp_path: Path) -> None:
    _, out, _ = run("phrases", "--language", "es", "--json")
    listed = json.loads(out)
    assert (listed["status"], listed["draft"]) == ("DRAFT", True)
    assert {"english", "text", "source", "note"} == set(listed["rows"][0])
    given = approval(tmp_path, "es", listed["sha256"])
    _, out, _ = run("phrases", "--language", "es", "--approvals", given, "--json")
    assert json.loads(out)["draft"] is False
    _, out, _ = run("sig", "1 cap qhs", *CAPSULES, "--language", "es", "--approvals", given, "--json")  # fmt: skip
    told = json.loads(out)
    assert told["translations"][0]["draft"] is False
    assert told["findings"] == []


def test_an_approval_of_other_content_opens_nothing(run: Any, tmp_path: Path) -> None:
    given = approval(tmp_path, "es", "0" * 64)
    _, out, _ = run("phrases", "--approvals", given, "--json")
    assert [each["draft"] for each in json.loads(out)["tables"]] == [True] * 6


def test_a_bad_file_of_approvals_is_refused_naming_the_field(run: Any, tmp_path: Path) -> None:
    given = approval(tmp_path, "es", "none")
    code, out, err = run("sig", "1 cap qhs", *CAPSULES, "--language", "es", "--approvals", given)
    assert (code, out) == (3, "")
    assert "sha256" in err
    given.write_bytes(b"\xff\xfe")
    assert run("phrases", "--approvals", given)[0] == 3


def test_an_official_file_becomes_a_table_that_can_be_used(run: Any, tmp_path: Path) -> None:
    official, table = tmp_path / "board.tsv", tmp_path / "es.toml"
    official.write_text("Take 1 capsule at bedtime\tTome 1 cápsula antes de dormir\n", "utf-8")
    code, out, _ = run("phrases", "import", official, "--language", "es", "-o", table, "--json")
    told = json.loads(out)
    assert (code, told["placed"], told["output"]) == (0, "1", str(table))
    assert tomllib.loads(table.read_text("utf-8"))["source"] == "board.tsv"
    given = approval(tmp_path, "es", told["sha256"])
    words = ("--language", "es", "--table", table, "--approvals", given, "--json")
    _, out, _ = run("sig", "1 cap qhs", *CAPSULES, *words)
    assert json.loads(out)["translations"] == [
        {
            "line": "Take 1 capsule at bedtime",
            "translation": "Tome 1 cápsula antes de dormir",
            "draft": False,
        }
    ]


def test_what_could_not_be_placed_is_told_and_ends_with_3(run: Any, tmp_path: Path) -> None:
    official, table = tmp_path / "board.csv", tmp_path / "es.toml"
    official.write_text("Take 1 capsule at bedtime,Tome 1\nTake 1 pill,Tome 1\n", "utf-8")
    code, out, _ = run("phrases", "import", official, "--language", "es", "-o", table, "--json")
    told = json.loads(out)
    assert (code, told["placed"]) == (3, "1")
    assert [each["code"] for each in told["findings"]] == ["phrases.not-ours"]
    assert table.exists()


@pytest.mark.parametrize("text", [b"Take 1 pill,Tome 1\n", b"\xff\xfe", b"a,b\n" * 300_000, b""])
def test_a_file_without_one_sentence_of_ours_writes_nothing(run: Any, tmp_path: Path, text: bytes) -> None:  # fmt: skip
    official, table = tmp_path / "board.csv", tmp_path / "es.toml"
    official.write_bytes(text)
    code, _, err = run("phrases", "import", official, "--language", "es", "-o", table)
    assert code == 3
    assert err
    assert not table.exists()


def test_no_more_of_a_file_is_read_than_a_megabyte(run: Any, tmp_path: Path) -> None:
    official, table = tmp_path / "board.csv", tmp_path / "es.toml"
    row = "Take 1 capsule at bedtime,Tome 1\n"
    padded = row + (" " * 999 + "\n") * 999
    official.write_text(padded + " " * (1_000_000 - len(padded)), "utf-8")
    assert run("phrases", "import", official, "--language", "es", "-o", table)[0] == 0
    official.write_text(official.read_text("utf-8") + " ", "utf-8")
    words = ("import", official, "--language", "es", "-o", tmp_path / "other.toml", "--json")
    code, out, _ = run("phrases", *words)
    assert code == 3
    assert [each["code"] for each in json.loads(out)["findings"]] == ["phrases.too-large"]


def test_nothing_that_is_there_is_overwritten(run: Any, tmp_path: Path) -> None:
    official, other = tmp_path / "board.csv", tmp_path / "other.toml"
    official.write_text("Take 1 capsule at bedtime,Tome 1\n", "utf-8")
    other.write_text("kept", "utf-8")
    for output in (official, other):
        before = output.read_bytes()
        code, _, _ = run("phrases", "import", official, "--language", "es", "-o", output)
        assert (code, output.read_bytes()) == (2, before)
