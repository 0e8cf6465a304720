"""How often a FHIR dosage is taken: exactly what the message says, or named and not read."""

from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from labelapp.rx.draft import Draft
from labelapp.rx.timing import Clock, Lead, Timing, Weekday, When
from tests.intake.messages import bent, codes, dosage, read

MON, WED, FRI = Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY
ALL = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAILY = {"frequency": 1, "period": 1, "periodUnit": "d"}
WEEKLY = {"frequency": 1, "period": 1, "periodUnit": "wk"}


def taken(**repeat: Any) -> Draft:
    """A capsule taken as `repeat` says."""
    entry = {**dosage(1, 1, None), "timing": {"repeat": repeat}}
    return read(bent(dosageInstruction=[entry]))


@pytest.mark.parametrize(
    ("repeat", "timing"),
    [
        (
            {"timeOfDay": ["20:00:00", "08:00:00"]},
            Timing(clock=(Clock(time(8)), Clock(time(20)))),
        ),
        ({"timeOfDay": ["21:30"], **DAILY}, Timing(clock=(Clock(time(21, 30)),))),
        (
            {"timeOfDay": ["09:00:00"], "dayOfWeek": ["mon"]},
            Timing(clock=(Clock(time(9)),), weekdays=(MON,)),
        ),
        (
            {"timeOfDay": ["09:00:00"], **WEEKLY, "frequency": 3},
            Timing(clock=(Clock(time(9)),), times_a_week=3),
        ),
    ],
    ids=str,
)
def test_hours_of_the_clock_are_kept_exactly(repeat, timing):
    assert step_timing(taken(**repeat)) == timing


@pytest.mark.parametrize(
    ("repeat", "timing"),
    [
        ({"dayOfWeek": ["fri", "mon", "wed"]}, Timing(weekdays=(MON, WED, FRI))),
        ({"dayOfWeek": ["mon", "fri"], **DAILY}, Timing(weekdays=(MON, FRI))),
        (
            {"dayOfWeek": ["mon"], **DAILY, "frequency": 4},
            Timing(weekdays=(MON,), times_a_day=4),
        ),
        ({"dayOfWeek": ["mon"], **WEEKLY}, Timing(weekdays=(MON,))),
        ({"dayOfWeek": ["mon", "fri"], **WEEKLY, "frequency": 2}, Timing(weekdays=(MON, FRI))),
        ({"dayOfWeek": ["mon"], "when": ["HS"]}, Timing((When.BEDTIME,), weekdays=(MON,))),
        ({"dayOfWeek": ALL, **DAILY}, Timing()),
        ({"dayOfWeek": ALL}, Timing()),
    ],
    ids=str,
)
def test_days_of_the_week(repeat, timing):
    assert step_timing(taken(**repeat)) == timing


@pytest.mark.parametrize(
    ("repeat", "timing"),
    [
        ({**DAILY, "frequencyMax": 2}, Timing(times_a_day=2, fewest=1)),
        ({**DAILY, "frequency": 2, "frequencyMax": 4}, Timing(times_a_day=4, fewest=2)),
        ({**WEEKLY, "frequency": 3}, Timing(times_a_week=3)),
        ({**WEEKLY, "frequency": 7}, Timing()),
        ({"frequency": 3, "period": 7, "periodUnit": "d"}, Timing(times_a_week=3)),
        ({**WEEKLY, "frequency": 3, "when": ["HS"]}, Timing((When.BEDTIME,), times_a_week=3)),
        ({"period": 6, "periodMax": 8, "periodUnit": "h"}, Timing(every_hours=6, hours_to=8)),
        (
            {"frequency": 1, "period": 12, "periodMax": 24, "periodUnit": "h"},
            Timing(every_hours=12, hours_to=24),
        ),
    ],
    ids=str,
)
def test_ranges_and_counts_of_a_week(repeat, timing):
    assert step_timing(taken(**repeat)) == timing


@pytest.mark.parametrize(
    ("repeat", "lead"),
    [
        ({"when": ["HS"], "offset": 60}, Lead(60)),
        ({"when": ["ACM"], "offset": 30, **DAILY}, Lead(30)),
        ({"when": ["PCV"], "offset": 45}, Lead(45, after=True)),
        ({"when": ["AC"], "offset": 30, **DAILY, "frequency": 3}, Lead(30)),
    ],
    ids=str,
)
def test_minutes_before_or_after_what_the_code_names(repeat, lead):
    timing = step_timing(taken(**repeat))
    assert timing is not None
    assert timing.lead == lead


@pytest.mark.parametrize(
    ("repeat", "left"),
    [
        ({"timeOfDay": ["08:00:30"]}, "timeOfDay"),
        ({"timeOfDay": ["8:00"]}, "timeOfDay"),
        ({"timeOfDay": ["24:00:00"]}, "timeOfDay"),
        ({"timeOfDay": ["08:00", "08:00:00"]}, "timeOfDay"),
        ({"timeOfDay": ["08:00", "20:00"], **DAILY}, "frequency"),
        ({"timeOfDay": ["08:00", "20:00"], **WEEKLY, "frequency": 3}, "frequency"),
        ({"timeOfDay": ["21:00"], "when": ["HS"]}, "timeOfDay"),
        ({"dayOfWeek": ["monday"]}, "dayOfWeek"),
        ({"dayOfWeek": ["mon", "mon"]}, "dayOfWeek"),
        ({"dayOfWeek": ["mon", "wed", "fri"], **WEEKLY}, "dayOfWeek"),
        ({"dayOfWeek": ["mon"], **WEEKLY, "period": 2}, "dayOfWeek"),
        ({"dayOfWeek": ["mon"], **DAILY, "period": 2}, "dayOfWeek"),
        ({"dayOfWeek": ["mon"], "period": 8, "periodUnit": "h"}, "dayOfWeek"),
        ({**DAILY, "frequency": 2, "frequencyMax": 1}, "frequencyMax"),
        ({"frequencyMax": 2, "period": 1, "periodUnit": "d"}, "frequencyMax"),
        ({**WEEKLY, "frequencyMax": 2}, "frequencyMax"),
        ({**WEEKLY, "frequency": 8}, "frequency"),
        ({**DAILY, "frequency": 2, "period": 2}, "frequency"),
        ({"when": ["HS"], **DAILY, "frequencyMax": 2}, "frequencyMax"),
        ({**DAILY, "periodMax": 2}, "periodMax"),
        ({"period": 6, "periodMax": 4, "periodUnit": "h"}, "periodMax"),
        ({"frequency": 2, "period": 6, "periodMax": 8, "periodUnit": "h"}, "periodMax"),
        ({"when": ["MORN"], "offset": 30}, "offset"),
        ({"when": ["CM"], "offset": 30}, "offset"),
        ({"when": ["ACM", "ACV"], "offset": 30}, "offset"),
        ({"when": ["HS"], "offset": 0}, "offset"),
        ({"when": ["HS"], "offset": 600}, "offset"),
        ({"offset": 30, **DAILY}, "offset"),
        ({"frequency": 1, "period": 15, "periodUnit": "min"}, "periodUnit"),
    ],
    ids=str,
)
def test_what_is_not_certain_is_named_and_stays_unread(repeat, left):
    draft = taken(**repeat)
    assert draft.instructions[0].step is None
    (asked,) = [each for each in draft.findings if each.code == "fhir.dosage-not-read"]
    assert f"timing.repeat.{left}" in asked.value("elements")
    assert any(left in path or path.endswith((".timing", ".repeat")) for path in draft.unread)


def test_an_event_without_a_count_is_no_timing_and_is_not_lost():
    draft = taken(when=["AC"])
    assert draft.instructions[0].step is None
    assert any("timing" in path for path in draft.weighty)


def test_hours_of_a_dosage_that_gives_no_dose_are_told():
    entry = {"text": "As directed", "timing": {"repeat": {"timeOfDay": ["21:00:00"]}}}
    draft = read(bent(dosageInstruction=[entry]))
    assert draft.instructions[0].step is None
    assert {"fhir.clock-times", "fhir.dosage-incomplete"} <= codes(draft)


def step_timing(draft: Draft) -> Timing | None:
    (instruction,) = draft.instructions
    assert instruction.step is None or not any("timing" in path for path in draft.unread)
    return None if instruction.step is None else instruction.step.timing
