"""Times: how often, for how long and on which days, read into the clause that stands open."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from labelapp.rx.directions import Length
from labelapp.rx.finding import Span
from labelapp.rx.timing import When
from labelapp.sig.clauses.clause import Clause, Window
from labelapp.sig.clauses.listing import time_list_ends
from labelapp.sig.clauses.which_days import WhichDays

DAY_PARTS = {
    "in the morning": When.MORNING,
    "at noon": When.NOON,
    "in the evening": When.EVENING,
    "at bedtime": When.BEDTIME,
}
"""The four times of the day as the choices of a question."""

_COUNTED_FROM = ("after the step before it", "counted from the first day")
_EVEN_HOURS = {1, 2, 3, 4, 6, 8, 12, 24}
_MOST_TIMES = 12
_EVENING, _DAWN = 18, 4


def _said(at: When) -> str:
    return next(part for part, each in DAY_PARTS.items() if each is at)


class Timed(WhichDays):
    """Reads what speaks of how often and how long."""

    listed_until = 0

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
                when = ()
        self.clause.when = (*when, at)

    def night(self) -> None:
        """Read night as bedtime, and say so; after a time of the clock it is every night."""
        if self.clause.clock and self.link == "":
            if not all(
                each.at.hour >= _EVENING or each.at.hour < _DAWN for each in self.clause.clock
            ):
                self.questions.ask("sig.two-times", self.at().span, first="", second="")
            self.place += 1
            return
        first = self.questions.written(self.at().span).lower().partition(" ")[0]
        self.clause.nightly = self.clause.nightly or first in {"nightly", "every", "each", "q"}
        self.questions.note("sig.night", self.at().span)
        self._at_time(When.BEDTIME, self.at().span)
        self.place += 1

    def count(self) -> None:
        """Read a count a day that one word gives: bid."""
        self.put("count", int(self.at().value), self.at().span)
        self.place += 1

    def days(self) -> None:
        """Read every day, every other day, once a week; daily behind days of the week is unclear."""
        some = self.clause.weekdays or self.clause.a_week or self.clause.days_on
        if some and self.at().value == "1":
            self.questions.ask("sig.times-disagree", self.at().span)
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
        """Read `3 times a day`, `1 to 2 times a day` from its number."""
        start, numbers = self.place, self.range()
        self.place += 1  # the word times
        if numbers is None:
            return
        low, high = numbers
        period = self._per()
        whole = all(each.denominator == 1 for each in (low, high or low))
        if not whole or not 0 < low <= (high or low) <= _MOST_TIMES or not period:
            self.questions.ask("sig.time-unclear", self.span_from(start))
            return
        self._count((int(low), int(high) if high else None), period, start)

    def once(self) -> None:
        """Read once, twice, once or twice a day or a week; once alone is once."""
        start, single = self.place, self.at().value == "single"
        count = 1 if single else int(self.at().value)
        self.place += 1
        most: int | None = None
        if self.at().role in {"or", "dash", "to"} and self.at(1).role in {"once", "count"}:
            daily = self.at(1).role == "count"
            most = int(self.at(1).value) if self.at(1).value.isdigit() else 0
            self.place += 2
            period = "day" if daily else self._per()
            if most <= count:
                period = ""
        else:
            period = self._per()
        if not period and count == 1 and most is None:
            named = not single and self.at().role in {"when", "night"}  # once at bedtime
            choices = ("once a day",)
            if named or self.questions.ask("sig.once", self.span_from(start), choices):
                period = "day"
        elif not period:
            self.questions.ask("sig.time-unclear", self.span_from(start))
        if period:
            self._count((count, most), period, start)

    def upto(self) -> None:
        """Read `up to 3 times a day` as a count that may be less; else what it limits is asked."""
        start = self.place
        self.place += 1
        counted = self.at(1).role == "times" or self.at().role in {"once", "count"}
        if not counted or self.clause.count is not None:
            self.unread(start)
            return
        if self.at().number is not None:
            self.times()
        elif self.at().role == "once":
            self.once()
        else:
            self.count()
        if self.clause.count is None:
            self.questions.ask("sig.time-unclear", self.span_from(start))
        self._may_be_less()

    def _may_be_less(self) -> None:
        if self.clause.count is not None:
            self.clause.fewest = 0

    def _per(self) -> str:
        """Read what a count is counted over, if that stands here: a day, daily, every week."""
        if self.at().role in {"days", "rate"} and self.at().value in {"1", "7"}:
            self.place += 1
            return "day" if self.at(-1).value == "1" else "week"
        if self.at().role == "period" and self.at().value == "week":  # 3 x week
            self.place += 1
            return "week"
        if self.at().role in {"a", "per", "every"} and self.at(1).role == "period":
            self.place += 2
            return self.at(-1).value
        return ""

    def _count(self, count: tuple[int, int | None], period: str, start: int) -> None:
        span, (low, high) = self.span_from(start), count
        if period == "day":
            self.put("count", high or low, span)
            if high is not None:
                self.put("fewest", low, span)
        elif high is not None or period != "week":
            self.questions.ask("sig.not-countable", span)
        elif low == 1:
            self.put("days", 7, span)
        else:
            self.days_a_week(low, start)
            self.clause.times_of_week = True

    def every(self) -> None:
        """Read every 8 hours, every other day, every 3 days; silent before a time or a weekday."""
        start = self.place
        self.place += 1
        if self.at().role in {"when", "night", "weekday"}:
            return
        if self.at().role == "other":
            self._every_other(start)
            return
        numbers = self.range() if self.at().number is not None else None
        if numbers is None and self._is_plural():  # every hours: of how many
            self.unread(start)
            return
        low, high = numbers or (Fraction(1), None)
        if self.at().role != "period" or low.denominator != 1:
            self.unread(start)
            return
        period = self.at().value
        self.place += 1
        if high is None:
            self._interval(int(low), period, start)
        elif period == "hour" and high.denominator == 1 and high <= 24 and low in _EVEN_HOURS:
            self.put("hours", int(low), self.span_from(start))
            self.put("hours_to", int(high), self.span_from(start))
        else:
            self.questions.ask("sig.time-unclear", self.span_from(start))

    def _every_other(self, start: int) -> None:
        """Read every other day, night or week; every other 12 hours is unread."""
        self.place += 1
        period = self.at().value
        self.place += 1
        if self.at(-1).role == "night":
            self._nights(2, start)
        elif self.at(-1).role == "period":
            self._interval(2, period, start)
        else:
            self.unread(start)

    def _is_plural(self) -> bool:
        return self.questions.written(self.at().span).lower().endswith("s")

    def _interval(self, many: int, period: str, start: int) -> None:
        span = self.span_from(start)
        if period == "hour" and many in _EVEN_HOURS:
            self.put("hours", many, span)
        elif period == "hour" and many % 24 == 0 and 24 < many <= 24 * 31:
            self.put("days", many // 24, span)
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
        at_bedtime = self.clause.when == (When.BEDTIME,) or (
            not self.clause.when and self.at().value == When.BEDTIME.value
        )
        if not at_bedtime:
            answer = self.questions.ask("sig.nights", span, (_said(When.BEDTIME),))
            if answer and not self.clause.when:
                self.clause.when = (When.BEDTIME,)
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
        """Read a length of days if one begins here, or days on and off."""
        start, order = self.place, self.at()
        before = len(self.questions.findings)
        days = self.length()
        if days is not None and self.at(-1).value == "night":
            self.clause.nights = self.span_from(start)
        if days is not None and not self._of_days(start, days):
            span = self.span_from(start)
            self.put("length", days, span)
            if order.role == "order" and order.value == "first":
                self.clause.first_only = span
            self._length_of_what(start)
        return self.place > start or len(self.questions.findings) > before

    def _of_days(self, start: int, days: Length) -> bool:
        """Read days that are no length of the whole: 3 days on, 1 off; 5 days a week."""
        if self.cycle(start, days):
            return True
        if not self._of_each_week():
            return False
        weekly = self.at().value == "7" or self.at(1).value == "week"
        self.place += 1
        if self.at(-1).role not in {"rate", "days"}:
            self.skip("number", "other", "period")
        if weekly and days.high is None and self.at(-1).value in {"7", "week"}:
            self.days_a_week(days.days, start)
        else:
            self.questions.ask("sig.not-countable", self.span_from(start))
        return True

    def _length_of_what(self, start: int) -> None:
        """Ask when days may be none of the dose: at bedtime, with food for 7 days."""
        span = self.span_from(start)
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
