"""Records with something of everything in them, made once and copied for whoever tries them."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.enter import enter
from labelapp.dispensing.lot_label import LotWish
from labelapp.dispensing.make import Made, Print, make
from labelapp.dispensing.office.access import NotAllowed, NotSignedIn
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.entry import Entry
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.office.shown import (
    ShownBackup,
    ShownJob,
    ShownLot,
    ShownOrder,
    ShownPatient,
    ShownPerson,
    ShownRow,
)
from labelapp.dispensing.ownstock import Asked, drawn_up
from labelapp.dispensing.phrasebook import ShownPhrases
from labelapp.dispensing.shown import Batch, Shown, ShownPage, Wanted
from labelapp.layout.stock import Fits
from labelapp.rules.assess import assess
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import PrinterFailed
from labelapp.rx.receipt import Unknown
from labelapp.sig.codes.own import OwnCode
from tests.dispensing.office.offices import LOT, NOON, Clock, Counter, counter, fittings, with_lot
from tests.given import draft

NO_QUEUE = "no queue of this name"
OWN_STOCK = drawn_up(Asked("Our roll", "4 in", "2.5 in"))
NOTHING_FITS = Fits(203, False, {"US": (0, 0)})
OWN_CODE = OwnCode("zorp", "at bedtime", "TT", date(2026, 11, 1), ())
APPROVAL = {
    "table": "es",
    "translated_by": "Ana Prueba",
    "verified_by": "Rosa Ejemplo",
    "competence": "certified medical translator",
}


@dataclass(frozen=True)
class Known:
    """What somebody at the counter has seen before trying a thing."""

    drawn: Draft
    fresh: Draft
    order: ShownOrder
    patient: ShownPatient
    released: ShownLot
    waiting: ShownLot
    doubt: ShownJob
    rows: tuple[ShownRow, ...]
    table: ShownPhrases
    person: ShownPerson
    backup: ShownBackup
    looked_at: Shown
    together: Batch

    @property
    def fill(self) -> int:
        return self.order.fills[0].id

    @property
    def label(self) -> str:
        return self.order.fills[0].labels[0].serial


@dataclass(frozen=True)
class Busy:
    """The folder of the busy records, closed, and what is known of them."""

    folder: Path
    recovery: str
    known: Known

    def copied(self, folder: Path) -> Counter:
        """Open a copy of the records; nobody is signed in."""
        shutil.copytree(self.folder, folder)
        clock = Clock()
        door = Door(str(folder / "records"), fittings(folder, clock))
        office = door.open(recovery=self.recovery)
        return Counter(office, clock, door, self.recovery, folder)


def busy(folder: Path) -> Busy:
    """Set the records up: an order printed, one in doubt, lots, a formula, a code, a backup."""
    at = counter(folder)
    drawn = replace(with_lot(at), came=AsReceived("message", b"as it came"))
    order = _printed(at, drawn)
    doubt = _left_in_doubt(at, draft(rx_number="7654321"))
    waiting = at.office.lots.record({**LOT, "number": "26-200"})
    at.office.codes.keep((OWN_CODE,))
    at.sign_in("PH")
    at.office.lots.record_formula("LDN 1.5 mg capsule", {"makes": "100"})
    fresh = draft(rx_number="5555555")
    at.sign_in("PC")
    at.office.stocks.add(OWN_STOCK, NOTHING_FITS)
    known = Known(
        drawn,
        fresh,
        order,
        order.patient,
        _lot(at, "26-118"),
        waiting,
        doubt,
        at.office.approving.listed("CA"),
        next(each for each in at.office.approving.tables() if each.language == "es"),
        next(each for each in at.office.staff.listed() if each.initials == "IN"),
        at.office.keeping.back_up(),
        at.desk().look(fresh, Wanted()),
        at.desk().batch([fresh], Wanted()),
    )
    at.office.close()
    return Busy(folder, at.recovery, known)


def made(given: Draft) -> tuple[Entry, Made, tuple[bytes, ...]]:
    """Make the first label of a draft as the desk does, for who reserves it by hand."""
    tools = equipment()
    entered = enter(given, tools.lexicon, NOON.date())
    assert entered.fill is not None
    assessment = assess(entered.fill, tools.tables, NOON.date(), "CA")
    stock = tools.stocks[Wanted().stock]
    done = make(
        entered.fill, assessment, stock, stock.dpi[0], tools, Print(sample=False, language="en")
    )
    assert isinstance(done, Made)
    return Entry(entered.fill, given, 30), done, tuple(each.bits for each in _pages(given))


def send(desk: Desk, shown: Shown) -> None:
    """Send to a queue that is not there: what is allowed comes as far as the queue."""
    try:
        desk.send(shown, NO_QUEUE)
    except PrinterFailed:
        return
    raise AssertionError("a queue that is not there took a label")


def send_lot(office: Office, lot: ShownLot) -> None:
    """Send a lot's label to a queue that is not there."""
    try:
        office.lot_labels.send(lot, LotWish(), NO_QUEUE)
    except PrinterFailed:
        return
    raise AssertionError("a queue that is not there took a label")


def save_all(desk: Desk, batch: Batch, path: Path) -> None:
    """Save a batch of one; what it was left out for is raised."""
    (shown,) = desk.save_all(batch, path).shown
    for each in shown.open_findings:
        if each.finding.code == NotSignedIn.code:
            raise NotSignedIn
        assert each.finding.code == NotAllowed.code
        raise NotAllowed(**dict(each.finding.values))


def _pages(given: Draft) -> tuple[ShownPage, ...]:
    shown = Desk(equipment(), NOON.date).look(given, Wanted())
    assert shown.label is not None
    return shown.label.pages


def _printed(at: Counter, given: Draft) -> ShownOrder:
    desk = at.desk()
    desk.save(desk.look(given, Wanted()), str(at.folder / "first.pdf"))
    return at.office.orders.open(given.get("rx_number"))


def _left_in_doubt(at: Counter, given: Draft) -> ShownJob:
    reserved = at.office.prints.reserve(*made(given), "zebra")
    at.office.prints.settle(reserved, Unknown("zebra", "printer.broken-off"))
    (doubt,) = at.office.prints.in_doubt()
    return doubt


def _lot(at: Counter, number: str) -> ShownLot:
    found = at.office.lots.open(number)
    assert found is not None
    return found
