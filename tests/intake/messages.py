"""FHIR messages written for the tests: the 1.5, 3 and 4.5 mg titration, and ways to bend it."""

from __future__ import annotations

import copy
import json
from typing import Any

from labelapp.intake.recognise import read_file
from labelapp.rx.draft import Draft

DAY = {"value": 7, "unit": "days", "system": "http://unitsofmeasure.org", "code": "d"}


def dosage(sequence: int, capsules: int, days: int | None) -> dict[str, Any]:
    """One step of a titration at bedtime, in words and in structure."""
    many = "capsule" if capsules == 1 else "capsules"
    repeat: dict[str, Any] = {"frequency": 1, "period": 1, "periodUnit": "d", "when": ["HS"]}
    if days:
        repeat["boundsDuration"] = {**DAY, "value": days}
    return {
        "sequence": sequence,
        "text": f"{capsules} {many} by mouth at bedtime" + (f" for {days} days" if days else ""),
        "timing": {"repeat": repeat},
        "doseAndRate": [{"doseQuantity": {"value": capsules, "unit": many}}],
    }


def titration() -> dict[str, Any]:
    """A MedicationRequest with a contained medicine and the steps 1, 2, 3 capsules."""
    return {
        "resourceType": "MedicationRequest",
        "contained": [
            {
                "resourceType": "Medication",
                "id": "m",
                "code": {"text": "naltrexone capsule"},
                "form": {"text": "Capsule"},
                "ingredient": [
                    {
                        "itemCodeableConcept": {"text": "naltrexone"},
                        "isActive": True,
                        "strength": {
                            "numerator": {"value": 1.5, "unit": "mg", "code": "mg"},
                            "denominator": {"value": 1, "unit": "capsule"},
                        },
                    }
                ],
            }
        ],
        "status": "active",
        "intent": "order",
        "medicationReference": {"reference": "#m"},
        "subject": {"reference": "Patient/p", "display": "Ana Example"},
        "authoredOn": "2026-11-19",
        "requester": {"display": "Dr. Example"},
        "note": [{"text": "No lactose."}],
        "dosageInstruction": [dosage(1, 1, 7), dosage(2, 2, 7), dosage(3, 3, None)],
        "dispenseRequest": {
            "numberOfRepeatsAllowed": 2,
            "quantity": {"value": 69, "unit": "capsule"},
            "expectedSupplyDuration": {"value": 30, "unit": "days", "code": "d"},
        },
    }


PATIENT = {
    "resourceType": "Patient",
    "id": "p",
    "name": [
        {"use": "official", "family": "Example", "given": ["Ana", "Maria"], "suffix": ["Jr."]},
        {"use": "old", "family": "Before"},
    ],
    "birthDate": "1961-03-12",
    "gender": "female",
    "telecom": [{"system": "phone", "value": "(310) 555-0100"}],
    "address": [{"line": ["1 A Street", "Unit 2"], "city": "X", "state": "CA", "postalCode": "9"}],
    "communication": [{"language": {"coding": [{"code": "es"}]}, "preferred": True}],
}
ROLE = {
    "resourceType": "PractitionerRole",
    "id": "r",
    "practitioner": {"reference": "Practitioner/d"},
    "organization": {"reference": "Organization/o"},
}
DOCTOR = {
    "resourceType": "Practitioner",
    "id": "d",
    "identifier": [{"system": "http://hl7.org/fhir/sid/us-npi", "value": "1234567893"}],
    "name": [{"family": "Abara", "given": ["N."], "suffix": ["MD"]}],
}
CLINIC = {
    "resourceType": "Organization",
    "id": "o",
    "name": "Clinic",
    "telecom": [{"system": "phone", "value": "(310) 555-0199"}],
}


def bundle(*requests: dict[str, Any]) -> dict[str, Any]:
    """A Bundle of requests with patient, prescriber's role, prescriber and clinic."""
    resources = [*requests, PATIENT, ROLE, DOCTOR, CLINIC]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "entry": [
            {"fullUrl": f"urn:uuid:{place}", "resource": copy.deepcopy(each)}
            for place, each in enumerate(resources)
        ],
    }


def bent(**changes: Any) -> dict[str, Any]:
    """The titration with elements changed; None takes one away."""
    request = {**titration(), **changes}
    return {key: value for key, value in request.items() if value is not None}


def read(document: dict[str, Any]) -> Draft:
    """Read a message that holds one prescription."""
    (draft,) = read_file("test.json", json.dumps(document).encode())
    return draft


def codes(draft: Draft) -> set[str]:
    """The codes of all findings."""
    return {finding.code for finding in draft.findings}
