"""Measures: an amount as written to what the patient counts or draws up, exactly or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from labelapp.rx.amount import Amount, Basis, Strength, Unit, decimal_of
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Route, Verb
from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import IN_MG, Clause, Written
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.codes.words import Lexicon

_BASES = {
    Unit.ML: {Basis.PER_ML},
    Unit.G: {Basis.PER_G, Basis.PERCENT},
}
_BY_MOUTH = {Form.CAPSULE, Form.TABLET, Form.ORAL_SOLUTION, Form.ORAL_SUSPENSION}
_IN_MOUTH = {Route.SUBLINGUAL, Route.BUCCAL}
_ON_SKIN = {Route.TOPICAL, Route.AFFECTED_AREA, Route.TRANSDERMAL}
_SKIN_VERBS = {Verb.APPLY, Verb.RUB}
_MOUTH_VERBS = {Verb.TAKE, Verb.CHEW, Verb.SWALLOW, Verb.DISSOLVE}
_EITHER_FORM = {
    "solution": {Form.ORAL_SOLUTION},
    "suspension": {Form.ORAL_SUSPENSION},
    "cream": {Form.CREAM},
    "gel": {Form.GEL},
    "ointment": {Form.OINTMENT},
}
_BESIDE_FORM = {Unit.PUMP, Unit.CLICK, Unit.APPLICATION}
_PARTS = {Fraction(1, 2), Fraction(1, 4), Fraction(3, 4)}


@dataclass(frozen=True)
class Measured:
    """A dose in the form's own unit, and the most it can weigh in mg when that is known."""

    dose: Dose
    mg: Fraction | None


class Scale:
    """Turns written amounts into doses of one form and strength."""

    def __init__(
        self, form: Form | None, strength: Strength | None, lexicon: Lexicon, questions: Questions
    ) -> None:
        self._form, self._lexicon, self._questions = form, lexicon, questions
        self.mg_in_one = _mg_in_one(form, strength)
        self.basis_fits = _basis_fits(form, strength)
        self._said_in_one: Fraction | None = None

    def dose(self, clause: Clause) -> Measured | None:
        """Give a clause's dose, or None when there is a question about it."""
        written = clause.dose
        if written is None:
            return None
        low = self.amount(written, written.low)
        high = self.amount(written, written.high) if written.high is not None else None
        if low is None or (written.high is not None and high is None):
            return None
        dose = Dose(low, high)
        mg = self._weight(dose.most)
        if clause.weight is not None:
            mg = self._agreed(clause, clause.weight, dose, mg)
        return Measured(dose, mg)

    def amount(self, written: Written, value: Fraction) -> Amount | None:
        """Give one written value in the unit it is taken in."""
        exact = self._in_unit(written, value)
        if exact is None:
            return None
        most = {Unit.ML: self._lexicon.most_ml, Unit.G: self._lexicon.most_g}
        limit = most.get(exact.unit, self._lexicon.most_pieces)
        if exact.value > limit and not self._questions.ask(
            "sig.dose-large", written.span, (str(exact),), amount=str(exact)
        ):
            return None
        return exact

    def _in_unit(self, written: Written, value: Fraction) -> Amount | None:
        form_unit = self._form.unit if self._form else None
        unit = written.unit
        if value <= 0:
            self._questions.ask("sig.dose-nothing", written.span)
            return None
        if written.kind == "mass" and not (unit is Unit.G and form_unit is Unit.G):
            return self._from_weight(written, value)
        if written.kind in {"bare", "pill"}:
            unit = self._own_unit(written)
        elif form_unit is not None and unit != form_unit:
            unit = self._other_unit(written, form_unit)
        if unit is None:
            return None
        return self._exact(written, value, unit)

    def _own_unit(self, written: Written) -> Unit | None:
        """Give the form's unit for an amount without one, when the form is counted."""
        if self._form is None or not self._form.is_counted:
            self._questions.ask("sig.no-unit", written.span)
            return None
        return self._form.unit

    def _other_unit(self, written: Written, form_unit: Unit) -> Unit | None:
        """Ask when the unit is not the form's; pumps and clicks of a cream are its own."""
        unit = written.unit
        if unit in _BESIDE_FORM and self._form is not None and self._form.is_topical:
            return unit
        both_counted = unit is not Unit.ML and form_unit not in {Unit.ML, Unit.G}
        choices = (form_unit.of(Decimal(2)),) if both_counted and unit is not Unit.DROP else ()
        answer = self._questions.ask(
            "sig.unit-not-form",
            written.span,
            choices,
            unit=str(unit),
            form=self._form.value if self._form else "",
        )
        return form_unit if answer else None

    def _exact(self, written: Written, value: Fraction, unit: Unit) -> Amount | None:
        exact = decimal_of(value)
        if exact is None:
            self._questions.ask("sig.not-exact", written.span, amount=str(value), unit=unit.value)
            return None
        if unit is Unit.CAPSULE and value.denominator != 1:
            self._questions.ask(
                "sig.part-of-capsule", written.span, amount=str(Amount(exact, unit))
            )
            return None
        return Amount(exact, unit)

    def _from_weight(self, written: Written, value: Fraction) -> Amount | None:
        """Turn a weight of drug into units through the strength, exactly or as a question."""
        exact = decimal_of(value)
        if exact is None or written.unit is None:
            self._questions.ask("sig.not-exact", written.span, amount=str(value), unit="mg")
            return None
        weight = Amount(exact, written.unit)
        if self.mg_in_one is None or self._form is None:
            self._questions.ask("sig.no-strength", written.span, amount=str(weight))
            return None
        count, unit = Fraction(weight.in_mg()) / self.mg_in_one, self._form.unit
        units = decimal_of(count)
        if units is None:
            self._questions.ask("sig.not-exact", written.span, amount=str(count), unit=unit.value)
            return None
        amount = Amount(units, unit)
        if not self._form.is_counted or count.denominator == 1:
            return amount
        split = unit is not Unit.CAPSULE and count % 1 in _PARTS
        choices = (str(amount),) if split else ()
        code = "sig.not-whole" if split else "sig.part-of-capsule"
        answer = self._questions.ask(code, written.span, choices, amount=str(amount))
        return amount if answer else None

    def _weight(self, amount: Amount) -> Fraction | None:
        if self.mg_in_one is None or self._form is None or amount.unit is not self._form.unit:
            return None
        return Fraction(amount.value) * self.mg_in_one

    def _agreed(
        self, clause: Clause, weight: Written, dose: Dose, mg: Fraction | None
    ) -> Fraction | None:
        """Hold a dose against the weight written beside it; they must be the same amount.

        What a pump or a click gives is nobody's table: beside grams it is asked about.
        """
        if dose.low.unit in _BESIDE_FORM:
            self._questions.ask("sig.two-doses", weight.span)
            return mg
        scale = IN_MG[weight.unit or Unit.MG]
        said = (weight.low * scale, (weight.high or weight.low) * scale)
        same_shape = (weight.high is None) == (dose.high is None)
        if self.mg_in_one is None:
            first = self._said_in_one or said[0] / Fraction(dose.low.value)
            self._said_in_one = first
            own = (first * Fraction(dose.low.value), first * Fraction(dose.most.value))
        else:
            own = (self._weight(dose.low) or Fraction(0), self._weight(dose.most) or Fraction(0))
        if same_shape and own == said:
            return said[1]
        span = (clause.dose.span if clause.dose else weight.span).joined(weight.span)
        mine = own[1] if mg is None else mg
        self._questions.ask(
            "sig.weight-disagrees",
            span,
            first=f"{dose.most} = {_decimal(mine)} mg",
            second=f"{_decimal(said[1])} mg",
        )
        return mg

    def check(self, clause: Clause, span: Span) -> None:
        """Ask when route, verb or a named form do not go with the form."""
        form = self._form
        if form is None:
            return
        if clause.route is not None and not _goes(form, clause.route):
            self._questions.ask(
                "sig.route-not-form",
                span,
                (clause.route.value,),
                form=form.value,
                text=clause.route.value,
            )
        wrong = _MOUTH_VERBS if form.is_topical else _SKIN_VERBS
        if clause.verb in wrong:
            self._questions.ask(
                "sig.verb-not-form",
                span,
                text=clause.verb.value if clause.verb else "",
                form=form.value,
            )
        for word, place in clause.form_words:
            if form not in _EITHER_FORM.get(word, set()):
                self._questions.ask("sig.form-disagrees", place, form=form.value)


def _goes(form: Form, route: Route) -> bool:
    if form.is_topical:
        return route in _ON_SKIN
    if form in _BY_MOUTH:
        return route is Route.ORAL
    if form in {Form.TROCHE, Form.LOZENGE}:
        return route in {Route.ORAL, *_IN_MOUTH}
    return route in _IN_MOUTH


def _mg_in_one(form: Form | None, strength: Strength | None) -> Fraction | None:
    """Give the mg in one unit of the form, when the strength is counted against that unit."""
    if form is None or strength is None or not _basis_fits(form, strength):
        return None
    return strength.mg_in_one() or None


def _basis_fits(form: Form | None, strength: Strength | None) -> bool:
    """Tell whether a strength is counted against the unit in which the form is taken."""
    if form is None or strength is None:
        return False
    return strength.basis in _BASES.get(form.unit, {Basis.PER_UNIT})


def _decimal(value: Fraction) -> str:
    exact = decimal_of(value)
    return str(value) if exact is None else f"{exact:f}"
