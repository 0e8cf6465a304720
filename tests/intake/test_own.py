"""The own format: what is saved is what was there, and a key nobody knows is asked about."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.intake import own
from labelapp.intake.limits import one_form, whole_text
from labelapp.intake.own_schema import BOOLEANS, DESCRIBED
from labelapp.intake.recognise import read_file
from labelapp.rx.decision import Decision
from labelapp.rx.draft import Draft
from labelapp.rx.field import FIELDS
from labelapp.rx.finding import Severity
from labelapp.rx.people import Role
from tests.intake.messages import bent, bundle, codes, dosage, read, titration

EXAMPLES = Path(__file__).parents[2] / "resources" / "examples"
each_example = pytest.mark.parametrize(
    "path", sorted(EXAMPLES.glob("*.json")), ids=lambda p: p.stem
)

texts = st.text(max_size=30)
paths = st.builds(
    lambda path, first, second: (
        path.replace("safety.#", "safety.opioid")
        .replace("#", str(first), 1)
        .replace("#", str(second))
    ),
    st.sampled_from(sorted(FIELDS)),
    st.integers(0, 3),
    st.integers(0, 3),
)
decisions = st.builds(
    Decision,
    code=texts,
    field=texts,
    values=st.dictionaries(texts, texts, max_size=3).map(lambda each: tuple(sorted(each.items()))),
    choice=texts,
    by=texts,
    role=st.sampled_from(Role),
    at=st.datetimes(timezones=st.just(UTC)),
    reason=texts,
)


def as_read(decision: Decision) -> Decision:
    """Every text of a decision as it comes back: its very characters, for it may quote a sig."""
    values = {one_form(key): whole_text(text) for key, text in decision.values}
    return Decision(
        whole_text(decision.code),
        whole_text(decision.field),
        tuple(sorted(values.items())),
        whole_text(decision.choice),
        whole_text(decision.by),
        decision.role,
        decision.at,
        whole_text(decision.reason),
    )


@given(st.dictionaries(paths, texts, max_size=12), st.lists(decisions, max_size=2))
def test_what_is_saved_is_read_again(written, made):
    keys = [{one_form(key) for key, _ in each.values} for each in made]
    made = [each for each, names in zip(made, keys, strict=True) if len(names) == len(each.values)]
    (again,) = read_file("x", own.write(Draft(written, "labelapp/1", decisions=tuple(made))))
    assert again.written == {
        path: (whole_text if path == "sig" else one_form)(text) for path, text in written.items()
    }
    assert again.decisions == tuple(as_read(each) for each in made)
    assert again.unread == ()


@each_example
def test_an_example_is_saved_as_it_was_read(path):
    (draft,) = read_file(path.name, path.read_bytes())
    assert draft.findings == ()
    assert read_file("again", own.write(draft)) == (draft,)


@pytest.mark.parametrize(
    "message",
    [
        titration(),
        bundle(titration()),
        bent(status="cancelled", doNotPerform=True),
        bent(dosageInstruction=[{**dosage(1, 1, 7), "maxDosePerAdministration": {"value": 1}}]),
        bent(
            dosageInstruction=[
                {
                    **dosage(1, 1, 7),
                    "timing": {"repeat": {"timeOfDay": ["21:00:00"], "dayOfWeek": ["mon", "fri"]}},
                }
            ]
        ),
    ],
)
def test_a_message_that_is_saved_loses_none_of_its_questions(message):
    came = read(message)
    (again,) = read_file("x", own.write(came))
    assert again.written == came.written
    assert again.source == came.source
    assert again.instructions == came.instructions
    assert (again.unread, again.weighty) == (came.unread, came.weighty)
    asked = {each for each in came.findings if not each.code.startswith("field.")}
    assert set(again.findings) == asked  # field.strength-basis is order entry's own question


def own_file(**entries: object) -> Draft:
    (draft,) = read_file("x", json.dumps({"format": "labelapp/1", **entries}).encode())
    return draft


def test_numbers_are_kept_to_the_letter():
    (draft,) = read_file("x", b'{"format": "labelapp/1", "quantity": {"value": 30.50}}')
    assert draft.get("quantity.value") == "30.50"


@pytest.mark.parametrize(
    ("entries", "path"),
    [
        ({"quantty": {"value": "30"}}, "quantty"),
        ({"patient": {"fmaily": "Doe"}}, "patient.fmaily"),
        ({"sig": {"text": "1 cap"}}, "sig"),
        ({"sig": True}, "sig"),
        ({"patient": "Jane Doe"}, "patient"),
        ({"lots": {"number": "1"}}, "lots"),
        ({"lots": [{"nmber": "1"}]}, "lots.0.nmber"),
        ({"lots": ["26-118"]}, "lots.0"),
        ({"safety": {"OPIOID": "no"}}, "safety.OPIOID"),
        ({"compound": {"#": "x"}}, "compound.#"),
        ({"instructions": "x"}, "instructions"),
        ({"instructions": [{"text": "x"}]}, "instructions.0"),
        ({"message_findings": [{"code": "lot.none"}]}, "message_findings.0"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_key_that_is_no_field_is_asked_about(entries, path):
    draft = own_file(**entries)
    assert (draft.unread, draft.weighty) == ((path,), (path,))
    (finding,) = draft.findings
    assert (finding.code, finding.severity) == ("own.unread", Severity.ASK)
    assert finding.value("elements") == path
    assert read_file("x", own.write(draft))[0].findings == draft.findings


def test_null_is_nothing_written():
    draft = own_file(sig=None, patient={"family": None}, lots=[None])
    assert (dict(draft.written), draft.findings) == ({}, ())


def test_a_yes_or_no_is_one_only_where_a_field_is_one():
    assert (
        own_file(patient={"non_child_resistant": True}).get("patient.non_child_resistant") == "true"
    )
    assert own_file(safety={"opioid": False}).unread == ("safety.opioid",)


GOOD = {
    "code": "dose.over",
    "field": "sig",
    "values": {"mg": "7"},
    "choice": "",
    "by": "R. Castellanos",
    "role": "pharmacist",
    "at": "2026-11-20T09:30:00-08:00",
    "reason": "prescriber called",
}


def test_a_decision_is_read():
    (decision,) = own_file(decisions=[GOOD]).decisions
    assert decision.values == (("mg", "7"),)
    assert decision.at == datetime.fromisoformat("2026-11-20T09:30:00-08:00")


@pytest.mark.parametrize(
    "spoilt",
    [
        {**GOOD, "role": "owner"},
        {**GOOD, "at": "yesterday"},
        {**GOOD, "values": ["mg"]},
        {**GOOD, "values": {"mg": ["7"]}},
        {**GOOD, "by": {"name": "x"}},
        {**GOOD, "signature": "x"},
        {},
        "yes",
        None,
    ],
    ids=str,
)
def test_a_damaged_decision_decides_nothing_and_is_named(spoilt):
    draft = own_file(decisions=[GOOD, spoilt])
    assert len(draft.decisions) == 1
    assert codes(draft) == {"own.decision-unread"}


def leaves(node: dict, path: str = "") -> set[str]:
    """Walk a schema to the paths of its leaves."""
    if "properties" in node:
        return {
            leaf
            for key, below in node["properties"].items()
            for leaf in leaves(below, f"{path}.{key}".lstrip("."))
        }
    inner = node.get("items") or node.get("additionalProperties")
    return leaves(inner, f"{path}.#") if isinstance(inner, dict) else {path}


def test_the_schema_describes_every_field_and_nothing_else():
    schema = own.schema()
    assert set(DESCRIBED) == FIELDS
    beside = {"format", "came_as", "instructions"}
    beside |= {path for path in leaves(schema) if path.startswith(("decisions.", "message_"))}
    assert leaves(schema) - beside == FIELDS
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert json.loads(json.dumps(schema)) == schema


def fits(value: object, schema: dict) -> bool:
    """Hold a value against the few words of JSON Schema the own schema uses."""
    kinds: dict[str, Any] = {
        "object": dict,
        "array": list,
        "string": str,
        "number": (int, float),
        "boolean": bool,
    }
    if "const" in schema:
        return bool(value == schema["const"])
    if isinstance(value, dict) and "properties" in schema:
        return set(schema.get("required", ())) <= set(value) and all(
            key in schema["properties"] and fits(each, schema["properties"][key])
            for key, each in value.items()
        )
    if isinstance(value, list) and "items" in schema:
        return len(value) <= schema.get("maxItems", 10**9) and all(
            fits(each, schema["items"]) for each in value
        )
    if isinstance(value, dict) and "additionalProperties" in schema:
        return all(fits(each, schema["additionalProperties"]) for each in value.values())
    wanted = schema.get("type", [])
    return any(
        isinstance(value, kinds[kind])
        for kind in ([wanted] if isinstance(wanted, str) else wanted)
        if kind != "null"
    )


@each_example
def test_an_example_fits_the_schema(path):
    document = json.loads(path.read_text("utf-8"))
    assert fits(document, own.schema())
    assert not fits({**document, "quantty": "1"}, own.schema())
    assert not fits({**document, "sig": {}}, own.schema())


def test_a_saved_draft_with_decisions_fits_the_schema():
    draft = Draft(
        {next(iter(BOOLEANS)): "true"}, "labelapp/1", decisions=own_file(decisions=[GOOD]).decisions
    )
    assert fits(json.loads(own.write(draft)), own.schema())
