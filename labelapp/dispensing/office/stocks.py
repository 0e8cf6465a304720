"""Own stocks: the label stocks of the pharmacy itself, on record with what fits on each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.layout.stock import Fits, Stock
from labelapp.rx.errors import LabelappError
from labelapp.store import rows
from labelapp.store.vault import Look

_STEM = "stock/"


class StockTaken(LabelappError):
    """A stock of that name is there already."""

    code = "stock.taken"


class NoSuchStock(LabelappError):
    """A stock that is not on record was to be taken away or counted anew."""

    code = "stock.no-such"


@dataclass(frozen=True)
class OwnStock:
    """A stock of the pharmacy's own. `fits` is None where it was counted with other rows than now's.

    `version` is the one that was read, by which a change at another counter is noticed.
    """

    stock: Stock
    fits: Fits | None
    version: int


class OwnStocks:
    """The stocks of the pharmacy. One taken away stays in the records as gone.

    `made_with` names the program and the rows what fits is counted with.
    """

    def __init__(self, ledger: Ledger, made_with: str) -> None:
        self._ledger = ledger
        self._made_with = made_with

    def listed(self) -> tuple[OwnStock, ...]:
        """List the own stocks by their names; they are nobody's secret."""
        with self._ledger.vault.look() as connection:
            return tuple(
                self._own(each) for each in _kept(connection).values() if not each.says.get("gone")
            )

    def add(self, stock: Stock, fits: Fits) -> OwnStock:
        """Record a new stock with what fits on it. Raises StockTaken."""
        with self._ledger.change(Act.STOCKS) as change:
            known = _kept(change.connection).get(stock.id)
            if known is not None and not known.says.get("gone"):
                raise StockTaken(name=stock.name)
            seen = known.version if known is not None else None
            return self._own(rows.put(change, _STEM + stock.id, self._says(stock, fits), seen))

    def count(self, own: OwnStock, fits: Fits) -> OwnStock:
        """Record what fits on a stock, counted anew. Raises Conflict, NoSuchStock."""
        with self._ledger.change(Act.STOCKS) as change:
            _demand(_kept(change.connection), own.stock.id)
            says = self._says(own.stock, fits)
            return self._own(rows.put(change, _STEM + own.stock.id, says, own.version))

    def remove(self, stock: str) -> Stock:
        """Take a stock away, by its id; what was printed on it stays. Raises NoSuchStock."""
        with self._ledger.change(Act.STOCKS) as change:
            known = _demand(_kept(change.connection), stock)
            rows.put(change, known.name, {**known.says, "gone": True}, known.version)
            return self._own(known).stock

    def _own(self, kept: rows.Setting) -> OwnStock:
        is_new = kept.says.get("counted_with") == self._made_with
        return OwnStock(_stock(kept.says), _fits(kept.says) if is_new else None, kept.version)

    def _says(self, stock: Stock, fits: Fits) -> dict[str, Any]:
        return {
            "id": stock.id,
            "name": stock.name,
            "width_mm": str(stock.width_mm),
            "height_mm": str(stock.height_mm),
            "margins_mm": [str(each) for each in stock.margins_mm],
            "dpi": list(stock.dpi),
            "use": stock.use,
            "maker": stock.maker,
            "number": stock.number,
            "source": stock.source,
            "counted_with": self._made_with,
            "bars": fits.bars,
            "fits": {state: list(counts) for state, counts in fits.labels.items()},
        }


def _kept(connection: Look) -> dict[str, rows.Setting]:
    found = rows.settings(connection, _STEM)
    return {each.name.removeprefix(_STEM): each for each in found}


def _demand(kept: Mapping[str, rows.Setting], stock: str) -> rows.Setting:
    known = kept.get(stock)
    if known is None or known.says.get("gone"):
        raise NoSuchStock(stock=stock[:60])
    return known


def _stock(says: Mapping[str, Any]) -> Stock:
    top, right, bottom, left = (Decimal(each) for each in says["margins_mm"])
    return Stock(
        id=says["id"],
        name=says["name"],
        maker=says["maker"],
        number=says["number"],
        width_mm=Decimal(says["width_mm"]),
        height_mm=Decimal(says["height_mm"]),
        margins_mm=(top, right, bottom, left),
        dpi=tuple(says["dpi"]),
        use=says["use"],
        source=says["source"],
    )


def _fits(says: Mapping[str, Any]) -> Fits:
    labels = {state: (plain, stepped) for state, (plain, stepped) in says["fits"].items()}
    return Fits(says["dpi"][0], says["bars"], MappingProxyType(labels))
