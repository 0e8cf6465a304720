"""Colours on a page: drawn as declared, told when they are not, and never in the way of a letter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.draw.raster import coloured, raster
from labelapp.layout.page import Box, Page, Pages, Rule
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
