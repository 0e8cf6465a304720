"""Label stock: rows with a source, sizes in whole dots, damage named."""

from __future__ import annotations

from decimal import Decimal

import pytest

from labelapp.layout.stock import read_stocks
from labelapp.resources import rows
from labelapp.resources.typed import stocks
from labelapp.rx.errors import BadResource

WANTED = {
    "thermal-4x2", "thermal-4x3", "thermal-3x2", "thermal-2.25x1.25", "dymo-30256", "dymo-30323",
    "dymo-30252", "dymo-30334", "brother-dk11202", "brother-dk11208", "brother-102x51",
    "brother-dk11201",
}  # fmt: skip


def test_the_stocks_a_pharmacy_has_are_there_each_with_its_source():
    assert set(stocks()) >= WANTED
    for stock in stocks().values():
        assert stock.source
        assert not stock.approved_by, "a shipped row is approved by nobody"


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
