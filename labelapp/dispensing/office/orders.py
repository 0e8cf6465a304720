"""Orders: prescriptions as they are kept, opened, refilled, reviewed, verified, and brought to an end."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import fields_of, patient_of, prescriber_of
from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.office.shown import ShownFill, ShownOrder, ShownPrint
from labelapp.dispensing.show import exact
from labelapp.intake import own
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.fill import Fill
from labelapp.rx.history import Dispensed, FillState, History, Standing
from labelapp.rx.people import Doer, Name
from labelapp.store import charts, orders, prints, shelf, versions
from labelapp.store.orders import Filled, NewFill, Order
from labelapp.store.vault import Change, Look

OF_A_FILL = ("fill.", "lots.", "safety.")
"""Fields that belong to one fill, and never to the next."""


class OtherPatient(LabelappError):
    """The number of a prescription is on record for somebody else."""

    code = "order.other-patient"


class NoReason(LabelappError):
    """Something that is only done with a reason was asked for without one."""

    code = "order.no-reason"


class NotThis(LabelappError):
    """What was scanned is not the label or lot of this fill: nobody overrides that."""

    code = "check.other"


class OwnWork(LabelappError):
    """A pharmacist may not check their own work here: set-up did not say that one works alone."""

    code = "check.own-work"


class NoNumbers(LabelappError):
    """Rx numbers are not given out here: they come from the pharmacy's own system."""

    code = "order.no-numbers"


class NoSuchOrder(LabelappError):
    """No prescription of that number is on record."""

    code = "order.no-such"


@dataclass(frozen=True)
class OnRecord:
    """What the records know about a draft: its history, and whether that fill has labels already.

    `copy` is the number its next labels carry. `is_other` tells that the number belongs to
    somebody else's prescription, `waits` that it must be reviewed before anything prints. `short`
    names a lot of which less is left than the fill takes, and how much.
    """

    history: History | None = None
    copy: int = 1
    is_printed: bool = False
    is_other: bool = False
    waits: bool = False
    short: tuple[str, str] | None = None


class Orders:
    """The prescriptions of the pharmacy and their fills."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def open(self, rx_number: str) -> ShownOrder:
        """Open a prescription with its patient and fills; that it was seen is written down.

        Raises NoSuchOrder.
        """
        with self._ledger.change(Act.VIEW) as change:
            known = _known(change.connection, rx_number)
            change.record("view", "prescriptions", known.id)
            return shown(change.connection, known)

    def draft(self, rx_number: str) -> Draft:
        """Give a prescription as it was settled, without any fill. Raises NoSuchOrder."""
        with self._ledger.change(Act.VIEW) as change:
            known = _known(change.connection, rx_number)
            change.record("view", "prescriptions", known.id)
            return self._draft(change.connection, known)

    def refill(self, rx_number: str) -> Draft:
        """Give the draft of a prescription's next fill, beginning on the day the last one ended.

        Nothing of an earlier fill is taken over: no lot, no answer, no decision. Raises NoSuchOrder.
        """
        with self._ledger.change(Act.VIEW) as change:
            known = _known(change.connection, rx_number)
            change.record("refill", "prescriptions", known.id)
            draft = self._draft(change.connection, known)
            given = history(change.connection, known).given
        if not given:
            return draft
        last = given[-1]
        refills = int(known.says.get("refills") or 0)
        fields = {
            "fill.number": str(last.number + 1),
            "fill.first_day": str(last.first_day + last.days),
            "fill.refills_left": str(max(0, refills - last.number - 1)),
        }
        return replace(draft, written={**draft.written, **fields})

    def received(self, rx_number: str) -> AsReceived | None:
        """Give an order as it was received; None when none was kept."""
        with self._ledger.change(Act.VIEW) as change:
            known = _known(change.connection, rx_number)
            change.record("view", "received", known.received or "")
            if known.received is None:
                return None
            came = orders.received(change.connection, known.received)
            return AsReceived(came.kind, came.data)

    def keep(self, entry: Entry) -> ShownOrder:
        """Record an order as it was entered, before anything of it is printed.

        Raises OtherPatient, Conflict.
        """
        with self._ledger.change(Act.ENTER) as change:
            kept = keep(change, entry)
            return shown(change.connection, orders.order(change.connection, kept.prescription))

    def give_number(self) -> str:
        """Give out the next Rx number, where the settings say that numbers are given here.

        One that stands on a prescription already is passed over. Raises NoNumbers.
        """
        with self._ledger.change(Act.ENTER) as change:
            if not settings_of(change.connection).gives_numbers:
                raise NoNumbers
            number = str(orders.next_number(change, "rx"))
            while orders.numbered(change.connection, number) is not None:
                number = str(orders.next_number(change, "rx"))
            change.record("number", "prescriptions", "", number=number)
        return number

    def on_record(self, fill: Fill) -> OnRecord:
        """Say what the records know about a fill about to be made; nothing of it is shown."""
        with self._ledger.look(Act.ENTER) as connection:
            return on_record(connection, fill)

    def discontinue(self, order: ShownOrder, reason: str) -> ShownOrder:
        """Discontinue a prescription, with the reason. Raises NoReason, Conflict."""
        return self._stand(order, Standing.DISCONTINUED, reason)

    def transfer(self, order: ShownOrder, reason: str) -> ShownOrder:
        """Record that a prescription was transferred out, where to. Raises NoReason, Conflict."""
        return self._stand(order, Standing.TRANSFERRED, reason)

    def resume(self, order: ShownOrder, reason: str) -> ShownOrder:
        """Take a prescription up again, with the reason. Raises NoReason, Conflict."""
        return self._stand(order, Standing.ACTIVE, reason)

    def review(
        self, order: ShownOrder, confirmed: Mapping[str, str], by: Doer | None = None
    ) -> ShownOrder:
        """Record that a pharmacist held the order as received against what was entered.

        `confirmed` says what was held against what: patient, drug, strength, directions, quantity.
        Whoever entered the order and reviews it too is recorded as having worked alone.
        Raises Conflict.
        """
        with self._ledger.change(Act.REVIEW, by) as change:
            known = orders.order(change.connection, order.id)
            seen = replace(known, version=order.version)
            alone = _entered_by(change.connection, known) == change.doer.initials
            _may_alone(change.connection, alone=alone)
            said = {**confirmed, "alone": alone}
            return shown(change.connection, orders.review(change, seen, said))

    def verify(
        self, fill: int, label: str, lots: tuple[str, ...], by: Doer | None = None
    ) -> ShownOrder:
        """Record a pharmacist's final verification of a fill by its scanned label and lots.

        Another label, an older copy or another lot is a hard stop. Raises NotThis, Conflict.
        """
        with self._ledger.change(Act.VERIFY, by) as change:
            connection = change.connection
            known = orders.fill(connection, fill)
            last = prints.labels_of(connection, fill)
            newest = {each.serial for each in last if each.copy == max(e.copy for e in last)}
            if label not in newest or known.state is not FillState.PRINTED:
                raise NotThis("check.other-label", label=label[:60])
            wanted = {shelf.lot(connection, each).number for each in known.lots}
            if set(lots) != wanted:
                odd = sorted(set(lots) ^ wanted)
                raise NotThis("check.other-lot", lot=", ".join(odd)[:80])
            order = orders.order(connection, known.prescription)
            alone = _printed_by(connection, fill) == change.doer.initials
            _may_alone(connection, alone=alone)
            orders.verify(change, known, {"label": label, "lots": sorted(lots), "alone": alone})
            return shown(connection, order)

    def void(self, fill: int, reason: str, by: Doer | None = None) -> None:
        """Void a fill and its labels, with the reason. Raises NoReason, Conflict."""
        _reasoned(reason)
        with self._ledger.change(Act.VOID, by) as change:
            known = orders.fill(change.connection, fill)
            for job in prints.jobs_of(change.connection, fill):
                if job.state in {prints.JobState.SENT, prints.JobState.UNKNOWN}:
                    prints.settle(change, job.id, prints.JobState.VOID, why=reason)
            orders.set_state(change, known, FillState.VOID, reason=reason)

    def _stand(self, order: ShownOrder, standing: Standing, reason: str) -> ShownOrder:
        _reasoned(reason)
        with self._ledger.change(Act.STAND) as change:
            known = replace(orders.order(change.connection, order.id), version=order.version)
            return shown(change.connection, orders.stand(change, known, standing, reason))

    def _draft(self, connection: Look, known: Order) -> Draft:
        draft = own.read(_document(known.says))
        patient = fields_of(charts.patient(connection, known.patient).says)
        written = {
            path: said
            for path, said in draft.written.items()
            if not path.startswith((*OF_A_FILL, "patient."))
        }
        return replace(draft, written={**written, **patient}, decisions=())


@dataclass(frozen=True)
class Entry:
    """What is kept of a label about to be made: its fill, its draft, and how many days it covers."""

    fill: Fill
    draft: Draft
    days: int = 0


def keep(change: Change, entry: Entry) -> Filled:
    """Record patient, prescriber, prescription and fill of what is about to be printed.

    What stands on record already is left as it is or gets its next version. Raises OtherPatient,
    Conflict, Taken.
    """
    fill, draft = entry.fill, entry.draft
    rx = fill.prescription
    patient = patient_of(change, rx.patient)
    prescriber = prescriber_of(change, rx.prescriber)
    document: dict[str, Any] = json.loads(own.write(draft))
    of_order = {
        key: said
        for key, said in document.items()
        if key not in {"fill", "lots", "safety", "decisions"}
    }
    known = orders.numbered(change.connection, rx.number)
    if known is None:
        came = draft.came
        kept = orders.keep_received(change, came.kind, came.data) if came else None
        who = (patient.id, prescriber.id)
        known = orders.add(change, rx.number, who, rx.written.isoformat(), of_order, kept)
    elif known.patient != patient.id:
        raise OtherPatient(number=rx.number)
    elif {**of_order, **_standing(known)} != dict(known.says):
        known = orders.alter(change, known, {**of_order, **_standing(known)})
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
    there = [e for e in orders.fills_of(change.connection, known.id) if e.number == fill.number]
    if there:
        return orders.alter_fill(change, there[0], new)
    if len(lots) == 1:
        _draw_on(change, lots[0], Fraction(fill.quantity.value))
    return orders.add_fill(change, known, new)


def _draw_on(change: Change, lot: int, quantity: Fraction) -> None:
    """Take a fill's quantity off what is left of its one lot, where somebody counts."""
    known = shelf.lot(change.connection, lot)
    if known.left:
        left = max(Fraction(), Fraction(known.left) - quantity)
        shelf.count(change, known, exact(left))


def on_record(connection: Look, fill: Fill) -> OnRecord:
    """Say what the records know about a fill about to be made."""
    known = orders.numbered(connection, fill.prescription.number)
    review_first, short = settings_of(connection).review_first, _short(connection, fill)
    if known is None:
        return OnRecord(waits=review_first, short=short)
    there = [e for e in orders.fills_of(connection, known.id) if e.number == fill.number]
    copy = prints.next_copy(connection, there[0].id) if there else 1
    patient = charts.patient(connection, known.patient)
    name, rx = fill.prescription.patient.name, fill.prescription
    is_other = (patient.get("family"), patient.get("given")) != (name.family, name.given)
    past = history(connection, known, without=fill.number)
    same = _same_order(known.says, rx.sig.text, rx.compound.written)
    waits = review_first and not known.reviewed_by
    return OnRecord(
        replace(past, is_same_order=same),
        copy,
        copy > 1,
        is_other,
        waits,
        None if copy > 1 else short,
    )


def _short(connection: Look, fill: Fill) -> tuple[str, str] | None:
    """Name the lot of a fill of which too little is left; of several lots nobody knows the shares."""
    known = shelf.numbered(connection, fill.lots[0].number) if len(fill.lots) == 1 else None
    if known is None or not known.left or Fraction(known.left) >= Fraction(fill.quantity.value):
        return None
    return known.number, exact(Fraction(known.left))


def history(connection: Look, known: Order, without: int = -1) -> History:
    """Give what was dispensed on a prescription, one fill left out."""
    fills = tuple(
        Dispensed(
            each.number,
            date.fromisoformat(each.filled_on),
            Fraction(each.quantity),
            each.days,
            each.first_day,
            each.state,
        )
        for each in orders.fills_of(connection, known.id)
        if each.number != without
    )
    return History(known.standing, fills)


def shown(connection: Look, known: Order) -> ShownOrder:
    """Show a prescription on record."""
    says = own.read(_document(known.says))
    prescriber = charts.prescriber(connection, known.prescriber)
    fills = tuple(_shown_fill(connection, e) for e in orders.fills_of(connection, known.id))
    given = [each for each in fills if each.state is not FillState.VOID]
    refills = int(says.get("refills") or 0)
    ordered = Fraction(says.get("quantity.value") or 0) * (refills + 1)
    left = ordered - sum(Fraction(each.quantity) for each in given)
    names = (prescriber.get("family"), prescriber.get("given"), prescriber.get("suffix"))
    return ShownOrder(
        known.id,
        orders.order(connection, known.id).version,
        known.number,
        shown_patient(charts.patient(connection, known.patient)),
        Name(*names).for_staff,
        drug_of(says),
        says.get("sig"),
        known.written,
        known.standing,
        known.reviewed_by,
        refills,
        max(0, refills - max((each.number for each in given), default=0)),
        exact(max(Fraction(0), left)),
        known.received or 0,
        fills,
    )


def drug_of(draft: Draft) -> str:
    """Name the drug as it was written: each active ingredient with its strength, and the form."""
    said = []
    for place in range(draft.count("compound.ingredients")):
        stem = f"compound.ingredients.{place}"
        if draft.get(f"{stem}.part") == "active":
            parts = ("name", "strength.value", "strength.unit")
            said.append(" ".join(draft.get(f"{stem}.{part}") for part in parts).strip())
    return " ".join(part for part in (" + ".join(said), draft.get("compound.form")) if part)


def _shown_fill(connection: Look, each: Filled) -> ShownFill:
    labels = tuple(
        ShownPrint(one.id, one.serial, one.at, one.person, one.reason, one.copy)
        for one in prints.labels_of(connection, each.id)
    )
    lots = tuple(shelf.lot(connection, lot).number for lot in each.lots)
    return ShownFill(
        each.id, each.number, each.filled_on, each.quantity, each.days, each.state, lots, labels
    )


def _known(connection: Look, rx_number: str) -> Order:
    found = orders.numbered(connection, rx_number.strip())
    if found is None:
        raise NoSuchOrder(number=rx_number.strip()[:40])
    return found


def _document(says: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: said for key, said in says.items() if not key.startswith("standing") and key != "void"
    }


def _standing(known: Order) -> dict[str, Any]:
    return {key: said for key, said in known.says.items() if key.startswith("standing")}


def _same_order(says: Mapping[str, Any], sig: str, written: str) -> bool:
    draft = own.read(_document(says))
    return draft.get("sig") == sig and draft.get("compound.name") == written


def _entered_by(connection: Look, known: Order) -> str:
    return versions.history(connection, "prescriptions", known.id)[0].person


def _may_alone(connection: Look, *, alone: bool) -> None:
    """Let a pharmacist check their own work only where set-up said that one works alone."""
    if alone and not settings_of(connection).works_alone:
        raise OwnWork


def _printed_by(connection: Look, fill: int) -> str:
    return prints.labels_of(connection, fill)[-1].person


def _reasoned(reason: str) -> None:
    if len(reason.strip()) < 3:
        raise NoReason
