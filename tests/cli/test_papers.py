"""The papers of a fill without a window: what is asked for, with the page or language it names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from labelapp.cli.papers import of_paper
from labelapp.dispensing.shown import Wanted
from labelapp.rx.paper import Paper
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


def stickers(document: dict[str, Any]) -> list[str]:
    (found,) = (each for each in document["labels"] if each["paper"] == "stickers")
    return sorted({line["key"] for line in found["lines"]} - {"sample"})


def test_stickers_are_made_for_what_the_label_has_no_room_for(tmp_path: Path) -> None:
    at = till(tmp_path)
    path = tmp_path / "out.pdf"
    asked = ("render", at.prescription("rx"), "-o", path, "--today", "2026-11-22", "--json")
    sticker = ("--auxiliary", "--sticker", "dymo-30336")
    every = stickers(json.loads(at.typed(*asked, *sticker)[1]))
    code, out, _err = at.typed(*asked, *sticker, "--left-off", "--stock", "avery-5163")
    assert code == 0
    document = json.loads(out)
    left_off = stickers(document)
    assert 0 < len(left_off) < len(every)
    (label,) = (each for each in document["labels"] if each["paper"] == "label")
    on_label = {line["key"] for line in label["lines"]}
    assert not on_label & set(left_off)
    # that it was compounded stands on every label, in words of the law
    assert on_label | set(left_off) >= set(every) - {"aux.CMP"}
    code, out, _err = at.typed(*asked, *sticker, "--left-off", "--stock", "thermal-4x6")
    assert code == 3
    (refused,) = json.loads(out)["refused"]
    assert [each["code"] for each in refused["findings"]] == ["stickers.all-on-label"]


@pytest.mark.parametrize(
    ("said", "on"),
    [
        ("", None),
        ("avery-5163", ("avery-5163", None)),
        ("avery-5163@600", ("avery-5163", 600)),
        ("avery@5163@600", ("avery@5163", 600)),
        *(
            (odd, (odd, None))
            for odd in ("avery-5163@", "@600", "avery-5163@0", "avery-5163@6\u0660")
        ),
    ],
)
def test_the_label_that_had_no_room_is_named_with_its_head(
    said: str, on: tuple[str, int | None] | None
) -> None:
    """Under another head the same stock has room for other warnings."""
    wanted = of_paper(Wanted(), Paper.STICKERS.value, colour=False, left_off_on=said)
    assert wanted.left_off == on


def test_stickers_for_what_is_left_off_are_made_whoever_asks_for_them_alone(tmp_path: Path) -> None:
    at = till(tmp_path)
    asked = ("render", at.prescription("rx"), "-o", tmp_path / "out.pdf", "--today", "2026-11-22")
    on = ("--stock", "avery-5163", "--sticker", "dymo-30336", "--json", "--left-off")
    code, out, err = at.typed(*asked, *on)
    assert code == 0, err
    assert stickers(json.loads(out))


def test_what_is_left_off_is_asked_of_stickers_alone(tmp_path: Path) -> None:
    at = till(tmp_path)
    asked = ("print", at.prescription("rx"), "--to", f"file:{tmp_path / 'out.pdf'}")
    code, _, err = at.by("TT", *asked, "--left-off-on", "avery-5163")
    assert code == 2
    assert "--paper stickers" in err
    assert not (tmp_path / "out.pdf").exists()


def test_a_head_the_label_cannot_have_come_from_is_refused(tmp_path: Path) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    to = ("--to", f"file:{tmp_path / 'out.pdf'}", "--paper", "stickers")
    wrong = ("--left-off-on", "avery-5163@99")
    code, _, err = at.by("TT", "print", at.prescription("rx"), *to, *wrong)
    assert code == 3
    assert "99 dpi" in err


def test_one_printed_sheet_of_stickers_has_what_the_label_named_has_no_room_for(
    tmp_path: Path,
) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    many = {}
    for on in ("", "avery-5163"):
        path = tmp_path / f"stickers-{on}.pdf"
        only = ("--left-off-on", on) if on else ("--reason", "one set was spoiled")
        words = ("print", at.prescription("rx"), "--to", f"file:{path}", "--paper", "stickers")
        at.told("TT", *words, "--stock", "dymo-30336", *only, "--reason", "one was spoiled")
        with pypdfium2.PdfDocument(path) as pdf:
            many[on] = len(pdf)
    assert 0 < many["avery-5163"] < many[""]
