"""Labels by the law of each state: what it asks for stands there, in its words, and nothing more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.make import FIRST_SAMPLE, Made, make
from labelapp.dispensing.show import label as shown
from labelapp.label.document import Element, Label, Zone
from labelapp.label.elements import ASKED
from labelapp.layout.page import Words
from labelapp.rx.directions import Said
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.people import Address, Name
from tests.label.fills import BEDTIME, assessed, composed, fill, label_of

TOOLS = equipment()
STATES = sorted(TOOLS.tables.laws)
TRANSFER = (
    "Warning: State or federal law prohibits transfer of this drug to any person other than"
    " the person for whom it was prescribed."
)
CAUTION = (
    "Caution: Do not use with alcohol or nonprescribed drugs without consulting the prescribing"
    " practitioner."
)
HOME = Address(("44 Juniper Way", "Apt 3"), "Albany", "NY", "12207")


def whole() -> Fill:
    """A fill that has everything any state asks for."""
    case = fill(purpose="fibromyalgia pain")
    patient = replace(case.prescription.patient, address=HOME)
    (lot,) = case.lots
    return replace(
        case,
        prescription=replace(case.prescription, patient=patient),
        lots=(replace(lot, description="white capsule, size 3"),),
    )


def living_at(address: Address) -> Fill:
    case = whole()
    patient = replace(case.prescription.patient, address=address)
    return replace(case, prescription=replace(case.prescription, patient=patient))


def of(label: Label, key: str) -> list[Element]:
    return [each for each in label.elements if each.key == key]


def made_for(state: str) -> Made:
    case = whole()
    made = make(case, assessed(case, state), TOOLS.stocks["thermal-4x3"], 203, TOOLS, FIRST_SAMPLE)
    assert isinstance(made, Made)
    return made


@pytest.mark.parametrize("state", STATES)
def test_every_required_element_stands_on_the_finished_label(state):
    made = made_for(state)
    printed = {words.key for page in made.pages.pages for words in page.words}
    law = TOOLS.tables.laws[state]
    required = {row.key for row in law.elements if row.required}
    assert required <= printed
    assert not required & set(made.pages.dropped)
    for row in law.elements:
        for each in of(made.label, row.key):
            assert each.why == row.citation
            assert each.zone is Zone.BLOCK or each.least_pt >= row.least_pt
    assert len(made.pages.pages) == 1


def sources(state: str) -> set[str]:
    """Everything a line may give as its reason: a row of the law, a warning's, an element's own."""
    law = TOOLS.tables.laws[state]
    rows = {row.citation for row in law.elements} | {rule.citation for rule in law.rules}
    return rows | {each.source for each in TOOLS.tables.auxiliary} | {each.why for each in ASKED}


@pytest.mark.parametrize("stock", ["thermal-4x3", "thermal-4x2", "thermal-4x6"])
@pytest.mark.parametrize("state", STATES)
def test_every_line_that_is_printed_says_why_it_is_there(state, stock):
    """A click on a line of the preview and `why` of a line on the command line say this."""
    case = whole()
    made = make(case, assessed(case, state), TOOLS.stocks[stock], 203, TOOLS)
    assert isinstance(made, Made)
    boxes = [box for page in shown(made).pages for box in page.boxes]
    assert {"patient", "drug", "directions", "pharmacy", "lot", "serial_text", "sample"} <= {
        each.key for each in boxes
    } | set(made.pages.dropped)
    for each in boxes:
        assert each.why in sources(state) or each.why.startswith("House: "), (each.key, each.why)
        row = TOOLS.tables.laws[state].element(each.key)
        if row is not None:
            assert each.why == row.citation
    for page in made.pages.pages:
        assert all(bars.why.startswith("House: ") for bars in page.bars)


@pytest.mark.parametrize("state", STATES)
def test_what_the_patient_must_read_is_the_largest_on_the_label(state):
    (page,) = made_for(state).pages.pages

    def least(words: tuple[Words, ...]) -> float:
        return min(each.size_pt for each in words)

    inside = tuple(each for each in page.words if each.key in {"patient", "drug", "directions"})
    others = [
        each.size_pt
        for each in page.words
        if each.key not in {"patient", "drug", "directions", "purpose", "sample"}
    ]
    assert least(inside) > max(others)
    assert least(inside) >= TOOLS.tables.laws[state].block_least_pt


@pytest.mark.parametrize("state", STATES)
def test_washingtons_warning_stands_in_washington_and_nowhere_else(state):
    words = [each.text for each in label_of(whole(), BEDTIME, state).elements]
    assert words.count(TRANSFER) == (state == "WA")
    assert any("law prohibits" in each for each in words) == (state == "WA")
    assert words.count(CAUTION) == (state == "NV")


@pytest.mark.parametrize("state", STATES)
def test_new_jersey_says_use_by_and_the_others_discard_after(state):
    (bud,) = of(label_of(whole(), BEDTIME, state), "bud")
    assert bud.label == ("Use by" if state == "NJ" else "Discard after")
    assert bud.text == "May 18, 2027"


@pytest.mark.parametrize("state", STATES)
def test_a_patients_address_stands_in_new_york_alone(state):
    found = of(label_of(whole(), BEDTIME, state), "patient_address")
    assert [each.text for each in found] == (
        ["44 Juniper Way, Apt 3, Albany, NY\xa012207"] if state == "NY" else []
    )


@pytest.mark.parametrize("state", STATES)
def test_the_box_for_initials_is_on_every_label(state):
    (box,) = of(label_of(whole(), BEDTIME, state), "rph_initials")
    assert (box.text, box.required) == ("RPh", True)


def test_washington_never_drops_the_refills():
    case = replace(whole(), refills_left=0)
    (refills,) = of(label_of(case, BEDTIME, "WA"), "refills")
    assert (refills.text, refills.required) == ("None", True)
    (elsewhere,) = of(label_of(case, BEDTIME, "FL"), "refills")
    assert not elsewhere.required


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (Address(), ["patient.address.line"]),
        (Address((), "Albany", "NY"), ["patient.address.line"]),
        (Address(("44 Juniper Way",), "", "NY"), ["patient.address.city"]),
    ],
)
def test_without_the_patients_address_there_is_no_label_in_new_york(address, fields):
    case = living_at(address)
    made = composed(case, BEDTIME, "NY")
    assert made.label is None
    assert [each.field for each in made.findings] == fields
    (found,) = made.findings
    assert (found.code, found.severity) == ("label.element-missing", Severity.STOP)
    assert found.settler is Settler.NOBODY
    assert "6810" in found.value("law")
    assert composed(case, BEDTIME, "NJ").label is not None


def test_without_a_description_there_is_no_label_in_oregon():
    case = whole()
    bare = replace(case, lots=(*case.lots, replace(case.lots[0], number="2", description="")))
    for lacking in (fill(), bare):
        made = composed(lacking, BEDTIME, "OR")
        assert made.label is None
        (found,) = made.findings
        assert (found.code, found.field) == ("label.element-missing", "lots.0.description")
        assert found.settler is Settler.NOBODY
        assert composed(lacking, BEDTIME, "CA").label is not None


def test_what_a_medicine_looks_like_is_said_where_no_law_asks_too_and_may_give_way():
    for state in STATES:
        (found,) = of(label_of(whole(), BEDTIME, state), "description")
        assert (found.label, found.text) == ("Looks like:", "white capsule, size 3")
        assert found.required == (state == "OR")


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("purpose", "form"),
    [("Chron's disease", "Chron's"), ("boosts immunity", "boosts immunity")],
)
def test_a_purpose_that_must_not_be_said_stops_the_label(state, purpose, form):
    made = composed(fill(purpose=purpose), BEDTIME, state)
    assert made.label is None
    found = next(each for each in made.findings if each.code == "label.never")
    assert (found.field, found.value("form")) == ("purpose", form)
    assert (found.severity, found.settler) == (Severity.STOP, Settler.NOBODY)
    assert found.value("instead")
    assert found.value("law")


@pytest.mark.parametrize("state", STATES)
def test_the_transfer_caution_of_controlled_drugs_stops_the_label_in_every_state(state):
    said = (Said("Take 1 capsule at bedtime. Federal law prohibits transfer of this drug."),)
    made = composed(whole(), said, state)
    assert [each.code for each in made.findings] == ["label.never"]
    assert made.findings[0].field == "sig"


def test_names_and_numbers_may_hold_any_word():
    case = whole()
    assert case.pharmacy is not None
    odd = replace(case.pharmacy, name="Miracle Narcotic Pharmacy")
    lots = tuple(replace(each, number="NDC-1") for each in case.lots)
    patient = replace(case.prescription.patient, name=Name("Cures", "Ndc"))
    odd_case = replace(
        case, pharmacy=odd, lots=lots, prescription=replace(case.prescription, patient=patient)
    )
    assert composed(odd_case).label is not None
