"""Orders: prescriptions as they are kept, opened, refilled, reviewed, verified, and brought to an end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import fields_of
from labelapp.dispensing.office.checking import (
    answers,
    checks,
    odd_label,
    odd_lots,
    review,
    verify,
)
from labelapp.dispensing.office.entry import (
    Entry,
    OnRecord,
    document_of,
    history,
    keep,
    on_record,
    received,
)
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.lotscan import number_of
from labelapp.dispensing.office.reasons import reasoned
from labelapp.dispensing.office.rules import settings_of
from labelapp.dispensing.office.showing import shown
from labelapp.dispensing.office.shown import ShownAnswer, ShownCheck, ShownOrder
from labelapp.dispensing.show import exact
from labelapp.intake import own
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.history import Standing, owed, refills_used
from labelapp.rx.people import Doer
from labelapp.store import charts, fills, orders, prints
from labelapp.store.orders import Order
from labelapp.store.vault import Look

OF_A_FILL = ("fill.", "lots.", "safety.")
"""Fields that belong to one fill, and never to the next."""


class NoNumbers(LabelappError):
    """Rx numbers are not given out here: they come from the pharmacy's own system."""

    code = "order.no-numbers"


class NoSuchOrder(LabelappError):
    """No prescription of that number is on record."""

    code = "order.no-such"


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
        last, whole = given[-1], Fraction(draft.get("quantity.value") or 0)
        rest = owed(given, whole)
        used = refills_used(given, rest or whole, whole)
        fields = {
            "fill.number": str(last.number + 1),
            "fill.first_day": str(last.first_day + last.days),
            "fill.refills_left": str(max(0, int(known.says.get("refills") or 0) - used)),
            **({"fill.quantity": exact(rest)} if rest else {}),
        }
        return replace(draft, written={**draft.written, **fields})

    def draft_of_fill(self, fill_id: int) -> Draft:
        """Give the draft a fill was made from, as it was kept: for a reprint or a correction."""
        with self._ledger.change(Act.VIEW) as change:
            change.record("view", "fills", fill_id)
            fill = fills.fill(change.connection, fill_id)
            came = received(change.connection, orders.order(change.connection, fill.prescription))
            return replace(own.read(document_of(fill.says)), came=came)

    def number_of_label(self, serial: str) -> str:
        """Give the number of the prescription a scanned label belongs to. Raises NoSuchOrder."""
        with self._ledger.look(Act.VIEW) as connection:
            found = prints.by_serial(connection, serial.strip()[:100])
            if found is None:
                raise NoSuchOrder(number=serial.strip()[:40])
            return orders.order(connection, fills.fill(connection, found.fill).prescription).number

    def of_patient(self, patient_id: int) -> tuple[ShownOrder, ...]:
        """List all prescriptions of a patient, the newest first; that they were seen is written down."""
        found: list[Order] = []
        with self._ledger.change(Act.VIEW) as change:
            change.record("view", "patients", patient_id)
            while page := orders.of_patient(
                change.connection, patient_id, found[-1].id if found else 0
            ):
                found += page
            return tuple(shown(change.connection, each) for each in found)

    def received(self, rx_number: str) -> AsReceived | None:
        """Give an order as it was received; None when none was kept."""
        with self._ledger.change(Act.VIEW) as change:
            known = _known(change.connection, rx_number)
            change.record("view", "received", known.received or "")
            return received(change.connection, known)

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

    def on_record(self, entry: Entry) -> OnRecord:
        """Say what the records know about a fill about to be made; nothing of it is shown."""
        with self._ledger.look(Act.ENTER) as connection:
            return on_record(connection, entry)

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
            return shown(change.connection, review(change, seen, confirmed))

    def verify(
        self, fill: int, label: str | tuple[str, ...], lots: tuple[str, ...], by: Doer | None = None
    ) -> ShownOrder:
        """Record a pharmacist's final verification of a fill by its scanned label and lots.

        A fill in several containers is verified by the label of each. Another label, an older
        copy or another lot is a hard stop. Raises NotThis, Conflict.
        """
        labels = (label,) if isinstance(label, str) else label
        with self._ledger.change(Act.VERIFY, by) as change:
            connection = change.connection
            known = fills.fill(connection, fill)
            order = orders.order(connection, known.prescription)
            verify(change, known, labels, set(lots))
            return shown(connection, order)

    def scanned(self, fill: int, label: str = "", lot: str = "") -> str:
        """Hold a scan for the final check against a fill; one that is not of it is written down.

        Gives the number of the lot that was scanned. Raises NotThis, TwoLots.
        """
        with self._ledger.look(Act.VIEW) as connection:
            known = fills.fill(connection, fill)
            odd = odd_label(connection, known, label) if label else None
            odd = odd or odd_lots(connection, known, {lot} if lot else set(), whole=False)
            number = number_of(connection, lot)
        if odd is None:
            return number
        with self._ledger.change(Act.VIEW) as change:
            change.record("check-failed", "fills", fill, label=label[:60], lot=lot[:60])
        raise odd

    def answers(self, fill: int) -> tuple[ShownAnswer, ...]:
        """List what was answered beside a fill; what only a pharmacist can accept is open and first."""
        with self._ledger.change(Act.VIEW) as change:
            change.record("view", "fills", fill)
            return answers(change.connection, fill)

    def checks(self, order: ShownOrder) -> tuple[ShownCheck, ...]:
        """List the checks of a prescription that was opened, the oldest first."""
        with self._ledger.look(Act.VIEW) as connection:
            return checks(connection, order.id)

    def void(self, fill: int, reason: str, by: Doer | None = None) -> None:
        """Void a fill and its labels, with the reason. Raises NoReason, Conflict."""
        reasoned(reason)
        with self._ledger.change(Act.VOID, by) as change:
            known = fills.fill(change.connection, fill)
            fills.void(change, known, reason)

    def _stand(self, order: ShownOrder, standing: Standing, reason: str) -> ShownOrder:
        reasoned(reason)
        with self._ledger.change(Act.STAND) as change:
            known = replace(orders.order(change.connection, order.id), version=order.version)
            return shown(change.connection, orders.stand(change, known, standing, reason))

    def _draft(self, connection: Look, known: Order) -> Draft:
        draft = own.read(document_of(known.says))
        patient = fields_of(charts.patient(connection, known.patient).says)
        written = {
            path: said
            for path, said in draft.written.items()
            if not path.startswith((*OF_A_FILL, "patient."))
        }
        came = received(connection, known)
        return replace(draft, written={**written, **patient}, decisions=(), came=came)


def _known(connection: Look, rx_number: str) -> Order:
    found = orders.numbered(connection, rx_number.strip())
    if found is None:
        raise NoSuchOrder(number=rx_number.strip()[:40])
    return found
