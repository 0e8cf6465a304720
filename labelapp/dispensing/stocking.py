"""The stock and head somebody chose, or why there is no such label, and which larger ones there are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from labelapp.dispensing.shown import Wanted
from labelapp.layout.stock import Stock
from labelapp.rx.finding import Finding, Settler, ask, stop

FOR_LABELS = frozenset({"vial", "large"})
"""The uses of a stock a label may be moved to: never a sticker, never the page of a leaflet."""


def larger(stock: Stock, dpi: int, stocks: Iterable[Stock]) -> tuple[Stock, ...]:
    """Give the stocks of a head that are larger, of each size one, the smallest first.

    None is shorter than this one on either side: each costs a trial while somebody types. One of
    the same maker comes first: it runs in the printer that stands there.
    """
    others = [
        each
        for each in stocks
        if dpi in each.dpi and each.use in FOR_LABELS
        if each.width_mm >= stock.width_mm and each.height_mm >= stock.height_mm
        if each.area_mm2 > stock.area_mm2
    ]
    others.sort(key=lambda row: (row.maker != stock.maker, row.area_mm2))
    sizes: dict[tuple[object, ...], Stock] = {}
    for each in others:
        sizes.setdefault((each.width_mm, each.height_mm, each.margins_mm), each)
    return tuple(sizes.values())


def chosen(wanted: Wanted, stocks: Mapping[str, Stock]) -> tuple[Stock | None, int]:
    """Give the stock and the head's dots per inch; None for a stock or head there is none of."""
    stock = stocks.get(wanted.stock)
    if stock is None:
        return None, 0
    dpi = wanted.dpi or stock.dpi[0]
    return (stock if dpi in stock.dpi else None), dpi


def not_chosen(wanted: Wanted, stocks: Mapping[str, Stock]) -> tuple[Finding, ...]:
    """Say why there is no such stock, or that it does not run on that head."""
    stock = stocks.get(wanted.stock)
    if stock is None:
        known = ", ".join(stocks)
        return (stop("stock.unknown", "", Settler.NOBODY, stock=wanted.stock, known=known),)
    runs = ", ".join(str(each) for each in stock.dpi)
    values = {"stock": stock.name, "dpi": str(wanted.dpi), "runs": runs}
    return (ask("stock.other-dpi", "", Settler.NOBODY, **values),)
