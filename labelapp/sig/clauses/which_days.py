"""Which days: weekdays, days on and off, and so many days a week."""

from __future__ import annotations

from labelapp.rx.directions import Length
from labelapp.rx.finding import Span
from labelapp.rx.timing import WEEK, Weekday
from labelapp.sig.clauses.filling import SLASH
from labelapp.sig.clauses.hours import Hours

_LINKS = {"break", "and", "then", "dash", SLASH}
_BETWEEN_DAYS = {"and", "skip", SLASH, "every", "on"}
_NOT_BEFORE = {
    "verb-none",
    "until",
    "after",
    "by",
    "go-on",
    "upto",
    "order",
    "increase",
    "decrease",
}
_AGAIN = "again and again"
_LONGEST_CYCLE = 60


class WhichDays(Hours):
    """Reads what speaks of the days on which a dose is taken."""

    def weekday(self) -> None:
        """Read a list of weekdays: Monday, Wednesday and Friday; Monday to Friday; Sunday off."""
        start = self.place
        if self.at(-1).role in _NOT_BEFORE:  # starting on Monday, until Friday
            self.place += 1
            self.questions.ask("sig.unread", self.span_from(start - 1))
            return
        named, joined = self._weekdays()
        span = self.tokens[start].span.joined(self.at(-1).span)
        since = not self.clause.is_dosed and self.clause.link == "then" and not named[1:]
        if since and self.at().role != "pause":  # then on Monday 2 capsules
            self.questions.ask("sig.unread", span)
            return
        parted = any(self.role_at(each) in {"break", "on"} for each in range(start, self.place))
        if self.at().role == "pause" and (parted or self.clause.weekdays):
            self.questions.ask("sig.days-of-which", span)  # Monday to Friday, Saturday off
            return
        if not self._is_own(joined, span):
            return
        off = self.at().role == "pause" and self.at(1).role not in {"weekday", "on"}
        if off and named:  # Saturday and Sunday off; but not: Monday to Friday, off on weekends
            self.place += 1
            self._all_but(named, start)
        elif named:
            self.put("weekdays", tuple(each for each in WEEK if each in named), span)
        else:
            self.questions.ask("sig.time-unclear", span)

    def _is_own(self, joined: bool, span: Span) -> bool:  # noqa: FBT001
        """Tell whether the days belong to the open dose; before another they begin its clause.

        Days that may belong to the dose before or the one after are asked about.
        """
        leads = self.at().number is not None or self.at().role in {"verb", "a", "at"}
        counted = self.at(1).role in {"period", "times"}
        timed = self.clause.when or self.clause.clock
        again = self.at().role in {"when", "night"} or (self.at().role == "at" and bool(timed))
        if (timed and again) or len(
            self.clause.clock
        ) > 1:  # Sundays in the morning; 9 pm, 10 pm weekends
            self.questions.ask("sig.days-of-which", span)
            return False
        open_one = self.clause.is_dosed or (joined and self.clause.has_time)
        if not leads or counted or not open_one:
            return True
        if self.clause.weekdays and not joined and self.at().role != "at":
            self.open_clause(self.link)
            return True
        if not joined and self.link == "" and self.at().role in {"verb", "at"}:
            return True
        self.questions.ask("sig.days-of-which", span)
        return False

    def _weekdays(self) -> tuple[tuple[Weekday, ...], bool]:
        """Read weekdays up to the last one, and tell whether several were linked."""
        named: list[Weekday] = []
        ends, many, single = self.place, 0, False
        while self.at().role == "weekday" or (named and self._links_days()):
            if self.at().role == "weekday":
                own = [Weekday(each) for each in self.at().value.split()]
                run = bool(named) and self.at(-1).role in {"dash", "to"}
                if run and self.at(-2).role != "weekday":
                    self._unclear_run()  # Monday, through Wednesday
                if run and (len(own) > 1 or not single):
                    self._unclear_run()  # Tue-Thu-Sat, MWF-Sun
                named.extend(_run(named.pop(), own[0]) if run else own)
                single = not run and len(own) == 1
                ends, many = self.place + 1, many + (not run)
            self.place += 1
        self.place = ends
        return tuple(named), many > 1

    def _unclear_run(self) -> None:
        self.questions.ask("sig.time-unclear", self.at(-2).span.joined(self.at().span))

    def _links_days(self) -> bool:
        """Tell whether the word here links weekdays: a comma, and, a slash; no full stop."""
        if self.at().role == "break":
            return self.questions.written(self.at().span) == ","
        if self.at().role in {"dash", "to"}:
            return self.at(1).role == "weekday"
        return self.at().role in _BETWEEN_DAYS

    def on_word(self) -> None:
        """Read `on` before weekdays or a number of days; before anything else it is unread."""
        counted = self.at(1).number is not None and self.at(2).role == "period"
        if self.at(-1).role not in _NOT_BEFORE and (counted or self.at(1).role == "weekday"):
            self.place += 1
        else:
            self.unread(self.place)

    def pause(self) -> None:
        """Read `skip weekends`, `off on Sundays`: all days of the week but these."""
        start = self.place
        self.place += 1
        self.skip("on", "skip", "for")
        named, joined = self._weekdays()
        roles = {self.role_at(each) for each in range(start, self.place)}
        if roles & {"and", "break"} and roles & {"dash", "to"}:
            self.questions.ask(
                "sig.days-of-which", self.span_from(start)
            )  # except Sunday, and Monday to Friday
        if not named:
            self.place = start
            self.unread(start)
        elif self._is_own(joined, self.span_from(start)):
            self._all_but(named, start)

    def _all_but(self, named: tuple[Weekday, ...], start: int) -> None:
        """Put all days of the week but these."""
        left = tuple(each for each in WEEK if each not in named)
        if left:
            self.put("weekdays", left, self.span_from(start))
        else:
            self.questions.ask("sig.time-unclear", self.span_from(start))

    def cycle(self, start: int, days: Length) -> bool:
        """Read `3 days on, 1 day off` from after its first number of days.

        Days off that are not said to come again may come once: they are asked about.
        """
        says_on = self.at().role == "on"
        weekly = self.at(-1).value == "week"
        place, off = self._days_off(self.place + says_on, 7 if weekly else 1)
        if off is None or days.high is not None:
            return False
        self.place = place
        again = self._again()
        span = self.span_from(start)
        on_and_off = days.days + off
        if on_and_off > _LONGEST_CYCLE:
            self.questions.ask("sig.not-countable", span)
        elif says_on or again or self.questions.ask("sig.days-off", span, (_AGAIN,)):
            if self.clause.days not in {None, 1}:
                self.questions.ask("sig.times-disagree", span)  # weekly, 3 days on, 4 days off
            if self.clause.days == 1:
                self.clause.days = None  # daily, 3 days on, 1 off
            self.put("days", on_and_off, span)
            if self.clause.days == on_and_off:
                self.put("days_on", days.days, span)
        return True

    def _days_off(self, place: int, scale: int) -> tuple[int, int | None]:
        """Give the place after days off and how many they are; None when none are written.

        A bare number is of the same days or weeks as those on, `scale` days each: 3 weeks on, 1 off.
        """
        while self.role_at(place) in _LINKS:
            place += 1
        before = self.role_at(place) == "pause"
        if before:
            place += 1
            while self.role_at(place) in {"for", "skip", "a"}:
                place += 1
        many = self.peek(place)
        number = many.number or (1 if many.role == "a" else None)
        if number is None or number.denominator != 1:
            return place, None
        place += 1
        period = self.peek(place)
        days = {"day": 1, "night": 1, "week": 7}.get(period.value, 0)
        if period.role == "period":
            place += 1
        elif not before:
            days = scale
        after = self.role_at(place) == "pause"
        if not days or not (before or after):
            return place, None
        return place + (0 if before else 1), int(number) * days

    def _again(self) -> bool:
        """Read `and repeat` after days off."""
        place = self.place
        while self.role_at(place) in _LINKS:
            place += 1
        if self.role_at(place) != "repeat":
            return False
        self.place = place + 1
        if self.at().role in {"once", "count", "number"}:  # repeat twice
            self.questions.ask("sig.not-countable", self.span_from(place))
        return True

    def days_a_week(self, many: int, start: int) -> None:
        """Put so many days of each week, the days left to the patient."""
        span = self.span_from(start)
        if not 0 < many <= 7:
            self.questions.ask("sig.not-countable", span)
        elif many in {1, 7}:
            self.put("days", {1: 7, 7: 1}[many], span)
        else:
            self.put("a_week", many, span)


def _run(first: Weekday, last: Weekday) -> tuple[Weekday, ...]:
    """Give the weekdays from one to another, over the end of the week where need be."""
    begins, ends = WEEK.index(first), WEEK.index(last)
    return tuple(WEEK[(begins + far) % 7] for far in range((ends - begins) % 7 + 1))
