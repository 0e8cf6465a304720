"""Every warning on every small stock: whole, inside, apart, never under 7 points, or refused by name."""

from __future__ import annotations

import itertools
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.draw.raster import coloured
from labelapp.label.stickers import Sticker, stickers_of
from labelapp.layout.page import Box, Page, Pages, TooLong, Words, shares_of
from labelapp.layout.sticker import fit_stickers
from labelapp.layout.stock import Stock
from labelapp.layout.unsaid import unsaid
from labelapp.resources.typed import stocks, tables, wording
from labelapp.rules.auxiliary import Colour
from tests.draw.samples import FONTS, RULER
from tests.label.test_stickers import LEAST_CONTRAST, contrast

ROWS = tables().auxiliary
AUXILIARY = [each for each in stocks().values() if each.use == "auxiliary"]
SMALLEST = stocks()["sticker-1.5x0.375"]


def sticker(place: int, *, colour: bool, sample: bool, text: str = "") -> Sticker:
    row = ROWS[place]
    (made,) = stickers_of((row,), wording(), colour=colour, sample=sample)
    return replace(made, warning=replace(made.warning, text=text)) if text else made


def sound(made: Sticker, page: Page, stock: Stock, dpi: int) -> None:
    assert unsaid(made.elements, page) == ""
    assert (page.width, page.height) == stock.dots(dpi)
    for box in [each.box for each in page.words] + [each.box for each in page.rules]:
        assert page.printable.holds(box), box
    for one, other in itertools.combinations(page.words, 2):
        assert not one.box.meets(other.box), (one.text, other.text)
    black = [each.box for each in page.rules if not (each.hollow_dots or each.is_pale)]
    for words in page.words:
        assert words.size_pt >= 7
        under = [box for box in black if box.meets(words.box)]
        assert all(box.holds(words.box) for box in under), words.text
        assert bool(under) is words.white, words.text
        frames = [each for each in page.rules if each.hollow_dots]
        assert all(_within(each.box, each.hollow_dots, words) for each in frames)


def _within(box: Box, thick: int, words: Words) -> bool:
    inside = replace(
        box,
        x=box.x + thick,
        y=box.y + thick,
        width=box.width - 2 * thick,
        height=box.height - 2 * thick,
    )
    return inside.holds(words.box)


@settings(max_examples=150, deadline=None)
@given(
    place=st.integers(0, len(ROWS) - 1),
    stock=st.sampled_from(AUXILIARY),
    colour=st.booleans(),
    sample=st.booleans(),
    data=st.data(),
)
def test_any_warning_on_any_sticker_is_whole_or_refused_by_name(
    place: int, stock: Stock, colour: bool, sample: bool, data: st.DataObject
) -> None:
    dpi = data.draw(st.sampled_from(stock.dpi))
    made = sticker(place, colour=colour, sample=sample)
    pages = fit_stickers((made,), stock, dpi, RULER)
    if isinstance(pages, Pages):
        sound(made, pages.pages[0], stock, dpi)
        assert proof(draw(pages, FONTS), pages, FONTS).marks == ()
    else:
        (excess,) = pages
        assert (excess.key, excess.stock) == (made.warning.key, stock.name)
        assert excess.excess.endswith("lines") or excess.excess in made.warning.text


@pytest.mark.parametrize("sample", [False, True])
@pytest.mark.parametrize(("stock", "dpi"), [(s, dpi) for s in AUXILIARY for dpi in s.dpi])
def test_every_warning_in_its_colour_is_read_back_on_every_small_stock(
    stock: Stock, dpi: int, sample: bool
) -> None:
    every = (sticker(place, colour=True, sample=sample) for place in range(len(ROWS)))
    sheets = [fit_stickers((made,), stock, dpi, RULER) for made in every]
    fitted = [pages for pages in sheets if isinstance(pages, Pages)]
    assert fitted
    for pages in fitted:
        (picture,) = proof(draw(pages, FONTS), pages, FONTS).in_colour
        assert (picture is not None) is any(rule.tint for rule in pages.pages[0].rules)


@settings(max_examples=100, deadline=None)
@given(
    words=st.lists(
        st.text("abcdefghijklmnopqrstuvwxyz.,ABC0123", min_size=1, max_size=14),
        min_size=1,
        max_size=12,
    ),
    width=st.integers(15, 90),
    height=st.integers(8, 40),
    sample=st.booleans(),
)
def test_whatever_a_pharmacy_writes_on_whatever_it_has(
    words: list[str], width: int, height: int, sample: bool
) -> None:
    stock = replace(SMALLEST, width_mm=Decimal(width), height_mm=Decimal(height))
    made = sticker(0, colour=False, sample=sample, text=" ".join(words)[:80].strip())
    pages = fit_stickers((made,), stock, 203, RULER)
    if isinstance(pages, Pages):
        sound(made, pages.pages[0], stock, 203)
    else:
        assert [each.key for each in pages] == [made.warning.key]


@pytest.mark.parametrize("sample", [False, True])
@pytest.mark.parametrize("dpi", SMALLEST.dpi)
def test_every_shipped_warning_stands_on_the_usual_sticker(dpi: int, sample: bool) -> None:
    every = stickers_of(ROWS, wording(), colour=False, sample=sample)
    pages = fit_stickers(every, SMALLEST, dpi, RULER)
    assert isinstance(pages, Pages)
    assert len(pages.pages) == len(ROWS)


def test_the_largest_size_that_fits_is_taken() -> None:
    """A short warning is as large as it goes; on a wider sticker no smaller than on a narrow one."""
    made = next(
        each
        for each in stickers_of(ROWS, wording(), colour=False, sample=False)
        if each.warning.key == "aux.OPI"
    )
    last = 0.0
    for width in (38, 45, 55, 70, 90):
        stock = replace(SMALLEST, width_mm=Decimal(width), height_mm=Decimal(14))
        pages = fit_stickers((made,), stock, 203, RULER)
        assert isinstance(pages, Pages)
        size = pages.pages[0].words[0].size_pt
        assert size >= last
        last = size
    assert last == 14


def test_a_word_that_stands_on_no_line_is_named() -> None:
    made = sticker(0, colour=False, sample=False, text="Donaudampfschifffahrtsgesellschaft")
    (excess,) = _refused(made, replace(SMALLEST, width_mm=Decimal(20)))
    assert excess.excess == "Donaudampfschifffahrtsgesellschaft"


def test_a_letter_the_font_lacks_is_refused_by_name() -> None:
    (excess,) = _refused(sticker(0, colour=False, sample=False, text="Keep \u6c34 away"), SMALLEST)
    assert excess.missing == ("\u6c34",)


def test_lines_are_about_as_long_and_a_sentence_begins_one_where_it_can() -> None:
    made = sticker(0, colour=False, sample=False, text="Keep refrigerated. Do not freeze.")
    pages = fit_stickers((made,), SMALLEST, 203, RULER)
    assert isinstance(pages, Pages)
    assert [each.text for each in pages.pages[0].words] == ["Keep refrigerated.", "Do not freeze."]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_contrast_measured_from_the_picture_in_colour(row) -> None:
    """The darkest letters against the ground they stand on, dot by dot."""
    (made,) = stickers_of((row,), wording(), colour=True, sample=False)
    pages = fit_stickers((made,), stocks()["dymo-30336"], 300, RULER)
    assert isinstance(pages, Pages)
    pdf = draw(pages, FONTS)
    proof(pdf, pages, FONTS)
    picture = coloured(pdf, 300)[0]
    (words, *_) = pages.pages[0].words
    box = words.box
    seen = picture.crop((box.x, box.y, box.right, box.bottom)).getcolors(100_000)
    assert seen is not None
    (_count, ground), *others = sorted(seen, reverse=True)
    tint = made.ink.tint or ("#000000" if made.ink.white else "#ffffff")
    assert ground == shares_of(tint)
    assert max(contrast(_rgb(ground), _rgb(each)) for _many, each in others) >= LEAST_CONTRAST


def test_a_tinted_page_keeps_its_letters_in_the_heads_one_bit_picture() -> None:
    """Every colour was seen, on the head that takes the smallest letters."""
    every = stickers_of(ROWS, wording(), colour=True, sample=True)
    pages = fit_stickers(every, SMALLEST, 203, RULER)
    assert isinstance(pages, Pages)
    assert {each.ink.tint for each in every} >= {"#b3131b", "#ffdd00"}
    assert {row.colour for row in ROWS} == set(Colour)
    assert len(proof(draw(pages, FONTS), pages, FONTS).pages) == len(ROWS)


def _rgb(seen: object) -> tuple[int, int, int]:
    assert isinstance(seen, tuple)
    return seen[0], seen[1], seen[2]


def _refused(made: Sticker, stock: Stock) -> tuple[TooLong, ...]:
    found = fit_stickers((made,), stock, 203, RULER)
    assert not isinstance(found, Pages)
    return found
