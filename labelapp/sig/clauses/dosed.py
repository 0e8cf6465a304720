"""Amounts: how much at one time, and its weight, read into clauses."""

from __future__ import annotations

from fractions import Fraction

from labelapp.rx.amount import Unit
from labelapp.rx.directions import Length
from labelapp.sig.clauses.clause import IN_MG, Written
from labelapp.sig.clauses.timed import Timed

AFTER_BARE = frozenset(
    {
        "route", "when", "night", "count", "days", "hours", "every", "once", "prn", "prn-for",
        "meal", "break", "and", "then", "end", "for", "passive", "length", "open", "per",
        "formword", "go-on", "rate", "close-paren", "kept", "directed", "skip", "most", "most-day", "drug",
        "after", "window", "dash", "weekday", "on", "between", "condition", "manner", "stop", "upto", "half-day", "asked",
    }
)  # fmt: skip
"""What may follow an amount without a unit (`1 po qd`); after other words it is unclear."""


_WITH_WEIGHT = {("unit", "mass"), ("pill", "mass"), ("bare", "mass")}
_WITH_COUNT = {("mass", "unit"), ("mass", "pill")}


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
        if ahead == "on" and self._on_and_off(start):
            return
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

    def _on_and_off(self, start: int) -> bool:
        """Read `3 on, 1 off`; before a weekday the number is something else."""
        many = self.at().number
        counted = self.at(-1).role == "period" or not many  # 5 days 3 on, 0 on
        if many is None or many.denominator != 1 or counted or self.at(1).role != "on":
            return False
        self.place += 1
        if self.cycle(start, Length(int(many))):
            return True
        self.place = start
        return False

    def _bare_length(self, start: int) -> None:
        if self._is_lead() and self.lead():
            return
        if not self.counted_length():
            self.range()
            self.unread(start)

    def _equation(self, dose: Written, start: int) -> bool:
        """Read `3 mL = 150 mg` after a dose: what the drug's own strength must say too."""
        equals = self.at().role == "skip" and self.questions.written(self.at().span) == "="
        if not (equals and self.clause.is_dosed and not self.fresh and dose.kind == "unit"):
            return False
        self.place += 1
        weight = self.written()
        mg = self.in_mg(weight) if weight is not None and weight.high is None else None
        own = None if self.mg_in_one is None else dose.low * self.mg_in_one
        if mg is None or dose.unit != self.unit or mg != own:
            self.questions.ask("sig.strength-disagrees", self.span_from(start))
        return True

    def _nothing_follows(self) -> bool:
        marks = self.at().role == "break" and self.at(1).role == "end"
        return marks or self.at().role == "end"

    def _may_weigh(self, dose: Written) -> bool:
        """Tell whether a bare number may be mg: 4.5 qhs, or the strength of one piece again."""
        own = self.mg_in_one not in {None, 1} and dose.low == self.mg_in_one
        return own or "." in self.questions.written(dose.span)

    def _is_lead(self) -> bool:
        """Tell whether minutes or hours follow, which no dose is taken for."""
        far = next((far for far in range(1, 5) if self.at(far).role == "period"), 0)
        return bool(far) and self.at(far).value in {"minute", "hour"}

    def _amount(self, start: int) -> None:
        dose = self.written()
        if dose is None:
            return
        if dose.kind == "mass" and (self._per_unit(dose) or self._of_each(dose, start)):
            return
        if self._equation(dose, start):
            return
        if dose.kind == "mass" and self.at().role in {"unit", "pill"}:
            self._weight_of_unit(dose)
        elif dose.kind == "bare" and (self.at().role not in AFTER_BARE or self.at().number):
            self.unread(start)
        elif dose.kind == "bare" and self.clause.has_time and self._nothing_follows():
            self.unread(start)  # at bedtime 8
        elif dose.kind == "bare" and self._may_weigh(dose):
            self.questions.ask("sig.no-unit", dose.span)
        else:
            self._take(dose)

    def _take(self, dose: Written) -> None:
        """Put an amount into the open clause, as its dose, as its weight, or into a new clause."""
        if self._says_again(dose):
            return
        if self._leads_total and (self.clause.is_dosed or self.clause.has_time):
            self.questions.ask("sig.unread", dose.span)  # for 7 days, total 7 capsules
            return
        bare = dose.kind == "bare" and self.link != "then"
        if self.clause.is_dosed and bare and not self._begins_step():
            self.questions.ask("sig.unread", dose.span)
            return
        if self.clause.is_dosed:
            self.open_clause(self.link)
        if self._borrows():
            self.questions.ask("sig.which-dose", dose.span)
        self.clause.dose, self.link = dose, ""
        self.fresh = True

    def _says_again(self, dose: Written) -> bool:
        """Put an amount that says the open dose once more: 1 capsule (4.5 mg), 4.5 mg (1 capsule)."""
        first = self.clause.dose
        kinds = (first.kind if first is not None else "", dose.kind)
        beside = self.fresh and self.clause.weight is None
        if (beside and kinds in _WITH_WEIGHT) or self._restates(dose):
            self.clause.weight = dose
        elif beside and kinds in _WITH_COUNT:
            self.clause.weight, self.clause.dose = first, dose
        else:
            return False
        return True

    def _borrows(self) -> bool:
        """Tell whether a time stands before the dose that may be another's whose amount is lost."""
        clause = self.clause
        staged = clause.length is not None and len(self.clauses) > 1
        return clause.has_time and (self.link == "and" or staged)

    def _restates(self, dose: Written) -> bool:
        """Tell whether a weight says the open dose again: 2.5 mL at night (5 mg), 150 mg total."""
        first = self.clause.dose
        weighs = dose.kind == "mass" and first is not None and first.kind in {"unit", "pill"}
        if not weighs or self.clause.weight is not None or self.mg_in_one is None or self.link:
            return False
        before = self.tokens[self.place - 3 : self.place - 2] if self.place > 2 else ()
        opened = (
            any(each.role == "open-paren" for each in before) and self.at().role == "close-paren"
        )
        total = self.at().role == "skip" and self.questions.written(self.at().span) == "total"
        return opened or total

    @property
    def _leads_total(self) -> bool:
        """True when the amount just read is a total: its number stands behind that word."""
        place = self.place - 1
        while place > 0 and self.tokens[place].role in {"unit", "mass", "pill", "number", "a"}:
            place -= 1
        return self.tokens[place].value == "total"

    def _begins_step(self) -> bool:
        """Tell whether a bare number after a dose is the next dose: x 7 d 2 po qhs, and 2 qhs."""
        ends = self.clause.length is not None or self.clause.window is not None
        own = {"route", "when", "night", "count", "days"}
        lasts = {"for", "length"} if self.link else set()
        return (ends or bool(self.link)) and self.at().role in own | lasts

    def _strength_named(self) -> bool:
        """Read `one 4.5 mg capsule`: a count, and the strength that must be the drug's own."""
        far = 2 if self.at(1).role == "times" else 1  # 3 x 1.5 mg capsules
        roles = [self.at().role, *(self.at(far + more).role for more in range(3))]
        if roles != ["number", "number", "mass", "unit"]:
            return False
        start, count = self.place, self.at().number or Fraction(0)
        self.place += far
        weight = self.written()
        unit = Unit(self.at().value)
        self.place += 1
        span = self.span_from(start)
        if weight is None or self.in_mg(weight) != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", span)
        else:
            self._take(Written(count, None, "unit", unit, span))
        return True

    def _weight_of_unit(self, dose: Written) -> None:
        """Read `4.5 mg capsule` without a count: one unit, if the drug has that strength."""
        span = dose.span.joined(self.at().span)
        other = self.at().role == "unit" and self.unit not in {None, Unit(self.at().value)}
        self.place += 1
        if other or dose.high is not None or self.in_mg(dose) != self.mg_in_one:
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
        counted = self.unit not in {Unit.ML, Unit.G} and over not in {None, 1}
        mg = self.in_mg(dose) if dose.high is None and not counted else None
        if mg is None or not own or mg / (over or 1) != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", dose.span.joined(self.at(-1).span))
        return True

    def _of_each(self, dose: Written, start: int) -> bool:
        """Read `3 capsules of 1.5 mg` as the strength of each, which must be the drug's own."""
        first, before = self.clause.dose, self.tokens[max(start - 1, 0)]
        each = before.role == "skip" and self.questions.written(before.span).lower() in {"of", "@"}
        counted = first is not None and first.kind == "unit" and self.fresh
        if not (each and counted) or self.mg_in_one is None or first is None:
            return False
        mg = self.in_mg(dose) if dose.high is None else None
        if mg != self.mg_in_one:
            self.questions.ask("sig.strength-disagrees", first.span.joined(dose.span))
        return True

    def in_mg(self, dose: Written) -> Fraction | None:
        """Give a written weight in mg, or None for what is no weight."""
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
