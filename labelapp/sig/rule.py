"""Rules: how a dose grows or shrinks, read into the clause that carries the rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction

from labelapp.rx.amount import Amount, decimal_of, number
from labelapp.rx.finding import Span
from labelapp.sig.clause import Growth, Written
from labelapp.sig.dosed import Dosed

_UP_TO = {"to", "upto", "until", "most", "open"}
_SILENT = ("skip", "a", "order", "verb-none", "go-on")


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
        if self.at().role == "by":
            self.place += 1
            self._change(start, conditions, shrinks=False)
        elif self.at().role in {"to", "upto"}:
            gradual = gradual or self.at().role == "upto"
            self.place += 1
            self._step_up(start, conditions, gradual=gradual)
        elif self.at().number is not None and not gradual:
            self._change(start, conditions, shrinks=False)
        else:
            self.unread(start)

    def decrease(self) -> None:
        """Read `decrease by ... every ...` as a taper, `decrease to ...` as the next step."""
        start, gradual = self.place, self.at().value == "gradually"
        conditions = self._conditions()
        if self.at().role == "by":
            self.place += 1
            self._change(start, conditions, shrinks=True)
        elif self.at().role == "to":
            self.place += 1
            self._step_up(start, conditions, gradual=gradual)
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

    def _step_up(self, start: int, conditions: list[str], *, gradual: bool) -> None:
        if gradual:
            self.questions.ask("sig.increase-unclear", self.span_from(start))
        if self.clause.is_dosed:
            self.open_clause("then")
        self.clause.conditions.extend(conditions)

    def _change(self, start: int, conditions: list[str], *, shrinks: bool) -> None:
        open_before = self.questions.open_count
        by, rule = self.written(), _Rule(conditions=conditions)
        self._rest(rule)
        span = self.span_from(start)
        asked = self.questions.open_count > open_before
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
            if role in {"days", "rate"}:
                if rule.ceiling is not None and rule.days is not None and self.at().value == "1":
                    break
                self._interval_word(rule)
            elif role == "every":
                found = self._every_days()
                rule.clear = rule.clear and rule.days in {None, found}
                rule.days = found or rule.days
            elif role == "condition":
                rule.conditions.append(self.at().meaning)
                self.place += 1
            elif not self._ended(rule):
                self._limited(rule)

    def _interval_word(self, rule: _Rule) -> None:
        again = int(self.at().value)
        self.place += 1
        rule.clear = rule.clear and rule.days in {None, again} and again > 1
        rule.days = again

    def _limited(self, rule: _Rule) -> None:
        role = self.at().role
        if role not in _UP_TO or (rule.ceiling and role in {"most", "open"}):
            return
        first, rule.ceiling = rule.ceiling, self._ceiling() or rule.ceiling
        rule.clear = rule.clear and (first is None or _alike(first, rule.ceiling))

    def _ended(self, rule: _Rule) -> bool:
        """Read `then stop`, `until off`: the change goes on until nothing is left."""
        place = self.place
        while self.at(place - self.place).role in {"then", "until", "to", "break", "and"}:
            place += 1
        if place == self.place or self.at(place - self.place).role not in {"stop", "pause"}:
            return False
        self.place, rule.ends = place + 1, True
        return True

    def _ceiling(self) -> Written | None:
        self.place += 1
        self.skip(
            "skip", "a", "most", "most-day", "to", "break", "upto", "verb-none", "go-on", "verb"
        )
        return self.written()

    def _every_days(self) -> int | None:
        self.place += 1
        every = self.length()
        return every.days if every is not None and every.high is None else None


def _alike(first: Written, second: Written | None) -> bool:
    return second is not None and (first.low, first.kind, first.unit) == (
        second.low,
        second.kind,
        second.unit,
    )
