"""The cursor: reads an amount, a length or a time of the directions from where it stands."""

from __future__ import annotations

from fractions import Fraction

from labelapp.rx.amount import Amount, Unit, decimal_of
from labelapp.rx.directions import Length
from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import Window, Written
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.questions import Questions

_END = Token("end", Span(0, 0))
_DAYS = {"day": 1, "night": 1, "week": 7}
_LONGEST_DAYS = 999


class Cursor:
    """Stands in the tokens of one text and reads forward, or stays where it is and gives None."""

    def __init__(self, tokens: tuple[Token, ...], questions: Questions) -> None:
        self.tokens = tokens
        self.questions = questions
        self.place = 0

    def at(self, distance: int = 0) -> Token:
        """Give the token so far ahead; beyond the last one an end."""
        place = self.place + distance
        return self.tokens[place] if 0 <= place < len(self.tokens) else _END

    def skip(self, *roles: str) -> None:
        """Step over tokens of these roles."""
        while self.at().role in roles:
            self.place += 1

    def span_from(self, place: int) -> Span:
        """Give the span of what was read since a place."""
        last = max(place, self.place - 1)
        return self.tokens[place].span.joined(self.tokens[last].span)

    def range(self) -> tuple[Fraction, Fraction | None] | None:
        """Read a number or a range: 1, 1-2, 1 to 2, 1 or 2. Two connections are one too many."""
        start, low = self.place, self.at().number
        if low is None:
            return None
        self.place += 1
        if self.at().role not in {"dash", "to", "or"} or self.at(1).number is None:
            return low, None
        high = self.at(1).number
        self.place += 2
        tangled = self.at().role in {"dash", "to", "or"} and self.at(1).number is not None
        if tangled or high is None or high <= low:
            if tangled:
                self.place += 2
            self.questions.ask("sig.range-unclear", self.span_from(start))
            return None
        return low, high

    def written(self) -> Written | None:
        """Read an amount with its unit, if one stands there: 2 capsules, 4.5 mg, half a tablet."""
        start, numbers = self.place, self.range()
        if numbers is None:
            return None
        low, high = numbers
        if self.at(1).role in {"unit", "mass", "pill"}:
            self.skip("skip")  # two of the capsules
        kind, unit = self._unit()
        if kind == "house":
            return self._household(start, low)
        return Written(low, high, kind, unit, self.span_from(start))

    def _unit(self) -> tuple[str, Unit | None]:
        token = self.at()
        if token.role in {"unit", "mass"}:
            self.place += 1
            return token.role, Unit(token.value)
        if token.role in {"pill", "house"}:
            self.place += 1
            return token.role, None
        return "bare", None

    def _household(self, start: int, low: Fraction) -> Written | None:
        """Ask for mL in place of a household measure, which no label may carry."""
        span = self.span_from(start)
        exact = decimal_of(low * int(self.tokens[self.place - 1].value))
        choices = (str(Amount(exact, Unit.ML)),) if exact is not None else ()
        if exact is None or self.questions.ask("sig.household-measure", span, choices) is None:
            return None
        return Written(Fraction(exact), None, "unit", Unit.ML, span)

    def length(self) -> Length | None:
        """Read how long: 14 days, a week, the first 7 days.

        A range or a month is a question; until it is answered both ends are kept.
        """
        start = self.place
        self.skip("order", "skip")
        if self._a_period():
            return Length(int(self.at(-1).value))
        if self.at().role == "a" and self.at(1).role == "period":
            self.place += 1
            numbers: tuple[Fraction, Fraction | None] | None = (Fraction(1), None)
        elif self.at().role == "period" and self.tokens[max(start, 0)].role == "order":
            numbers = (Fraction(1), None)  # for the first week
        else:
            numbers = self.range()
        if numbers is None or self.at().role != "period":
            self.place = start
            return None
        period = self.at().value
        self.place += 1
        return self._days(numbers, period, self.span_from(start))

    def _a_period(self) -> bool:
        """Read `a week` after `for`, where it is a length and not how often."""
        spoken = self.at().role == "rate" and self.at(-1).role in {"for", "after", "order"}
        self.place += spoken
        return spoken

    def _days(
        self, numbers: tuple[Fraction, Fraction | None], period: str, span: Span
    ) -> Length | None:
        low, high = numbers
        if period == "month":
            offered = {f"{int(low * 30) + more} days": int(low * 30) + more for more in (-2, 0, 1)}
            offered = {} if high or low != 1 else offered
        else:
            scale = _DAYS.get(period, 0)
            offered = {_in_days(each * scale): int(each * scale) for each in (low, high or low)}
            if high is None and _is_whole(low * scale):
                return Length(int(low * scale))
            if not all(_is_whole(each * scale) for each in (low, high or low)):
                offered = {}
        answer = self.questions.ask("sig.length-unclear", span, tuple(offered))
        if answer:
            return Length(offered[answer])
        return Length(min(offered.values()), max(offered.values())) if offered else None

    def window(self) -> Window | None:
        """Read named days after `day` or `week`: 1 to 14, 15 and after, 5+. None when unclear."""
        start, period = self.place, self.at().value
        self.place += 1
        first = self.at().number
        if first is None or period not in _DAYS or not _is_whole(first):
            self.place = start
            return None
        self.place += 1
        last: Fraction | None = first
        if self.at().role in {"dash", "to", "and"} and self.at(1).number is not None:
            last = self.at(1).number
            if self.at().role == "and" and last != first + 1:  # days 1 and 15 are two days
                last = first - 1
            self.place += 2
        elif self.at().role in {"onward", "open"}:
            last = None
            self.place += 1
        if last is not None and (not _is_whole(last) or last < first):
            self.questions.ask("sig.range-unclear", self.span_from(start))
            return None
        scale = _DAYS[period]
        end = None if last is None else int(last) * scale
        return Window((int(first) - 1) * scale + 1, end)


def _in_days(days: Fraction) -> str:
    return "1 day" if days == 1 else f"{days} days"


def _is_whole(days: Fraction) -> bool:
    return days.denominator == 1 and 0 < days <= _LONGEST_DAYS
