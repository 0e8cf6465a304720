"""The past of a fill: what the records say of it becomes findings, and the copy its label is."""

from __future__ import annotations

from dataclasses import replace

from labelapp.dispensing.make import Print
from labelapp.dispensing.office.entry import OnRecord
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.history import History


def with_first_fill(fill: Fill, history: History | None) -> Fill:
    """Give a refill with the day of the first fill that is on record, where nobody entered one."""
    if history is None or fill.number == 0 or fill.first_filled is not None:
        return fill
    return replace(fill, first_filled=history.first_filled)


def known_of(
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
