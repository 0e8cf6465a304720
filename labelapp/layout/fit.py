"""Fitting a label on its stock, in the house's order of giving way, or refusing.

The order: drop what is a mere convenience; let the block grow and take its least size; set what
stands outside it at 7 to 8 pt; drop warnings that can be stuck on beside it; spread the label over
at most three numbered labels; refuse, naming field and excess. Nothing is ever cut or shrunk
below its least size.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import CONVENIENCE, DIRECTIONS, HOW_TO_TAKE, Label, Weight
from labelapp.layout.block import Sizes, rungs
from labelapp.layout.continued import MOST_LABELS, continued
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.ruler import Ruler
from labelapp.layout.setting import Manner
from labelapp.layout.sheet import Laid, Sheet, Short
from labelapp.layout.stock import Stock
from labelapp.layout.tape import Tape

COMFORT_PT = 13.0
"""Size of directions that nothing outside the block makes smaller while it can give way itself."""
ENOUGH_PT = 14.0
"""Size of the drug that is enough beside directions of 12 pt that stand whole."""

ROOMY = (
    Manner(11, 1.25, packed=False, lift=1.5, gap=0.5, loud=11),
    Manner(10, 1.25, packed=False, lift=1.5, gap=0.5, loud=10),
    Manner(9, 1.25, packed=False, lift=1.5, gap=0.5),
    Manner(8, 1.22, packed=False, lift=1.5, gap=0.45),
)
TIGHT = (
    Manner(8, 1.14, packed=True, lift=1, gap=0.4),
    Manner(7.5, 1.12, packed=True, lift=1, gap=0.3),
    Manner(7, 1.12, packed=True, lift=1, gap=0.3),
    Manner(7, 1.06, packed=True, lift=1, gap=0.15),
    Manner(7, 1.06, packed=True, lift=0.5, gap=0.12, loud=7),
)
LEAST_OUTSIDE_PT = TIGHT[-1].size
WRITTEN = frozenset(
    {
        "patient", "drug", "directions", "purpose", "pharmacy", "pharmacy_address",
        "pharmacy_phone", "rx_number", "prescriber", "lot", "patient_address", "description",
    }
)  # fmt: skip
"""What a person can write in fewer words or signs."""
IN_SHORT = 16
"""Letters to which whatever is written can be shortened."""


def fit(label: Label, stock: Stock, dpi: int, ruler: Ruler) -> Pages | TooLong:
    """Fit a label on a stock under a head, or say which field is too long and by how much."""
    tape = Tape(ruler, dpi)
    refused = _without_glyph(label, stock, tape)
    if refused is not None:
        return refused
    sheet = Sheet(label.block, stock, tape)
    too_wide = sheet.too_wide(label)
    label = _without(label, too_wide)
    optional = _optional(label)
    for attempt in _order_of_giving_way(label, optional):
        found = _fewest_dropped(label, sheet, attempt)
        if found is not None:
            laid, dropped = _restored(label, sheet, found)
            laid = _eased(_without(label, dropped), sheet, laid, found.manner)
            return Pages(stock, dpi, (sheet.page(laid),), too_wide + dropped)
    conveniences = optional[: _conveniences(label)]
    spread = _without(label, conveniences)
    for total in range(2, MOST_LABELS + 1):
        several = continued(spread, sheet, (*ROOMY, *TIGHT), total)
        if several is not None:
            return Pages(stock, dpi, several[0], too_wide + conveniences + several[1])
    return _too_long(_without(label, optional), sheet, stock, tape)


class _Attempt(NamedTuple):
    """One step of giving way: what is dropped (fewest first), manners and sizes to try.

    `whole` refuses a block that is broken over more lines than it must be.
    """

    drops: list[tuple[str, ...]]
    manners: tuple[Manner, ...]
    sizes: tuple[Sizes, ...]
    whole: bool = False


def _order_of_giving_way(label: Label, optional: tuple[str, ...]) -> Iterator[_Attempt]:
    """Give the attempts in their order: roomy, without conveniences tight, without warnings.

    As long as smaller type keeps a line of the block whole that larger type would break, the
    smaller, lawful one is taken: a titration reads as a table.
    """
    count = _conveniences(label)
    drops = [optional[:each] for each in range(len(optional) + 1)]
    every = rungs(label.block.least_pt)
    comfort = tuple(each for each in every if each.directions >= COMFORT_PT) or every[:1]
    enough = tuple(each for each in every if each.drug >= ENOUGH_PT) or every[:1]
    for sizes in (comfort, enough):
        yield _Attempt(drops[: count + 1], ROOMY, sizes, whole=True)
    yield _Attempt(drops[count : count + 1], TIGHT, comfort, whole=True)
    yield _Attempt(drops[: count + 1], ROOMY, every, whole=True)
    yield _Attempt(drops[count : count + 1], TIGHT, every, whole=True)
    yield _Attempt(drops[count : count + 1], TIGHT, every)
    yield _Attempt(drops[count:], TIGHT[-1:], every)


class _Found(NamedTuple):
    """An attempt that fits: how it is laid out, in which manner, and what it drops."""

    laid: Laid
    manner: Manner
    dropped: tuple[str, ...]


def _fewest_dropped(label: Label, sheet: Sheet, attempt: _Attempt) -> _Found | None:
    """Give what fits with the fewest things dropped, in the first manner that does.

    The smallest form of the attempt is asked first: when even that does not fit, none will.
    """
    smallest = attempt._replace(manners=attempt.manners[-1:], drops=attempt.drops[-1:])
    if len(attempt.drops) * len(attempt.manners) > 1 and _first(label, sheet, smallest) is None:
        return None
    return _first(label, sheet, attempt)


def _first(label: Label, sheet: Sheet, attempt: _Attempt) -> _Found | None:
    for dropped in attempt.drops:
        reduced = _without(label, dropped)
        for manner in attempt.manners:
            laid = sheet.lay(reduced, manner, attempt.sizes)
            if isinstance(laid, Laid) and (
                not attempt.whole or laid.block.broken - laid.spared <= sheet.least_broken(label)
            ):
                return _Found(laid, manner, dropped)
    return None


def _restored(label: Label, sheet: Sheet, found: _Found) -> tuple[Laid, tuple[str, ...]]:
    """Bring back what was dropped before the last thing that had to go, where it costs nothing.

    The most valued comes first; a mark never comes back, and the block keeps its size.
    """
    laid, dropped = found.laid, found.dropped
    marks = {each.symbology.value for each in label.marks}
    for key in reversed(found.dropped[:-1]):
        fewer = tuple(each for each in dropped if each != key)
        if key in marks:
            continue
        again = sheet.lay(_without(label, fewer), found.manner, (laid.sizes,))
        if isinstance(again, Laid) and again.block.broken <= laid.block.broken:
            laid, dropped = again, fewer
    return laid, dropped


def _eased(label: Label, sheet: Sheet, laid: Laid, manner: Manner) -> Laid:
    """Set what stands outside the block as large as the room that is left allows.

    It grows from the manner that fits; the first that does not fit ends it, for none after will.
    """
    every = (*ROOMY, *TIGHT)
    for larger in reversed(every[: every.index(manner)]):
        again = sheet.lay(label, larger, (laid.sizes,))
        if not isinstance(again, Laid) or again.block.broken > laid.block.broken:
            break
        laid = again
    return laid


def _optional(label: Label) -> tuple[str, ...]:
    """Name what may be dropped, in the order it goes: the highest `drop` first, marks before all."""
    marks = tuple(each.symbology.value for each in label.marks if not each.required)
    elements = [each for each in label.elements if not each.required]
    return (*marks, *(each.key for each in sorted(elements, key=lambda each: -each.drop)))


def _conveniences(label: Label) -> int:
    """Count what is a mere convenience: the first of those that may be dropped."""
    marks = sum(not each.required for each in label.marks)
    return marks + sum(each.drop >= CONVENIENCE for each in label.elements if not each.required)


def _without(label: Label, dropped: tuple[str, ...]) -> Label:
    if not dropped:
        return label
    return replace(
        label,
        elements=tuple(each for each in label.elements if each.key not in dropped),
        marks=tuple(each for each in label.marks if each.symbology.value not in dropped),
    )


def _without_glyph(label: Label, stock: Stock, tape: Tape) -> TooLong | None:
    """Name the characters no glyph is there for, with the field they stand in."""
    for each in label.elements:
        texts = {(each.text, each.weight), (each.label, Weight.REGULAR), (each.lead, Weight.BOLD)}
        missing = [sign for text, weight in texts for sign in tape.missing(text, weight)]
        if missing:
            signs = tuple(dict.fromkeys(missing))
            return TooLong(each.field, each.key, "", stock.name, signs)
    return None


def _too_long(label: Label, sheet: Sheet, stock: Stock, tape: Tape) -> TooLong:
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
