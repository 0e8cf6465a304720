"""A line of directions and its translation: one under the other, English first, never apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.label.document import HOW_TO_TAKE
from labelapp.layout.fit import fit
from labelapp.layout.held import lost
from labelapp.layout.page import Page, Pages, Words
from labelapp.resources.typed import stocks
from labelapp.rx.directions import Beside, Said
from tests.label.fills import BEDTIME, TITRATION, fill, label_of
from tests.layout.soundness import HEADS

STOCKS = stocks()


def paired(said: tuple[Said, ...]) -> tuple[Said, ...]:
    """Put a line of about the same length under each line, as a table of another language does."""
    return tuple(
        replace(each, beside=Beside("es", f"Así: {each.text}", each.lead and f"Del {each.lead}"))
        for each in said
    )


LABEL = label_of(fill(purpose="pain"), paired(TITRATION), sample=True)


def run_of_keys(page: Page) -> list[str]:
    runs = sorted(
        (each for each in page.words if each.key in HOW_TO_TAKE),
        key=lambda each: (each.baseline, each.box.x),
    )
    keys = [each.key for each in runs]
    return [key for place, key in enumerate(keys) if keys[place - 1 : place] != [key]]


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("said", [BEDTIME, TITRATION])
def test_each_pair_stands_on_one_page_english_first(stock, dpi, said, ruler):
    label = label_of(fill(purpose="pain"), paired(said), sample=True)
    pages = fit(label, STOCKS[stock], dpi, ruler)
    if not isinstance(pages, Pages):
        return  # the largest takes all of it, see below
    assert lost(label, pages) == ""
    seen = [run_of_keys(page) for page in pages.pages]
    for keys in seen:
        assert keys == ["directions", "translation"] * (len(keys) // 2)
    assert sum(len(keys) for keys in seen) == 2 * len(said)


def test_a_large_label_takes_every_pair(ruler):
    pages = fit(LABEL, STOCKS["thermal-4x6"], 203, ruler)
    assert isinstance(pages, Pages)
    assert run_of_keys(pages.pages[0]) == ["directions", "translation"] * len(TITRATION)


@pytest.fixture(scope="module")
def several(ruler) -> Pages:
    pages = fit(LABEL, STOCKS["thermal-4x2"], 203, ruler)
    assert isinstance(pages, Pages)
    assert len(pages.pages) > 1
    return pages


def test_a_translation_over_its_english_is_named(several):
    def turned(each: Words) -> Words:
        key = {"directions": "translation", "translation": "directions"}.get(each.key, each.key)
        return replace(each, key=key)

    first = several.pages[0]
    swapped = replace(first, words=tuple(turned(each) for each in first.words))
    assert lost(LABEL, replace(several, pages=(swapped, *several.pages[1:])))


def test_a_translation_on_another_page_than_its_english_is_named(several):
    """The words are all there and each language is in order; only the pair is parted."""
    first, second = several.pages[:2]
    moved = [each for each in first.words if each.key == "translation"]
    last = max(each.baseline for each in moved if each.text.startswith("Del"))
    gone = [each for each in moved if each.baseline >= last]
    there = tuple(replace(each, baseline=each.baseline - 10_000) for each in gone)
    parted = (
        replace(first, words=tuple(each for each in first.words if each not in gone)),
        replace(second, words=(*there, *second.words)),
        *several.pages[2:],
    )
    assert lost(LABEL, replace(several, pages=parted)) == "translation"


def test_a_page_without_the_translations_is_named(several):
    pages = tuple(
        replace(page, words=tuple(each for each in page.words if each.key != "translation"))
        for page in several.pages
    )
    assert lost(LABEL, replace(several, pages=pages)) == "translation"
