"""The four designs: each shape of stock has its own, and what holds of every label holds of each."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from labelapp.label.document import Grid, GridRow, Label, Symbology, Zone
from labelapp.layout.fit import fit
from labelapp.layout.held import lost
from labelapp.layout.page import Box, Page, Pages, Words
from labelapp.layout.stock import Design, Stock, design_of
from labelapp.layout.tape import Tapes
from labelapp.resources.typed import stocks
from labelapp.rx.directions import Said
from labelapp.rx.people import Name
from tests.label.fills import BEDTIME, TITRATION, capsule, composed, fill, label_of
from tests.layout.soundness import FOUR, check

STOCKS = stocks()
OF_DESIGN = {
    Design.LANDSCAPE: ["thermal-4x2", "thermal-4x3", "dymo-30256"],
    Design.NARROW: ["brother-dk11208", "dymo-30321", "thermal-4x1.5"],
    Design.PORTRAIT: ["brother-dk11202-upright", "thermal-2x3"],
    Design.LARGE: ["thermal-4x6", "dymo-1744907"],
}
EACH = [stock for some in OF_DESIGN.values() for stock in some]
TITRATED = fill(compound=capsule("1.5"), quantity="69", purpose="pain")
LABEL = label_of(TITRATED, TITRATION, "WA")
COUNTED = Grid(
    "Capsules",
    ("Morning", "Noon", "Evening", "Bedtime"),
    (
        GridRow("Days 1 to 14", ("", "", "", "1")),
        GridRow("Days 15 to 28", ("1", "", "", "1")),
        GridRow("Day 29 and after", ("1", "", "", "2")),
    ),
    "a test",
)


def laid(label: Label, stock: str, ruler: Tapes, dpi: int = 0) -> Pages:
    pages = fit(label, STOCKS[stock], dpi or STOCKS[stock].dpi[0], ruler)
    assert isinstance(pages, Pages), pages
    check(pages, label)
    assert lost(label, pages) == ""
    return pages


def keyed(page: Page, *keys: str) -> list[Words]:
    return [each for each in page.words if each.key in keys]


def line_of(words: Words, page: Page) -> set[str]:
    """The keys of what stands on the same line."""
    return {
        each.key
        for each in page.words
        if each.baseline == words.baseline and not page.block.meets(each.box)
    }


@pytest.mark.parametrize("design", Design)
def test_a_stock_has_the_design_of_its_shape(design):
    for stock in OF_DESIGN[design]:
        row = STOCKS[stock]
        assert row.design is design is design_of(row.width_mm, row.height_mm)


# ---------------------------------------------------------------- what each design is


@pytest.mark.parametrize("stock", OF_DESIGN[Design.NARROW])
@pytest.mark.parametrize("jurisdiction", ["US", "WA"])
def test_a_narrow_label_has_its_block_on_the_left_over_the_full_height(stock, jurisdiction, ruler):
    label = label_of(fill(purpose="pain"), BEDTIME, jurisdiction)
    for page in laid(label, stock, ruler).pages:
        block = page.block
        assert (block.x, block.y) == (page.printable.x, page.printable.y)
        assert block.height == page.printable.height
        assert all(each.box.x >= block.right for each in page.words if each.key not in FOUR)
        upright = [each.box for each in page.rules if each.box.height == block.height]
        assert [box.x for box in upright] == [block.right]


def test_a_narrow_label_may_be_lawful_in_california(ruler):
    for page in laid(label_of(fill(purpose="pain")), "brother-dk11208", ruler).pages:
        assert 2 * page.block.width * page.block.height >= page.width * page.height


@pytest.mark.parametrize("stock", OF_DESIGN[Design.PORTRAIT])
def test_a_portrait_label_has_its_facts_in_one_column(stock, ruler):
    for page in laid(LABEL, stock, ruler).pages:
        facts = keyed(page, "quantity", "date_filled", "compounded_on", "prescriber", "lot")
        names = {each.text: each.box.x for each in facts if each.text in {"Qty", "Filled", "Lot"}}
        assert set(names.values()) <= {page.printable.x}


def test_a_large_label_is_set_larger_than_a_vials(ruler):
    label = label_of(fill(purpose="pain"))
    small, large = (
        {each.key: each.size_pt for each in laid(label, stock, ruler).pages[0].words}
        for stock in ("thermal-4x3", "thermal-4x6")
    )
    for key in FOUR & set(small):
        assert large[key] > small[key]


@pytest.mark.parametrize("stock", EACH)
def test_the_drug_is_never_smaller_than_what_stands_round_it(stock, ruler):
    for page in laid(LABEL, stock, ruler).pages:
        drug = min(each.size_pt for each in keyed(page, "drug"))
        assert all(each.size_pt <= drug for each in page.words)


@pytest.mark.parametrize("stock", EACH)
def test_the_header_is_quiet(stock, ruler):
    for page in laid(LABEL, stock, ruler).pages:
        directions = [each.size_pt for each in keyed(page, "patient", "directions")]
        assert all(each.size_pt < min(directions) for each in keyed(page, "pharmacy", "rx_number"))


# ---------------------------------------------------------------- warnings


@pytest.mark.parametrize("stock", EACH)
@pytest.mark.parametrize("sample", [True, False])
def test_a_warning_shares_its_line_with_warnings_alone(stock, sample, ruler):
    label = label_of(TITRATED, BEDTIME, "WA", sample=sample)
    warnings = {each.key for each in label.in_zone(Zone.WARNINGS)}
    for page in laid(label, stock, ruler).pages:
        for words in keyed(page, *warnings):
            assert line_of(words, page) <= {*warnings, "rph_initials"}, words.text


def test_a_long_warning_is_not_broken_beside_the_box_for_initials(ruler):
    (page,) = laid(label_of(fill(), BEDTIME, "WA"), "thermal-4x3", ruler).pages
    lines = keyed(page, "transfer")
    (box,) = [each.box for each in page.rules if each.hollow_dots]
    assert len(lines) == 2
    assert max(each.box.bottom for each in lines) <= box.y
    first, last = sorted(lines, key=lambda each: each.baseline)
    assert last.box.width > first.box.width / 2


@pytest.mark.parametrize("stock", ["thermal-4x6", "us-letter", "avery-5126"])
def test_a_thin_rule_parts_the_warnings_from_the_facts_where_there_is_room(stock, ruler):
    (page,) = laid(LABEL, stock, ruler).pages
    above = max(each.box.bottom for each in keyed(page, "bud", "storage"))
    below = min(each.box.y for each in page.words if each.key.startswith("aux."))
    thin = [each.box for each in page.rules if above <= each.box.y and each.box.bottom <= below]
    assert min(box.height for box in thin) <= 2 * round(STOCKS[stock].dpi[0] / 203)


def test_a_sample_takes_no_line_of_its_own_where_the_header_has_room(ruler):
    label = label_of(fill(purpose="pain"), BEDTIME, "WA", sample=True)
    (page,) = laid(label, "thermal-4x3", ruler).pages
    (sample,) = keyed(page, "sample")
    header = keyed(page, "pharmacy", "pharmacy_address")
    assert sample.box.bottom <= max(each.box.bottom for each in header)


# ---------------------------------------------------------------- bars


@pytest.mark.parametrize("stock", EACH)
def test_bars_never_go_round_a_vial(stock, ruler):
    flat = STOCKS[stock].use in {"large", "sheet"}
    pages = laid(label_of(fill(), BEDTIME, "US"), stock, ruler)
    there = {each.symbology for page in pages.pages for each in page.bars}
    assert flat or Symbology.CODE128 not in there
    assert (Symbology.CODE128 in there) != ("code128" in pages.dropped)


@pytest.mark.parametrize(("stock", "dpi", "dots"), [("thermal-4x6", 203, 3), ("thermal-4x6", 300, 3),
                                                    ("us-letter", 600, 6)])  # fmt: skip
def test_a_bar_is_as_wide_as_a_camera_can_tell(stock, dpi, dots, ruler):
    (page,) = laid(label_of(fill()), stock, ruler, dpi).pages
    bars = {each.symbology: each.module_dots for each in page.bars}
    assert bars[Symbology.CODE128] == dots
    assert bars[Symbology.DATAMATRIX] == {203: 3, 300: 4, 600: 8}[dpi]


# ---------------------------------------------------------------- the table of the times of day


def fields(page: Page) -> list[tuple[str, Box]]:
    return [(each.text, each.box) for each in keyed(page, "grid")]


@pytest.mark.parametrize("stock", ["thermal-4x6", "us-letter"])
def test_the_table_stands_outside_the_block(stock, ruler):
    label = replace(label_of(TITRATED, TITRATION, "US"), grid=COUNTED)
    (page,) = laid(label, stock, ruler).pages
    said = [text for text, _box in fields(page)]
    assert sorted(said) == sorted(
        [COUNTED.counted, *COUNTED.times, *(row.days for row in COUNTED.rows)]
        + [count for row in COUNTED.rows for count in row.counts if count]
    )
    assert not any(page.block.meets(box) for _text, box in fields(page))


@pytest.mark.parametrize("stock", EACH)
def test_the_table_is_the_first_thing_to_go(stock, ruler):
    with_table = replace(LABEL, grid=COUNTED)
    pages, without = laid(with_table, stock, ruler), laid(LABEL, stock, ruler)
    assert set(pages.dropped) <= {*without.dropped, "grid"}
    if "grid" in pages.dropped:
        assert pages.pages == without.pages


def test_a_number_under_another_time_is_named(ruler):
    label = replace(LABEL, grid=COUNTED)
    pages = laid(label, "us-letter", ruler)
    (page,) = pages.pages
    noon = next(box for text, box in fields(page) if text == "Noon")
    number = next(each for each in keyed(page, "grid") if each.text == "2")
    moved = replace(number, box=replace(number.box, x=noon.x))
    for other in ([moved], [], [replace(number, text="3")], [number, moved]):
        words = tuple(each for each in page.words if each is not number)
        changed = replace(pages, pages=(replace(page, words=(*words, *other)),))
        assert lost(label, changed) == "grid"


# ---------------------------------------------------------------- whatever is written

words = st.text("abcdefghijklmnopqrstuvwxyzÁÉÑÖŻ'-", min_size=1, max_size=14)
names = st.one_of(
    st.lists(words, min_size=1, max_size=4).map(" ".join),
    st.lists(words, min_size=20, max_size=26).map(lambda many: " ".join(many)[:200].strip()),
)
texts = st.lists(words, min_size=1, max_size=12).map(lambda each: "Take " + " ".join(each))
steps = st.one_of(
    st.builds(Said, texts).map(lambda said: (said,)),
    st.integers(1, 12).map(
        lambda many: tuple(
            Said(f"Take {at} capsules by mouth at bedtime", lead=f"Days {7 * at - 6} to {7 * at}")
            for at in range(1, many + 1)
        )
    ),
    st.lists(
        st.builds(Said, texts, lead=st.sampled_from(["", "Days 1 to 14", "Day 29 and after"])),
        min_size=1,
        max_size=12,
    ).map(tuple),
)
grids = st.one_of(
    st.none(),
    st.lists(
        st.builds(
            GridRow,
            st.sampled_from(["Every day", "Days 1 to 14", "Days 15 to 28 (Nov 22 to Dec 5, 2026)"]),
            st.tuples(*[st.sampled_from(["", "1", "2", "10", "0.5\xa0mL"])] * 4),
        ),
        min_size=1,
        max_size=12,
    ).map(lambda rows: replace(COUNTED, rows=tuple(rows))),
)
sizes = st.one_of(
    st.sampled_from([STOCKS[each] for each in EACH]),
    st.builds(
        lambda wide, high, use: replace(
            STOCKS["thermal-4x3"], width_mm=Decimal(wide), height_mm=Decimal(high), use=use
        ),
        st.integers(25, 220),
        st.integers(25, 220),
        st.sampled_from(["vial", "large", "sheet"]),
    ),
)


@given(
    name=st.builds(Name, names, names),
    said=steps,
    grid=grids,
    stock=sizes,
    dpi=st.sampled_from([203, 300]),
    purpose=st.one_of(st.just(""), words),
    jurisdiction=st.sampled_from(["CA", "NY", "WA", "TX", "NJ", "US"]),
    sample=st.booleans(),
)
def test_each_design_holds_whatever_is_written_or_refuses_it(
    name, said, grid, stock: Stock, dpi, purpose, jurisdiction, sample, ruler
):
    made = composed(fill(name=name, purpose=purpose), said, jurisdiction, sample=sample).label
    assume(made)  # chance also writes "qd" and "po", which no label may say
    assert made is not None
    label = replace(made, grid=grid)
    pages = fit(label, stock, dpi, ruler)
    if isinstance(pages, Pages):
        assert len(pages.pages) <= 3
        check(pages, label)
        assert lost(label, pages) == ""
    else:
        assert not pages.key or pages.key in {each.key for each in label.elements}
        assert pages.excess
