"""Charts: the patients and prescribers of the pharmacy, each version kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, select

from labelapp.store import finder, versions
from labelapp.store.tables import PATIENTS, PRESCRIBERS
from labelapp.store.trouble import StoreTrouble
from labelapp.store.vault import Change


@dataclass(frozen=True)
class Chart:
    """A patient or prescriber as the records have them now.

    `says` holds the fields by the last part of their path: family, given, born, phone, address,
    and for a patient allergies, conditions and medications as lists of words.
    """

    id: int
    version: int
    says: Mapping[str, Any]

    def get(self, name: str) -> str:
        """Give a field's text; empty when it is not recorded."""
        return str(self.says.get(name, ""))


def add_patient(change: Change, says: Mapping[str, Any]) -> Chart:
    """Record a new patient."""
    subject = versions.create(change, PATIENTS, says, _patient_columns(says))
    _enter(change.connection, subject, says)
    return patient(change.connection, subject)


def alter_patient(change: Change, known: Chart, says: Mapping[str, Any]) -> Chart:
    """Record what is now known of a patient. Raises Conflict."""
    versions.put(change, PATIENTS, (known.id, known.version), says, _patient_columns(says))
    _enter(change.connection, known.id, says)
    return patient(change.connection, known.id)


def add_prescriber(change: Change, says: Mapping[str, Any]) -> Chart:
    """Record a new prescriber."""
    subject = versions.create(change, PRESCRIBERS, says, _prescriber_columns(says))
    return prescriber(change.connection, subject)


def alter_prescriber(change: Change, known: Chart, says: Mapping[str, Any]) -> Chart:
    """Record what is now known of a prescriber. Raises Conflict."""
    columns = _prescriber_columns(says)
    versions.put(change, PRESCRIBERS, (known.id, known.version), says, columns)
    return prescriber(change.connection, known.id)


def patient(connection: Connection, subject: int) -> Chart:
    """Give a patient's chart. Raises StoreTrouble when there is none."""
    return _chart(connection, PATIENTS, subject)


def prescriber(connection: Connection, subject: int) -> Chart:
    """Give a prescriber's chart. Raises StoreTrouble when there is none."""
    return _chart(connection, PRESCRIBERS, subject)


def same_patient(connection: Connection, says: Mapping[str, Any]) -> Chart | None:
    """Find the patient of exactly this name and birth date; None when there is none or several."""
    if not says.get("born"):
        return None
    name = finder.sort_name(str(says.get("family", "")), str(says.get("given", "")))
    query = select(PATIENTS.c.id).where(
        PATIENTS.c.sort_name == name, PATIENTS.c.born == str(says["born"])
    )
    found = connection.scalars(query.limit(2)).all()
    return patient(connection, found[0]) if len(found) == 1 else None


def same_prescriber(connection: Connection, says: Mapping[str, Any]) -> Chart | None:
    """Find the prescriber of this NPI, or of exactly this name where none is given."""
    if says.get("npi"):
        query = select(PRESCRIBERS.c.id).where(PRESCRIBERS.c.npi == str(says["npi"]))
    else:
        name = finder.sort_name(str(says.get("family", "")), str(says.get("given", "")))
        query = select(PRESCRIBERS.c.id).where(PRESCRIBERS.c.sort_name == name)
    found = connection.scalars(query.limit(2)).all()
    return prescriber(connection, found[0]) if len(found) == 1 else None


def _chart(connection: Connection, table: Table, subject: int) -> Chart:
    version = connection.scalar(select(table.c.version).where(table.c.id == subject))
    if version is None:
        raise StoreTrouble("store.no-such", kind=table.name)
    return Chart(subject, version, versions.newest(connection, table.name, subject).says)


def _patient_columns(says: Mapping[str, Any]) -> dict[str, object]:
    return {
        "sort_name": finder.sort_name(str(says.get("family", "")), str(says.get("given", ""))),
        "born": says.get("born") or None,
        "phone": finder.digits(str(says.get("phone", ""))) or None,
    }


def _prescriber_columns(says: Mapping[str, Any]) -> dict[str, object]:
    return {
        "sort_name": finder.sort_name(str(says.get("family", "")), str(says.get("given", ""))),
        "npi": says.get("npi") or None,
    }


def _enter(connection: Connection, subject: int, says: Mapping[str, Any]) -> None:
    texts = (str(says.get(name, "")) for name in ("family", "given", "phone"))
    finder.enter(connection, subject, *texts)
