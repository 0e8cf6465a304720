"""What is in a lot is what was ordered: each active, and nothing nobody knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.lot import Component
from tests.rules.cases import COMPOUND, FILL, TABLES, codes, made, mg, one, ordered

SHELL = "gelatin capsule, size 3"


def of(*names: str, fill: Fill = FILL) -> Fill:
    """The fill from a lot of these components."""
    return made(fill, components=tuple(Component(each, "X", date(2027, 1, 1)) for each in names))


def about(fill: Fill) -> set[str]:
    kinds = ("lacks-active", "other-drug", "unknown-component", "other-inactives")
    return {each for each in codes(fill) if each.removeprefix("lot.") in kinds}


@pytest.mark.parametrize(
    ("inside", "found"),
    [
        (["Naltrexone HCl USP", "Microcrystalline cellulose NF"], set()),
        (["naltrexone hydrochloride", "Avicel PH-105", SHELL], set()),
        (["Naltrexone", "MCC", "Magnesium stearate"], {"lot.other-inactives"}),
        (["naltrexone"], set()),
        (["methotrexate"], {"lot.lacks-active", "lot.unknown-component"}),
        (["lactose"], {"lot.lacks-active", "lot.other-inactives"}),
        (["microcrystalline cellulose"], {"lot.lacks-active"}),
        (["naltrexone", "methadone"], {"lot.unknown-component"}),
        (["naltrexone", "ketamine"], {"lot.unknown-component"}),
        (["naltrexone", "Naloxone HCl USP"], {"lot.other-drug"}),
        (["methylnaltrexone"], {"lot.lacks-active", "lot.other-drug"}),
        (["naltrexone", "lactose"], {"lot.other-inactives"}),
        (["naltrexone", "microcrystalline cellulose", "lactose"], {"lot.other-inactives"}),
    ],
)
def test_a_lot_holds_what_was_ordered(inside, found):
    assert about(of(*inside)) == found


@pytest.mark.parametrize(
    ("inside", "code", "severity", "settler"),
    [
        ("methotrexate", "lot.lacks-active", Severity.STOP, Settler.NOBODY),
        ("naloxone", "lot.other-drug", Severity.STOP, Settler.NOBODY),
        ("ketamine", "lot.unknown-component", Severity.ASK, Settler.PHARMACIST),
        ("lactose", "lot.other-inactives", Severity.ASK, Settler.PHARMACIST),
    ],
)
def test_who_settles_a_lot_of_something_else(inside, code, severity, settler):
    found = one(of(inside), code)
    assert (found.severity, found.settler) == (severity, settler)


def test_each_of_several_actives_is_in_the_lot():
    other = Ingredient("ketotifen", Part.ACTIVE, mg("1"))
    both = ordered(compound=Compound(Form.CAPSULE, (COMPOUND.actives[0], other)))
    found = one(of("naltrexone", fill=both), "lot.lacks-active")
    assert found.value("ordered") == "ketotifen"
    assert about(of("naltrexone", "Ketotifen", fill=both)) == set()


@pytest.mark.parametrize(
    ("name", "asked"),
    [("tramadol hydrochloride", True), ("lactose", False), ("Sucrose NF", False), ("", True)],
)
def test_what_is_called_no_active_is_known_to_be_none(name, asked):
    filler = Ingredient(name, Part.FILLER)
    fill = ordered(compound=replace(COMPOUND, ingredients=(COMPOUND.actives[0], filler)))
    assert ("order.unknown-inactive" in codes(fill)) is asked
    if asked:
        assert one(fill, "order.unknown-inactive").settler is Settler.PHARMACIST


def test_no_drug_stands_on_the_list_of_what_is_none():
    words = TABLES.settings.vocabulary
    for drug in TABLES.compounds:
        for name in (*drug.names, *drug.look_alikes):
            assert words.inactive(name) is None, name
    for name in ("methadone", "tramadol", "ketamine", "methotrexate", "USP", ""):
        assert words.inactive(name) is None, name


def test_a_name_of_an_inactive_stands_on_one_row():
    words = TABLES.settings.vocabulary
    for row in words.inactives:
        for name in row.names:
            assert words.inactive(name) is row, name
