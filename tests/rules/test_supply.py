"""The quantity, the days it lasts, the dates and the refills agree, or somebody is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rules.supply import supply_of
from labelapp.rx.amount import Basis, Unit
from labelapp.rx.compound import Form
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.lot import Preparation
from labelapp.rx.timing import Timing, Weekday, When
from tests.rules.cases import (
    FILL,
    TITRATION,
    TODAY,
    codes,
    count,
    directed,
    look,
    made,
    mg,
    one,
    ordered,
    step,
    strong,
)


def supply(fill: Fill) -> set[str]:
    return {each for each in codes(fill) if each.startswith("supply.")}


def test_thirty_days_of_one_two_three_by_weeks_are_sixty_nine_capsules():
    found = supply_of(FILL)
    assert found.days == 30
    assert found.units == 69


def test_ninety_capsules_by_fortnights_last_forty_four_days():
    fill = directed(
        step(1, "1", 14), step(2, "2", 14), step(3, "3"), quantity=count("90"), days_supply=None
    )
    assert supply_of(fill).days == 44
    assert supply(fill) == set()


def test_a_refill_is_counted_from_its_own_day():
    refill = replace(FILL, number=1, first_day=31, refills_left=2)
    assert supply_of(refill).days == 23
    assert supply_of(refill).units == 90
    found = one(refill, "supply.disagrees")
    assert found.value("days_covered") == "23"
    assert found.value("units_needed") == "90"


def test_a_weight_becomes_capsules_by_the_strength():
    fill = directed(step(dose="4.5", unit=Unit.MG), quantity=count("90"), days_supply=30)
    assert supply_of(fill).days == 30
    assert supply_of(fill).units == 90


def test_a_liquid_is_counted_in_ml():
    liquid = strong(mg("1", Basis.PER_ML), Form.ORAL_SOLUTION)
    fill = directed(
        step(dose="0.5", unit=Unit.ML),
        fill=liquid,
        quantity=count("15", Unit.ML),
        days_supply=30,
    )
    assert supply_of(fill).units == Fraction(15)
    assert supply(fill) == set()


def test_a_layer_of_cream_is_not_counted():
    cream = strong(mg("10", Basis.PER_G), Form.CREAM)
    fill = directed(
        step(unit=Unit.APPLICATION), fill=cream, quantity=count("30", Unit.G), days_supply=30
    )
    assert supply_of(fill).days is None
    assert one(fill, "supply.not-countable").severity is Severity.NOTE


@pytest.mark.parametrize(
    ("quantity", "days", "asked"),
    [("69", 30, False), ("70", 30, False), ("68", 30, True), ("72", 30, True), ("90", 30, True)],
)
def test_quantity_and_days_supply_agree_or_somebody_is_asked(quantity, days, asked):
    fill = ordered(quantity=count(quantity), days_supply=days)
    assert ("supply.disagrees" in codes(fill)) is asked
    if asked:
        values = dict(one(fill, "supply.disagrees").values)
        assert set(values) == {
            "quantity", "days_supply", "units_needed", "days_covered", "first_day"
        }  # fmt: skip


def test_what_is_taken_as_needed_may_last_longer_but_not_shorter():
    needed = step(as_needed=True)
    assert supply(directed(needed, quantity=count("10"), days_supply=30)) == set()
    assert supply(directed(needed, quantity=count("60"), days_supply=30)) == {"supply.disagrees"}


@pytest.mark.parametrize("days", [0, 1001])
def test_a_days_supply_nobody_can_mean_is_asked(days):
    assert "supply.days-odd" in codes(ordered(days_supply=days))


@pytest.mark.parametrize(
    ("quantity", "code"),
    [("21", None), ("20", "supply.short"), ("22", "supply.left-over")],
)
def test_directions_that_end_are_covered_exactly(quantity, code):
    fill = directed(
        step(1, "1", 7), step(2, "2", 7), quantity=count(quantity), days_supply=None, refills=0
    )
    assert supply(replace(fill, refills_left=0)) == ({code} if code else set())


def test_a_quantity_for_less_than_a_day_is_asked():
    fill = directed(step(dose="3"), quantity=count("2"), days_supply=None)
    assert supply(fill) == {"supply.less-than-a-day"}


def test_quantity_is_in_the_unit_of_the_form():
    assert "supply.unit" in codes(ordered(quantity=count("30", Unit.ML), days_supply=None))
    assert "supply.piece" in codes(ordered(quantity=count("69.5")))


def test_nothing_is_no_quantity():
    assert one(replace(FILL, quantity=count("0")), "supply.nothing").settler is Settler.NOBODY


@pytest.mark.parametrize(
    ("filled", "code"), [("69", None), ("40", "supply.partial"), ("70", "supply.more")]
)
def test_what_is_filled_is_what_was_ordered(filled, code):
    fill = replace(FILL, quantity=count(filled))
    assert supply(fill) == ({code} if code else set())
    if code == "supply.partial":
        assert one(fill, code).value("owed") == "29\N{NO-BREAK SPACE}capsules"


@pytest.mark.parametrize(("last", "asked"), [(date(2026, 2, 6), False), (date(2026, 2, 5), True)])
def test_the_last_dose_falls_within_the_bud(last, asked):
    """Filled 5 January, first dose three days later, 30 days: the last dose is on 6 February."""
    fill = made(shortened_to=last)
    assert ("supply.past-bud" in codes(fill)) is asked
    if asked:
        found = one(fill, "supply.past-bud")
        assert found.settler is Settler.PHARMACIST
        assert found.value("last_dose") == "06-Feb-2026"


def test_a_supply_split_for_its_bud_is_no_longer_asked_about():
    fill = made(shortened_to=date(2026, 2, 5))
    assert "supply.past-bud" not in codes(replace(fill, quantity=count("66")))


@pytest.mark.parametrize(
    ("starts", "asked"), [(date(2026, 1, 9), False), (date(2026, 1, 10), True)]
)
def test_the_day_somebody_entered_is_the_first_dose(starts, asked):
    fill = replace(made(shortened_to=date(2026, 2, 7)), starts_on=starts)
    assert ("supply.past-bud" in codes(fill)) is asked


def test_day_one_of_a_later_fill_lies_in_the_past():
    refill = replace(FILL, number=1, first_day=31, refills_left=2, starts_on=date(2025, 12, 10))
    assert "supply.starts-before-fill" not in codes(refill)
    assert "supply.starts-before-fill" in codes(replace(FILL, starts_on=date(2026, 1, 4)))


def test_ninety_days_of_a_preserved_liquid_outlast_it():
    liquid = made(
        strong(mg("1", Basis.PER_ML), Form.ORAL_SOLUTION),
        preparation=Preparation.PRESERVED_AQUEOUS,
    )
    fill = directed(
        step(dose="1", unit=Unit.ML), fill=liquid, quantity=count("90", Unit.ML), days_supply=90
    )
    assert supply(fill) == {"supply.past-bud"}


@pytest.mark.parametrize(
    ("number", "first_day", "steps", "code"),
    [
        (0, 1, TITRATION, None),
        (1, 1, TITRATION, "supply.titration-again"),
        (1, 1, (step(),), None),
        (1, 15, TITRATION, None),
        (0, 15, TITRATION, "supply.starts-later"),
        (0, 0, TITRATION, "supply.first-day"),
        (1, 8, (step(1, "1", 7),), "supply.sig-over"),
        (1, 7, (step(1, "1", 7),), None),
    ],
)
def test_a_fill_begins_on_a_day_of_the_sig(number, first_day, steps, code):
    fill = replace(
        directed(*steps, days_supply=None), number=number, first_day=first_day, refills_left=0
    )
    course = {
        "supply.titration-again", "supply.starts-later", "supply.first-day", "supply.sig-over"
    }  # fmt: skip
    assert supply(fill) & course == ({code} if code else set())


@pytest.mark.parametrize(
    ("number", "left", "code"),
    [
        (3, 0, None),
        (4, 0, "supply.no-refills"),
        (1, 2, None),
        (1, 3, "supply.refills-left"),
        (1, 0, None),
    ],
)
def test_no_more_refills_than_were_ordered(number, left, code):
    fill = replace(directed(step(), days_supply=None), number=number, refills_left=left)
    assert supply(fill) == ({code} if code else set())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        (date(2025, 1, 5), None),
        (date(2025, 1, 4), "supply.prescription-expired"),
        (TODAY, None),
        (date(2026, 1, 6), "supply.written-in-future"),
    ],
)
def test_a_prescription_is_filled_within_its_year(written, code):
    assert supply(ordered(written=written)) == ({code} if code else set())


@pytest.mark.parametrize(("late", "stopped"), [(365, False), (366, True)])
def test_a_prescription_that_expired_since_its_fill_date_stops(late, stopped):
    written = FILL.prescription.written
    today = written + timedelta(days=late)
    assert ("supply.prescription-expired-today" in codes(FILL, today)) is stopped
    assert look(FILL).refills_until == written + timedelta(days=365)


@pytest.mark.parametrize(("late", "asked"), [(7, False), (8, True)])
def test_a_fill_date_that_lies_back_is_asked_about(late, asked):
    today = TODAY + timedelta(days=late)
    assert ("supply.filled-long-ago" in codes(FILL, today)) is asked
    if asked:
        assert one(FILL, "supply.filled-long-ago", today).settler is Settler.ANYONE


def test_dates_out_of_order_are_asked():
    tomorrow = TODAY + timedelta(days=1)
    assert supply(replace(FILL, filled_on=tomorrow)) == {"supply.filled-in-future"}
    early = replace(ordered(written=TODAY), filled_on=date(2026, 1, 4))
    assert supply(early) == {"supply.filled-before-written"}


@given(
    lengths=st.lists(st.integers(1, 20), max_size=3),
    doses=st.lists(st.integers(1, 4), min_size=4, max_size=4),
    twice=st.booleans(),
    every=st.integers(1, 3),
    quantity=st.integers(1, 400),
    first_day=st.integers(1, 30),
)
def test_the_days_a_quantity_lasts_are_the_most_it_covers(
    lengths, doses, twice, every, quantity, first_day
):
    timing = Timing((When.MORNING, When.BEDTIME) if twice else (When.BEDTIME,), every_days=every)
    steps = [
        step(place + 1, str(doses[place]), days, timing=timing)
        for place, days in enumerate([*lengths, None])
    ]
    fill = replace(
        directed(*steps, quantity=count(str(quantity)), days_supply=None), first_day=first_day
    )
    days = supply_of(fill).days
    assert days is not None
    enough = supply_of(ordered(fill, days_supply=days)).units
    too_much = supply_of(ordered(fill, days_supply=days + 1)).units
    assert enough is not None
    assert too_much is not None
    assert enough <= quantity < too_much
    assert look(fill).days == days


@pytest.mark.parametrize(
    ("quantity", "agrees"), [("11", False), ("12", True), ("13", True), ("14", False)]
)
def test_named_weekdays_take_what_any_first_day_makes_of_them(quantity, agrees):
    days = Timing((When.BEDTIME,), weekdays=(Weekday.MONDAY, Weekday.WEDNESDAY, Weekday.FRIDAY))
    fill = directed(step(timing=days), quantity=count(quantity), days_supply=30)
    assert ("supply.disagrees" not in supply(fill)) is agrees


@pytest.mark.parametrize(
    ("starts_on", "days"),
    [
        (None, 24),  # the fewest, which a Friday makes of it
        (date(2026, 11, 27), 24),
        (date(2026, 11, 24), 27),  # a Tuesday: the eighth dose would be on day 28
    ],
)
def test_named_weekdays_are_counted_from_the_day_the_patient_starts_where_it_is_known(
    starts_on, days
):
    on = Timing((When.BEDTIME,), weekdays=(Weekday.MONDAY, Weekday.FRIDAY))
    fill = directed(step(timing=on), quantity=count("7"), days_supply=None)
    found = supply_of(replace(fill, starts_on=starts_on))
    assert found.days == days
    assert found.units == Fraction(7)


@pytest.mark.parametrize(
    ("quantity", "agrees"), [("11", False), ("12", True), ("14", True), ("15", False)]
)
def test_days_the_patient_chooses_take_what_any_choice_makes_of_them(quantity, agrees):
    days = Timing((When.BEDTIME,), times_a_week=3)
    fill = directed(step(timing=days), quantity=count(quantity), days_supply=30)
    assert ("supply.disagrees" not in supply(fill)) is agrees
