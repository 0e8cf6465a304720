"""Which law asks for what, written down as it was studied, held against the rows that say it."""

from __future__ import annotations

from functools import cache

import pytest

from labelapp import resources
from labelapp.rules.law import Law, LawElement, LawRule, read_law
from tests.rules.cases import TABLES

CELLS = """
                  US  CA  NY  TX  FL  NJ  IL  PA  WA  OR  795
pharmacy          R   R   R   R   R   R   R   R   R   R   .
pharmacy_address  R   R   R   R   R   R   R   R   R   R   .
pharmacy_phone    .   ?   R   R   .   R   .   R   ?   R   ?
rx_number         R   R   R   R   R   R   R   R   R   R   ?
date_filled       R   R   .   R   R   R   R   R   R   R   .
compounded_on     .   R   R   .   .   .   .   .   .   .   .
prescriber        R   R   R   R   R   R   R   R   R   R   .
patient           W   R   R   R   R   R   R   R   R   R   .
patient_address   .   .   R   .   .   .   .   .   .   .   .
directions        W   R   R   R   R   R   R   R   R   R   .
drug              .   R   R   R   R   R   R   R   R   R   R
quantity          .   R   ?   R   .   R   R   R   R   R   R
bud               .   R   ?   R   R   R   U   .   R   R   R
purpose           .   W   .   .   .   .   .   .   .   .   .
description       .   O   .   .   .   .   .   .   .   R   .
compounded_by     .   R   ?   R   ?   .   U   U   U   .   R
lot               .   R   .   .   .   .   U   U   U   .   R
storage           .   R   .   R   .   R   U   U   U   R   R
form_route        .   R   .   .   .   .   U   U   U   R   R
rph_initials      .   R   ?   R   ?   .   R   .   .   .   .
refills           .   .   .   .   .   .   .   .   R   .   .
transfer          .   .   .   .   .   .   .   .   R   .   .
caution           .   .   .   .   .   .   .   .   .   .   .
"""
"""Which law asks for which element, as it was studied, not as the rows say it.

R it stands on every label; W where the prescription has it; U by way of USP <795>, which that law
takes in; O it may stand there; . not by that law; ? not known.
"""
UNREAD = {
    "FL": ["64B16"], "IL": ["225 ILCS"], "NY": ["63.12"], "TX": ["291.33"], "WA": ["RCW"],
    "NV": ["NRS"], "CA": ["1735"], "US": ["<795>", "<17>", "<7>"], "PA": ["<795>"],
}  # fmt: skip
"""The texts of a jurisdiction that nobody read: what rests on them alone is not verified."""


TRANSFER = (
    "Warning: State or federal law prohibits transfer of this drug to any person other than"
    " the person for whom it was prescribed."
)
CAUTION = (
    "Caution: Do not use with alcohol or nonprescribed drugs without consulting the prescribing"
    " practitioner."
)


def cells() -> list[tuple[str, str, str]]:
    states, *lines = [line.split() for line in CELLS.strip().splitlines()]
    return [(line[0], *cell) for line in lines for cell in zip(states, line[1:], strict=True)]


@cache
def own(state: str) -> Law:
    """The rows of one jurisdiction alone, before the federal ones are put under them."""
    name = f"law/{state.casefold()}.toml"
    return read_law(resources.rows(name), name)


@pytest.mark.parametrize(("key", "state", "cell"), cells())
def test_every_element_a_law_asks_for_is_a_row_with_its_citation(key, state, cell):
    is_usp = state == "795"
    row = own("US" if is_usp else state).element(key)
    if is_usp or state == "US":  # both stand in one file, told apart by their source
        wanted = "795" if is_usp else "353(b)(2)"
        row = row if row is not None and wanted in row.citation else None
    if cell in "RWU":
        assert row is not None, (state, key)
        assert row.required
        assert row.when == ("written" if cell == "W" else "")
        assert ("USP" in row.citation) == (cell == "U" or is_usp)
    elif cell == "O":
        assert row is not None, (state, key)
        assert not row.required
    elif cell == ".":
        assert row is None, (state, key)


def test_the_table_has_every_state_and_every_element():
    """An element or a state that is added is studied too."""
    found = cells()
    house = {"date_written", "filler", "date_first_filled"}
    asked = {each.key for law in TABLES.laws.values() for each in law.elements}
    assert asked - house <= {key for key, _state, _cell in found}
    assert {state for _key, state, _cell in found} == {*TABLES.laws, "795"} - {"NV"}


@pytest.mark.parametrize("state", sorted(TABLES.laws))
def test_every_row_cites_its_law_and_says_honestly_whether_it_was_read(state):
    law = own(state)
    rows: tuple[LawElement | LawRule, ...] = (*law.elements, *law.rules)
    assert len({each.key for each in rows}) == len(rows)
    for each in rows:
        assert any(sign.isdigit() for sign in each.citation) or each.citation.startswith("House")
        is_read = "(read)" in each.citation or "(read;" in each.citation
        unread = any(text in each.citation for text in UNREAD.get(state, ()))
        if (unread and not is_read) or "not read)" in each.citation:
            assert not each.verified, (state, each.key)
        if each.citation.startswith("House"):
            assert not each.verified


@pytest.mark.parametrize(
    ("state", "key", "wording"),
    [
        (
            "WA",
            "transfer",
            TRANSFER,
        ),
        (
            "NV",
            "caution",
            CAUTION,
        ),
        ("NJ", "bud", "Use by {value}"),
    ],
)
def test_a_sentence_of_the_law_is_its_own_to_the_letter(state, key, wording):
    row = TABLES.laws[state].element(key)
    assert row is not None
    assert (row.wording, row.required, row.when) == (wording, True, "")
    elsewhere = [other.element(key) for name, other in TABLES.laws.items() if name != state]
    assert not any(each.wording for each in elsewhere if each is not None)


def test_no_other_row_has_words_of_its_own():
    worded = {
        (state, each.key) for state in TABLES.laws for each in own(state).elements if each.wording
    }
    assert worded == {("WA", "transfer"), ("NV", "caution"), ("NJ", "bud")}


@pytest.mark.parametrize(
    ("state", "least"), [("US", 10), ("CA", 12), ("NY", 12), ("TX", 10), ("FL", 10), ("NJ", 10)]
)
def test_the_least_size_of_what_a_patient_must_read(state, least):
    assert TABLES.laws[state].block_least_pt == least


def test_what_is_no_single_element_is_a_row_too():
    """The chapters of USP that a design answers to, and what California and New York ask of it."""
    keys = {each.key: each for law in TABLES.laws.values() for each in law.rules}
    assert {
        "us.order", "us.size", "us.leading", "us.type", "us.whole", "us.times", "us.moiety",
        "us.warnings", "us.handling", "us.sent-out", "ca.emphasis", "ca.accessible",
        "ca.translation", "ca.driving", "ca.truthful", "ny.sentences", "ny.translation", "tx.apart",
    } <= set(keys)  # fmt: skip
    for key, rule in keys.items():
        assert rule.says or key in {"block", "phrases"}
