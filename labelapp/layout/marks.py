"""The marks on a page: how large, in whole dots, and where a scanner finds them."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.label.document import Mark, Symbology
from labelapp.layout.page import Bars, Box
from labelapp.layout.ruler import Modules
from labelapp.layout.tape import Tape

MODULE_MM = {Symbology.DATAMATRIX: 0.35, Symbology.CODE128: 0.25, Symbology.QR: 0.5}
"""Width of a module to come near to: 3 dots at 203 dpi, 4 at 300 and 8 at 600 for Data Matrix.

0.254 mm is the least for Data Matrix, 0.170 mm for Code 128 (GS1 General Specifications, table 6).
"""
LEAST_BAR_DOTS = 3
"""A bar of 2 dots is lost to a camera in hard light: 3 at 203 and 300 dpi, 6 at 600."""
BARS_HEIGHT_MM = 8.0
"""Height of Code 128: enough for a hand scanner held straight."""


@dataclass(frozen=True)
class Sized:
    """A mark with its modules and its size in dots, not yet on a page."""

    mark: Mark
    modules: Modules
    module_dots: int
    width: int
    height: int

    @property
    def quiet(self) -> int:
        """The rest it wants on each side, in dots."""
        return self.modules.quiet * self.module_dots

    def at(self, x: int, y: int) -> Bars:
        """Put the mark on a page with its top left module at a place."""
        box = Box(x, y, self.width, self.height)
        rest = self.quiet
        above = 0 if self.mark.symbology is Symbology.CODE128 else rest
        around = Box(x - rest, y - above, self.width + 2 * rest, self.height + 2 * above)
        return Bars(
            self.mark.symbology,
            self.mark.payload,
            self.mark.why,
            self.modules,
            self.module_dots,
            box,
            around,
        )


def sized(mark: Mark, tape: Tape) -> Sized:
    """Give a mark its size: each module the whole dots nearest to what a scanner likes."""
    modules = tape.modules(mark)
    dots = tape.mm(MODULE_MM[mark.symbology])
    if mark.symbology is Symbology.CODE128:
        dots = max(dots, LEAST_BAR_DOTS)
        height = tape.mm(BARS_HEIGHT_MM)
    else:
        height = len(modules.rows) * dots
    return Sized(mark, modules, dots, modules.width * dots, height)
