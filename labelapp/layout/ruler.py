"""The ruler: what layout needs to know of fonts and marks, without knowing a drawing library."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from labelapp.label.document import Symbology, Weight


@dataclass(frozen=True)
class Modules:
    """A mark's modules: rows of `0` and `1`, one row for a linear code; no quiet zone in it."""

    rows: tuple[str, ...]
    quiet: int
    """Quiet zone in modules on each side the symbology asks for."""

    @property
    def width(self) -> int:
        """Modules across."""
        return len(self.rows[0])


@dataclass(frozen=True)
class Ink:
    """How far the ink of a line reaches above and below its baseline, in points, zero or more."""

    above: float
    below: float


class Ruler(Protocol):
    """Measures words and marks. Built in `draw`, handed in by `bootstrap`."""

    def width(self, text: str, weight: Weight, size_pt: float) -> float:
        """Give the room a line takes in points: advances, and ink that stands out at its ends."""
        ...

    def ascent(self, weight: Weight, size_pt: float) -> float:
        """Give the height in points above the baseline that no glyph of the font rises over."""
        ...

    def descent(self, weight: Weight, size_pt: float) -> float:
        """Give the depth in points below the baseline that no glyph of the font sinks under."""
        ...

    def ink(self, text: str, weight: Weight, size_pt: float) -> Ink:
        """Give how far the ink of these very words reaches: the outlines of their glyphs."""
        ...

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        """Give the characters that have no glyph, each once, in the order met."""
        ...

    def modules(self, symbology: Symbology, payload: str) -> Modules:
        """Give the modules of a mark."""
        ...
