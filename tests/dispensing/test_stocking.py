"""The larger stocks a label may be moved to: none is shorter on either side, none is a sticker."""

from __future__ import annotations

import pytest

from labelapp.dispensing.stocking import FOR_LABELS, larger
from labelapp.resources.typed import stocks

STOCKS = stocks()


@pytest.mark.parametrize("name", ["thermal-4x2", "thermal-2.25x4", "dymo-30252", "brother-dk11202"])
def test_a_larger_stock_is_shorter_on_no_side_and_the_makers_own_come_first(name):
    stock = STOCKS[name]
    found = larger(stock, stock.dpi[0], STOCKS.values())
    assert found
    for each in found:
        assert each.width_mm >= stock.width_mm
        assert each.height_mm >= stock.height_mm
        assert each.area_mm2 > stock.area_mm2
        assert each.use in FOR_LABELS
    own = [each.maker == stock.maker for each in found]
    assert own == sorted(own, reverse=True)
    assert len({(each.width_mm, each.height_mm, each.margins_mm) for each in found}) == len(found)


def test_the_largest_label_has_none_larger():
    largest = max(
        (each for each in STOCKS.values() if each.use in FOR_LABELS), key=lambda e: e.area_mm2
    )
    assert larger(largest, largest.dpi[0], STOCKS.values()) == ()
