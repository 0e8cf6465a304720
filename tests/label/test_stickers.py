"""One sticker for each warning, coloured by its row, with nothing of the patient on it."""

from __future__ import annotations

import pytest

from labelapp.label.stickers import BLACK_ON_WHITE, COLOURS, WHITE_ON_BLACK, Ink, stickers_of
from labelapp.layout.page import shares_of
from labelapp.resources.typed import tables, wording
from labelapp.rules.auxiliary import Colour

ROWS = tables().auxiliary
LEAST_CONTRAST = 4.5


def luminance(colour: tuple[int, int, int]) -> float:
    """WCAG 2.2, relative luminance of an sRGB colour."""
    shares = [each / 255 for each in colour]
    linear = [
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def of_ink(ink: Ink) -> float:
    words = (255, 255, 255) if ink.white else (0, 0, 0)
    ground = shares_of(ink.tint) if ink.tint else tuple(255 - each for each in words)
    return contrast(words, (ground[0], ground[1], ground[2]))


def test_contrast_is_counted_as_the_guideline_counts_it() -> None:
    assert round(contrast((255, 255, 255), (0, 0, 0)), 2) == 21
    assert round(contrast((119, 119, 119), (255, 255, 255)), 2) == 4.48


@pytest.mark.parametrize("colour", list(Colour))
def test_words_stand_out_from_every_colour(colour: Colour) -> None:
    assert of_ink(COLOURS[colour]) >= LEAST_CONTRAST


@pytest.mark.parametrize("colour", list(Colour))
def test_a_head_that_has_black_alone_leaves_words_to_be_read(colour: Colour) -> None:
    ink = COLOURS[colour]
    red, green, blue = shares_of(ink.tint) if ink.tint else (255, 255, 255)
    grey = (30 * red + 59 * green + 11 * blue) / 100
    assert grey < 100 if ink.white else grey > 156


def test_every_shipped_warning_has_a_colour_of_its_own_meaning() -> None:
    said = {each.id: each.colour for each in ROWS}
    assert said["OPI"] is Colour.RED
    assert said["FRIG"] is said["LITE"] is Colour.BLUE
    assert set(said.values()) == set(Colour)


def test_without_colour_it_is_black_on_white_and_the_opioid_stop_is_reversed() -> None:
    made = stickers_of(ROWS, wording(), colour=False, sample=False)
    inks = {each.warning.key: each.ink for each in made}
    assert inks.pop("aux.OPI") == WHITE_ON_BLACK
    assert set(inks.values()) == {BLACK_ON_WHITE}


def test_a_sample_says_so_and_a_label_for_somebody_does_not() -> None:
    (sample,) = stickers_of(ROWS, wording(), {"aux.CHLD"}, colour=True, sample=True)
    assert [each.text for each in sample.elements] == ["SAMPLE", "Keep out of reach of children."]
    (real,) = stickers_of(ROWS, wording(), {"aux.CHLD"}, colour=True, sample=False)
    assert [each.key for each in real.elements] == ["aux.CHLD"]


def test_only_those_that_found_no_room_are_made_when_they_are_named() -> None:
    some = stickers_of(ROWS, wording(), ("aux.LITE", "aux.CHLD"), colour=False, sample=False)
    assert {each.warning.key for each in some} == {"aux.LITE", "aux.CHLD"}
    assert stickers_of(ROWS, wording(), (), colour=False, sample=False) == ()
