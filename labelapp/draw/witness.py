"""A second hand that writes the same letters, so that the proof has somebody to compare with.

The PDF's letters went from a cut-down font through ReportLab and PDFium. Here each letter comes
from the whole font file through FreeType, at four times the head's resolution, and gives two
pictures: dots that must be inked (nearly all of the dot is letter) and dots that may be (any part
of it is). A lost comma, a 2 in place of a 1, an l in place of an I lie outside the two.

In small type one letter may lie between the two pictures of another, a 5 between those of an S.
Such a pair is told apart by the dots in which the two clearly differ: most of them must be the
letter's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from PIL import Image, ImageChops, ImageDraw, ImageFont

from labelapp.draw.dots import moved, spread
from labelapp.draw.fonts import Fonts, Glyph
from labelapp.draw.page import origins
from labelapp.label.document import Weight
from labelapp.layout.page import Words

FINER = 4
NEARLY_ALL = 192
"""Of 255: so much of a dot is letter that every renderer inks it or its neighbour."""
FITTED = 0.007
"""Of the type size: how far FreeType moves an edge to fit a letter to its grid, at the most."""
DARK, PALE = 176, 80
"""Of 255: a dot is clearly a letter's from the one on, and clearly not when below the other."""
RIVALS = "".join(map(chr, range(ord("!"), ord("~") + 1)))
"""What a letter is told apart from: every letter, digit and sign of ASCII."""
TWINS = frozenset(
    zip(
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408"
        "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458",
        "ABEKMHOPCTXSIJaeopcyxsij",
        strict=True,
    )
)
"""Cyrillic letters, each with the Latin one that is the same to the eye: nobody misreads those."""
_KEPT_LETTERS = 4096
_MARGIN = 2


@dataclass(frozen=True)
class Letter:
    """One letter at the left end of a strip of page width, as dots that must and may be inked.

    `left` is where the strip's first dot lies from the letter's origin; `width` how many it has.
    """

    must: int
    may: int
    left: int
    width: int


@dataclass(frozen=True)
class Shape:
    """A letter's shape on a strip of page width: dots clearly inked, and those not clearly blank."""

    dark: int
    pale: int
    left: int


@dataclass(frozen=True)
class Rival:
    """Another letter that could pass for this one, as the dots that tell the two apart.

    `mine` are inked by this letter alone, `other` by the rival alone, on this letter's strip.
    """

    mine: int
    other: int
    least: int
    """So many of them wrong, and it is the rival that stands there."""


@dataclass(frozen=True)
class Written:
    """A run of words on its strip of the page: rows `top` up to, not including, `bottom`."""

    must: int
    may: int
    top: int
    bottom: int


class Witness:
    """Writes runs of words for one head, on pages of one width."""

    def __init__(self, fonts: Fonts, dpi: int, stride: int) -> None:
        self._fonts = fonts
        self._dpi = dpi
        self._stride = stride

    def write(self, words: Words) -> Written | None:
        """Write a run; None when a letter would leave the page at its sides."""
        dots = words.size_pt * self._dpi / 72
        above, below = _reach(self._fonts, words.weight, dots)
        glyphs = self._fonts.glyphs(words.weight)
        must = may = 0
        for each, place in zip(words.text, origins(words, self._dpi, self._fonts), strict=True):
            if not glyphs[each].is_inked:
                continue
            letter = _letter(self._fonts, each, words.weight, dots, self._stride)
            start = place + letter.left
            if start < -_MARGIN or start + letter.width > self._stride + _MARGIN:
                return None
            must |= moved(letter.must, -start)
            may |= moved(letter.may, -start)
        return Written(must, may, words.baseline - above, words.baseline + below)

    def is_misread(self, words: Words, ink: int) -> bool:
        """Tell whether any letter of a run stands nearer to another letter than to itself.

        `ink` is what stands on the run's strip of the page, as `write` gives its rows.
        """
        dots = words.size_pt * self._dpi / 72
        glyphs = self._fonts.glyphs(words.weight)
        for each, place in zip(words.text, origins(words, self._dpi, self._fonts), strict=True):
            if not glyphs[each].is_inked:
                continue
            rivals = _rivals(self._fonts, each, words.weight, dots, self._stride)
            if not rivals:
                continue
            letter = _letter(self._fonts, each, words.weight, dots, self._stride)
            here = moved(ink, place + letter.left)
            for rival in rivals:
                wrong = (rival.mine & ~here).bit_count() + (rival.other & here).bit_count()
                if wrong >= rival.least:
                    return True
        return False


@lru_cache(64)
def _face(path: str, dots: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, dots * FINER, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(64)
def _reach(fonts: Fonts, weight: Weight, dots: float) -> tuple[int, int]:
    """Give the rows a strip has above and below the baseline, with a blank edge."""
    glyphs = fonts.glyphs(weight).values()
    above = math.ceil(max(each.top for each in glyphs) * dots / 1000) + _MARGIN
    below = math.ceil(-min(each.bottom for each in glyphs) * dots / 1000) + _MARGIN
    return above, below


@lru_cache(_KEPT_LETTERS)
def _letter(fonts: Fonts, character: str, weight: Weight, dots: float, stride: int) -> Letter:
    fine, left = _fine(fonts, character, weight, dots)
    tones = fine.reduce(FINER)
    least = min(NEARLY_ALL, _darkest(tones))
    reach = 1 + round(dots * FINER * FITTED)
    grown = _grown(fine, reach).reduce(FINER)
    return Letter(_strip(tones, least, stride), _strip(grown, 1, stride), left, tones.width)


@lru_cache(_KEPT_LETTERS)
def _shape(fonts: Fonts, character: str, weight: Weight, dots: float, stride: int) -> Shape:
    fine, left = _fine(fonts, character, weight, dots)
    tones = fine.reduce(FINER)
    return Shape(_strip(tones, DARK, stride), _strip(tones, PALE, stride), left)


def _fine(fonts: Fonts, character: str, weight: Weight, dots: float) -> tuple[Image.Image, int]:
    """Write a letter four times as large; give also where its first dot lies from its origin."""
    glyph = fonts.glyphs(weight)[character]
    above, below = _reach(fonts, weight, dots)
    left = math.floor(glyph.left * dots / 1000) - _MARGIN
    width = math.ceil(glyph.right * dots / 1000) + _MARGIN - left
    fine = Image.new("L", (width * FINER, (above + below) * FINER))
    pen = (-left * FINER, above * FINER)
    face = _face(str(fonts.path(weight)), dots)
    ImageDraw.Draw(fine).text(pen, character, font=face, fill=255, anchor="ls")
    return fine, left


@lru_cache(_KEPT_LETTERS)
def _rivals(
    fonts: Fonts, character: str, weight: Weight, dots: float, stride: int
) -> tuple[Rival, ...]:
    """Give the letters that would stand between what this one must and what it may ink."""
    glyphs = fonts.glyphs(weight)
    mine = _letter(fonts, character, weight, dots, stride)
    own = _shape(fonts, character, weight, dots, stride)
    found = []
    for each in RIVALS:
        if each == character or (character, each) in TWINS:
            continue
        if not _alike(glyphs[each], glyphs[character], dots):
            continue
        other = _shape(fonts, each, weight, dots, stride)
        aside = mine.left - other.left
        dark, pale = moved(other.dark, aside), moved(other.pale, aside)
        if dark & ~mine.may or mine.must & ~spread(pale, stride):
            continue
        only_mine, only_other = own.dark & ~pale, dark & ~own.pale
        count = only_mine.bit_count() + only_other.bit_count()
        if count:
            found.append(Rival(only_mine, only_other, -(-count // 2)))
    return tuple(found)


def _alike(one: Glyph, other: Glyph, dots: float) -> bool:
    """Tell whether two letters reach equally far on all sides, but for two dots."""
    near = 2000 / dots
    return (
        abs(one.left - other.left) <= near
        and abs(one.right - other.right) <= near
        and abs(one.top - other.top) <= near
        and abs(one.bottom - other.bottom) <= near
    )


def _darkest(tones: Image.Image) -> int:
    _least, most = tones.getextrema()
    return int(most)  # type: ignore[arg-type]  # one band: a number, not a pair


def _grown(image: Image.Image, reach: int) -> Image.Image:
    """Let a letter grow on all sides; it stands in a blank margin, so nothing wraps around."""
    for x, y in ((reach, 0), (0, reach)):
        there, back = ImageChops.offset(image, x, y), ImageChops.offset(image, -x, -y)
        image = ImageChops.lighter(image, ImageChops.lighter(there, back))
    return image


def _strip(tones: Image.Image, least: int, stride: int) -> int:
    """Give the dots of at least this tone, as a strip of the page's width."""
    lifted = ImageChops.add(tones, tones, 2, 128 - least)  # a picture is cut in two at 128
    strip = Image.new("1", (stride, tones.height))
    strip.paste(lifted.convert("1", dither=Image.Dither.NONE))
    return int.from_bytes(strip.tobytes(), "big")
