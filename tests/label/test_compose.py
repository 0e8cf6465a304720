"""Composing a label: what the law asks for is there with its paragraph, or the label is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.label.document import Element, Label, Symbology, Zone
from labelapp.label.elements import LAST_TO_GO
from labelapp.rules.auxiliary import AuxiliaryLabel
from labelapp.rx.directions import Said
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.people import Address, Name
from tests.label.fills import (
    BEDTIME,
    TITRATION,
    assessed,
    capsule,
    composed,
    fill,
    label_of,
    liquid,
    suspension,
    without_lots,
)

FOUR = {"patient", "drug", "directions", "purpose"}


def element(label: Label, key: str) -> Element:
    (found,) = [each for each in label.elements if each.key == key]
    return found


@pytest.mark.parametrize("jurisdiction", ["CA", "US"])
def test_every_element_the_law_asks_for_is_there_with_its_paragraph(jurisdiction):
    made = composed(fill(purpose="pain"), BEDTIME, jurisdiction)
    assert made.label is not None
    law = made.assessment.law
    assert law is not None
    for row in law.elements:
        if row.required:
            found = [each for each in made.label.elements if each.key == row.key]
            assert found, row.key
            assert all(each.why == row.citation and each.required for each in found)
            assert all(each.least_pt >= row.least_pt for each in found)


def test_nothing_but_the_four_things_stands_in_the_block():
    label = label_of(fill(purpose="pain"), TITRATION, sample=True)
    keys = [each.key for each in label.in_zone(Zone.BLOCK)]
    assert keys == ["patient", "drug", "directions", "directions", "directions", "purpose"]
    assert not FOUR & {each.key for each in label.elements if each.zone is not Zone.BLOCK}


def test_california_asks_half_the_label_and_12_points():
    block = label_of(fill()).block
    assert (block.least_share, block.least_pt) == (0.5, 12.0)
    assert "1707.5" in block.why
    assert label_of(fill(), BEDTIME, "US").block.least_share == 0


def test_every_element_says_why_it_is_there():
    label = label_of(fill(compound=capsule("4.5", "Avicel"), purpose="pain"), sample=True)
    assert all(each.why for each in label.elements)
    assert all(each.why for each in label.marks)


@pytest.mark.parametrize(
    ("lacking", "key"),
    [
        (lambda case: replace(case, pharmacy=None), "pharmacy"),
        (without_lots, "lot"),
        (without_lots, "bud"),
        (without_lots, "storage"),
        (
            lambda case: replace(case, prescription=replace(case.prescription, number="")),
            "rx number",
        ),
        (
            lambda case: replace(
                case,
                prescription=replace(
                    case.prescription,
                    prescriber=replace(case.prescription.prescriber, name=Name("")),
                ),
            ),
            "prescriber",
        ),
    ],
)
def test_what_the_law_asks_for_and_the_fill_lacks_stops_the_label(lacking, key):
    made = composed(lacking(fill()))
    assert made.label is None
    (found,) = [each for each in made.findings if each.value("element") == key]
    assert (found.code, found.severity) == ("label.element-missing", Severity.STOP)
    assert found.settler is Settler.NOBODY
    assert "California" in found.value("law")


def test_the_pharmacys_own_rule_is_not_called_the_law():
    case = fill()
    assert case.pharmacy is not None
    made = composed(replace(case, pharmacy=replace(case.pharmacy, phone="")))
    (found,) = made.findings
    assert (found.code, found.field) == ("label.house-missing", "pharmacy.phone")


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        (Address((), "", "CA"), ["pharmacy.address.line", "pharmacy.address.city"]),
        (Address((" ",), "Salem", "CA"), ["pharmacy.address.line"]),
        (Address(("1 Main St",), "", "CA", "90210"), ["pharmacy.address.city"]),
        (Address(), ["pharmacy.address.line"]),
    ],
)
def test_an_address_nobody_could_go_to_is_none(address, fields):
    case = fill()
    assert case.pharmacy is not None
    made = composed(replace(case, pharmacy=replace(case.pharmacy, address=address)))
    assert made.label is None
    assert [each.field for each in made.findings] == fields
    assert {each.code for each in made.findings} == {"label.element-missing"}


def test_what_two_elements_lack_is_said_once_by_its_field():
    made = composed(replace(fill(), pharmacy=None))
    fields = [each.field for each in made.findings]
    assert fields.count("pharmacy.name") == 1
    assert len(fields) == len(set(fields))


def test_directions_that_say_nothing_stop_the_label():
    made = composed(fill(), ())
    assert made.label is None
    assert [(each.field, each.value("element")) for each in made.findings] == [
        ("sig", "directions")
    ]


@pytest.mark.parametrize("number", ["44 17203", "4417203/2", "№44", "RX\u20101"])
def test_a_prescription_number_no_mark_can_say_is_refused_not_altered(number):
    made = composed(fill(number=number))
    assert made.label is None
    (found,) = made.findings
    assert (found.code, found.field) == ("label.rx-number-odd", "rx_number")


@pytest.mark.parametrize(
    "text",
    ["Take .5 mL at bedtime", "Take 1.0 mL at bedtime", "Take 4.5mg at bedtime", "Take 1 QHS"],
)
def test_a_form_that_is_misread_stops_the_label(text):
    made = composed(fill(), (Said(text),))
    assert made.label is None
    assert [each.code for each in made.findings] == ["label.misread"]


def test_an_address_and_a_lot_may_hold_such_forms():
    case = fill()
    assert case.pharmacy is not None
    odd = replace(case.pharmacy, address=replace(case.pharmacy.address, lines=("1.0 QD Street",)))
    made = composed(replace(case, pharmacy=odd, lots=(replace(case.lots[0], number="PO-1.50"),)))
    assert made.label is not None


def test_marks_say_the_serial_and_nothing_of_the_patient():
    label = label_of(fill())
    assert {(each.symbology, each.payload, each.required) for each in label.marks} == {
        (Symbology.DATAMATRIX, "R4417203-00-1-1", True),
        (Symbology.CODE128, "R4417203-00-1-1", False),
    }


def test_the_label_speaks_in_full():
    label = label_of(fill(name=Name("Okafor-Ní Dhubháin", "Marguerite Ann", "Jr."), purpose="pain"))
    assert element(label, "patient").text == "Marguerite Ann Okafor-Ní Dhubháin Jr."
    assert element(label, "drug").text == "Naltrexone HCl 4.5\xa0mg capsule"
    assert element(label, "purpose").text == "For pain"
    assert element(label, "quantity").text == "30\xa0capsules"
    assert element(label, "refills").text == "2 until Nov 2, 2027"
    assert element(label, "form_route").text == "Capsule, for oral use"
    assert element(label, "compounded_by").text == (
        "Compounded by Quillfeather Compounding Pharmacy"
    )
    bud = element(label, "bud")
    assert (bud.label, bud.text) == ("Discard after", "May 18, 2027")


def test_state_and_postal_code_are_never_parted():
    case = fill()
    assert case.pharmacy is not None
    for address, said in (
        (case.pharmacy.address, "2210 Ocean Park Blvd, Santa Monica, CA\xa090405"),
        (Address(("1 CA 90405",), "Salem", "MA", "01970"), "1 CA 90405, Salem, MA\xa001970"),
        (Address(("1 Main St",), "Salem", "MA"), "1 Main St, Salem, MA"),
        (Address(("1 Main St",), "Salem"), "1 Main St, Salem"),
    ):
        changed = replace(case, pharmacy=replace(case.pharmacy, address=address))
        assert element(label_of(changed, jurisdiction="CA"), "pharmacy_address").text == said


def test_a_purpose_written_with_its_for_is_not_said_twice():
    assert element(label_of(fill(purpose="for sleep")), "purpose").text == "For sleep"


def test_no_refills_are_said_in_words():
    assert element(label_of(replace(fill(), refills_left=0)), "refills").text == "None"


def test_several_lots_are_all_named():
    case = fill()
    case = replace(case, lots=(*case.lots, replace(case.lots[0], number="26-121")))
    assert element(label_of(case), "lot").text == "26-118, 26-121"
    assert element(label_of(case), "compounded_on").text == "Nov 20, 2026"


def test_a_liquid_is_kept_cold_and_says_so_once():
    label = label_of(fill(compound=liquid(), quantity="60"), (Said("Take 1\xa0mL at bedtime"),))
    assert element(label, "storage").text.startswith("Keep refrigerated")
    assert "aux.FRIG" not in {each.key for each in label.elements}
    assert "aux.CMP" not in {each.key for each in label.elements}


def test_the_opioid_warning_alone_is_reversed_and_required():
    warnings = label_of(fill()).in_zone(Zone.WARNINGS)
    assert [each.key for each in warnings if each.reversed] == ["aux.OPI"]
    assert [each.key for each in warnings if each.required] == ["aux.OPI"]
    assert [each.drop for each in warnings] == sorted({each.drop for each in warnings})


def test_a_warning_a_pharmacist_chose_gives_way_last():
    for chosen in ("PREG", "LITE"):
        case = replace(fill(), warnings_on=(chosen,))
        warnings = label_of(case).in_zone(Zone.WARNINGS)
        may_go = [each for each in warnings if not each.required]
        assert min(may_go, key=lambda each: each.drop).key == f"aux.{chosen}"
        assert all(0 < each.drop < LAST_TO_GO for each in may_go)
        assert len({each.drop for each in may_go}) == len(may_go)


def test_a_warning_in_forbidden_form_stops_the_label():
    case = fill()
    bad = AuxiliaryLabel(id="ODD", text="Take with .5 glass of water.", default="on")
    made = composed(case, assessment=replace(assessed(case), auxiliary=(bad,)))
    assert [each.code for each in made.findings] == ["label.misread"]


def test_a_sample_says_so_outside_the_block():
    sample = element(label_of(fill(), sample=True), "sample")
    assert sample.text == "SAMPLE - NOT FOR A PATIENT"
    assert sample.required
    assert sample.zone is Zone.HEADER
    assert "sample" not in {each.key for each in label_of(fill()).elements}


def test_a_laws_own_words_stand_before_the_value():
    case = fill()
    assessment = assessed(case)
    assert assessment.law is not None
    rows = tuple(
        replace(row, wording="Use by {value}") if row.key == "bud" else row
        for row in assessment.law.elements
    )
    law = replace(assessment.law, elements=rows)
    made = composed(case, assessment=replace(assessment, law=law))
    assert made.label is not None
    bud = element(made.label, "bud")
    assert (bud.label, bud.text) == ("Use by", "May 18, 2027")


def test_a_suspension_is_never_without_its_word_to_shake():
    (shake,) = [
        each
        for each in label_of(fill(compound=suspension(), quantity="30")).elements
        if each.text.startswith("Shake well")
    ]
    assert shake.required
    assert shake.drop == 0
