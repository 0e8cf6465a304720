"""The stock labels of lots: looked at, saved or printed, and each print written down."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from labelapp.dispensing import send, show
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.lot_label import (
    LotPrint,
    LotWish,
    MadeLot,
    make_lot_label,
    read_stocked,
)
from labelapp.dispensing.make import Refused
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.office.shown import ShownLot
from labelapp.dispensing.office.stocks import OwnStocks
from labelapp.dispensing.shown import ShownLabel, ShownPrinter, ShownStock, Wanted
from labelapp.dispensing.stocking import chosen, not_chosen
from labelapp.layout.stock import Stock
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import Finding
from labelapp.rx.receipt import Receipt, Unknown
from labelapp.store import shelf
from labelapp.store.trouble import Conflict, StoreTrouble

Sent = TypeVar("Sent", bound=Receipt | Unknown)
STATE = "pharmacy.address.state"
MOST_COPIES = 9


class NoLotLabel(LabelappError):
    """The label of a lot cannot be made as things stand. Values: lot, why, way."""

    code = "lot.no-label"


class LotLabels:
    """The labels of the lots on the shelf. `tools` gives what a label is made with.

    Such a label is no patient's: it has no serial of its own, but each print is in the audit.
    """

    def __init__(self, ledger: Ledger, own: OwnStocks, tools: Callable[[], Equipment]) -> None:
        self._ledger = ledger
        self._own = own
        self._tools = tools

    def stocks(self) -> tuple[ShownStock, ...]:
        """List the stocks one can choose."""
        self._ledger.ask(Act.VIEW)
        return tuple(show.stock(each) for each in self._stocks().values())

    def printers(self) -> tuple[ShownPrinter, ...]:
        """List the queues of this computer with what they say of themselves."""
        self._ledger.ask(Act.VIEW)
        return send.printers(self._tools().plain)

    def look(self, lot: ShownLot, wish: LotWish) -> ShownLabel:
        """Make the label of a lot to look at. Raises NoLotLabel, Conflict."""
        self._ledger.ask(Act.RECORD_LOT)
        return self._made(lot, wish).shown()

    def save(self, lot: ShownLot, wish: LotWish, path: str) -> Receipt:
        """Save the label of a lot as a PDF file. Raises NoLotLabel, Conflict, CannotWrite."""
        return self._out(lot, wish, "file", lambda label: send.save_label(label, Path(path)))

    def send(self, lot: ShownLot, wish: LotWish, printer: str) -> Receipt | Unknown:
        """Send the label of a lot to a queue, once. Raises NoLotLabel, Conflict, PrinterFailed."""
        return self._out(lot, wish, printer, lambda label: send.send_label(label, printer))

    def _out(
        self, lot: ShownLot, wish: LotWish, printer: str, go: Callable[[ShownLabel], Sent]
    ) -> Sent:
        """Write down that a label leaves, let it leave once, and write down what came of it."""
        self._ledger.ask(Act.RECORD_LOT)
        label = self._made(lot, wish).shown()
        with self._ledger.change(Act.RECORD_LOT) as change:
            said = {"number": lot.number, "printer": printer, "copies": wish.copies}
            change.record("lot-label", "lots", lot.id, **said)
        try:
            sent = go(label)
        except LabelappError:
            with suppress(StoreTrouble):  # what went wrong first is what is told
                self._settle(lot, "refused")
            raise
        self._settle(lot, "unknown" if isinstance(sent, Unknown) else "sent")
        return sent

    def _settle(self, lot: ShownLot, state: str) -> None:
        """Write down what came of a print, in the name of the one who printed."""
        doer = self._ledger.signing.whoever()
        with self._ledger.vault.change(doer) as change:
            change.record("lot-label.settled", "lots", lot.id, number=lot.number, state=state)

    def _made(self, lot: ShownLot, wish: LotWish) -> MadeLot:
        """Make the label from what is on record now. Raises NoLotLabel, and Conflict if that changed."""
        with self._ledger.look(Act.RECORD_LOT) as connection:
            known = shelf.lot(connection, lot.id)
            house = settings_of(connection).pharmacy
        if known.version != lot.version:
            raise Conflict(kind="lots", by="", at="", station="")
        tools = replace(self._tools(), stocks=self._stocks())
        stocked, found = read_stocked(known.says, known.released_by, tools)
        wanted = Wanted(wish.stock, wish.dpi)
        stock, dpi = chosen(wanted, tools.stocks)
        if stock is None:
            found = (*found, *not_chosen(wanted, tools.stocks))
        if stocked is None or stock is None or found:
            raise self._refused(lot, found)
        is_sample = self._ledger.is_training
        state = house.get(STATE, "").upper()
        copies = min(MOST_COPIES, max(1, wish.copies))
        printed = LotPrint(state, is_sample, wish.ingredients, copies)
        made = make_lot_label(stocked, stock, dpi, tools, printed)
        if isinstance(made, Refused):
            raise self._refused(lot, made.findings)
        return made

    def _stocks(self) -> Mapping[str, Stock]:
        own = {each.stock.id: each.stock for each in self._own.listed()}
        return {**self._tools().stocks, **own}

    def _refused(self, lot: ShownLot, found: tuple[Finding, ...]) -> NoLotLabel:
        """Say why there is no label: the first thing that is in the way."""
        plain = self._tools().plain
        why, way = plain.finding(found[0]) if found else ("", "")
        return NoLotLabel(lot=lot.number[:60], why=why, way=way)
