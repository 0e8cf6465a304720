"""Breaking lines: between words only, none lost, none cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.layout.wrap import WordTooWide, even, wrap

words = st.text("abcdefgÁ-'\xa0", min_size=1, max_size=9)


def measure(text: str) -> float:
    return float(len(text))


def test_as_many_words_stand_on_a_line_as_will():
    assert wrap("aa bb cc dd", 5, measure) == ("aa bb", "cc dd")


def test_a_fixed_space_never_breaks():
    assert wrap("take 0.5\xa0mL now", 8, measure) == ("take", "0.5\xa0mL", "now")


def test_what_stands_on_the_first_line_already_is_left_room():
    assert wrap("aa bb cc", 5, measure, first=2) == ("aa", "bb cc")
    assert wrap("aaa bb", 5, measure, first=2) == ("", "aaa", "bb")


def test_a_word_wider_than_the_line_is_refused():
    with pytest.raises(WordTooWide) as refused:
        wrap("a hyphenate-me b", 8, measure)
    assert refused.value.word == "hyphenate-me"


def furthest(lines: tuple[str, ...], begins: int) -> int:
    """Where the longest line ends; the first one begins beside what stands there already."""
    return max(begins + len(lines[0]), *map(len, lines))


@given(st.lists(words, min_size=1, max_size=30), st.integers(9, 40), st.integers(0, 40))
def test_no_word_is_lost_and_no_line_too_wide(many, width, first):
    lines = wrap(" ".join(many), width, measure, min(first, width))
    assert [word for line in lines for word in line.split(" ") if word] == many
    assert len(lines[0]) <= first or first >= width
    assert all(len(line) <= width for line in lines)
    for line, after in itertools.pairwise(lines[1:]):
        assert len(line) + 1 + len(after.split(" ")[0]) > width


def test_no_word_is_left_alone_where_the_others_could_share():
    assert wrap("aaaa bb cc dd", 10, measure) == ("aaaa bb cc", "dd")
    assert even("aaaa bb cc dd", 10, measure) == ("aaaa bb", "cc dd")


def test_even_lines_beside_a_lead_end_at_one_place():
    assert wrap("aa bb cc dd ee", 12, measure, first=8) == ("aa bb cc", "dd ee")
    assert even("aa bb cc dd ee", 12, measure, first=8) == ("aa bb", "cc dd ee")


@given(st.lists(words, min_size=1, max_size=30), st.integers(9, 40), st.integers(0, 40))
def test_even_lines_are_as_few_and_no_longer(many, width, first):
    text = " ".join(many)
    for room in (None, min(first, width)):
        lines, even_lines = wrap(text, width, measure, room), even(text, width, measure, room)
        assert len(even_lines) == len(lines)
        assert [word for line in even_lines for word in line.split(" ") if word] == many
        begins = width - room if room is not None else 0
        assert furthest(even_lines, begins) <= furthest(lines, begins)
        assert room is None or room == width or len(even_lines[0]) <= room
