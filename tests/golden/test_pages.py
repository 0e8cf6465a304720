"""The example prescriptions come out as they were looked at and found good."""

from __future__ import annotations

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.desk import open_file
from labelapp.dispensing.enter import enter
from labelapp.dispensing.make import Made, make
from labelapp.resources import folder
from labelapp.rules.assess import assess
from tests.given import TODAY

EXAMPLES = sorted((folder() / "examples").glob("0[1-6]-*.json"))
STOCKS = [("thermal-4x2", 203), ("thermal-4x3", 203), ("dymo-30256", 300), ("brother-dk11202", 300)]


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
