"""Fills and labels for the papers beside a label: steps of a sig made by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from labelapp.label.document import Label
from labelapp.resources.typed import paper_words, phrases
from labelapp.rules.assess import Assessment
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Route, Sig, Step
from labelapp.rx.fill import Fill
from labelapp.rx.timing import Timing, When
from labelapp.sig.say import say
from tests.label.fills import assessed, composed, fill

WORDS = paper_words()
PHRASES = phrases()
BEDTIME = Timing((When.BEDTIME,))


def step(
    sequence: int,
    dose: str,
    days: int | None = None,
    timing: Timing = BEDTIME,
    unit: Unit = Unit.CAPSULE,
) -> Step:
    amount = Amount(Decimal(dose), unit)
    length = None if days is None else Length(days)
    return Step(sequence, Dose(amount), timing, route=Route.ORAL, length=length)


TITRATION = (step(1, "1", 7), step(2, "2", 7), step(3, "3"))


def with_steps(
    steps: tuple[Step, ...] = TITRATION,
    quantity: str = "69",
    base: Fill | None = None,
    starts_on: date | None = None,
    first_day: int = 1,
) -> Fill:
    case = base or fill()
    amount = replace(case.quantity, value=Decimal(quantity))
    rx = replace(case.prescription, sig=Sig("as made by hand", steps), quantity=amount)
    return replace(case, prescription=rx, quantity=amount, starts_on=starts_on, first_day=first_day)


def labelled(
    case: Fill, jurisdiction: str = "US", *, sample: bool = False
) -> tuple[Label, Assessment]:
    """The label of a fill with its directions said, and the assessment it rests on."""
    assessment = assessed(case, jurisdiction)
    law = assessment.law
    said = say(
        case.prescription.sig,
        case.prescription.compound.form,
        PHRASES,
        law is not None and law.standard_phrases,
        case.first_day,
        case.starts_on,
    )
    made = composed(case, said, jurisdiction, sample=sample, assessment=assessment)
    assert made.label is not None, made.findings
    return made.label, assessment
