"""The stock label of a lot: what it says, what refuses it, and that it stands on any stock whole."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelapp.draw.page import draw
from labelapp.draw.proof import proof
from labelapp.label.document import Element, Label, Symbology
from labelapp.label.forbidden import forbidden
from labelapp.label.lot import Stocked, code_of, compose_lot
from labelapp.layout.lot import fit_lot
from labelapp.layout.page import Page, Pages
from labelapp.layout.stock import Stock
from labelapp.layout.unsaid import unsaid
from labelapp.resources.typed import stocks, tables, wording
from labelapp.rx.lot import Component
from tests.draw.samples import FONTS, RULER
from tests.label.fills import capsule, liquid
from tests.label.fills import lot as made_of

LOT = replace(
    made_of(capsule("1.5")),
    released_by="PH",
    components=(
        Component("Naltrexone HCl", "NX-4471", date(2028, 1, 31)),
        Component("Microcrystalline cellulose", "MC-20"),
        Component("Capsule shell size 3"),
    ),
)
STOCKED = Stocked(LOT, date(2027, 5, 18), "LDN 1.5 mg capsules", "500 capsules", "TT")
STOCKS = [each for each in stocks().values() if each.use != "sheet"]


def label_of(
    stocked: Stocked = STOCKED, *, sample: bool = False, ingredients: bool = False
) -> Label:
    label, findings = compose_lot(stocked, wording(), sample=sample, ingredients=ingredients)
    assert label is not None, findings
    return label


def element(label: Label, key: str) -> Element:
    return next(each for each in label.elements if each.key == key)


def said(label: Label) -> dict[str, str]:
    return {each.key: f"{each.label} {each.text}".strip() for each in label.elements}


def test_everything_on_record_of_the_lot_is_said() -> None:
    assert said(label_of()) == {
        "name": "LDN 1.5\u00a0mg capsules",
        "drug": "1.5\u00a0mg capsule",
        "lot": "Lot 26-118",
        "made_on": "Compounded Nov 20, 2026",
        "bud": "Discard after May 18, 2027",
        "quantity": "Made 500 capsules",
        "prepared_by": "Prepared by TT",
        "released_by": "Released by PH",
        "storage": "Store at room temperature, 68-77\N{NO-BREAK SPACE}°F (20-25\N{NO-BREAK SPACE}°C)",
        "lot_stock": "Pharmacy stock, not for a patient as is",
    }


def test_what_is_not_on_record_is_not_said() -> None:
    keys = set(said(label_of(Stocked(made_of(capsule("1.5")), name="LDN 1.5 mg capsules"))))
    assert keys == {"name", "drug", "lot", "made_on", "storage", "released_by", "lot_stock"}


def test_a_lot_without_a_name_has_no_label() -> None:
    label, (finding,) = compose_lot(Stocked(made_of(capsule("1.5"))), wording())
    assert label is None
    assert (finding.code, finding.field) == ("lot.no-name", "lots.0.name")


def test_until_a_pharmacist_released_it_it_says_so_in_reverse() -> None:
    waits = label_of(replace(STOCKED, lot=replace(LOT, released_by="")))
    assert element(waits, "not_released").reversed
    assert "released_by" not in said(waits)
    assert "not_released" not in said(label_of())


def test_what_it_is_made_of_stands_there_on_request() -> None:
    components = [e.text for e in label_of(ingredients=True).elements if e.key == "component"]
    assert components == [
        "Naltrexone HCl, lot NX-4471, expires Jan 31, 2028",
        "Microcrystalline cellulose, lot MC-20",
        "Capsule shell size 3",
    ]
    assert "component" not in said(label_of())


def test_a_state_with_words_of_its_own_for_the_date_has_them() -> None:
    label, _none = compose_lot(STOCKED, wording(), tables().laws["NJ"])
    assert label is not None
    bud = element(label, "bud")
    assert bud.label.casefold() == "use by"
    assert "13:" in bud.why or "N.J" in bud.why


def test_a_sample_says_so() -> None:
    assert element(label_of(sample=True), "sample").text == "SAMPLE"
    assert "sample" not in said(label_of())


def test_its_code_is_a_letter_and_the_number() -> None:
    (mark,) = label_of().marks
    assert (mark.symbology, mark.payload) == (Symbology.DATAMATRIX, "L26-118")


@pytest.mark.parametrize("number", ["26 118", "26/118", "Ä1", "26_1", "26.1"])
def test_a_number_no_code_can_say_is_refused_by_its_field(number: str) -> None:
    label, findings = compose_lot(replace(STOCKED, lot=replace(LOT, number=number)), wording())
    assert label is None
    assert [(each.code, each.field) for each in findings] == [("lot.number-odd", "lots.0.number")]


@pytest.mark.parametrize("name", ["LDN .5 mg", "LDN 1.0 mg", "LDN 4.5mg"])
def test_a_name_that_is_misread_is_refused(name: str) -> None:
    label, findings = compose_lot(replace(STOCKED, name=name), wording())
    assert label is None
    assert [(each.code, each.field) for each in findings] == [("label.misread", "lots.0.name")]


def test_an_ingredient_that_is_misread_is_refused_and_its_makers_lot_is_not() -> None:
    made_with = replace(LOT, components=(Component("Naltrexone 4.5mg", "NX-1.0"),))
    label, findings = compose_lot(replace(STOCKED, lot=made_with), wording(), ingredients=True)
    assert label is None
    assert [(each.code, each.field, dict(each.values)["form"]) for each in findings] == [
        ("label.misread", "lots.0.components.0.name", "5mg")
    ]
    numbered = replace(LOT, components=(Component("Naltrexone HCl", "NX-1.0"),))
    assert (
        "NX-1.0"
        in element(label_of(replace(STOCKED, lot=numbered), ingredients=True), "component").text
    )
    assert "component" not in said(label_of(replace(STOCKED, lot=made_with)))


def test_a_number_is_never_parted_from_its_unit() -> None:
    fitted = 0
    for words in range(8, 30):
        named = Stocked(LOT, date(2027, 5, 18), "ab " * words + "1.5 mg capsules")
        pages = fit_lot(label_of(named), stocks()["thermal-2.25x1.25"], 203, RULER)
        if isinstance(pages, Pages):
            fitted += 1
            lines = [each.text for each in pages.pages[0].words if each.key == "name"]
            assert not any(each.endswith("1.5") for each in lines)
    assert fitted > 3


def sound(label: Label, page: Page, stock: Stock, dpi: int) -> None:
    assert unsaid(label.elements, page) == ""
    assert (page.width, page.height) == stock.dots(dpi)
    (bars,) = page.bars
    boxes = [each.box for each in page.words] + [each.box for each in page.rules]
    for box in [*boxes, bars.quiet]:
        assert page.printable.holds(box), box
    for one, other in itertools.combinations(page.words, 2):
        assert not one.box.meets(other.box), (one.text, other.text)
    for rule, next_rule in itertools.combinations(page.rules, 2):
        assert not rule.box.meets(next_rule.box)
    for words in page.words:
        under = [each.box for each in page.rules if each.box.meets(words.box)]
        assert bool(under) is words.white, words.text
        assert all(box.holds(words.box) for box in under), words.text
        assert words.size_pt >= 7
        assert not bars.quiet.meets(words.box), words.text
    number = next(each for each in page.words if each.key == "lot" and each.weight == "bold")
    assert number.size_pt >= max(each.size_pt for each in page.words if each.key != "name")


def is_sayable(name: str) -> bool:
    """Tell whether a name may stand on a label at all."""
    return bool(name.strip()) and not forbidden(name)


@settings(max_examples=150, deadline=None)
@given(
    stock=st.sampled_from(STOCKS),
    number=st.from_regex(r"[A-Za-z0-9][A-Za-z0-9-]{0,20}", fullmatch=True),
    name=st.text("LDNaltrexone capsules forte ", min_size=1, max_size=60).filter(is_sayable),
    quantity=st.sampled_from(["", "500 capsules", "1 bottle of 1 L"]),
    wet=st.booleans(),
    released=st.booleans(),
    sample=st.booleans(),
    components=st.lists(
        st.builds(
            Component,
            st.text("bcef ghi", min_size=1, max_size=40).filter(is_sayable),
            st.just("AB-1"),
        ),
        max_size=20,
    ),
    data=st.data(),
)
def test_any_lot_on_any_stock_is_whole_or_refused(
    stock: Stock,
    number: str,
    name: str,
    quantity: str,
    wet: bool,
    released: bool,
    sample: bool,
    components: list[Component],
    data: st.DataObject,
) -> None:
    dpi = data.draw(st.sampled_from(stock.dpi))
    lot = replace(
        made_of(liquid() if wet else capsule("4.5"), number),
        released_by="PH" if released else "",
        components=tuple(each for each in components if each.name.strip()),
    )
    stocked = Stocked(lot, date(2027, 5, 18), " ".join(name.split()), quantity, "TT")
    label = label_of(stocked, sample=sample, ingredients=True)
    pages = fit_lot(label, stock, dpi, RULER)
    if isinstance(pages, Pages):
        sound(label, pages.pages[0], stock, dpi)
        read = proof(draw(pages, FONTS), pages, FONTS)
        assert read.marks == ((Symbology.DATAMATRIX, code_of(number)),)
    else:
        assert pages.excess
        assert pages.stock == stock.name


@pytest.mark.parametrize("sid", ["thermal-4x2", "thermal-3x2", "thermal-2.25x1.25", "dymo-30256"])
def test_a_released_lot_stands_on_the_usual_stocks(sid: str) -> None:
    stock = stocks()[sid]
    for dpi in stock.dpi:
        assert isinstance(fit_lot(label_of(), stock, dpi, RULER), Pages)


def test_what_does_not_fit_says_how_much() -> None:
    stock = replace(stocks()["thermal-4x2"], height_mm=Decimal(15))
    pages = fit_lot(label_of(ingredients=True), stock, 203, RULER)
    assert not isinstance(pages, Pages)
    assert pages.excess.endswith(" lines")


def test_the_code_keeps_its_white_within_the_print_where_the_head_is_as_high_as_it() -> None:
    stock = stocks()["brother-39x48"]
    lot = replace(made_of(capsule("4.5"), "00000000000A0"), released_by="", components=())
    waits = Stocked(lot, date(2027, 5, 18), name="LDN", prepared_by="TT")
    pages = fit_lot(label_of(waits), stock, 300, RULER)
    assert isinstance(pages, Pages)
    sound(label_of(waits), pages.pages[0], stock, 300)


def test_a_number_wider_than_the_stock_is_named() -> None:
    long = replace(STOCKED, lot=replace(LOT, number="A" * 60))
    pages = fit_lot(label_of(long), stocks()["thermal-2.25x1.25"], 203, RULER)
    assert not isinstance(pages, Pages)
    assert (pages.key, pages.field) == ("lot", "lots.0.number")
