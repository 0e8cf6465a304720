"""The label's own words, its serial, and the forms it never uses."""

from __future__ import annotations

import pytest

from labelapp.label.forbidden import forbidden
from labelapp.label.serial import serial_of_label
from labelapp.label.wording import named, read_wording
from labelapp.resources import rows
from labelapp.resources.typed import wording
from labelapp.rx.compound import Form
from labelapp.rx.directions import Route
from labelapp.rx.errors import BadResource
from tests.label.fills import capsule, fill, label_of


@pytest.mark.parametrize(
    "text",
    [
        "Take .5 mL", "0.50 mg", "1.0 mg", "4.5mg", "10mL", "5 µg", "5 μg", "1 q.d.", "one QHS",
        "take prn", "1 tab BID", "Take 2 PO", "apply AD", "5 cc",
    ],
)  # fmt: skip
def test_forms_that_are_misread_are_found(text):
    assert forbidden(text)


@pytest.mark.parametrize(
    "text",
    [
        "Take 0.5\xa0mL at bedtime", "Naltrexone HCl 4.5 mg capsule", "Take 10 capsules", "0.05 mg",
        "20 mcg", "1 mg/mL", "Take 1 capsule a day.", "5 mg/5 mL", "Take with food. 1 hour later",
        "Days 1 to 14", "1,000 mg", "for the podiatrist's pain", "acne", "10.25 mg",
    ],
)  # fmt: skip
def test_safe_forms_pass(text):
    assert not forbidden(text)


def test_the_serial_of_another_label_of_the_set_differs_in_its_label_alone():
    assert serial_of_label("R1234567-00-1-1", 2) == "R1234567-00-2-1"
    assert serial_of_label("RAB-12-03-1-4", 3) == "RAB-12-03-3-4"


@pytest.mark.parametrize("form", list(Form))
def test_every_form_says_how_it_is_used(form):
    said = wording().form_and_route(form, ())
    assert said.startswith(f"{form.value[0].upper()}{form.value[1:]}, ")


def test_several_routes_are_each_said_once():
    said = wording().form_and_route(Form.TROCHE, (Route.SUBLINGUAL, Route.BUCCAL))
    assert said.count("Troche") == 2
    assert (
        wording().form_and_route(Form.CREAM, (Route.TOPICAL, Route.AFFECTED_AREA)).count(";") == 0
    )


def test_everything_that_may_give_way_has_a_name():
    words = wording()
    label = label_of(fill(compound=capsule("4.5", "Avicel"), purpose="pain"))
    may = [each for each in label.elements if not each.required]
    assert {"refills", "filler", "date_written", "serial_text"} <= {each.key for each in may}
    names = [named(each.key, words, each.text) for each in may]
    assert len(set(names)) == len(names)
    assert not any(name.startswith("aux.") or "_" in name for name in names)
    assert named("refills", words) == "Refills left"
    assert named("code128", words).startswith("Bar code")


def test_a_value_is_put_in_once_whatever_it_holds():
    said = wording().word("refills_some", count="{date}", date="today")
    assert said == "{date} until today"


@pytest.mark.parametrize(
    ("part", "key"), [("words", "bud"), ("storage", "refrigerator"), ("names", "refills")]
)
def test_a_language_that_lacks_a_word_is_damaged(part, key):
    table = rows("label/en.toml")
    less = {name: value for name, value in table[part].items() if name != key}
    with pytest.raises(BadResource) as broken:
        read_wording({**table, part: less}, "label/xx.toml")
    assert broken.value.values["key"] == key
