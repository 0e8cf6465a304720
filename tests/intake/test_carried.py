"""What a saved prescription carries of its message: every part of a step comes back the same."""

from __future__ import annotations

import json
from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.intake import own
from labelapp.intake.limits import one_form
from labelapp.intake.recognise import read_file
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Meal, Route, Step, Verb
from labelapp.rx.draft import Draft, Instruction
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, When

counts = st.integers(1, 99)
clocks = st.builds(Clock, st.times(), st.none() | st.times())
leads = st.builds(Lead, counts, st.none() | counts, st.booleans())
whens = st.lists(st.sampled_from(When), max_size=4, unique=True).map(tuple)
weekdays = st.lists(st.sampled_from(WEEK), max_size=7, unique=True).map(tuple)


@st.composite
def timings(draw: st.DrawFn) -> Timing:
    """Any timing that can be counted out, every field of it drawn."""
    hours, every_days, times = (draw(counts) for _ in range(3))
    every_hours = draw(st.none() | st.just(hours))
    return Timing(
        when=draw(whens),
        times_a_day=times,
        every_hours=every_hours,
        every_days=every_days,
        days_on=draw(st.integers(1, every_days)),
        weekdays=draw(weekdays),
        times_a_week=draw(st.none() | st.integers(1, 7)),
        fewest=draw(st.none() | st.integers(0, times - 1)),
        hours_to=draw(st.none() | st.integers(hours + 1, 200)) if every_hours else None,
        clock=draw(st.lists(clocks, max_size=4).map(tuple)),
        lead=draw(st.none() | leads),
    )


steps = st.builds(
    Step,
    sequence=st.integers(0, 40),
    dose=st.sampled_from(
        [
            Dose(Amount(Decimal("1.5"), Unit.MG)),
            Dose(Amount(Decimal(1), Unit.CAPSULE), Amount(Decimal(2), Unit.CAPSULE)),
        ]
    ),
    timing=timings(),
    verb=st.none() | st.sampled_from(Verb),
    route=st.none() | st.sampled_from(Route),
    length=st.none() | st.builds(Length, counts, st.none() | counts),
    meal=st.none() | st.sampled_from(Meal),
    as_needed=st.booleans(),
    conditions=st.lists(st.text(max_size=20).map(one_form), max_size=3).map(tuple),
)


def saved(*carried: Step) -> dict[str, Any]:
    """The document of a prescription that came with these structured dosages."""
    instructions = tuple(Instruction(1, "", step, "dosageInstruction[0]") for step in carried)
    written = own.write(Draft({}, "FHIR R4", instructions))
    document: dict[str, Any] = json.loads(written)
    return document


def opened(document: dict[str, Any]) -> Draft:
    (draft,) = read_file("x", json.dumps(document).encode())
    return draft


@given(steps)
def test_a_step_is_opened_as_it_was_saved(step):
    again = opened(saved(step))
    assert [each.step for each in again.instructions] == [step]
    assert again.unread == ()


def test_every_field_of_a_timing_is_saved():
    """A field that a timing learns later is not to be forgotten here."""
    full = Timing(
        (When.NOON,), 3, 4, 5, 2, (WEEK[1],), 6, 1, 8, (Clock(time(9), time(10)),), Lead(30, 60)
    )
    plain = Timing()
    assert all(getattr(full, name) != getattr(plain, name) for name in vars(plain))
    dose = Dose(Amount(Decimal(1), Unit.CAPSULE))
    assert opened(saved(Step(1, dose, full))).instructions[0].step == Step(1, dose, full)


def test_a_document_of_an_earlier_version_opens():
    entry = {
        "sequence": 1, "unit": "capsule", "low": "1", "high": None, "when": ["bedtime"],
        "times_a_day": 1, "every_hours": None, "every_days": 2, "verb": None, "route": None,
        "meal": None, "days": 7, "most_days": None, "as_needed": False,
    }  # fmt: skip
    draft = opened({"format": "labelapp/1", "instructions": [_around(entry)]})
    dose = Dose(Amount(Decimal(1), Unit.CAPSULE))
    timing = Timing((When.BEDTIME,), every_days=2)
    assert draft.instructions[0].step == Step(1, dose, timing, length=Length(7))
    assert draft.unread == ()


@pytest.mark.parametrize(
    "spoilt",
    [
        {"weekdays": ["Someday"]},
        {"weekdays": "Monday"},
        {"weekdays": ["Monday", "Monday"]},
        {"times_a_week": 8},
        {"times_a_week": 0},
        {"days_on": 3},
        {"days_on": 0},
        {"every_days": 0},
        {"times_a_day": 0},
        {"every_hours": 0},
        {"fewest": 1},
        {"every_hours": 6, "hours_to": 4},
        {"clock": [{"at": "25:00", "until": None}]},
        {"clock": [{"at": "21:00+01:00", "until": None}]},
        {"clock": [{"at": "21:00"}]},
        {"clock": ["21:00"]},
        {"clock": [{"at": 21, "until": None}]},
        {"lead": {"minutes": 0, "longest": None, "after": False}},
        {"lead": {"minutes": 30, "longest": None, "after": "no"}},
        {"lead": 30},
        {"conditions": "with food"},
        {"conditions": [1]},
        {"every_moon": 1},
    ],
    ids=str,
)
def test_a_damaged_step_is_named_and_never_guessed(spoilt):
    document = saved(Step(1, Dose(Amount(Decimal(1), Unit.CAPSULE)), Timing()))
    document["instructions"][0]["step"].update(spoilt)
    draft = opened(document)
    assert draft.instructions == ()
    assert draft.weighty == ("instructions.0",)


def _around(step: dict[str, Any]) -> dict[str, Any]:
    return {"sequence": 1, "text": "", "path": "", "start": 0, "end": 0, "step": step}
