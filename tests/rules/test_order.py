"""The words of an order: its name for the medicine, its purpose, its note, its language."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.rules.naming import _COUNT, _STRENGTH
from labelapp.rx.amount import Basis, Strength, Unit
from labelapp.rx.compound import Form
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from tests.rules.cases import COMPOUND, FILL, codes, count, mg, one, ordered, strong


def called(written: str, fill: Fill = FILL) -> set[str]:
    """What is asked about a name for the medicine."""
    compound = replace(fill.prescription.compound, written=written)
    return {each for each in codes(ordered(fill, compound=compound)) if each.startswith("order.")}


STRONG = strong(mg("4.5"))
CREAM = strong(Strength(count("1", Unit.G), Basis.PERCENT, mg("1", Basis.PERCENT).per), Form.CREAM)
LIQUID = strong(mg("1", Basis.PER_ML), Form.ORAL_SOLUTION)


@pytest.mark.parametrize(
    ("fill", "written"),
    [
        (STRONG, ""),
        (STRONG, "LDN"),
        (STRONG, "ldn 4.5"),
        (STRONG, "low dose naltrexone 4.5 mg capsules"),
        (STRONG, "Naltrexone (LDN) 4.5mg cap, compounded"),
        (STRONG, "Naltrexone hydrochloride 4.5 MG Oral Capsule"),
        (STRONG, "NALTREXONE LOW DOSE 4,500 mcg IR caps #69"),
        (FILL, "Naltrexone HCl 1.5mg cap"),
        (FILL, "naltrexone 1,500 mcg"),
        (FILL, "naltrexone 1.5 mg in microcrystalline cellulose"),
        (CREAM, "naltrexone 1% cream"),
        (CREAM, "Naltrexone HCl 10 mg/g topical cream"),
        (LIQUID, "naltrexone 1 mg/mL oral solution"),
        (LIQUID, "naltrexone 5 mg/5 mL soln"),
    ],
)
def test_a_name_that_says_what_is_made_raises_nothing(fill, written):
    assert called(written, fill) == set()


@pytest.mark.parametrize("again", ["1", ".1", "111,", "5 mg ", "1-", "naltrexone ", "4.5", " #"])
def test_a_name_longer_than_any_is_asked_about_and_not_read(again):
    assert called(again * 4000) == {"order.name-long"}


@pytest.mark.parametrize(
    "text", ["9" * 200_000, "9," * 90_000, "5" + " " * 200_000 + "x", "#" * 99]
)
def test_a_number_is_looked_for_from_its_first_digit_only(text):
    assert _STRENGTH.search(text) is None
    assert sum(1 for _each in _COUNT.finditer(text)) <= 90_000


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("naltrexone 1.5.5 mg", {"order.name-other"}),
        ("naltrexone 5,30 mg", {"order.name-strength", "order.name-number"}),
        ("naltrexone 1,5000 mcg", {"order.name-strength", "order.name-number"}),
        ("naloxone 1.5 mg", {"order.name-lacks", "order.name-other"}),
        ("methylnaltrexone", {"order.name-lacks", "order.name-other"}),
        ("naltrexone / bupropion 1.5 mg", {"order.name-other"}),
        ("methadone 1.5 mg capsule", {"order.name-lacks", "order.name-other"}),
        ("capsule 1.5 mg", {"order.name-lacks"}),
        ("naltrexone 50 mg tablet", {"order.name-strength", "order.name-form"}),
        ("naltrexone 4.5 mg", {"order.name-strength"}),
        ("naltrexone 1.5 mcg", {"order.name-strength"}),
        ("naltrexone 1.5 mg/mL", {"order.name-strength"}),
        ("naltrexone 15 mg", {"order.name-strength"}),
        ("naltrexone 1,5 mg", {"order.name-strength", "order.name-number"}),
        ("naltrexone 3", {"order.name-number"}),
        ("naltrexone SR 1.5 mg", {"order.name-other"}),
        ("naltrexone cream", {"order.name-form"}),
    ],
)
def test_a_name_that_says_something_else_is_asked_about(written, found):
    assert called(written) == found


def test_a_technician_proposes_and_a_pharmacist_accepts_what_a_name_means():
    fill = ordered(compound=replace(COMPOUND, written="naloxone"))
    found = one(fill, "order.name-other")
    assert (found.severity, found.settler) == (Severity.ASK, Settler.CLINICAL)
    assert found.value("words") == "naloxone"


@pytest.mark.parametrize(
    ("purpose", "asked"),
    [
        ("", False),
        ("fibromyalgia pain", False),
        ("Crohn's disease", False),
        ("Take 45 mg twice daily", True),
        ("pain, take two", True),
        ("pain 45", True),
        ("one capsule", True),
    ],
)
def test_a_purpose_is_no_directions(purpose, asked):
    assert ("order.purpose-doses" in codes(ordered(purpose=purpose))) is asked


def test_the_note_to_the_pharmacist_is_always_shown():
    found = one(ordered(note=" stop after 30 days "), "rx.note")
    assert (found.severity, found.value("text")) == (Severity.NOTE, "stop after 30 days")


@pytest.mark.parametrize(
    ("language", "noted"), [("en", False), ("en-US", False), ("English", False), ("", False),
                            ("es", True), ("Spanish", True), ("vi", True)],
)  # fmt: skip
def test_a_patient_who_reads_another_language_is_noted(language, noted):
    patient = replace(FILL.prescription.patient, language=language)
    assert ("rx.language" in codes(ordered(patient=patient))) is noted
