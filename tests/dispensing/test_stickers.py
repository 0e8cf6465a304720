"""The stickers of a fill: all of its warnings or some, no patient's data, refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.files import open_file
from labelapp.dispensing.make import Made, Print, Refused, in_vials
from labelapp.dispensing.make import make as make_label
from labelapp.dispensing.papers import make_paper
from labelapp.dispensing.stickers import is_nothing_left_off, make_stickers
from labelapp.layout.stock import Stock
from labelapp.resources import folder
from labelapp.rules.assess import Assessment, assess
from labelapp.rx.fill import Fill
from labelapp.rx.paper import Paper
from tests.label.fills import assessed, fill

TOOLS = equipment()
TODAY = date(2026, 11, 22)
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
def test_that_a_queue_without_colours_prints_black_is_said(colour: bool) -> None:
    made = make(colour=colour)
    assert isinstance(made, Made)
    assert [each.code for each in made.findings] == ["stickers.colour-printers"] * colour


def keys(made: Made | Refused) -> list[str]:
    assert isinstance(made, Made)
    return [next(each.key for each in page.words) for page in made.pages.pages]


def test_stickers_for_what_the_label_has_no_room_for_are_those_it_left_off() -> None:
    case, found = given()
    stock = TOOLS.stocks["thermal-4x2"]
    label = make_label(case, found, stock, 203, TOOLS, replace(REAL, paper=Paper.LABEL))
    assert isinstance(label, Made)
    left_off = {key for key in label.pages.dropped if key.startswith("aux.")}
    assert 0 < len(left_off) < len(found.auxiliary)
    made = make(replace(REAL, left_off=("thermal-4x2", None)))
    assert set(keys(made)) == left_off
    assert keys(make(replace(REAL, left_off=("zebra-10010048", None)))) == ["aux.CHLD"]
    assert keys(make(REAL)) == [f"aux.{each.id}" for each in found.auxiliary]


def test_where_the_label_has_room_for_all_no_sticker_is_needed() -> None:
    made = make(replace(REAL, left_off=("thermal-4x3", None)))
    assert isinstance(made, Refused)
    assert [each.code for each in made.findings] == ["stickers.all-on-label"]


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (("tape-1x1", None), "stock.unknown"),
        (("thermal-4x2", 77), "stock.other-dpi"),
        (("thermal-1x0.5", None), "stickers.no-label"),
    ],
)
def test_without_a_label_nobody_knows_what_it_has_no_room_for(on, code: str) -> None:
    tools = replace(TOOLS, stocks={**TOOLS.stocks, "thermal-1x0.5": tiny()})
    case, found = given()
    row = tools.stocks["dymo-30336"]
    made = make_stickers(case, found, row, 300, tools, replace(REAL, left_off=on))
    assert isinstance(made, Refused)
    assert all(each.code.startswith(code) for each in made.findings)


def tiny() -> Stock:
    row = TOOLS.stocks["thermal-4x2"]
    return replace(row, id="thermal-1x0.5", width_mm=Decimal("25.4"), height_mm=Decimal("12.7"))


def several() -> tuple[Fill, Assessment]:
    (read,) = open_file(folder() / "examples" / "10-two-strengths.json")
    case = enter(read, TOOLS.lexicon, TODAY).fill
    assert case is not None
    return case, assess(case, TOOLS.tables, TODAY)


def left_off_on(stock: str) -> list[list[str]]:
    """What the label of each container of a fill has no room for."""
    label, row = replace(REAL, paper=Paper.LABEL), TOOLS.stocks[stock]
    found = []
    for one, of_one in in_vials(*several()):
        made = make_label(one, of_one, row, row.dpi[0], TOOLS, label)
        assert isinstance(made, Made)
        warnings = [f"aux.{each.id}" for each in of_one.auxiliary]
        found.append([key for key in warnings if key in made.pages.dropped])
    return found


@pytest.mark.parametrize("stock", ["avery-5163", "thermal-4x3"])
def test_of_several_containers_each_has_what_its_own_label_left_off(stock: str) -> None:
    case, found = several()
    one, other = left_off_on(stock)
    row = TOOLS.stocks["dymo-30336"]
    made = make_paper(case, found, row, 300, TOOLS, replace(REAL, left_off=(stock, None)))
    if one or other:
        assert keys(made) == [*one, *other]
    else:
        assert [each.code for each in made.findings] == ["stickers.all-on-label"]


def test_a_container_whose_label_has_it_all_holds_up_no_sticker_of_another() -> None:
    case, found = several()
    vials = tuple(
        replace(each, auxiliary=each.auxiliary[: 1 if number == 0 else None])
        for number, each in enumerate(found.vials)
    )
    row, asked = TOOLS.stocks["dymo-30336"], replace(REAL, left_off=("avery-5163", None))
    (first, of_first), _second = in_vials(case, replace(found, vials=vials))
    alone = make_stickers(first, of_first, row, 300, TOOLS, asked)
    assert is_nothing_left_off(alone)
    made = make_paper(case, replace(found, vials=vials), row, 300, TOOLS, asked)
    assert keys(made) == left_off_on("avery-5163")[1]
