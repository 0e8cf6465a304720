"""The looks of the four designs: how the parts outside the block are set on each shape of stock."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from labelapp.layout.setting import Manner
from labelapp.layout.stock import Design

ROOMY = (
    Manner(11, 1.25, packed=False, lift=1.5, gap=0.5, loud=11),
    Manner(10, 1.25, packed=False, lift=1.5, gap=0.5, loud=10),
    Manner(9, 1.25, packed=False, lift=1.5, gap=0.5),
    Manner(8, 1.22, packed=False, lift=1.5, gap=0.45),
)
GENEROUS = (
    Manner(13, 1.4, packed=False, lift=2, gap=0.8, loud=13),
    Manner(12, 1.35, packed=False, lift=2, gap=0.7, loud=12),
)
"""On stock larger than a vial's: it is read by whoever cannot read a vial."""
TIGHT = (
    Manner(8, 1.14, packed=True, lift=1, gap=0.4),
    Manner(7.5, 1.12, packed=True, lift=1, gap=0.3),
    Manner(7, 1.12, packed=True, lift=1, gap=0.3),
    Manner(7, 1.06, packed=True, lift=1, gap=0.15),
    Manner(7, 1.06, packed=True, lift=0.5, gap=0.12, loud=7, crammed=True),
)
LEAST_OUTSIDE_PT = TIGHT[-1].size


class Comfort(NamedTuple):
    """Sizes of the block that nothing outside it makes smaller while it can give way itself."""

    directions: float = 0
    drug: float = 0


LARGE_PRINT = Comfort(16, 20)
"""Sizes on large stock, even where drug and strength take two lines then."""


class Look(NamedTuple):
    """How one design sets what stands outside the block.

    `roomy` are its manners where there is room, the largest first; `header_pt` is as large as the
    header ever is, which is quiet beside the rest; `columns` are the most its facts stand in.
    When `narrow`, phone and prescription number stand under the pharmacy, not beside it; when it `flows`, facts may follow one
    another on a line instead of standing in columns. `comforts` are sizes of the block it keeps to
    as long as it can, the largest first.
    """

    roomy: tuple[Manner, ...]
    header_pt: float
    columns: int
    narrow: bool = False
    flows: bool = False
    comforts: tuple[Comfort, ...] = (Comfort(13), Comfort(drug=14))

    @property
    def manners(self) -> tuple[Manner, ...]:
        """All manners, the largest first."""
        return (*self.roomy, *TIGHT)


LOOKS: Mapping[Design, Look] = MappingProxyType(
    {
        Design.LANDSCAPE: Look(ROOMY, 9, 3),
        Design.NARROW: Look(ROOMY[2:], 8, 2, narrow=True, flows=True),
        Design.PORTRAIT: Look(ROOMY, 9, 1, narrow=True),
        Design.LARGE: Look(
            (*GENEROUS, *ROOMY),
            10,
            2,
            comforts=(LARGE_PRINT, Comfort(14, 16), Comfort(13), Comfort(drug=14)),
        ),
    }
)
"""The look of each design."""
