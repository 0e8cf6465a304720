"""What must hold of every page, whatever stands on it."""

from __future__ import annotations

import itertools

from labelapp.label.document import Element, Label, Weight, Zone
from labelapp.layout.page import Box, Page, Pages, Words
from labelapp.resources.typed import stocks

HEADS = list(
    {
        (each.width_mm, each.height_mm, each.margins_mm, each.use, dpi): (each.id, dpi)
        for each in stocks().values()
        for dpi in each.dpi
    }.values()
)
"""Each shape of stock under each of its heads, whoever makes it."""
FOUR = {"patient", "drug", "directions", "translation", "purpose"}
LEAST_OUTSIDE = {203: 7.0, 300: 7.0, 600: 7.0}


def check(pages: Pages, label: Label) -> None:
    for page in pages.pages:
        nothing_overlaps(page)
        all_is_printable(page)
        block_is_kept(page, label)
        sizes_are_lawful(page, label, pages.dpi)
    nothing_is_lost(pages, label)


def nothing_overlaps(page: Page) -> None:
    for one, other in itertools.combinations(page.words, 2):
        assert not one.box.meets(other.box), (one.text, other.text)
    solid = [each.box for each in page.rules if not each.hollow_dots]
    for words in page.words:
        grounds = [box for box in solid if box.meets(words.box)]
        if words.white:
            assert len(grounds) == 1
            assert grounds[0].holds(words.box), words.text
        else:
            assert not grounds, words.text
        for each in page.rules:
            assert not (each.hollow_dots and each.box.meets(words.box)), words.text
    for bars in page.bars:
        inked = [each.box for each in page.words] + [each.box for each in page.rules]
        assert not any(bars.quiet.meets(box) for box in inked), bars.symbology
    for box, next_box in itertools.combinations([each.box for each in page.rules], 2):
        assert not box.meets(next_box)


def all_is_printable(page: Page) -> None:
    for box in boxes(page):
        assert page.printable.holds(box), box
    for bars in page.bars:
        assert bars.box.width == bars.modules.width * bars.module_dots


def boxes(page: Page) -> list[Box]:
    words = [each.box for each in page.words]
    return words + [each.box for each in page.rules] + [each.box for each in page.bars]


def block_is_kept(page: Page, label: Label) -> None:
    share = page.block.width * page.block.height / (page.width * page.height)
    assert label.block.least_share <= share <= label.block.most_share
    for words in page.words:
        inside = page.block.meets(words.box)
        assert inside == page.block.holds(words.box)
        assert inside == (words.key in FOUR), words.text
    for box in boxes(page)[len(page.words) :]:
        assert not page.block.meets(box)
    ordered = [words.key for words in sorted(page.words, key=place) if words.key in FOUR]
    order = ["directions" if key == "translation" else key for key in ordered]
    assert [key for key, _group in itertools.groupby(order)] == [
        key for key in ("patient", "drug", "directions", "purpose") if key in order
    ]


def sizes_are_lawful(page: Page, label: Label, dpi: int) -> None:
    least = {each.key: each.least_pt for each in label.elements}
    for words in page.words:
        floor = 0.0 if words.key in FOUR else LEAST_OUTSIDE[dpi]
        assert words.size_pt >= max(floor, least.get(words.key, floor)), words.text


def nothing_is_lost(pages: Pages, label: Label) -> None:
    for key in dict.fromkeys(each.key for each in label.elements):
        wanted = [each for each in label.elements if each.key == key]
        if key in pages.dropped:
            assert not any(each.required for each in wanted), key
            continue
        found = [words_of(page, key) for page in pages.pages]
        if key in {"patient", "drug", "rx_number", "pharmacy", "sample"}:
            for said in found:
                assert said in spellings(wanted), key
        else:
            assert [word for said in found for word in said] in spellings(wanted), key


def spellings(elements: list[Element]) -> list[list[str]]:
    """The words an element may be said in: as it is, or in its short form."""
    full = [word for each in elements for word in spelled(each, each.text)]
    short = [word for each in elements for word in spelled(each, each.short or each.text)]
    return [full, short]


def spelled(element: Element, text: str) -> list[str]:
    before = element.lead if element.zone is Zone.BLOCK else element.label
    return f"{before} {text}".split()


def words_of(page: Page, key: str) -> list[str]:
    runs = sorted((each for each in page.words if each.key == key), key=place)
    ends = {"directions": ":", "translation": ":\N{FULLWIDTH COLON}"}.get(key, "")
    texts = [  # days set before their line on the same line end in a colon there
        each.text.rstrip(ends) if each.weight is Weight.BOLD else each.text for each in runs
    ]
    return [word for text in texts for word in text.split()]


def place(words: Words) -> tuple[int, int]:
    return words.baseline, words.box.x
