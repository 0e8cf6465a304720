"""Colours on a page: drawn as declared, told when they are not, and never in the way of a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.draw.raster import bits, coloured, raster, tones
from labelapp.draw.tinted import CONTRAST, burned, contrast
from labelapp.label.stickers import COLOURS
from labelapp.layout.page import Box, Page, Pages, Rule, grey_of
from labelapp.rx.errors import ProofFailed
from tests.draw.samples import FONTS, run, stock

GROUND = Box(20, 20, 300, 120)


def page(tint: str, white: bool) -> Pages:
    size = stock("50", "25")
    width, height = size.dots(203)
    left, top, right, bottom = size.printable(203)
    area = Box(left, top, right - left, bottom - top)
    words = run("Keep away", 60, 90, 10, white=white)
    one = Page(width, height, area, area, (words,), (), (Rule(GROUND, tint=tint),))
    return Pages(size, 203, (one,))


def tinted(pages: Pages, tint: str) -> Pages:
    only = pages.pages[0]
    return replace(pages, pages=(replace(only, rules=(Rule(GROUND, tint=tint),)),))


@pytest.mark.parametrize(("tint", "white"), [("#ffdd00", False), ("#b3131b", True), ("", True)])
def test_a_ground_is_drawn_in_its_colour_and_read_back(tint: str, white: bool) -> None:
    pages = page(tint, white)
    pdf = draw(pages, FONTS)
    proof(pdf, pages, FONTS)
    dot = coloured(pdf, 203)[0].getpixel((GROUND.x + 5, GROUND.y + 5))
    assert dot == ((0, 0, 0) if not tint else tuple(bytes.fromhex(tint[1:])))


def test_a_head_without_colours_leaves_a_pale_ground_white_and_burns_a_dark_one() -> None:
    for tint, white, seen in (("#ffdd00", False, 255), ("#b3131b", True, 0)):
        (picture,) = raster(draw(page(tint, white), FONTS), 203)
        assert picture.getpixel((GROUND.x + 5, GROUND.y + 5)) == seen


def test_another_colour_than_the_declared_one_is_never_let_through() -> None:
    pages = page("#ffdd00", white=False)
    pdf = draw(tinted(pages, "#ff9a2e"), FONTS)
    with pytest.raises(ProofFailed) as failed:
        proof(pdf, pages, FONTS)
    assert failed.value.code == "proof.tint-other"


def test_a_colour_where_none_is_declared_is_never_let_through() -> None:
    pages = page("#ffdd00", white=False)
    only = pages.pages[0]
    stray = replace(only, rules=(*only.rules, Rule(Box(340, 20, 20, 20), tint="#ffdd00")))
    with pytest.raises(ProofFailed) as failed:
        proof(draw(replace(pages, pages=(stray,)), FONTS), pages, FONTS)
    assert failed.value.code == "proof.tint-other"


def test_a_letter_that_was_lost_on_a_tinted_ground_is_found_out() -> None:
    for tint, white in (("#ffdd00", False), ("#b3131b", True)):
        pages = page(tint, white)
        only = pages.pages[0]
        gone = replace(only, words=(replace(only.words[0], text="Keep a ay"),))
        with pytest.raises(ProofFailed):
            proof(draw(replace(pages, pages=(gone,)), FONTS), pages, FONTS)


@pytest.mark.parametrize(("tint", "white"), [("#ffdd00", False), ("#b3131b", True)])
def test_what_is_sent_in_colour_has_nothing_between_letter_and_ground(tint: str, white: bool):
    pages = page(tint, white)
    pdf = draw(pages, FONTS)
    read_back = proof(pdf, pages, FONTS)
    (picture,) = read_back.in_colour
    assert picture is not None
    ground, letter = tuple(bytes.fromhex(tint[1:])), (255, 255, 255) if white else (0, 0, 0)
    used = {colour: many for many, colour in picture.getcolors() or ()}
    assert set(used) == {ground, letter, (255, 255, 255)}
    assert used[ground] > 0.8 * GROUND.width * GROUND.height
    greys = {ground: grey_of(tint), letter: letter[0]}
    (soft,) = tones(pdf, 203)
    for x in range(GROUND.x, GROUND.right):
        for y in range(GROUND.y, GROUND.bottom):
            there, was = picture.getpixel((x, y)), soft.getpixel((x, y))
            other = letter if there == ground else ground
            assert abs(greys[there] - was) <= abs(greys[other] - was)  # type: ignore[index,operator]


def test_a_page_of_black_alone_has_no_other_picture() -> None:
    pages = page("", white=True)
    read_back = proof(draw(pages, FONTS), pages, FONTS)
    assert read_back.in_colour == (None,)


def test_the_picture_in_colour_is_black_and_white_as_the_one_in_black_is() -> None:
    """A letter may be half a dot thinner than in black; where there is none they are the same."""
    for tint, white in (("#ffdd00", False), ("#b3131b", True)):
        pages = page(tint, white)
        pages = replace(pages, pages=(replace(pages.pages[0], words=()),))
        read_back = proof(draw(pages, FONTS), pages, FONTS)
        assert read_back.in_colour[0] is not None
        assert bits(burned(read_back.in_colour[0])) == bits(read_back.pages[0])


def test_words_that_do_not_stand_out_from_their_colour_are_never_let_through() -> None:
    for tint in ("#7f7f7f", "#e06000"):
        pages = page(tint, white=True)
        with pytest.raises(ProofFailed) as failed:
            proof(draw(pages, FONTS), pages, FONTS)
        assert failed.value.code == "proof.tint-faint"
        assert failed.value.values["key"] == pages.pages[0].words[0].key


def test_contrast_is_counted_as_the_guideline_does() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((255, 255, 255), (0x76, 0x76, 0x76)) == pytest.approx(4.54, abs=0.005)
    assert contrast((9, 9, 9), (9, 9, 9)) == 1


def test_every_colour_of_the_rows_carries_its_words() -> None:
    for ink in COLOURS.values():
        letter = (255, 255, 255) if ink.white else (0, 0, 0)
        ground = tuple(bytes.fromhex(ink.tint[1:] or "ffffff"))
        assert contrast(letter, ground) >= CONTRAST  # type: ignore[arg-type]
