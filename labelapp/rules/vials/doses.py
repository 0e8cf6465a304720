"""The doses of a container of another strength: in its own pieces, or a refusal to count them so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from labelapp.rules.vials.held import Held
from labelapp.rules.weight import mg_in, said
from labelapp.rx.amount import NBSP, Amount, decimal_of
from labelapp.rx.compound import Compound, Form
from labelapp.rx.directions import Dose, Sig, Step, laid_out
from labelapp.rx.finding import Finding, Settler, ask, stop
from labelapp.rx.prescription import Prescription
from labelapp.rx.vial import Place, until, within

_WEIGHED = re.compile(
    r"\d\s*(?:mg|mcg|ug|g|milligrams?|micrograms?|grams?|\N{MICRO SIGN}g|\N{GREEK SMALL LETTER MU}g)\b",
    re.IGNORECASE,
)
"""A dose written as a weight: it means the drug, however strong the capsule."""


def directions(rx: Prescription, held: Held, place: Place) -> tuple[Sig, tuple[Finding, ...]]:
    """Give the directions of a container for its days, in pieces or mL of its own strength."""
    sig = rx.sig
    if place.first is None or place.last is None:
        return sig, ()
    mine = _of_its_days(sig, place.last) if place.total > 1 else sig
    if not held.is_other:
        return mine, ()
    own = [each.step for each in within(mine.steps, place.first, place.last)]
    found = [*_other_words(rx, held, own)]
    counted = tuple(
        _again(step, held, rx.compound, found) if step in own else step for step in mine.steps
    )
    most = mine.most_a_day
    if most is not None and most.unit is rx.compound.form.unit:
        most = _in_its_own(most, held, rx.compound, found)
    return replace(mine, steps=counted, most_a_day=most), tuple(found)


def _of_its_days(sig: Sig, last: int) -> Sig:
    """Give directions that end with the days of a container; the sig's own end is said at its end."""
    ends = max((each.last or last + 1) for each in laid_out(sig.steps))
    steps = until(sig.steps, last)
    return replace(sig, steps=steps, stops=sig.stops and last >= ends, increases=())


def _again(step: Step, held: Held, compound: Compound, found: list[Finding]) -> Step:
    """Say a step's dose in pieces or mL of a container."""
    low = _in_its_own(step.dose.low, held, compound, found)
    if step.dose.high is None:
        return replace(step, dose=Dose(low))
    return replace(step, dose=Dose(low, _in_its_own(step.dose.high, held, compound, found)))


def _in_its_own(amount: Amount, held: Held, compound: Compound, found: list[Finding]) -> Amount:
    """Count an amount in a container's own pieces or mL; refused, it stays what it is."""
    units = Fraction(amount.value) * (held.units or Fraction(1))
    exact = decimal_of(units)
    if exact is not None and _is_measurable(exact, compound.form):
        return Amount(exact, compound.form.unit)
    found.append(
        stop(
            "vial.not-measurable",
            f"{held.at}.strength.value",
            Settler.NOBODY,
            vial=str(held.number),
            strength=str(held.strength),
            dose=_weighed(amount, compound),
            units=f"{said(units)}{NBSP}{compound.form.unit.of(Decimal(2))}",
        )
    )
    return amount


def _is_measurable(units: Decimal, form: Form) -> bool:
    """Tell whether so much can be taken: whole pieces; a liquid's marks are the syringe's matter."""
    return not (form.is_counted and units % 1)


def _weighed(amount: Amount, compound: Compound) -> str:
    """Write a dose with its weight: 1 capsule (1.5 mg)."""
    mg = mg_in(amount.unit, compound.form, compound.strength, alone=True)
    if mg is None or amount.unit.is_mass:
        return str(amount)
    return f"{amount} ({said(mg * Fraction(amount.value))}{NBSP}mg)"


def _other_words(rx: Prescription, held: Held, steps: Iterable[Step]) -> Iterable[Finding]:
    """Ask where a label of another strength says other numbers than the prescriber wrote."""
    field = f"{held.at}.strength.value"
    about = {"vial": str(held.number), "strength": str(held.strength)}
    for step in steps:
        text = " ".join(span.of(rx.sig.text) for span in step.spans)
        if not _WEIGHED.search(text):
            dose = _weighed(step.dose.most, rx.compound)
            yield ask("vial.said-otherwise", field, Settler.PHARMACIST, **about, dose=dose)
    for kept in rx.sig.kept:
        yield ask("vial.kept-words", field, Settler.PHARMACIST, **about, text=kept.words)
