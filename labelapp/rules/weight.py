"""Weights: how much of an active the patient takes, in mg, and how units compare by it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from labelapp.rx.amount import Amount, Basis, Strength, Unit, decimal_of, number
from labelapp.rx.compound import Compound, Form
from labelapp.rx.directions import Step, laid_out, last_day
from labelapp.rx.timing import repeat_together

LONGEST = 1000
"""The most days anything in this room looks ahead."""


def fits(basis: Basis, form: Form) -> bool:
    """Tell whether a strength of this basis can belong to a form: per mL to liquids, and so on.

    A liquid's percent may be by weight or by volume, so it says nothing here.
    """
    if basis is Basis.PER_UNIT:
        return form.is_counted
    if basis is Basis.PER_ML:
        return form.is_liquid
    return basis is not Basis.PER_BATCH and form.unit is Unit.G


def mg_in(unit: Unit, form: Form, strength: Strength | None, *, alone: bool) -> Fraction | None:
    """Give the mg of an active in one of a unit: a capsule, a mL, an mg; None when nobody knows.

    A weight in the directions means the drug, except grams of something put on the skin, which
    are grams of the cream. With several actives (`alone` false) a weight says not which it is of.
    """
    if unit.is_mass and not (unit is Unit.G and form.unit is Unit.G):
        return Fraction(Amount(Decimal(1), unit).in_mg()) if alone else None
    if unit is not form.unit or strength is None or not fits(strength.basis, form):
        return None
    return strength.mg_in_one()


def in_form_units(unit: Unit, compound: Compound) -> Fraction | None:
    """Give how many capsules, mL or g one of a unit is; None when the strength does not say."""
    form = compound.form
    if unit is form.unit:
        return Fraction(1)
    alone = len(compound.actives) == 1
    taken = mg_in(unit, form, compound.strength, alone=alone)
    whole = mg_in(form.unit, form, compound.strength, alone=alone)
    return taken / whole if taken is not None and whole else None


def most_a_day(
    steps: Iterable[Step], compound: Compound, strength: Strength | None, from_day: int
) -> Fraction | None:
    """Give the mg of one active on the heaviest day from `from_day` on; None when not known."""
    dated, alone = laid_out(steps), len(compound.actives) == 1
    weights: list[Fraction] = []
    for each in dated:
        dose = each.step.dose.most
        one = mg_in(dose.unit, compound.form, strength, alone=alone)
        if one is None:
            return None
        # every 5 hours falls 5 times into some day, and every 36 hours once: never a part of a dose
        times = max(math.ceil(each.step.timing.doses_a_day), 1)
        weights.append(Fraction(dose.value) * one * times)
    cycle = repeat_together(tuple(each.step.timing for each in dated))
    ends = max(from_day, last_day(dated)) + min(cycle, LONGEST)
    heaviest = Fraction(0)
    for day in range(from_day, min(ends, from_day + LONGEST) + 1):
        today = sum(
            (
                weight
                for each, weight in zip(dated, weights, strict=True)
                if each.first <= day
                and (each.last is None or day <= each.last)
                and each.step.timing.is_taken_on(day - each.first, each.first - 1)
            ),
            Fraction(0),
        )
        heaviest = max(heaviest, today)
    return heaviest


def largest_dose(
    steps: Iterable[Step], compound: Compound, strength: Strength | None
) -> Fraction | None:
    """Give the mg of one active in the largest single dose; None when not known."""
    alone, largest = len(compound.actives) == 1, Fraction(0)
    for step in steps:
        one = mg_in(step.dose.most.unit, compound.form, strength, alone=alone)
        if one is None:
            return None
        largest = max(largest, Fraction(step.dose.most.value) * one)
    return largest


def said(value: Fraction | Decimal) -> str:
    """Write an exact number for a finding's values: 13.5, or 10/3 when no decimal equals it."""
    exact = decimal_of(value) if isinstance(value, Fraction) else value
    try:
        return number(exact) if exact is not None else str(value)
    except ValueError:
        return str(value)
