"""The list of stocks beside the label: what fits is said in word and sign, without making a label."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QWidget

from labelapp.bootstrap.words import Words
from labelapp.dispensing.shown import ShownFit, ShownStock
from labelapp.gui.choosers import Choosers
from labelapp.gui.settings import Settings
from labelapp.gui.theme import Look, Theme
from labelapp.rx.paper import Paper

WORDS = Words("en")


def stock(name: str, *fits: tuple[str, int, int], own: bool = False, maker: str = "") -> ShownStock:
    counted = tuple(ShownFit(*each) for each in fits)
    return ShownStock(
        name, name, Decimal(100), Decimal(50), (203,), maker, "17", own=own, fits=counted
    )


STOCKS = (
    stock("large", ("CA", 1, 1), ("US", 1, 1)),
    stock("middle", ("CA", 2, 3), ("US", 1, 2), maker="DYMO"),
    stock("small", ("CA", 0, 0), ("US", 0, 0), maker="Zebra class, any maker"),
    stock("old", own=True),
    stock("plain"),
)


@pytest.fixture
def choosers(qtbot, qapp):
    font = qapp.font()
    theme = Theme(qapp)
    theme.wear(Look.LIGHT, 100)
    parent = QWidget()
    qtbot.addWidget(parent)
    made = Choosers(theme, WORDS, Settings(stock="large"), parent)
    made.offer(STOCKS, ("CA", "US"))
    yield made
    theme.deleteLater()
    qapp.setFont(font)


def said(choosers: Choosers) -> list[str]:
    return [choosers.stock.itemText(place) for place in range(choosers.stock.count())]


def pictures(choosers: Choosers) -> list[bytes]:
    """The signs without their colours: where ink is and where none is."""
    found = []
    for place in range(choosers.stock.count()):
        image = choosers.stock.itemIcon(place).pixmap(16, 16).toImage()
        dots = ((x, y) for y in range(image.height()) for x in range(image.width()))
        found.append(bytes(image.pixelColor(x, y).alpha() > 127 for x, y in dots))
    return found


def test_the_law_in_force_decides_what_is_said(choosers):
    federal = ["large: fits", "DYMO 17, middle: fits", "small: too small"]
    assert said(choosers) == [*federal, "old: not counted", "plain"]
    choosers.name_state("CA")
    assert said(choosers)[1] == "DYMO 17, middle: needs 2 labels"
    choosers.state.setCurrentIndex(choosers.state.findData("US"))
    assert choosers.wanted.jurisdiction == "US"
    assert said(choosers)[:3] == federal
    choosers.state.setCurrentIndex(0)
    assert said(choosers)[1] == "DYMO 17, middle: needs 2 labels"


def test_every_answer_has_a_sign_of_its_own_shape(choosers):
    choosers.name_state("CA")
    fits, needs, small, old, plain = pictures(choosers)
    assert len({fits, needs, small}) == 3
    assert all(any(each) for each in (fits, needs, small))
    assert not any(old)
    assert not any(plain)


def test_nothing_is_chosen_by_what_is_said(choosers, qtbot):
    with qtbot.assertNotEmitted(choosers.wanted_changed):
        choosers.name_state("CA")
        choosers.offer_stocks(STOCKS[1:])
    assert choosers.wanted.stock == "large"
    assert choosers.stock.currentData() == "large", "what is used is shown, also when it is gone"


def test_of_other_papers_nothing_was_counted(choosers):
    choosers.paper.setCurrentIndex(choosers.paper.findData(Paper.LEAFLET.value))
    assert said(choosers)[:3] == ["large", "DYMO 17, middle", "small"]
    assert not any(any(each) for each in pictures(choosers))
    choosers.show_label()
    assert said(choosers)[0] == "large: fits"


def test_a_law_without_rows_says_nothing(choosers):
    choosers.name_state("CA")
    choosers.wanted = replace(choosers.wanted, jurisdiction="ZZ")
    choosers.offer_stocks(STOCKS)
    assert said(choosers) == ["large", "DYMO 17, middle", "small", "old: not counted", "plain"]
