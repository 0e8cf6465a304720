"""Amounts print one safe way and read back exactly."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rx.amount import NBSP, Amount, Basis, Strength, Unit, decimal_of, number, read_number

doses = st.decimals(min_value="0.000001", max_value="9999999", places=6)


@pytest.mark.parametrize(
    ("value", "text"),
    [("0.5", "0.5"), (".5", "0.5"), ("1.0", "1"), ("4.50", "4.5"), ("1000", "1,000"), ("0", "0"),
     ("1E+3", "1,000"), ("0.0625", "0.0625"), ("100", "100")],
)  # fmt: skip
def test_a_number_is_written_the_one_safe_way(value: str, text: str) -> None:
    assert number(Decimal(value)) == text


@given(doses)
def test_a_number_reads_back_exactly(value: Decimal) -> None:
    assert read_number(number(value)) == value


@given(doses)
def test_a_number_has_no_forbidden_form(value: Decimal) -> None:
    text = number(value)
    assert not text.startswith(".")
    assert not (("." in text) and text.endswith("0"))
    assert "E" not in text


@pytest.mark.parametrize(
    "text",
    ["1,5", "1 .5", "1e3", "-1", "+1", "\u0663", "\uff11", "1.", "", "NaN", "Infinity", "1/2", "12345678",
     "1,00", "1.5.0", "0x10", "1_000"],
)  # fmt: skip
def test_what_is_no_plain_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a plain number"):
        read_number(text)


def test_an_exponent_cannot_flood_the_label() -> None:
    with pytest.raises(ValueError, match="range"):
        number(Decimal("1E+999999"))


def test_a_third_has_no_decimal_and_is_not_rounded() -> None:
    assert decimal_of(Fraction(2, 3)) is None
    assert decimal_of(Fraction(9, 2)) == Decimal("4.5")
    with pytest.raises(ValueError, match="no exact decimal"):
        number(Fraction(1, 3))


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-1"])
def test_an_amount_is_finite_and_not_negative(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        Amount(Decimal(value), Unit.MG)


def test_an_amount_keeps_number_and_unit_together() -> None:
    assert str(Amount(Decimal("4.5"), Unit.MG)) == f"4.5{NBSP}mg"
    assert str(Amount(Decimal(1), Unit.CAPSULE)) == f"1{NBSP}capsule"
    assert str(Amount(Decimal(2), Unit.CAPSULE)) == f"2{NBSP}capsules"
    assert str(Amount(Decimal("0.5"), Unit.TABLET)) == f"0.5{NBSP}tablet"
    assert str(Amount(Decimal("1.5"), Unit.TABLET)) == f"1.5{NBSP}tablets"


def test_mcg_mg_and_g_are_the_same_weight() -> None:
    assert Amount(Decimal(20), Unit.MCG).same_as(Amount(Decimal("0.02"), Unit.MG))
    assert not Amount(Decimal(1), Unit.MCG).same_as(Amount(Decimal(1), Unit.MG))
    with pytest.raises(ValueError, match="not a weight"):
        Amount(Decimal(1), Unit.CAPSULE).in_mg()


@pytest.mark.parametrize(
    ("amount", "unit", "basis", "per", "text", "mg"),
    [
        ("1.5", Unit.MG, Basis.PER_UNIT, "1", f"1.5{NBSP}mg", Fraction(3, 2)),
        ("1", Unit.MG, Basis.PER_ML, "1", f"1{NBSP}mg/mL", Fraction(1)),
        ("5", Unit.MG, Basis.PER_ML, "5", f"5{NBSP}mg/5{NBSP}mL", Fraction(1)),
        ("1", Unit.G, Basis.PERCENT, "100", "1%", Fraction(10)),
        ("60", Unit.MG, Basis.PER_BATCH, "1", f"60{NBSP}mg", None),
        ("4.5", Unit.MG, Basis.PER_UNIT, "3", f"4.5{NBSP}mg/3{NBSP}units", Fraction(3, 2)),
        ("1", Unit.G, Basis.PERCENT, "50", f"1{NBSP}g/50{NBSP}g", Fraction(20)),
        ("1", Unit.MG, Basis.PERCENT, "100", f"1{NBSP}mg/100{NBSP}g", Fraction(1, 100)),
    ],
)
def test_a_strength_says_what_it_is_counted_in(
    amount: str, unit: Unit, basis: Basis, per: str, text: str, mg: Fraction | None
) -> None:
    strength = Strength(Amount(Decimal(amount), unit), basis, Decimal(per))
    assert str(strength) == text
    assert strength.mg_in_one() == mg
