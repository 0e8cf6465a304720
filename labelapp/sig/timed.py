"""Times: how often, for how long and on which days, read into the clause that stands open."""

from __future__ import annotations

from dataclasses import replace

from labelapp.rx.directions import Length
from labelapp.rx.finding import Span
from labelapp.rx.timing import When
from labelapp.sig.clause import Clause, Window
from labelapp.sig.cursor import Cursor
from labelapp.sig.listing import time_list_ends

DAY_PARTS = {
    "in the morning": When.MORNING,
    "at noon": When.NOON,
    "in the evening": When.EVENING,
    "at bedtime": When.BEDTIME,
}
"""The four times of the day as the choices of a question."""

_COUNTED_FROM = ("after the step before it", "counted from the first day")
_EVEN_HOURS = {1, 2, 3, 4, 6, 8, 12, 24}


def _said(at: When) -> str:
    return next(part for part, each in DAY_PARTS.items() if each is at)


def _nearest(hour: int) -> When:
    parts = {11: When.MORNING, 14: When.NOON, 20: When.EVENING}
    return next((part for before, part in parts.items() if 4 <= hour < before), When.BEDTIME)


class Timed(Cursor):
    """Reads what speaks of time; every method stands on its word and leaves the place after it."""

    clause: Clause
    clauses: list[Clause]
    link: str
    listed_until = 0

    def open_clause(self, link: str) -> None:
        """Begin a new clause that hangs on the one before by this link."""
        raise NotImplementedError

    def put(self, slot: str, value: object, span: Span) -> None:
        """Fill a slot of the open clause; a second value that differs is a contradiction."""
        old = getattr(self.clause, slot)
        if old not in {None, value}:
            self.questions.ask("sig.contradiction", span, first=str(old), second=str(value))
        else:
            setattr(self.clause, slot, value)

    def unread(self, start: int) -> None:
        """Ask about words that stand where the reader can make nothing of them."""
        self.place = max(self.place, start + 1)
        self.questions.ask("sig.unread", self.span_from(start))

    def when(self) -> None:
        """Read a time of day."""
        self._at_time(When(self.at().value), self.at().span)
        self.place += 1

    def _at_time(self, at: When, span: Span) -> None:
        """Put a time of day; a second one is another dose only in a list: morning and bedtime."""
        when = self.clause.when
        if at in when:
            return
        if not when:
            self.listed_until = time_list_ends(self, self.clause.count)
        elif self.place >= self.listed_until:
            first = " and ".join(_said(each) for each in when)
            both = f"{first} and {_said(at)}"
            choices = (first, _said(at), both) if len(when) == 1 else ()
            answer = self.questions.ask(
                "sig.two-times", span, choices, first=first, second=_said(at)
            )
            if answer == first:
                return
            if answer == _said(at):
                when.clear()
        when.append(at)

    def at_word(self) -> None:
        """Read `at` before a time of the clock; before anything else it is unread."""
        start = self.place
        self.place += 1
        if not self.clock():
            self.unread(start)

    def clock(self) -> bool:
        """Ask which of the four times a time of the clock is: 8 am, 20:00."""
        start = self.place
        if self.at().number is None:
            return False
        length = 1
        if self.at(1).value == ":" and self.at(2).number is not None:
            length = 3
        half = self.questions.written(self.at(length).span).lower().replace(".", "")
        named = self.at(length).role == "when" and half in {"am", "pm"}
        if length == 1 and not named:
            return False
        self.place += length + named
        hour = int(self.tokens[start].number or 0) + (12 if half == "pm" else 0)
        answer = self.questions.ask("sig.clock-time", self.span_from(start), tuple(DAY_PARTS))
        at = DAY_PARTS[answer] if answer else _nearest(hour)  # shown until it is answered
        self._at_time(at, self.span_from(start))
        return True

    def night(self) -> None:
        """Read night as bedtime, and say so."""
        self.questions.note("sig.night", self.at().span)
        self._at_time(When.BEDTIME, self.at().span)
        self.place += 1

    def count(self) -> None:
        """Read a count a day that one word gives: bid."""
        self.put("count", int(self.at().value), self.at().span)
        self.place += 1

    def days(self) -> None:
        """Read every day, every other day, once a week."""
        self.put("days", int(self.at().value), self.at().span)
        self.place += 1

    def rate(self) -> None:
        """Read a day, per week: every day or week, and perhaps not all of it at one time."""
        self._rate(int(self.at().value), self.at().span)
        self.place += 1

    def _rate(self, days: int, span: Span) -> None:
        self.put("days", days, span)
        self.clause.rate = span

    def hours(self) -> None:
        """Read every so many hours that one word gives: q8h."""
        self.put("hours", int(self.at().value), self.at().span)
        self.place += 1

    def times(self) -> None:
        """Read `3 times a day` from its number."""
        start, numbers = self.place, self.range()
        self.place += 1  # the word times
        if numbers is None:
            return
        low, high = numbers
        period = self._per()
        if high is not None or low.denominator != 1 or not 0 < low <= 12 or not period:
            self.questions.ask("sig.time-unclear", self.span_from(start))
            return
        self._count(int(low), period, start)

    def once(self) -> None:
        """Read once, twice, three times a day or a week; once alone is once."""
        start, single = self.place, self.at().value == "single"
        count = 1 if single else int(self.at().value)
        self.place += 1
        if self.at().role in {"or", "dash", "to"} and self.at(1).role in {"once", "count"}:
            self.place += 2
            self._per()
            self.questions.ask("sig.time-unclear", self.span_from(start))
            return
        period = self._per()
        if not period and count == 1:
            named = not single and self.at().role in {"when", "night"}  # once at bedtime
            choices = ("once a day",)
            if named or self.questions.ask("sig.once", self.span_from(start), choices):
                period = "day"
        elif not period:
            self.questions.ask("sig.time-unclear", self.span_from(start))
        if period:
            self._count(count, period, start)

    def _per(self) -> str:
        """Read what a count is counted over, if that stands here: a day, daily, every week."""
        if self.at().role in {"days", "rate"} and self.at().value in {"1", "7"}:
            self.place += 1
            return "day" if self.at(-1).value == "1" else "week"
        if self.at().role in {"a", "per", "every"} and self.at(1).role == "period":
            self.place += 2
            return self.at(-1).value
        return ""

    def _count(self, count: int, period: str, start: int) -> None:
        span = self.span_from(start)
        if period == "day":
            self.put("count", count, span)
        elif period == "week" and count == 1:
            self.put("days", 7, span)
        else:
            self.questions.ask("sig.not-countable", span)

    def every(self) -> None:
        """Read every 8 hours, every other day, every 3 days; before a time of day it is silent."""
        start = self.place
        self.place += 1
        if self.at().role in {"when", "night"}:
            return
        other = self.at().role == "other"
        if other:
            self.place += 1
        if other and self.at().role == "night":
            self.place += 1
            self._nights(2, start)
            return
        numbers = self.range() if self.at().number is not None else None
        low, high = numbers or (2 if other else 1, None)
        if self.at().role != "period" or high is not None or low != int(low):
            self.unread(start)
            return
        period = self.at().value
        self.place += 1
        self._interval(int(low), period, start)

    def _interval(self, many: int, period: str, start: int) -> None:
        span = self.span_from(start)
        if period == "hour" and many in _EVEN_HOURS:
            self.put("hours", many, span)
        elif period == "night" and 0 < many <= 31:
            self._nights(many, start)
        elif period == "week" and many == 1:
            self._rate(7, span)
        elif period in {"day", "week"} and 0 < many <= 31:
            self.put("days", many * (7 if period == "week" else 1), span)
        else:
            self.questions.ask("sig.not-countable", span)

    def _nights(self, many: int, start: int) -> None:
        """Ask whether every second night is at bedtime, unless bedtime is written beside it."""
        span = self.span_from(start)
        at_bedtime = self.clause.when == [When.BEDTIME] or (
            not self.clause.when and self.at().value == When.BEDTIME.value
        )
        if not at_bedtime:
            answer = self.questions.ask("sig.nights", span, (_said(When.BEDTIME),))
            if answer and not self.clause.when:
                self.clause.when.append(When.BEDTIME)
        self.put("days", many, span)

    def per(self) -> None:
        """Read /day as every day; any other slash is unread."""
        start = self.place
        if self.at(1).role == "period" and self.at(1).value == "day":
            self._rate(1, self.at(1).span)
            self.place += 2
        else:
            self.unread(start)

    def fixed_length(self) -> None:
        """Read a length that one word gives: x14d."""
        self.put("length", Length(int(self.at().value)), self.at().span)
        self.place += 1

    def counted_length(self) -> bool:
        """Read a length of days if one begins here."""
        start, order = self.place, self.at()
        before = len(self.questions.findings)
        days = self.length()
        if days is not None:
            span = self.span_from(start)
            self.put("length", days, span)
            if order.role == "order" and order.value == "first":
                self.clause.first_only = span
            self._length_of_what(start)
        return self.place > start or len(self.questions.findings) > before

    def _length_of_what(self, start: int) -> None:
        """Ask when days may be none of the dose: 5 days a week; at bedtime, with food for 7 days."""
        span = self.span_from(start)
        if self._of_each_week():
            self.place += 1
            self.skip("number", "other", "period")
            self.questions.ask("sig.not-countable", self.span_from(start))
        while start > 0 and self.tokens[start - 1].role in {"for", "skip", "order", "a"}:
            start -= 1
        apart = start > 1 and self.tokens[start - 1].role == "meal"
        if apart and self.tokens[start - 2].role == "break":
            self.questions.ask("sig.length-of-which", span)

    def _of_each_week(self) -> bool:
        """Tell whether a week or month follows that days may be counted in: 5 days a week."""
        if self.at().role in {"rate", "days"}:
            return int(self.at().value) >= 7
        if self.at().role not in {"every", "per", "a"}:
            return False
        period = next((self.at(far) for far in (1, 2) if self.at(far).role == "period"), None)
        return period is not None and period.value in {"week", "month"}

    def fixed_window(self) -> None:
        """Read days that one word gives: d1-14."""
        first, _, last = self.at().value.partition("-")
        self._in_window(Window(int(first), int(last)), self.place)
        self.place += 1

    def period(self) -> None:
        """Read `days 1 to 14`; a day or a week without a number beside it is unread."""
        start = self.place
        window = self.window()
        if window is None:
            if self.place == start:
                self.unread(start)
            return
        started = start > 0 and self.tokens[start - 1].role == "verb-none"  # start on day 8
        changed = self.at().role in {"increase", "decrease"}
        begins = (started or changed) and self.place - start == 2
        self._in_window(replace(window, begins=begins), start)

    def _in_window(self, window: Window, start: int) -> None:
        before = self.clauses[-2] if len(self.clauses) > 1 else self.clause
        beside = before.window_leads and self.clause.link not in {"", "then"}
        if self.clause.is_dosed and (self.clause.window or self.link in {".", ";"} or beside):
            self.open_clause("window")
        self.clause.window_leads = not self.clause.is_dosed
        self.put("window", window, self.tokens[start].span)

    def after(self) -> None:
        """Read `after 7 days`: how long the clause before runs, and that another follows."""
        start = self.place
        self.place += 1
        again = self.at().role == "order" and self.at().value != "first"  # after another 7 days
        days = self.length()
        if days is None:
            self.unread(start)
            return
        before = self.clauses[-2] if len(self.clauses) > 1 else None
        follows = self.clause.link == "then" and self.clause.is_dosed
        if follows and before is not None and before.length is None:
            before.length = days if again else self._since(days, self.clauses[:-2], start)
            return
        days = days if again else self._since(days, self.clauses[:-1], start)
        self.put("length", days, self.span_from(start))
        self.open_clause("then")

    def _since(self, days: Length, earlier: list[Clause], start: int) -> Length:
        """Ask from where `after 2 weeks` counts when steps before it already ended."""
        gone = sum(each.length.days for each in earlier if each.length is not None)
        if not 0 < gone < days.days or days.high is not None:
            return days
        answer = self.questions.ask("sig.after-what", self.span_from(start), _COUNTED_FROM)
        return Length(days.days - gone) if answer == _COUNTED_FROM[1] else days
