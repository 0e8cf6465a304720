"""Rules: how a dose grows or shrinks, read into the clause that carries the rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from labelapp.rx.amount import Amount, decimal_of, number
from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import Growth, Written
from labelapp.sig.clauses.dosed import Dosed

_UP_TO = {"to", "upto", "until", "most", "open"}
_SILENT = ("skip", "a", "go-on")


@dataclass
class _Rule:
    """What a rule says besides its amount, as far as it is read."""

    days: int | None = None
    ceiling: Written | None = None
    ends: bool = False
    clear: bool = True
    conditions: list[str] = field(default_factory=list)


class Ruled(Dosed):
    """Reads increase and decrease; `stops` says that the writer ends the sig."""

    stops: bool = False

    def increase(self) -> None:
        """Read `increase by ... every ... to ...` as growth, `increase to ...` as the next step.

        `titrate to` and `increase up to` say that steps lie between without saying which.
        """
        start, gradual = self.place, self.at().value == "gradually"
        conditions = self._conditions()
        if self._is_by():
            self._change(start, conditions, shrinks=False)
        elif self.at().role in {"to", "upto"}:
            gradual = gradual or self.at().role == "upto"
            self.place += 1
            self._step_up(start, conditions, gradual=gradual)
            self.clause.rises = True
        elif self.at().number is not None and not gradual:
            self._change(start, conditions, shrinks=False)
        else:
            self.unread(start)

    def decrease(self) -> None:
        """Read `decrease by ... every ...` as a taper, `decrease to ...` as the next step."""
        start, gradual = self.place, self.at().value == "gradually"
        conditions = self._conditions()
        if self._is_by():
            self._change(start, conditions, shrinks=True)
        elif self.at().role == "to":
            self.place += 1
            self._step_up(start, conditions, gradual=gradual)
            self.clause.rises = False
        else:
            self.place = start
            self.unread(start)

    def _conditions(self) -> list[str]:
        """Read the words a change hangs on: increase as tolerated by ..."""
        found: list[str] = []
        self.place += 1
        while self.at().role in {"skip", "condition"}:
            if self.at().role == "condition":
                found.append(self.at().meaning)
            self.place += 1
        return found

    def _is_by(self) -> bool:
        """Tell whether `by` and an amount come, perhaps after how often: every 7 days by 1.5 mg."""
        far = 0
        while self.at(far).role in {"every", "number", "period", "days", "rate"} and far < 4:
            far += 1
        return self.at(far).role == "by"

    def _step_up(self, start: int, conditions: list[str], *, gradual: bool) -> None:
        if gradual:
            self.questions.ask("sig.increase-unclear", self.span_from(start))
        if not any(each.is_dosed for each in self.clauses) and self.clause.says_anything:
            self.questions.ask("sig.increase-unclear", self.span_from(start))  # from what
        if self.clause.is_dosed:
            self.open_clause("then")
        self.clause.conditions.extend(conditions)

    def _change(self, start: int, conditions: list[str], *, shrinks: bool) -> None:
        open_before = self.questions.open_count
        rule = _Rule(conditions=conditions)
        if self.at().role in {"every", "days", "rate"}:
            self._how_often(rule)
        self.place += self.at().role == "by"
        by = self.written()
        self._rest(rule)
        span = self.span_from(start)
        asked = self.questions.open_count > open_before
        if by is not None and by.kind == "bare" and by.low < 1:  # by half: of what was taken, or ½
            rule.clear = False
        by, to = self._one_of(by), self._one_of(rule.ceiling)
        if to is not None and to.low == 0:
            to, rule.ends = None, True
        if rule.days is None and by is not None and to is not None and rule.clear:
            rule.days = self._as_before(span)
        unsaid = to is None and not (shrinks and rule.ends)
        if unsaid or not rule.clear or by is None or rule.days is None:
            if not asked and self.questions.open_count == open_before:
                self.questions.ask("sig.increase-unclear", span)
            self.clause.in_doubt = True
            return
        follows = not self.clause.is_dosed
        if self.clause.is_dosed:
            self.open_clause("then")
        self.stops = self.stops or rule.ends
        self.clause.growth = Growth(
            by, rule.days, to, span, follows, shrinks=shrinks, conditions=tuple(rule.conditions)
        )

    def _as_before(self, span: Span) -> int | None:
        """Ask whether a change without an interval comes as often as the steps before it change."""
        ran = [each.length for each in self.clauses if each.length is not None]
        if not ran or len(set(ran)) > 1 or ran[0].high is not None:
            return None
        often = f"every {ran[0].days} days"
        answer = self.questions.ask("sig.increase-interval", span, (often,), often=often)
        return ran[0].days if answer else None

    def _one_of(self, written: Written | None) -> Written | None:
        """Ask which amount of a range is meant: increase by 0.5 to 1 mg."""
        if written is None or written.high is None:
            return written
        offered = {self._said(written, each): each for each in (written.low, written.high)}
        answer = self.questions.ask("sig.increase-range", written.span, tuple(offered))
        return replace(written, low=offered[answer], high=None) if answer else None

    def _said(self, written: Written, value: Fraction) -> str:
        exact = decimal_of(value)
        if exact is None:
            return str(value)
        return number(exact) if written.unit is None else str(Amount(exact, written.unit))

    def _rest(self, rule: _Rule) -> None:
        """Read how often and up to what a dose changes; unclear when either is said in two ways.

        What is daily before the ceiling may be the dose or the interval; after it, when the
        interval stands already, it is how often the dose is taken and left for the clause.
        """
        start = -1
        while self.place > start:
            start = self.place
            self.skip(*_SILENT)
            role = self.at().role
            if role in {"days", "rate", "every"}:
                if rule.ceiling is not None and rule.days is not None and self.at().value == "1":
                    break
                self._how_often(rule)
            elif role == "break" and self.at(1).role in {"most", "most-day", "until", "upto"}:
                self.place += 1
            elif role == "condition":
                rule.conditions.append(self.at().meaning)
                self.place += 1
            elif not self._ended(rule):
                self._limited(rule)

    def _how_often(self, rule: _Rule) -> None:
        """Read how often the dose changes: weekly, every 7 days; said twice it must be the same."""
        if self.at().role == "every":
            again = self._every_days()
        else:
            again = int(self.at().value)
            self.place += 1
        known = again is not None and again > 1
        rule.clear = rule.clear and (again is None or known) and rule.days in {None, again}
        rule.days = again or rule.days

    def _limited(self, rule: _Rule) -> None:
        role = self.at().role
        if role not in _UP_TO or (rule.ceiling and role in {"most", "open"}):
            return
        first, rule.ceiling = rule.ceiling, self._ceiling() or rule.ceiling
        rule.clear = rule.clear and (first is None or _alike(first, rule.ceiling))

    def _ended(self, rule: _Rule) -> bool:
        """Read `then stop`, `until off`: the change goes on until nothing is left."""
        place, until = self.place, False
        while self.peek(place).role in {"then", "until", "to", "break", "and"}:
            until = until or self.peek(place).role == "until"
            place += 1
        ends = {"stop", "pause"} if until else {"stop"}
        if place == self.place or self.peek(place).role not in ends:
            return False
        if self.peek(place + 1).role not in {"end", "break"}:  # skip Sundays, stop on Monday
            return False
        self.place, rule.ends = place + 1, True
        return True

    def _ceiling(self) -> Written | None:
        start, self.place = self.place, self.place + 1
        self.skip(
            "skip", "a", "most", "most-day", "to", "break", "upto", "verb-none", "go-on", "verb"
        )
        counts = self.at(1).role == "times"  # up to 2 times a day is no amount
        found = None if counts else self.written()
        if found is None:
            self.place = start
        return found

    def _every_days(self) -> int | None:
        self.place += 1
        if self.at().role == "order":  # every first week
            return None
        every = self.length()
        return every.days if every is not None and every.high is None else None


def _alike(first: Written, second: Written | None) -> bool:
    return second is not None and (first.low, first.kind, first.unit) == (
        second.low,
        second.kind,
        second.unit,
    )
