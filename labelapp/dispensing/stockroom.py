"""The stock room: every stock there is, shipped or the pharmacy's own, and what fits on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from labelapp.dispensing import show
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.fitting import fits_of, measures
from labelapp.dispensing.office.stocks import NoSuchStock, OwnStocks
from labelapp.dispensing.ownstock import Asked, drawn_up
from labelapp.dispensing.shown import ShownStock
from labelapp.layout.stock import Stock
from labelapp.rx.errors import LabelappError


class NoRecords(LabelappError):
    """An own stock was to be made or taken away, and there are no records to keep it in."""

    code = "stock.no-records"


class StockRoom:
    """The stocks one can choose. Own ones are kept in the records; without records there are none.

    `equipment` holds the shipped stocks; nothing of it changes.
    """

    def __init__(self, equipment: Equipment, own: OwnStocks | None) -> None:
        self._equipment = equipment
        self._own = own

    def stocks(self) -> Mapping[str, Stock]:
        """Give every stock by its id, the pharmacy's own first."""
        own = {each.stock.id: each.stock for each in self._own.listed()} if self._own else {}
        return {**own, **self._equipment.stocks}

    def listed(self) -> tuple[ShownStock, ...]:
        """List every stock with what fits on it, the pharmacy's own first. No label is made for it."""
        own = self._own.listed() if self._own is not None else ()
        shipped, fits = self._equipment.stocks.values(), self._equipment.fits
        return (
            *(show.stock(each.stock, each.fits, own=True) for each in own),
            *(show.stock(each, fits.get(each.id)) for each in shipped),
        )

    def add(self, asked: Asked) -> ShownStock:
        """Make a stock of the pharmacy's own, and count what fits on it.

        Raises BadStock, StockTaken, NoRecords, and all the records raise.
        """
        records = self._records()
        made = drawn_up(asked, self._equipment.stocks)
        fits = fits_of(made, measures(self._equipment), self._equipment)
        kept = records.add(made, fits)
        return show.stock(kept.stock, kept.fits, own=True)

    def remove(self, stock: str) -> ShownStock:
        """Take an own stock away, by its id or name. Raises NoSuchStock, NoRecords."""
        records = self._records()
        wanted = " ".join(stock.split()).casefold()
        known = [each.stock for each in records.listed()]
        named = next((each.id for each in known if wanted == each.name.casefold()), "")
        found = wanted if wanted in {each.id for each in known} else named
        if not found:
            raise NoSuchStock(stock=stock.strip()[:60])
        return show.stock(records.remove(found), own=True)

    def count(self) -> int:
        """Count anew what fits on the own stocks that were counted with older rows; give how many."""
        records = self._records()
        old = [each for each in records.listed() if each.fits is None]
        held = measures(self._equipment) if old else {}
        for each in old:
            records.count(each, fits_of(each.stock, held, self._equipment))
        return len(old)

    def _records(self) -> OwnStocks:
        if self._own is None:
            raise NoRecords
        return self._own


def stocked(equipment: Equipment, room: StockRoom) -> Equipment:
    """Give the equipment with the pharmacy's own stocks among the others."""
    return replace(equipment, stocks=room.stocks())
