"""The picture in the window: a page larger than its room can be read, and follows the keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from zlib import compress

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from labelapp.dispensing.shown import ShownBox
from labelapp.gui.picture import MARGIN, image_of, scaled
from labelapp.rx.paper import Paper
from tests.gui.standin import page, words

if TYPE_CHECKING:
    from labelapp.gui.window import Window

LAST = ShownBox("the last words", "store", "", 12.0, 20.0, 260.0, 60.0, 6.0)


@pytest.fixture
def letter(window: Window, counter: Any, settle: Any) -> Any:
    """A letter page in place of the label."""
    counter.case.fill_in("", {"patient.family": "Doe", "sig": "1 cap od", "rx_number": "7"})
    counter.reshow()
    settle()
    preview = counter.preview
    long = replace(page(2550, 3300), dpi=300, boxes=(LAST,))
    preview._label = replace(counter.shown.label, pages=(long,), dpi=300)
    preview._turn()
    QApplication.processEvents()
    return preview


def test_a_letter_page_is_as_wide_as_there_is_room(letter):
    room = letter.ground.viewport()
    assert letter.picture._area().width() == pytest.approx(room.width() - 2 * MARGIN, abs=2)
    assert letter.picture.height() > room.height()


def test_words_chosen_by_keys_are_brought_to_sight(letter):
    picture = letter.picture
    before = picture.visibleRegion().boundingRect()
    QTest.keyClick(picture, Qt.Key.Key_Down)
    QApplication.processEvents()
    assert not before.contains(picture.chosen_area())
    assert picture.visibleRegion().boundingRect().contains(picture.chosen_area())


def test_the_paper_shown_is_named_over_it(letter):
    assert letter.title.text() == words("gui.preview.paper.label")
    letter.choosers.wanted = replace(letter.choosers.wanted, paper=Paper.LEAFLET)
    letter.show_answer(None)
    assert letter.title.text() == words("gui.preview.paper.leaflet")


RED, WHITE = b"\xb3\x13\x1b", b"\xff\xff\xff"


def test_a_page_in_colour_is_shown_in_its_colours():
    rows = (RED * 150 + WHITE * 150) * 40
    image = image_of(replace(page(300, 40), packed_colours=compress(rows)))
    assert image.pixelColor(149, 39).name() == "#b3131b"
    assert image.pixelColor(150, 0).name() == "#ffffff"
    for size in (QSize(600, 80), QSize(200, 27)):  # whole blocks of pixels, and softly
        shown = scaled(image, size)
        assert shown.size() == size
        assert shown.pixelColor(2, 2).name() == "#b3131b"
        assert shown.pixelColor(size.width() - 2, 2).name() == "#ffffff"


def test_no_stroke_of_a_label_gets_lost_where_it_is_shown_smaller():
    """Every dot counts as much as any other one, wherever it stands: a T keeps its bar."""
    for stroke in range(20, 30):
        bits = b"".join((b"\xff" if row == stroke else b"\x00") * 100 for row in range(400))
        shown = scaled(image_of(replace(page(800, 400), bits=bits)), QSize(405, 203))
        ink = sum(255 - shown.pixelColor(200, y).red() for y in range(203))
        assert ink == pytest.approx(255 * 203 / 400, abs=12), stroke
