"""The law of the label: federal rows, California's over them, and which one a fill follows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.rules.law import Law, merged, read_law
from labelapp.rx.errors import BadResource
from labelapp.rx.people import Address
from tests.rules.cases import FILL, PHARMACY, TABLES, look

US, CA = TABLES.laws["US"], TABLES.laws["CA"]

STANDING = {"source": "a paragraph", "verified": True, "approved_by": "", "approved_on": ""}


def keys(law: Law, **wanted: object) -> set[str]:
    return {
        each.key
        for each in law.elements
        if all(getattr(each, name) == value for name, value in wanted.items())
    }


def test_the_federal_list():
    assert keys(US, required=True, verified=True) == {
        "pharmacy", "pharmacy_address", "rx_number", "date_filled", "prescriber", "patient",
        "directions",
    }  # fmt: skip
    assert keys(US, required=True, when="written") == {"patient", "directions"}
    assert {"drug", "quantity", "bud", "lot", "storage", "form_route"} <= keys(US, required=True)
    assert (US.block_share, US.exclusive_block, US.standard_phrases) == (0, False, False)


def test_california_keeps_half_the_label_for_four_things_of_twelve_points():
    assert (CA.block_share, CA.grow_to, CA.block_least_pt) == (0.5, 0.7, 12)
    assert CA.exclusive_block
    assert CA.standard_phrases
    assert keys(CA, zone="block") == keys(CA, least_pt=12) == {
        "patient", "drug", "directions", "purpose"
    }  # fmt: skip


def test_california_asks_for_everything_federal_law_asks_and_more():
    assert keys(US, required=True) <= keys(CA, required=True)
    assert keys(CA, required=True) - keys(US, required=True) == {
        "pharmacy_phone", "compounded_on", "purpose", "rph_initials"
    }  # fmt: skip
    assert keys(CA, required=True, when="written") == {"purpose"}


def test_the_states_with_rows_of_their_own():
    assert set(TABLES.laws) == {"US", "CA", "NY", "TX", "FL", "NJ", "IL", "PA", "WA", "OR", "NV"}
    for state in TABLES.laws.values():
        assert keys(US, required=True) <= keys(state, required=True)


@pytest.mark.parametrize(
    ("state", "more"),
    [
        ("NY", {"patient_address", "compounded_on", "pharmacy_phone"}),
        ("TX", {"pharmacy_phone", "rph_initials"}),
        ("FL", set()),
        ("NJ", {"pharmacy_phone"}),
        ("IL", {"rph_initials"}),
        ("PA", {"pharmacy_phone", "date_first_filled"}),
        ("WA", {"refills", "transfer"}),
        ("OR", {"pharmacy_phone", "description"}),
        ("NV", {"purpose", "caution"}),
    ],
)
def test_what_a_state_asks_for_beyond_federal_law(state, more):
    assert keys(TABLES.laws[state], required=True) - keys(US, required=True) == more


def test_nobody_says_that_what_was_not_read_was_read():
    """Of Florida and Illinois no list was read, and of USP <795> nothing."""
    assert keys(TABLES.laws["FL"], verified=True) == keys(TABLES.laws["IL"], verified=True) == set()
    for state in TABLES.laws.values():
        assert not {"lot", "compounded_by"} & keys(state, verified=True)
    assert keys(TABLES.laws["WA"], verified=True) == {"transfer"}


def test_new_york_wants_twelve_points_and_new_jersey_larger_type_than_elsewhere():
    ny, nj = TABLES.laws["NY"], TABLES.laws["NJ"]
    assert (ny.block_share, ny.block_least_pt) == (0, 12)
    assert (nj.block_share, nj.block_least_pt) == (0, 10)
    for law, source in ((ny, "63.12"), (nj, "13:39-7.12(b)"), (CA, "1707.5"), (US, "<17>")):
        rule = law.rule("block")
        assert rule is not None
        assert source in rule.citation


def test_a_merged_row_cites_both_laws():
    patient = CA.element("patient")
    assert patient is not None
    assert "1707.5" in patient.citation
    assert "353(b)(2)" in patient.citation


def test_no_shipped_row_is_approved_and_no_label_says_so():
    nevers = {each.id for each in CA.nevers}
    rules = {each.key for each in CA.rules}
    assert {"block", "phrases", "ca.accessible", "us.order"} <= rules
    assert set(CA.unapproved) == {each.key for each in CA.elements} | rules | nevers
    assert look(FILL).findings == ()


def test_an_approved_row_leaves_the_list():
    first, *others = CA.elements
    signed = replace(first, approved_by="P. Charge", approved_on="2026-01-02")
    law = replace(CA, elements=(signed, *others))
    assert set(CA.unapproved) - set(law.unapproved) == {first.key}


def test_a_merged_row_is_approved_only_when_both_are():
    def signed(law: Law) -> Law:
        done = tuple(
            replace(each, approved_by="P. Charge", approved_on="2026-01-02")
            for each in law.elements
        )
        return replace(law, elements=done)

    both = [key for key in keys(US) if key in keys(CA)]
    half = merged(US, signed(CA))
    assert set(both) <= {key for key in half.unapproved if US.element(key)}
    nevers = {each.id for each in CA.nevers}
    rules = {each.key for each in CA.rules}
    assert set(merged(signed(US), signed(CA)).unapproved) - nevers == rules


@pytest.mark.parametrize("state", ["CA", "ca", "California"])
def test_the_law_is_that_of_the_pharmacys_state(state):
    pharmacy = replace(PHARMACY, address=Address(state=state))
    found = look(replace(FILL, pharmacy=pharmacy))
    assert (found.law, found.findings) == (CA, ())


@pytest.mark.parametrize(("named", "law"), [("US", US), ("ca", CA)])
def test_a_jurisdiction_named_goes_before_the_pharmacys(named, law):
    assert look(FILL, jurisdiction=named).law == law


@pytest.mark.parametrize(
    ("pharmacy", "jurisdiction", "code"),
    [
        (None, "", "law.no-state"),
        (replace(PHARMACY, address=Address()), "", "law.no-state"),
        (replace(PHARMACY, address=Address(state="UT")), "", "law.no-rows"),
        (PHARMACY, "UT", "law.no-rows"),
    ],
)
def test_without_rows_for_the_state_the_federal_ones_apply_and_somebody_is_asked(
    pharmacy, jurisdiction, code
):
    found = look(replace(FILL, pharmacy=pharmacy), jurisdiction=jurisdiction)
    assert found.law == US
    assert [each.code for each in found.findings] == [code]
    assert found.findings[0].value("states") == ", ".join(sorted(TABLES.laws))


def law(**element: object) -> Law:
    row = {"key": "patient", "required": True, "zone": "block", **STANDING, **element}
    return read_law({"jurisdiction": "XX", "name": "Somewhere", "elements": [row]}, "xx.toml")


def test_a_row_may_carry_the_words_of_the_law():
    found = law(key="bud", zone="facts", wording="Use by {value}").element("bud")
    assert found is not None
    assert found.wording == "Use by {value}"


def test_a_sentence_of_the_laws_own_is_nothing_but_its_wording():
    found = law(key="transfer", zone="warnings", wording="Warning: keep it.").element("transfer")
    assert found is not None
    assert found.wording == "Warning: keep it."


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"key": "transfer", "zone": "warnings"}, "wording"),
        ({"key": "transfer", "zone": "warnings", "wording": "Warning {value}"}, "wording"),
        ({"key": "bud", "zone": "facts", "wording": "Use by"}, "wording"),
        ({"key": "colour"}, "key"),
        ({"zone": "back"}, "zone"),
        ({"when": "sometimes"}, "when"),
        ({"source": " "}, "source"),
        ({"verified": None}, "verified"),
        ({"least_pt": "12"}, "least_pt"),
        ({"least": 12}, "least"),
        ({"approved_by": 3}, "approved_by"),
    ],
)
def test_a_damaged_row_is_refused_by_its_key(changes, key):
    with pytest.raises(BadResource) as refused:
        law(**changes)
    assert refused.value.values["key"] == key
