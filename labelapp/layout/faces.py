"""Type sizes of the papers that flow: how each style of passage is set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from labelapp.label.document import Weight
from labelapp.label.handout import Style


class Face(NamedTuple):
    """How a style is set: size in points, cut, and as shares of the size line pitch and white above."""

    size: float
    weight: Weight
    leading: float
    above: float = 0.0


@dataclass(frozen=True)
class Faces:
    """The faces of a paper, the columns its body flows in, and the white about a letter page."""

    styles: Mapping[Style, Face]
    columns: int = 1
    margin_mm: float = 0.0
    cell_pt: float = 4.0
    """White within the frame of a cell."""
    is_even: bool = True
    """Lines of a passage are as even as they can be, so that no word is left alone on the last."""

    def face(self, style: Style) -> Face:
        """Give the face of a style."""
        return self.styles[style]


_BOLD, _REGULAR = Weight.BOLD, Weight.REGULAR
LARGE_PT = 18.0
"""Least size of large print (US Access Board, best practices for prescription labels)."""
LARGE_LEADING = 1.5

LARGE_PRINT = (
    Faces(
        {style: Face(LARGE_PT, _BOLD, LARGE_LEADING, 0.3) for style in Style},
        margin_mm=10.5,
    ),
)
"""Every style alike: bold, 18 points, lines one and a half times as far apart."""


def _leaflet(size: float) -> Faces:
    return Faces(
        {
            Style.TITLE: Face(20, _BOLD, 1.2),
            Style.NAME: Face(14, _BOLD, 1.25),
            Style.HEADING: Face(size + 1.5, _BOLD, 1.25, 0.55),
            Style.BODY: Face(size, _REGULAR, 1.26, 0.12),
            Style.STRONG: Face(size, _BOLD, 1.28, 0.15),
            Style.ITEM: Face(size, _REGULAR, 1.26, 0.08),
            Style.SMALL: Face(11, _REGULAR, 1.25, 0.1),
            Style.TICK: Face(size, _REGULAR, 1.26, 0.08),
            Style.CHIP: Face(12, _BOLD, 1.3),
        },
        columns=2,
        margin_mm=10.5,
        cell_pt=8.0,
        is_even=False,
    )


LEAFLET = tuple(_leaflet(size) for size in (13, 12.5, 12, 11.5, 11))
"""The largest that stands on one page is taken; nothing is set smaller than 11 points."""


def _calendar(size: float) -> Faces:
    return Faces(
        {
            Style.TITLE: Face(20, _BOLD, 1.2),
            Style.NAME: Face(14, _BOLD, 1.25),
            Style.HEADING: Face(12, _BOLD, 1.2, 0.8),
            Style.BODY: Face(11, _REGULAR, 1.25, 0.1),
            Style.STRONG: Face(size, _BOLD, 1.2),
            Style.ITEM: Face(11, _REGULAR, 1.25, 0.1),
            Style.SMALL: Face(10, _REGULAR, 1.2),
            Style.TICK: Face(11, _REGULAR, 1.25, 0.35),
            Style.CHIP: Face(10, _BOLD, 1.2, 0.25),
        },
        margin_mm=10.5,
        cell_pt=5.0,
    )


CALENDAR = tuple(_calendar(size) for size in (12, 11, 10))
"""The largest in which each dose stands whole in its box is taken."""
