"""Hours: times of the clock, and how long before or after bedtime or a meal a dose stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from fractions import Fraction

from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, Lead, When
from labelapp.sig.clauses.filling import Filling

_HALVES = {"am": 0, "pm": 12}
_MINUTES = {"minute": 1, "hour": 60}
_LONGEST_LEAD = 720
_LONGEST_WINDOW = 360
_MOST_PIECES = 6
_BEFORE, _AFTER = ("before", "prior"), ("after",)
_AROUND = {
    When.MORNING: range(4, 12),
    When.NOON: range(11, 14),
    When.EVENING: range(16, 21),
    When.BEDTIME: (*range(18, 24), 0, 1, 2),
}
"""The hours that may say a named time more exactly."""


@dataclass(frozen=True)
class _Time:
    """A time as written: hour and minute, the place after it, and what makes it certain.

    `half` is 0 for am, 12 for pm, None where none is written; `coloned` where minutes are.
    """

    hour: int
    minute: int
    after: int
    half: int | None
    coloned: bool

    @property
    def is_sure(self) -> bool:
        """True when it can be one time of the day only."""
        return self.half is not None or (self.coloned and (self.hour > 12 or self.hour == 0))

    def at(self, half: int | None = None) -> time:
        """Give the time, in a half of the day where none is written."""
        half = self.half if half is None else half
        return time(self.hour if half is None else self.hour % 12 + half, self.minute)


class Hours(Filling):
    """Reads what speaks of the clock."""

    def at_word(self) -> None:
        """Read `at` before a time of the clock; before anything but a time of day it is unread."""
        start = self.place
        self.place += 1
        if self.at().role in {"when", "night", "asked"}:
            return
        self.skip("skip")
        if not self.clock():
            self.place = start
            self.unread(start)

    def between(self) -> None:
        """Read `between 9 pm and 3 am`: the hours in which one dose is taken."""
        start = self.place
        self.place += 1
        if not self._window(start, {"and", "to", "dash"}):
            self.unread(start)

    def clock(self) -> bool:
        """Read a time of the clock (8 am, 20:00) or the hours of one dose (9 to 11 pm).

        A small number before am or pm that nothing marks as a time may be a count: 1 am, 2 pm.
        """
        start = self.place
        if self._window(start, {"to", "dash"}):
            return True
        found = self._one_time(start)
        if found is None or (found.half is None and not found.coloned):
            return False
        self.place = found.after
        span = self.span_from(start)
        if self._may_be_count(found, start):
            self.questions.ask("sig.clock-or-count", span)
        elif found.is_sure:
            self._at(Clock(found.at()), span)
        else:
            self._at(Clock(self._asked(found, span)), span)
        return True

    def _may_be_count(self, found: _Time, start: int) -> bool:
        """Tell whether 2 pm may be two in the evening: no `at` leads it, and no time before it."""
        before = self.tokens[start - 1] if start else None
        led = before is not None and (
            before.role in {"at", "between"} or self.questions.written(before.span) == "@"
        )
        listed = bool(self.clause.clock) and found.half is not None
        if led or found.coloned or listed:
            return False
        return found.hour <= _MOST_PIECES or not self.clause.is_dosed

    def _window(self, start: int, links: set[str]) -> bool:
        """Read two linked times as the hours of one dose; what is not plain is asked about."""
        first = self._one_time(self.place)
        if first is None or self.at(first.after - self.place).role not in links:
            return False
        last = self._one_time(first.after + 1)
        if last is None or not (last.half is not None or (first.coloned and last.coloned)):
            return False
        self.place = last.after
        span = self.span_from(start)
        half = last.half if first.half is None and last.half is not None else None
        shared = half is not None
        begins, ends = first.at(half), last.at()
        hours = ((ends.hour - begins.hour) * 60 + ends.minute - begins.minute) % 1440
        sure = first.is_sure or (shared and first.hour <= 12)
        plain = sure and last.is_sure and 0 < hours <= _LONGEST_WINDOW  # not 10 to 2 am
        if shared and self._may_be_count(first, start):
            self.questions.ask("sig.clock-or-count", span)
        elif plain:
            self._at(Clock(begins, ends), span)
        else:
            self.questions.ask("sig.time-unclear", span)
        return True

    def _at(self, clock: Clock, span: Span) -> None:
        """Put a time of the clock; beside a named time it may only say that time more exactly."""
        named = self.clause.when
        if not (named or self.clause.lead):
            if clock not in self.clause.clock:
                self.clause.clock = (*self.clause.clock, clock)
            return
        said = f"({self.questions.written(span)})"
        exact = len(named) == 1 and _fits(clock.at, named[0]) and self.link == ""
        if not exact or self.clause.exactly:
            self.questions.ask("sig.two-times", span, first="", second="")
        self.clause.exactly = said

    def _one_time(self, place: int) -> _Time | None:
        """Give a time that may begin here: a number, its minutes, its half of the day."""
        hour, after = _whole(self.peek(place).number), place + 1
        coloned = self.peek(after).value == ":" and self.peek(after + 1).number is not None
        minute = _whole(self.peek(after + 1).number) if coloned else 0
        after += 2 * coloned
        half = self._half(after)
        if hour is None or minute is None or hour > 23 or minute > 59:
            return None
        if half is not None and not 0 < hour <= 12:
            return None
        return _Time(hour, minute, after + (half is not None), half, coloned)

    def _half(self, place: int) -> int | None:
        token = self.peek(place)
        if token.role not in {"when", "half-day"}:
            return None
        written = self.questions.written(token.span).lower().replace(".", "").replace(" ", "")
        return _HALVES.get({"a": "am", "p": "pm"}.get(written, written))

    def _asked(self, found: _Time, span: Span) -> time:
        """Ask for the half of the day of a time like 8:00; 20:00 and 8 pm are certain."""
        morning, evening = (f"{found.hour}:{found.minute:02d} {half}" for half in ("AM", "PM"))
        answer = self.questions.ask("sig.clock-time", span, (morning, evening))
        return found.at(12 if answer == evening else 0)

    def lead(self) -> bool:
        """Read `1 hour` before `before bedtime`, `30 minutes` before `before meals`."""
        start = self.place
        numbers = self.range()
        scale = _MINUTES.get(self.at().value) if self.at().role == "period" else None
        self.place += 1
        relation = self._relation()
        if numbers is None or scale is None or relation is None:
            self.place = start
            return False
        low, high = (None if each is None else _whole(each * scale) for each in numbers)
        span = self.span_from(start)
        if low is None or low == 0 or max(low, high or 0) > _LONGEST_LEAD:
            self.questions.ask("sig.time-unclear", span)
        else:
            self.put("lead", Lead(low, high, after=relation in _AFTER), span)
        return True

    def _relation(self) -> str | None:
        """Give `before` or `after` when the next word is such a time: before bed, after meals."""
        if self.at().role not in {"when", "night", "meal"}:
            return None
        first = self.questions.written(self.at().span).lower().partition(" ")[0]
        return first if first in {*_BEFORE, *_AFTER} else None


def _fits(at: time, named: When) -> bool:
    return at.hour in _AROUND[named]


def _whole(value: Fraction | None) -> int | None:
    return int(value) if value is not None and value.denominator == 1 else None
