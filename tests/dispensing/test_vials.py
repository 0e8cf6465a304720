"""The labels of a fill in several containers: one each, with its own drug, days, lots and serial."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from labelapp.bootstrap.built import desk, equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.enter import enter
from labelapp.dispensing.files import open_file
from labelapp.dispensing.make import Made, Print, Refused, composed, in_vials, make
from labelapp.dispensing.shown import Shown, ShownLabel, Wanted
from labelapp.intake import own
from labelapp.resources import folder
from labelapp.rules.assess import assess
from labelapp.rx.draft import Draft
from labelapp.rx.paper import Paper
from tests.dispensing.test_translations import OPEN
from tests.given import TITRATION, TODAY, draft

TOOLS = equipment()
DESK = desk(Machine(), TODAY)
EXAMPLES = folder() / "examples"
STEADY, TWO_VIALS, TWO_STRENGTHS = (
    EXAMPLES / f"{name}.json" for name in ("01-capsule-4.5-mg", "09-two-vials", "10-two-strengths")
)

SECOND = {
    path.replace("lots.0.", "lots.1."): text
    for path, text in TITRATION.items()
    if path.startswith("lots.0.")
} | {"lots.1.number": "26-119", "lots.1.made_on": "2026-11-21"}


def of(name: object, **changes: str) -> Draft:
    (read,) = open_file(name)  # type: ignore[arg-type]
    return replace(read, written={**read.written, **changes})


def made(given: Draft, stock: str = "thermal-4x3", printed: Print | None = None) -> Made | Refused:
    fill = enter(given, TOOLS.lexicon, TODAY).fill
    assert fill is not None
    assessment = assess(fill, TOOLS.tables, TODAY)
    return make(fill, assessment, TOOLS.stocks[stock], 203, TOOLS, printed or Print())


def look(given: Draft, stock: str = "thermal-4x3", paper: Paper = Paper.LABEL) -> Shown:
    return DESK.look(given, Wanted(stock, paper=paper))


def words(label: ShownLabel, page: int, key: str) -> str:
    return " ".join(box.text for box in label.pages[page].boxes if box.key == key)


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def codes(shown: Shown) -> set[str]:
    return {each.finding.code for each in shown.open_findings}


def test_two_vials_of_a_titration_have_a_label_each() -> None:
    shown = look(of(TWO_VIALS))
    assert shown.may_print, codes(shown)
    assert shown.label is not None
    assert shown.days_supply == 30
    first, second = range(2)
    assert words(shown.label, first, "vial") == "Vial 1 of 2: days 1 to 14"
    assert words(shown.label, second, "vial") == "Vial 2 of 2: days 15 to 30"
    assert spaced(words(shown.label, first, "quantity")) == "Qty 21 capsules"
    assert spaced(words(shown.label, second, "quantity")) == "Qty 48 capsules"
    assert words(shown.label, first, "lot") == "Lot 26-1116C"
    assert words(shown.label, second, "lot") == "Lot 26-1118A"
    assert "May 14, 2027" in spaced(words(shown.label, first, "bud"))
    assert "May 16, 2027" in spaced(words(shown.label, second, "bud"))
    assert "Days 15 to 30" in spaced(words(shown.label, second, "directions"))
    assert "Days 1 to 7" not in spaced(words(shown.label, second, "directions"))


def test_two_strengths_have_each_its_own_drug_line_and_directions() -> None:
    shown = look(of(TWO_STRENGTHS))
    assert shown.may_print, codes(shown)
    assert shown.label is not None
    assert "1.5 mg capsule" in spaced(words(shown.label, 0, "drug"))
    assert "4.5 mg capsule" in spaced(words(shown.label, 1, "drug"))
    said = [spaced(words(shown.label, page, "directions")) for page in (0, 1)]
    assert [each.replace(":", "") for each in said] == [
        "Days 1 to 14 Take 1 capsule at bedtime",
        "Days 15 to 44 Take 1 capsule at bedtime",
    ]
    assert shown.days_supply == 44


@pytest.mark.parametrize("stock", ["thermal-4x2", "thermal-4x3"])
def test_every_label_of_a_set_has_its_own_serial_and_says_which_vial_it_is(stock: str) -> None:
    shown = look(of(TWO_VIALS), stock)
    assert shown.label is not None
    serials = [mark.payload for page in shown.label.pages for mark in page.marks]
    assert serials == [f"R4100257-00-{at}-1" for at in range(1, len(shown.label.pages) + 1)]
    assert shown.label.serial == serials[0]
    says = [words(shown.label, page, "vial") for page in range(len(shown.label.pages))]
    assert all(says)
    assert len(set(says)) == 2
    assert says == sorted(says)
    lots = [words(shown.label, page, "lot") for page in range(len(shown.label.pages))]
    for vial, lot in zip(says, lots, strict=True):
        assert lot in {"", "Lot 26-1116C" if vial.startswith("Vial 1") else "Lot 26-1118A"}


def test_one_vial_that_is_refused_refuses_them_all() -> None:
    long = {"lots.1.number": "L" * 300, "fill.vials.1.lots.0": "L" * 300}
    refused = made(of(TWO_VIALS, **long))
    assert isinstance(refused, Refused)
    assert {each.code for each in refused.findings} & {
        "layout.too-long", "layout.too-long-anywhere",
    }  # fmt: skip


def test_a_fill_whose_vials_cannot_be_told_apart_has_no_label() -> None:
    unsaid = dict.fromkeys(("fill.vials.0.lots.0", "fill.vials.1.lots.0"), "")
    shown = look(of(TWO_VIALS, **unsaid))
    assert shown.label is None
    assert "vial.lot-not-told" in codes(shown)


def test_one_vial_named_prints_what_none_named_prints() -> None:
    alone = made(draft(fill__vials__0__quantity="69"))
    plain = made(draft())
    assert isinstance(alone, Made)
    assert isinstance(plain, Made)
    assert alone.pdf == plain.pdf


def test_a_copy_and_a_sample_are_told_on_every_label() -> None:
    copied = made(of(TWO_VIALS), printed=Print(copy=3, sample=False))
    assert isinstance(copied, Made)
    assert [bars.payload for page in copied.pages.pages for bars in page.bars] == [
        "R4100257-00-1-3", "R4100257-00-2-3",
    ]  # fmt: skip
    sampled = look(of(TWO_VIALS)).label
    assert sampled is not None
    assert all("SAMPLE" in words(sampled, page, "sample") for page in (0, 1))


def test_a_bottle_is_called_a_bottle() -> None:
    (liquid,) = open_file(EXAMPLES / "03-titration-liquid.json")
    total = Decimal(liquid.get("quantity.value"))
    shown = look(
        replace(
            liquid,
            written={
                **liquid.written,
                "fill.vials.0.quantity": str(total / 2),
                "fill.vials.1.quantity": str(total / 2),
            },
        )
    )
    assert shown.label is not None, codes(shown)
    assert len(shown.label.pages) == 2
    assert words(shown.label, 0, "vial") == "Bottle 1 of 2"  # its days stand before its directions


def test_all_lots_of_one_label_are_printed_with_the_earliest_date() -> None:
    shown = look(draft({**TITRATION, **SECOND, "lots.1.bud": "2027-02-01"}))
    assert shown.may_print, codes(shown)
    assert shown.label is not None
    assert words(shown.label, 0, "lot") == "Lot 26-118, 26-119"
    assert spaced(words(shown.label, 0, "compounded_on")) == "Compounded Nov 20, 2026, Nov 21, 2026"
    assert "Feb 1, 2027" in spaced(words(shown.label, 0, "bud"))
    assert shown.bud is not None
    assert "26-119" in shown.bud.reason


def test_lots_kept_in_different_places_are_a_pharmacists_question() -> None:
    cold = {**SECOND, "lots.1.storage": "refrigerator", "lots.1.preparation": "preserved aqueous"}
    shown = look(draft({**TITRATION, **cold}))
    assert "lot.storages-differ" in codes(shown)
    apart = look(
        draft(
            {
                **TITRATION,
                **cold,
                "fill.vials.0.quantity": "21",
                "fill.vials.0.lots.0": "26-118",
                "fill.vials.1.quantity": "48",
                "fill.vials.1.lots.0": "26-119",
            }
        )
    )
    assert "lot.storages-differ" not in codes(apart)  # each label names its own place
    assert apart.label is not None
    assert "room temperature" in words(apart.label, 0, "storage")
    assert "refrigerated" in words(apart.label, 1, "storage")


def test_lots_that_look_different_are_both_described_or_neither() -> None:
    looks = {"lots.0.description": "white capsule", "lots.1.description": "blue capsule"}
    both = look(draft({**TITRATION, **SECOND, **looks}), "thermal-4x6").label
    assert both is not None
    assert "white capsule; blue capsule" in words(both, 0, "description")
    one = look(draft({**TITRATION, **SECOND, "lots.0.description": "white capsule"}), "thermal-4x6")
    assert one.label is not None
    assert words(one.label, 0, "description") == ""


def test_vials_and_the_first_fill_are_kept_in_the_own_format() -> None:
    given = of(TWO_STRENGTHS, **{"fill.first_filled": "2026-10-01"})
    (again,) = (own.read(json.loads(own.write(given))),)
    assert again.written == given.written
    vials = own.schema()["properties"]["fill"]["properties"]["vials"]
    assert set(vials["items"]["properties"]) == {"quantity", "strength", "lots"}


def test_more_vials_than_a_set_has_are_refused() -> None:
    many = {f"fill.vials.{at}.quantity": "6" for at in range(10)}
    assert "vial.too-many" in codes(look(draft({**TITRATION, **many})))


PA = {"pharmacy.address.state": "PA", "pharmacy.address.city": "York"}


def test_pennsylvania_names_the_day_of_the_first_fill() -> None:
    first = look(draft({**TITRATION, **PA}), "thermal-4x6").label
    assert first is not None
    assert "Nov 22, 2026" in spaced(words(first, 0, "date_first_filled"))
    refill = {**TITRATION, **PA, "fill.number": "1", "fill.first_day": "31"}
    lacks = look(draft(refill), "thermal-4x6")
    assert lacks.label is None
    missing = next(e.finding for e in lacks.findings if e.finding.code == "label.element-missing")
    assert missing.field == "fill.first_filled"
    known = look(draft({**refill, "fill.first_filled": "2026-11-21"}), "thermal-4x6").label
    assert known is not None
    assert "Nov 21, 2026" in spaced(words(known, 0, "date_first_filled"))
    assert "Nov 22, 2026" in spaced(words(known, 0, "date_filled"))
    elsewhere = look(draft(), "thermal-4x6").label
    assert elsewhere is not None
    assert words(elsewhere, 0, "date_first_filled") == ""


@pytest.mark.parametrize("paper", [Paper.LARGE_PRINT, Paper.CALENDAR])
def test_no_paper_is_made_of_several_vials_as_if_they_were_one(paper: Paper) -> None:
    """Its dose would be counted in the strength of the first, and its lot be any of them."""
    fill = enter(of(TWO_STRENGTHS), TOOLS.lexicon, TODAY).fill
    assert fill is not None
    assessment = assess(fill, TOOLS.tables, TODAY)
    label, refused = composed(fill, assessment, TOOLS, Print(paper=paper))
    assert label is None
    assert [each.code for each in refused] == ["vial.each-by-itself"]
    for each, assessed in in_vials(fill, assessment):
        label, refused = composed(each, assessed, TOOLS, Print(paper=paper))
        assert label is not None
        assert not refused
        assert assessed.days == {1: 14, 2: 30}[each.vial.number if each.vial else 0]


@pytest.mark.parametrize("paper", [Paper.LARGE_PRINT, Paper.LEAFLET])
def test_every_page_beside_the_labels_names_its_vial(paper: Paper) -> None:
    label = DESK.look(of(TWO_VIALS), Wanted("us-letter", paper=paper)).label
    assert label is not None
    said = [words(label, place, "vial") for place in range(len(label.pages))]
    assert set(said) == {
        "Vial 1 of 2: days 1 to 14",
        "Vial 2 of 2: days 15 to 30",
    }


def calendar(given: Draft) -> ShownLabel:
    shown = look(given, "us-letter", Paper.CALENDAR)
    assert shown.label is not None, codes(shown)
    return shown.label


def on_all(label: ShownLabel, key: str) -> str:
    return spaced(" ".join(words(label, page, key) for page in range(len(label.pages))).strip())


def test_two_bottles_have_one_calendar_that_names_the_bottle_of_each_day() -> None:
    label = calendar(of(TWO_VIALS))
    assert len(label.pages) == 1
    assert label.serial == "C4100257-00-1-1"
    assert [mark.payload for mark in label.pages[0].marks] == [label.serial]
    assert on_all(label, "day.14") == "Day 14 Bedtime Vial 1: 2 capsules"
    assert on_all(label, "day.15") == "Day 15 New dose New vial Bedtime Vial 2: 3 capsules"
    assert on_all(label, "calendar.sum") == "This fill: 69 capsules, days 1 to 30"
    assert on_all(label, "calendar.vial") == (
        "Vial 1: 21 capsules, days 1 to 14, none left over "
        "Vial 2: 48 capsules, days 15 to 30, none left over"
    )


def test_two_strengths_have_one_calendar_that_names_the_strength_of_each_dose() -> None:
    label = calendar(of(TWO_STRENGTHS))
    assert on_all(label, "day.14") == "Day 14 Bedtime Vial 1, 1.5 mg: 1 capsule"
    assert on_all(label, "day.15").endswith("Bedtime Vial 2, 4.5 mg: 1 capsule")
    for page in range(len(label.pages)):
        assert spaced(words(label, page, "drug.1")).endswith("1.5 mg capsule")
        assert spaced(words(label, page, "drug.2")).endswith("4.5 mg capsule")
        assert words(label, page, "vial.1") == "Vial 1 of 2: days 1 to 14"
        assert words(label, page, "vial.2") == "Vial 2 of 2: days 15 to 44"


def test_the_calendar_says_the_directions_of_the_labels() -> None:
    for case in (TWO_VIALS, TWO_STRENGTHS):
        labels, paper = look(of(case)).label, calendar(of(case))
        assert labels is not None
        for vial, page in enumerate((0, 1), start=1):
            on_label = spaced(words(labels, page, "directions")).replace(":", "")
            assert on_label
            assert on_all(paper, f"directions.{vial}").replace(":", "") == on_label


def test_a_calendar_is_refused_where_one_vial_has_no_label() -> None:
    unsaid = dict.fromkeys(("fill.vials.0.lots.0", "fill.vials.1.lots.0"), "")
    shown = look(of(TWO_VIALS, **unsaid), "us-letter", Paper.CALENDAR)
    assert shown.label is None
    assert "vial.lot-not-told" in codes(shown)


def test_one_vial_named_has_the_calendar_of_none_named() -> None:
    alone, plain = (
        look(given, "us-letter", Paper.CALENDAR).label
        for given in (draft(fill__vials__0__quantity="69"), draft())
    )
    assert alone is not None
    assert plain is not None
    assert alone.pdf == plain.pdf
    assert "Vial" not in on_all(plain, "day.1")


def test_the_days_of_a_calendar_of_vials_have_their_dates() -> None:
    label = calendar(of(TWO_VIALS, **{"fill.starts_on": "2026-11-25"}))
    assert on_all(label, "day.15").startswith("Dec 9 Day 15 New dose New vial")


def test_the_directions_of_each_vial_stand_there_in_the_patients_language_too() -> None:
    wanted = Wanted("us-letter", paper=Paper.CALENDAR, language="es")
    shown = OPEN.look(of(TWO_VIALS), wanted)
    assert shown.label is not None, codes(shown)
    assert "twins.calendar-english" in {each.finding.code for each in shown.findings}
    first, second = (on_all(shown.label, f"translation.{vial}") for vial in (1, 2))
    assert "Tome 1" in first
    assert "Tome 2" in first
    assert "Tome 3" in second


def test_a_vial_that_is_not_understood_is_told_alone():
    shown = look(of(TWO_VIALS, **{"fill.vials.1.quantity": "the rest of them"}))
    assert [each.finding.code for each in shown.open_findings] == ["vial.not-read"]
    assert shown.open_findings[0].finding.field == "fill.vials.1.quantity"
    assert not shown.may_print


@pytest.mark.parametrize("paper", [Paper.LARGE_PRINT, Paper.LEAFLET, Paper.CALENDAR])
def test_each_page_of_the_papers_of_several_vials_has_a_serial_of_its_own(paper):
    label = DESK.look(of(TWO_VIALS), Wanted("us-letter", paper=paper)).label
    assert label is not None
    serials = [mark.payload for page in label.pages for mark in page.marks]
    assert serials == [
        f"{paper.letter}4100257-00-{number}-1" for number in range(1, len(label.pages) + 1)
    ]


@pytest.mark.parametrize(
    ("sig", "quantity", "first"),
    [
        ("take 1 capsule in the morning and 2 capsules at bedtime", 90, 45),
        ("1 cap po qhs on Monday, Wednesday and Friday", 24, 12),
        ("1 cap po qod", 30, 15),
        ("1 cap po qhs x1d then 2 caps po qhs", 59, 1),
        ("1 cap po qhs x7d then 2 caps po qhs x7d then 3 caps po qhs", 69, 21),
        ("1 cap po qhs prn pain", 60, 30),
    ],
)
def test_the_days_a_label_may_leave_to_its_directions_stand_before_them(
    sig: str, quantity: int, first: int
) -> None:
    """Without its days "Vial 1 of 2" is not taken too long: where they are known they are said."""
    counts = {
        "sig": sig,
        "days_supply": "",
        "quantity.value": str(quantity),
        "fill.vials.0.quantity": str(first),
        "fill.vials.1.quantity": str(quantity - first),
    }
    fill = enter(of(STEADY, **counts), TOOLS.lexicon, TODAY).fill
    assert fill is not None
    for each, assessed in in_vials(fill, assess(fill, TOOLS.tables, TODAY)):
        label, refused = composed(each, assessed, TOOLS, Print())
        assert label is not None, refused
        place, leads = each.vial, [e.lead for e in label.elements if e.key == "directions"]
        assert place is not None
        days = [int(word) for lead in leads for word in lead.split() if word.isdecimal()]
        told = [] if place.first is None else [place.first, place.last]
        assert ([min(days), max(days)] if days else []) == told
        assert all(leads) is bool(told)
