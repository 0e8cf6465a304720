"""Timing: when on a day a dose is taken, and on which days."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass
from datetime import time
from fractions import Fraction


class When(enum.StrEnum):
    """The four times of the Universal Medication Schedule, in the order of the day."""

    MORNING = "morning"
    NOON = "noon"
    EVENING = "evening"
    BEDTIME = "bedtime"


class Weekday(enum.StrEnum):
    """The days of the week, in their order."""

    MONDAY = "Monday"
    TUESDAY = "Tuesday"
    WEDNESDAY = "Wednesday"
    THURSDAY = "Thursday"
    FRIDAY = "Friday"
    SATURDAY = "Saturday"
    SUNDAY = "Sunday"


WEEK = tuple(Weekday)
"""Monday to Sunday; a day's place is what `date.weekday` gives."""


@dataclass(frozen=True)
class Clock:
    """A time of the clock, or the hours between which a dose is taken (9 PM to 3 AM)."""

    at: time
    until: time | None = None


@dataclass(frozen=True)
class Lead:
    """How long before or after bedtime or a meal: 1 hour before, 30 to 60 minutes after."""

    minutes: int
    longest: int | None = None
    after: bool = False


@dataclass(frozen=True)
class Timing:
    """How often: named times, clock times, a count a day or every so many hours; on which days.

    `times_a_day` is used when no times are named and no hours are given; with `fewest` it is the
    most of a range, and `fewest` 0 says "up to". `every_hours` with `hours_to` is a range (every
    4 to 6 hours). Of every `every_days` days the first `days_on` are days of taking: 2 and 1 is
    every other day, 4 and 3 is 3 days on and 1 off. Else the days are named `weekdays`, or
    `times_a_week` on days the patient chooses. `lead` stands before bedtime or the step's meal.
    """

    when: tuple[When, ...] = ()
    times_a_day: int = 1
    every_hours: int | None = None
    every_days: int = 1
    days_on: int = 1
    weekdays: tuple[Weekday, ...] = ()
    times_a_week: int | None = None
    fewest: int | None = None
    hours_to: int | None = None
    clock: tuple[Clock, ...] = ()
    lead: Lead | None = None

    @property
    def doses_a_day(self) -> Fraction:
        """The most doses that fall on a day when it is a day of taking."""
        if self.when or self.clock:
            return Fraction(len(self.when) + len(self.clock))
        if self.every_hours:
            return Fraction(24, self.every_hours)
        return Fraction(self.times_a_day)

    @property
    def is_daily(self) -> bool:
        """True when every day is a day of taking."""
        return self.days_share == 1

    @property
    def repeats_after(self) -> int:
        """The days after which the days of taking come round again."""
        return 7 if self.weekdays or self.times_a_week else self.every_days

    @property
    def days_share(self) -> Fraction:
        """The share of all days that are days of taking."""
        if self.weekdays:
            return Fraction(len(self.weekdays), 7)
        if self.times_a_week:
            return Fraction(self.times_a_week, 7)
        return Fraction(self.days_on, self.every_days)

    @property
    def is_floating(self) -> bool:
        """True when a count of days does not settle how many of them are days of taking."""
        return bool(self.weekdays or self.times_a_week)

    def is_taken_on(self, offset: int, weekday: int = 0, *, late: bool = False) -> bool:
        """Tell whether a day is one of taking, `offset` days after the step began.

        `weekday` is the place in `WEEK` of the day the step began. Days that the patient chooses
        are counted as the first of each week, with `late` as the last: no choice takes more in any
        span of days from the first on, or less.
        """
        if self.weekdays:
            return WEEK[(weekday + offset) % 7] in self.weekdays
        if self.times_a_week:
            return (6 - offset % 7 if late else offset % 7) < self.times_a_week
        return offset % self.every_days < self.days_on


def repeat_together(timings: tuple[Timing, ...]) -> int:
    """Give the days after which the days of taking of all timings come round again together."""
    return math.lcm(*(each.repeats_after for each in timings), 1)
