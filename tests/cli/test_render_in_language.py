"""`labelapp render --language`: an approved table prints under the English, a draft never does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import tomli_w

from labelapp.bootstrap.phrasebook import approvals_file
from labelapp.resources import folder, typed

CAPSULE = folder() / "examples/01-capsule-4.5-mg.json"
STEPS = folder() / "examples/02-titration-capsules.json"
TODAY = ("--today", "2026-11-22", "--json")


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def approve(file: Path, language: str) -> Path:
    row = {
        "table": language,
        "sha256": typed.tongues()[language].sha256,
        "translated_by": "Ana Prueba",
        "verified_by": "Luis Ejemplo",
        "competence": "pharmacist and native speaker",
        "approved_by": "Pat Sample, PharmD",
        "approved_on": "2024-02-29",
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(tomli_w.dumps({"approval": [row]}), "utf-8")
    return file


def lines(label: Any) -> list[tuple[str, str]]:
    keys = ("directions", "translation")
    return [(each["key"], each["text"]) for each in label["lines"] if each["key"] in keys]


def codes(told: Any) -> list[str]:
    return [each["code"] for each in told["findings"]]


@pytest.fixture
def rendered(run: Any, tmp_path: Path) -> Any:
    def typed_in(*words: str | Path) -> tuple[int, Any]:
        code, out, _ = run("render", *words, "-o", tmp_path / "out.pdf", *TODAY)
        return code, json.loads(out)

    return typed_in


def test_an_approved_table_stands_under_the_english(rendered: Any, tmp_path: Path) -> None:
    given = approve(tmp_path / "given.toml", "es")
    code, told = rendered(CAPSULE, "--language", "ES", "--approvals", given)
    (label,) = told["labels"]
    assert code == 0
    assert lines(label) == [
        ("directions", "Take 1 capsule at bedtime"),
        ("translation", "Tome 1 cápsula al acostarse"),
    ]
    assert label["proof"] == "passed"
    (why,) = [each["why"] for each in label["lines"] if each["key"] == "translation"]
    assert "“Take {dose} at bedtime”" in why
    assert "approved by Pat Sample, PharmD, 2024-02-29" in why
    assert (tmp_path / "out.pdf").read_bytes().startswith(b"%PDF")


def test_without_an_approval_the_label_is_english_with_a_note(rendered: Any) -> None:
    code, told = rendered(CAPSULE, "--language", "es")
    (label,) = told["labels"]
    assert code == 0
    assert {key for key, _ in lines(label)} == {"directions"}
    (noted,) = [each for each in label["findings"] if each["code"] == "phrases.draft"]
    assert noted["severity"] == "NOTE"
    assert typed.tongues()["es"].sha256 in noted["way_out"]


def test_the_approvals_of_this_computer_open_a_table_too(rendered: Any) -> None:
    approve(approvals_file(), "vi")
    _, told = rendered(STEPS, "--language", "vi", "--stock", "thermal-4x6")
    (label,) = told["labels"]
    assert [key for key, _ in lines(label)][:1] == ["directions"]
    assert any("viên" in text for _, text in lines(label))
    _, told = rendered(CAPSULE, "--language", "es")
    assert "phrases.draft" in codes(told["labels"][0])


def test_named_approvals_stand_in_for_those_of_this_computer(rendered: Any, tmp_path: Path) -> None:
    approve(approvals_file(), "vi")
    given = approve(tmp_path / "given.toml", "es")
    _, told = rendered(CAPSULE, "--language", "vi", "--approvals", given)
    assert "phrases.draft" in codes(told["labels"][0])


def test_a_language_without_letters_is_refused_and_nothing_is_written(
    rendered: Any, tmp_path: Path
) -> None:
    given = approve(tmp_path / "given.toml", "zh-Hans")
    code, told = rendered(CAPSULE, "--language", "zh-Hans", "--approvals", given)
    assert (code, told["output"], told["labels"]) == (3, "", [])
    (refused,) = [each for each in told["refused"][0]["findings"] if each["severity"] == "STOP"]
    assert refused["code"] == "phrases.no-glyph"
    assert "Noto Sans" in refused["message"]
    assert not (tmp_path / "out.pdf").exists()


def test_a_damaged_file_of_approvals_holds_up_no_english_label(rendered: Any, run: Any) -> None:
    approvals_file().parent.mkdir(parents=True)
    approvals_file().write_text("approval = 3", "utf-8")
    assert rendered(CAPSULE)[0] == 0
    code, told = rendered(CAPSULE, "--language", "es")
    assert (code, told["labels"]) == (3, [])
    assert "approvals.bad-entry" in codes(told)


@pytest.mark.parametrize("words", [("--language", "la"), ("--approvals", __file__)])
def test_a_language_there_is_not_is_wrong_usage(run: Any, tmp_path: Path, words: Any) -> None:
    code, out, _ = run("render", CAPSULE, "-o", tmp_path / "out.pdf", *words)
    assert (code, out) == (2, "")


def test_a_file_of_approvals_is_never_the_output(run: Any, tmp_path: Path) -> None:
    given = approve(tmp_path / "given.toml", "es")
    before = given.read_bytes()
    code, _, _ = run("render", CAPSULE, "-o", given, "--language", "es", "--approvals", given)
    assert (code, given.read_bytes()) == (2, before)
