"""The comparison itself: blind to a hair's breadth, sharp on a comma."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PIL import Image, ImageChops

from labelapp.draw.page import draw
from labelapp.draw.raster import raster
from labelapp.label.document import Weight
from labelapp.layout.page import Box, Page, Pages
from tests.draw.samples import FONTS, run, stock
from tests.golden.compare import check, count, differing, told

TEXT = "Take 1 capsule at bedtime, for 7 days"


def said(
    text: str = TEXT, size: float = 12, weight: Weight = Weight.REGULAR, dpi: int = 300
) -> Pages:
    """One line of directions on a label of its own, the baseline on one and the same dot."""
    words = run(text, 40, 120, size, weight, dpi)
    whole = Box(0, 0, 1200, 200)
    return Pages(stock(), dpi, (Page(1200, 200, whole, whole, (words,), (), ()),))


def picture(pages: Pages) -> Image.Image:
    """The picture of the first page."""
    return raster(draw(pages, FONTS), pages.dpi)[0]


def unlike(one: Pages, other: Pages) -> int:
    """Count the dots that differ."""
    return count(differing(picture(one), picture(other)))


def test_the_same_page_is_the_same():
    assert unlike(said(), said()) == 0


@pytest.mark.parametrize(("x", "y"), [(1, 0), (0, 1), (-1, -1), (1, 1)])
def test_a_page_moved_by_a_fifth_of_a_point_passes(x, y):
    page = picture(said())  # one dot of 300 to the inch is 0.24 pt
    assert count(differing(page, ImageChops.offset(page.convert("L"), x, y))) == 0


def test_a_page_moved_further_fails():
    page = picture(said())
    assert count(differing(page, ImageChops.offset(page.convert("L"), 3, 0))) > 0


@pytest.mark.parametrize(
    "other",
    [
        TEXT.replace("Take 1", "Take 2"),
        TEXT.replace("7 days", "1 days"),
        TEXT.replace("bedtime,", "bedtime "),
        TEXT.replace("Take 1", "Take l"),
    ],
)
@pytest.mark.parametrize("weight", Weight)
@pytest.mark.parametrize("dpi", [203, 300])
def test_one_other_character_fails(other, weight, dpi):
    assert unlike(said(weight=weight, dpi=dpi), said(other, weight=weight, dpi=dpi)) > 0


def test_smaller_type_fails():
    assert unlike(said(), said(size=11.9)) > 0


def test_what_was_blessed_passes_and_what_changed_since_does_not(tmp_path):
    pages = said()
    check("try", pages, (picture(pages),), bless=True, folder=tmp_path)
    check("try", pages, (picture(pages),), bless=False, folder=tmp_path)
    other = said(TEXT.replace("1", "2"))
    with pytest.raises(pytest.fail.Exception, match="dots of try-1 differ"):
        check("try", other, (picture(other),), bless=False, folder=tmp_path, failed=tmp_path)
    with Image.open(tmp_path / "try-1/actual.png") as actual:
        assert count(differing(actual, picture(other))) == 0
    with Image.open(tmp_path / "try-1/diff.png") as difference:
        left, *_rest = difference.getbbox() or (0,)
    assert left > 40 + 50  # not in "Take", which is the same
    with pytest.raises(pytest.fail.Exception, match="no golden page"):
        check("none", pages, (picture(pages),), bless=False, folder=tmp_path)


def test_words_that_leave_no_ink_on_the_page_are_seen(tmp_path):
    pages = said()
    check("try", pages, (picture(pages),), bless=True, folder=tmp_path)
    (page,) = pages.pages
    unseen = replace(page, words=(*page.words, run(",", 40, 900)))
    changed = replace(pages, pages=(unseen,))
    assert picture(changed).tobytes() == picture(pages).tobytes()
    with pytest.raises(AssertionError, match="says or stands otherwise"):
        check("try", changed, (picture(changed),), bless=False, folder=tmp_path)


def test_a_page_that_went_missing_is_seen(tmp_path):
    pages = said()
    check("try", pages, (picture(pages),) * 2, bless=True, folder=tmp_path)
    with pytest.raises(AssertionError):
        check("try", pages, (picture(pages),), bless=False, folder=tmp_path)


def test_what_is_told_of_a_page_is_every_word_and_its_place():
    assert told(said("Hi")) == (
        "page 1: 1200 x 200 at 300 dpi\n  directions: Hi | regular 12 pt | 40,66 50x68 on 120\n"
    )
