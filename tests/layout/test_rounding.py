"""Whole dots: what stands exactly in a width does not come out a dot wider, and grounds keep apart."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.label.document import Element, Weight, Zone
from labelapp.layout.setting import Line, Manner, Part, Run
from labelapp.layout.tape import Tape

WORDS = st.lists(st.text("abcdefgijopqJyÁ", min_size=1, max_size=8), min_size=1, max_size=8)
FACES = st.tuples(st.sampled_from(Weight), st.sampled_from((7, 7.5, 8, 9, 10, 11, 12, 13)))
HEADS = st.sampled_from((203, 300, 600))


@pytest.mark.parametrize(
    ("text", "size", "dots"),
    [
        ("fd rpaphivdaev pcer", 8, 332),
        ("p cbbieoasgpsvodp", 9, 357),
        ("vgafbghrconsieupieeshcii", 12, 639),
    ],
)
def test_a_sum_of_fractions_that_is_whole_dots_is_no_dot_more(text, size, dots, ruler):
    assert ruler.width(text, Weight.BOLD, size) * 300 / 72 > dots
    assert Tape(ruler, 300).width(text, Weight.BOLD, size) == dots


@given(words=WORDS, face=FACES, dpi=HEADS, less=st.integers(0, 400))
def test_no_line_comes_out_wider_than_the_width_it_was_broken_to(words, face, dpi, less, ruler):
    tape = Tape(ruler, dpi)
    text = " ".join(words)
    least = max(tape.width(word, *face) for word in words)
    width = max(least, tape.width(text, *face) - less)
    lines = tape.wrap("purpose", text, width, face)
    assert " ".join(lines) == text
    assert all(tape.width(line, *face) <= width for line in lines)


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("size", [7, 7.5, 8, 9, 10, 11, 12])
@pytest.mark.parametrize("text", ["DO NOT TAKE", "JgpÁ"])
def test_black_grounds_on_lines_under_each_other_keep_apart(text, size, dpi, ruler):
    tape = Tape(ruler, dpi)
    warning = Element("aux.OPI", text, Zone.WARNINGS, "", "", size, reversed=True)
    part = Part(tape)
    for _line in range(3):
        line = Line()
        line.chip(0, Run(text, warning, Weight.BOLD, size, white=True), tape)
        part.line(line, Manner(size, 1.06, packed=True, lift=0, gap=0, loud=size))
    boxes = [rule.box for rule in part.rules]
    assert not any(one.meets(other) for one, other in itertools.combinations(boxes, 2))
    assert all(box.y >= 0 and box.bottom <= part.height for box in boxes)
    assert all(any(box.holds(words.box) for box in boxes) for words in part.words(0, 0))


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize("packed", [True, False])
def test_letters_above_and_below_a_black_ground_keep_white_between(dpi, packed, ruler):
    tape = Tape(ruler, dpi)
    words = Element("aux.X", "Keep tightly, ÁÉ", Zone.WARNINGS, "", "", 7)
    part = Part(tape)
    manner = Manner(7, 1.06, packed=packed, lift=0, gap=0, loud=7)
    for black in (False, True, True, False):
        line, run = Line(), Run(words.text, words, Weight.BOLD, 7, white=black)
        if black:
            line.chip(0, run, tape)
        else:
            line.runs.append((0, run))
        part.line(line, manner)
    above, _first, _second, below = (words.box for words in part.words(0, 0))
    first, second = (rule.box for rule in part.rules)
    assert first.bottom == second.y
    assert first.y - above.bottom >= 1
    assert below.y - second.bottom >= 1
