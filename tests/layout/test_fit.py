"""Fitting: everything that must be on a label is there, at its size, in its place, or refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from labelapp.label.document import Label
from labelapp.layout.fit import fit
from labelapp.layout.held import lost
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.tape import Tapes
from labelapp.resources.typed import stocks
from labelapp.rx.directions import Said
from labelapp.rx.people import Name
from tests.label.fills import BEDTIME, TITRATION, capsule, composed, fill, label_of, liquid
from tests.layout.soundness import FOUR, HEADS, check, words_of

STOCKS = stocks()
TITRATED = fill(compound=capsule("1.5"), quantity="69", purpose="fibromyalgia pain")
HOLDS_CALIFORNIA = {
    "thermal-4x2", "thermal-4x3", "thermal-4x6", "dymo-30256", "dymo-1744907",
    "brother-dk11202", "laser-4x3.33",
}  # fmt: skip


def fitted(label: Label, stock: str, dpi: int, ruler: Tapes) -> Pages:
    pages = fit(label, STOCKS[stock], dpi, ruler)
    assert isinstance(pages, Pages), pages
    check(pages, label)
    assert lost(label, pages) == ""
    return pages


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("jurisdiction", ["CA", "US"])
def test_each_stock_holds_a_label_or_is_refused_with_field_and_excess(
    stock, dpi, jurisdiction, ruler
):
    label = label_of(fill(), BEDTIME, jurisdiction)
    pages = fit(label, STOCKS[stock], dpi, ruler)
    if isinstance(pages, TooLong):
        assert bool(pages.field) == bool(pages.key)
        assert pages.excess
        assert pages.stock == STOCKS[stock].name
        assert stock not in HOLDS_CALIFORNIA
    else:
        check(pages, label)


@pytest.mark.parametrize("stock", sorted(HOLDS_CALIFORNIA))
def test_a_plain_label_is_one_label_on_vial_stock(stock, ruler):
    assert len(fitted(label_of(fill()), stock, STOCKS[stock].dpi[0], ruler).pages) == 1


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("number", ["ABCDEFGHIJKLMNOPQRS", "ABCDEFGHIJKLMNOPQRSTUVWX", "W" * 24])
def test_bars_wider_than_the_stock_are_left_off_and_named(stock, dpi, number, ruler):
    label = label_of(fill(number=number), BEDTIME, "US")
    pages = fit(label, STOCKS[stock], dpi, ruler)
    if isinstance(pages, Pages):
        check(pages, label)
        for page in pages.pages:
            there = {each.symbology.value for each in page.bars}
            assert there | set(pages.dropped) >= {"code128", "datamatrix"}


def test_bars_are_left_off_even_where_nothing_else_must_give_way(ruler):
    number = "ABCDEFGHIJKLMNOPQRSTUVWX"
    label = label_of(fill(number=number), BEDTIME, "US")
    assert fitted(label, "thermal-4x6", 203, ruler).dropped == ("code128",)


def test_a_stock_too_small_for_any_label_names_no_field(ruler):
    found = fit(label_of(fill()), STOCKS["thermal-2.25x1.25"], 203, ruler)
    assert isinstance(found, TooLong)
    assert (found.field, found.key) == ("", "")
    assert found.excess.endswith(" lines")


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("pharmacy_address", {"lines": ("Suite " + "of the long way round " * 9,)}),
        ("prescriber", {"prescriber": Name("van der Oppenheimer " * 20, "Ada")}),
        ("directions", {}),
        ("rx_number", {"number": "W" * 24}),
    ],
)
def test_the_field_that_is_named_is_the_one_to_shorten(key, changes, ruler):
    stock = STOCKS["thermal-4x2"]
    lines = changes.pop("lines", None)
    case = fill(**changes)
    if lines:
        assert case.pharmacy is not None
        address = replace(case.pharmacy.address, lines=lines)
        case = replace(case, pharmacy=replace(case.pharmacy, address=address))
    many = tuple(Said("Take 1 capsule at bedtime", lead=f"Day {each}") for each in range(40))
    label = label_of(case, many if key == "directions" else BEDTIME, sample=True)
    found = fit(label, stock, 203, ruler)
    assert isinstance(found, TooLong)
    assert found.key == key
    assert found.field == next(each.field for each in label.elements if each.key == key)


def test_a_wide_word_is_looked_for_in_its_own_element(ruler):
    wide = "w" * 70
    label = label_of(fill(purpose=f"w {wide}", name=Name("w", "Ann")))
    found = fit(label, STOCKS["thermal-4x2"], 203, ruler)
    assert isinstance(found, TooLong)
    assert (found.key, found.excess) == ("purpose", wide)


@pytest.mark.parametrize("stock", ["dymo-30252", "brother-dk11201", "thermal-2.25x1.25"])
def test_small_stock_is_refused_under_californias_law(stock, ruler):
    label = label_of(TITRATED, TITRATION)
    assert isinstance(fit(label, STOCKS[stock], STOCKS[stock].dpi[0], ruler), TooLong)


def test_a_titration_stands_in_two_columns_on_a_4x3_label(ruler):
    pages = fitted(label_of(TITRATED, TITRATION), "thermal-4x3", 203, ruler)
    (page,) = pages.pages
    lines = [each for each in page.words if each.key == "directions"]
    leads = [each for each in lines if each.text.startswith("Day")]
    texts = [each for each in lines if each.text.startswith("Take")]
    assert len(leads) == len(texts) == 3
    assert len({each.box.x for each in texts}) == 1
    assert [each.baseline for each in leads] == [each.baseline for each in texts]
    assert not {"aux.OPI", "aux.SURG", "aux.LITE", "aux.CHLD", "refills"} & set(pages.dropped)


def test_a_titration_without_purpose_is_one_4x2_label(ruler):
    label = label_of(fill(compound=capsule("1.5"), quantity="69"), TITRATION)
    assert len(fitted(label, "thermal-4x2", 203, ruler).pages) == 1


def test_larger_stock_is_set_in_larger_type(ruler):
    label = label_of(fill(purpose="pain"))
    small, large = (
        max(each.size_pt for each in fitted(label, stock, 203, ruler).pages[0].words)
        for stock in ("thermal-4x2", "thermal-4x6")
    )
    assert large > small


def test_a_mere_convenience_gives_way_before_a_warning(ruler):
    label = label_of(fill(purpose="pain"))
    dropped = fitted(label, "thermal-4x3", 203, ruler).dropped
    assert "code128" in dropped
    assert not any(each.startswith("aux.") for each in dropped)


@pytest.mark.parametrize("stock", ["thermal-4x2", "dymo-30256", "brother-dk11202", "thermal-4x3"])
def test_the_box_for_initials_is_large_enough_to_write_in(stock, ruler):
    dpi = STOCKS[stock].dpi[0]
    (page,) = fitted(label_of(fill(), sample=True), stock, dpi, ruler).pages
    (box,) = [each.box for each in page.rules if each.hollow_dots]
    assert box.width * 25.4 / dpi >= 11.9
    assert box.height * 25.4 / dpi >= 3.9
    if stock == "thermal-4x3":
        assert (box.width * 25.4 / dpi, box.height * 25.4 / dpi) >= (14.9, 5.9)


@pytest.mark.parametrize("stock", ["thermal-4x2", "dymo-30256", "brother-dk11202", "thermal-4x3"])
def test_things_give_way_in_the_houses_order(stock, ruler):
    label = label_of(fill(compound=capsule("4.5", "Avicel"), purpose="pain"))
    dropped = fitted(label, stock, STOCKS[stock].dpi[0], ruler).dropped
    assert "refills" not in dropped
    order = ["code128", "serial_text", "filler", "date_written"]
    order += ["aux.CHLD", "aux.LITE", "aux.SURG"]
    assert list(dropped) == [each for each in order if each in dropped]


def test_a_warning_of_the_form_outlasts_those_on_every_label(ruler):
    case = fill(compound=liquid(), quantity="60")
    label = label_of(case, (Said("Take 1\xa0mL at bedtime"),))
    dropped = fitted(label, "brother-dk11202", 300, ruler).dropped
    assert "aux.SYRG" not in dropped
    assert "aux.LITE" in dropped


def test_a_block_is_not_left_half_empty(ruler):
    label = label_of(fill())
    (page,) = fitted(label, "thermal-4x3", 203, ruler).pages
    words = [each for each in page.words if each.key in FOUR]
    assert max(each.size_pt for each in words) >= 18
    assert len([each for each in words if each.key == "directions"]) == 1


def test_the_opioid_warning_is_white_on_black_and_never_dropped(ruler):
    page = fitted(label_of(fill()), "thermal-4x2", 203, ruler).pages[0]
    assert {each.key for each in page.words if each.white} == {"aux.OPI"}


def test_a_sample_says_so_outside_the_block(ruler):
    page = fitted(label_of(fill(), sample=True), "thermal-4x2", 203, ruler).pages[0]
    (said,) = [each for each in page.words if each.key == "sample"]
    assert "SAMPLE" in said.text
    assert said.white


def test_a_sample_is_seen_to_be_one_on_the_largest_stock(ruler):
    page = fitted(label_of(fill(), sample=True), "thermal-4x6", 203, ruler).pages[0]
    (said,) = [each for each in page.words if each.key == "sample"]
    assert said.size_pt >= 11


def test_a_word_wider_than_the_label_is_refused_by_its_field(ruler):
    name = Name("W" * 60, "Ann")
    found = fit(label_of(fill(name=name)), STOCKS["thermal-4x2"], 203, ruler)
    assert found == TooLong("patient.family", "patient", "W" * 60, STOCKS["thermal-4x2"].name)


def test_directions_without_end_are_refused_by_their_field_and_lines(ruler):
    said = tuple(Said("Take 1 capsule at bedtime", lead=f"Day {each}") for each in range(60))
    found = fit(label_of(fill(), said), STOCKS["thermal-4x2"], 203, ruler)
    assert isinstance(found, TooLong)
    assert (found.field, found.key) == ("sig", "directions")
    assert found.excess.endswith(" lines")


def test_a_character_without_a_glyph_is_refused_by_name(ruler):
    found = fit(label_of(fill(name=Name("陳", "Ann"))), STOCKS["thermal-4x2"], 203, ruler)
    assert isinstance(found, TooLong)
    assert (found.field, found.missing) == ("patient.family", ("陳",))


def test_a_number_and_its_unit_stay_on_one_line(ruler):
    said = (Said("Take 0.5\xa0mL at bedtime for as many days as the prescriber has told you to"),)
    for page in fitted(label_of(fill(compound=liquid()), said), "thermal-4x3", 203, ruler).pages:
        assert any("0.5\xa0mL" in each.text for each in page.words if each.key == "directions")


@pytest.mark.parametrize("name", ["Ǘ" * 12, "Nguyễn Thị Ẫ", "Łukasz Žižek", "Jürgen Ångström"])
def test_stacked_accents_make_room_for_themselves(name, ruler):
    fitted(label_of(fill(name=Name(name, "Ẫlbert"))), "thermal-4x2", 203, ruler)


words = st.text("abcdefghijklmnopqrstuvwxyzÁÉÑÖŻ'-.", min_size=1, max_size=14)
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
steps = st.builds(
    Said,
    st.lists(words, min_size=1, max_size=24).map(lambda each: "Take " + " ".join(each)),
    lead=st.sampled_from(["", "Days 1 to 14", "Day 29 and after"]),
)


@given(
    given_name=names,
    family=names,
    prescriber=names,
    purpose=st.one_of(st.just(""), names),
    said=st.lists(steps, min_size=1, max_size=5),
    head=st.sampled_from(HEADS),
    sample=st.booleans(),
    jurisdiction=st.sampled_from(["CA", "US", "WA", "NJ", "NV"]),
)
def test_whatever_is_written_stands_whole_or_is_refused(
    given_name, family, prescriber, purpose, said, head, sample, jurisdiction, ruler
):
    case = fill(name=Name(family, given_name), prescriber=Name(prescriber, "Ada"), purpose=purpose)
    label = composed(case, tuple(said), jurisdiction, sample=sample).label
    assume(label)  # chance also writes "qd" and "po", which no label may say
    assert label is not None
    stock, dpi = head
    pages = fit(label, STOCKS[stock], dpi, ruler)
    if isinstance(pages, Pages):
        check(pages, label)
        assert lost(label, pages) == ""
    else:
        assert not pages.key or pages.key in {each.key for each in label.elements}
        assert pages.excess


# ---------------------------------------------------------------- labels of a set

LONG = tuple(
    Said("Take 1 capsule in the morning, and 2 capsules at bedtime", lead=f"Days {at} to {at + 6}")
    for at in range(1, 36, 7)
)


@pytest.mark.parametrize("stock", ["thermal-4x2", "thermal-4x3", "thermal-3x2"])
def test_labels_of_a_set_each_say_whose_they_are(stock, ruler):
    small = stock == "thermal-3x2"
    label = label_of(fill() if small else TITRATED, BEDTIME if small else LONG, sample=True)
    pages = fitted(label, stock, 203, ruler)
    total = len(pages.pages)
    assert 2 <= total <= 3
    for number, page in enumerate(pages.pages, start=1):
        keys = {each.key for each in page.words}
        assert {"patient", "drug", "rx_number", "sample", "continued"} <= keys
        note = " ".join(words_of(page, "continued"))
        assert note.startswith(f"Label {number} of {total}")
        assert note.endswith("continues") == (number < total)
        assert [each.payload for each in page.bars] == [f"R4417203-00-{number}-1"]


def test_a_set_keeps_the_directions_whole_on_its_first_label(ruler):
    pages = fitted(label_of(TITRATED, TITRATION), "thermal-4x2", 203, ruler)
    assert len(pages.pages) == 2
    assert "directions" not in {each.key for each in pages.pages[1].words}


def test_lot_and_prescriber_stand_on_the_first_label_of_a_set(ruler):
    first, second = fitted(label_of(TITRATED, TITRATION), "laser-4x2", 300, ruler).pages
    assert {"lot", "prescriber", "bud", "aux.OPI"} <= {each.key for each in first.words}
    assert "pharmacy" in {each.key for each in second.words}


def test_what_is_said_in_the_block_is_only_what_the_law_lets_in(ruler):
    for page in fitted(label_of(TITRATED, LONG), "thermal-4x2", 203, ruler).pages:
        assert {each.key for each in page.words if page.block.meets(each.box)} <= FOUR
