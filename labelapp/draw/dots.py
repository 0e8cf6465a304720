"""A page's dots as one whole number: a bit for each dot, 1 is ink, the first dot the highest bit.

Asking "is there ink where none was declared" of a whole page is then one AND of two numbers, a
few millionths of a second, where a loop over dots or a picture library takes thousands of times
as long.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from labelapp.layout.page import Box


@dataclass(frozen=True)
class Sheet:
    """The shape of one page: `stride` is its width filled up to whole bytes."""

    width: int
    height: int

    @property
    def stride(self) -> int:
        """Bits from one row to the next."""
        return -(-self.width // 8) * 8

    @property
    def whole(self) -> Box:
        """The page as a box."""
        return Box(0, 0, self.width, self.height)

    def ink(self, image: Image.Image) -> int:
        """Take up the dots of a picture in mode "1"."""
        return int.from_bytes(packed(image), "big")

    def box(self, box: Box) -> int:
        """Ink every dot of a box."""
        return self.rows((1 << box.width) - 1, box)

    def boxes(self, boxes: Iterable[Box]) -> int:
        """Ink every dot of many boxes, at the price of one."""
        picture = Image.new("1", (self.width, self.height))
        pen = ImageDraw.Draw(picture)
        for each in boxes:
            if each.width and each.height:
                pen.rectangle((each.x, each.y, each.right - 1, each.bottom - 1), fill=1)
        return int.from_bytes(picture.tobytes(), "big")

    def rows(self, row: int, box: Box) -> int:
        """Ink a box with the same row of `box.width` dots from its top to its bottom."""
        at = row << (self.stride - box.right)
        line = at.to_bytes(self.stride // 8, "big")
        blank = bytes(self.stride // 8)
        return int.from_bytes(line * box.height + blank * (self.height - box.bottom), "big")

    def below(self, row: int) -> int:
        """Give how many bits lie under a row: what a strip that ends there is shifted by."""
        return self.stride * (self.height - row)


def packed(image: Image.Image) -> bytes:
    """Give a picture's rows, 8 dots to a byte, most significant first, 1 is black."""
    return ImageChops.invert(image).tobytes()


def spread(dots: int, stride: int) -> int:
    """Ink every dot that touches ink, also by its corner."""
    dots |= dots << 1 | dots >> 1
    return dots | dots << stride | dots >> stride


def moved(dots: int, bits: int) -> int:
    """Shift dots up the page by so many bits, or down when it is below zero."""
    return dots << bits if bits >= 0 else dots >> -bits
