"""The example prescriptions come out as they were looked at and found good."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.files import open_file
from labelapp.dispensing.make import Made, make
from labelapp.resources import folder
from labelapp.rules.assess import assess
from tests.given import TODAY

EXAMPLES = sorted((folder() / "examples").glob("0[1-6]-*.json"))
STOCKS = [("thermal-4x2", 203), ("thermal-4x3", 203), ("dymo-30256", 300), ("brother-dk11202", 300)]
STATES = ("NY", "TX", "FL", "NJ", "IL", "PA", "WA", "OR", "NV")


@pytest.mark.parametrize(("stock", "dpi"), STOCKS)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_looks_as_it_was_found_good(example, stock, dpi, golden):
    tools = equipment()
    (draft,) = open_file(example)
    fill = enter(draft, tools.lexicon, TODAY).fill
    assert fill is not None
    made = make(fill, assess(fill, tools.tables, TODAY), tools.stocks[stock], dpi, tools)
    assert isinstance(made, Made)
    golden(f"{example.stem[:2]}-{stock}", made.pages, made.proof.pages)


@pytest.mark.parametrize("state", STATES)
def test_the_label_of_a_state_looks_as_it_was_found_good(state, golden):
    tools = equipment()
    (draft,) = open_file(EXAMPLES[0])
    looks = {"lots.0.description": "white capsule, size 3"}
    fill = enter(replace(draft, written={**draft.written, **looks}), tools.lexicon, TODAY).fill
    assert fill is not None
    stock = tools.stocks["thermal-4x3"]
    made = make(fill, assess(fill, tools.tables, TODAY, state), stock, 203, tools)
    assert isinstance(made, Made)
    golden(f"law-{state.lower()}-thermal-4x3", made.pages, made.proof.pages)
