"""Dosages of a FHIR message: in the order of their sequence, the words beside the structure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Meal, Route, Step, Verb
from labelapp.rx.draft import Draft
from labelapp.rx.finding import Severity
from labelapp.rx.timing import Timing, Weekday, When
from tests.intake.messages import bent, codes, dosage, read


def of(*dosages: dict[str, Any]) -> Draft:
    return read(bent(dosageInstruction=list(dosages)))


def step_of(**changes: Any) -> Step | None:
    """The step of one dosage of a capsule with some elements changed."""
    entry = {**dosage(1, 1, None), **changes}
    return (
        of({key: value for key, value in entry.items() if value is not None}).instructions[0].step
    )


def every(**repeat: Any) -> dict[str, Any]:
    return {"timing": {"repeat": repeat}}


def test_the_steps_of_a_titration():
    draft = of(dosage(1, 1, 7), dosage(2, 2, 7), dosage(3, 3, None))
    assert [each.step for each in draft.instructions] == [
        Step(
            number,
            Dose(Amount(Decimal(number), Unit.CAPSULE)),
            Timing(when=(When.BEDTIME,)),
            length=Length(7) if number < 3 else None,
        )
        for number in (1, 2, 3)
    ]
    for each in draft.instructions:
        assert draft.get("sig")[each.start : each.end] == each.text


@pytest.mark.parametrize(
    ("order", "sig", "noted"),
    [
        ((1, 2), "A, then B", False),
        ((2, 1), "B, then A", True),
        ((1, 1), "A and B", False),
        ((2, 2, 1), "C, then A and B", True),
        ((1, 2, 2), "A, then B and C", False),
        ((10, 9), "B, then A", True),
    ],
)
def test_dosages_are_sorted_by_sequence_and_equal_ones_run_together(order, sig, noted):
    entries = [{"sequence": number, "text": "ABC"[place]} for place, number in enumerate(order)]
    draft = of(*entries)
    assert draft.get("sig") == sig
    assert [each.sequence for each in draft.instructions] == sorted(order)
    assert ("fhir.sequence-sorted" in codes(draft)) is noted


@pytest.mark.parametrize("sequence", [None, "1", 1.5, -1, [], True])
def test_several_dosages_without_a_sequence_are_asked_about(sequence):
    draft = of({"text": "A.", "sequence": sequence}, {"text": "B."})
    assert draft.get("sig") == "A, then B."
    assert [each.sequence for each in draft.instructions] == [1, 2]
    (finding,) = [each for each in draft.findings if each.code == "fhir.sequence-missing"]
    assert (finding.severity, finding.value("count")) == (Severity.ASK, "2")


def test_one_dosage_needs_no_sequence():
    assert "fhir.sequence-missing" not in codes(of({"text": "A"}))


def test_a_dosage_without_words_leaves_no_directions_but_its_structure():
    silent = dosage(2, 2, 7)
    del silent["text"]
    draft = of(dosage(1, 1, 7), silent)
    assert draft.get("sig") == ""
    assert "fhir.text-missing" in codes(draft)
    assert [each.step is not None for each in draft.instructions] == [True, True]


def test_words_that_stand_twice_stand_once_and_are_asked_about():
    draft = of({"sequence": 1, "text": "A then B"}, {"sequence": 2, "text": "A then B"})
    assert draft.get("sig") == "A then B"
    assert "fhir.same-text" in codes(draft)
    assert [(each.start, each.end) for each in draft.instructions] == [(0, 8), (0, 8)]


def test_words_to_the_patient_are_the_directions_where_there_are_no_others():
    assert of({"patientInstruction": "One daily"}).get("sig") == "One daily"


@pytest.mark.parametrize(
    "beside",
    [
        {"patientInstruction": "with food"},
        {"additionalInstruction": [{"coding": [{"display": "with food"}]}]},
        {"asNeededCodeableConcept": {"coding": [{"display": "with food"}]}},
    ],
    ids=str,
)
def test_what_stands_beside_the_words_is_asked_about(beside):
    draft = of({"text": "One daily", **beside})
    assert draft.get("sig") == "One daily"
    assert "fhir.more-instructions" in codes(draft)
    assert "fhir.more-instructions" not in codes(of({"text": "One daily With Food", **beside}))


def test_too_many_steps_refuse_the_message():
    with pytest.raises(Exception, match="too-many-entries"):
        of(*[dosage(number, 1, 1) for number in range(41)])


@pytest.mark.parametrize(
    ("repeat", "timing"),
    [
        ({"frequency": 1, "period": 1, "periodUnit": "d"}, Timing()),
        ({"frequency": 3, "period": 1, "periodUnit": "d"}, Timing(times_a_day=3)),
        ({"period": 1, "periodUnit": "d"}, Timing()),
        ({"frequency": 1, "period": 2, "periodUnit": "d"}, Timing(every_days=2)),
        ({"frequency": 1, "period": 1, "periodUnit": "wk"}, Timing(every_days=7)),
        ({"frequency": 1, "period": 8, "periodUnit": "h"}, Timing(every_hours=8)),
        ({"frequency": 1, "period": 24, "periodUnit": "h"}, Timing()),
        ({"frequency": 1, "period": 72, "periodUnit": "h"}, Timing(every_days=3)),
        ({"when": ["HS", "MORN"]}, Timing(when=(When.MORNING, When.BEDTIME))),
        ({"when": ["EVE"], "period": 2, "periodUnit": "d"}, Timing((When.EVENING,), every_days=2)),
    ],
    ids=str,
)
def test_a_timing_that_maps(repeat, timing):
    step = step_of(**every(**repeat))
    assert step is not None
    assert step.timing == timing


@pytest.mark.parametrize(
    "repeat",
    [
        {"frequency": 1, "period": 1, "periodUnit": "mo"},
        {"frequency": 1, "period": 0.5, "periodUnit": "d"},
        {"frequency": 1, "period": 36, "periodUnit": "h"},
        {"frequency": 1, "period": "1", "periodUnit": "d"},
        {"frequency": 0, "period": 1, "periodUnit": "d"},
        {"frequency": 1, "period": 1e300, "periodUnit": "d"},
        {"frequency": 1, "period": 1, "periodUnit": "d", "count": 3},
        {"frequency": 2, "period": 1, "periodUnit": "d", "when": ["HS"]},
        {"when": ["NIGHT"]},
        {"when": ["HS"], "timeOfDay": ["22:00:00"]},
        {"when": ["CM", "PCV"]},
        {"when": ["HS"], "boundsDuration": {"value": 1, "code": "mo"}},
        {"when": ["HS"], "boundsDuration": {"value": 1, "unit": "week", "code": "d"}},
        {"when": ["HS"], "boundsRange": {"low": {"value": 7, "code": "d"}}},
        {"when": ["HS"], "boundsPeriod": {"end": "2026-12-01"}},
        {"when": ["HS"], "boundsPeriod": {"start": "2026-12-01", "end": "2026-11-01"}},
    ],
    ids=str,
)
def test_a_timing_that_does_not_map_gives_no_step_and_is_asked_about(repeat):
    draft = of({**dosage(1, 1, None), **every(**repeat)})
    assert draft.instructions[0].step is None
    assert "fhir.dosage-not-read" in codes(draft)
    assert any("timing" in path for path in draft.unread)


@pytest.mark.parametrize(
    ("bounds", "length"),
    [
        ({"boundsDuration": {"value": 2, "unit": "weeks", "code": "wk"}}, Length(14)),
        (
            {"boundsRange": {"low": {"value": 7, "code": "d"}, "high": {"value": 14, "code": "d"}}},
            Length(7, 14),
        ),
        ({"boundsPeriod": {"start": "2026-11-20", "end": "2026-11-24"}}, Length(5)),
        ({"boundsPeriod": {"start": "2026-11-20"}}, None),
    ],
    ids=str,
)
def test_how_long_a_step_runs(bounds, length):
    step = step_of(**every(when=["HS"], **bounds))
    assert step is not None
    assert step.length == length


@pytest.mark.parametrize(
    ("code", "repeat", "timing"),
    [
        ("BID", {}, Timing(times_a_day=2)),
        ("BED", {}, Timing(when=(When.BEDTIME,))),
        ("BID", {"frequency": 2, "period": 1, "periodUnit": "d"}, Timing(times_a_day=2)),
        ("BID", {"frequency": 3, "period": 1, "periodUnit": "d"}, None),
        ("QD", {"when": ["HS"]}, Timing(when=(When.BEDTIME,))),
        ("BID", {"when": ["HS"]}, None),
        ("BID", {"timeOfDay": ["08:00"]}, None),
        ("WK", {"dayOfWeek": ["mon"]}, Timing(weekdays=(Weekday.MONDAY,))),
        ("WK", {"dayOfWeek": ["mon", "fri"]}, None),
        ("QD", {"dayOfWeek": ["mon"]}, None),
        ("229799001", {}, Timing(times_a_day=2)),
        ("NEW", {}, None),
    ],
)
def test_a_timing_code_is_known_and_agrees_or_there_is_no_step(code, repeat, timing):
    step = step_of(timing={"code": {"coding": [{"code": code}]}, "repeat": repeat})
    assert (step and step.timing) == timing


@pytest.mark.parametrize(
    ("quantity", "amount"),
    [
        ({"value": 1.50, "unit": "mg", "code": "mg"}, Amount(Decimal("1.5"), Unit.MG)),
        ({"value": 20, "unit": "microgram", "code": "ug"}, Amount(Decimal(20), Unit.MCG)),
        ({"value": 0.5, "unit": "ml", "code": "mL"}, Amount(Decimal("0.5"), Unit.ML)),
        ({"value": 2, "unit": "TAB", "code": "TAB"}, Amount(Decimal(2), Unit.TABLET)),
        ({"value": 2, "unit": "tablet(s)", "code": "428673006"}, Amount(Decimal(2), Unit.TABLET)),
        ({"value": 1, "unit": "mg", "code": "ug"}, None),
        ({"value": 1, "unit": "mg/kg", "code": "mg/kg"}, None),
        ({"value": 1}, None),
        ({"value": "1", "unit": "mg"}, None),
        ({"value": 1, "unit": "mg", "comparator": ">"}, None),
        ({"value": 0, "unit": "mg"}, None),
        ({"value": -1, "unit": "mg"}, None),
        ({"value": 1e300, "unit": "mg"}, None),
    ],
    ids=str,
)
def test_a_dose_is_exact_or_there_is_no_step(quantity, amount):
    step = step_of(doseAndRate=[{"doseQuantity": quantity}])
    assert (step and step.dose.low) == amount


def test_a_range_of_doses():
    low, high = ({"value": value, "unit": "capsule"} for value in (1, 2))
    step = step_of(doseAndRate=[{"doseRange": {"low": low, "high": high}}])
    assert step is not None
    assert step.dose.high == Amount(Decimal(2), Unit.CAPSULE)
    assert step_of(doseAndRate=[{"doseRange": {"low": high, "high": low}}]) is None
    assert step_of(doseAndRate=[{"doseRange": {"low": low}}]) is None


def test_several_doses_or_a_rate_give_no_step():
    one = {"doseQuantity": {"value": 1, "unit": "capsule"}}
    assert step_of(doseAndRate=[one, one]) is None
    assert step_of(doseAndRate=[{**one, "rateQuantity": {"value": 1, "unit": "mL/h"}}]) is None


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        (
            {"route": {"coding": [{"code": "26643006", "display": "Oral route"}]}},
            "route",
            Route.ORAL,
        ),
        ({"route": {"text": "Sublingual"}}, "route", Route.SUBLINGUAL),
        (
            {"method": {"coding": [{"display": "Swallow - dosing instruction"}]}},
            "verb",
            Verb.SWALLOW,
        ),
        ({"asNeededBoolean": True}, "as_needed", True),
        (every(when=["ACM"]), "meal", Meal.BEFORE_MEALS),
    ],
    ids=str,
)
def test_route_verb_and_need_are_read(changes, name, value):
    assert getattr(step_of(**changes), name) == value


@pytest.mark.parametrize(
    "changes",
    [
        {"route": {"coding": [{"code": "47625008", "display": "Intravenous route"}]}},
        {"route": {"coding": [{"code": "26643006"}, {"code": "37839007"}]}},
        {"method": {"text": "Inject"}},
    ],
    ids=str,
)
def test_a_route_or_verb_that_is_not_known_is_named(changes):
    draft = of({**dosage(1, 1, None), **changes})
    assert draft.instructions[0].step is None
    assert "fhir.dosage-not-read" in codes(draft)


def test_a_ceiling_of_doses_is_asked_about():
    ratio = {"numerator": {"value": 2, "unit": "capsule"}, "denominator": {"value": 1, "unit": "d"}}
    (finding,) = [
        each
        for each in of({**dosage(1, 1, None), "maxDosePerPeriod": ratio}).findings
        if each.code == "fhir.max-dose"
    ]
    assert dict(finding.values) == {"most": "2 capsule", "per": "1 d"}


def test_words_and_structure_that_disagree_are_both_kept():
    entry = {**dosage(1, 1, None), "text": "2 capsules at bedtime"}
    (instruction,) = of(entry).instructions
    assert instruction.text == "2 capsules at bedtime"
    assert instruction.step is not None
    assert instruction.step.dose.low.value == 1
