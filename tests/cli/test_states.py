"""The law of another state from the command line: `--jurisdiction WA`, with why each line stands."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from tests.cli.typed import EXAMPLES, TODAY

CAPSULE = EXAMPLES / "01-capsule-4.5-mg.json"
STATES = ("NY", "TX", "FL", "NJ", "IL", "PA", "WA", "NV")


def described(tmp_path: Path) -> Path:
    """Write the example with what its capsules look like."""
    order = json.loads(CAPSULE.read_text("utf-8"))
    order["lots"][0]["description"] = "white capsule, size 3"
    path = tmp_path / "described.json"
    path.write_text(json.dumps(order), "utf-8")
    return path


@pytest.mark.parametrize("state", STATES)
def test_a_prescription_is_checked_by_the_law_of_a_state(run: Any, state: str) -> None:
    code, out, _ = run("check", CAPSULE, "--jurisdiction", state, *TODAY, "--json")
    said = json.loads(out)
    (found,) = said["assessments"]
    assert (code, found["jurisdiction"], found["findings"]) == (0, state, [])


def test_washingtons_warning_is_on_the_paper_with_its_paragraph(run: Any, tmp_path: Path) -> None:
    paper = tmp_path / "label.pdf"
    code, out, _ = run(
        "render", CAPSULE, "-o", paper, "--stock", "thermal-4x3", "--jurisdiction", "wa", *TODAY,
        "--json",
    )  # fmt: skip
    assert code == 0
    (label,) = json.loads(out)["labels"]
    why = {each["text"]: each["why"] for each in label["lines"]}
    assert any("WAC 246-945-016(1)(c)" in each for each in why.values())
    with pypdfium2.PdfDocument(paper) as document:
        text = " ".join(document[0].get_textpage().get_text_range().split())
    assert "prohibits transfer of this drug to any" in text


def test_oregon_asks_what_the_capsule_looks_like(run: Any, tmp_path: Path) -> None:
    paper = tmp_path / "label.pdf"
    words = ("-o", paper, "--stock", "thermal-4x3", "--jurisdiction", "OR", *TODAY, "--json")
    code, out, _ = run("render", CAPSULE, *words)
    found = json.loads(out)
    assert code != 0
    assert not paper.exists()
    assert "lots.0.description" in json.dumps(found)
    code, out, _ = run("render", described(tmp_path), *words)
    assert code == 0
    assert "white capsule, size 3" in out
