"""What fits: the shipped table is what the labels really take, for every stock and every law."""

from __future__ import annotations

import runpy
from dataclasses import replace
from decimal import Decimal

import pytest

from labelapp.bootstrap.built import desk, equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.enter import enter
from labelapp.dispensing.fitting import DAY, fits_of, measures, read_yardsticks
from labelapp.dispensing.make import Made, Print, make
from labelapp.dispensing.shown import ShownFit, Wanted
from labelapp.dispensing.stocking import larger
from labelapp.label.document import Symbology
from labelapp.resources import folder, typed
from labelapp.rules.assess import assess
from labelapp.rx.errors import BadResource

TOOLS = equipment()
AGAIN = "run `make fits`: stocks, laws or layout changed since it was last run"


def counted(stock: str, state: str) -> ShownFit:
    shown = {each.id: each for each in desk(Machine()).stocks()}[stock]
    found = shown.fit(state)
    assert found is not None
    return found


def test_every_stock_holds_what_the_table_says_under_a_law_each():
    """A spread over all stocks and laws; the whole table is counted in the long run."""
    held = measures(TOOLS)
    states = sorted(held)
    wrong = {}
    for place, (stock, row) in enumerate(TOOLS.stocks.items()):
        state = states[place % len(states)]
        found = fits_of(row, {state: held[state]}, TOOLS).labels[state]
        if found != typed.fits()[stock].labels[state]:
            wrong[stock, state] = found
    assert wrong == {}, AGAIN


@pytest.mark.slow
def test_the_table_of_what_fits_is_that_of_now():
    made = runpy.run_path(str(folder() / "fits.py"))["table"]()
    assert (folder() / "fits.toml").read_text("utf-8") == made, AGAIN


def test_every_shipped_stock_is_counted_under_every_law():
    assert set(typed.fits()) == set(typed.stocks())
    for stock, fits in typed.fits().items():
        assert set(fits.labels) == set(TOOLS.tables.laws), stock
        assert fits.dpi == typed.stocks()[stock].dpi[0]


@pytest.mark.parametrize("state", sorted(TOOLS.tables.laws))
def test_a_small_roll_never_holds_the_law_and_a_large_one_always_does(state):
    assert counted("thermal-2.25x1.25", state).shortest == 0
    assert counted("thermal-4x3", state).shortest == 1
    assert counted("thermal-4x6", state) == ShownFit(state, 1, 1)


@pytest.mark.parametrize(
    ("stock", "state", "yardstick"),
    [
        ("thermal-4x2", "CA", 0),
        ("thermal-3x2", "CA", 1),
        ("brother-dk11208", "TX", 0),
        ("dymo-30252", "NY", 0),
        ("zebra-10015343", "WA", 1),
    ],
)
def test_the_count_is_what_is_made_of_it(stock, state, yardstick):
    """The same prescription, gone the whole way to a proofed label for a patient."""
    fill = enter(TOOLS.yardsticks[yardstick], TOOLS.lexicon, DAY).fill
    assert fill is not None
    row, assessment = TOOLS.stocks[stock], assess(fill, TOOLS.tables, DAY, state)
    label = make(fill, assessment, row, row.dpi[0], TOOLS, Print(sample=False))
    said = counted(stock, state)
    many = len(label.pages.pages) if isinstance(label, Made) else 0
    assert many == (said.titration if yardstick else said.shortest)


def test_bars_stand_where_the_label_has_them():
    at = desk(Machine(), DAY)
    for each in at.stocks():
        if each.id not in {"thermal-4x2", "thermal-4x6", "dymo-30256"}:
            continue
        label = at.look(TOOLS.yardsticks[0], Wanted(each.id, jurisdiction="TX")).label
        assert label is not None
        marks = {mark.symbology for page in label.pages for mark in page.marks}
        assert each.bars == (Symbology.CODE128.value in marks), each.id


def test_without_a_states_own_law_the_federal_one_is_told():
    shown = desk(Machine()).stocks()[0]
    federal = shown.fit("")
    assert federal is not None
    assert federal == shown.fit("US") == shown.fit(" us ")
    assert shown.fit("ZZ") is None


def test_a_stock_between_two_is_counted_as_it_is():
    """A yard of paper holds everything, a stamp nothing."""
    held = measures(TOOLS)
    roll = TOOLS.stocks["thermal-4x3"]
    stamp = replace(roll, width_mm=Decimal(30), height_mm=Decimal(30))
    assert set(fits_of(stamp, held, TOOLS).labels.values()) == {(0, 0)}
    page = replace(roll, width_mm=Decimal(200), height_mm=Decimal(300), use="large")
    assert set(fits_of(page, held, TOOLS).labels.values()) == {(1, 1)}


def test_a_missing_yardstick_is_named(tmp_path):
    with pytest.raises(BadResource):
        read_yardsticks(tmp_path / "yardsticks")


@pytest.mark.parametrize("start", ["dymo-30252", "dymo-30323", "zebra-10010030"])
def test_a_larger_stock_is_named_once_for_its_size_and_the_same_maker_first(start):
    stock = TOOLS.stocks[start]
    found = larger(stock, 300, TOOLS.stocks.values())
    own = [each for each in found if each.maker == stock.maker]
    others = found[len(own) :]
    assert len(own) > 1
    assert others
    assert found == (*own, *others)
    for some in (own, others):
        assert [each.area_mm2 for each in some] == sorted(each.area_mm2 for each in some)
    assert {each.use for each in found} == {"vial", "large"}
    sizes = [(each.width_mm, each.height_mm, each.margins_mm) for each in found]
    assert len(set(sizes)) == len(sizes)


def test_no_larger_stock_is_shorter_on_either_side():
    """A long thin roll holds more, and still not the words that stand one above another."""
    for stock in TOOLS.stocks.values():
        for each in larger(stock, stock.dpi[0], TOOLS.stocks.values()):
            assert each.width_mm >= stock.width_mm
            assert each.height_mm >= stock.height_mm
            assert each.area_mm2 > stock.area_mm2
