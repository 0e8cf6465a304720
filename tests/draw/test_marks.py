"""Every mark is read back by a reader that had no part in making it."""

from __future__ import annotations

import random
import string

import pytest
import zxingcpp
from PIL import Image

from labelapp.draw.marks import inked, modules
from labelapp.draw.page import draw
from labelapp.draw.proof import READERS
from labelapp.draw.raster import raster
from labelapp.label.document import Symbology
from labelapp.layout.page import Box, Page, Pages
from tests.draw.samples import FONTS, mark, stock

CHANCE = random.Random(20261122)
SERIALS = string.ascii_uppercase + string.digits + "-"


def payloads(count: int) -> list[str]:
    """Random payloads as serials are made, and some that use any printable character."""

    def one(signs: str) -> str:
        rest = "".join(CHANCE.choice(signs) for _ in range(CHANCE.randint(0, 20)))
        return CHANCE.choice(string.ascii_uppercase) + rest

    printable = "".join(map(chr, range(32, 127)))
    made = [one(SERIALS if at % 4 else printable) for at in range(count - 3)]
    return [*made, "R99", "R9900012345", "R99-99-99-99"]


@pytest.mark.parametrize("symbology", Symbology)
def test_two_hundred_payloads_are_read_back(symbology):
    wrong = []
    for payload in payloads(200):
        bars = mark(symbology, payload, 4, 4, 2, height=24)
        page = Image.new("L", (bars.quiet.width + 8, bars.quiet.height + 8), 255)
        for box in inked(bars):
            page.paste(0, (box.x, box.y, box.right, box.bottom))
        read = [found.text for found in zxingcpp.read_barcodes(page, formats=READERS[symbology])]
        if read != [payload]:
            wrong.append((payload, read))
    assert wrong == []


@pytest.mark.parametrize("symbology", Symbology)
@pytest.mark.parametrize("dpi", [203, 300])
def test_marks_are_read_back_from_the_picture_of_the_pdf(symbology, dpi):
    size = stock("54", "25")
    wide, high = size.dots(dpi)
    whole = Box(0, 0, wide, high)
    for payload in ("R1-0-1-1", "R99001234-11-2-1"):
        bars = mark(symbology, payload, 1, 2, 2, height=41)
        page = Page(wide, high, whole, whole, (), (bars,), ())
        (picture,) = raster(draw(Pages(size, dpi, (page,)), FONTS), dpi)
        assert [found.text for found in zxingcpp.read_barcodes(picture.convert("L"))] == [payload]


def test_a_code_has_its_start_its_stop_and_the_rest_the_standard_asks_for():
    code = modules(Symbology.CODE128, "R1-0-1-1")
    assert (len(code.rows), code.quiet) == (1, 10)
    assert code.rows[0].startswith("11010")
    assert code.rows[0].endswith("1100011101011")
    square = modules(Symbology.DATAMATRIX, "R1-0-1-1")
    assert (len(square.rows), square.quiet) == (square.width, 2)
    assert {row[0] for row in square.rows} == {"1"}
    assert set(square.rows[-1]) == {"1"}


@pytest.mark.parametrize("payload", ["", "99000123", "-R1", "Ré1", "R1\n", "R\x1d1"])
def test_a_payload_that_might_lose_a_digit_is_never_drawn(payload):
    for symbology in Symbology:
        with pytest.raises(ValueError, match="letter"):
            modules(symbology, payload)
