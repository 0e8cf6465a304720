"""A stock of one's own: read in mm or inch, and refused with what is wrong rather than guessed at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from labelapp.dispensing.ownstock import Asked, BadStock, drawn_up, length_mm
from labelapp.layout.stock import Design


@pytest.mark.parametrize(
    ("typed", "mm"),
    [
        ("4 in", "101.60"),
        ("4in", "101.60"),
        ('4"', "101.60"),
        ("4 ″", "101.60"),
        ("101.6 mm", "101.60"),
        ("101.6MM", "101.60"),
        ("10 cm", "100.00"),
        ("2.25 inches", "57.15"),
        ("2 1/4 in", "57.15"),
        ("2-1/4in", "57.15"),
        ("2¼ in", "57.15"),
        (" 2  1/4  in. ", "57.15"),
        ("3/8 in", "9.52"),
        (".5 in", "12.70"),
        ("1 1/3 in", "33.87"),
    ],
)
def test_a_length_is_read_in_mm_or_inch(typed, mm):
    assert length_mm(typed) == Decimal(mm)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "4",
        "in",
        "4 ft",
        "4 in 2",
        "-4 in",
        "1/0 in",
        "11/4 in",
        "4,5 mm",
        "1e2 mm",
        "٤ in",
        "4..1 mm",
    ],
)
def test_what_may_mean_two_things_is_no_length(typed):
    with pytest.raises(BadStock) as bad:
        length_mm(typed)
    assert bad.value.code == "stock.bad-length"


def test_a_stock_is_a_row_like_the_others():
    made = drawn_up(Asked(" Our  roll ", "4in", "2.5in", "2 mm", (203, 300, 203)))
    assert (made.id, made.name, made.maker) == ("own-our-roll", "Our roll", "own")
    assert (made.width_mm, made.height_mm) == (Decimal("101.60"), Decimal("63.50"))
    assert made.number == "101.6 x 63.5 mm"
    assert made.margins_mm == (Decimal(2),) * 4
    assert made.dpi == (203, 300)
    assert made.design is Design.LANDSCAPE
    assert not made.measured  # nobody held a ruler to it that the program knows of
    assert not made.approved_by


def test_four_margins_are_top_right_bottom_left_and_share_a_unit():
    made = drawn_up(Asked("Roll", "4in", "3in", "1, 2, 3.5, 4 mm"))
    assert made.margins_mm == (Decimal(1), Decimal(2), Decimal("3.5"), Decimal(4))
    each = drawn_up(Asked("Roll", "4in", "3in", '1 mm; 1/8"; 1mm; 1/8 in'))
    assert each.margins_mm == (Decimal(1), Decimal("3.18"), Decimal(1), Decimal("3.18"))


def test_a_sticker_bears_no_code_and_needs_no_margin():
    assert (
        drawn_up(Asked("Dot", "20 mm", "10 mm", "0 mm", use="auxiliary")).margins_mm
        == (Decimal(),) * 4
    )


def test_a_small_sticker_is_small_and_a_label_is_not():
    assert drawn_up(Asked("Dot", "20 mm", "10 mm", "1 mm", use="auxiliary")).height_mm == 10
    assert drawn_up(Asked("Stamp", "25 mm", "25 mm", "1 mm")).height_mm == 25


@pytest.mark.parametrize(
    ("asked", "code", "values"),
    [
        (Asked("", "4in", "2in"), "stock.bad-name", {"most": "60"}),
        (Asked("x" * 61, "4in", "2in"), "stock.bad-name", {"most": "60"}),
        (Asked("a\u202eb", "4in", "2in"), "stock.bad-name", {"most": "60"}),
        (Asked("Roll", "4", "2in"), "stock.bad-length", {"text": "4"}),
        (Asked("Roll", "4in", "24.9mm"), "stock.small-side", {"text": "24.9mm", "least": "25"}),
        (
            Asked("Dot", "4in", "7mm", use="auxiliary"),
            "stock.small-side",
            {"text": "7mm", "least": "8"},
        ),
        (Asked("Roll", "15 in", "2in"), "stock.large-side", {"text": "15 in", "most": "360"}),
        (Asked("Roll", "4in", "2in", "1, 2mm"), "stock.bad-margins", {"text": "1, 2mm"}),
        (Asked("Roll", "4in", "2in", ""), "stock.bad-margins", {"text": ""}),
        (Asked("Roll", "4in", "2in", "1in"), "stock.no-room", {"text": "1in", "least": "5"}),
        (
            Asked("Roll", "4in", "2in", "2, 0.9, 2, 2 mm"),
            "stock.small-margin",
            {"text": "2, 0.9, 2, 2 mm", "least": "1"},
        ),
        (Asked("Roll", "4in", "2in", "2"), "stock.bad-length", {"text": "2"}),
        (Asked("Roll", "4in", "2in", dpi=()), "stock.bad-dpi", {"least": "150", "most": "1200"}),
        (Asked("Roll", "4in", "2in", dpi=(72,)), "stock.bad-dpi", {"least": "150", "most": "1200"}),
        (Asked("Roll", "4in", "2in", use="poster"), "stock.bad-use", {"use": "poster"}),
    ],
)
def test_what_cannot_be_a_stock_is_refused_with_what_is_wrong(asked, code, values):
    with pytest.raises(BadStock) as bad:
        drawn_up(asked)
    assert (bad.value.code, dict(bad.value.values)) == (code, values)


def test_a_name_that_is_there_is_refused_however_it_is_written():
    with pytest.raises(BadStock) as bad:
        drawn_up(Asked("OUR  Roll", "4in", "2in"), {"own-our-roll"})
    assert bad.value.code == "stock.taken"
