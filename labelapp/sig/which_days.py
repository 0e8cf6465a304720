"""Which days: weekdays, days on and off, and so many days a week."""

from __future__ import annotations

from labelapp.rx.directions import Length
from labelapp.rx.timing import WEEK, Weekday
from labelapp.sig.context import Token
from labelapp.sig.filling import SLASH
from labelapp.sig.hours import Hours

_LINKS = {"break", "and", "then", "dash", SLASH}
_BETWEEN_DAYS = {"break", "and", "skip", SLASH, "every", "on"}
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
        """Read a list of weekdays: Monday, Wednesday and Friday; Monday to Friday."""
        start = self.place
        if self.at(-1).role in _NOT_BEFORE:  # starting on Monday, until Friday
            self.place += 1
            self.questions.ask("sig.unread", self.span_from(start - 1))
            return
        named = self._weekdays()
        last = self.at(-1)
        if self.at().role in {"dash", "to"} and self.at(1).role == "weekday":
            self.place += 1
            until = self._weekdays()
            named = _run(named[-1:], until[:1]) if len(named) == len(until) == 1 else ()
        span = self.tokens[start].span.joined(self.at(-1).span)
        if not named or last.role != "weekday":
            self.questions.ask("sig.time-unclear", span)
            return
        self.put("weekdays", tuple(each for each in WEEK if each in named), span)

    def _weekdays(self) -> tuple[Weekday, ...]:
        """Read weekdays up to the last one; what links them goes with them."""
        named: list[Weekday] = []
        ends = self.place
        while self.at().role == "weekday" or (named and self.at().role in _BETWEEN_DAYS):
            if self.at().role == "weekday":
                named.extend(Weekday(each) for each in self.at().value.split())
                ends = self.place + 1
            self.place += 1
        self.place = ends
        return tuple(named)

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
        named = self._weekdays()
        if not named or len(named) > 6:
            self.place = start
            self.unread(start)
            return
        left = tuple(each for each in WEEK if each not in named)
        self.put("weekdays", left, self.span_from(start))

    def cycle(self, start: int, days: Length) -> bool:
        """Read `3 days on, 1 day off` from after its first number of days.

        Days off that are not said to come again may come once: they are asked about.
        """
        says_on = self.at().role == "on"
        place, off = self._days_off(self.place + says_on)
        if off is None or days.high is not None:
            return False
        self.place = place
        self.skip("period")
        again = self._again()
        span = self.span_from(start)
        on_and_off = days.days + off
        if on_and_off > _LONGEST_CYCLE:
            self.questions.ask("sig.not-countable", span)
        elif says_on or again or self.questions.ask("sig.days-off", span, (_AGAIN,)):
            self.put("days_on", days.days, span)
            self.put("days", on_and_off, span)
        return True

    def _days_off(self, place: int) -> tuple[int, int | None]:
        """Give the place after days off and how many they are; None when none are written."""
        while self._role(place) in _LINKS:
            place += 1
        before = self._role(place) == "pause"
        if before:
            place += 1
            while self._role(place) in {"for", "skip", "a"}:
                place += 1
        many = self._peek(place)
        number = many.number or (1 if many.role == "a" else None)
        if number is None or number.denominator != 1:
            return place, None
        place += 1
        period = self._peek(place)
        days = {"day": 1, "night": 1, "week": 7}.get(period.value, 0)
        if period.role == "period":
            place += 1
        elif not before:
            days = 1  # 3 on, 1 off
        after = self._role(place) == "pause"
        if not days or not (before or after):
            return place, None
        return place + (0 if before else 1), int(number) * days

    def _again(self) -> bool:
        """Read `and repeat` after days off."""
        place = self.place
        while self._role(place) in _LINKS:
            place += 1
        if self._role(place) != "repeat":
            return False
        self.place = place + 1
        return True

    def _role(self, place: int) -> str:
        return self._peek(place).role

    def _peek(self, place: int) -> Token:
        return self.at(place - self.place)

    def days_a_week(self, many: int, start: int) -> None:
        """Put so many days of each week, the days left to the patient."""
        span = self.span_from(start)
        if not 0 < many <= 7:
            self.questions.ask("sig.not-countable", span)
        elif many == 7:
            self.put("days", 1, span)
        else:
            self.put("a_week", many, span)


def _run(first: tuple[Weekday, ...], last: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    """Give the weekdays from one to another, over the end of the week where need be."""
    begins, ends = WEEK.index(first[0]), WEEK.index(last[0])
    return tuple(WEEK[(begins + far) % 7] for far in range((ends - begins) % 7 + 1))
