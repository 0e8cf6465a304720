"""Fitting a label on its stock, in the house's order of giving way, or refusing.

The order: drop what is a mere convenience; let the block grow and take its least size; set what
stands outside it at 7 to 8 pt; drop warnings that can be stuck on beside it; spread the label over
at most three numbered labels; refuse, naming field and excess. Nothing is ever cut or shrunk
below its least size.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from labelapp.label.document import CONVENIENCE, GRID, Label, Symbology
from labelapp.layout.blame import too_long, without_glyph
from labelapp.layout.block import Sizes, rungs
from labelapp.layout.continued import MOST_LABELS, continued
from labelapp.layout.designs import LARGE_PRINT, LOOKS, TIGHT, Comfort, Look
from labelapp.layout.page import Pages, TooLong
from labelapp.layout.panel import Panelled
from labelapp.layout.setting import Manner
from labelapp.layout.sheet import Laid, Sheet, Stacked, is_quiet, without_grid
from labelapp.layout.stock import Design, Stock
from labelapp.layout.tape import Tape, Tapes

TIGHT_COMFORT = Comfort(13)
"""Sizes of the block for which what stands outside it is set tight."""


def fit(label: Label, stock: Stock, dpi: int, ruler: Tapes) -> Pages | TooLong:
    """Fit a label on a stock under a head, or say which field is too long and by how much."""
    tape = ruler.tape(dpi)
    refused = without_glyph(label, stock, tape)
    if refused is not None:
        return refused
    sheet = _sheet(label, stock, tape)
    gone = _gone(label, sheet, stock)
    whole = _without(label, gone)
    return _one(whole, sheet, stock, gone, dpi) or _several(whole, sheet, stock, gone, tape)


def fit_on_one(label: Label, stock: Stock, dpi: int, ruler: Tapes) -> Pages | None:
    """Fit a label on one of a stock, as `fit` does; None when it would take several or none."""
    tape = ruler.tape(dpi)
    if without_glyph(label, stock, tape) is not None:
        return None
    sheet = _sheet(label, stock, tape)
    gone = _gone(label, sheet, stock)
    return _one(_without(label, gone), sheet, stock, gone, dpi)


def _sheet(label: Label, stock: Stock, tape: Tape) -> Sheet:
    design = Panelled if stock.design is Design.NARROW else Stacked
    return design(label.block, stock, tape)


def _gone(label: Label, sheet: Sheet, stock: Stock) -> tuple[str, ...]:
    """Name the marks that cannot stand on a stock, whatever else does."""
    return tuple(dict.fromkeys((*not_round_a_vial(label, stock), *sheet.too_wide(label))))


FLAT = frozenset({"large", "sheet"})
"""What a stock is for that never goes round a vial."""


def not_round_a_vial(label: Label, stock: Stock) -> tuple[str, ...]:
    """Name the bars on a stock that goes round a vial: no scanner reads them round its curve."""
    if stock.use in FLAT:
        return ()
    bars = (each for each in label.marks if each.symbology is Symbology.CODE128)
    return tuple(each.symbology.value for each in bars if not each.required)


def _one(label: Label, sheet: Sheet, stock: Stock, gone: tuple[str, ...], dpi: int) -> Pages | None:
    """Fit a label whole on one, or give None."""
    look = LOOKS[stock.design]
    plain = without_grid(label)
    found = _found(plain, sheet, look)
    if found is None:
        return None
    laid, dropped = _restored(plain, sheet, found)
    laid, manner = _eased(_without(plain, dropped), sheet, laid, found.manner, look)
    with_grid = _with_grid(_without(label, dropped), sheet, laid, manner, look)
    if label.grid and with_grid is None:
        dropped = (*dropped, GRID)
    return Pages(stock, dpi, (sheet.page(with_grid or laid),), gone + dropped)


def _found(label: Label, sheet: Sheet, look: Look) -> _Found | None:
    """Give the first attempt that fits.

    When the first one does not, what takes the least room of all is asked: when even that does not
    stand, no other will.
    """
    optional = _optional(label)
    first, *others = _order_of_giving_way(label, optional, look)
    found = _fewest_dropped(label, sheet, first)
    least = _without(label, optional)
    if found is None and sheet.holds(least, TIGHT[-1], rungs(label.block.least_pt)):
        tried = (_fewest_dropped(label, sheet, each) for each in others)
        found = next((each for each in tried if each is not None), None)
    return found


def _several(
    label: Label, sheet: Sheet, stock: Stock, gone: tuple[str, ...], tape: Tape
) -> Pages | TooLong:
    """Spread a label over as few as hold it, or say which field is too long and by how much."""
    table = (GRID,) if label.grid else ()
    plain = without_grid(label)
    optional = _optional(plain)
    conveniences = optional[: _conveniences(plain)]
    spread = _without(plain, conveniences)
    for total in range(2, MOST_LABELS + 1):
        several = continued(spread, sheet, LOOKS[stock.design].manners, total)
        if several is not None:
            dropped = gone + table + conveniences + several[1]
            return Pages(stock, tape.dpi, several[0], dropped)
    return too_long(_without(plain, optional), sheet, stock, tape)


def _with_grid(label: Label, sheet: Sheet, laid: Laid, manner: Manner, look: Look) -> Laid | None:
    """Add the table of the times of day where there is room for it after everything else.

    What stands outside the block may be set a little smaller for it, and on large stock the block
    too, which stays larger than on any vial.
    """
    if label.grid is None or manner.packed:
        return None
    for sizes in _beside_a_grid(rungs(label.block.least_pt), laid.sizes, look):
        for each in look.roomy[look.roomy.index(manner) :]:
            again = sheet.lay(label, each, (sizes,))
            if isinstance(again, Laid) and again.block.broken <= laid.block.broken:
                return again
    return None


def _beside_a_grid(every: tuple[Sizes, ...], sizes: Sizes, look: Look) -> tuple[Sizes, ...]:
    """Give the sizes the block may take where the table stands too: on large stock smaller ones."""
    least = TIGHT_COMFORT
    smaller = every[every.index(sizes) :] if LARGE_PRINT in look.comforts else (sizes,)
    return tuple(each for each in smaller if each.directions >= least.directions) or (sizes,)


class _Attempt(NamedTuple):
    """One step of giving way: what is dropped (fewest first), manners and sizes to try.

    `whole` refuses a block that is broken over more lines than it must be.
    """

    drops: list[tuple[str, ...]]
    manners: tuple[Manner, ...]
    sizes: tuple[Sizes, ...]
    whole: bool = False


def _order_of_giving_way(label: Label, optional: tuple[str, ...], look: Look) -> Iterator[_Attempt]:
    """Give the attempts in their order: roomy, without conveniences tight, without warnings.

    As long as smaller type keeps a line of the block whole that larger type would break, the
    smaller, lawful one is taken: a titration reads as a table.
    """
    count = _conveniences(label)
    drops = [optional[:each] for each in range(len(optional) + 1)]
    every = rungs(label.block.least_pt)
    for comfort in look.comforts:
        sizes = _comfortable(every, comfort)
        yield _Attempt(drops[: count + 1], look.roomy, sizes, whole=True)
    tight = _comfortable(every, TIGHT_COMFORT)
    yield _Attempt(drops[count : count + 1], TIGHT, tight, whole=True)
    yield _Attempt(drops[: count + 1], look.roomy, every, whole=True)
    yield _Attempt(drops[count : count + 1], TIGHT, every, whole=True)
    yield _Attempt(drops[count : count + 1], TIGHT, every)
    yield _Attempt(drops[count:], TIGHT[-1:], every)


def _comfortable(every: tuple[Sizes, ...], least: Comfort) -> tuple[Sizes, ...]:
    """Give the sizes that are no smaller than is comfortable."""
    found = (
        each for each in every if each.directions >= least.directions and each.drug >= least.drug
    )
    return tuple(found) or every[:1]


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
            if isinstance(laid, Laid) and _is_good(
                laid, manner, attempt, sheet.least_broken(label)
            ):
                return _Found(laid, manner, dropped)
    return None


def _is_good(laid: Laid, manner: Manner, attempt: _Attempt, least_broken: int) -> bool:
    if attempt.whole and laid.block.broken - laid.spared > least_broken:
        return False
    return manner.packed or manner == attempt.manners[-1] or is_quiet(manner, laid.sizes)


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


def _eased(
    label: Label, sheet: Sheet, laid: Laid, manner: Manner, look: Look
) -> tuple[Laid, Manner]:
    """Set what stands outside the block as large as the room that is left allows.

    It grows from the manner that fits; the first that does not fit ends it, for none after will.
    """
    every = look.manners
    for larger in reversed(every[: every.index(manner)]):
        again = sheet.lay(label, larger, (laid.sizes,))
        if not isinstance(again, Laid) or again.block.broken > laid.block.broken:
            break
        if not larger.packed and not is_quiet(larger, laid.sizes):
            break
        laid, manner = again, larger
    return laid, manner


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
