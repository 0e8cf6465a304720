"""Finished pages held against the law: each way a page can break it is found and named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from labelapp.label.document import Label, Zone
from labelapp.layout.finished import IN_BLOCK, hold_to_law
from labelapp.layout.fit import fit
from labelapp.layout.page import Box, Page, Pages, Rule, Words
from labelapp.layout.stock import Stock
from labelapp.resources.typed import stocks, tables
from labelapp.rules.law import SENTENCES, Law
from labelapp.rx.errors import ProofFailed
from tests.label.fills import TITRATION, label_of
from tests.label.test_states import whole

LAWS = tables().laws
STATES = sorted(LAWS)
STOCKS = stocks()
SAMPLES = [(state, stock) for state in STATES for stock in ("thermal-4x3", "thermal-4x2")]


@cache
def label_in(state: str) -> Label:
    return label_of(whole(), TITRATION, state, sample=True)


@pytest.fixture(scope="module")
def pages_of(ruler) -> Callable[..., Pages]:
    @cache
    def laid(state: str, stock: str = "thermal-4x3", dpi: int = 203) -> Pages:
        found = fit(label_in(state), STOCKS[stock], dpi, ruler)
        assert isinstance(found, Pages)
        return found

    return laid


def fault(label: Label, pages: Pages, law: Law | None) -> tuple[str, str, str]:
    """Say what is wrong with pages: code, page and key; three empty words when nothing is."""
    try:
        hold_to_law(label, pages, law)
    except ProofFailed as failed:
        return failed.code, failed.values["page"], failed.values["key"]
    return "", "", ""


def told(pages: Pages, change: Callable[[Words], Words | None]) -> Pages:
    """The same pages with every run told differently, or left out."""
    changed = []
    for page in pages.pages:
        runs = (change(words) for words in page.words)
        changed.append(replace(page, words=tuple(each for each in runs if each is not None)))
    return replace(pages, pages=tuple(changed))


def only(key: str, **changes: object) -> Callable[[Words], Words]:
    def change(words: Words) -> Words:
        return replace(words, **changes) if words.key == key else words  # type: ignore[arg-type]

    return change


def with_page(pages: Pages, number: int, **changes: object) -> Pages:
    every = list(pages.pages)
    every[number] = replace(every[number], **changes)  # type: ignore[arg-type]
    return replace(pages, pages=tuple(every))


@pytest.mark.parametrize(("state", "stock"), SAMPLES)
def test_a_right_label_passes(state, stock, pages_of):
    assert fault(label_in(state), pages_of(state, stock), LAWS[state]) == ("", "", "")


@pytest.mark.parametrize(("state", "dpi"), [("CA", 300), ("WA", 300), ("NV", 203)])
def test_a_right_label_passes_on_every_stock_that_takes_it(state, dpi, ruler):
    passed = 0
    for stock in STOCKS.values():
        pages = fit(label_in(state), stock, dpi, ruler)
        if dpi in stock.dpi and isinstance(pages, Pages):
            hold_to_law(label_in(state), pages, LAWS[state])
            passed += 1
    assert passed > 2


REQUIRED = [
    (state, row.key)
    for state in STATES
    for row in LAWS[state].elements
    if row.required and any(each.key == row.key for each in label_in(state).elements)
]


@pytest.mark.parametrize(("state", "key"), REQUIRED)
def test_whatever_the_law_asks_for_and_is_not_there_is_named(state, key, pages_of):
    def gone(words: Words) -> Words | None:
        return None if words.key == key else words

    for change in (gone, only(key, text=" ")):
        altered = told(pages_of(state), change)
        assert fault(label_in(state), altered, LAWS[state]) == ("proof.law-missing", "", key)


def test_the_purpose_is_missed_only_where_it_was_written(pages_of):
    def gone(words: Words) -> Words | None:
        return None if words.key == "purpose" else words

    altered = told(pages_of("CA"), gone)
    assert fault(label_in("CA"), altered, LAWS["CA"])[2] == "purpose"
    kept = tuple(each for each in label_in("CA").elements if each.key != "purpose")
    unwritten = replace(label_in("CA"), elements=kept)
    assert fault(unwritten, altered, LAWS["CA"]) == ("", "", "")


@pytest.mark.parametrize("state", ["CA", "NY"])
@pytest.mark.parametrize("key", ["patient", "drug", "directions", "purpose"])
def test_type_smaller_than_the_law_wants_is_found(state, key, pages_of):
    altered = told(pages_of(state), only(key, size_pt=9))
    assert fault(label_in(state), altered, LAWS[state]) == ("proof.law-small", "1", key)


def test_type_just_below_the_least_of_a_state_is_found_and_the_least_passes(pages_of):
    for state, least in (("CA", 12), ("NY", 12), ("TX", 10), ("FL", 10)):
        below = told(pages_of(state), only("directions", size_pt=least - 0.25))
        assert fault(label_in(state), below, LAWS[state])[0] == "proof.law-small"
        at = told(pages_of(state), only("directions", size_pt=least))
        assert fault(label_in(state), at, LAWS[state]) == ("", "", "")


def test_one_small_line_among_large_ones_is_found(pages_of):
    page = pages_of("CA").pages[0]
    place = max(at for at, each in enumerate(page.words) if each.key == "directions")
    words = list(page.words)
    words[place] = replace(words[place], size_pt=11.5)
    altered = with_page(pages_of("CA"), 0, words=tuple(words))
    assert fault(label_in("CA"), altered, LAWS["CA"])[0] == "proof.law-small"


@pytest.mark.parametrize(
    ("state", "key", "old", "new"),
    [
        ("WA", "transfer", "prohibits", "permits"),
        ("WA", "transfer", "Warning:", "Warning"),
        ("WA", "transfer", "whom it", "it whom"),
        ("WA", "transfer", "federal", "Federal"),
        ("NV", "caution", "nonprescribed", "prescribed"),
        ("NV", "caution", "alcohol", ""),
        ("NJ", "bud", "Use by", "Discard after"),
        ("NJ", "bud", "Use by", "use by"),
    ],
)
def test_a_sentence_of_the_law_with_another_word_is_found(state, key, old, new, pages_of):
    text = " ".join(each.text for each in pages_of(state).pages[0].words if each.key == key)
    assert old in text

    def other(words: Words) -> Words:
        return replace(words, text=words.text.replace(old, new)) if words.key == key else words

    altered = told(pages_of(state), other)
    assert fault(label_in(state), altered, LAWS[state]) == ("proof.law-wording", "1", key)


def test_a_line_of_a_sentence_that_is_lost_or_stands_elsewhere_is_found(pages_of):
    page = pages_of("WA").pages[0]
    runs = [each for each in page.words if each.key == "transfer"]
    assert len(runs) > 1
    first, *others = sorted(runs, key=lambda each: each.baseline)
    rest = tuple(each for each in page.words if each.key != "transfer")
    lost = with_page(pages_of("WA"), 0, words=(*rest, *others))
    under = replace(first, baseline=page.height)
    turned = with_page(pages_of("WA"), 0, words=(*rest, *others, under))
    for altered in (lost, turned):
        assert fault(label_in("WA"), altered, LAWS["WA"])[0] == "proof.law-wording"


def test_something_else_in_californias_block_is_found(pages_of):
    page = pages_of("CA").pages[0]
    block = page.block
    corner = Box(block.x, block.y, 40, 12)

    def put(key: str) -> Pages:
        moved = tuple(replace(each, box=corner) if each.key == key else each for each in page.words)
        return with_page(pages_of("CA"), 0, words=moved)

    for key in ("pharmacy", "rx_number", "lot", "compounded_by"):
        assert fault(label_in("CA"), put(key), LAWS["CA"]) == ("proof.law-block", "1", key)
        assert fault(label_in("FL"), put(key), LAWS["FL"])[0] != "proof.law-block"
    mark = page.bars[0]
    bars = (replace(mark, box=corner), *page.bars[1:])
    inside = with_page(pages_of("CA"), 0, bars=bars)
    assert fault(label_in("CA"), inside, LAWS["CA"])[2] == mark.symbology.value
    ruled = with_page(pages_of("CA"), 0, rules=(*page.rules, Rule(corner)))
    assert fault(label_in("CA"), ruled, LAWS["CA"]) == ("proof.law-block", "1", "rule")


def test_a_line_that_belongs_in_the_block_and_stands_outside_is_found(pages_of):
    page = pages_of("CA").pages[0]
    for y in (page.block.bottom, page.block.bottom - 5):
        words = tuple(
            replace(each, box=replace(each.box, y=y)) if each.key == "purpose" else each
            for each in page.words
        )
        altered = with_page(pages_of("CA"), 0, words=words)
        assert fault(label_in("CA"), altered, LAWS["CA"]) == ("proof.law-block", "1", "purpose")


def test_a_block_of_less_than_half_the_label_is_found(pages_of):
    page: Page = pages_of("CA").pages[0]
    taller = with_page(pages_of("CA"), 0, height=2 * page.height)
    assert fault(label_in("CA"), taller, LAWS["CA"]) == ("proof.law-block", "1", "block")


@pytest.mark.parametrize(
    ("said", "form"),
    [
        ("Take .5 mg at bedtime", ".5"),
        ("Take 1.0 mg at bedtime", "1.0"),
        ("Take 4.5mg at bedtime", "5mg"),
        ("Take 1 capsule QD", "QD"),
        ("Take 1 capsule q.d.", "q.d."),
        ("Take 20 \N{MICRO SIGN}g at bedtime", "\N{MICRO SIGN}g"),
        ("Naltrexone HCl4.5 mg", "4.5 mg"),
    ],
)
@pytest.mark.parametrize("key", ["drug", "directions", "translation", "purpose", "aux.OPI", "odd"])
def test_a_form_that_is_misread_is_found_where_medicine_is_taken_by_it(said, form, key, pages_of):
    """Also in words nobody foresaw: whatever is no name, date or number is read."""
    law = LAWS["FL"]
    page = pages_of("FL").pages[0]
    low = replace(page.words[0], key=key, text=said, size_pt=12, baseline=page.height)
    altered = with_page(pages_of("FL"), 0, words=(*page.words, low))
    for under in (law, None):
        with pytest.raises(ProofFailed) as failed:
            hold_to_law(label_in("FL"), altered, under)
        assert failed.value.code == "proof.law-misread"
        assert failed.value.values["form"] == form


@pytest.mark.parametrize("key", ["lot", "pharmacy_address", "patient", "rx_number", "prescriber"])
def test_names_and_numbers_may_hold_such_forms(key, pages_of):
    altered = told(pages_of("FL"), only(key, text="Lot 1.0 AD-.5 QD 4.5mg"))
    assert fault(label_in("FL"), altered, LAWS["FL"]) == ("", "", "")


def two_lines(pages: Pages, upper: str, lower: str, key: str = "directions") -> Pages:
    """Pages whose directions are two lines of one's own."""
    page = pages.pages[0]
    run, *_others = [each for each in page.words if each.key == key]
    kept = [each for each in page.words if each.key != key]
    lines = [replace(run, text=upper), replace(run, text=lower, baseline=run.baseline + 30)]
    return with_page(pages, 0, words=(*kept, *lines))


@pytest.mark.parametrize(
    ("upper", "lower", "code"),
    [
        ("Take 4.5", "mg at bedtime", "parted"),
        ("Take 4.5", "mg.", "parted"),
        ("Take 0.5", "mL at bedtime", "parted"),
        ("Take 20", "mcg at bedtime", "parted"),
        ("Take 1", "capsule at bedtime", "parted"),
        ("Take 2", "capsules at bedtime", "parted"),
        ("Take 0", ".5 mg at bedtime", "misread"),
        ("Take 1 capsule q", "d", "misread"),
        ("Days 1 to 7: Take", "2 capsules for 7", ""),
        ("Take 1 capsule by 9", "AM at the latest", ""),
        ("Take 1 capsule for 14", "days", ""),
        ("Take 2.", "10 mL of water with it", ""),
        ("Take 1", "great capsule", ""),
    ],
)
def test_what_the_end_of_a_line_makes_is_found(upper, lower, code, pages_of):
    altered = two_lines(pages_of("FL"), upper, lower)
    found = fault(label_in("FL"), altered, LAWS["FL"])
    assert found == ((f"proof.law-{code}", "1", "directions") if code else ("", "", ""))


def test_a_number_and_its_unit_may_stand_in_two_runs_of_one_line(pages_of):
    page = pages_of("FL").pages[0]
    run, *_others = [each for each in page.words if each.key == "directions"]
    kept = [each for each in page.words if each.key != "directions"]
    beside = replace(run, text="mg at bedtime", box=replace(run.box, x=run.box.right + 9))
    altered = with_page(pages_of("FL"), 0, words=(*kept, replace(run, text="Take 1"), beside))
    assert fault(label_in("FL"), altered, LAWS["FL"]) == ("", "", "")


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("purpose", ("For Chron's", "disease")),
        ("purpose", ("An opiate", "agonist")),
        ("directions", ("This is habit-", "forming, take care")),
        ("storage", ("Rx", "only")),
        ("aux.OPI", ("FDA", "approved")),
        ("drug", ("LDN 4.5 mg", "capsule")),
    ],
)
def test_words_that_never_stand_on_a_label_are_found_over_a_line_too(key, lines, pages_of):
    upper, lower = lines
    altered = two_lines(pages_of("FL"), upper, lower, key)
    assert fault(label_in("FL"), altered, LAWS["FL"])[::2] == ("proof.law-never", key)
    assert fault(label_in("FL"), altered, None) == ("", "", "")


def test_what_one_state_dictates_another_forbids(pages_of):
    """The transfer caution is Washington's own sentence; as a warning of ours it may stand nowhere."""
    sentence = LAWS["WA"].element("transfer")
    assert sentence is not None
    assert "transfer" in SENTENCES
    altered = told(pages_of("FL"), only("storage", text=sentence.wording))
    assert fault(label_in("FL"), altered, LAWS["FL"])[0] == "proof.law-never"


def test_the_page_of_a_set_is_named(ruler):
    label = label_of(whole(), (*TITRATION, *TITRATION), "CA", sample=True)
    stock: Stock = STOCKS["thermal-4x2"]
    pages = fit(label, stock, 203, ruler)
    assert isinstance(pages, Pages)
    assert len(pages.pages) > 1
    hold_to_law(label, pages, LAWS["CA"])
    last = pages.pages[-1]
    small = tuple(replace(each, size_pt=9) if each.key == "drug" else each for each in last.words)
    altered = with_page(pages, len(pages.pages) - 1, words=small)
    assert fault(label, altered, LAWS["CA"]) == (
        "proof.law-small",
        str(len(pages.pages)),
        "drug",
    )


def test_everything_of_the_block_is_one_of_its_four_things(pages_of):
    """Were a fifth thing let in by mistake, no page could tell."""
    zones = {each.key: each.zone for each in label_in("CA").elements}
    assert {key for key in zones if zones[key] is Zone.BLOCK} <= IN_BLOCK
