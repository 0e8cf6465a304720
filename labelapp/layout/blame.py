"""Why a label does not fit: which field was written too long, and by how much."""

from __future__ import annotations

import math
from dataclasses import replace

from labelapp.label.document import DIRECTIONS, HOW_TO_TAKE, Label, Weight
from labelapp.layout.block import rungs
from labelapp.layout.blocks import Short
from labelapp.layout.designs import LEAST_OUTSIDE_PT, TIGHT
from labelapp.layout.page import TooLong
from labelapp.layout.sheet import Laid, Sheet
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape

WRITTEN = frozenset(
    {
        "patient", "drug", "directions", "purpose", "pharmacy", "pharmacy_address",
        "pharmacy_phone", "rx_number", "prescriber", "lot", "patient_address", "description",
    }
)  # fmt: skip
"""What a person can write in fewer words or signs."""
IN_SHORT = 16
"""Letters to which whatever is written can be shortened."""


def without_glyph(label: Label, stock: Stock, tape: Tape) -> TooLong | None:
    """Name the characters no glyph is there for, with the field they stand in."""
    for each in label.elements:
        texts = {(each.text, each.weight), (each.label, Weight.REGULAR), (each.lead, Weight.BOLD)}
        missing = [sign for text, weight in texts for sign in tape.missing(text, weight)]
        if missing:
            signs = tuple(dict.fromkeys(missing))
            return TooLong(each.field, each.key, "", stock.name, signs)
    return None


def too_long(label: Label, sheet: Sheet, stock: Stock, tape: Tape) -> TooLong:
    """Say which element is too long and by how much: a word, or lines of the least size.

    Where shortening what was written would not help, the stock itself is too small: no field is
    named then.
    """
    lacking = _least(label, sheet)
    assert isinstance(lacking, Short), "what fits is not refused"
    if lacking.word:
        return TooLong(_field_of(lacking.key, label), lacking.key, lacking.word, stock.name)
    size = label.block.least_pt if lacking.block else LEAST_OUTSIDE_PT
    lines = math.ceil((lacking.block or lacking.outside) / tape.dots(size * 1.1))
    key = _to_blame(label, sheet, lacking)
    return TooLong(_field_of(key, label), key, f"{lines} lines", stock.name)


def _to_blame(label: Label, sheet: Sheet, lacking: Short) -> str:
    """Name what was written so long that the label does not fit: it would help most if shorter."""
    everything = label
    helps: dict[str, tuple[int, int]] = {}
    for key in dict.fromkeys(each.key for each in label.elements if each.key in WRITTEN):
        everything = _in_short(everything, key)
        helps[key] = _lacks(_least(_in_short(label, key), sheet))
    if not helps or _lacks(_least(everything, sheet)) != NOTHING:
        return ""
    key = min(helps, key=lambda each: helps[each])
    return key if helps[key] < _lacks(lacking) else ""


def _least(label: Label, sheet: Sheet) -> Laid | Short:
    return sheet.lay(label, TIGHT[-1], rungs(label.block.least_pt))


NOTHING = (0, 0)
"""What a label lacks that fits."""


def _lacks(laid: Laid | Short) -> tuple[int, int]:
    """Rank what is lacking: lines of the block are less than lines outside it, or a whole word."""
    if isinstance(laid, Laid):
        return NOTHING
    if laid.word:
        return 3, 0
    return (2, laid.outside) if laid.outside else (1, laid.block)


def _in_short(label: Label, key: str) -> Label:
    """Give a label on which one thing is as short as it could be written; only to be measured."""
    first = next(each for each in label.elements if each.key == key)
    shorter = replace(first, text=first.text[:IN_SHORT].strip())
    gone = HOW_TO_TAKE if key == DIRECTIONS else {key}
    kept = (each for each in label.elements if each is first or each.key not in gone)
    marks = label.marks
    if key == "rx_number":  # the marks say it too
        less = max(0, len(first.text) - IN_SHORT)
        marks = tuple(replace(each, payload=each.payload[less:]) for each in marks)
        marks = tuple(replace(each, payload=f"R{each.payload[1:]}") for each in marks)
    elements = tuple(shorter if each is first else each for each in kept)
    return replace(label, elements=elements, marks=marks)


def _field_of(key: str, label: Label) -> str:
    return next((each.field for each in label.elements if each.key == key), "")
