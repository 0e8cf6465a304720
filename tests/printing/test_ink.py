"""Where ink stands is found to the dot, in black and in colour, and a job is as large as it says."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops

from labelapp.printing.ink import inked
from labelapp.printing.printer import Job

SIDES = st.integers(1, 40)


def job(*pages: Image.Image) -> Job:
    """A job of pictures in colour; its black dots are all that is not white."""
    black = [page.convert("L").point(lambda tone: 255 * (tone < 255), "1") for page in pages]
    return Job(
        "label",
        b"",
        tuple(each.tobytes() for each in black),
        *pages[0].size,
        203,
        Decimal(50),
        Decimal(25),
        tuple(each.tobytes() for each in pages),
    )


def in_black(one: Job) -> Job:
    return Job(*(getattr(one, name) for name in list(one.__dataclass_fields__)[:-1]))


@given(SIDES, SIDES, st.data())
def test_the_box_is_the_smallest_that_holds_all_ink(width: int, height: int, data):
    places = st.tuples(st.integers(0, width - 1), st.integers(0, height - 1))
    pages = []
    for spots in data.draw(st.lists(st.sets(places, max_size=4), min_size=1, max_size=3)):
        page = Image.new("RGB", (width, height), "white")
        for spot in spots:
            page.putpixel(spot, (200, 0, 0))
        pages.append(page)
    every = pages[0]
    for page in pages[1:]:
        every = ImageChops.darker(every, page)
    box = ImageChops.invert(every).getbbox() or (0, 0, 0, 0)
    wanted = (box[0], box[1], box[2] - box[0], box[3] - box[1])
    made = job(*pages)
    assert inked(made) == wanted
    assert inked(in_black(made)) == wanted


def test_a_ground_that_is_white_to_a_head_of_black_alone_is_ink_in_colour():
    pale = Image.new("RGB", (16, 8), "white")
    pale.paste("#ffdd00", (3, 2, 9, 7))
    black = Image.new("1", (16, 8), 0)
    black.putpixel((5, 4), 1)
    size = (16, 8, 203, Decimal(2), Decimal(1))
    of_both = Job("label", b"", (black.tobytes(),), *size, (pale.tobytes(),))
    assert inked(of_both) == (3, 2, 6, 5)
    assert inked(in_black(of_both)) == (5, 4, 1, 1)


@pytest.mark.parametrize("colours", [(b"\0" * 383,), (b"\0" * 384, b"\0" * 384), (b"",)])
def test_colours_that_are_not_as_many_as_the_dots_are_no_label(colours):
    with pytest.raises(ValueError, match="colours"):
        Job("label", b"", (b"\0" * 16,), 16, 8, 203, Decimal(2), Decimal(1), colours)
