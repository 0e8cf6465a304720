"""Large FHIR messages: the work grows with the message, and each prescription minds its own."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest

from labelapp.intake.recognise import read_file
from labelapp.rx.draft import Draft
from labelapp.rx.errors import UnreadableFile
from tests.intake.messages import titration

Bent = Callable[[int], dict[str, Any]]


def patient(place: int, **more: Any) -> dict[str, Any]:
    name = [{"family": f"Family{place}", "given": ["Ana"]}]
    return {"resource": {"resourceType": "Patient", "id": f"p{place}", "name": name, **more}}


def request(place: int, **more: Any) -> dict[str, Any]:
    subject = {"reference": f"Patient/p{place}"}
    return {"resource": {**titration(), "id": f"m{place}", "subject": subject, **more}}


def bundle(*entries: dict[str, Any]) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "collection", "entry": list(entries)}


def read(message: dict[str, Any]) -> tuple[Draft, ...]:
    return read_file("x.json", json.dumps(message).encode())


def work(message: dict[str, Any]) -> int:
    """Count the calls it takes to read a message: the same on any machine."""
    data, calls = json.dumps(message).encode(), 0

    def counted(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        read_file("x.json", data)
    finally:
        sys.setprofile(before)
    return calls


def many_patients(size: int) -> dict[str, Any]:
    return bundle(*(patient(place) for place in range(size)), *(request(n) for n in range(8)))


def many_references(size: int) -> dict[str, Any]:
    medicine = titration()["contained"][0] | {"id": "big"}
    medicine["ingredient"] = [
        {"itemReference": {"reference": f"Patient/p{place}"}} for place in range(25)
    ]
    whole = request(0, contained=[medicine], medicationReference={"reference": "#big"})
    return bundle(*(patient(place) for place in range(size)), whole)


def one_large_patient(size: int) -> dict[str, Any]:
    large = patient(0, photo=[{"url": "x", "_size": n} for n in range(size)])
    return bundle(large, *(request(0) for _ in range(8)))


@pytest.mark.parametrize("made", [many_patients, many_references, one_large_patient])
def test_twice_the_message_is_twice_the_work_at_most(made: Bent) -> None:
    assert work(made(800)) < 2.2 * work(made(400))


def test_prescriptions_share_the_account_of_what_none_of_them_touches() -> None:
    def several(requests: int) -> dict[str, Any]:
        others = (patient(place) for place in range(1, 600))
        return bundle(patient(0), *others, *(request(0) for _ in range(requests)))

    assert work(several(8)) < 2.5 * work(several(1))


def test_the_patient_of_another_prescription_is_no_question_of_this_one() -> None:
    first, second = read(bundle(patient(0), patient(1), request(0), request(1)))
    assert (first.get("patient.family"), second.get("patient.family")) == ("Family0", "Family1")
    assert not any("entry[1]" in path for path in first.unread)
    assert not any("entry[0]" in path for path in second.unread)


def test_a_patient_nobody_asks_for_is_listed_for_each() -> None:
    for draft in read(bundle(patient(0), patient(1), patient(2), request(0), request(1))):
        assert any("entry[2]" in path for path in draft.weighty)


def test_a_key_that_looks_like_a_path_hides_nothing() -> None:
    (draft,) = read({**titration(), "dosageInstruction[0].text": "take 9 capsules"})
    assert any("dosageInstruction<U+005B>0]<U+002E>text" in path for path in draft.weighty)


def test_a_list_no_message_has_is_refused_by_name() -> None:
    names = [{"family": "Doe", "given": ["A"]}] * 201
    with pytest.raises(UnreadableFile) as refused:
        read(bundle(patient(0, name=names), request(0)))
    assert refused.value.code == "file.too-many-entries"
    assert refused.value.values["field"].endswith("Patient.name")
