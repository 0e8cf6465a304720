"""The past of a fill: what the records say of it becomes findings, and the copy its label is."""

from __future__ import annotations

from dataclasses import replace

from labelapp.dispensing.make import Print
from labelapp.dispensing.office.entry import OnRecord
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, stop


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
    if record.waits:
        found.append(stop("order.not-reviewed", "rx_number", Settler.NOBODY))
    if record.short is not None:
        lot, left = record.short
        found.append(ask("lot.short", "lots.0.number", Settler.ANYONE, lot=lot, left=left))
    copy = record.copy
    if record.is_printed and not reason.strip():
        copy -= 1
        found.append(stop("print.before", "fill.number", Settler.NOBODY, serial=fill.serial))
    return replace(printed, copy=copy), tuple(found)
