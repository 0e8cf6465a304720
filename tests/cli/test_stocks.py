"""Stocks on the command line: what fits said before anyone tries, and the pharmacy's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from labelapp.resources import typed
from tests.cli.recorded import Till, till, with_released_lot

ROLL = ("--name", "Our roll", "--width", "4in", "--height", "2.5in", "--margins", "2mm")


@pytest.fixture
def at(tmp_path: Path) -> Till:
    return till(tmp_path)


def rows_of(out: str) -> dict[str, dict[str, Any]]:
    return {each["id"]: each for each in json.loads(out)["stocks"]}


def test_every_shipped_stock_is_told_with_what_fits(run: Any) -> None:
    code, out, err = run("stocks", "--jurisdiction", "ca", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["jurisdiction"] == "CA"
    told = rows_of(out)
    assert set(told) == set(typed.stocks())
    assert len(told) >= 48
    roll = told["thermal-4x3"]
    assert roll["fit"] == roll["fits"]["CA"] == {"shortest": "1", "titration": "1"}
    assert (roll["width_mm"], roll["dpi"], roll["own"]) == ("101.6", ["203", "300"], False)
    assert told["thermal-2.25x1.25"]["fit"]["shortest"] == "0"
    assert (told["thermal-4x2"]["bars"], told["thermal-4x6"]["bars"]) == (False, True)
    assert (told["zebra-10010031"]["maker"], told["zebra-10010031"]["number"]) == (
        "Zebra",
        "10010031",
    )


def test_the_words_say_it_on_one_line_each(run: Any) -> None:
    _, out, _ = run("stocks", "--jurisdiction", "CA")
    lines = {line.split()[0]: line for line in out.splitlines()}
    assert set(lines) == set(typed.stocks())
    assert " fits " in lines["thermal-4x3"]
    assert " 2-D only " in lines["thermal-4x3"]
    assert " too small " in lines["thermal-2.25x1.25"]
    assert " bars " in lines["thermal-4x6"]
    many = typed.fits()["thermal-3x2"].labels["CA"][0]
    assert f" needs {many} labels " in lines["thermal-3x2"]


def test_without_a_state_the_federal_law_is_held_against_them(run: Any) -> None:
    document = json.loads(run("stocks", "--json")[1])
    assert document["jurisdiction"] == "US"
    code, _, err = run("stocks", "--jurisdiction", "ZZ")
    assert code == 2
    assert "CA" in err


def test_the_pharmacys_own_state_is_the_usual_one(at: Till) -> None:
    assert json.loads(at.typed("stocks", "--json")[1])["jurisdiction"] == "CA"
    assert at.told("TT", "stocks")["jurisdiction"] == "CA"


def test_an_own_stock_is_added_listed_printed_and_taken_away(at: Till) -> None:
    code, out, err = at.by("AD", "stocks", "add", *ROLL, "--dpi", "203")
    assert (code, err) == (0, "")
    assert "own-our-roll" in out
    assert "CA   fits" in out
    told = at.told("TT", "stocks")["stocks"]
    assert (told[0]["id"], told[0]["own"], told[0]["height_mm"]) == ("own-our-roll", True, "63.50")
    assert not [
        each for each in json.loads(at.typed("stocks", "--json")[1])["stocks"] if each["own"]
    ]
    file, pdf = with_released_lot(at), at.folder / "label.pdf"
    code, _, err = at.by("TT", "render", file, "-o", pdf, "--stock", "own-our-roll")
    assert code == 0, err
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert at.told("AD", "stocks", "remove", "Our roll") == {"removed": "own-our-roll"}
    assert not [each for each in at.told("TT", "stocks")["stocks"] if each["own"]]
    assert at.told("AD", "stocks", "count") == {"counted": "0"}


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"--width": "4"}, "stock.bad-length"),
        ({"--width": "20mm"}, "stock.small-side"),
        ({"--height": "30 in"}, "stock.large-side"),
        ({"--margins": "1.3 in"}, "stock.no-room"),
        ({"--name": " "}, "stock.bad-name"),
    ],
)
def test_what_cannot_be_a_stock_is_refused_in_words(
    at: Till, changed: dict[str, str], code: str
) -> None:
    said = dict(zip(ROLL[::2], ROLL[1::2], strict=True)) | changed
    words = [word for pair in said.items() for word in pair]
    ended, out, _ = at.by("AD", "stocks", "add", *words, "--json")
    assert ended == 3
    (finding,) = json.loads(out)["findings"]
    assert finding["code"] == code
    assert finding["message"]
    assert finding["way_out"]


def test_a_technician_is_refused_and_a_shipped_stock_stays(at: Till) -> None:
    code, _, err = at.by("TT", "stocks", "add", *ROLL)
    assert code == 3
    assert err
    code, _, err = at.by("AD", "stocks", "remove", "thermal-4x2")
    assert code == 3
    assert "thermal-4x2" in err


def test_on_throw_away_records_the_shipped_stocks_are_there(at: Till) -> None:
    code, out, err = at.typed("stocks", "--training", "--json")
    assert (code, err) == (0, "")
    assert set(rows_of(out)) == set(typed.stocks())
