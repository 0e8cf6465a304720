"""Reading the colours of a page back: every tinted ground whole in its colour, none anywhere else.

A renderer softens the edges of letters. On paper every dot has one colour: that of its ground or
that of the letter on it, whichever it is nearer to. That picture is read back and sent.
"""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageChops

from labelapp.layout.page import PALE, Box, Page, grey_of, shares_of

NEAR = 5
"""Of 255: so much a renderer may round a share of a colour."""
SOFT = 1
"""Dots around words into which the soft edge of a letter may reach."""
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
CONTRAST = 4.5
"""Words stand out from their ground by so much to 1 at least (WCAG 2.2, 1.4.3)."""
_BURNED = [0 if tone < PALE else 255 for tone in range(256)]
_SOME = [0] + [255] * 255


def is_tinted(page: Page) -> bool:
    """Tell whether a page has colours at all."""
    return any(rule.tint for rule in page.rules)


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


def decided(grounds: Iterable[tuple[Box, str]], tones: Image.Image) -> Image.Image:
    """Give a page's picture with one colour for each dot: that of its ground, or a letter's.

    `grounds` are the rectangles of ink in the order they are drawn, each with its tint or none;
    `tones` is the page in greys: a renderer that has colours draws letters for the thirds of a
    screen's dot, and of those a head has none. A letter is white on what a head with black alone
    would burn, and black everywhere else.
    """
    ground = Image.new("RGB", tones.size, WHITE)
    grey = Image.new("L", tones.size, WHITE[0])
    for box, tint in grounds:
        ground.paste(shares_of(tint) if tint else BLACK, _corners(box))
        grey.paste(grey_of(tint) if tint else BLACK[0], _corners(box))
    letter = ImageChops.invert(burned(ground).convert("L"))
    apart = ImageChops.difference
    nearer = ImageChops.subtract(apart(tones, grey), apart(tones, letter))
    return Image.composite(letter.convert("RGB"), ground, nearer.point(_SOME, "1"))


def burned(picture: Image.Image) -> Image.Image:
    """Give what a head with black alone would burn of a coloured picture, in mode "1"."""
    return picture.convert("L").point(_BURNED, "1")


def faint(page: Page, picture: Image.Image) -> str:
    """Find words that do not stand out from their ground; give their key, empty when all do."""
    for words in page.words:
        letter = WHITE if words.white else BLACK
        there = picture.crop(_corners(words.box)).getcolors(words.box.width * words.box.height)
        others = [(many, colour) for many, colour in there or () if colour != letter]
        ground = max(others, default=(0, letter))[1]
        if contrast(letter, ground) < CONTRAST:  # type: ignore[arg-type]
            return words.key
    return ""


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """Give how far two colours stand apart, 1 to 21 (WCAG 2.2, contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: tuple[int, int, int]) -> float:
    shares = [each / 255 for each in colour]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


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
