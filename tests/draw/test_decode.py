"""Every mark on every stock, printed badly and photographed worse: is it read, and as what?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from random import Random

import pytest
from PIL import Image, ImageDraw

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.make import Made, make
from labelapp.draw.marks import inked
from labelapp.label.document import Mark, Symbology
from labelapp.layout.marks import sized
from labelapp.layout.page import Bars, Box
from tests.draw.camera import CLEAN, HARSH, Setting, alone, around, read, seen
from tests.draw.samples import RULER
from tests.label.fills import assessed
from tests.label.test_states import whole

TOOLS = equipment()
HEADS = [(stock.id, dpi) for stock in TOOLS.stocks.values() for dpi in stock.dpi]
SPREAD = [
    ("thermal-4x3", 203),
    ("thermal-4x3", 300),
    ("thermal-4x6", 203),
    ("thermal-3x2", 203),
    ("dymo-30256", 300),
    ("laser-4x3.33", 600),
]
"""A few stocks, heads and makers, for every day; the whole shelf is photographed at night."""
PAGE_OF_THE_PHARMACY = "https://example.org/ldn"
LEAST_READ = 0.99
SERIAL = re.compile(r"[A-Z][A-Z0-9-]*-[0-9]{2}-[0-9]+-[0-9]+")
"""What the desk takes for a serial when it is scanned."""
QUICK, WHOLE = 4, 60
"""Labels photographed at each setting."""


@dataclass(frozen=True)
class Seen:
    """A mark where it stands on a stock: its label's picture, or a bare paper when alone."""

    bars: Bars
    picture: Image.Image


@cache
def marks_on(stock: str, dpi: int) -> tuple[Seen, ...]:
    """Give every kind and size of mark that stands on a stock, on the labels of two states.

    Where no label stands on the stock, what a sticker for a lot carries: the square code alone.
    """
    found: dict[tuple[Symbology, int], Seen] = {}
    for state in ("FL", "CA"):
        case = whole()
        made = make(case, assessed(case, state), TOOLS.stocks[stock], dpi, TOOLS)
        if isinstance(made, Made):
            for page, picture in zip(made.pages.pages, made.proof.pages, strict=True):
                for bars in page.bars:
                    found.setdefault((bars.symbology, bars.module_dots), Seen(bars, picture))
    return tuple(found.values()) or (by_itself(Symbology.DATAMATRIX, dpi),)


def by_itself(symbology: Symbology, dpi: int, payload: str = "R7004112-00-1-1") -> Seen:
    """Give a mark as layout sizes it, on paper with nothing else."""
    mark = sized(Mark(symbology, payload, "test"), TOOLS.ruler.tape(dpi))
    bars = mark.at(2 * mark.quiet, 2 * mark.quiet)
    paper = alone(bars, dpi)
    return with_payload(Seen(bars, Image.new("1", (paper.width, paper.height), 1)), payload)


def with_payload(mark: Seen, payload: str) -> Seen:
    """Put another serial into a mark: its bars are wiped out and drawn anew in the same place."""
    bars = mark.bars
    modules = RULER.modules(bars.symbology, payload)
    wide = modules.width * bars.module_dots
    assert wide == bars.box.width, "serials of one length are as wide as each other"
    new = replace(bars, payload=payload, modules=modules)
    picture = mark.picture.copy()
    pen = ImageDraw.Draw(picture)
    for box, tone in [(bars.quiet, 1), *((each, 0) for each in inked(new))]:
        pen.rectangle(_corners(box), fill=tone)
    return Seen(new, picture)


def _corners(box: Box) -> tuple[int, int, int, int]:
    return box.x, box.y, box.right - 1, box.bottom - 1


def serials(like: str, chance: Random) -> Iterator[str]:
    """Make up serials of the same length: another number, fill and copy."""
    while True:
        yield "".join(chance.choice("0123456789") if sign.isdigit() else sign for sign in like)


def rate(mark: Seen, dpi: int, setting: Setting, count: int) -> float:
    """Photograph so many labels and give the share that was read.

    What counts is a scanner's first answer. Bars have one digit to check themselves by, so of noise
    they may give a second one: that is never a serial.
    """
    chance = Random(f"{dpi} {mark.bars.symbology} {mark.bars.module_dots} {setting.name}")
    known, payloads = 0, serials(mark.bars.payload, chance)
    for _ in range(count):
        payload = next(payloads)
        label = with_payload(mark, payload)
        taken = seen(around(label.picture, label.bars, dpi), setting, dpi, chance)
        texts = read(taken, label.bars.symbology)
        others = [each for each in texts if each != payload]
        assert not any(map(SERIAL.fullmatch, others)), "a mark is never read as another serial"
        known += texts[:1] == (payload,)
    return known / count


def figures(mark: Seen, dpi: int, count: int) -> dict[str, float]:
    return {each.name: rate(mark, dpi, each, count) for each in HARSH}


@pytest.mark.parametrize(("stock", "dpi"), SPREAD)
def test_every_mark_on_a_spread_of_stocks_is_read_at_the_harsh_settings(stock, dpi):
    for mark in marks_on(stock, dpi):
        read_at = figures(mark, dpi, QUICK)
        assert min(read_at.values()) == 1, (stock, dpi, mark.bars.symbology, read_at)


@pytest.mark.parametrize(("dpi", "dots"), [(203, 3), (300, 4), (600, 8)])
def test_the_square_code_has_the_dots_it_is_read_with(dpi, dots):
    assert by_itself(Symbology.DATAMATRIX, dpi).bars.module_dots == dots


@pytest.mark.parametrize(("dpi", "dots"), [(203, 3), (300, 3), (600, 6)])
def test_the_bars_have_the_dots_they_are_read_with(dpi, dots):
    assert by_itself(Symbology.CODE128, dpi).bars.module_dots >= dots


@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_code_that_says_an_address_is_read_at_the_harsh_settings(dpi):
    mark = by_itself(Symbology.QR, dpi, PAGE_OF_THE_PHARMACY)
    for setting in HARSH:
        chance = Random(setting.name)
        for _ in range(QUICK):
            taken = seen(around(mark.picture, mark.bars, dpi), setting, dpi, chance)
            assert read(taken, Symbology.QR) == (PAGE_OF_THE_PHARMACY,)


def test_the_camera_sees_badly_enough_to_fail_a_mark_that_is_too_small():
    """Bars of 2 dots at 203 dpi, and bars nobody would print: were they read, nothing is proven."""
    tape = TOOLS.ruler.tape(203)
    mark = sized(Mark(Symbology.CODE128, "R7004112-00-1-1", "test"), tape)
    modules = mark.modules

    def thin(dots: int) -> Seen:
        thinner = replace(mark, module_dots=dots, width=modules.width * dots)
        bars = thinner.at(2 * thinner.quiet, 10)
        paper = alone(bars, 203)
        bare = Image.new("1", (paper.width, paper.height), 1)
        return with_payload(Seen(bars, bare), bars.payload)

    assert rate(thin(2), 203, CLEAN, QUICK) == 1
    assert rate(thin(2), 203, HARSH[2], 2 * QUICK) < 0.5
    assert rate(thin(1), 203, HARSH[0], QUICK) == 0


@pytest.mark.slow
@pytest.mark.parametrize(("stock", "dpi"), HEADS)
def test_every_mark_on_every_stock_is_read_at_the_harsh_settings(stock, dpi, record_property):
    for mark in marks_on(stock, dpi):
        read_at = figures(mark, dpi, WHOLE)
        line = "  ".join(f"{name}: {share:.2f}" for name, share in read_at.items())
        print(f"\n{stock:26} {dpi} {mark.bars.symbology:10} {mark.bars.module_dots} dots  {line}")
        record_property(f"{mark.bars.symbology} {mark.bars.module_dots}", line)
        assert min(read_at.values()) >= LEAST_READ
