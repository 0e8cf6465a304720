"""Reading the colours of a page back: every tinted ground whole in its colour, none anywhere else."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageChops

from labelapp.layout.page import Box, Page, shares_of

NEAR = 5
"""Of 255: so much a renderer may round a share of a colour."""
SOFT = 1
"""Dots around words into which the soft edge of a letter may reach."""
WHITE = (255, 255, 255)


def is_true_to(page: Page, picture: Image.Image) -> bool:
    """Tell whether a page's picture has each tint where it is declared, and no colour elsewhere.

    What stands on a ground, words and black rules, is left out: their ink is proofed for itself.
    """
    rest = picture.copy()
    tinted = [rule for rule in page.rules if rule.tint]
    over = [words.box for words in page.words]
    over += [rule.box for rule in page.rules if not rule.tint and not rule.hollow_dots]
    for rule in tinted:
        ground = picture.crop(_corners(rule.box))
        wanted = shares_of(rule.tint)
        _cover(ground, over, rule.box, wanted)
        if not _is_all(ground, wanted):
            return False
        rest.paste(WHITE, _corners(rule.box))
    return _is_grey(rest)


def _cover(
    ground: Image.Image, boxes: Iterable[Box], within: Box, colour: tuple[int, int, int]
) -> None:
    for box in boxes:
        if box.meets(within):
            x, y = box.x - within.x - SOFT, box.y - within.y - SOFT
            moved = Box(x, y, box.width + 2 * SOFT, box.height + 2 * SOFT)
            ground.paste(colour, _corners(moved))


def _is_all(picture: Image.Image, colour: tuple[int, int, int]) -> bool:
    extremes = zip(picture.split(), colour, strict=True)
    return all(
        max(abs(end - share) for end in band.getextrema()) <= NEAR  # type: ignore[operator]
        for band, share in extremes
    )


def _is_grey(picture: Image.Image) -> bool:
    red, green, blue = picture.split()
    apart = (ImageChops.difference(red, green), ImageChops.difference(green, blue))
    return all(each.getextrema()[1] <= NEAR for each in apart)  # type: ignore[operator]


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.right, box.bottom
