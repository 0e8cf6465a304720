"""The files a command reads and writes: none is replaced unasked, nothing of one is dropped."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.typed import EXAMPLES, TODAY, example
from tests.draw import faxes


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A prescription file of one's own."""
    path = tmp_path / "rx.json"
    path.write_bytes(example("01").read_bytes())
    return path


def beside(folder: Path, **parts: Any) -> Path:
    path = folder / "beside.json"
    path.write_text(json.dumps({"format": "labelapp/1", **parts}))
    return path


def findings(out: str) -> list[Any]:
    (assessment,) = json.loads(out)["assessments"]
    return list(assessment["findings"])


def test_labels_never_take_the_place_of_a_prescription(run: Any, own: Path, tmp_path: Path) -> None:
    before = own.read_bytes()
    os.link(own, tmp_path / "hard.pdf")
    (tmp_path / "soft.pdf").symlink_to(own)
    for name in ("rx.json", "hard.pdf", "soft.pdf"):
        code, _, err = run("render", own, "-o", tmp_path / name, *TODAY)
        assert code == 2
        assert "is read here" in err
    assert own.read_bytes() == before


def test_labels_never_take_the_place_of_a_file_beside(run: Any, own: Path, tmp_path: Path) -> None:
    pharmacy = beside(tmp_path, pharmacy={"name": "Corner"})
    before = pharmacy.read_bytes()
    assert run("render", own, "-o", pharmacy, "--pharmacy", pharmacy, *TODAY)[0] == 2
    assert pharmacy.read_bytes() == before


def test_what_a_shell_put_after_the_output_option_is_not_lost(run: Any, own: Path) -> None:
    before = own.read_bytes()
    code, _, err = run("render", example("02"), "-o", own, *TODAY)
    assert code == 2
    assert "no PDF" in err
    assert own.read_bytes() == before


def test_an_older_label_may_be_replaced(run: Any, own: Path, tmp_path: Path) -> None:
    output = tmp_path / "label.pdf"
    output.write_bytes(b"%PDF-1.4 older")
    assert run("render", own, "-o", output, *TODAY)[0] == 0
    assert len(output.read_bytes()) > 1000


@pytest.mark.skipif(os.name != "posix", reason="devices are no files there")
def test_a_device_and_a_kept_file_are_left_alone(run: Any, own: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.pdf"
    kept.write_bytes(b"%PDF-1.4 older")
    kept.chmod(0o444)
    for output in (Path("/dev/null"), kept):
        code, out, err = run("render", own, "-o", output, *TODAY, "--json")
        assert code == 4
        assert str(json.loads(out)["findings"][0]["message"]) in err
    assert kept.read_bytes() == b"%PDF-1.4 older"


@pytest.mark.parametrize(
    ("option", "parts"),
    [
        ("pharmacy", {"pharmacy": {"name": "Corner", "fox": "1"}}),
        ("fill", {"lots": [{"nmber": "7"}]}),
        ("decisions", {"decisons": []}),
    ],
)
def test_a_mistyped_key_in_a_file_beside_is_asked_about(
    run: Any, own: Path, tmp_path: Path, option: str, parts: Any
) -> None:
    path = beside(tmp_path, **parts)
    code, out, _ = run("check", own, f"--{option}", path, *TODAY, "--json")
    assert code == 3
    assert "own.unread" in {each["code"] for each in findings(out)}


def test_a_damaged_decision_beside_is_told(run: Any, own: Path, tmp_path: Path) -> None:
    path = beside(tmp_path, decisions=[{"code": 7}])
    _, out, _ = run("check", own, "--decisions", path, *TODAY, "--json")
    assert "own.decision-unread" in {each["code"] for each in findings(out)}


def test_decisions_count_only_from_the_file_of_decisions(
    run: Any, own: Path, tmp_path: Path
) -> None:
    decision = {"code": "x", "by": "N", "role": "pharmacist", "at": "2026-11-22T10:00:00Z"}
    path = beside(tmp_path, pharmacy={"name": "Corner"}, decisions=[decision])
    code, _, err = run("check", own, "--pharmacy", path, *TODAY)
    assert code == 2
    assert "decisions" in err


@pytest.mark.parametrize("several", [True, False])
def test_a_message_is_no_file_beside(run: Any, own: Path, tmp_path: Path, several: bool) -> None:
    message = next((EXAMPLES / "fhir").glob("*.json"))
    path = tmp_path / "message.json"
    request = {"resourceType": "MedicationRequest", "status": "active", "intent": "order"}
    bundle = {"resourceType": "Bundle", "entry": [{"resource": request}] * 2}
    path.write_text(json.dumps(bundle) if several else message.read_text("utf-8"))
    for option in ("--pharmacy", "--fill", "--decisions"):
        code, out, err = run("check", own, option, path, *TODAY, "--json")
        assert code == 3
        assert json.loads(out)["findings"][0]["code"] == "cli.beside-not-own"
        assert "own format" in err


def test_a_folder_among_the_files_is_named_and_left_out(
    run: Any, own: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "orders"
    folder.mkdir()
    output = tmp_path / "label.pdf"
    code, out, err = run("render", folder, own, "-o", output, *TODAY, "--json")
    said = json.loads(out)
    assert code == 3
    assert output.exists()
    assert [each["file"] for each in said["labels"]] == [str(own)]
    assert [each["file"] for each in said["refused"]] == [str(folder)]
    assert "folder" in said["refused"][0]["findings"][0]["message"]
    code, _, err = run("render", folder, own, "-o", output, *TODAY)
    assert code == 3
    assert "orders" in err


def test_in_a_batch_every_note_names_its_file(run: Any, own: Path, tmp_path: Path) -> None:
    files = [own, example("02"), example("06")]
    _, _, err = run("render", *files, "-o", tmp_path / "o.pdf", *TODAY, "--stock", "thermal-4x3")
    notes = [line for line in err.splitlines() if "NOTE" in line]
    assert notes
    assert all(any(str(file) in line for file in files) for line in notes)


@pytest.mark.parametrize("dpi", ["0", "-203"])
def test_a_head_of_no_dots_is_wrong_usage(run: Any, own: Path, tmp_path: Path, dpi: str) -> None:
    code, _, err = run("render", own, "-o", tmp_path / "o.pdf", "--dpi", dpi)
    assert code == 2
    assert "--dpi" in err


def test_a_terminal_obeys_nothing_a_file_says(run: Any, tmp_path: Path) -> None:
    path = beside(tmp_path, note="a\u001b[2Jb", sig="take 1\u202e capsule")
    _, out, err = run("read", path)
    assert "\u001b" not in out + err
    assert "\u202e" not in out + err
    assert "[U+001B]" in out


def test_a_path_longer_than_any_is_told(run: Any, own: Path, tmp_path: Path) -> None:
    long = "x" * 400 + ".json"
    for words, expected in (
        ([long], 2),
        (["read", long], 2),
        (["render", long, "-o", tmp_path / "o.pdf"], 3),
        (["render", own, "-o", tmp_path / long, *TODAY], 4),
    ):
        code, _, err = run(*words)
        assert code == expected
        assert err.strip()


def test_labels_go_to_a_file_with_a_name(run: Any, own: Path) -> None:
    assert run("render", own, "-o", "-", *TODAY)[0] == 2


def test_no_directions_at_all_are_told(run: Any) -> None:
    code, out, err = run("sig", " ", "--json")
    said = json.loads(out)
    assert (code, said["status"], said["steps"]) == (3, "refused", [])
    assert said["findings"][0]["code"] == "cli.no-directions"
    assert err.strip()


@pytest.mark.parametrize(
    ("option", "value", "field"),
    [
        ("--strength", "1,5 mg", "compound.ingredients.0.strength.value"),
        ("--strength", "1e999999 mg", "compound.ingredients.0.strength.value"),
        ("--strength", "1.5", "compound.ingredients.0.strength.unit"),
        ("--strength", "1.5 mg/teapot", "compound.ingredients.0.strength.basis"),
        ("--strength", "0 mg", "compound.ingredients.0.strength.value"),
        ("--form", "blob", "compound.form"),
    ],
)
def test_a_strength_or_form_that_cannot_be_read_is_told(
    run: Any, option: str, value: str, field: str
) -> None:
    typed = {"--form": "capsule", "--strength": "1.5 mg", option: value}
    words = [word for pair in typed.items() for word in pair]
    code, out, _ = run("sig", "take 1 capsule by mouth at bedtime", *words, "--json")
    said = json.loads(out)
    assert code == 3
    assert said["status"] != "ok"
    assert field in {each["field"] for each in said["findings"]}


@pytest.mark.parametrize("words", [("read",), ("check",), ("render", "-o", "label.pdf")])
def test_a_fax_is_no_prescription_the_command_line_reads(
    run: Any, tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "fax.pdf"
    path.write_bytes(faxes.pdf())
    code, out, err = run(words[0], path, *words[1:])
    assert (code, out) == (3, "")
    assert "PDF" in err
    assert not Path("label.pdf").exists()
