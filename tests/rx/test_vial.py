"""The steps of one container: those of its days, on their own days, and none beyond."""

from __future__ import annotations

from decimal import Decimal

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Step, laid_out
from labelapp.rx.timing import Timing, When
from labelapp.rx.vial import until, within


def step(sequence: int, dose: str, days: int | None = None) -> Step:
    return Step(
        sequence,
        Dose(Amount(Decimal(dose), Unit.CAPSULE)),
        Timing((When.BEDTIME,)),
        length=Length(days) if days else None,
    )


TITRATION = (step(1, "1", 7), step(2, "2", 7), step(3, "3"))


def test_the_steps_of_some_days_are_those_taken_on_any_of_them() -> None:
    assert [each.step.sequence for each in within(TITRATION, 7, 8)] == [1, 2]
    assert [each.step.sequence for each in within(TITRATION, 15, 400)] == [3]


def test_no_step_goes_on_beyond_the_last_day_and_every_day_keeps_its_number() -> None:
    ended = laid_out(until(TITRATION, 10))
    assert [(each.first, each.last) for each in ended] == [(1, 7), (8, 10)]
    whole = laid_out(until(TITRATION, 30))
    assert [(each.first, each.last) for each in whole] == [(1, 7), (8, 14), (15, 30)]
    assert until(TITRATION[:2], 14) == TITRATION[:2]
