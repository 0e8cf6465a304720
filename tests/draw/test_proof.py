"""The proof: it passes what is right, and each way a label can lie is caught and named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.draw.page import draw
from labelapp.draw.proof import Proof, proof
from labelapp.draw.raster import raster
from labelapp.label.document import Symbology, Weight
from labelapp.layout.page import Bars, Box, Page, Pages, Rule, Words
from labelapp.rx.errors import ProofFailed
from tests.draw.samples import FONTS, SERIAL, label, mark, run, stock, with_page

LABEL = label()
PAGE = LABEL.pages[0]
DIRECTIONS = next(at for at, words in enumerate(PAGE.words) if words.key == "directions")
WARNING = next(at for at, words in enumerate(PAGE.words) if words.white)
SIZES = st.sampled_from((6, 7, 8, 10, 12, 14))


def read_back(drawn: Pages, declared: Pages) -> Proof:
    """Draw some pages and proof the PDF against others."""
    return proof(draw(drawn, FONTS), declared, FONTS)


def why(drawn: Pages, declared: Pages) -> tuple[str, str, str]:
    """Say how the proof failed: code, page, key."""
    with pytest.raises(ProofFailed) as failed:
        read_back(drawn, declared)
    values = failed.value.values
    assert set(values) == {"page", "key"}
    return failed.value.code, values["page"], values["key"]


def with_words(at: int, **changes: object) -> Pages:
    """The label with one run of words told differently."""
    words = list(PAGE.words)
    words[at] = replace(words[at], **changes)  # type: ignore[arg-type]
    return with_page(LABEL, words=tuple(words))


def with_bars(at: int, bars: Bars) -> Pages:
    """The label with another mark."""
    both = list(PAGE.bars)
    both[at] = bars
    return with_page(LABEL, bars=tuple(both))


def aside(box: Box, x: int = 0, y: int = 0) -> Box:
    """A box, moved."""
    return Box(box.x + x, box.y + y, box.width, box.height)


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_right_label_passes_and_gives_its_picture_and_marks(dpi):
    pages = label(dpi)
    pdf = draw(pages, FONTS)
    found = proof(pdf, pages, FONTS)
    assert found.marks == ((Symbology.CODE128, SERIAL), (Symbology.DATAMATRIX, SERIAL))
    assert [page.tobytes() for page in found.pages] == [page.tobytes() for page in raster(pdf, dpi)]


@given(
    st.text(st.sampled_from(sorted(FONTS.glyphs(Weight.REGULAR))), min_size=1, max_size=20),
    SIZES,
    st.sampled_from(list(Weight)),
    st.sampled_from((203, 300)),
    st.booleans(),
)
def test_whatever_the_font_can_say_passes(text, size, weight, dpi, white):
    words = run(text, 21, 110, size, weight, dpi, white)
    whole = Box(0, 0, 1700, 180)
    ground = (Rule(Box(4, 4, 1690, 172)),) if white else ()
    page = Page(1700, 180, whole, whole, (words,), (), ground)
    one = Pages(stock(), dpi, (page,))
    read_back(one, one)


def test_a_page_too_few_or_too_many_is_caught():
    two = replace(LABEL, pages=(PAGE, PAGE))
    assert why(LABEL, two) == ("proof.page-count", "1", "")
    assert why(two, LABEL) == ("proof.page-count", "2", "")


def test_the_second_page_is_named():
    two = replace(LABEL, pages=(PAGE, PAGE))
    other = replace(PAGE, words=PAGE.words[1:])
    assert why(replace(LABEL, pages=(PAGE, other)), two) == ("proof.words-missing", "2", "pharmacy")


def test_another_page_size_is_caught():
    wider = with_page(LABEL, width=PAGE.width + 1)
    assert why(wider, LABEL)[0] == "proof.page-size"


@pytest.mark.parametrize("at", [0, 1])
def test_a_mark_that_says_something_else_is_caught(at):
    mine = PAGE.bars[at]
    lies = replace(mine, payload="R7004112-00-1-2")
    assert why(LABEL, with_bars(at, lies)) == ("proof.mark-wrong", "1", mine.symbology.value)


@pytest.mark.parametrize("at", [0, 1])
def test_a_mark_that_is_not_there_is_caught(at):
    without = with_page(LABEL, bars=(PAGE.bars[1 - at],))
    assert why(without, LABEL) == ("proof.mark-unreadable", "1", PAGE.bars[at].symbology.value)


@pytest.mark.parametrize("at", [0, 1])
def test_a_mark_one_dot_aside_is_caught(at):
    mine = PAGE.bars[at]
    moved = replace(mine, box=aside(mine.box, x=1))
    assert why(with_bars(at, moved), LABEL) == ("proof.mark-inexact", "1", mine.symbology.value)


def test_a_single_wrong_dot_in_a_bar_is_caught_though_it_still_scans():
    hole = Rule(Box(PAGE.bars[0].box.x + 4, PAGE.bars[0].box.y + 20, 1, 1))
    assert why(with_page(LABEL, rules=(*PAGE.rules, hole)), LABEL)[0] == "proof.mark-inexact"


def test_words_in_the_rest_of_a_mark_are_caught():
    quiet = PAGE.bars[1].quiet
    words = (*PAGE.words, run("l", quiet.x + 1, quiet.bottom - 1, 6))
    crowded = with_page(LABEL, words=words)
    assert why(crowded, crowded)[0] in {"proof.mark-inexact", "proof.mark-unreadable"}


def test_ink_off_the_printable_area_is_caught():
    small = replace(PAGE.printable, y=PAGE.printable.y + 20, height=PAGE.printable.height - 20)
    assert why(LABEL, with_page(LABEL, printable=small)) == ("proof.ink-outside", "1", "")


def test_words_off_the_page_are_caught():
    off = with_words(DIRECTIONS, box=aside(PAGE.words[DIRECTIONS].box, x=700))
    code, _page, _key = why(off, off)
    assert code == "proof.ink-outside"


@pytest.mark.parametrize(("x", "y"), [(-3, 0), (3, 0), (0, -20), (0, 20)])
def test_words_beside_their_box_are_caught(x, y):
    mine = PAGE.words[DIRECTIONS]
    moved = with_words(DIRECTIONS, box=aside(mine.box, x, y))
    assert why(LABEL, moved)[0] in {"proof.words-missing", "proof.ink-outside", "proof.ink-stray"}


def test_words_on_another_line_are_caught():
    lower = with_words(DIRECTIONS, baseline=PAGE.words[DIRECTIONS].baseline + 2)
    assert why(lower, LABEL) == ("proof.words-missing", "1", "directions")


def test_words_that_were_left_out_are_caught():
    without = with_page(LABEL, words=PAGE.words[:DIRECTIONS] + PAGE.words[DIRECTIONS + 1 :])
    assert why(without, LABEL) == ("proof.words-missing", "1", "directions")


def test_words_nobody_declared_are_caught():
    more = with_page(LABEL, words=(*PAGE.words, run("twice", 600, 236, 8)))
    assert why(more, LABEL) == ("proof.ink-stray", "1", "")


def test_white_words_on_bare_paper_are_caught():
    white = with_words(DIRECTIONS, white=True)
    assert why(white, LABEL) == ("proof.words-missing", "1", "directions")
    assert why(white, white) == ("proof.words-covered", "1", "directions")


def test_black_words_on_a_black_ground_are_caught():
    black = with_words(WARNING, white=False)
    assert why(black, LABEL) == ("proof.words-missing", "1", "aux.OPIOID")
    assert why(black, black) == ("proof.words-covered", "1", "aux.OPIOID")


def test_words_over_other_words_are_caught():
    over = with_page(LABEL, words=(*PAGE.words, run("SAMPLE", 100, 150, 30, key="sample")))
    assert why(over, over) == ("proof.words-covered", "1", "sample")


def test_a_gap_in_a_rule_and_a_thicker_one_are_caught():
    line, *others = PAGE.rules
    short = replace(line, box=replace(line.box, width=line.box.width - 1))
    thick = replace(line, box=replace(line.box, height=line.box.height + 1))
    assert why(with_page(LABEL, rules=(short, *others)), LABEL)[0] == "proof.rule-broken"
    assert why(with_page(LABEL, rules=(thick, *others)), LABEL)[0] == "proof.ink-stray"


@pytest.mark.parametrize(
    ("meant", "printed"),
    [
        ("Lot 5-118", "Lot S-118"),
        ("Take 1 capsule", "Take 2 capsule"),
        ("Take 1 capsule", "Take l capsule"),
        ("for 7 days", "for 1 days"),
        ("bedtime, with", "bedtime  with"),
        ("4.5\u00a0mg", "4 5\u00a0mg"),
        ("4.5\u00a0mg", "4,5\u00a0mg"),
        ("0.5\u00a0mL", "0.6\u00a0mL"),
        ("3\u00a0mg", "8\u00a0mg"),
        ("Smith, Ana", "Smyth, Ana"),
        ("Peña", "Pena"),
    ],
)
@pytest.mark.parametrize("size", [6, 12])
@pytest.mark.parametrize("weight", Weight)
def test_one_wrong_character_is_caught_down_to_the_smallest_type(meant, printed, size, weight):
    def said(text: str) -> Pages:
        return with_page(LABEL, words=(run(text, 20, 184, size, weight),))

    caught = {"proof.words-missing", "proof.words-other", "proof.ink-stray"}
    assert why(said(printed), said(meant))[0] in caught
    assert why(said(meant), said(printed))[0] in caught


@pytest.mark.parametrize("pair", ["S5", "58", "B8", "DO", "Z2", "Jj", "il", "6S", "O0", "ce", "S$"])
@pytest.mark.parametrize("size", [7, 8])
@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("dpi", [203, 300])
def test_letters_alike_are_told_apart_in_the_smallest_type(pair, size, weight, dpi):
    one, other = (
        with_page(LABEL, words=(run(f"Lot {each}-118", 20, 184, size, weight, dpi),))
        for each in pair
    )
    for meant, printed in ((one, other), (other, one)):
        meant, printed = replace(meant, dpi=dpi), replace(printed, dpi=dpi)  # noqa: PLW2901
        bare = with_page(meant, rules=(), bars=()), with_page(printed, rules=(), bars=())
        assert len(read_back(bare[0], bare[0]).pages) == 1
        assert why(bare[1], bare[0])[0] in {
            "proof.words-missing", "proof.words-other", "proof.ink-stray",
        }  # fmt: skip


def test_another_letter_that_lies_within_bounds_is_named_as_such():
    meant = with_page(LABEL, words=(run("S", 20, 184, 7, key="lot"),))
    printed = with_page(LABEL, words=(run("5", 20, 184, 7, key="lot"),))
    assert why(printed, meant) == ("proof.words-other", "1", "lot")


def test_a_proof_keeps_no_patient_in_its_error():
    with pytest.raises(ProofFailed) as failed:
        read_back(with_page(LABEL, words=()), LABEL)
    assert "Jane" not in f"{failed.value!r} {failed.value.values}"


def test_a_mark_at_the_very_edge_of_the_page_passes():
    size = stock("54", "25")
    wide, high = size.dots(203)
    bars = mark(Symbology.CODE128, "R1-0-1-1", 0, high - 40, 2, height=40)
    words: tuple[Words, ...] = (run("Jj", 0, 40, 12),)
    whole = Box(0, 0, wide, high)
    one = Pages(size, 203, (Page(wide, high, whole, whole, words, (bars,), ()),))
    read_back(one, one)
