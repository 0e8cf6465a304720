"""Lots: formulas and what was made from them, released by a pharmacist, and traced to patients."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.charts import shown as shown_patient
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.lotscan import meant, of_code
from labelapp.dispensing.office.shown import ShownFormula, ShownLot, ShownReached
from labelapp.dispensing.office.tabular import as_csv
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.people import Doer
from labelapp.store import charts, shelf
from labelapp.store.shelf import Batch
from labelapp.store.vault import Look

FIELDS = frozenset(
    {
        "number", "name", "made_on", "preparation", "storage", "form", "strength.value",
        "strength.unit", "strength.basis", "strength.per", "bud", "quantity", "left", "description",
        "prepared_by",
        *(f"components.{place}.{part}" for place in range(20) for part in ("name", "lot", "expires")),
    }
)  # fmt: skip
OF_THE_SHELF = ("quantity", "left", "name", "prepared_by")
"""What is on record of a lot and of no prescription."""
_RELEASED = "released_by"
_LOT_NUMBER = re.compile(r"lots\.\d+\.number|fill\.vials\.\d+\.lots\.\d+")
"""Every field of a prescription in which a lot is named."""
_MOST = 500


class BadLot(LabelappError):
    """A lot with a field there is none of, or without number and date."""

    code = "lot.bad"


class Lots:
    """The lots and formulas of the pharmacy."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def listed(self, before: int = 0, beginning: str = "") -> tuple[ShownLot, ...]:
        """Give a page of lots, the newest first, or those whose number begins so.

        The lot on whose label a scanned code stands comes first.
        """
        with self._ledger.look(Act.VIEW) as connection:
            found = shelf.lots(connection, before, beginning)
            coded = None if before else of_code(connection, beginning)
        return tuple(_shown(each) for each in (*((coded,) if coded else ()), *found))

    def open(self, number: str) -> ShownLot | None:
        """Find a lot by its number, or by the code on its label. Raises TwoLots."""
        with self._ledger.look(Act.VIEW) as connection:
            found = meant(connection, number)
        return _shown(found) if found else None

    def record(self, says: Mapping[str, Any]) -> ShownLot:
        """Record a lot, by the fields of a prescription's lot. Raises BadLot, Taken."""
        kept = _checked(says)
        with self._ledger.change(Act.RECORD_LOT) as change:
            made = shelf.add(change, kept["number"], kept, kept["made_on"], kept.get("bud", ""))
            return _shown(made)

    def record_from(self, draft: Draft, place: int = 0) -> ShownLot:
        """Record the lot that was typed into a prescription's form, named as its drug is.

        Raises BadLot, Taken.
        """
        stem = f"lots.{place}."
        says = {
            path.removeprefix(stem): said
            for path, said in draft.written.items()
            if path.startswith(stem) and not path.endswith(_RELEASED)
        }
        return self.record({"name": _drug_of(draft), **says})

    def alter(self, lot: ShownLot, says: Mapping[str, Any]) -> ShownLot:
        """Record a lot anew; it has to be released again. Raises BadLot, Conflict."""
        kept = _checked({**says, "number": lot.number})
        with self._ledger.change(Act.RECORD_LOT) as change:
            known = replace(shelf.lot(change.connection, lot.id), version=lot.version)
            return _shown(shelf.alter(change, known, kept, kept["made_on"], kept.get("bud", "")))

    def count(self, lot: ShownLot, left: str) -> ShownLot:
        """Record how much of a lot is left. Raises BadLot, Conflict."""
        if not (left.isascii() and left.replace(".", "", 1).isdigit()):
            raise BadLot(field="left")
        with self._ledger.change(Act.RECORD_LOT) as change:
            known = replace(shelf.lot(change.connection, lot.id), version=lot.version)
            return _shown(shelf.count(change, known, left))

    def release(self, lot: ShownLot, by: Doer | None = None) -> ShownLot:
        """Release a lot for use; only a pharmacist does. Raises Conflict."""
        with self._ledger.change(Act.RELEASE_LOT, by) as change:
            known = replace(shelf.lot(change.connection, lot.id), version=lot.version)
            return _shown(shelf.release(change, known))

    def formulas(self) -> tuple[ShownFormula, ...]:
        """List the formulas."""
        with self._ledger.look(Act.VIEW) as connection:
            found = shelf.formulas(connection)
        return tuple(ShownFormula(e.id, e.version, e.name, e.says) for e in found)

    def record_formula(self, name: str, says: Mapping[str, Any]) -> ShownFormula:
        """Record a formula: what a lot of it is made of and how. Raises BadLot, Taken."""
        if not name.strip() or len(name) > _MOST:
            raise BadLot(field="name")
        with self._ledger.change(Act.RECORD_LOT) as change:
            made = shelf.add_formula(change, name.strip(), dict(says))
            return ShownFormula(made.id, made.version, made.name, made.says)

    def recall(self, number: str) -> tuple[ShownReached, ...]:
        """List everybody a lot reached, in one step; that it was asked for is written down."""
        with self._ledger.change(Act.RECALL) as change:
            found = shelf.numbered(change.connection, number.strip())
            change.record("recall", "lots", found.id if found else "", number=number.strip()[:60])
            if found is None:
                return ()
            reached = shelf.reached(change.connection, found.id)
            people = {e.patient: charts.patient(change.connection, e.patient) for e in reached}
        return tuple(_reached(each, people[each.patient]) for each in reached)

    def recall_csv(self, number: str) -> bytes:
        """Give the recall list as CSV, in UTF-8, safe to open in a spreadsheet."""
        head = ("patient", "born", "phone", "rx", "fill", "filled_on", "quantity", "state")
        return as_csv(head, (vars(each).values() for each in self.recall(number)))

    def on_record(self, draft: Draft) -> Draft:
        """Put what the records know of its lots into a draft: a scanned number is enough.

        Who released a lot is only ever taken from the records. A lot that is not on record, and a
        field that says something else than the record, is a finding nobody overrides; in training
        a lot may be typed as it comes. The code on a lot's label stands for its number; where it is
        the number of another lot too, that is asked.
        """
        written = dict(draft.written)
        with self._ledger.look(Act.ENTER) as connection:
            found = _codes_read(connection, written)
            for place in range(draft.count("lots")):
                stem = f"lots.{place}"
                number = written.get(f"{stem}.number", "").strip()
                known = shelf.numbered(connection, number) if number else None
                if known is None and self._ledger.is_training:
                    continue
                written.pop(f"{stem}.{_RELEASED}", None)
                if known is not None:
                    found += _differences(written, known, stem)
                    written |= _fields(known, stem)
                elif number:
                    found.append(_unknown(number, stem))
        return replace(draft, written=written, findings=(*draft.findings, *found))


def _fields(known: Batch, stem: str) -> dict[str, str]:
    kept = {name: said for name, said in known.says.items() if name in FIELDS}
    for name in OF_THE_SHELF:
        kept.pop(name, None)
    said = {f"{stem}.{name}": str(text) for name, text in kept.items()}
    return {**said, f"{stem}.{_RELEASED}": known.released_by} if known.released_by else said


def _differences(written: Mapping[str, str], known: Batch, stem: str) -> list[Finding]:
    return [
        stop(
            "lot.differs", path, Settler.NOBODY, lot=known.number, typed=written[path], record=said
        )
        for path, said in _fields(known, stem).items()
        if written.get(path, said).strip() != said
    ]


def _unknown(number: str, stem: str) -> Finding:
    return stop("lot.not-on-record", f"{stem}.number", Settler.NOBODY, lot=number)


def _codes_read(connection: Look, written: dict[str, str]) -> list[Finding]:
    """Put a lot's number where the code on its label was scanned; ask where that is a number too."""
    asked: list[Finding] = []
    for path, said in list(written.items()):
        coded = of_code(connection, said.strip()) if _LOT_NUMBER.fullmatch(path) else None
        if coded is None:
            continue
        if shelf.numbered(connection, said.strip()) is None:
            written[path] = coded.number
        else:
            values = {"scanned": said.strip(), "other": coded.number}
            asked.append(ask("lot.two-meant-here", path, Settler.ANYONE, **values))
    return asked


def _drug_of(draft: Draft) -> str:
    """Name the active ingredients of a prescription, as its lots are named."""
    stems = (f"compound.ingredients.{at}" for at in range(draft.count("compound.ingredients")))
    actives = (draft.get(f"{each}.name") for each in stems if draft.get(f"{each}.part") == "active")
    return " / ".join(each.strip() for each in actives if each.strip())


def _checked(says: Mapping[str, Any]) -> dict[str, Any]:
    kept = {str(name): said for name, said in says.items() if said not in ("", None)}
    for name, said in kept.items():
        if name not in FIELDS or not isinstance(said, str) or len(said) > _MOST:
            raise BadLot(field=name[:40])
    for name in ("number", "made_on", "preparation", "storage"):
        if not str(kept.get(name, "")).strip():
            raise BadLot(field=name)
    return {name: said.strip() for name, said in kept.items()}


def _shown(batch: Batch) -> ShownLot:
    return ShownLot(
        batch.id,
        batch.version,
        batch.number,
        str(batch.says.get("name", "")),
        batch.made_on,
        batch.bud,
        batch.left,
        batch.released_by,
        batch.says,
    )


def _reached(each: shelf.Reached, chart: charts.Chart) -> ShownReached:
    who = shown_patient(chart)
    return ShownReached(
        who.name,
        who.born,
        who.phone,
        each.rx_number,
        each.fill,
        each.filled_on,
        each.quantity,
        each.state,
    )
