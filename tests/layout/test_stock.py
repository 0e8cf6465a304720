"""Label stock: rows with a source, sizes in whole dots, damage named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from labelapp.layout.stock import Design, read_stocks
from labelapp.resources import rows
from labelapp.resources.typed import stocks
from labelapp.rx.errors import BadResource

WANTED = {
    "thermal-4x2", "thermal-4x3", "thermal-3x2", "thermal-2.25x1.25", "thermal-2x3", "thermal-2.25x4",
    "dymo-30256", "dymo-30323", "dymo-30252", "dymo-30334", "dymo-30330", "dymo-30321", "dymo-30336",
    "dymo-30332", "dymo-30324", "dymo-99012", "dymo-99014", "dymo-1744907", "brother-dk11202",
    "brother-dk11208", "brother-102x51", "brother-dk11201", "brother-dk11209", "brother-dk22205-120",
    "brother-dk11202-upright", "zebra-10010031", "zebra-10015344", "zebra-10011994", "avery-5160",
    "avery-5163", "avery-5164", "avery-5168", "laser-vial-corner",
}  # fmt: skip
MAKERS = {"Zebra", "DYMO", "Brother", "Avery"}
BROTHER_DOTS = {
    "brother-dk11202": (1109, 696), "brother-dk11202-upright": (696, 1109),
    "brother-102x51": (1164, 526), "brother-dk11241": (1164, 1660), "brother-dk11208": (991, 413),
    "brother-dk11201": (991, 306), "brother-dk11209": (696, 271), "brother-39x48": (495, 425),
    "brother-dk11204": (566, 165),
}  # fmt: skip
"""What the head of a QL prints on each, along the lines of text and down them."""


def test_the_stocks_a_pharmacy_has_are_there_each_with_its_source():
    assert set(stocks()) >= WANTED
    assert len([each for each in stocks().values() if each.use != "sheet"]) >= 30
    assert {each.maker for each in stocks().values()} >= MAKERS
    for stock in stocks().values():
        assert stock.source
        assert stock.number
        assert not stock.approved_by, "a shipped row is approved by nobody"
        assert not stock.measured, "nobody put a ruler to it"


def test_no_stock_of_a_maker_stands_twice():
    turned = [(e.maker, e.number, e.width_mm, e.height_mm) for e in stocks().values()]
    assert len(set(turned)) == len(turned)
    shown = [(e.maker, e.number, e.name) for e in stocks().values()]
    assert len(set(shown)) == len(shown), "nobody could tell them apart in a list"


def test_every_shape_and_use_of_a_label_has_its_stocks():
    vials = [each for each in stocks().values() if each.use == "vial"]
    assert {each.design for each in vials} == {Design.LANDSCAPE, Design.NARROW, Design.PORTRAIT}
    assert {each.design for each in stocks().values()} == set(Design)
    assert {each.use for each in stocks().values()} >= {"vial", "large", "auxiliary"}


@pytest.mark.parametrize(("stock", "dots"), sorted(BROTHER_DOTS.items()))
def test_a_brother_label_is_printed_only_where_its_head_prints(stock, dots):
    left, top, right, bottom = stocks()[stock].printable(300)
    assert right - left <= dots[0]
    assert bottom - top <= dots[1]
    assert right - left >= dots[0] - 8, "no more is given away than rounding asks for"
    assert bottom - top >= dots[1] - 8


def test_a_label_is_whole_dots_and_its_margins_are_never_less_than_written():
    stock = stocks()["thermal-4x2"]
    assert stock.dots(203) == (812, 406)
    left, top, right, bottom = stock.printable(203)
    for dots, mm in zip((top, 812 - right, 406 - bottom, left), stock.margins_mm, strict=True):
        assert dots * Decimal("25.4") / 203 >= mm
        assert (dots - 1) * Decimal("25.4") / 203 < mm


@pytest.mark.parametrize(
    "change",
    [
        {"use": "poster"},
        {"width_mm": "wide"},
        {"margins_mm": [60, 2, 60, 2]},
        {"dpi": []},
        {"x": 1},
    ],
)
def test_a_damaged_row_is_named(change):
    row = {**rows("stocks/thermal.toml")["stock"][0], **change}
    with pytest.raises(BadResource) as broken:
        read_stocks({"stock": [row]}, "stocks/mine.toml")
    assert broken.value.values["row"] == "thermal-4x2"
