"""Records as large as a pharmacy's are after years, written in bulk into the real tables.

Every row is one the program writes: charts with their finder, prescriptions and fills with their
versions, lots, and an audit that verifies from its first row to its last. Labels are left out: their
pictures are never searched, and what one takes is measured by itself.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, insert, select, text

from labelapp.intake import own
from labelapp.store import audit, finder, versions
from labelapp.store.engine import WRITING
from labelapp.store.tables import (
    AUDIT,
    FILL_LOTS,
    FILLS,
    FINDER,
    LOTS,
    PATIENTS,
    PRESCRIBERS,
    PRESCRIPTIONS,
    VERSIONS,
)
from labelapp.store.vault import Vault, body
from tests.dispensing.office.offices import NOON, Counter, counter
from tests.given import draft

A_PATIENT, A_LOT = 5, 100
"""Prescriptions to each patient, and to each lot."""
YEARS, PRESCRIBERS_KNOWN = 10, 400
AT_ONCE = 20_000
CACHE_KIB = 1_500_000
FIRST_NUMBER = 1_000_000
_BY, _STATION = "TT", "counter 1"
_STARTS = ("Bar", "Cas", "Del", "Fer", "Gar", "Hol", "Jan", "Kow", "Lam", "Mar", "Nor", "O'B", "Pet",
           "Qui", "Ros", "Sán", "Tor", "Ung", "Vas", "Wil", "Yam", "Zha", "Al", "Ei", "Mc", "Str")  # fmt: skip
_MIDDLES = ("", "a", "ar", "be", "di", "en", "er", "go", "i", "ka", "la", "li", "ma", "no", "ri",
            "ta")  # fmt: skip
_ENDS = ("", "berg", "der", "ez", "field", "ian", "ko", "ley", "man", "nez", "o", "ova", "ski", "son",
         "ton", "wald")  # fmt: skip
_GIVEN = ("Ana", "Benjamín", "Chloe", "Dmitri", "Elena", "Farah", "George", "Hannah", "Ivan", "Jane",
          "Kofi", "Leila", "Marco", "Noor", "Olivia", "Pavel", "Quinn", "Renée", "Samuel", "Tomás",
          "Uma", "Victor", "Wendy", "Xiomara", "Yusuf", "Zoë", "Mary Ann", "Anna", "Susan")  # fmt: skip
_AREAS = ("310", "310", "310", "424", "323", "213", "818", "626", "949", "714")


@dataclass
class Chain:
    """Seals audit rows one after another as the records do, and holds them until they are written."""

    key: bytes
    last: audit.Head
    rows: list[dict[str, Any]] = field(default_factory=list)

    def record(self, at: str, act: str, kind: str, subject: int, detail: str) -> None:
        said = {
            "at": at,
            "person": "3",
            "role": "technician",
            "station": _STATION,
            "act": act,
            "kind": kind,
            "subject": str(subject),
            "detail": detail,
        }
        seq = self.last.seq + 1
        mac = audit._mac(self.key, self.last.mac, seq, said)
        self.rows.append({"seq": seq, "mac": mac, **said})
        self.last = audit.Head(seq, mac)


@dataclass(frozen=True)
class Forms:
    """The texts of an order and of a fill with the places that differ left open."""

    order: str
    fill: str

    @classmethod
    def real(cls) -> Forms:
        """Take them from what the program itself writes for the usual prescription."""
        given = draft(rx_number="@number", patient__family="@family", patient__given="@given")
        document = json.loads(own.write(given))
        document["patient"]["born"], document["written"] = "@born", "@day"
        of_fill = {**document, "fill": {"date": "@day"}}
        less = {"fill", "lots", "safety", "decisions"}
        return cls(body({k: v for k, v in document.items() if k not in less}), body(of_fill))

    def said(self, number: str, day: str, who: Mapping[str, str]) -> tuple[str, str]:
        """Fill the places in."""
        order, fill = self.order, self.fill
        for mark, value in {"number": number, "day": day, **who}.items():
            order, fill = order.replace(f"@{mark}", value), fill.replace(f"@{mark}", value)
        return order, fill


@dataclass(frozen=True)
class People:
    """Names as they are: some that many have, most that few have."""

    families: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def known(cls) -> People:
        made = [a + b + c for a in _STARTS for b in _MIDDLES for c in _ENDS if len(a + b + c) > 2]
        random.Random(1).shuffle(made)
        return cls(tuple(made), tuple(accumulate(1 / (place + 20) for place in range(len(made)))))

    def one(self, chance: random.Random) -> dict[str, str]:
        (family,) = chance.choices(self.families, cum_weights=self.weights)
        born = date(1930, 1, 1) + timedelta(days=chance.randrange(31_000))
        line = f"{chance.randrange(200, 999)}-{chance.randrange(10**4):04}"
        phone = f"({chance.choice(_AREAS)}) {line}"
        return {
            "born": born.isoformat(),
            "family": family,
            "given": chance.choice(_GIVEN),
            "language": "en",
            "phone": phone,
        }


def build(folder: Path, prescriptions: int) -> Counter:
    """Set records up in a folder and fill them with so many prescriptions; nobody is signed in."""
    at = counter(folder)
    vault = at.office.ledger.vault
    with vault.look() as connection:
        chain = Chain(vault.keys.audit, audit.head(connection))
    _write(vault, chain, _shelf(chain, prescriptions // A_LOT))
    _write(vault, chain, _prescribers())
    patients = max(1, prescriptions // A_PATIENT)
    _write(vault, chain, _patients(chain, patients))
    _write(vault, chain, _orders(chain, prescriptions, patients))
    with vault.engine.execution_options(**{WRITING: True}).begin() as connection:
        audit.anchor(connection, vault.keys, vault.now(), "verified")  # as after a day's work
    return at


def day_of(place: int, many: int) -> str:
    """Give the day of the prescription at a place: they came evenly over the years."""
    return (NOON.date() - timedelta(days=YEARS * 365 * (many - 1 - place) // many)).isoformat()


Row = tuple[Table, dict[str, Any]]


def _write(vault: Vault, chain: Chain, rows: Iterator[list[Row]]) -> None:
    """Write rows some ten thousand at a time, each table's together, the audit's with them."""
    while part := list(islice(rows, AT_ONCE)):
        tables: dict[Table, list[dict[str, Any]]] = {}
        for each in part:
            for table, row in each:
                tables.setdefault(table, []).append(row)
        with vault.engine.execution_options(**{WRITING: True}).begin() as connection:
            connection.exec_driver_sql(f"PRAGMA cache_size = -{CACHE_KIB}")
            for row in tables.get(VERSIONS, []):
                row["seal"] = versions.seal_of(vault.keys, row)
            for table, many in tables.items():
                connection.execute(insert(table), many)
            if chain.rows:
                connection.execute(insert(AUDIT), chain.rows)
        chain.rows.clear()


def _version(kind: str, subject: int, said: str, at: str, version: int = 1) -> Row:
    return VERSIONS, {
        "kind": kind,
        "subject": subject,
        "version": version,
        "at": at,
        "person": _BY,
        "station": _STATION,
        "body": said,
    }


def _moment(day: str) -> str:
    return f"{day}T17:00:00.000+00:00"


def _shelf(chain: Chain, many: int) -> Iterator[list[Row]]:
    for place in range(many):
        day = day_of(place, many)
        number = f"{day[2:4]}-{place:05}"
        says = body({"number": number, "made_on": day, "name": "LDN 1.5 mg capsule"})
        row: dict[str, Any] = {"id": place + 1, "version": 1, "number": number, "made_on": day}
        row |= {"bud": "", "formula": None, "left": None, "released_by": "PH"}
        chain.record(_moment(day), "create", "lots", place + 1, f'{{"to":{says}}}')
        yield [(LOTS, row), _version("lots", place + 1, says, _moment(day))]


def _prescribers() -> Iterator[list[Row]]:
    for place in range(PRESCRIBERS_KNOWN):
        says = body({"family": f"Prescriber {place}", "given": "N.", "npi": ""})
        row = {"id": place + 1, "version": 1, "sort_name": f"prescriber {place} n", "npi": None}
        made = _version("prescribers", place + 1, says, _moment(day_of(0, 1)))
        yield [(PRESCRIBERS, row), made]


def _patients(chain: Chain, many: int) -> Iterator[list[Row]]:
    people, chance = People.known(), random.Random(2)
    at = _moment(day_of(0, many))
    for subject in range(1, many + 1):
        who = people.one(chance)
        family, given, phone = who["family"], who["given"], who["phone"]
        says = body(who)
        row = {
            "id": subject,
            "version": 1,
            "sort_name": finder.sort_name(family, given),
            "born": who["born"],
            "phone": finder.digits(phone),
        }
        chain.record(at, "create", "patients", subject, f'{{"to":{says}}}')
        yield [
            (PATIENTS, row),
            _version("patients", subject, says, at),
            *(
                (FINDER, {"kind": kind, "token": token, "patient": subject})
                for kind, token in sorted(finder.tokens(family, given, phone))
            ),
        ]


def _orders(chain: Chain, many: int, patients: int) -> Iterator[list[Row]]:
    people, known, forms = People.known(), random.Random(2), Forms.real()
    charts = [people.one(known) for _ in range(patients)]  # the same people again
    chance = random.Random(3)
    lots = max(1, many // A_LOT)
    for place in range(many):
        subject, day = place + 1, day_of(place, many)
        patient = chance.randrange(patients)
        who = charts[patient]
        number = str(FIRST_NUMBER + place)
        said = forms.said(number, day, who)
        order: dict[str, Any] = {"id": subject, "version": 1, "number": number, "written": day}
        order |= {"patient": patient + 1, "prescriber": 1 + place % PRESCRIBERS_KNOWN}
        order |= {"received": None, "standing": "active", "reviewed_by": None}
        fill: dict[str, Any] = {"id": subject, "version": 2, "prescription": subject, "number": 0}
        fill |= {"filled_on": day, "quantity": "69", "days": 30, "first_day": 1, "state": "printed"}
        lot = 1 + min(lots - 1, place * lots // many)
        _told(chain, subject, _moment(day), *said)
        yield [
            (PRESCRIPTIONS, order),
            (FILLS, fill),
            (FILL_LOTS, {"fill": subject, "lot": lot}),
            _version("prescriptions", subject, said[0], _moment(day)),
            _version("fills", subject, said[1], _moment(day)),
            _version("fills", subject, said[1], _moment(day), 2),
        ]


def _told(chain: Chain, subject: int, at: str, order: str, fill: str) -> None:
    """Tell the audit what it is told when a label is printed."""
    serial = f"R{FIRST_NUMBER + subject - 1}-00-1-1"
    label = {"pdf": "0" * 64, "reason": "", "serial": serial}
    chain.record(at, "create", "prescriptions", subject, f'{{"to":{order}}}')
    chain.record(at, "create", "fills", subject, f'{{"to":{fill}}}')
    printed = audit.detail({"job": subject, "labels": [label], "printer": "zebra"})
    chain.record(at, "print", "fills", subject, printed)
    settled = {"before": "sending", "job": subject, "queue_job": "12", "state": "sent", "why": ""}
    chain.record(at, "print.settled", "fills", subject, audit.detail(settled))
    changed = audit.detail({"from": {}, "to": {}, "version": 2})
    chain.record(at, "fill.printed", "fills", subject, changed)


def bytes_of(at: Counter) -> int:
    """Give the size of the database file, its log brought into it."""
    vault = at.office.ledger.vault
    with vault.engine.connect() as connection:
        _checkpoint(connection)
    return (at.folder / "records" / "records.db").stat().st_size


def lots_known(at: Counter) -> tuple[str, ...]:
    """Give the numbers of the lots, for searching them."""
    with at.office.ledger.vault.look() as connection:
        return tuple(connection.scalars(select(LOTS.c.number).order_by(LOTS.c.id)))


def _checkpoint(connection: Connection) -> None:
    connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    connection.rollback()
