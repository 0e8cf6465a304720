"""What the records say of a fill: the day of the first, where nobody entered it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from labelapp.dispensing.past import with_first_fill
from labelapp.rules.history import history_findings
from labelapp.rx.fill import Fill
from labelapp.rx.history import Dispensed, FillState, History, Standing
from tests.rules.cases import FILL, TABLES

FIRST = Dispensed(0, date(2025, 12, 1), Fraction(69), 30, 1, FillState.VERIFIED)
PAST = History(Standing.ACTIVE, (FIRST,))
REFILL = replace(FILL, number=1, first_day=31)


def codes(fill: Fill, past: History) -> list[str]:
    return [each.code for each in history_findings(fill, past, TABLES.settings)]


def test_a_refill_takes_the_day_of_the_first_fill_from_the_records() -> None:
    assert with_first_fill(REFILL, PAST).first_filled == date(2025, 12, 1)
    assert with_first_fill(FILL, PAST) is FILL  # the first fill has its own day
    assert with_first_fill(REFILL, None).first_filled is None


def test_what_was_entered_stands_and_is_asked_about_where_the_records_say_another() -> None:
    entered = replace(REFILL, first_filled=date(2025, 11, 30))
    assert with_first_fill(entered, PAST) is entered
    assert "history.first-filled" in codes(entered, PAST)
    assert "history.first-filled" not in codes(with_first_fill(REFILL, PAST), PAST)


def test_a_first_fill_made_elsewhere_or_void_is_not_on_record() -> None:
    second = replace(FIRST, number=1)
    void = replace(FIRST, state=FillState.VOID)
    for fills in ((second,), (void, second)):
        assert with_first_fill(REFILL, History(Standing.ACTIVE, fills)).first_filled is None
