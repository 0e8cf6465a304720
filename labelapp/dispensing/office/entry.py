"""Entry: what is kept of a prescription and its fill, and what the records know of them before."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from labelapp.dispensing.office.charts import patient_of, prescriber_of
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.show import exact
from labelapp.intake import own
from labelapp.rules.vials.held import taken_from
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.fill import Fill
from labelapp.rx.history import Dispensed, History
from labelapp.rx.paper import Paper
from labelapp.rx.people import Patient
from labelapp.store import charts, fills, orders, prints, shelf
from labelapp.store.fills import Filled, NewFill
from labelapp.store.orders import Order
from labelapp.store.vault import Change, Look

MESSAGE = "message"
"""The kind of an order that came as a file this program reads, and not as a fax or scan."""


class OtherPatient(LabelappError):
    """The number of a prescription is on record for somebody else."""

    code = "order.other-patient"


@dataclass(frozen=True)
class OnRecord:
    """What the records know about a draft: its history, and whether that fill has labels already.

    `copy` is the number its next labels carry; one that every queue refused is counted, but was
    never on paper, so that nothing `is_printed` by it. `is_other` tells that the number belongs to
    somebody else's prescription, `waits` that it must be reviewed before anything prints. `short`
    names each lot of which less is left than the fill takes, and how much.
    """

    history: History | None = None
    copy: int = 1
    is_printed: bool = False
    is_other: bool = False
    waits: bool = False
    is_not_as_label: bool = False
    """True when a paper would say something else than the label that was printed."""
    short: tuple[tuple[str, str], ...] = ()


_ORDERED = frozenset(
    {"sig", "prescriber.name", "prescriber.family", "prescriber.given", "prescriber.npi"}
)


@dataclass(frozen=True)
class Entry:
    """What is kept of a label about to be made: its fill, its draft, how many days it covers.

    `language` is the patient's, in which the directions stand under the English; `paper` the one
    of the fill that is about to be made.
    """

    fill: Fill
    draft: Draft
    days: int = 0
    language: str = "en"
    paper: Paper = Paper.LABEL


def keep(change: Change, entry: Entry) -> Filled:
    """Record patient, prescriber, prescription and fill of what is about to be printed.

    What stands on record already is left as it is or gets its next version. Raises OtherPatient,
    Conflict, Taken.
    """
    fill, rx = entry.fill, entry.fill.prescription
    draft = _dated(entry)
    known = orders.numbered(change.connection, rx.number)
    is_same = known is not None and _is_of(change.connection, known, rx.patient)
    patient = patient_of(change, rx.patient, known.patient if known and is_same else 0)
    prescriber = prescriber_of(change, rx.prescriber)
    document: dict[str, Any] = json.loads(own.write(draft))
    of_order = {
        key: said
        for key, said in document.items()
        if key not in {"fill", "lots", "safety", "decisions"}
    }
    if known is None:
        came = draft.came
        kept = orders.keep_received(change, came.kind, came.data) if came else None
        who = (patient.id, prescriber.id)
        known = orders.add(change, rx.number, who, rx.written.isoformat(), of_order, kept)
    elif known.patient != patient.id:
        raise OtherPatient(number=rx.number)
    else:
        known = _again(change, known, of_order, draft.came)
    lots = tuple(
        found.id
        for each in fill.lots
        if (found := shelf.numbered(change.connection, each.number)) is not None
    )
    new = NewFill(
        fill.number,
        fill.filled_on.isoformat(),
        str(Fraction(fill.quantity.value)),
        entry.days,
        fill.first_day,
        document,
        lots,
        draft.decisions,
    )
    there = [
        e for e in fills.of_prescription(change.connection, known.id) if e.number == fill.number
    ]
    if there and _beside_label(change.connection, entry, there[0]):
        return there[0]  # what the label was printed from stays as it is
    if there:
        return fills.alter(change, there[0], new)
    for number, quantity in taken_from(fill).items():
        _draw_on(change, number, quantity)
    return fills.add(change, known, new)


def _dated(entry: Entry) -> Draft:
    """Give the draft with the day of the fill in it: a day the clock gave is kept with the rest."""
    day = {"fill.date": entry.fill.filled_on.isoformat()}
    return replace(entry.draft, written={**entry.draft.written, **day})


def _beside_label(connection: Look, entry: Entry, known: Filled) -> bool:
    """Tell whether a paper is to stand beside a label that was printed."""
    return entry.paper is not Paper.LABEL and was_sent(connection, known.id, Paper.LABEL)


def _is_not_as_label(connection: Look, entry: Entry, known: Filled) -> bool:
    """Tell whether a paper would be made from something else than the label that was printed."""
    if not _beside_label(connection, entry, known):
        return False
    told = own.read(json.loads(own.write(_dated(entry))))
    return own.read(document_of(known.says)).written != told.written


def _again(
    change: Change, known: Order, of_order: Mapping[str, Any], came: AsReceived | None
) -> Order:
    """Record what of an order on record is another: what was settled, and what it was settled by.

    A scan somebody put beside it takes the place of what was received before, which stays in the
    records; a message read once more does not.
    """
    if {**of_order, **_standing(known)} != dict(known.says):
        known = orders.alter(change, known, {**of_order, **_standing(known)})
    if came is not None and (known.received is None or came.kind != MESSAGE):
        kept = orders.keep_received(change, came.kind, came.data)
        if kept != known.received:
            known = orders.receive(change, known, kept)
    return known


def received(connection: Look, known: Order) -> AsReceived | None:
    """Give an order as it was received; None when none was kept."""
    if known.received is None:
        return None
    came = orders.received(connection, known.received)
    return AsReceived(came.kind, came.data)


def _draw_on(change: Change, number: str, quantity: Fraction) -> None:
    """Take what a fill takes of a lot off what is left of it, where somebody counts."""
    known = shelf.numbered(change.connection, number)
    if known is not None and known.left:
        left = max(Fraction(), Fraction(known.left) - quantity)
        shelf.count(change, known, exact(left))


def on_record(connection: Look, entry: Entry) -> OnRecord:
    """Say what the records know about a fill about to be made."""
    fill = entry.fill
    known = orders.numbered(connection, fill.prescription.number)
    review_first, short = settings_of(connection).review_first, _short(connection, fill)
    if known is None:
        return OnRecord(waits=review_first, short=short)
    there = [e for e in fills.of_prescription(connection, known.id) if e.number == fill.number]
    copy = prints.next_copy(connection, there[0].id, entry.paper) if there else 1
    is_printed = bool(there) and was_sent(connection, there[0].id, entry.paper)
    is_other = not _is_of(connection, known, fill.prescription.patient)
    past = history(connection, known, without=fill.number)
    same = _ordered(own.read(document_of(known.says))) == _ordered(entry.draft)
    waits = review_first and not known.reviewed_by
    return OnRecord(
        replace(past, is_same_order=same),
        copy,
        is_printed,
        is_other,
        waits,
        bool(there) and _is_not_as_label(connection, entry, there[0]),
        () if there else short,
    )


def _is_of(connection: Look, known: Order, patient: Patient) -> bool:
    """Tell whether a prescription on record is this patient's: the name, and the birth dates known.

    A birth date that only one of the two has tells nobody apart.
    """
    chart = charts.patient(connection, known.patient)
    days = {chart.get("born"), patient.born.isoformat() if patient.born else ""} - {""}
    names = (chart.get("family"), chart.get("given"))
    return names == (patient.name.family, patient.name.given) and len(days) < 2


def was_sent(connection: Look, fill: int, paper: Paper) -> bool:
    """Tell whether a paper of a fill may ever have left: not when each queue refused it whole."""
    jobs = prints.jobs_of(connection, fill, paper)
    return any(each.state is not prints.JobState.REFUSED for each in jobs)


def _short(connection: Look, fill: Fill) -> tuple[tuple[str, str], ...]:
    """Name each lot of a fill of which too little is left; of mixed lots nobody knows the shares."""
    found = []
    for number, quantity in taken_from(fill).items():
        known = shelf.numbered(connection, number)
        if known is not None and known.left and Fraction(known.left) < quantity:
            found.append((number, exact(Fraction(known.left))))
    return tuple(found)


def history(connection: Look, known: Order, without: int = -1) -> History:
    """Give what was dispensed on a prescription, one fill left out."""
    given = tuple(
        Dispensed(
            each.number,
            date.fromisoformat(each.filled_on),
            Fraction(each.quantity),
            each.days,
            each.first_day,
            each.state,
        )
        for each in fills.of_prescription(connection, known.id)
        if each.number != without
    )
    return History(known.standing, given)


def lots_of(known: Filled) -> tuple[str, ...]:
    """Give the numbers of the lots that stand on a fill's newest label.

    One that an earlier label named is still found by a recall.
    """
    draft = own.read(document_of(known.says))
    numbers = (draft.get(f"lots.{place}.number").strip() for place in range(draft.count("lots")))
    return tuple(each for each in numbers if each)


def document_of(says: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a record says as a prescription of the own format, without its standing."""
    return {
        key: said for key, said in says.items() if not key.startswith("standing") and key != "void"
    }


def _standing(known: Order) -> dict[str, Any]:
    return {key: said for key, said in known.says.items() if key.startswith("standing")}


def _ordered(draft: Draft) -> dict[str, str]:
    """Give what makes an order that one and no other: drug, strength, directions, prescriber."""
    return {
        path: " ".join(said.split()).casefold()
        for path, said in draft.written.items()
        if path in _ORDERED or path.startswith("compound.")
    }
