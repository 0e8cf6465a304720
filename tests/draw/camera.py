"""A printer and a camera made up for tests: ink that spreads, a lens out of focus, a shaky hand.

Of a picture of dots it gives the picture a scanner's camera would take of the paper. Everything is
told in dots of a 203 or 300 dpi head; a finer head has several dots in each of these.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from random import Random

import zxingcpp
from PIL import Image, ImageChops, ImageFilter, ImageOps

from labelapp.draw.proof import READERS
from labelapp.label.document import Symbology
from labelapp.layout.page import Bars, Box

FINE = 3
"""So many points of the made-up paper in a dot, across and down."""
COARSE_DPI = 300
INK, PAPER = 40, 210
"""What a camera sees of black and of white, of 255."""
TURN = 2.0
"""Degrees the paper may lie askew."""
SLANT = 0.03
"""By how much of its size one side may be nearer to the camera than the other."""
AROUND_MM = 3.0
"""What is seen of the label around a mark, besides the rest it has itself."""
NOISE_SIDE = 256
SHARP = ImageFilter.UnsharpMask(radius=4, percent=200, threshold=0)


@dataclass(frozen=True)
class Setting:
    """How bad print and camera are: camera pixels in a dot, blur and spread of ink in dots, noise.

    `gain` is by how much every edge of ink grows. `noise` is the standard deviation of 255.
    """

    name: str
    pixels: float
    blur: float
    noise: float
    gain: float = 0.0


CLEAN = Setting("clean", 2.0, 0.2, 5)
FAIR = Setting("1 px a dot, blur .6", 1.0, 0.6, 10)
HARSH = (
    Setting("blur .8, noise 15", 1.0, 0.8, 15),
    Setting(".8 px a dot, blur .8", 0.8, 0.8, 12),
    Setting("ink 1/3 dot, .8 px", 0.8, 0.8, 10, gain=1 / 3),
)
"""The settings a mark must stand: at least 99 of 100 are read."""


def seen(dots: Image.Image, setting: Setting, dpi: int, chance: Random) -> Image.Image:
    """Print a picture of dots and photograph it."""
    coarse = max(1.0, dpi / COARSE_DPI)
    paper = dots.convert("L").resize(
        (dots.width * FINE, dots.height * FINE), Image.Resampling.NEAREST
    )
    grown = round(setting.gain * coarse * FINE)
    if grown:
        paper = paper.filter(ImageFilter.MinFilter(2 * grown + 1))
    paper = _held(paper, chance).filter(ImageFilter.GaussianBlur(setting.blur * coarse * FINE))
    scale = setting.pixels / coarse / FINE
    size = max(1, round(paper.width * scale)), max(1, round(paper.height * scale))
    taken = paper.resize(size, Image.Resampling.BOX)
    taken = taken.point([round(INK + tone * (PAPER - INK) / 255) for tone in range(256)])
    return ImageChops.add(taken, _noise(size, setting.noise, chance), 1.0, -128)


def _held(paper: Image.Image, chance: Random) -> Image.Image:
    """Turn and slant the paper a little, and begin it anywhere within a dot."""
    wide, tall = paper.size
    rim = 2 * FINE + math.ceil(max(wide, tall) * 0.05)
    paper = ImageOps.expand(paper, rim, 255)
    x, y = paper.width / 2, paper.height / 2
    turn = math.radians(chance.uniform(-TURN, TURN))
    across = chance.uniform(-SLANT, SLANT) / paper.width
    down = chance.uniform(-SLANT, SLANT) / paper.height
    whole = 1 - across * x - down * y
    cos, sin = math.cos(turn), math.sin(turn)
    aside, under = chance.uniform(0, FINE), chance.uniform(0, FINE)
    held = (
        cos + x * across,
        sin + x * down,
        x * whole - cos * x - sin * y + aside,
        y * across - sin,
        cos + y * down,
        y * whole + sin * x - cos * y + under,
        across,
        down,
    )
    data = tuple(each / whole for each in held)
    return paper.transform(
        paper.size, Image.Transform.PERSPECTIVE, data, Image.Resampling.BILINEAR, fillcolor=255
    )


@cache
def _grain(noise: float) -> Image.Image:
    """Give a square of noise around the middle tone."""
    chance = Random(1)
    tones = (round(chance.gauss(128, noise)) for _ in range(NOISE_SIDE**2))
    grain = bytes(min(255, max(0, tone)) for tone in tones)
    return Image.frombytes("L", (NOISE_SIDE, NOISE_SIDE), grain)


def _noise(size: tuple[int, int], noise: float, chance: Random) -> Image.Image:
    """Give so much noise, each time another part of it."""
    grain = _grain(noise)
    grain = ImageChops.offset(grain, chance.randrange(NOISE_SIDE), chance.randrange(NOISE_SIDE))
    field = Image.new("L", size)
    for x in range(0, size[0], NOISE_SIDE):
        for y in range(0, size[1], NOISE_SIDE):
            field.paste(grain, (x, y))
    return field


def around(picture: Image.Image, bars: Bars, dpi: int) -> Image.Image:
    """Cut a mark out of its label with what stands around it."""
    more = round(AROUND_MM * dpi / 25.4)
    box = bars.quiet
    return picture.crop(
        (
            max(0, box.x - more),
            max(0, box.y - more),
            min(picture.width, box.right + more),
            min(picture.height, box.bottom + more),
        )
    )


def alone(bars: Bars, dpi: int) -> Box:
    """Give the size of a paper on which a mark stands with white around it."""
    more = round(AROUND_MM * dpi / 25.4)
    return Box(0, 0, bars.quiet.right + more, bars.quiet.bottom + more)


def read(taken: Image.Image, symbology: Symbology) -> tuple[str, ...]:
    """Read every mark of a kind in a picture a camera took, however it lies.

    A scanner does not look once: what is not read as it is, is looked at larger and smoother, with
    one threshold for the whole picture, and sharpened.
    """
    large = taken.resize((taken.width * 3, taken.height * 3), Image.Resampling.BICUBIC)
    smooth = large.filter(ImageFilter.GaussianBlur(1.5))
    for picture, threshold in (
        (taken, zxingcpp.Binarizer.LocalAverage),
        (smooth, zxingcpp.Binarizer.LocalAverage),
        (large, zxingcpp.Binarizer.GlobalHistogram),
        (taken, zxingcpp.Binarizer.GlobalHistogram),
        (smooth.filter(SHARP), zxingcpp.Binarizer.LocalAverage),
    ):
        if texts := read_once(picture, symbology, threshold):
            return texts
    return ()


def read_once(
    taken: Image.Image,
    symbology: Symbology,
    threshold: zxingcpp.Binarizer = zxingcpp.Binarizer.LocalAverage,
) -> tuple[str, ...]:
    """Read marks at one look."""
    found = zxingcpp.read_barcodes(
        taken, formats=READERS[symbology], try_rotate=True, binarizer=threshold
    )
    return tuple(each.text for each in found)
