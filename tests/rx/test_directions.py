"""The arithmetic of a titration agrees with counting the days one by one."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Step, days_covered, laid_out, unit_of, units_for
from labelapp.rx.timing import Timing, Weekday, When


def step(
    sequence: int, count: int, days: int | None, every_days: int = 1, days_on: int = 1
) -> Step:
    return Step(
        sequence,
        Dose(Amount(Decimal(count), Unit.CAPSULE)),
        Timing((When.BEDTIME,), every_days=every_days, days_on=days_on),
        length=None if days is None else Length(days),
    )


TITRATION = (step(1, 1, 7), step(2, 2, 7), step(3, 3, None))


def test_a_titration_is_laid_out_on_its_days() -> None:
    days = [(each.first, each.last) for each in laid_out(TITRATION)]
    assert days == [(1, 7), (8, 14), (15, None)]


def test_thirty_days_of_the_usual_titration_take_69_capsules() -> None:
    assert units_for(TITRATION, 30) == 7 + 14 + 48


def test_a_refill_goes_on_where_the_last_fill_ended() -> None:
    assert units_for(TITRATION, 30, from_day=31) == 90


def test_ninety_capsules_cover_44_days_of_two_week_steps() -> None:
    steps = (step(1, 1, 14), step(2, 2, 14), step(3, 3, None))
    assert days_covered(steps, Fraction(90)) == 44


def test_days_are_counted_to_the_end_of_a_taper_and_not_beyond() -> None:
    assert days_covered((step(1, 2, 5),), Fraction(100)) == 5


def test_steps_that_run_together_begin_together() -> None:
    steps = (step(1, 1, None), step(1, 2, None))
    assert [each.first for each in laid_out(steps)] == [1, 1]
    assert units_for(steps, 10) == 30


def test_every_other_day_is_counted_from_its_first_day() -> None:
    assert units_for((step(1, 1, None, every_days=2),), 7) == 4


def test_a_dose_range_counts_the_most() -> None:
    dose = Dose(Amount(Decimal(1), Unit.CAPSULE), Amount(Decimal(2), Unit.CAPSULE))
    assert units_for((Step(1, dose, Timing()),), 10) == 20
    with pytest.raises(ValueError, match="low to high"):
        Dose(Amount(Decimal(2), Unit.CAPSULE), Amount(Decimal(1), Unit.CAPSULE))
    with pytest.raises(ValueError, match="one unit"):
        Dose(Amount(Decimal(1), Unit.CAPSULE), Amount(Decimal(2), Unit.ML))


def test_one_unit_or_none() -> None:
    assert unit_of(TITRATION) is Unit.CAPSULE
    mixed = (*TITRATION, Step(4, Dose(Amount(Decimal(1), Unit.ML)), Timing()))
    assert unit_of(mixed) is None


@given(
    st.lists(st.tuples(st.integers(1, 9), st.integers(1, 20)), min_size=1, max_size=6),
    st.integers(1, 120),
    st.integers(1, 60),
)
def test_the_total_equals_counting_day_by_day(
    steps: list[tuple[int, int]], days: int, first: int
) -> None:
    taper = tuple(step(place, count, length) for place, (count, length) in enumerate(steps, 1))
    calendar = [count for count, length in steps for _ in range(length)]
    assert units_for(taper, days, first) == sum(calendar[first - 1 : first - 1 + days])


@given(st.integers(1, 200), st.integers(1, 90))
def test_a_supply_lasts_as_long_as_it_is_counted(days: int, first: int) -> None:
    needed = units_for(TITRATION, days, first)
    assert days_covered(TITRATION, needed, first) == days
    assert days_covered(TITRATION, needed - 1, first) == days - 1


def test_three_days_on_and_one_off_are_counted_day_by_day() -> None:
    cycle = step(1, 1, None, every_days=4, days_on=3)
    assert units_for((cycle,), 8) == 6
    assert units_for((cycle,), 4, from_day=4) == 3


def test_named_weekdays_count_the_most_until_the_first_day_is_known() -> None:
    days = (Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY)
    steps = (Step(1, Dose(Amount(Decimal(1), Unit.CAPSULE)), Timing(weekdays=days)),)
    assert units_for(steps, 14) == 6
    assert units_for(steps, 15) == 7
    assert units_for(steps, 15, weekday=1) == 6  # a Tuesday to a Tuesday
    assert days_covered(steps, Fraction(3)) == 7
    assert days_covered(steps, Fraction(3), weekday=5) == 9  # a Saturday to the second Sunday


def test_days_the_patient_chooses_never_take_more_than_are_counted() -> None:
    steps = (Step(1, Dose(Amount(Decimal(1), Unit.CAPSULE)), Timing(times_a_week=3)),)
    assert [units_for(steps, days) for days in (1, 3, 7, 10)] == [1, 3, 3, 6]
