"""Charts: the patients as people look them up, see and correct them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.shown import ShownPatient
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Name, Patient, Prescriber
from labelapp.store import charts
from labelapp.store.charts import Chart
from labelapp.store.vault import Change

LISTS = ("allergies", "conditions", "medications")
"""What a chart holds besides the fields of a prescription, each a list of words."""
FIELDS = frozenset(
    {
        "family", "given", "suffix", "born", "sex", "phone", "language", "address_line",
        "address_city", "address_state", "address_postal_code", "non_child_resistant", *LISTS,
    }
)  # fmt: skip
_MOST = 2_000


class BadChart(LabelappError):
    """A chart with a field there is none of, a text beyond all bounds, or without a name."""

    code = "chart.bad"


class Charts:
    """The patients of the pharmacy. Whoever opens a chart is in the audit."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def open(self, patient: int) -> ShownPatient:
        """Open a patient's chart; that it was seen is written down."""
        with self._ledger.change(Act.VIEW) as change:
            change.record("view", "patients", patient)
            return shown(charts.patient(change.connection, patient))

    def add(self, says: Mapping[str, Any]) -> ShownPatient:
        """Record a new patient. Raises BadChart."""
        with self._ledger.change(Act.ENTER) as change:
            return shown(charts.add_patient(change, checked(says)))

    def alter(self, patient: ShownPatient, says: Mapping[str, Any]) -> ShownPatient:
        """Record what is now known of a patient. Raises BadChart, Conflict."""
        with self._ledger.change(Act.ENTER) as change:
            known = charts.patient(change.connection, patient.id)
            seen = Chart(known.id, patient.version, known.says)
            return shown(charts.alter_patient(change, seen, checked(says)))


def checked(says: Mapping[str, Any]) -> dict[str, Any]:
    """Give the fields of a chart that say something. Raises BadChart."""
    kept: dict[str, Any] = {}
    for name, said in says.items():
        if name not in FIELDS:
            raise BadChart(field=str(name)[:40])
        texts = list(said) if name in LISTS and isinstance(said, (list, tuple)) else [said]
        if not all(isinstance(each, (str, bool)) and len(str(each)) <= _MOST for each in texts):
            raise BadChart(field=name)
        if said not in ("", None, [], (), False):
            kept[name] = texts if name in LISTS else said
    if not kept.get("family"):
        raise BadChart(field="family")
    return kept


def shown(chart: Chart) -> ShownPatient:
    """Show a patient as staff see them."""
    name = Name(chart.get("family"), chart.get("given"), chart.get("suffix")).for_staff
    born, phone = chart.get("born"), chart.get("phone")
    return ShownPatient(chart.id, chart.version, name, born, phone, chart.says)


def patient_of(change: Change, patient: Patient, known: int = 0) -> Chart:
    """Find the patient of a prescription, or record them; what is newly known is a new version.

    The same person is the one whose chart was opened (`known`), or who has exactly this name and
    birth date. What the prescription does not say stays as it was.
    """
    says = {name: said for name, said in _says_patient(patient).items() if said}
    if known:
        there: Chart | None = charts.patient(change.connection, known)
    else:
        there = charts.same_patient(change.connection, says)
    if there is None:
        return charts.add_patient(change, says)
    merged = {**there.says, **says}
    return there if merged == there.says else charts.alter_patient(change, there, merged)


def prescriber_of(change: Change, prescriber: Prescriber) -> Chart:
    """Find the prescriber of a prescription by NPI or name, or record them."""
    says = {name: said for name, said in _says_prescriber(prescriber).items() if said}
    there = charts.same_prescriber(change.connection, says)
    if there is None:
        return charts.add_prescriber(change, says)
    merged = {**there.says, **says}
    return there if merged == there.says else charts.alter_prescriber(change, there, merged)


def fields_of(chart: Mapping[str, Any]) -> dict[str, str]:
    """Give a chart as the fields of a prescription: `patient.family`, `patient.address.line`."""
    plain = {
        f"patient.{name.replace('address_', 'address.')}": str(said)
        for name, said in chart.items()
        if name not in LISTS and name != "non_child_resistant"
    }
    asked = {"patient.non_child_resistant": "true"} if chart.get("non_child_resistant") else {}
    return {**plain, **asked}


def _says_patient(patient: Patient) -> dict[str, Any]:
    address = patient.address
    return {
        "family": patient.name.family,
        "given": patient.name.given,
        "suffix": patient.name.suffix,
        "born": patient.born.isoformat() if patient.born else "",
        "sex": patient.sex,
        "phone": patient.phone,
        "language": patient.language,
        "non_child_resistant": patient.non_child_resistant,
        "address_line": "\n".join(address.lines),
        "address_city": address.city,
        "address_state": address.state,
        "address_postal_code": address.postal_code,
    }


def _says_prescriber(prescriber: Prescriber) -> dict[str, Any]:
    address, name = prescriber.address, prescriber.name
    return {
        "family": name.family,
        "given": name.given,
        "suffix": name.suffix,
        "npi": prescriber.npi,
        "phone": prescriber.phone,
        "address_line": "\n".join(address.lines),
        "address_city": address.city,
        "address_state": address.state,
        "address_postal_code": address.postal_code,
    }
