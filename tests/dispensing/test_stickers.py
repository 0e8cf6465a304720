"""The stickers of a fill: all of its warnings or some, no patient's data, refused by name."""

from __future__ import annotations

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.make import Made, Print, Refused
from labelapp.dispensing.stickers import make_stickers
from labelapp.rules.assess import Assessment
from labelapp.rx.fill import Fill
from labelapp.rx.paper import Paper
from tests.label.fills import assessed, fill

TOOLS = equipment()
REAL = Print(sample=False, paper=Paper.STICKERS)
SAMPLE = Print(sample=True, paper=Paper.STICKERS)


def given() -> tuple[Fill, Assessment]:
    case = fill(purpose="fibromyalgia pain")
    return case, assessed(case)


def make(printed: Print = REAL, stock: str = "dymo-30336", **how: object) -> Made | Refused:
    case, found = given()
    row = TOOLS.stocks[stock]
    return make_stickers(case, found, row, row.dpi[0], TOOLS, printed, **how)  # type: ignore[arg-type]


def said(made: Made | Refused) -> str:
    assert isinstance(made, Made)
    return " ".join(each.text for page in made.pages.pages for each in page.words)


@pytest.mark.parametrize("colour", [False, True])
def test_each_warning_of_the_fill_is_a_page_of_its_own(colour: bool) -> None:
    _case, found = given()
    made = make(colour=colour)
    assert isinstance(made, Made)
    assert len(made.pages.pages) == len(made.proof.pages) == len(found.auxiliary)
    for page, row in zip(made.pages.pages, found.auxiliary, strict=True):
        assert " ".join(each.text for each in page.words) == row.text
    assert made.proof.marks == ()
    assert (made.label.serial, made.paper) == ("A4417203-00-1-1", Paper.STICKERS)


def test_nothing_of_the_patient_stands_on_a_sticker() -> None:
    text = said(make())
    for each in ("Okafor", "Marguerite", "4417203", "Abara", "Naltrexone", "fibromyalgia"):
        assert each not in text
    assert not any(each.isdigit() for each in text)


def test_a_sample_says_so_on_every_sticker() -> None:
    made = make(SAMPLE)
    assert isinstance(made, Made)
    for page in made.pages.pages:
        assert "sample" in {each.key for each in page.words}


def test_those_that_found_no_room_alone() -> None:
    made = make(only=("aux.CHLD", "code128", "refills"))
    assert said(made) == "Keep out of reach of children."


def test_no_warning_is_no_sticker() -> None:
    made = make(only=())
    assert isinstance(made, Refused)
    assert [each.code for each in made.findings] == ["stickers.none"]


def test_a_label_that_may_not_stand_gives_no_sticker_either() -> None:
    case = fill(number="44#17")
    row = TOOLS.stocks["dymo-30336"]
    made = make_stickers(case, assessed(case), row, 300, TOOLS, REAL)
    assert isinstance(made, Refused)
    assert [each.code for each in made.findings] == ["label.rx-number-odd"]


def test_what_does_not_fit_names_the_warning_and_the_next_sticker() -> None:
    from dataclasses import replace
    from decimal import Decimal

    case, found = given()
    tiny = replace(TOOLS.stocks["sticker-1.5x0.375"], width_mm=Decimal(26))
    made = make_stickers(case, found, tiny, 203, TOOLS, REAL)
    assert isinstance(made, Refused)
    texts = {each.text for each in found.auxiliary}
    for each in made.findings:
        assert each.code == "stickers.too-long"
        assert each.value("warning") in texts
        assert "(sticker-1.5x0.375)" in each.value("fits")
        sentence, way = TOOLS.plain.finding(each)
        assert each.value("warning") in sentence
        assert each.value("fits") in way


def test_the_same_stickers_are_the_same_bytes() -> None:
    one, other = make(colour=True), make(colour=True)
    assert isinstance(one, Made)
    assert isinstance(other, Made)
    assert one.pdf == other.pdf


@pytest.mark.parametrize("colour", [False, True])
def test_that_a_queue_prints_no_colours_is_said(colour: bool) -> None:
    made = make(colour=colour)
    assert isinstance(made, Made)
    assert [each.code for each in made.findings] == ["stickers.colour-in-file"] * colour
