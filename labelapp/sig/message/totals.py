"""Totals: what directions use up, from the least to the most, in the unit of the quantity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import (
    Dose,
    Length,
    Step,
    fewest_units_for,
    laid_out,
    last_day,
    unit_of,
    units_for,
)
from labelapp.sig.message.agree import fewest_a_day
from labelapp.sig.message.told import plain

_LONGEST_DAYS = 2000


@dataclass(frozen=True)
class Total:
    """What is used up; the two ends differ where a range or the first weekday leaves it open."""

    least: Fraction
    most: Fraction

    def __str__(self) -> str:
        """Write the count, or both ends of it."""
        least, most = plain(self.least), plain(self.most)
        return most if least == most else f"{least} to {most}"

    def allows(self, quantity: Fraction) -> bool:
        """Tell whether a quantity is one of the counts this can come to."""
        return self.least <= quantity <= self.most


def total(
    steps: tuple[Step, ...], unit: Unit, days: int | None, mg_in_one: Fraction | None
) -> Total | None:
    """Count what steps use up in `days`, or up to their end when that comes first.

    None for what has no fixed count: as needed, an open end without days, units that do not meet.
    """
    own = unit_of(steps)
    if own is None or any(each.as_needed for each in steps):
        return None
    factor = _factor(own, unit, mg_in_one)
    ways = [(each, _days(each, days)) for each in dict.fromkeys((steps, _longest(steps)))]
    counted = [(each, known) for each, known in ways if known is not None]
    if factor is None or not counted:
        return None
    least = min(fewest_units_for(map(_smallest, each), known) for each, known in counted)
    most = max(units_for(each, known) for each, known in counted)
    return Total(least * factor, most * factor)


def ends_on(steps: tuple[Step, ...]) -> int | None:
    """Give the day the last step ends at the latest; None for none, an open end, or as needed."""
    if any(each.as_needed for each in steps):
        return None
    dated = laid_out(_longest(steps))
    return None if any(each.last is None for each in dated) else last_day(dated) or None


def _days(steps: tuple[Step, ...], days: int | None) -> int | None:
    dated = laid_out(steps)
    ends = None if any(each.last is None for each in dated) else last_day(dated)
    known = [each for each in (days, ends) if each is not None]
    return min(known) if known and 0 < min(known) <= _LONGEST_DAYS else None


def _longest(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Run each step for the most days its range allows."""
    return tuple(
        replace(step, length=Length(step.length.high))
        if step.length is not None and step.length.high is not None
        else step
        for step in steps
    )


def _smallest(step: Step) -> Step:
    """Take the fewest and the smallest doses a step allows."""
    fewest, timing = fewest_a_day(step.timing), step.timing
    if fewest == timing.doses_a_day:
        return replace(step, dose=Dose(step.dose.low))
    if timing.hours_to is not None:
        timing = replace(timing, every_hours=timing.hours_to)
    else:
        timing = replace(timing, times_a_day=int(fewest))
    return replace(step, dose=Dose(step.dose.low), timing=timing)


def _factor(own: Unit, unit: Unit, mg_in_one: Fraction | None) -> Fraction | None:
    if own is unit:
        return Fraction(1)
    if not own.is_mass or not mg_in_one:
        return None
    return Fraction(Amount(Decimal(1), own).in_mg()) / mg_in_one
