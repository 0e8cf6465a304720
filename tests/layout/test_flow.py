"""Flowing: every word of a paper stands on its pages, whole, in order, or the paper is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.label.document import Mark, Symbology, Weight
from labelapp.label.handout import PAGE_NUMBER, Cell, Handout, Passage, Style, Table
from labelapp.layout.faces import CALENDAR, LARGE_PRINT, LEAFLET
from labelapp.layout.flow import flow
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.unlost import unheld
from labelapp.resources.typed import stocks
from tests.layout.flowing import check

STOCKS = stocks()
LETTER, ROLL = STOCKS["us-letter"], STOCKS["thermal-4x6"]
SERIAL = "P4417203-00-1-1"
WORD = st.text("abcdefghijklmnopqrstuvwxyzÁÑŷ", min_size=1, max_size=12)
TEXT = st.lists(WORD, min_size=1, max_size=25).map(" ".join)


def passage(
    key: str,
    text: str,
    style: Style = Style.BODY,
    *,
    joined: bool = False,
    ruled: bool = False,
    loose: bool = False,
) -> Passage:
    field = f"field of {key}"
    return Passage(key, text, "a test", style, field, joined=joined, ruled=ruled, loose=loose)


def handout(*body: Passage | Table, most: int = 12, name: str = "Marguerite Okafor") -> Handout:
    return Handout(
        serial=SERIAL,
        running=(passage("patient", name, Style.NAME),),
        body=body,
        foot=(passage(PAGE_NUMBER, "Page {n} of {total}"),),
        marks=(Mark(Symbology.DATAMATRIX, SERIAL, "a test"),),
        most_pages=most,
    )


@given(st.lists(st.tuples(TEXT, st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_whatever_flows_is_whole_on_its_pages(ruler, texts):
    body = [
        passage(f"p{place}", text, ruled=ruled, joined=joined)
        for place, (text, ruled, joined) in enumerate(texts)
    ]
    paper = handout(*body, most=40)
    pages = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    check(pages, paper, 18)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=3), min_size=1, max_size=30))
def test_a_table_is_never_broken_within_a_row(ruler, cells):
    row = [
        Cell(
            tuple(
                passage(f"c{place}", text, (Style.TICK, Style.STRONG, Style.BODY)[each])
                for each, text in enumerate(texts)
            ),
            heavy=place % 3 == 0,
        )
        for place, texts in enumerate(cells)
    ]
    row += [Cell()] * (-len(row) % 3)
    table = Table(tuple(tuple(row[at : at + 3]) for at in range(0, len(row), 3)), (1, 1, 1))
    paper = handout(table, most=40)
    pages = flow(paper, LETTER, 300, ruler, CALENDAR)
    assert isinstance(pages, Pages)
    check(pages, paper, 10)
    for place, _texts in enumerate(cells):
        on = [page for page in pages.pages if any(w.key == f"c{place}" for w in page.words)]
        assert len(on) == 1


def test_what_is_joined_stands_on_the_page_of_what_it_is_joined_to(ruler):
    pairs = [
        each
        for place in range(12)
        for each in (
            passage(f"en{place}", "Take 1 capsule by mouth at bedtime every day"),
            passage(f"es{place}", "Tome 1 cápsula por la boca cada noche", joined=True),
        )
    ]
    paper = handout(*pairs, most=12)
    pages = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    assert len(pages.pages) > 1
    check(pages, paper, 18)
    for page in pages.pages:
        there = {words.key for words in page.words}
        assert {f"es{key[2:]}" for key in there if key.startswith("en")} <= there


def test_each_page_says_its_number_and_has_a_serial_of_its_own(ruler):
    paper = handout(*(passage(f"p{each}", "one line of it") for each in range(40)))
    pages = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    total = len(pages.pages)
    assert total > 2
    for number, page in enumerate(pages.pages, start=1):
        said = [words.text for words in page.words if words.key == PAGE_NUMBER]
        assert " ".join(said) == f"Page {number} of {total}"
        assert [bars.payload for bars in page.bars] == [f"P4417203-00-{number}-1"]
        assert any(words.key == "patient" for words in page.words)


def test_a_word_wider_than_a_line_is_refused_with_its_field(ruler):
    wide = "w" * 40
    found = flow(handout(passage("a", f"w {wide} w")), ROLL, 203, ruler, LARGE_PRINT)
    assert found == TooLong("field of a", "a", wide, ROLL.name)
    assert isinstance(flow(handout(passage("a", wide)), LETTER, 300, ruler, CALENDAR), Pages)


def test_more_pages_than_it_may_have_are_refused_with_their_number(ruler):
    paper = handout(*(passage(f"p{each}", "one line of it") for each in range(40)), most=2)
    found = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(found, TooLong)
    assert (found.field, found.key) == ("", "")
    assert int(found.excess) > 2


def test_a_stock_without_room_for_a_line_is_refused(ruler):
    found = flow(handout(passage("a", "one")), STOCKS["dymo-30252"], 300, ruler, LARGE_PRINT)
    assert found == TooLong("", "", "", STOCKS["dymo-30252"].name)


def test_a_character_without_a_glyph_is_refused_by_name(ruler):
    found = flow(handout(passage("a", "abc 王 d")), ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(found, TooLong)
    assert (found.key, found.missing) == ("a", ("王",))


def test_the_largest_type_that_fits_is_taken_and_none_below_the_least(ruler):
    texts = [passage(f"p{each}", "word " * 40) for each in range(30)]
    sizes = []
    for count in (4, 18, 30):
        pages = flow(handout(*texts[:count], most=1), LETTER, 300, ruler, LEAFLET)
        if isinstance(pages, TooLong):
            sizes.append(0.0)
            continue
        sizes.append(min(w.size_pt for w in pages.pages[0].words if w.key.startswith("p")))
    assert sizes[0] == 13
    assert 11 <= sizes[1] < 13
    assert sizes[2] == 0


def test_two_columns_are_about_equally_long(ruler):
    paper = handout(*(passage(f"p{each}", "a line of words") for each in range(20)), most=1)
    pages = flow(paper, LETTER, 300, ruler, LEAFLET)
    assert isinstance(pages, Pages)
    (page,) = pages.pages
    flowing = [
        words for words in page.words if words.key.startswith("p") and words.key[1:].isdigit()
    ]
    left = [each for each in flowing if each.box.x < page.width // 2]
    assert len(left) == 10
    check(pages, paper, 11)


def test_an_address_is_broken_after_its_signs_alone(ruler):
    link = "https://www.quillfeather-compounding.example/" + "/".join(["patients"] * 12)
    paper = replace(handout(passage("a", "words")), foot=(passage("link", link, loose=True),))
    pages = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    check(pages, paper, 18)
    lines = [words.text for words in pages.pages[0].words if words.key == "link"]
    assert len(lines) > 2
    assert "".join(lines) == link
    assert all(line[-1] in "/-.:" for line in lines[:-1])


def test_all_of_large_print_is_bold(ruler):
    styles = [
        passage(style.value, "some words", style) for style in Style if style is not Style.CHIP
    ]
    pages = flow(handout(*styles), ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    words = [each for page in pages.pages for each in page.words]
    assert {each.weight for each in words} == {Weight.BOLD}
    assert {each.size_pt for each in words} == {18.0}


@pytest.mark.parametrize("fault", ["word", "page", "number", "mark", "tick", "more"])
def test_pages_that_lack_something_are_found_out(ruler, fault):
    paper = handout(*(passage(f"p{each}", "tick me off", Style.TICK) for each in range(20)))
    pages = flow(paper, ROLL, 203, ruler, LARGE_PRINT)
    assert isinstance(pages, Pages)
    assert unheld(paper, pages) == ""
    first, *others = pages.pages
    changed = {
        "word": replace(first, words=first.words[:1] + first.words[2:]),
        "page": None,
        "number": replace(
            first, words=tuple(each for each in first.words if each.key != PAGE_NUMBER)
        ),
        "mark": replace(first, bars=()),
        "tick": replace(first, rules=tuple(each for each in first.rules if not each.hollow_dots)),
        "more": replace(first, words=(*first.words, replace(first.words[0], key="other"))),
    }[fault]
    rest = (changed, *others) if changed else tuple(others)
    assert unheld(paper, replace(pages, pages=rest)) != ""
