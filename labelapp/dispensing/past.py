"""The past of a fill: what the records say of it becomes findings, and the copy its label is."""

from __future__ import annotations

from dataclasses import replace

from labelapp.dispensing.make import Print
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.entry import Entry, OnRecord
from labelapp.dispensing.office.office import Office
from labelapp.dispensing.shown import Wanted
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.history import History
from labelapp.rx.paper import Paper


class Past:
    """What the records know of fills about to be made, while somebody is there to ask.

    Without `office`, or with nobody signed in here who enters orders, no fill has a past and every
    label is a sample.
    """

    def __init__(self, office: Office | None) -> None:
        self._office = office

    @property
    def records(self) -> Office | None:
        """The records, while somebody is signed in here who enters orders."""
        office = self._office
        is_open = office is not None and not office.signing.is_away and office.may(Act.ENTER)
        return office if is_open else None

    def of(self, entry: Entry) -> OnRecord | None:
        """Ask the records what they know about a fill; None while nobody is there to ask."""
        return self.records.orders.on_record(entry) if self.records else None

    def known(
        self, fill: Fill, law: str, record: OnRecord | None, wanted: Wanted
    ) -> tuple[Print, tuple[Finding, ...]]:
        """Say by the records which copy a label is, and what they hold it up for."""
        records = self.records
        if records is None or record is None:
            return self._print(wanted), ()
        unsigned = law if records.waits_for_signature(law) else ""
        printed = self._print(wanted, sample=records.is_training or bool(unsigned))
        return _known_of(fill, record, printed, wanted.reason, unsigned)

    def _print(self, wanted: Wanted, *, sample: bool = True) -> Print:
        """Say what is to be printed, as far as it was chosen at the counter."""
        return Print(
            sample=sample,
            language=wanted.language,
            paper=wanted.paper,
            colour=wanted.colour,
            left_off=wanted.left_off,
            link=wanted.link or (self._link if wanted.paper is Paper.LEAFLET else ""),
        )

    @property
    def _link(self) -> str:
        """The pharmacy's own page, where its settings name one."""
        return self._office.rules.now().link if self._office is not None else ""


def with_first_fill(fill: Fill, history: History | None) -> Fill:
    """Give a refill with the day of the first fill that is on record, where nobody entered one."""
    if history is None or fill.number == 0 or fill.first_filled is not None:
        return fill
    return replace(fill, first_filled=history.first_filled)


def _known_of(
    fill: Fill,
    record: OnRecord,
    printed: Print,
    reason: str = "",
    unsigned: str = "",
) -> tuple[Print, tuple[Finding, ...]]:
    """Say which copy a label is and what the records hold it up for.

    A fill that has its labels is shown as it was printed, and held: another copy has a `reason`.
    While the rows of a state wait for their signature (`unsigned`) its labels are only looked at.
    """
    found: list[Finding] = []
    if unsigned:
        found.append(stop("approve.unsigned", "", Settler.NOBODY, state=unsigned))
    if record.is_other:
        number = fill.prescription.number
        found.append(stop("order.other-patient", "rx_number", Settler.NOBODY, number=number))
    if record.is_not_as_label:
        found.append(stop("print.not-as-label", "", Settler.NOBODY, serial=fill.serial))
    if record.waits:
        found.append(stop("order.not-reviewed", "rx_number", Settler.NOBODY))
    for lot, left in record.short:
        place = next((at for at, each in enumerate(fill.lots) if each.number == lot), 0)
        field = f"lots.{place}.number"
        found.append(ask("lot.short", field, Settler.ANYONE, lot=lot, left=left))
    copy = record.copy
    if record.is_printed and not reason.strip():
        copy -= 1
        found.append(stop("print.before", "fill.number", Settler.NOBODY, serial=fill.serial))
    return replace(printed, copy=copy), tuple(found)
