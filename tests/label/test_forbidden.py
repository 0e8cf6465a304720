"""Forms that are misread: found as they stand, and numbers kept with their units."""

from __future__ import annotations

import pytest

from labelapp.label.forbidden import forbidden, kept_together

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (".5 mg", ".5"),
        ("0 .5 mg", ".5"),
        ("1.0 mg", "1.0"),
        ("4.50 mg", "4.50"),
        ("4.5mg", "5mg"),
        ("20mcg", "0mcg"),
        ("5ml", "5ml"),
        ("20 \N{GREEK SMALL LETTER MU}g", "\N{GREEK SMALL LETTER MU}g"),
        ("QD", "QD"),
        ("take q.d.", "q.d."),
        ("at HS", "HS"),
        ("5 cc", "cc"),
        ("Naltrexone4.5 mg", "4.5 mg"),
        (f"HCl4.5{NBSP}mg", f"4.5{NBSP}mg"),
    ],
)
def test_a_form_that_is_misread_is_found(text, form):
    assert forbidden(text) == form


@pytest.mark.parametrize(
    "text",
    [
        "0.5 mg", f"4.5{NBSP}mg", "1 mg", "10 mg", "100 mg", "1,000 mg", "1 mg/mL", "20 mcg",
        "Days 1 to 14: Take 1 capsule at bedtime", "Naltrexone HCl 4.5 mg", "68-77 \N{DEGREE SIGN}F",
        "for 7 days.", "Take 2. Then 10 more", "B12 1 mg",
    ],
)  # fmt: skip
def test_what_is_right_passes(text):
    assert forbidden(text) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("max 4.5 mg a day", f"max 4.5{NBSP}mg a day"),
        ("2 capsules, then 1 capsule", f"2{NBSP}capsules, then 1{NBSP}capsule"),
        ("5 mL (1 mg)", f"5{NBSP}mL (1{NBSP}mg)"),
        ("for 3 great days", "for 3 great days"),
        ("1 g", f"1{NBSP}g"),
        ("Days 1 to 7", "Days 1 to 7"),
        (f"4.5{NBSP}mg", f"4.5{NBSP}mg"),
    ],
)
def test_a_number_is_kept_with_what_it_counts(text, kept):
    assert kept_together(text) == kept
    assert kept_together(kept) == kept
