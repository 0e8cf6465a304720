"""Amounts: how much at one time, its weight, and an increase of it, read into clauses."""

from __future__ import annotations

from fractions import Fraction

from labelapp.rx.amount import Unit
from labelapp.sig.clause import IN_MG, Growth, Written
from labelapp.sig.timed import Timed

AFTER_BARE = frozenset(
    {
        "route", "when", "night", "count", "days", "hours", "every", "once", "prn", "prn-for",
        "meal", "break", "and", "then", "end", "for", "passive", "length", "open", "per",
        "formword", "go-on", "rate", "close-paren", "kept", "directed", "skip", "most", "most-day", "drug",
        "after", "window", "dash",
    }
)  # fmt: skip
"""What may follow an amount without a unit (`1 po qd`); after other words it is unclear."""


_UP_TO = {"to", "upto", "until", "most", "open"}


class Dosed(Timed):
    """Reads what speaks of amounts. `unit` and `mg_in_one` are the form's unit and what it holds.

    `link` is what stood since the last clause; `fresh` is true right after an amount, where
    another unit can only say the same amount again: 1 capsule (4.5 mg).
    """

    unit: Unit | None
    mg_in_one: Fraction | None
    link: str
    fresh: bool

    def number(self) -> None:
        """Read a number by what follows it: times a day, days, or an amount."""
        if self._strength_named() or self.clock():
            return
        start = self.place
        ahead = self._role_after_numbers()
        if ahead == "times":
            self.times()
        elif ahead == "period":
            self._bare_length(start)
        else:
            self._amount(start)

    def _role_after_numbers(self) -> str:
        at = 1
        while self.at(at).role in {"number", "dash", "to", "or"} and at < 4:
            if self.at(at).role == "number" and self.at(at - 1).role == "number":
                break
            at += 1
        return self.at(at).role

    def _bare_length(self, start: int) -> None:
        if not self.counted_length():
            self.range()
            self.unread(start)

    def _amount(self, start: int) -> None:
        dose = self.written()
        if dose is None:
            return
        if dose.kind == "mass" and self._per_unit(dose):
            return
        if dose.kind == "mass" and self.at().role in {"unit", "pill"}:
            self._weight_of_unit(dose)
        elif dose.kind == "bare" and (self.at().role not in AFTER_BARE or self.at().number):
            self.unread(start)
        else:
            self._take(dose)

    def _take(self, dose: Written) -> None:
        """Put an amount into the open clause, as its dose, as its weight, or into a new clause."""
        first = self.clause.dose
        if first is not None and self.fresh and self.clause.weight is None:
            if (first.kind, dose.kind) in {("unit", "mass"), ("pill", "mass"), ("bare", "mass")}:
                self.clause.weight = dose
                return
            if (first.kind, dose.kind) in {("mass", "unit"), ("mass", "pill")}:
                self.clause.weight, self.clause.dose = first, dose
                return
        if self.clause.is_dosed and dose.kind == "bare" and not self.link:
            self.questions.ask("sig.unread", dose.span)
            return
        if self.clause.is_dosed:
            self.open_clause(self.link)
        self.clause.dose = dose
        self.fresh = True

    def _strength_named(self) -> bool:
        """Read `one 4.5 mg capsule`: a count, and the strength that must be the drug's own."""
        roles = [self.at(distance).role for distance in range(4)]
        if roles != ["number", "number", "mass", "unit"]:
            return False
        start, count = self.place, self.at().number or Fraction(0)
        self.place += 1
        weight = self.written()
        unit = Unit(self.at().value)
        self.place += 1
        span = self.span_from(start)
        if weight is None or self._in_mg(weight) != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", span)
        else:
            self._take(Written(count, None, "unit", unit, span))
        return True

    def _weight_of_unit(self, dose: Written) -> None:
        """Read `4.5 mg capsule` without a count: one unit, if the drug has that strength."""
        span = dose.span.joined(self.at().span)
        self.place += 1
        if dose.high is not None or self._in_mg(dose) != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", span)
        else:
            self._take(Written(dose.low, None, "mass", dose.unit, span))

    def _per_unit(self, dose: Written) -> bool:
        """Read `1.5 mg/capsule` or `5 mg/5 mL` as the strength, which must be the drug's own."""
        if self.at().role != "per" or self.at(1).role not in {"unit", "number", "pill", "a"}:
            return False
        self.place += 1
        over = self.at().number
        if over is not None:
            self.place += 1
        own = self.at().role == "pill" or self.at().value == self.unit
        if self.at().role in {"unit", "pill"}:
            self.place += 1
        mg = self._in_mg(dose) if dose.high is None else None
        if mg is None or not own or mg / (over or 1) != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", dose.span.joined(self.at(-1).span))
        return True

    def _in_mg(self, dose: Written) -> Fraction | None:
        return dose.low * IN_MG[dose.unit] if dose.unit in IN_MG else None

    def a(self) -> None:
        """Read `a capsule` as one; before anything else the word is silent."""
        if self.at(1).role not in {"unit", "pill"}:
            self.place += 1
            return
        token = self.at(1)
        unit = Unit(token.value) if token.role == "unit" else None
        self.place += 2
        self._take(
            Written(Fraction(1), None, token.role, unit, self.at(-2).span.joined(token.span))
        )

    def increase(self) -> None:
        """Read `increase by ... every ... to ...` as growth, `increase to ...` as the next step.

        `titrate to` and `increase up to` say that steps lie between without saying which.
        """
        start, gradual = self.place, self.at().value == "gradually"
        self.place += 1
        self.skip("skip")
        if self.at().role == "by":
            self.place += 1
            self._grow(start)
        elif self.at().role in {"to", "upto"}:
            gradual = gradual or self.at().role == "upto"
            self.place += 1
            self._step_up(start, gradual=gradual)
        else:
            self.unread(start)

    def decrease(self) -> None:
        """Read `decrease to ...` as the next step; a decrease by an amount is unread."""
        start, gradual = self.place, self.at().value == "gradually"
        if self.at(1).role == "to":
            self.place += 2
            self._step_up(start, gradual=gradual)
        else:
            self.unread(start)

    def _step_up(self, start: int, *, gradual: bool) -> None:
        if gradual:
            self.questions.ask("sig.increase-unclear", self.span_from(start))
        if self.clause.is_dosed:
            self.open_clause("then")

    def _grow(self, start: int) -> None:
        by = self.written()
        days, ceiling, clear = self._rule()
        span = self.span_from(start)
        vague = by is None or by.high or ceiling is None or ceiling.high or days is None
        if vague or not clear or by is None or ceiling is None or days is None:
            self.questions.ask("sig.increase-unclear", span)
            return
        follows = not self.clause.is_dosed
        if self.clause.is_dosed:
            self.open_clause("then")
        self.clause.growth = Growth(by, days, ceiling, span, follows)

    def _rule(self) -> tuple[int | None, Written | None, bool]:
        """Read how often and up to what a dose grows; False when either is said in two ways.

        What is daily before the ceiling may be the dose or the interval; after it, when the
        interval stands already, it is how often the dose is taken and left for the clause.
        """
        days: int | None = None
        ceiling: Written | None = None
        clear, start = True, -1
        while self.place > start:
            start = self.place
            self.skip("skip", "a", "order", "verb-none", "go-on")
            if self.at().role in {"days", "rate"}:
                if ceiling is not None and days is not None and self.at().value == "1":
                    break
                again = int(self.at().value)
                self.place += 1
                clear = clear and days in {None, again} and again > 1
                days = again
            elif self.at().role == "every":
                found = self._every_days()
                clear = clear and days in {None, found}
                days = found or days
            elif self.at().role in _UP_TO and not (ceiling and self.at().role in {"most", "open"}):
                first, ceiling = ceiling, self._ceiling() or ceiling
                clear = clear and (first is None or _alike(first, ceiling))
        return days, ceiling, clear

    def _ceiling(self) -> Written | None:
        self.place += 1
        self.skip("skip", "a", "most", "to", "break", "upto", "verb-none", "go-on")
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
