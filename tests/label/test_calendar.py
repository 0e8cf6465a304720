"""The calendar holds each dose of a fill once, on its day, and adds up to the capsule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.label.calendar import Language, calendar
from labelapp.label.counts import dose_words
from labelapp.label.doses import days_of, unset
from labelapp.label.handout import Handout, Style, Table, passages_of
from labelapp.label.vials import Container
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Length, Sig, Step
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.timing import Timing, Weekday, When
from labelapp.sig.say import say
from tests.label.fills import fill, liquid
from tests.label.papered import BEDTIME, PHRASES, TITRATION, WORDS, labelled, step, with_steps

TUESDAY = date(2026, 11, 24)
NBSP = "\N{NO-BREAK SPACE}"


def made(case, jurisdiction: str = "US") -> Handout | tuple[Finding, ...]:
    label, assessment = labelled(case, jurisdiction)
    law = assessment.law
    spread = PHRASES.spread if law and law.standard_phrases else {}
    alone = (Container(case, label, assessment.days),)
    return calendar(case, alone, spread, Language(PHRASES, WORDS))


def of(case, jurisdiction: str = "US") -> Handout:
    paper = made(case, jurisdiction)
    assert isinstance(paper, Handout), paper
    return paper


def weeks(paper: Handout) -> list[list[list[str]]]:
    (table,) = [each for each in paper.body if isinstance(each, Table)]
    return [[[said.text for said in cell.passages] for cell in row] for row in table.rows]


def day(paper: Handout, number: int) -> list[str]:
    return [each.text for each in passages_of(paper.body) if each.key == f"day.{number}"]


def codes(case, jurisdiction: str = "US") -> list[str]:
    found = made(case, jurisdiction)
    assert not isinstance(found, Handout)
    assert all(each.severity is Severity.STOP for each in found)
    assert all(each.settler is Settler.NOBODY for each in found)
    return [each.code for each in found]


def test_a_titration_has_a_box_for_each_day_and_adds_up_to_the_fill():
    paper = of(with_steps())
    assert len([cell for row in weeks(paper) for cell in row if cell]) == 30
    assert day(paper, 7) == ["Day 7", "Bedtime", f"1{NBSP}capsule"]
    assert day(paper, 8) == ["Day 8", "New dose", "Bedtime", f"2{NBSP}capsules"]
    assert day(paper, 30)[-1] == f"3{NBSP}capsules"
    texts = [each.text for each in passages_of(paper.body)]
    assert f"This fill: 69{NBSP}capsules, days 1 to 30" in texts
    assert not any("left over" in each for each in texts)


def test_weeks_run_from_sunday_to_saturday_where_the_start_is_known():
    paper = of(with_steps(starts_on=TUESDAY))
    rows = weeks(paper)
    assert [bool(cell) for cell in rows[0]] == [False, False, True, True, True, True, True]
    assert rows[0][2][:2] == [f"Nov{NBSP}24", "Day 1"]
    assert rows[1][0][:2] == [f"Nov{NBSP}29", "Day 6"]
    named = [each.text for each in passages_of(paper.running)]
    assert named[-7:] == [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]  # fmt: skip


def test_no_date_is_made_up_where_nobody_entered_the_start():
    paper = of(with_steps())
    texts = " ".join(each.text for each in paper.passages)
    assert "Nov" not in texts
    assert "Sunday" not in texts


def test_a_refill_begins_on_its_own_day_of_the_sig():
    paper = of(with_steps(quantity="90", first_day=31))
    rows = weeks(paper)
    assert [bool(cell) for cell in rows[0]] == [False, False, True, True, True, True, True]
    assert rows[0][2] == ["Day 31", "Bedtime", f"3{NBSP}capsules"]
    texts = [each.text for each in passages_of(paper.body)]
    assert f"This fill: 90{NBSP}capsules, days 31 to 60" in texts


def test_what_is_left_over_is_said():
    texts = [each.text for each in passages_of(of(with_steps(quantity="71")).body)]
    assert f"This fill: 69{NBSP}capsules, days 1 to 30" in texts
    assert any(each.startswith(f"2{NBSP}capsules left over") for each in texts)


def test_two_doses_a_day_have_a_box_and_a_number_each_and_a_sum():
    steps = (step(1, "1", 3, Timing((When.MORNING,))), step(1, "2", 3))
    paper = of(with_steps(steps, "9"))
    assert day(paper, 1) == [
        "Day 1", "Morning", f"1{NBSP}capsule", "Bedtime", f"2{NBSP}capsules",
        f"Total: 3{NBSP}capsules",
    ]  # fmt: skip
    ticks = [each for each in passages_of(paper.body) if each.style is Style.TICK]
    assert len(ticks) == 6


def test_a_count_a_day_is_spread_where_the_law_spreads_it_and_refused_elsewhere():
    steps = (step(1, "1", None, Timing(times_a_day=2)),)
    said = day(of(with_steps(steps, "20"), "CA"), 1)
    assert said[1::2] == ["Morning", "Bedtime", f"Total: 2{NBSP}capsules"]
    assert codes(with_steps(steps, "20")) == ["twins.calendar-no-times"]


def test_every_other_day_has_days_without_a_dose():
    paper = of(with_steps((step(1, "1", 10, replace(BEDTIME, every_days=2)),), "5"))
    assert day(paper, 2) == ["Day 2", "No dose"]
    assert day(paper, 3) == ["Day 3", "Bedtime", f"1{NBSP}capsule"]


def test_named_weekdays_need_the_day_the_patient_starts():
    steps = (step(1, "1", 14, replace(BEDTIME, weekdays=(Weekday.MONDAY, Weekday.FRIDAY))),)
    assert codes(with_steps(steps, "4")) == ["twins.calendar-no-start"]
    paper = of(with_steps(steps, "4", starts_on=TUESDAY))
    doses = [n for n in range(1, 15) if "Bedtime" in day(paper, n)]
    on = [(TUESDAY + timedelta(days=n - 1)).weekday() for n in doses]
    assert on == [4, 0, 4, 0]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("twins.calendar-as-needed", {"as_needed": True}),
        ("twins.calendar-condition", {"conditions": ("as tolerated",)}),
        ("twins.calendar-range", {"length": Length(7, 14)}),
        (
            "twins.calendar-range",
            {"dose": Dose(Amount(Decimal(1), Unit.CAPSULE), Amount(Decimal(2), Unit.CAPSULE))},
        ),
        ("twins.calendar-free-days", {"timing": replace(BEDTIME, times_a_week=3)}),
        ("twins.calendar-no-times", {"timing": Timing(every_hours=8)}),
        ("twins.calendar-no-times", {"timing": Timing(times_a_day=3)}),
    ],
)
def test_what_is_at_no_set_time_is_refused_and_says_why(code, changes):
    first, *others = TITRATION
    assert code in codes(with_steps((replace(first, **changes), *others)))


def test_a_fill_nobody_can_count_or_that_lasts_too_long_is_refused():
    assert codes(with_steps((step(1, "1"),), "111")) == ["twins.calendar-long"]
    assert codes(with_steps((step(1, "5"),), "4")) == ["twins.calendar-uncounted"]


def test_liquids_are_counted_in_ml():
    steps = (step(1, "0.5", 7, unit=Unit.ML), step(2, "1.5", 7, unit=Unit.ML))
    paper = of(with_steps(steps, "14", fill(compound=liquid(), quantity="14")))
    assert day(paper, 8)[-1] == f"1.5{NBSP}mL"
    texts = [each.text for each in passages_of(paper.body)]
    assert f"This fill: 14{NBSP}mL, days 1 to 14" in texts


@pytest.mark.parametrize("amount", ["0.25", "0.5", "0.75", "1", "1.5", "2", "2.75"])
def test_a_dose_is_said_as_the_directions_say_it(amount):
    dose = Amount(Decimal(amount), Unit.TABLET)
    (line,) = say(Sig("", (Step(1, Dose(dose), BEDTIME),)), Form.TABLET, PHRASES, False)
    said = dose_words(dose, PHRASES).replace("- ", "-")  # a long word is parted behind its hyphen
    assert said.replace(NBSP, " ") in line.text.replace(NBSP, " ")


DOSES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 14), st.sampled_from(When)), min_size=1, max_size=9
)


@given(
    DOSES, st.integers(1, 400), st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1)))
)
def test_every_calendar_adds_up(doses, quantity, starts_on):
    steps = tuple(
        step(number, str(dose), days, Timing((when,)))
        for number, (dose, days, when) in enumerate(doses, start=1)
    )
    case = with_steps(steps, str(quantity + 9), starts_on=starts_on)
    _label, assessment = labelled(case)
    assert unset(case, {}) == ()
    assert assessment.days is not None
    days = days_of(case, assessment.days, {})
    taken = sum((each.taken for each in days), Fraction(0))
    assert taken <= quantity + 9
    if assessment.days < sum(length for _dose, length, _when in doses):
        (after,) = days_of(replace(case, first_day=assessment.days + 1), 1, {})
        assert taken + after.taken > quantity + 9
