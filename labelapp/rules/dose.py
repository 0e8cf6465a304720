"""The dose: each active against the rows of its own file, and strengths that look like a slip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from difflib import get_close_matches
from fractions import Fraction

from labelapp.rules.compounds import CompoundRules, DailyLimit, Release, plain, rules_for
from labelapp.rules.weight import fits, in_form_units, largest_dose, mg_in, most_a_day, said
from labelapp.rx.amount import NBSP, Amount, Basis, Strength
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Dose, Step
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, Severity, ask, stop


@dataclass(frozen=True)
class Active:
    """One active of the order: its place among the ingredients, and the file that speaks of it."""

    place: int
    ingredient: Ingredient
    rules: CompoundRules | None

    @property
    def name_field(self) -> str:
        """The field its name stands in."""
        return f"compound.ingredients.{self.place}.name"

    @property
    def strength_field(self) -> str:
        """The field its strength stands in."""
        return f"compound.ingredients.{self.place}.strength.value"


def actives_of(compound: Compound, compounds: Iterable[CompoundRules]) -> tuple[Active, ...]:
    """Give each active of a compound with the file that speaks of it."""
    known = tuple(compounds)
    return tuple(
        Active(place, each, _resolved(each.name, known))
        for place, each in enumerate(compound.ingredients)
        if each.part is Part.ACTIVE
    )


def _resolved(name: str, compounds: tuple[CompoundRules, ...]) -> CompoundRules | None:
    """Find the file of a drug, also when its name carries the words of a release behind it."""
    exact = rules_for(name, compounds)
    if exact is not None:
        return exact
    for each in compounds:
        words = _other_release(name, each.release)
        if words and each.is_named(plain(name).removesuffix(f" {words}")):
            return each
    return None


def _other_release(name: str, release: Release | None) -> str:
    """Give the words of another release at the end of a name; empty when there are none."""
    words = () if release is None else release.words
    ends = (each for each in map(plain, words) if plain(name).endswith(f" {each}"))
    return max(ends, key=len, default="")


def dose_findings(fill: Fill, compounds: tuple[CompoundRules, ...]) -> tuple[Finding, ...]:
    """Check names, strengths and daily totals of every active, and what it is made with."""
    compound = fill.prescription.compound
    actives = actives_of(compound, compounds)
    if not actives:
        return (stop("dose.no-active", "compound.name", Settler.NOBODY),)
    found: list[Finding] = [*_twice(actives)]
    for active in actives:
        found += _name(active, compounds)
        found += _strength(active, compound.form)
        found += _daily(active, fill)
        found += _made_with(active, compound)
    return (*found, *_ceiling(fill), *_divided(fill))


def strength_findings(
    compound: Compound, compounds: tuple[CompoundRules, ...]
) -> tuple[Finding, ...]:
    """Check the strength of every active alone: what is slipped, and what is not made."""
    actives = actives_of(compound, compounds)
    return tuple(found for each in actives for found in _strength(each, compound.form))


def _twice(actives: tuple[Active, ...]) -> Iterable[Finding]:
    seen: set[str] = set()
    for active in actives:
        drug = active.rules.id if active.rules else plain(active.ingredient.name)
        if drug in seen:
            yield ask(
                "dose.same-drug-twice",
                active.name_field,
                Settler.PHARMACIST,
                name=active.ingredient.name,
            )
        seen.add(drug)


def _name(active: Active, compounds: tuple[CompoundRules, ...]) -> Iterable[Finding]:
    name, field = active.ingredient.name, active.name_field
    if active.rules is not None:
        if plain(name) in {plain(each) for each in active.rules.coined}:
            # the label would print it, and a coined name is no name of a drug (KRS 217.065)
            yield ask("dose.coined-name", field, Settler.NOBODY, name=name, drug=active.rules.name)
        return
    for each in compounds:
        if each.is_mistaken_for(name):
            yield ask("dose.look-alike", field, Settler.PHARMACIST, name=name, drug=each.name)
    names = [plain(each) for rules in compounds for each in rules.names if each not in rules.coined]
    near = get_close_matches(plain(name), names, n=1, cutoff=0.9)
    if near:
        yield ask("dose.name-near", field, Settler.PHARMACIST, name=name, drug=near[0])
    else:
        yield ask("dose.no-rules", field, Settler.PHARMACIST, name=name)


def _strength(active: Active, form: Form) -> Iterable[Finding]:
    name, strength = active.ingredient.name, active.ingredient.strength
    if strength is None:
        yield stop("dose.no-strength", active.strength_field, Settler.NOBODY, name=name)
        return
    if strength.basis is Basis.PER_BATCH:
        # a batch amount never becomes a share: only the share itself, entered, settles this
        yield ask(
            "dose.batch-strength",
            active.strength_field,
            Settler.NOBODY,
            name=name,
            strength=str(strength),
            unit=form.unit.value,
        )
        return
    if not strength.is_of_one:
        # "4.5 mg in 3 units" is read as 4.5 mg by whoever is in a hurry: one unit's is entered
        yield stop(
            "dose.strength-spread",
            active.strength_field,
            Settler.NOBODY,
            name=name,
            strength=str(strength),
            unit=form.unit.value,
        )
        return
    mg = strength.mg_in_one()
    if not mg:
        yield stop(
            "dose.strength-unit",
            active.strength_field,
            Settler.NOBODY,
            name=name,
            strength=str(strength),
        )
        return
    yield from _usual(active, form, strength, mg)


def _usual(active: Active, form: Form, strength: Strength, mg: Fraction) -> Iterable[Finding]:
    """Compare a strength with the slips people make and with the strengths that are made."""
    made = _made(active.rules, form, strength.basis)
    values = {"name": active.ingredient.name, "strength": str(strength), "form": form.value}
    if not fits(strength.basis, form) and not made:
        yield _asking("dose.basis", active, **values, basis=strength.basis.value)
        return
    odd = [
        row
        for row in (active.rules.odd if active.rules else ())
        if row.basis is strength.basis and row.mg == mg
    ]
    for row in odd:
        meant = f"{said(row.meant_mg)}{NBSP}mg" if row.meant_mg else ""
        code = f"dose.strength-{row.why}"
        yield row.raises.finding(code, active.strength_field, **values, meant=meant)
    if odd or active.rules is None or mg in made:
        return
    if not made:
        yield _asking("dose.form-not-made", active, **values)
        return
    values["known"] = ", ".join(f"{said(each)}{NBSP}mg" for each in made)
    for code, factor in (("dose.strength-thousandfold", 1000), ("dose.strength-tenfold", 10)):
        near = next((each for each in made if mg in {each * factor, each / factor}), None)
        if near is not None:
            yield _asking(code, active, **values, meant=f"{said(near)}{NBSP}mg")
            return
    yield _asking("dose.strength-new", active, **values)


def _asking(code: str, active: Active, **values: str) -> Finding:
    return ask(code, active.strength_field, Settler.CLINICAL, **values)


def _made(rules: CompoundRules | None, form: Form, basis: Basis) -> tuple[Fraction, ...]:
    """Give the strengths made in a form, in mg; a percent by weight is mg per g."""
    wanted = Basis.PER_G if basis is Basis.PERCENT and fits(basis, form) else basis
    rows = () if rules is None else rules.formulary
    made = {
        Fraction(mg) for row in rows if form in row.forms and row.basis is wanted for mg in row.mg
    }
    return tuple(sorted(made))


def _daily(active: Active, fill: Fill) -> Iterable[Finding]:
    """Compare the most a patient takes in a day with the limits of the form."""
    rx, rules = fill.prescription, active.rules
    form, strength = rx.compound.form, active.ingredient.strength
    if rules is None or not rx.sig.steps:
        return
    total = most_a_day(rx.sig.steps, rx.compound, strength, fill.first_day)
    if total is None:
        if strength is None or strength.basis is Basis.PER_BATCH:
            return  # asked already, and the answer brings the total
        for row in rules.uncounted:
            if form in row.forms:
                yield row.raises.finding("dose.uncounted", "sig", name=active.ingredient.name)
                return
        return
    total = _held(active, fill, total)
    limit = _limit(rules, form, total)
    if limit is not None:
        yield limit.raises.finding(
            f"dose.daily-{limit.raises.severity.lower()}",
            "sig",
            name=active.ingredient.name,
            total=f"{said(total)}{NBSP}mg",
            limit=f"{said(limit.mg)}{NBSP}mg",
        )


_WEIGHT = {Severity.NOTE: 0, Severity.ASK: 1, Severity.STOP: 2}


def _limit(rules: CompoundRules, form: Form, total: Fraction) -> DailyLimit | None:
    """Find the gravest limit that a daily total reaches."""
    reached = [
        row
        for row in rules.daily
        if form in row.forms and (total >= row.mg if row.reached else total > row.mg)
    ]
    return max(reached, key=lambda row: (_WEIGHT[row.raises.severity], row.mg), default=None)


def _held(active: Active, fill: Fill, total: Fraction) -> Fraction:
    """Lower a day's total to the ceiling written, never below one dose or what is always taken."""
    rx, strength = fill.prescription, active.ingredient.strength
    ceiling, alone = rx.sig.most_a_day, len(rx.compound.actives) == 1
    one = mg_in(ceiling.unit, rx.compound.form, strength, alone=alone) if ceiling else None
    if ceiling is None or one is None:
        return total
    fixed = most_a_day(_fixed(rx.sig.steps), rx.compound, strength, fill.first_day)
    single = largest_dose(rx.sig.steps, rx.compound, strength)
    least = max(one * Fraction(ceiling.value), fixed or Fraction(0), single or Fraction(0))
    return min(total, least)


def _fixed(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Give the steps with nothing taken of those that are only taken as needed."""
    return tuple(
        replace(step, dose=Dose(Amount(Decimal(0), step.dose.low.unit))) if step.as_needed else step
        for step in steps
    )


def _ceiling(fill: Fill) -> Iterable[Finding]:
    """Hold each dose, and what is taken every day, against the ceiling the prescriber wrote."""
    rx = fill.prescription
    ceiling = rx.sig.most_a_day
    if ceiling is None:
        return
    for step in rx.sig.steps:
        if _is_more(step.dose.most, ceiling, rx.compound):
            yield stop("dose.above-ceiling", "sig", ceiling=str(ceiling), dose=str(step.dose.most))
            break
    alone = len(rx.compound.actives) == 1
    one = mg_in(ceiling.unit, rx.compound.form, rx.compound.strength, alone=alone)
    total = most_a_day(_fixed(rx.sig.steps), rx.compound, rx.compound.strength, fill.first_day)
    if one is not None and total is not None and total > one * Fraction(ceiling.value):
        yield ask("dose.over-ceiling", "sig", ceiling=str(ceiling), total=f"{said(total)}{NBSP}mg")


def _is_more(dose: Amount, ceiling: Amount, compound: Compound) -> bool:
    """Tell whether one dose is more than a ceiling, by their unit or else by weight."""
    if dose.unit is ceiling.unit:
        return dose.value > ceiling.value
    one, most = (in_form_units(each.unit, compound) for each in (dose, ceiling))
    if one is None or most is None:
        return False
    return Fraction(dose.value) * one > Fraction(ceiling.value) * most


def _divided(fill: Fill) -> Iterable[Finding]:
    """Ask about part of a piece: only a formula that says scored would allow it, and none does."""
    form = fill.prescription.compound.form
    if not form.is_counted:
        return
    amounts = (
        each
        for step in fill.prescription.sig.steps
        for each in (step.dose.low, step.dose.high)
        if each
    )
    for amount in dict.fromkeys(amounts):
        if amount.unit is form.unit and amount.value % 1:
            yield ask("dose.divided", "sig", Settler.PHARMACIST, dose=str(amount), form=form.value)


def _made_with(active: Active, compound: Compound) -> Iterable[Finding]:
    """Look for ingredients the drug is not made with, and for another release in its name."""
    if active.rules is None:
        return
    release = active.rules.release
    if release is not None:
        yield from _release(compound.release, "compound.release", release)
        if _other_release(active.ingredient.name, release):
            yield from _release(active.ingredient.name, active.name_field, release)
    for place, each in enumerate(compound.ingredients):
        for row in active.rules.avoid:
            if each.part is not Part.ACTIVE and plain(each.name) in map(plain, row.names):
                yield row.raises.finding(
                    "dose.avoid",
                    f"compound.ingredients.{place}.name",
                    name=each.name,
                    because=row.because,
                )


def _release(written: str, field: str, release: Release) -> tuple[Finding, ...]:
    """Compare the release an order asks for with the one made; nothing written is no question."""
    if not written.strip() or plain(written) in release.allowed:
        return ()
    made = release.allowed[0] if release.allowed else ""
    return (release.raises.finding("dose.release", field, written=written, made=made),)
