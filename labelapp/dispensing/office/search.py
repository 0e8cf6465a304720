"""Search: one field for patient, prescription, lot and date; what was typed says which is meant."""

from __future__ import annotations

from datetime import date

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.shown import ShownHit, ShownHits
from labelapp.rx.dates import read_day, staff_date
from labelapp.store import charts, finder, orders, shelf
from labelapp.store.vault import Look

LONGEST = 100
_PART = "\x1f"


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
        _kind, _, rest = after.partition(_PART)
        day = read_day(wanted)
        with self._ledger.look(Act.VIEW) as connection:
            if day is not None:
                return _on_day(connection, day, rest)
            first = () if after else self._numbers(connection, wanted)
            number = finder.digits(wanted)
            if len(number) >= 4 and not any(each.isalpha() for each in wanted):
                found = finder.by_phone(connection, number, _place(rest))
            elif any(each.isalpha() for each in wanted):
                found = finder.by_name(connection, wanted, _place(rest))
            else:
                found = ()
            hits = tuple(_patient(connection, each.patient) for each in found)
            more = len(found) >= finder.PAGE - 5 and bool(found)
            end = _PART.join(("p", *map(str, found[-1].after))) if more else ""
        return ShownHits((*first, *hits), end)

    def _numbers(self, connection: Look, wanted: str) -> tuple[ShownHit, ...]:
        """Give the prescriptions and lots whose numbers begin with what was typed."""
        if not any(each.isdigit() for each in wanted) or " " in wanted:
            return ()
        numbers = orders.beginning(connection, wanted)[:10]
        lots = shelf.lots(connection, beginning=wanted)[:10]
        return (
            *(_order(connection, each) for each in numbers),
            *(ShownHit("lot", e.number, e.number, str(e.says.get("name", ""))) for e in lots),
        )


def _on_day(connection: Look, day: date, rest: str) -> ShownHits:
    start = int(rest) if rest.isdigit() else 0
    born = finder.by_birth(connection, day.isoformat(), start)
    fills = orders.filled_on(connection, day.isoformat())[:20] if not rest else ()
    hits = [_patient(connection, each) for each in born]
    for each in fills:
        order = orders.order(connection, each.prescription)
        hits.append(_order(connection, order.number))
    end = f"b{_PART}{born[-1]}" if len(born) == finder.PAGE else ""
    return ShownHits(tuple(hits), end)


def _place(rest: str) -> tuple[str, str, int] | None:
    parts = rest.split(_PART)
    return (parts[0], parts[1], int(parts[2])) if len(parts) == 3 and parts[2].isdigit() else None


def _patient(connection: Look, patient: int) -> ShownHit:
    who = shown_patient(charts.patient(connection, patient))
    born = staff_date(date.fromisoformat(who.born)) if who.born else ""
    return ShownHit("patient", str(patient), who.name, " · ".join(filter(None, (born, who.phone))))


def _order(connection: Look, number: str) -> ShownHit:
    known = orders.numbered(connection, number)
    assert known is not None
    who = shown_patient(charts.patient(connection, known.patient))
    return ShownHit("order", number, number, who.name)
