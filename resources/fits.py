"""Makes fits.toml: how many labels the law's label takes on every shipped stock, under every law.

Run by `make fits` after a change of stocks, laws or layout; a test counts anew and compares.
"""

from __future__ import annotations

from pathlib import Path

from labelapp.bootstrap import built
from labelapp.dispensing.fitting import Measures, fits_of, measures
from labelapp.layout.stock import Fits
from labelapp.resources import typed

HERE = Path(__file__).resolve().parent
HEAD = """\
# How many labels a lawful prescription takes on each stock under its usual head: the shortest one and a titration of three
# steps (yardsticks/), under every state's law and under federal law alone (US). 0: refused. bars: Code 128 stands there.
# Counted by resources/fits.py, never by hand.

source = "Counted from yardsticks/, stocks/ and law/ by resources/fits.py"
verified = true
approved_by = ""
approved_on = ""
"""


def row(stock: str, fits: Fits) -> str:
    """Write what fits on one stock."""
    labels = ", ".join(f"{state} = [{a}, {b}]" for state, (a, b) in fits.labels.items())
    bars = "true" if fits.bars else "false"
    return (
        f'\n[[fit]]\nstock = "{stock}"\ndpi = {fits.dpi}\nbars = {bars}\nlabels = {{ {labels} }}\n'
    )


def table() -> str:
    """Count anew what fits on every shipped stock."""
    stocks = typed.stocks()
    tools = built.equipment()
    held: Measures = measures(tools)
    counted: dict[tuple[object, ...], Fits] = {}
    rows = []
    for stock in stocks.values():
        size = (stock.width_mm, stock.height_mm, stock.margins_mm, stock.dpi[0], stock.use)
        if size not in counted:
            counted[size] = fits_of(stock, held, tools)
        rows.append(row(stock.id, counted[size]))
    return HEAD + "".join(rows)


if __name__ == "__main__":
    (HERE / "fits.toml").write_text(table(), encoding="utf-8", newline="\n")
