"""Showing a prescription on record: its patient, its fills, and what is left of it."""

from __future__ import annotations

from fractions import Fraction

from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.checking import each_to_scan
from labelapp.dispensing.office.entry import document_of, lots_of
from labelapp.dispensing.office.shown import ShownFill, ShownOrder, ShownPrint
from labelapp.dispensing.show import exact
from labelapp.intake import own
from labelapp.rx.draft import Draft
from labelapp.rx.history import FillState
from labelapp.rx.people import Name
from labelapp.store import charts, fills, orders, prints
from labelapp.store.fills import Filled
from labelapp.store.orders import Order
from labelapp.store.vault import Look


def shown(connection: Look, known: Order) -> ShownOrder:
    """Show a prescription on record."""
    says = own.read(document_of(known.says))
    prescriber = charts.prescriber(connection, known.prescriber)
    filled = tuple(_shown_fill(connection, e) for e in fills.of_prescription(connection, known.id))
    given = [each for each in filled if each.state is not FillState.VOID]
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
        _drug_of(says),
        says.get("sig"),
        known.written,
        known.standing,
        known.reviewed_by,
        refills,
        max(0, refills - max((each.number for each in given), default=0)),
        exact(max(Fraction(0), left)),
        known.received or 0,
        filled,
    )


def _drug_of(draft: Draft) -> str:
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
    return ShownFill(
        each.id,
        each.number,
        each.filled_on,
        each.quantity,
        each.days,
        each.state,
        lots_of(each),
        labels,
        each_to_scan(connection, each),
    )
