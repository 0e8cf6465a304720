"""Hours: times of the clock, and how long before or after bedtime or a meal a dose stands."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, Lead
from labelapp.sig.context import Token
from labelapp.sig.filling import Filling

_HALVES = {"am": 0, "pm": 12}
_MINUTES = {"minute": 1, "hour": 60}
_LONGEST_LEAD = 720
_BEFORE, _AFTER = ("before", "prior"), ("after",)


class Hours(Filling):
    """Reads what speaks of the clock."""

    def at_word(self) -> None:
        """Read `at` before a time of the clock; before anything else it is unread."""
        start = self.place
        self.place += 1
        self.skip("skip")
        if not self.clock():
            self.place = start
            self.unread(start)

    def between(self) -> None:
        """Read `between 9 pm and 3 am`: the hours in which one dose is taken."""
        start = self.place
        self.place += 1
        first = self._one_time(self.place)
        if first is None or self.tokens[first[1] : first[1] + 1] == ():
            self.unread(start)
            return
        joined = self.tokens[first[1]].role in {"and", "to", "dash"}
        last = self._one_time(first[1] + 1) if joined else None
        if last is None:
            self.unread(start)
            return
        self._hours(start, first[0], last)

    def clock(self) -> bool:
        """Read a time of the clock (8 am, 20:00) or the hours of one dose (9 to 11 pm)."""
        start = self.place
        shared = self._with_shared_half(start)
        first = shared or self._one_time(start)
        if first is None:
            return False
        after = first[1]
        joined = after < len(self.tokens) and self.tokens[after].role in {"to", "dash"}
        last = self._one_time(after + 1) if joined else None
        if last is not None:
            self._hours(start, first[0], last)
            return True
        self.place = after
        span = self.span_from(start)
        at = self._certain(first[0], span, marked=first[2])
        if at is not None:
            self._at(Clock(at), span)
        return True

    def _with_shared_half(self, place: int) -> tuple[time, int, bool] | None:
        """Read the first of `9-11 pm`, whose half of the day stands after the second."""
        first, link, second = (self.at(far) for far in range(3))
        if first.number is None or link.role not in {"to", "dash"} or second.number is None:
            return None
        last = self._one_time(place + 2)
        if last is None or not last[2] or self._one_time(place) is not None:
            return None
        hour = _whole(first.number)
        if hour is None or not 0 < hour <= 12:
            return None
        return time(hour % 12 + (12 if last[0].hour >= 12 else 0)), place + 1, True

    def _hours(self, start: int, first: time, last: tuple[time, int, bool]) -> None:
        self.place = last[1]
        span = self.span_from(start)
        if not last[2]:
            self.questions.ask("sig.time-unclear", span)
            return
        self._at(Clock(first, last[0]), span)

    def _at(self, clock: Clock, span: Span) -> None:
        """Put a time of the clock: beside a named time it only says that time more exactly."""
        if self.clause.when or self.clause.lead:
            self.clause.conditions.append(f"({self.questions.written(span)})")
            if not (len(self.clause.when) == 1 and self.link in {"", ","}):
                self.questions.ask("sig.two-times", span, first="", second="")
            return
        if clock not in self.clause.clock:
            self.clause.clock = (*self.clause.clock, clock)

    def _one_time(self, place: int) -> tuple[time, int, bool] | None:
        """Give a time, the place after it, and whether its half of the day is written."""
        if place >= len(self.tokens) or self.tokens[place].number is None:
            return None
        hour, minute, after = _whole(self.tokens[place].number), 0, place + 1
        if self._token(after).value == ":" and self._token(after + 1).number is not None:
            minute, after = _whole(self._token(after + 1).number) or 0, after + 2
            coloned = True
        else:
            coloned = False
        half = self._half(after)
        if half is None and not coloned:
            return None
        if hour is None or hour > 23 or minute > 59 or (half is not None and not 0 < hour <= 12):
            return None
        if half is not None:
            return time(hour % 12 + half, minute), after + 1, True
        return time(hour, minute), after, hour > 12 or hour == 0

    def _half(self, place: int) -> int | None:
        token = self._token(place)
        if token.role not in {"when", "half-day"}:
            return None
        written = self.questions.written(token.span).lower().replace(".", "").replace(" ", "")
        return _HALVES.get({"a": "am", "p": "pm"}.get(written, written))

    def _token(self, place: int) -> Token:
        return self.at(place - self.place)

    def _certain(self, at: time, span: Span, *, marked: bool) -> time | None:
        """Ask for the half of the day of a time like 8:00; 20:00 and 8 pm are certain."""
        if marked:
            return at
        morning, evening = f"{at.hour}:{at.minute:02d} AM", f"{at.hour}:{at.minute:02d} PM"
        answer = self.questions.ask("sig.clock-time", span, (morning, evening))
        if answer is None:
            return at
        return time(at.hour % 12 + (12 if answer == evening else 0), at.minute)

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


def _whole(value: Fraction | None) -> int | None:
    return int(value) if value is not None and value.denominator == 1 else None
