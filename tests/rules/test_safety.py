"""The questions asked before a fill: each answer, the first time and at a refill."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.fill import Answer
from labelapp.rx.finding import Finding, Settler, Severity
from tests.rules.cases import FILL, NOTHING_AMISS, look, mg, ordered

STOP, ASK = Severity.STOP, Severity.ASK


def answered(question: str, answer: Answer | None, number: int = 0) -> list[Finding]:
    answers = {**dict(NOTHING_AMISS)}
    del answers[question]
    if answer is not None:
        answers[question] = answer
    fill = replace(FILL, answers=tuple(answers.items()), number=number, first_day=1 + number * 30)
    return [each for each in look(fill).findings if each.code.startswith("safety.")]


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize(
    ("question", "answer", "severity", "settler"),
    [
        ("opioid", Answer.YES, STOP, Settler.PHARMACIST),
        ("opioid", Answer.UNKNOWN, ASK, Settler.CLINICAL),
        ("opioid", None, ASK, Settler.CLINICAL),
        ("liver", Answer.YES, ASK, Settler.PHARMACIST),
        ("liver", Answer.UNKNOWN, ASK, Settler.CLINICAL),
        ("liver", None, ASK, Settler.CLINICAL),
        ("pregnancy", Answer.YES, ASK, Settler.PHARMACIST),
        ("pregnancy", Answer.UNKNOWN, ASK, Settler.CLINICAL),
        ("pregnancy", None, ASK, Settler.CLINICAL),
        ("intolerance", Answer.YES, ASK, Settler.PHARMACIST),
        ("intolerance", Answer.UNKNOWN, ASK, Settler.CLINICAL),
        ("intolerance", None, ASK, Settler.CLINICAL),
    ],
)
def test_what_each_answer_raises(question, answer, severity, settler, number):
    (found,) = answered(question, answer, number)
    assert (found.severity, found.settler) == (severity, settler)
    assert found.field == f"safety.{question}"
    assert found.value("asks").startswith("Any change" if number else ("Has", "Does", "Is"))


@pytest.mark.parametrize("question", ["opioid", "liver", "pregnancy", "intolerance"])
def test_no_raises_nothing(question):
    assert answered(question, Answer.NO) == []


def test_an_intolerance_is_laid_beside_what_the_medicine_contains():
    (found,) = answered("intolerance", Answer.YES)
    assert found.code == "safety.yes-among"
    inside = found.value("ingredients")
    assert "Microcrystalline cellulose" in inside
    assert "Naltrexone HCl USP" in inside


def test_a_drug_without_a_file_asks_nothing():
    other = Compound(Form.CAPSULE, (Ingredient("ketotifen", Part.ACTIVE, mg("1")),))
    fill = replace(ordered(compound=other), answers=())
    assert not [each for each in look(fill).findings if each.code.startswith("safety.")]
