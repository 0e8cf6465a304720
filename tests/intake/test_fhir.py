"""FHIR messages: what is certain is read, what is not is asked, and every element is accounted for."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.intake.recognise import read_file
from labelapp.rx.errors import UnreadableFile
from labelapp.rx.field import FIELDS
from labelapp.rx.finding import Settler, Severity
from tests.intake.messages import DOCTOR, PATIENT, bent, bundle, codes, dosage, read, titration

EXAMPLE = Path(__file__).parents[2] / "resources" / "examples" / "fhir" / "titration-capsules.json"


def severities(message: dict[str, Any]) -> dict[str, Severity]:
    return {finding.code: finding.severity for finding in read(message).findings}


def only(message: dict[str, Any], code: str) -> dict[str, str]:
    """The values of the one finding of a code."""
    (finding,) = [each for each in read(message).findings if each.code == code]
    return dict(finding.values)


# ------------------------------------------------------------------ a whole prescription


def test_a_titration_alone_is_read_whole():
    draft = read(titration())
    assert draft.source == "FHIR R4"
    assert dict(draft.written) == {
        "compound.name": "naltrexone capsule",
        "compound.form": "capsule",
        "compound.ingredients.0.name": "naltrexone",
        "compound.ingredients.0.part": "active",
        "compound.ingredients.0.strength.value": "1.5",
        "compound.ingredients.0.strength.unit": "mg",
        "patient.name": "Ana Example",
        "prescriber.name": "Dr. Example",
        "sig": "1 capsule by mouth at bedtime for 7 days, then 2 capsules by mouth at bedtime"
        " for 7 days, then 3 capsules by mouth at bedtime",
        "quantity.value": "69",
        "quantity.unit": "capsule",
        "refills": "2",
        "days_supply": "30",
        "written": "2026-11-19",
        "origin": "electronic",
        "note": "No lactose.",
    }


def test_people_are_read_by_reference_through_a_role():
    request = bent(
        subject={"reference": "Patient/p"}, requester={"reference": "urn:uuid:2", "display": "D"}
    )
    draft = read(bundle(request))
    assert {path: text for path, text in draft.written.items() if path.startswith("p")} == {
        "patient.family": "Example",
        "patient.given": "Ana Maria",
        "patient.suffix": "Jr.",
        "patient.born": "1961-03-12",
        "patient.sex": "female",
        "patient.phone": "(310) 555-0100",
        "patient.language": "es",
        "patient.address.line": "1 A Street\nUnit 2",
        "patient.address.city": "X",
        "patient.address.state": "CA",
        "patient.address.postal_code": "9",
        "prescriber.family": "Abara",
        "prescriber.given": "N.",
        "prescriber.suffix": "MD",
        "prescriber.npi": "1234567893",
        "prescriber.phone": "(310) 555-0199",
    }
    assert "fhir.reference-missing" not in codes(draft)


@pytest.mark.parametrize("address", ["Patient/p", "urn:uuid:1", "http://x.example/fhir/Patient/p"])
def test_a_reference_is_followed_by_any_of_its_addresses(address):
    assert read(bundle(bent(subject={"reference": address}))).get("patient.family") == "Example"


def test_a_patient_that_is_here_twice_is_not_chosen():
    message = bundle(bent(subject={"reference": "Patient/p"}))
    message["entry"].append({"resource": {**PATIENT, "birthDate": "2000-01-01"}})
    draft = read(message)
    assert draft.get("patient.family") == ""
    assert "fhir.reference-missing" in codes(draft)


def test_a_patient_nobody_refers_to_is_not_taken():
    draft = read(bundle(bent(subject={"reference": "Patient/other"})))
    assert draft.get("patient.family") == ""
    assert any(path.endswith("birthDate") for path in draft.weighty)


def test_each_request_of_a_bundle_is_a_draft_of_its_own():
    first, second = titration(), bent(note=[{"text": "second"}], status="stopped")
    drafts = read_file("x", json.dumps(bundle(first, second)).encode())
    assert [draft.get("note") for draft in drafts] == ["No lactose.", "second"]
    assert ["fhir.not-active" in codes(draft) for draft in drafts] == [False, True]
    assert not any("entry[1]" in path for path in drafts[0].unread)


def test_too_many_requests_are_refused():
    with pytest.raises(UnreadableFile, match="too-many-entries"):
        read_file("x", json.dumps(bundle(*[titration()] * 51)).encode())


def test_the_example_has_one_question_the_basis_of_its_strength():
    (draft,) = read_file("x", EXAMPLE.read_bytes())
    asked = [each.code for each in draft.findings if each.severity is not Severity.NOTE]
    assert asked == ["field.strength-basis"]
    assert [each.step is not None for each in draft.instructions] == [True] * 3


# ------------------------------------------------------------------ the medicine


def strength(numerator: Any, denominator: Any) -> dict[str, Any]:
    message = titration()
    entry = message["contained"][0]["ingredient"][0]
    entry["strength"] = {"numerator": numerator, "denominator": denominator}
    return message


@pytest.mark.parametrize(
    "over",
    [{"value": 1}, {"value": 1, "unit": "capsule"}, {"value": 1, "code": "{Package}"}, None, {}],
    ids=str,
)
def test_an_amount_over_one_is_never_taken_as_per_unit(over):
    message = strength({"value": 0.06, "unit": "g"}, over)
    draft = read(message)
    stem = "compound.ingredients.0.strength"
    assert (draft.get(f"{stem}.value"), draft.get(f"{stem}.unit")) == ("0.06", "g")
    assert draft.get(f"{stem}.basis") == ""
    (finding,) = [each for each in draft.findings if each.code == "field.strength-basis"]
    assert {"per unit", "per batch"} <= set(finding.choices)


@pytest.mark.parametrize(
    ("numerator", "denominator", "read_as"),
    [
        ({"value": 5, "unit": "mg"}, {"value": 5, "unit": "mL"}, ("5", "mg", "per mL", "5")),
        ({"value": 10, "code": "mg"}, {"value": 1, "code": "g"}, ("10", "mg", "per g", "1")),
        ({"value": 1, "unit": "%"}, {"value": 1}, ("1", "", "percent", "")),
        ({"value": 20, "code": "ug"}, {"value": 1, "unit": "ml"}, ("20", "mcg", "per mL", "1")),
    ],
)
def test_a_basis_the_message_says_is_read(numerator, denominator, read_as):
    draft = read(strength(numerator, denominator))
    stem = "compound.ingredients.0.strength"
    assert tuple(draft.get(f"{stem}.{key}") for key in ("value", "unit", "basis", "per")) == read_as
    assert "field.strength-basis" not in codes(draft)


@pytest.mark.parametrize(
    "numerator",
    [{"value": "1.5", "unit": "mg"}, {"value": 1.5, "unit": "mg", "comparator": "<"}, {}],
    ids=str,
)
def test_a_strength_that_is_no_plain_number_is_asked(numerator):
    draft = read(strength(numerator, {"value": 1, "unit": "mL"}))
    assert draft.get("compound.ingredients.0.strength.value") == ""
    assert "fhir.strength-not-read" in codes(draft)


@pytest.mark.parametrize(
    ("numerator", "unit"),
    [({"value": 1, "unit": "mg", "code": "ug"}, "mg ug"), ({"value": 1, "unit": "IU"}, "IU")],
)
def test_a_unit_whose_word_and_code_differ_is_asked(numerator, unit):
    message = strength(numerator, {"value": 1, "unit": "mL"})
    assert only(message, "fhir.unit-not-known") == {"unit": unit}


def test_a_name_is_never_taken_apart():
    concept = {"coding": [{"display": "Naltrexone 4.5mg capsules", "code": "1"}]}
    draft = read(bent(medicationReference=None, medicationCodeableConcept=concept, contained=None))
    assert draft.get("compound.name") == "Naltrexone 4.5mg capsules"
    assert not any("strength" in path or path == "compound.form" for path in draft.written)
    (finding,) = [each for each in draft.findings if each.code == "fhir.strength-not-stated"]
    assert (finding.severity, finding.value("form")) == (Severity.ASK, "capsule")


@pytest.mark.parametrize("active", [None, False])
def test_what_an_ingredient_does_is_never_guessed(active):
    message = titration()
    message["contained"][0]["ingredient"][0]["isActive"] = active
    draft = read(message)
    assert draft.get("compound.ingredients.0.part") == ""
    (finding,) = [each for each in draft.findings if each.code == "fhir.ingredient-part"]
    assert ("active" in finding.choices) is (active is None)


def test_two_names_of_the_medicine_are_asked_about():
    message = titration()
    message["medicationReference"]["display"] = "naltrexone 50 mg tablet"
    assert only(message, "fhir.drug-names-differ")["one"] == "naltrexone 50 mg tablet"


def test_a_medicine_of_bare_codes_is_asked_about():
    concept = {"coding": [{"system": "http://rxnorm", "code": "7243"}]}
    message = bent(medicationReference=None, medicationCodeableConcept=concept)
    assert only(message, "fhir.drug-only-coded") == {"given": "7243"}
    assert any("medicationCodeableConcept" in path for path in read(message).weighty)


# ------------------------------------------------------------------ whether the order stands


@pytest.mark.parametrize(
    ("changes", "code", "severity"),
    [
        ({"status": "cancelled"}, "fhir.not-active", Severity.STOP),
        ({"status": "stopped"}, "fhir.not-active", Severity.STOP),
        ({"status": "on-hold"}, "fhir.not-active", Severity.STOP),
        ({"status": "entered-in-error"}, "fhir.not-active", Severity.STOP),
        ({"status": "something new"}, "fhir.not-active", Severity.STOP),
        ({"status": None}, "fhir.status-missing", Severity.ASK),
        ({"intent": "filler-order"}, "fhir.intent", Severity.ASK),
        ({"intent": None}, "fhir.intent", Severity.ASK),
        ({"intent": "proposal"}, "fhir.no-order", Severity.STOP),
        ({"doNotPerform": True}, "fhir.do-not-perform", Severity.STOP),
        ({"reportedBoolean": True}, "fhir.reported", Severity.ASK),
        ({"medicationReference": None}, "fhir.no-medicine", Severity.ASK),
        ({"dosageInstruction": None}, "fhir.no-directions", Severity.ASK),
        ({"dosageInstruction": []}, "fhir.no-directions", Severity.ASK),
        ({"modifierExtension": [{"url": "x"}]}, "fhir.unread-weighty", Severity.ASK),
        ({"implicitRules": "http://x.example"}, "fhir.unread-weighty", Severity.ASK),
        ({"elementNobodyKnows": 1}, "fhir.unread-weighty", Severity.ASK),
        ({"substitution": {"allowedBoolean": False}}, "fhir.substitution", Severity.NOTE),
        ({"reasonCode": [{"text": "pain"}]}, "fhir.reason", Severity.NOTE),
        ({"authoredOn": "2026-11-20T05:30:00Z"}, "fhir.written-at", Severity.NOTE),
    ],
    ids=lambda value: str(value)[:40],
)
def test_what_stands_in_the_way_of_an_order_is_found(changes, code, severity):
    assert severities(bent(**changes))[code] is severity
    assert code not in severities(titration())


def test_nobody_overrides_an_order_not_to_give():
    (finding,) = [
        each for each in read(bent(doNotPerform=True)).findings if each.severity is Severity.STOP
    ]
    assert finding.settler is Settler.NOBODY


def test_a_reason_is_offered_and_never_the_purpose():
    assert read(bent(reasonCode=[{"text": "pain"}])).get("purpose") == ""


@pytest.mark.parametrize(
    ("dispense", "read_as"),
    [
        ({"quantity": {"value": 30, "unit": "TAB", "code": "TAB"}}, ("30", "tablet")),
        ({"quantity": {"value": 30.0, "unit": "capsule", "code": 428641000}}, ("30.0", "capsule")),
        ({"quantity": {"value": 1, "code": "{Package}"}}, ("1", "{Package}")),
        ({"quantity": {"value": "30", "unit": "capsule"}}, ("", "")),
        ({"quantity": {"value": 30, "comparator": "<=", "unit": "capsule"}}, ("", "")),
        ({"quantity": 30}, ("", "")),
        ([], ("", "")),
    ],
    ids=str,
)
def test_a_quantity_is_read_as_written_or_not_at_all(dispense, read_as):
    draft = read(bent(dispenseRequest=dispense))
    assert (draft.get("quantity.value"), draft.get("quantity.unit")) == read_as


@pytest.mark.parametrize(
    ("duration", "days"),
    [
        ({"value": 30, "unit": "days", "code": "d"}, "30"),
        ({"value": 4, "code": "wk"}, "28"),
        ({"value": 1, "unit": "month", "code": "mo"}, ""),
        ({"value": 4, "unit": "weeks", "code": "d"}, ""),
        ({"value": 1.5, "code": "d"}, ""),
    ],
    ids=str,
)
def test_days_of_supply_are_days_or_a_question(duration, days):
    message = bent(dispenseRequest={"expectedSupplyDuration": duration})
    assert read(message).get("days_supply") == days
    assert ("fhir.days-not-read" in codes(read(message))) is (days == "")


# ------------------------------------------------------------------ other versions


def test_stu3_carried_as_r4_is_named_and_its_dose_read():
    old = dosage(1, 2, None)
    old["doseQuantity"] = old.pop("doseAndRate")[0]["doseQuantity"]
    draft = read(bent(dosageInstruction=[old], requester={"agent": {"display": "Dr. Old"}}))
    assert draft.source == "FHIR STU3"
    assert "fhir.version" in codes(draft)
    assert draft.get("prescriber.name") == "Dr. Old"
    step = draft.instructions[0].step
    assert step is not None
    assert str(step.dose.low.value) == "2"


def test_r5_is_named_and_its_medication_read():
    draft = read(bent(medicationReference=None, medication={"reference": {"reference": "#m"}}))
    assert (draft.source, draft.get("compound.name")) == ("FHIR R5", "naltrexone capsule")
    assert "fhir.version" in codes(draft)


# ------------------------------------------------------------------ nothing vanishes


def leaves(
    value: Any, path: str, way: tuple[Any, ...] = ()
) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every text, number and truth of a message: its path as drafts name it, and the way there."""
    if isinstance(value, dict):
        kind = f".{value['resourceType']}" if "resourceType" in value else ""
        for key, below in value.items():
            yield from leaves(below, f"{path}{kind}.{key}", (*way, key))
    elif isinstance(value, list):
        for place, below in enumerate(value):
            yield from leaves(below, f"{path}[{place}]", (*way, place))
    elif value is not None:
        yield path.lstrip("."), way


def other(value: Any) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    return f"other {value}" if isinstance(value, str) else value + 1


SILENT = ("Bundle.type", ".system", ".use", ".preferred")
"""Read, but saying nothing that a draft could repeat: `mg` is mg in whatever system."""


@pytest.mark.parametrize(
    "message",
    [
        titration(),
        bundle(
            bent(requester={"reference": "PractitionerRole/r"}, subject={"reference": "Patient/p"})
        ),
        json.loads(EXAMPLE.read_text("utf-8")),
        bent(
            extension=[{"url": "u", "valueString": "v"}],
            dosageInstruction=[
                {
                    **dosage(1, 1, 7),
                    "site": {"text": "left arm"},
                    "extension": [{"url": "x"}],
                    "additionalInstruction": [{"text": "with water"}],
                    "asNeededCodeableConcept": {"coding": [{"display": "pain", "code": "1"}]},
                    "maxDosePerPeriod": {
                        "numerator": {"value": 4, "unit": "capsule"},
                        "denominator": {"value": 1, "unit": "d"},
                    },
                }
            ],
        ),
    ],
)
def test_every_leaf_is_used_or_listed_as_unread(message):
    """What is not listed was used: another value there makes another draft, or refuses it."""
    draft = read(message)
    assert set(draft.weighty) <= set(draft.unread)
    for path, way in leaves(message, ""):
        if path.endswith(SILENT) or any(
            path == each or path.startswith((f"{each}.", f"{each}[")) for each in draft.unread
        ):
            continue
        changed = copy.deepcopy(message)
        place = changed
        for key in way[:-1]:
            place = place[key]
        place[way[-1]] = other(place[way[-1]])
        try:
            again = read(changed)
        except UnreadableFile:
            continue
        assert again != draft, path


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value in a tree."""
    below = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, each in below:
        yield (*path, key)
        yield from places(each, (*path, key))


WHOLE = bundle(
    bent(requester={"reference": "PractitionerRole/r"}, subject={"reference": "Patient/p"}), bent()
)
junk: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 10**20, 1.5, "", "x", "mg", "\ud800\u202e", [], {}, [None], [[]], [{}],
     {"value": 3}, {"coding": "x"}, {"coding": [7]}, {"reference": "#m"}, {"reference": "Patient/p"},
     {"resourceType": "MedicationRequest"}]
)  # fmt: skip


@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(places(WHOLE), key=repr)), junk, st.booleans()),
        min_size=1,
        max_size=4,
    )
)
def test_a_message_bent_anywhere_is_read_or_refused_in_words(changes):
    message = copy.deepcopy(WHOLE)
    for path, value, gone in changes:
        bend(message, path, copy.deepcopy(value), gone)
    try:
        drafts = read_file("bent.json", json.dumps(message).encode())
    except UnreadableFile as refused:
        drafts = ()
        assert refused.code.startswith("file.")  # noqa: PT017 - either outcome is right
    for draft in drafts:
        assert set(draft.weighty) <= set(draft.unread)
        for each in draft.instructions:
            assert not draft.get("sig") or draft.get("sig")[each.start : each.end] == each.text
        for finding in draft.findings:
            general = finding.field.replace(".0.", ".#.")
            assert not general or general in FIELDS


def bend(message: Any, path: tuple[Any, ...], value: Any, gone: bool) -> None:
    """Take away or replace one value, where an earlier change left its place standing."""
    for key in path[:-1]:
        try:
            message = message[key]
        except (KeyError, IndexError, TypeError):
            return
    if isinstance(message, dict) and path[-1] in message:
        message.pop(path[-1]) if gone else message.update({path[-1]: value})
    elif isinstance(message, list) and path[-1] in range(len(message)):
        message[path[-1]] = value


def test_a_patient_who_is_no_patient_stops():
    draft = read(bundle(bent(subject={"reference": "Practitioner/d"})))
    assert DOCTOR["id"] == "d"
    assert "fhir.not-a-patient" in codes(draft)
