"""The ceiling: how much a patient may take in one day at most."""

from __future__ import annotations

from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import Written
from labelapp.sig.clauses.conditions import Conditioned
from labelapp.sig.clauses.context import Token

OF_TIME = frozenset(
    {"when", "night", "count", "once", "days", "rate", "hours", "weekday", "between", "at", "upto"}
)
"""Words that say when; after a length and a comma they may be a stage of their own."""

_MAY_BE_CEILINGS = OF_TIME | {"length", "meal", "for", "every", "on", "prn", "condition", "manner"}
_BESIDE = frozenset({"meal", "condition", "manner"})
"""Words that are the dose's when a comma parts them from its ceiling."""


class Limited(Conditioned):
    """Reads max 3 capsules per day; two ceilings that differ are a contradiction."""

    most: Written | None
    most_spans: tuple[Span, ...]
    after_most = False

    def may_be_ceilings(self, token: Token) -> bool:
        """Tell whether a word may be said of the ceiling before it: max 3 a day for 14 days."""
        parted = token.role in _BESIDE and self.at(-1).role == "break"
        return self.after_most and token.role in _MAY_BE_CEILINGS and not parted

    def pass_ceiling(self, token: Token) -> None:
        """Stand behind a ceiling, or behind a comma after it; any other word ends that."""
        comma = token.role == "break" and self.questions.written(token.span) == ","
        self.after_most = token.role in {"most", "most-day"} or (self.after_most and comma)

    def ceiling(self) -> None:
        """Read how much at most in one day; a ceiling of anything else is unclear."""
        start, daily = self.place, self.at().role == "most-day"
        self.place += 1
        self.skip("skip", "upto", "a", "to")
        most = self.written()
        for _ in range(3):
            if self.at().role == "in-day" or (
                self.at().role in {"days", "rate"} and self.at().value == "1"
            ):
                daily = True
                self.place += 1
            elif self.at().role == "per" and self.at(1).role == "period":
                daily = daily or self.at(1).value == "day"
                self.place += 2
        span = self.span_from(start)
        if most is None or most.high is not None or not daily:
            self.questions.ask("sig.most-unclear", span)
        elif self.most is None or self.most.kind == "bare":
            self._agree(self.most, most)
            self.most, self.most_spans = most, (span,)
        else:
            self._agree(self.most, most)

    def _agree(self, first: Written | None, second: Written) -> None:
        """Ask when two ceilings are written that are not the same."""
        if first is None:
            return
        same_unit = "bare" in {first.kind, second.kind} or first.unit == second.unit
        if first.low != second.low or not same_unit:
            one, other = (self.questions.written(each.span) for each in (first, second))
            self.questions.ask("sig.contradiction", second.span, first=one, second=other)
