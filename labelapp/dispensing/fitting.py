"""What fits: how many labels the law's label takes on a stock, counted before anyone tries."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType

from labelapp.dispensing.enter import enter
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.make import Print, composed
from labelapp.dispensing.scanned import opened
from labelapp.label.document import Label, Symbology
from labelapp.layout.fit import fit
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.stock import Fits, Stock
from labelapp.rules.assess import assess
from labelapp.rx.draft import Draft
from labelapp.rx.errors import BadResource, UnreadableFile

DAY = date(2026, 11, 22)
"""The day the yardsticks are filled on: the dates of another day are no longer."""
FOR_A_PATIENT = Print(sample=False)

Yardsticks = tuple[Draft, Draft]
Measures = Mapping[str, tuple[Label, Label]]
"""The labels of the yardsticks under the law of each state."""


def read_yardsticks(folder: Path) -> Yardsticks:
    """Read the shortest lawful prescription and a titration. Raises BadResource."""
    names = ("1-shortest.json", "2-titration.json")
    try:
        shortest, titration = (opened(folder / name)[0] for name in names)
    except (UnreadableFile, IndexError) as damaged:
        raise BadResource(name=folder.name) from damaged
    return shortest, titration


def measures(equipment: Equipment) -> Measures:
    """Compose the labels of the yardsticks under every state's law, and under federal law alone.

    Raises BadResource for a yardstick whose label cannot be composed: then nothing can be counted.
    """
    shortest, titration = equipment.yardsticks
    return MappingProxyType(
        {
            state: (_label(shortest, state, equipment), _label(titration, state, equipment))
            for state in sorted(equipment.tables.laws)
        }
    )


def fits_of(stock: Stock, held: Measures, equipment: Equipment) -> Fits:
    """Count the labels of every yardstick on a stock under its usual head."""
    dpi = stock.dpi[0]
    bars, labels = False, {}
    for state, (shortest, titration) in held.items():
        plain = fit(shortest, stock, dpi, equipment.ruler)
        stepped = fit(titration, stock, dpi, equipment.ruler)
        bars = bars or _has_bars(plain)
        labels[state] = (_many(plain), _many(stepped))
    return Fits(dpi, bars, MappingProxyType(labels))


def _label(draft: Draft, state: str, equipment: Equipment) -> Label:
    fill = enter(draft, equipment.lexicon, DAY).fill
    label = None
    if fill is not None:
        assessment = assess(fill, equipment.tables, DAY, state)
        label, _missing = composed(fill, assessment, equipment, FOR_A_PATIENT)
    if label is None:
        raise BadResource("resource.bad-row", name="yardsticks", row=state, key="label")
    return label


def _many(pages: Pages | TooLong) -> int:
    return len(pages.pages) if isinstance(pages, Pages) else 0


def _has_bars(pages: Pages | TooLong) -> bool:
    if isinstance(pages, TooLong):
        return False
    return any(each.symbology is Symbology.CODE128 for page in pages.pages for each in page.bars)
