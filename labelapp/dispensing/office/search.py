"""Search: one field for patient, prescription, lot and date; what was typed says which is meant."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.lotscan import of_code
from labelapp.dispensing.office.shown import ShownHit, ShownHits
from labelapp.label.lot import code_of
from labelapp.rx.dates import read_day, staff_date
from labelapp.store import fills, finder, orders, shelf, versions
from labelapp.store.charts import Chart
from labelapp.store.orders import Numbered
from labelapp.store.shelf import Batch
from labelapp.store.tables import PATIENTS
from labelapp.store.vault import Look

LONGEST = 100
MOST_NUMBERS = 10
_PART = "\x1f"
_BORN, _FILLED = "b", "f"


class Search:
    """Finds what is on record. Nothing is opened by it: whoever opens a hit is in the audit."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def find(self, typed: str, after: str = "") -> ShownHits:
        """Find a page of whatever was typed; `after` is where the last page ended.

        A date finds patients born and fills made on it; digits find Rx numbers, lots and phones;
        words find patients and lots.
        """
        wanted = " ".join(typed.split())[:LONGEST]
        if not wanted:
            return ShownHits(())
        kind, _, rest = after.partition(_PART)
        day = read_day(wanted)
        with self._ledger.look(Act.VIEW) as connection:
            if day is not None:
                return _on_day(connection, day, kind, int(rest) if rest.isdigit() else 0)
            first = () if after else self._numbers(connection, wanted)
            number = finder.digits(wanted)
            if len(number) >= 4 and not any(each.isalpha() for each in wanted):
                found = finder.by_phone(connection, number, _place(rest))
            elif any(each.isalpha() for each in wanted):
                found = finder.by_name(connection, wanted, _place(rest))
            else:
                found = ()
            hits = _patients(connection, [each.patient for each in found])
            more = len(found) >= finder.PAGE - 5 and bool(found)
            end = _PART.join(("p", *map(str, found[-1].after))) if more else ""
        return ShownHits((*first, *hits), end)

    def _numbers(self, connection: Look, wanted: str) -> tuple[ShownHit, ...]:
        """Give the prescriptions and lots whose numbers begin with what was typed, or its code."""
        if not any(each.isdigit() for each in wanted) or " " in wanted:
            return ()
        numbers = orders.beginning(connection, wanted, most=MOST_NUMBERS)
        coded = of_code(connection, wanted)
        lots = shelf.lots(connection, beginning=wanted)[:MOST_NUMBERS]
        lots = (*((coded,) if coded else ()), *lots)
        return (
            *_orders(connection, numbers),
            *(_lot(each) for each in lots),
        )


def _on_day(connection: Look, day: date, kind: str, start: int) -> ShownHits:
    """Give a page of the patients born on a day, and after the last of them the fills made on it."""
    iso, after_fill = day.isoformat(), start if kind == _FILLED else 0
    born = () if after_fill else finder.by_birth(connection, iso, start)
    room = finder.PAGE - len(born)
    filled = fills.on_day(connection, iso, after_fill)[:room]
    hits = (*_patients(connection, born), *_orders(connection, filled))
    if not room:
        return ShownHits(hits, f"{_BORN}{_PART}{born[-1]}")
    return ShownHits(hits, f"{_FILLED}{_PART}{filled[-1].id}" if len(filled) == room else "")


def _lot(found: Batch) -> ShownHit:
    name = str(found.says.get("name", ""))
    return ShownHit("lot", found.number, found.number, name, code_of(found.number))


def _place(rest: str) -> tuple[str, str, int] | None:
    parts = rest.split(_PART)
    return (parts[0], parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdigit() else None


def _patients(connection: Look, patients: Sequence[int]) -> tuple[ShownHit, ...]:
    """Show patients in the order they were found, all of them read in one look."""
    says = versions.said_by(connection, PATIENTS.name, patients)
    hits = []
    for each in patients:
        who = shown_patient(Chart(each, 0, says[each]))
        born = staff_date(date.fromisoformat(who.born)) if who.born else ""
        beside = " · ".join(filter(None, (born, who.phone)))
        hits.append(ShownHit("patient", str(each), who.name, beside))
    return tuple(hits)


def _orders(connection: Look, found: Sequence[Numbered]) -> tuple[ShownHit, ...]:
    says = versions.said_by(connection, PATIENTS.name, {each.patient for each in found})
    names = {patient: shown_patient(Chart(patient, 0, said)).name for patient, said in says.items()}
    return tuple(ShownHit("order", e.number, e.number, names[e.patient]) for e in found)
