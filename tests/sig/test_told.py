"""What a finding shows of how often a dose is taken: words a technician reads at a glance."""

from __future__ import annotations

from datetime import time
from decimal import Decimal

import pytest

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Meal, Step
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, When
from labelapp.sig.message import told


def step(timing: Timing, meal: Meal | None = None, length: Length | None = None) -> Step:
    return Step(1, Dose(Amount(Decimal(1), Unit.CAPSULE)), timing, meal=meal, length=length)


@pytest.mark.parametrize(
    ("timing", "words"),
    [
        (Timing(), "once a day"),
        (Timing(times_a_day=2, fewest=1), "1 to 2 times a day"),
        (Timing(times_a_day=1, fewest=0), "up to once a day"),
        (Timing(every_hours=1), "every hour"),
        (Timing(every_hours=4, hours_to=6), "every 4 to 6 hours"),
        (Timing(every_days=7), "once a week"),
        (Timing(every_days=14), "every 2 weeks"),
        (Timing(every_days=3, times_a_day=2), "2 times a day every 3 days"),
        (Timing(every_days=4, days_on=3), "3 days on and 1 day off"),
        (Timing(weekdays=(WEEK[4], WEEK[0])), "on Monday and Friday"),
        (Timing(weekdays=WEEK), "once a day"),
        (Timing((When.BEDTIME,), times_a_week=3), "at bedtime 3 times a week"),
        (Timing(clock=(Clock(time(21, 30)),)), "at 21:30"),
        (Timing(clock=(Clock(time(21), time(3)),)), "between 21:00 and 03:00"),
        (Timing((When.BEDTIME,), lead=Lead(30, 60)), "30 to 60 minutes before bedtime"),
    ],
    ids=str,
)
def test_how_often(timing, words):
    assert told.often((step(timing),)) == words


def test_steps_that_run_together_and_minutes_before_meals():
    morning, bedtime = step(Timing((When.MORNING,))), step(Timing((When.BEDTIME,)))
    assert told.often((morning, bedtime)) == "in the morning and at bedtime"
    lead = step(Timing(times_a_day=3, lead=Lead(30)), Meal.BEFORE_MEALS)
    assert told.often((lead,)) == "3 times a day 30 minutes before meals"


def test_how_long():
    lengths = (None, Length(1), Length(7, 14))
    assert [told.lasting(step(Timing(), length=each)) for each in lengths] == [
        "no end",
        "1 day",
        "7 to 14 days",
    ]
