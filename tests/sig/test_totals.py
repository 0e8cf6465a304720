"""What directions use up: no first weekday and no choice of days falls outside the two ends."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Step, units_for
from labelapp.rx.timing import WEEK, Timing
from labelapp.sig.message.totals import ends_on, total

timings = st.one_of(
    st.builds(Timing, times_a_day=st.integers(1, 4)),
    st.builds(Timing, times_a_day=st.just(4), fewest=st.integers(0, 3)),
    st.builds(Timing, every_hours=st.just(4), hours_to=st.sampled_from([6, 8, 12])),
    st.builds(Timing, every_days=st.just(5), days_on=st.integers(1, 4)),
    st.builds(Timing, times_a_week=st.integers(1, 6)),
    st.builds(
        Timing,
        weekdays=st.lists(st.sampled_from(WEEK), min_size=1, max_size=6, unique=True).map(tuple),
    ),
)


def step(timing: Timing, sequence: int = 1, length: Length | None = None) -> Step:
    return Step(sequence, Dose(Amount(Decimal(2), Unit.CAPSULE)), timing, length=length)


@given(timings, timings, st.integers(1, 20), st.integers(1, 60), st.sampled_from(range(7)))
def test_whatever_the_first_weekday_its_count_is_allowed(first, then, days, supply, weekday):
    steps = (step(first, 1, Length(days)), step(then, 2))
    counted = total(steps, Unit.CAPSULE, supply, None)
    assert counted is not None
    assert counted.allows(units_for(steps, supply, weekday=weekday))
    assert not counted.allows(counted.most + 1)
    assert not counted.allows(counted.least - 1)


@given(st.integers(1, 60))
def test_what_is_fixed_has_one_count(days):
    counted = total((step(Timing(every_days=3, days_on=2)),), Unit.CAPSULE, days, None)
    assert counted is not None
    assert counted.least == counted.most


@pytest.mark.parametrize(
    ("length", "supply", "said"),
    [
        (Length(7, 14), 30, "14 to 28"),
        (Length(7, 14), None, "14 to 28"),
        (Length(7, 14), 10, "14 to 20"),
        (Length(7), 5, "10"),
        (None, 3, "6"),
    ],
)
def test_a_range_of_days_and_a_supply_that_ends_sooner(length, supply, said):
    assert str(total((step(Timing(), 1, length),), Unit.CAPSULE, supply, None)) == said


def test_the_longer_first_step_may_use_up_less():
    """A low dose for 7 to 14 days leaves fewer days to the high one."""
    low = Step(1, Dose(Amount(Decimal(1), Unit.CAPSULE)), Timing(), length=Length(7, 14))
    counted = total((low, step(Timing(), 2)), Unit.CAPSULE, 30, None)
    assert str(counted) == "46 to 53"


def test_there_is_no_total_of_an_open_end_or_of_other_units():
    assert total((step(Timing()),), Unit.CAPSULE, None, None) is None
    assert total((step(Timing()),), Unit.ML, 30, None) is None
    assert total((), Unit.CAPSULE, 30, None) is None
    weight = Step(1, Dose(Amount(Decimal(3), Unit.MG)), Timing())
    assert str(total((weight,), Unit.CAPSULE, 30, Fraction(3, 2))) == "60"


def test_where_directions_end():
    assert ends_on((step(Timing(), 1, Length(7)), step(Timing(), 2, Length(7, 14)))) == 21
    assert ends_on((step(Timing(), 1, Length(7)), step(Timing(), 2))) is None
    assert ends_on(()) is None
