"""Words that never stand on a label: found however they are written, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from labelapp.rules.law import read_law
from labelapp.rx.errors import BadResource
from tests.rules.cases import TABLES

US = TABLES.laws["US"]
STANDING = {"source": "a paragraph", "verified": True, "approved_by": "", "approved_on": ""}


def found(text: str, key: str = "purpose", state: str = "US") -> list[str]:
    rows = TABLES.laws[state].nevers
    return [row.id for row in rows if row.found_in(key, text)]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        ("For Crohn's: an opiate agonist", "agonist"),
        ("For Chron's disease", "chron"),
        ("For Chron\N{RIGHT SINGLE QUOTATION MARK}s disease", "chron"),
        ("FDA-approved for fibromyalgia", "approved"),
        ("fda\N{NO-BREAK SPACE}approved for MS", "approved"),
        ("Boosts immunity", "claim"),
        ("Cures cancer", "claim"),
        ("May be habit-forming", "narcotic"),
        ("This is a NARCOTIC.", "narcotic"),
        ("C-II", "schedule"),
        ("CIV", "schedule"),
        ("Rx only", "maker"),
        ("NDC 38779-0888", "maker"),
        ("Sustained-release capsule", "release"),
        ("Expires 1 year from the fill", "expires"),
        ("Generic for ReVia 50 mg", "generic"),
        ("Caution: Federal law prohibits the transfer of this drug to any person", "transfer"),
    ],
)
def test_what_must_not_be_said_is_found(text, row):
    assert found(text) == [f"never.{row}"]


@pytest.mark.parametrize("parted", [" ", "-", "  ", "\N{NO-BREAK SPACE}", " - "])
def test_whatever_is_found_was_not_passed_over_by_the_quick_look(parted):
    """The quick look at a whole label may be wrong one way only."""
    for law in TABLES.laws.values():
        for row in law.nevers:
            for text in row.texts:
                said = f"Take it: {parted.join(text.upper().split())}, and more"
                assert row.may_be_in(said) or not row.found_in("purpose", said)
                assert row.may_be_in(text)
            assert not row.may_be_in("Take 1 capsule at bedtime for pain")


@pytest.mark.parametrize(
    "text",
    [
        "For Crohn's disease", "opioid antagonist", "Do not take with narcotics.",
        "Not FDA approved for fibromyalgia", "This is not a narcotic", "For civic duty",
        "For secures sleep", "Take 1 capsule at bedtime", "Store at room temperature",
    ],
)  # fmt: skip
def test_what_is_right_passes(text):
    assert found(text) == []


def test_a_coined_name_is_none_of_a_drug_but_may_stand_beside_one():
    assert found("LDN 4.5 mg capsule", "drug") == ["never.coined"]
    assert found("Naltrexone HCl 4.5 mg capsule (LDN)", "drug") == []
    assert found("Take 1 LDN capsule", "directions") == []


def test_californias_opioid_flag_is_forbidden_there():
    flag = "Caution: Opioid. Risk of overdose and addiction."
    assert found(flag, "aux.OPI", "CA") == ["never.opioid-flag"]


def test_every_state_forbids_what_is_forbidden_everywhere():
    everywhere = {row.id for row in US.nevers}
    assert everywhere
    for law in TABLES.laws.values():
        assert everywhere <= {row.id for row in law.nevers}


def test_no_warning_on_the_shelf_says_what_is_forbidden():
    for law in TABLES.laws.values():
        for each in TABLES.auxiliary:
            assert not any(row.found_in(f"aux.{each.id}", each.text) for row in law.nevers)


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"texts": []}, "texts"),
        ({"texts": [" "]}, "texts"),
        ({"instead": ""}, "instead"),
        ({"on": ["colour"]}, "on"),
        ({"unles": ["not"]}, "unles"),
        ({"source": ""}, "source"),
    ],
)
def test_a_damaged_row_is_refused_by_its_key(changes: dict[str, Any], key: str):
    row = {"id": "x", "texts": ["cures"], "instead": "nothing", **STANDING, **changes}
    table = {"jurisdiction": "XX", "name": "Somewhere", "never": [row]}
    with pytest.raises(BadResource) as refused:
        read_law(table, "xx.toml")
    assert refused.value.values["key"] == key
