"""A lot as a row of the table of lots: how it stands, its number, what it is, until when."""

from __future__ import annotations

from labelapp.dispensing.office.shown import ShownLot
from labelapp.gui.office.formulas import strength
from labelapp.gui.office.marks import Mark
from labelapp.gui.office.said import day
from labelapp.gui.office.tables import Row
from labelapp.gui.settings import Words

HEADS = ("state", "lot", "name", "strength", "made-on", "bud", "left")


def row_of(lot: ShownLot, today: str, words: Words) -> Row:
    """Give a lot's row, by the columns of HEADS."""
    mark, said = standing(lot, today, words)
    what = (said, lot.number, lot.name, strength(lot.says, words))
    return Row(lot.number, (*what, day(lot.made_on), day(lot.bud), lot.left), mark)


def standing(lot: ShownLot, today: str, words: Words) -> tuple[Mark, str]:
    """Say how a lot stands on a day (ISO 8601): past its date, released, or waiting for that."""
    if lot.bud and lot.bud < today:
        return Mark.STOP, words("records.lots.past")
    if lot.released_by:
        return Mark.GOOD, words("records.lots.released", by=lot.released_by)
    return Mark.WAITS, words("records.lots.waits")
