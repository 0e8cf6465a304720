"""The papers of a fill without a window: what is asked for, with the page or language it names."""

from __future__ import annotations

import json
from pathlib import Path

import pypdfium2

from tests.cli.recorded import till, with_released_lot
from tests.cli.test_render_in_language import approve

PAGE = "https://www.example.org/ldn"


def test_the_leaflet_names_the_pharmacys_own_page(tmp_path: Path) -> None:
    at = till(tmp_path)
    asked = ("render", at.prescription("rx"), "-o", tmp_path / "out.pdf", "--today", "2026-11-22")
    code, out, err = at.typed(*asked, "--leaflet", "--link", PAGE, "--json")
    assert code == 0, err
    label, leaflet = json.loads(out)["labels"]
    assert PAGE in [each["payload"] for each in leaflet["marks"]]
    assert PAGE in "".join(each["text"] for each in leaflet["lines"])
    assert PAGE not in [each["payload"] for each in label["marks"]]


def test_a_page_that_is_none_is_refused(tmp_path: Path) -> None:
    at = till(tmp_path)
    asked = ("render", at.prescription("rx"), "-o", tmp_path / "out.pdf", "--today", "2026-11-22")
    code, out, _err = at.typed(*asked, "--leaflet", "--link", "not a page", "--json")
    assert code == 3
    said = json.loads(out)
    assert [each["paper"] for each in said["labels"]] == ["label"]
    (leaflet,) = said["refused"]
    assert "twins.leaflet-link" in [each["code"] for each in leaflet["findings"]]


def test_a_label_is_printed_in_the_patients_language_too(tmp_path: Path) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    table = ("--language", "es", "--approvals", approve(tmp_path / "approvals.toml", "es"))
    path = tmp_path / "label.pdf"
    at.told("TT", "print", at.prescription("rx"), "--to", f"file:{path}", *table)
    with pypdfium2.PdfDocument(path) as pdf:
        said = pdf[0].get_textpage().get_text_range()
    assert "Tome 1" in said


def test_the_paper_to_print_is_named_without_a_space(tmp_path: Path) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    path = tmp_path / "large.pdf"
    at.told("TT", "print", at.prescription("rx"), "--to", f"file:{path}", "--paper", "large-print")
    with pypdfium2.PdfDocument(path) as pdf:
        assert pdf[0].get_size() == (612, 792)
