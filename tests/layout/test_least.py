"""What is told of a label before it is set: bounds that nothing that is set stays under."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.label.document import Element, Weight, Zone
from labelapp.layout.block import LADDER, LEADING, least_broken_height, rungs, set_block
from labelapp.layout.blocks import Blocks, Short
from labelapp.layout.designs import LOOKS, TIGHT
from labelapp.layout.fit import fit, fit_on_one
from labelapp.layout.page import Pages
from labelapp.layout.panel import Panelled
from labelapp.layout.rows import least_rows, measured
from labelapp.layout.setting import Manner
from labelapp.layout.sheet import Laid, Stacked
from labelapp.layout.stock import Design
from labelapp.layout.tail import Corner, set_tail
from labelapp.layout.wrap import WordTooWide
from labelapp.resources.typed import stocks
from labelapp.rx.directions import Said
from tests.label.fills import BEDTIME, TITRATION, capsule, fill, label_of
from tests.layout.soundness import HEADS

STOCKS = stocks()
WORDS = st.lists(st.text("aefijmwJÁ.", max_size=9), min_size=1, max_size=14).map(" ".join)
"""Words and, between two empty ones, spaces beside each other."""
HEAD = st.sampled_from((203, 300, 600))
LABELS = {
    "plain": label_of(fill(), BEDTIME, "US"),
    "titration": label_of(fill(compound=capsule("1.5"), purpose="pain"), TITRATION, sample=True),
    "long": label_of(
        fill(purpose="pain of the lower back that comes and goes"),
        tuple(Said("Take 2 capsules at bedtime", lead=f"Day {each}") for each in range(1, 9)),
        "NJ",
    ),
}


def element(key: str, text: str, **more) -> Element:
    return Element(key, text, Zone.BLOCK, "", "", 7, **more)


@given(text=WORDS, size=st.sampled_from((7, 10, 12, 16)), dpi=HEAD, width=st.integers(20, 900))
def test_no_text_is_broken_to_fewer_lines_than_are_told(text, size, dpi, width, ruler):
    tape, face = ruler.tape(dpi), (Weight.BOLD, size)
    for way in (tape.wrap, tape.even):
        try:
            lines = way("drug", text, width, face)
        except WordTooWide:
            continue
        assert len(lines) >= tape.least_lines(text, width, face)


def test_what_just_stands_on_a_line_is_told_to_take_one(ruler):
    tape, face = ruler.tape(203), (Weight.REGULAR, 12)
    text = "Take 2 capsules at bedtime"
    width = tape.width(text, *face)
    assert tape.least_lines(text, width, face) == 1
    assert tape.least_lines(f"{text} {text}", width - 9, face) == 3


@given(
    patient=WORDS,
    drug=WORDS,
    said=st.lists(st.tuples(st.sampled_from(("", "Days 1 to 7", "Day 8 and after")), WORDS)),
    sizes=st.sampled_from(LADDER),
    width=st.integers(60, 900),
    dpi=HEAD,
)
def test_no_block_is_lower_than_is_told(patient, drug, said, sizes, width, dpi, ruler):
    tape = ruler.tape(dpi)
    lines = [element("directions", text, lead=lead) for lead, text in said]
    elements = (element("patient", patient), element("drug", drug), *lines)
    try:
        part = set_block(elements, sizes, width, LEADING, 0, tape)
    except WordTooWide:
        return
    assert part.height >= least_broken_height(elements, sizes, width, tape)


@pytest.mark.parametrize("name", LABELS)
@pytest.mark.parametrize("width", [180, 300, 500, 800])
@pytest.mark.parametrize("most", [60, 110, 170, 260, 420])
@pytest.mark.parametrize("least_pt", [10, 11, 12])
def test_a_block_is_held_where_one_of_its_sizes_stands(name, width, most, least_pt, ruler):
    blocks = Blocks(width, ruler.tape(203))
    elements, sizes = LABELS[name].in_zone(Zone.BLOCK), rungs(least_pt)
    stands = any(not isinstance(blocks.at(elements, each, most), Short) for each in sizes)
    assert blocks.hold(elements, sizes, most) is stands
    assert isinstance(blocks.best(elements, sizes, most, 0), Short) is not stands


@given(
    texts=st.lists(
        st.tuples(WORDS, st.sampled_from((Zone.FACTS, Zone.WARNINGS, Zone.FOOT)), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    manner=st.sampled_from((TIGHT[0], TIGHT[-1])),
    width=st.integers(150, 800),
    dpi=HEAD,
)
def test_no_tail_stands_on_fewer_rows_than_are_told(texts, manner: Manner, width, dpi, ruler):
    tape = ruler.tape(dpi)
    elements = tuple(
        Element(f"aux.{at}", f"w{text}", zone, "", "", 7, reversed=black)
        for at, (text, zone, black) in enumerate(texts)
    )
    try:
        part = set_tail(elements, manner, width, Corner(), tape)
    except WordTooWide:
        return
    rows = len({each.baseline for each in part.placed})
    assert rows >= least_rows(measured(elements, manner, tape), width, tape)


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("name", LABELS)
def test_a_sheet_holds_what_it_would_lay_out(stock, dpi, name, ruler):
    label, row = LABELS[name], STOCKS[stock]
    sheet = (Panelled if row.design is Design.NARROW else Stacked)(
        label.block, row, ruler.tape(dpi)
    )
    sizes = rungs(label.block.least_pt)
    required = replace(label, elements=tuple(each for each in label.elements if each.required))
    for one in (label, required):
        for manner in LOOKS[row.design].manners:
            is_laid = isinstance(sheet.lay(one, manner, sizes), Laid)
            assert sheet.holds(one, manner, sizes) is is_laid


@pytest.mark.parametrize(("stock", "dpi"), HEADS)
@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_fitted_on_one_where_it_takes_one(stock, dpi, name, ruler):
    pages = fit(LABELS[name], STOCKS[stock], dpi, ruler)
    one = pages if isinstance(pages, Pages) and len(pages.pages) == 1 else None
    assert fit_on_one(LABELS[name], STOCKS[stock], dpi, ruler) == one
