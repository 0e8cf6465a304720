"""The ruler: what it promises of a line is what the printer's picture shows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from labelapp.draw.fonts import Fonts
from labelapp.draw.page import draw
from labelapp.draw.raster import raster
from labelapp.label.document import Weight
from labelapp.layout.page import Box, Page, Pages
from labelapp.rx.errors import BadResource
from tests.draw.samples import FONTS, RULER, run, stock

KNOWN = sorted(FONTS.glyphs(Weight.REGULAR))
words = st.text(st.sampled_from(KNOWN), min_size=1, max_size=25)


def pictured(text: str, size: float, weight: Weight, dpi: int) -> tuple[Box, Image.Image]:
    """Draw one line alone on a large page; give its box and the page's ink as white on black."""
    line = run(text, 40, 300, size, weight, dpi)
    whole = Box(0, 0, 1600, 400)
    pages = Pages(stock(), dpi, (Page(1600, 400, whole, whole, (line,), (), ()),))
    (picture,) = raster(draw(pages, FONTS), dpi)
    return line.box, ImageChops.invert(picture)


@given(
    words, st.sampled_from((6, 8, 12)), st.sampled_from(list(Weight)), st.sampled_from((203, 300))
)
def test_the_ink_of_a_line_stays_within_what_the_ruler_said(text, size, weight, dpi):
    box, ink = pictured(text, size, weight, dpi)
    found = ink.getbbox()
    if found is not None:
        assert box.holds(Box(found[0], found[1], found[2] - found[0], found[3] - found[1]))
        reach = RULER.ink(text, weight, size)
        assert 300 - found[1] <= reach.above * dpi / 72 + 1
        assert found[3] - 300 <= reach.below * dpi / 72 + 1


@given(words, words)
def test_a_line_is_no_wider_than_its_pieces(one, other):
    both = RULER.width(one + other, Weight.BOLD, 10)
    assert both <= RULER.width(one, Weight.BOLD, 10) + RULER.width(other, Weight.BOLD, 10) + 1e-9


def test_a_width_is_the_sum_of_the_advances_in_the_font_file():
    # Noto Sans 400: T 556, a 561, k 534, e 564 thousandths
    assert RULER.width("Take", Weight.REGULAR, 1000) == 556 + 561 + 534 + 564
    assert RULER.width("", Weight.REGULAR, 12) == 0


def test_a_letter_that_reaches_back_is_given_its_room():
    plain = sum(FONTS.glyphs(Weight.REGULAR)[each].advance for each in "Jane")
    assert RULER.width("Jane", Weight.REGULAR, 1000) == plain + 78
    box, ink = pictured("J", 24, Weight.REGULAR, 203)
    assert (ink.getbbox() or (0,))[0] >= box.x


def test_a_space_that_does_not_break_is_as_wide_as_one_that_does_and_leaves_no_ink():
    wide = RULER.width("4.5\u00a0mg", Weight.REGULAR, 9)
    assert wide == RULER.width("4.5 mg", Weight.REGULAR, 9)
    assert pictured("\u00a0", 12, Weight.REGULAR, 203)[1].getbbox() is None


@pytest.mark.parametrize("weight", Weight)
def test_no_glyph_rises_over_the_ascent_or_sinks_under_the_descent(weight):
    reaches = [RULER.ink(each, weight, 10) for each in FONTS.glyphs(weight)]
    assert max(each.above for each in reaches) == RULER.ascent(weight, 10)
    assert max(each.below for each in reaches) == RULER.descent(weight, 10)
    assert RULER.ascent(weight, 10) > RULER.ink("Ź", weight, 10).above


def test_missing_characters_are_named_once_in_the_order_met():
    assert RULER.missing("a∞b☃∞\uffff\x00", Weight.BOLD) == ("∞", "☃", "\uffff", "\x00")
    assert RULER.missing("Nguyễn Łódź Жук ½ €", Weight.REGULAR) == ()


def test_fonts_may_be_asked_for_again_but_not_swapped(tmp_path):
    again = Fonts(FONTS.path(Weight.BOLD).parent)
    assert again.name(Weight.BOLD) == FONTS.name(Weight.BOLD)
    _copy(FONTS.path(Weight.BOLD), tmp_path / "NotoSans-Regular.ttf")
    _copy(FONTS.path(Weight.REGULAR), tmp_path / "NotoSans-Bold.ttf")
    with pytest.raises(BadResource) as refused:
        Fonts(tmp_path)
    assert refused.value.code == "draw.font-changed"


def test_a_folder_without_the_fonts_is_named(tmp_path):
    with pytest.raises(BadResource) as refused:
        Fonts(tmp_path)
    assert (refused.value.code, refused.value.values["name"]) == (
        "draw.font-unreadable",
        "NotoSans-Regular.ttf",
    )


def _copy(source: Path, target: Path) -> None:
    target.write_bytes(source.read_bytes())
