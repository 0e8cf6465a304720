"""Pages: every word, bar and rule with its place, in whole dots of the printer's head.

The origin is the top left corner, y runs down. Nothing is decided after this: `draw` only draws.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from labelapp.label.document import Symbology, Weight
from labelapp.layout.ruler import Modules
from labelapp.layout.stock import Stock
from labelapp.rx.finding import Span


@dataclass(frozen=True)
class Box:
    """A rectangle in dots."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first dot right of the box."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """The first dot below the box."""
        return self.y + self.height

    def holds(self, other: Box) -> bool:
        """Tell whether another box lies wholly within this one."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes share a dot."""
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True)
class Words:
    """One run of words on one line: `baseline` is the y of the line they stand on."""

    text: str
    key: str
    why: str
    weight: Weight
    size_pt: float
    box: Box
    baseline: int
    white: bool = False
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Bars:
    """A mark, each module a whole number of dots; `box` is the bars, `quiet` the box with its rest."""

    symbology: Symbology
    payload: str
    why: str
    modules: Modules
    module_dots: int
    box: Box
    quiet: Box


PALE = 128
"""Of 255: a tint as light as this is white to a head that has black alone."""


def shares_of(tint: str) -> tuple[int, int, int]:
    """Give the red, green and blue of a tint, each 0 to 255."""
    return int(tint[1:3], 16), int(tint[3:5], 16), int(tint[5:7], 16)


def grey_of(tint: str) -> int:
    """Give how light a tint is, 0 to 255, as a picture without colour shows it (ITU-R BT.601)."""
    red, green, blue = shares_of(tint)
    return (30 * red + 59 * green + 11 * blue) // 100


@dataclass(frozen=True)
class Rule:
    """A filled rectangle: a line between parts, the ground of a reversed warning, an empty box."""

    box: Box
    hollow_dots: int = 0
    """When above 0, only a frame of this thickness is inked."""
    tint: str = ""
    """A ground of a colour, `#ffd400`; empty is black. Where a head has black alone, a pale one is
    left white and a dark one is black: see `is_pale`."""

    @property
    def is_pale(self) -> bool:
        """Tell whether a head that has black alone leaves this ground white."""
        return bool(self.tint) and grey_of(self.tint) >= PALE


@dataclass(frozen=True)
class Page:
    """One label: its size in dots, the printable area, and everything on it."""

    width: int
    height: int
    printable: Box
    block: Box
    words: tuple[Words, ...]
    bars: tuple[Bars, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Pages:
    """The label set on its stock: one page, or continuation labels counted in their text."""

    stock: Stock
    dpi: int
    pages: tuple[Page, ...]
    dropped: tuple[str, ...] = field(default=())
    """Keys of the optional elements that gave way."""


@dataclass(frozen=True)
class TooLong:
    """A label that does not fit: which field, by how many lines or which word, on which stock.

    No field and no key: the stock is too small, whatever anybody writes.
    """

    field: str
    key: str
    excess: str
    stock: str
    missing: tuple[str, ...] = ()
    """Characters without a glyph, when that is why."""
