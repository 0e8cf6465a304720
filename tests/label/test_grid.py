"""The table of the times of day: made only where it says all that the directions say."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal
from typing import Any

import pytest

from labelapp.label.document import Grid, GridRow
from labelapp.label.grid import grid_of
from labelapp.resources.typed import wording
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Beside, Dose, Kept, Length, Meal, Said, Sig, Step
from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, Lead, Timing, Weekday, When
from tests.label.fills import composed, fill

BEDTIME = Timing((When.BEDTIME,))


def step(count: str = "1", sequence: int = 1, timing: Timing = BEDTIME, **more: Any) -> Step:
    unit = more.pop("unit", Unit.CAPSULE)
    assert isinstance(unit, Unit)
    return replace(Step(sequence, Dose(Amount(Decimal(count), unit)), timing), **more)


def said(*leads: str) -> tuple[Said, ...]:
    return tuple(Said("as it is said", at, lead=lead) for at, lead in enumerate(leads, start=1))


def table(*steps: Step, lines: tuple[Said, ...] = said("")) -> Grid | None:
    return grid_of(Sig("a sig", steps), lines, wording())


def test_a_step_is_a_row_with_its_number_under_its_time():
    grid = table(step("1"))
    assert grid is not None
    assert grid.times == ("Morning", "Noon", "Evening", "Bedtime")
    assert (grid.counted, grid.rows) == ("Capsules", (GridRow("Every day", ("", "", "", "1")),))


def test_steps_that_run_together_are_one_row_and_a_later_one_is_another():
    morning = step("2", 2, Timing((When.MORNING, When.NOON)))
    grid = table(step("1"), morning, step("3", 2), lines=said("Days 1 to 14", "Day 15 and after"))
    assert grid is not None
    assert [row.days for row in grid.rows] == ["Days 1 to 14", "Day 15 and after"]
    assert [row.counts for row in grid.rows] == [("", "", "", "1"), ("2", "2", "", "3")]


def test_a_step_that_is_over_has_no_row():
    lines = (Said("Take 2 capsules at bedtime", 2, lead="Day 15 and after"),)
    grid = table(step("1"), step("2", 2), lines=lines)
    assert grid is not None
    assert [row.counts for row in grid.rows] == [("", "", "", "2")]


def test_what_is_measured_has_its_unit_in_each_field():
    grid = table(step("0.5", unit=Unit.ML))
    assert grid is not None
    assert grid.rows[0].counts[-1] == "0.5\xa0mL"


@pytest.mark.parametrize(
    "other",
    [
        step("0.5"),
        step("4.5", unit=Unit.MG),
        step(as_needed=True),
        step(conditions=("as tolerated",)),
        step(meal=Meal.WITH_FOOD),
        step(length=Length(7, 14)),
        replace(step(), dose=Dose(step().dose.low, Amount(Decimal(2), Unit.CAPSULE))),
        step(timing=Timing(times_a_day=2)),
        step(timing=Timing((When.BEDTIME,), weekdays=(Weekday.MONDAY,))),
        step(timing=Timing((When.BEDTIME,), every_days=2)),
        step(timing=Timing((When.BEDTIME,), times_a_week=3)),
        step(timing=Timing((When.BEDTIME,), lead=Lead(60))),
        step(timing=Timing((When.BEDTIME,), clock=(Clock(time(21)),))),
    ],
)
def test_no_table_where_a_number_would_not_be_all(other):
    assert table(other) is None
    assert table(step(), replace(other, sequence=2), lines=said("Days 1 to 7", "Day 8")) is None


def test_no_table_beside_words_that_may_change_it():
    kept = Sig("a sig", (step(),), kept=(Kept("Skip it when ill", Span(0, 1)),))
    most = Sig("a sig", (step(),), most_a_day=Amount(Decimal(2), Unit.CAPSULE))
    for sig in (kept, most):
        assert grid_of(sig, said(""), wording()) is None


def test_no_table_beside_another_language():
    (line,) = said("")
    assert table(step(), lines=(replace(line, beside=Beside("es", "al acostarse")),)) is None


def test_no_table_of_a_dose_twice_at_one_time():
    assert table(step("1"), step("2"), lines=said("")) is None


def test_a_label_has_the_table_of_its_directions():
    label = composed(fill(), said("")).label
    assert label is not None
    assert label.grid == table(step())
