"""Order entry understands a field or says which and why; it never guesses."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from labelapp.dispensing.enter import Entered, enter
from labelapp.resources import typed
from labelapp.rx.amount import Basis, Unit
from tests.given import TITRATION, TODAY, draft

LEXICON = typed.lexicon("en")


def entered(**changes: str | None) -> Entered:
    return enter(draft(**changes), LEXICON, TODAY)


def codes(result: Entered) -> set[tuple[str, str]]:
    return {(each.code, each.field) for each in result.findings}


def test_a_whole_prescription_is_understood_without_a_question() -> None:
    result = entered()
    assert not result.findings
    assert result.fill is not None
    rx = result.fill.prescription
    assert str(rx.patient.name) == "Jane Doe"
    assert rx.patient.name.for_staff == "DOE, Jane"
    assert rx.quantity.value == 69
    assert rx.compound.strength is not None
    assert rx.compound.strength.basis is Basis.PER_UNIT
    assert result.fill.serial == "1234567-00"
    assert result.fill.lots[0].components[0].expires == date(2028, 1, 31)
    assert dict(result.fill.answers)["opioid"] == "no"


@pytest.mark.parametrize(
    "path",
    ["rx_number", "written", "patient.family", "prescriber.family", "compound.form",
     "quantity.value", "compound.ingredients.0.strength.value", "lots.0.number", "lots.0.made_on",
     "lots.0.preparation", "lots.0.storage"],
)  # fmt: skip
def test_a_field_left_out_is_named(path: str) -> None:
    assert ("field.missing", path) in codes(entered(**{path: None}))
    assert ("field.missing", path) in codes(entered(**{path: "  "}))


def test_an_empty_form_names_what_it_needs_and_stops_nowhere_else() -> None:
    result = enter(draft({"sig": ""}), LEXICON, TODAY)
    assert result.fill is None
    assert ("field.missing", "patient.family") in codes(result)


@pytest.mark.parametrize(
    ("path", "text", "code"),
    [
        ("quantity.value", "69,5", "field.not-a-number"),
        ("quantity.value", "lots", "field.not-a-number"),
        ("quantity.value", "1e999999", "field.not-a-number"),
        ("quantity.unit", "handful", "field.not-a-unit"),
        ("written", "2026-02-30", "field.not-a-date"),
        ("written", "11/20/26", "field.not-a-date"),
        ("fill.starts_on", "9999-12-20", "field.not-a-date"),
        ("days_supply", "30.5", "field.out-of-range"),
        ("days_supply", "0", "field.out-of-range"),
        ("compound.form", "suppository", "field.not-a-choice"),
        ("compound.ingredients.0.strength.value", "1,5", "field.not-a-number"),
        ("compound.ingredients.0.strength.value", "0", "field.not-a-strength"),
        ("compound.ingredients.0.strength.unit", "capsule", "field.not-a-strength"),
        ("safety.opioid", "maybe", "field.not-a-choice"),
    ],
)
def test_what_makes_no_sense_is_refused_by_its_field(path: str, text: str, code: str) -> None:
    assert any(found == code and at.startswith(path.rpartition(".")[0]) for found, at in
               codes(entered(**{path: text})))  # fmt: skip


@pytest.mark.parametrize("text", ["2026-11-20", "20-Nov-2026", "20 November 2026", "11/20/2026"])
def test_a_date_is_read_as_people_write_it(text: str) -> None:
    result = entered(written=text)
    assert result.fill is not None
    assert result.fill.prescription.written == date(2026, 11, 20)


@pytest.mark.parametrize("text", ["capsule", "Capsules", "cap", "caps"])
def test_a_unit_is_read_as_people_write_it(text: str) -> None:
    result = entered(quantity__unit=text)
    assert result.fill is not None
    assert result.fill.quantity.unit is Unit.CAPSULE


def test_a_strength_without_its_basis_is_asked_for_and_never_inferred() -> None:
    result = entered(compound__ingredients__0__strength__basis=None)
    question = next(each for each in result.findings if each.code == "field.strength-basis")
    assert set(question.choices) == {each.value for each in Basis}
    assert result.fill is not None
    assert result.fill.prescription.compound.strength is None


def test_percent_is_grams_in_a_hundred_grams() -> None:
    cream = {
        "compound.form": "cream",
        "compound.ingredients.0.strength.value": "1",
        "compound.ingredients.0.strength.unit": "%",
        "compound.ingredients.0.strength.basis": "percent",
    }
    result = entered(**cream)
    assert result.fill is not None
    strength = result.fill.prescription.compound.strength
    assert strength is not None
    assert strength.mg_in_one() == Decimal(10)


def test_the_fill_date_is_never_taken_for_the_day_the_patient_starts() -> None:
    result = entered(fill__date=None)
    assert result.fill is not None
    assert result.fill.filled_on == TODAY
    assert result.fill.starts_on is None


def test_two_purposes_that_differ_are_not_merged() -> None:
    result = entered(sig=TITRATION["sig"] + " for sleep", purpose="fibromyalgia pain")
    assert ("field.two-purposes", "purpose") in codes(result)


def test_a_release_that_was_written_is_not_lost() -> None:
    result = entered(compound__release="extended")
    assert result.fill is not None
    assert result.fill.prescription.compound.release == "extended"


def test_empty_directions_are_named_and_nothing_is_asked_of_them() -> None:
    result = entered(sig="  ")
    assert ("field.missing", "sig") in codes(result)
    assert not any(code.startswith("sig.") for code, _ in codes(result))


def test_a_name_given_twice_must_be_the_same_name() -> None:
    assert ("field.two-names", "patient.name") in codes(entered(patient__name="Somebody Else"))
    assert not codes(entered(patient__name="DOE, Jane"))


def test_a_prescription_number_longer_than_any_is_refused() -> None:
    assert ("field.too-long", "rx_number") in codes(entered(rx_number="7" * 4000))
