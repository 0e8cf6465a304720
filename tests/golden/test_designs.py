"""Every design in every state, and every paper beside the label, as they were found good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.files import open_file
from labelapp.dispensing.make import Made, Print
from labelapp.dispensing.papers import make_paper
from labelapp.dispensing.shown import usual_stock
from labelapp.layout.stock import Design
from labelapp.resources import folder
from labelapp.rules.assess import assess
from labelapp.rx.fill import Fill
from labelapp.rx.paper import Paper
from tests.given import TODAY
from tests.golden.compare import told

TOOLS = equipment()
STATES = sorted(TOOLS.tables.laws)
DESIGNS = {
    Design.LANDSCAPE: "thermal-4x3",
    Design.NARROW: "thermal-4x1.5",
    Design.PORTRAIT: "thermal-2.25x4",
    Design.LARGE: "thermal-4x6",
}
BESIDE = (Paper.LEAFLET, Paper.CALENDAR, Paper.STICKERS)
CAPSULES, LIQUID, CREAM = "02-titration-capsules", "03-titration-liquid", "05-cream"


def fill_of(example: str, **more: str) -> Fill:
    """Give an example's fill with everything any state asks for."""
    (draft,) = open_file(folder() / f"examples/{example}.json")
    looks = {"lots.0.description": "white capsule, size 3"}
    fill = enter(replace(draft, written={**draft.written, **looks, **more}), TOOLS.lexicon, TODAY)
    assert fill.fill is not None
    return fill.fill


def made(fill: Fill, paper: Paper, stock: str, state: str = "", *, colour: bool = False) -> Made:
    row = TOOLS.stocks[stock]
    dpi = row.dpi[0]
    printed = Print(paper=paper, colour=colour, link="https://www.example.org/ldn")
    found = make_paper(fill, assess(fill, TOOLS.tables, TODAY, state), row, dpi, TOOLS, printed)
    assert isinstance(found, Made), found
    return found


def test_each_design_has_a_stock_of_its_own():
    assert {design: TOOLS.stocks[stock].design for design, stock in DESIGNS.items()} == {
        design: design for design in Design
    }


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("design", DESIGNS)
def test_a_titration_in_every_design_and_state(design, state, golden):
    found = made(fill_of(CAPSULES), Paper.LABEL, DESIGNS[design], state)
    golden(f"design-{design}-{state.lower()}", found.pages, found.proof.pages)


@pytest.mark.parametrize("state", STATES)
def test_large_print_in_every_state(state, golden):
    found = made(fill_of(CAPSULES), Paper.LARGE_PRINT, "thermal-4x6", state)
    golden(f"large-print-{state.lower()}", found.pages, found.proof.pages)


@pytest.mark.parametrize("example", [CAPSULES, LIQUID, CREAM])
def test_the_leaflet_of_each_form(example, golden):
    found = made(fill_of(example), Paper.LEAFLET, usual_stock(Paper.LEAFLET))
    golden(f"leaflet-{example[:2]}", found.pages, found.proof.pages)


@pytest.mark.parametrize("example", [CAPSULES, LIQUID])
@pytest.mark.parametrize("starts", ["", "2026-11-25"])
def test_the_calendar_by_days_and_by_dates(example, starts, golden):
    found = made(
        fill_of(example, **{"fill.starts_on": starts}), Paper.CALENDAR, usual_stock(Paper.CALENDAR)
    )
    golden(
        f"calendar-{example[:2]}-{'dates' if starts else 'days'}", found.pages, found.proof.pages
    )


@pytest.mark.parametrize("example", ["09-two-vials", "10-two-strengths"])
def test_two_vials_have_one_label_each(example, golden):
    found = made(fill_of(example), Paper.LABEL, "thermal-4x2", "CA")
    assert len(found.pages.pages) == 2
    golden(f"vials-{example[:2]}", found.pages, found.proof.pages)


@pytest.mark.parametrize("example", ["09-two-vials", "10-two-strengths"])
def test_the_one_calendar_of_two_vials(example, golden):
    found = made(fill_of(example), Paper.CALENDAR, usual_stock(Paper.CALENDAR))
    golden(f"calendar-{example[:2]}", found.pages, found.proof.pages)


@pytest.mark.parametrize("colour", [False, True])
def test_the_stickers_of_a_liquid(colour, golden):
    found = made(fill_of(LIQUID), Paper.STICKERS, usual_stock(Paper.STICKERS), colour=colour)
    golden(f"stickers-{'colour' if colour else 'black'}", found.pages, found.proof.pages)


def test_large_print_on_a_letter_page(golden):
    found = made(fill_of(CAPSULES), Paper.LARGE_PRINT, "us-letter")
    golden("large-print-letter", found.pages, found.proof.pages)


@pytest.mark.parametrize("paper", BESIDE)
def test_what_is_no_label_is_the_same_in_every_state_that_says_directions_alike(paper):
    fill, stock = fill_of(CAPSULES), usual_stock(paper)
    found: dict[bool, set[object]] = {True: set(), False: set()}
    for state in STATES:
        standard = TOOLS.tables.laws[state].standard_phrases
        found[standard].add(told(made(fill, paper, stock, state).pages))
    assert [len(each) for each in found.values()] == [1, 1]
