"""Pages are held against their label: a word lost, added, changed or out of order is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.layout.fit import fit
from labelapp.layout.held import lost
from labelapp.layout.page import Page, Pages, Words
from labelapp.resources.typed import stocks
from tests.label.fills import BEDTIME, TITRATION, capsule, fill, label_of
from tests.layout.soundness import HEADS

STOCKS = stocks()
LABEL = label_of(fill(compound=capsule("1.5"), purpose="pain"), TITRATION, sample=True)


def laid(stock: str, dpi: int, ruler, label=LABEL) -> Pages | None:
    pages = fit(label, STOCKS[stock], dpi, ruler)
    return pages if isinstance(pages, Pages) else None


@pytest.fixture(scope="module")
def one(ruler) -> Pages:
    pages = laid("thermal-4x3", 203, ruler)
    assert pages is not None
    assert len(pages.pages) == 1
    return pages


@pytest.fixture(scope="module")
def several(ruler) -> Pages:
    pages = laid("thermal-4x2", 203, ruler)
    assert pages is not None
    assert len(pages.pages) > 1
    return pages


def told(pages: Pages, tell: Callable[[Page], Page], number: int = 0) -> Pages:
    """The same pages, one of them told differently."""
    others = list(pages.pages)
    others[number] = tell(others[number])
    return replace(pages, pages=tuple(others))


def each_word(pages: Pages, tell: Callable[[Words], Words | None], number: int = 0) -> Pages:
    def retold(page: Page) -> Page:
        words = (tell(each) for each in page.words)
        return replace(page, words=tuple(each for each in words if each is not None))

    return told(pages, retold, number)


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("said", [BEDTIME, TITRATION])
@pytest.mark.parametrize("jurisdiction", ["CA", "US", "WA", "NV"])
def test_what_is_laid_out_holds_its_label(stock, dpi, said, jurisdiction, ruler):
    label = label_of(fill(purpose="pain"), said, jurisdiction, sample=True)
    pages = laid(stock, dpi, ruler, label)
    assert pages is None or lost(label, pages) == ""


@given(data=st.data())
def test_every_run_of_words_counts(data, one, several):
    pages = data.draw(st.sampled_from([one, several]))
    number = data.draw(st.integers(0, len(pages.pages) - 1))
    run = data.draw(st.sampled_from(pages.pages[number].words))
    gone = each_word(pages, lambda each: None if each is run else each, number)
    assert lost(LABEL, gone) == run.key
    other = each_word(
        pages, lambda each: replace(each, text=f"{each.text}x") if each is run else each, number
    )
    assert lost(LABEL, other) == run.key


def test_words_the_label_does_not_have_are_named(one):
    def more(page: Page) -> Page:
        return replace(page, words=(*page.words, replace(page.words[0], key="advice")))

    assert lost(LABEL, told(one, more)) == "advice"


def test_directions_in_another_order_are_named(one):
    lines = [each for each in one.pages[0].words if each.key == "directions"]
    first, last = min(each.baseline for each in lines), max(each.baseline for each in lines)
    turned = {first: last, last: first}
    swapped = each_word(
        one,
        lambda each: (
            replace(each, baseline=turned.get(each.baseline, each.baseline))
            if each.key == "directions"
            else each
        ),
    )
    assert lost(LABEL, swapped) == "directions"


def test_what_is_required_is_never_dropped(one):
    assert lost(LABEL, replace(one, dropped=(*one.dropped, "lot"))) == "lot"
    gone = each_word(one, lambda each: None if each.key == "lot" else each)
    assert lost(LABEL, replace(gone, dropped=(*one.dropped, "lot"))) == "lot"


def test_what_was_dropped_stands_nowhere(one):
    there = next(each.key for each in LABEL.elements if not each.required and each.key not in
                 one.dropped)  # fmt: skip
    assert lost(LABEL, replace(one, dropped=(*one.dropped, there))) == there


def test_a_mark_of_another_serial_or_none_is_named(one, several):
    def other(page: Page) -> Page:
        return replace(page, bars=tuple(replace(each, payload="R1-00-1-1") for each in page.bars))

    for pages in (one, several):
        for number in range(len(pages.pages)):
            assert lost(LABEL, told(pages, other, number)) == "datamatrix"
            without = told(pages, lambda page: replace(page, bars=()), number)
            assert lost(LABEL, without) == "datamatrix"


def test_each_label_of_a_set_says_whose_it_is(several):
    def without(key: str) -> Pages:
        return each_word(several, lambda each: None if each.key == key else each, 1)

    for key in ("patient", "drug", "rx_number", "sample"):
        assert lost(LABEL, without(key)) == key
