"""The NPI's check digit, and a date of birth that can be."""

from __future__ import annotations

import doctest
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rules import identity
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from tests.rules.cases import FILL, codes, one, ordered


def with_npi(npi: str) -> Fill:
    return ordered(prescriber=replace(FILL.prescription.prescriber, npi=npi))


def test_the_examples_in_the_docstring_hold():
    assert doctest.testmod(identity).failed == 0
    assert doctest.testmod(identity).attempted >= 5


@pytest.mark.parametrize("npi", ["1234567893", "1558598797", "1234 567 893"])
def test_valid(npi):
    assert identity.is_valid(npi)
    assert codes(with_npi(npi)) == []


@pytest.mark.parametrize(
    "npi", ["1234567890", "0234567890", "123456789", "12345678930", "123456789x", "١٢٣٤٥٦٧٨٩٣"]
)
def test_invalid(npi):
    assert not identity.is_valid(npi)
    found = one(with_npi(npi), "identity.npi")
    assert (found.severity, found.settler) == (Severity.ASK, Settler.ANYONE)


@pytest.mark.parametrize("npi", ["", "  "])
def test_a_prescriber_without_one_is_no_question(npi):
    assert codes(with_npi(npi)) == []


@given(place=st.integers(0, 9), by=st.integers(1, 9))
def test_one_digit_misread_never_passes(place, by):
    digits = list("1234567893")
    digits[place] = str((int(digits[place]) + by) % 10)
    assert not identity.is_valid("".join(digits))


@pytest.mark.parametrize(
    ("born", "asked"),
    [(date(2026, 1, 2), False), (date(2026, 1, 3), True), (date(2062, 3, 12), True)],
)
def test_nobody_is_born_after_the_prescription(born, asked):
    fill = ordered(patient=replace(FILL.prescription.patient, born=born))
    assert ("identity.born" in codes(fill)) is asked
