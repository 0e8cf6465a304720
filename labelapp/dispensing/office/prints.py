"""Prints: reserved before the first byte leaves, settled after, and what nobody knows resolved."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import TypeVar

from labelapp.dispensing.make import Made
from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.entry import Entry, keep, on_record
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.reasons import reasoned
from labelapp.dispensing.office.shown import ShownJob
from labelapp.label.document import Symbology
from labelapp.rx.errors import LabelappError
from labelapp.rx.history import FillState
from labelapp.rx.paper import Paper
from labelapp.rx.receipt import Receipt, Unknown
from labelapp.store import charts, fills, orders, prints
from labelapp.store.fills import Filled
from labelapp.store.prints import JobState, Sheet
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change

Sent = TypeVar("Sent", bound=Receipt | Unknown)


class PrintedBefore(LabelappError):
    """A label was to be printed that has been printed: another copy needs a reason."""

    code = "print.before"


class NotSettled(LabelappError):
    """A label left for the printer, and the records could not be told any more."""

    code = "print.not-settled"


@dataclass(frozen=True)
class Reserved:
    """A print whose serials are committed; whoever has it may send, once."""

    job: int
    fill: int


class Prints:
    """Every print of the pharmacy. `made_with` names the versions of program, fonts and rows."""

    def __init__(self, ledger: Ledger, made_with: str) -> None:
        self._ledger = ledger
        self._made_with = made_with

    def reserve(
        self, entry: Entry, made: Made, dots: tuple[bytes, ...], printer: str, reason: str = ""
    ) -> Reserved:
        """Keep what is about to be printed and commit its serials, before any byte leaves.

        Another copy needs a `reason`; one of which no earlier label was taken by any queue is the
        first one on paper, under a serial of its own all the same. Raises PrintedBefore, NoReason, and all that `keep` raises.
        """
        with self._ledger.vault.look() as connection:
            again = on_record(connection, entry).is_printed
        if again:
            reasoned(reason)
        with self._ledger.change(Act.REPRINT if again else Act.PRINT) as change:
            fill = keep(change, entry)
            if _copy(made) != prints.next_copy(change.connection, fill.id, entry.paper):
                raise PrintedBefore(serial=made.label.serial)
            said = {
                "language": entry.language,
                "reason": reason if again else "",
                "paper": entry.paper,
            }
            sheets = _sheets(made, dots, said, self._made_with)
            return Reserved(prints.reserve(change, fill.id, printer, sheets), fill.id)

    def settle(self, reserved: Reserved, outcome: Receipt | Unknown | None) -> None:
        """Record what came of a print: taken, not known, or (None) refused by the queue.

        This is written in the name of the one who printed, even if the counter locked meanwhile.
        """
        state = JobState.REFUSED
        queue_job = ""
        if isinstance(outcome, Receipt):
            state, queue_job = JobState.SENT, outcome.job[:200]
        elif isinstance(outcome, Unknown):
            state = JobState.UNKNOWN
        doer = self._ledger.signing.whoever()
        with self._ledger.vault.change(doer) as change:
            prints.settle(change, reserved.job, state, queue_job=queue_job)
            fill = fills.fill(change.connection, reserved.fill)
            if state is not JobState.REFUSED and _is_label(change, reserved.job):
                _is_printed(change, fill)

    def in_doubt(self) -> tuple[ShownJob, ...]:
        """List the prints nobody knows the end of; this program sends none of them again."""
        with self._ledger.change(Act.PRINT) as change:
            found = prints.in_doubt(change.connection, self._ledger.vault.place.station)
            change.record("view", "jobs", "", jobs=[each.id for each in found])
            return tuple(_shown(change, each) for each in found)

    def it_printed(self, job: int) -> None:
        """Record that a label in doubt came out."""
        self._resolve(job, JobState.CONFIRMED, "it printed")

    def it_did_not(self, job: int) -> None:
        """Record that a label in doubt did not come out: another copy may be printed, with a reason."""
        self._resolve(job, JobState.VOID, "it did not print")

    def void(self, job: int, reason: str) -> None:
        """Void the fill of a label in doubt with all its labels, with the reason. Raises NoReason."""
        reasoned(reason)
        with self._ledger.change(Act.VOID) as change:
            known = self._end(change, job, JobState.VOID, reason)
            fill = fills.fill(change.connection, known.fill)
            fills.void(change, fill, reason)

    def _resolve(self, job: int, state: JobState, why: str) -> None:
        with self._ledger.change(Act.PRINT) as change:
            known = self._end(change, job, state, why)
            if state is JobState.CONFIRMED and _is_label(change, job):
                _is_printed(change, fills.fill(change.connection, known.fill))

    def _end(self, change: Change, job: int, state: JobState, why: str) -> prints.PrintJob:
        known = prints.find(change.connection, job)
        if known.state is JobState.SENDING:  # left so by a crash: first it is not known
            prints.settle(change, job, JobState.UNKNOWN, why="found after a stop")
        prints.settle(change, job, state, why=why)
        return known

    def picture(self, label: int) -> tuple[str, bytes]:
        """Give the layout and every dot of a label as it was printed; that it was seen is noted."""
        with self._ledger.change(Act.VIEW) as change:
            change.record("view", "labels", label)
            return prints.picture(change.connection, label)


def sent_once(office: Prints, reserved: Reserved, send: Callable[[], Sent]) -> Sent:
    """Send what is reserved, and settle it whatever comes of it; nothing is ever sent again.

    Raises NotSettled when the label left and the records could not be told: it stays in doubt.
    """
    try:
        outcome = send()
    except LabelappError:
        with suppress(StoreTrouble):  # then it stays in doubt, and a person says what came of it
            office.settle(reserved, None)
        raise
    try:
        office.settle(reserved, outcome)
    except StoreTrouble:
        raise NotSettled from None
    return outcome


def _sheets(
    made: Made, dots: tuple[bytes, ...], said: Mapping[str, str], made_with: str
) -> list[Sheet]:
    digest = sha256(made.pdf).hexdigest()
    sheets = []
    for place, (page, bits) in enumerate(zip(made.pages.pages, dots, strict=True), 1):
        marks = (each.payload for each in page.bars if each.symbology is not Symbology.QR)
        serial = next(marks, f"{made.label.serial}#{place}")  # a QR code says an address
        layout = {
            "stock": made.pages.stock.id,
            "dpi": made.pages.dpi,
            "language": said["language"],
            "page": asdict(page),
        }
        text = json.dumps(layout, ensure_ascii=False, default=str, separators=(",", ":"))
        copy, reason = _copy(made), said["reason"]
        of_paper = {"reason": reason, "paper": said["paper"]}
        sheets.append(Sheet(serial, place, copy, text, bits, digest, made_with, **of_paper))
    return sheets


def _is_label(change: Change, job: int) -> bool:
    """Tell whether a print is the label itself: no other paper of a fill waits for a check."""
    return any(e.paper == Paper.LABEL for e in prints.labels_of_job(change.connection, job))


def _is_printed(change: Change, fill: Filled) -> None:
    """Note that a fill has a new label: whatever it was, voided or verified, it waits for its check."""
    if fill.state is not FillState.PRINTED:
        fills.set_state(change, fill, FillState.PRINTED)


def _copy(made: Made) -> int:
    return int(made.label.serial.rsplit("-", 1)[1])


def _shown(change: Change, job: prints.PrintJob) -> ShownJob:
    connection = change.connection
    fill = fills.fill(connection, job.fill)
    order = orders.order(connection, fill.prescription)
    patient = shown_patient(charts.patient(connection, order.patient))
    serials = tuple(each.serial for each in prints.labels_of_job(connection, job.id))
    return ShownJob(job.id, order.number, patient.name, job.printer, job.at, job.person, serials)
