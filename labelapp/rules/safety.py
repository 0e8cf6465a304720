"""Safety: what is asked of the patient before a fill, and what each answer means."""

from __future__ import annotations

from collections.abc import Iterable

from labelapp.rules.compounds import UNANSWERED, CompoundRules, Question
from labelapp.rx.compound import Part
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding


def safety_findings(fill: Fill, compounds: Iterable[CompoundRules]) -> tuple[Finding, ...]:
    """Weigh the answers to every question the drugs of a fill call for; none given is a question.

    `compounds` are the files of the drugs in this fill.
    """
    answers = dict(fill.answers)
    found: list[Finding] = []
    for rules in compounds:
        for question in rules.questions:
            answer = answers[question.id].value if question.id in answers else UNANSWERED
            found += _weighed(fill, rules.name, question, answer)
    return tuple(found)


def _weighed(fill: Fill, drug: str, question: Question, answer: str) -> Iterable[Finding]:
    again = fill.number > 0
    raises = (question.refill if again else question.first)[answer]
    if raises is None:
        return
    code, field = f"safety.{answer}", f"safety.{question.id}"
    asks = question.asks_again if again else question.asks
    if question.lists_ingredients and answer != UNANSWERED:
        inside = ", ".join(_inside(fill))
        yield raises.finding(f"{code}-among", field, drug=drug, asks=asks, ingredients=inside)
    else:
        yield raises.finding(code, field, drug=drug, asks=asks)


def _inside(fill: Fill) -> tuple[str, ...]:
    """Name what is in the medicine besides its actives: the order's words, then the lots'."""
    ordered = (
        each.name for each in fill.prescription.compound.ingredients if each.part is not Part.ACTIVE
    )
    made = (component.name for lot in fill.lots for component in lot.components)
    return tuple(dict.fromkeys((*ordered, *made)))
