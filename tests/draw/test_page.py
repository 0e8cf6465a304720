"""The PDF: the same bytes for the same pages, whole dots, our fonts alone, nothing said of anyone."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import ImageChops

from labelapp.draw.page import draw, origins
from labelapp.draw.raster import bits, raster
from labelapp.label.document import Symbology, Weight
from labelapp.layout.page import Box, Page, Pages, Rule, Words
from labelapp.rx.errors import ProofFailed
from tests.draw.samples import FONTS, RULER, label, mark, run, stock, with_page

ROOT = Path(__file__).parents[2]
HEADS = [("101.6", "50.8", 203), ("62", "29", 300), ("54", "25", 203), ("57", "32", 600)]
DRAW_ONE = """
import hashlib
from labelapp.draw.page import draw
from tests.draw.samples import FONTS, label
print(hashlib.sha256(draw(label(), FONTS)).hexdigest())
"""


def digest_elsewhere(**variables: str) -> str:
    """Draw the sample label in a process of its own; give the digest of the PDF."""
    found = subprocess.run(
        [sys.executable, "-c", DRAW_ONE],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **variables},
        capture_output=True,
        text=True,
        check=True,
    )
    return found.stdout.strip()


def test_the_same_pages_are_the_same_bytes_in_any_process():
    first = digest_elsewhere(PYTHONHASHSEED="1", TZ="Asia/Kathmandu", LC_ALL="C")
    assert first == digest_elsewhere(PYTHONHASHSEED="2", TZ="America/Denver")


def test_the_same_pages_are_the_same_bytes_whatever_was_drawn_before():
    one = with_page(label(), words=(run("Ǘŵ½ Żółć", 20, 80),))
    other = with_page(label(), words=(run("żŁ§ Ñandú", 20, 80, weight=Weight.BOLD),))
    alone = {each: draw(each, FONTS) for each in (one, other, label())}
    for order in permutations(alone):
        assert [draw(each, FONTS) for each in order] == [alone[each] for each in order]


@pytest.mark.parametrize(("width", "height", "dpi"), HEADS)
def test_every_bar_is_a_whole_number_of_dots_on_every_stock(width, height, dpi):
    size = stock(width, height)
    wide, high = size.dots(dpi)
    bars = mark(Symbology.CODE128, "R12-0-1-1", 2, 11, 2, height=17)
    square = mark(Symbology.DATAMATRIX, "R12-0-1-1", 3, 60, 3)
    everything = Box(0, 0, wide, high)
    page = Page(wide, high, everything, everything, (), (bars, square), ())
    (picture,) = raster(draw(Pages(size, dpi, (page,)), FONTS), dpi)
    assert picture.size == (wide, high)
    for mine, step in ((bars, bars.box.height), (square, square.module_dots)):
        crop = picture.crop((mine.box.x, mine.box.y, mine.box.right, mine.box.bottom))
        seen = [
            "".join("01"[not crop.getpixel((x, y))] for x in range(crop.width))
            for y in range(crop.height)
        ]
        wanted = [
            "".join(module * mine.module_dots for module in row)
            for row in mine.modules.rows
            for _ in range(step)
        ]
        assert seen == wanted


def test_a_solid_rule_and_a_frame_ink_exactly_their_dots():
    solid, frame = Rule(Box(10, 12, 31, 3)), Rule(Box(50, 12, 20, 15), hollow_dots=2)
    (picture,) = raster(
        draw(with_page(label(), words=(), bars=(), rules=(solid, frame)), FONTS), 203
    )
    black = ImageChops.invert(picture)
    assert black.crop((0, 0, 45, 406)).getbbox() == (10, 12, 41, 15)
    assert black.histogram()[255] == 31 * 3 + 20 * 15 - 16 * 11


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 90), st.integers(0, 90))
def test_a_rule_alone_on_a_page_is_no_dot_thicker(width, height, x, y):
    whole = Box(0, 0, 151, 151)
    page = Page(151, 151, whole, whole, (), (), (Rule(Box(x, y, width, height)),))
    (picture,) = raster(draw(Pages(stock(), 203, (page,)), FONTS), 203)
    assert ImageChops.invert(picture).getbbox() == (x, y, x + width, y + height)


def test_a_page_is_its_dots_in_points_and_viewers_may_not_scale_it():
    pdf = draw(label(300, stock("62", "29")), FONTS)
    assert b"/MediaBox [ 0 0 175.68 82.32 ]" in pdf
    assert re.search(rb"/PrintScaling\s*/None", pdf)


def test_every_font_in_the_file_is_ours_and_embedded():
    pdf = draw(label(), FONTS)
    names = set(re.findall(rb"/BaseFont\s*/(\S+)", pdf))
    assert {name.split(b"+")[1] for name in names} == {b"NotoSans-Regular", b"NotoSans-Bold"}
    assert pdf.count(b"/FontFile2") == len(names)
    assert b"Helvetica" not in pdf


def test_nothing_outside_the_picture_names_the_patient():
    pdf = draw(label(), FONTS)
    assert re.findall(rb"/Title (\(.*?\))", pdf) == [b"(Label)"]
    for word in ("Jane", "Jönsson", "Naltrexone"):
        assert word.encode() not in pdf
        assert word.encode("utf-16-be") not in pdf


def test_markup_in_a_name_is_drawn_as_it_was_written():
    name = "<b>1<super>5</super></b> &amp; <img src='x'>"
    lone = with_page(label(), words=(run(name, 20, 80),), bars=(), rules=())
    (picture,) = raster(draw(lone, FONTS), 203)
    width = RULER.width(name, Weight.REGULAR, 12) * 203 / 72
    ink = ImageChops.invert(picture).getbbox()
    assert ink is not None
    assert ink[2] - ink[0] == pytest.approx(width, abs=6)


def test_a_character_without_a_glyph_is_refused_and_not_drawn_as_a_box():
    for text in ("Take ∞", "a\x00b", "\uffff", "\U0001f48a"):
        with pytest.raises(ProofFailed) as refused:
            draw(with_page(label(), words=(run("ok", 20, 80), _unmeasured(text))), FONTS)
        assert refused.value.code == "proof.no-glyph"
        assert dict(refused.value.values) == {"page": "1", "key": "directions"}


def _unmeasured(text: str) -> Words:
    words = run("x", 20, 120)
    return replace(words, text=text)


@given(
    st.text(st.sampled_from(sorted(FONTS.glyphs(Weight.REGULAR))), min_size=1, max_size=30),
    st.sampled_from((6, 7.5, 9, 12, 14)),
    st.sampled_from((203, 300)),
)
def test_each_letter_stands_on_the_dot_nearest_to_its_place(text, size, dpi):
    words = run(text, 11, 90, size, dpi=dpi)
    glyphs = FONTS.glyphs(Weight.REGULAR)
    dots = size * dpi / 72000
    at = words.box.x + FONTS.overhang(text, Weight.REGULAR)[0] * dots
    for each, place in zip(text, origins(words, dpi, FONTS), strict=True):
        assert abs(place - at) <= 1
        at += glyphs[each].advance * dots


def test_bits_are_rows_of_whole_bytes_with_ink_as_ones():
    page = Page(11, 3, Box(0, 0, 11, 3), Box(0, 0, 11, 3), (), (), (Rule(Box(9, 1, 2, 1)),))
    (picture,) = raster(draw(Pages(stock(), 203, (page,)), FONTS), 203)
    assert bits(picture) == bytes([0, 0, 0, 0b01100000, 0, 0])


def test_what_is_no_pdf_is_refused():
    with pytest.raises(ProofFailed, match=r"proof\.unreadable-pdf"):
        raster(b"%PDF-1.4 and then nothing", 203)
