"""The stock and head somebody chose, or why there is no such label to print on."""

from __future__ import annotations

from collections.abc import Mapping

from labelapp.dispensing.shown import Wanted
from labelapp.layout.stock import Stock
from labelapp.rx.finding import Finding, Settler, ask, stop


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
