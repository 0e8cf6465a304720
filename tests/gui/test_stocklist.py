"""The list of stocks beside the label: those used here first, what fits said without a label."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from labelapp.bootstrap.words import Words
from labelapp.dispensing.shown import ShownFit, ShownStock
from labelapp.gui.choosers import Choosers
from labelapp.gui.settings import Settings
from labelapp.gui.theme import Look, Theme
from labelapp.rx.paper import Paper

WORDS = Words("en")


def stock(
    name: str,
    *fits: tuple[str, int, int],
    own: bool = False,
    maker: str = "",
    use: str = "vial",
) -> ShownStock:
    counted = tuple(ShownFit(*each) for each in fits)
    return ShownStock(
        name, name, Decimal(100), Decimal(50), (203,), maker, "17", use, own, fits=counted
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


def rows(choosers: Choosers) -> list[str]:
    return [choosers.stock.itemText(place) for place in range(choosers.stock.count())]


def places(choosers: Choosers) -> list[int]:
    """The rows that are stocks."""
    box = choosers.stock
    return [place for place in range(box.count()) if box.itemData(place) is not None]


def said(choosers: Choosers) -> list[str]:
    return [choosers.stock.itemText(place) for place in places(choosers)]


def pictures(choosers: Choosers) -> list[bytes]:
    """The signs without their colours: where ink is and where none is."""
    found = []
    for place in places(choosers):
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


KINDS = (
    *STOCKS,
    stock("page", use="sheet"),
    stock("long", use="large"),
    stock("dot", use="auxiliary"),
    stock("spot", use="auxiliary"),
)
USUAL, OTHERS = WORDS("gui.preview.stocks-usual"), WORDS("gui.preview.stocks-others")


@pytest.fixture
def used(choosers):
    """A list on a computer where labels, a page and a sticker went to paper."""
    choosers.offer_stocks(KINDS)
    choosers.note_used(("small", "spot", "page", "long", "sold out", "large"))
    return choosers


def test_what_was_used_here_stands_first_the_newest_on_top(used):
    titles = [each.partition(":")[0] for each in rows(used)]
    assert titles[:4] == [USUAL, "small", "long", "large"]
    assert titles[4] == OTHERS
    rest = ["DYMO 17, middle", "old", "plain", "page", "dot", "spot"]
    assert titles[5:] == rest, "the others in the order they had"
    assert rows(used)[1] == "small: too small"


def test_each_paper_has_its_own_stocks_first(used):
    firsts = {}
    for paper in Paper:
        used.paper.setCurrentIndex(used.paper.findData(paper.value))
        listed = rows(used)
        firsts[paper] = [each.partition(":")[0] for each in listed[1 : listed.index(OTHERS)]]
    pages = ["small", "page", "long", "large"]
    assert firsts == {
        Paper.LABEL: ["small", "long", "large"],
        Paper.STICKERS: ["spot"],
        **dict.fromkeys((Paper.LARGE_PRINT, Paper.LEAFLET, Paper.CALENDAR), pages),
    }


def test_what_a_file_names_twice_or_nobody_knows_stands_there_once_or_not_at_all(choosers):
    choosers.note_used(("small", "", "nowhere", "small", "old", "small"))
    names = [choosers.stock.itemData(place) for place in places(choosers)]
    assert names == ["small", "old", "large", "middle", "plain"]


def test_nothing_is_chosen_by_being_put_first(choosers, qtbot):
    choosers.offer_stocks(KINDS)
    with qtbot.assertNotEmitted(choosers.wanted_changed):
        choosers.note_used(("small",))
    assert choosers.wanted.stock == choosers.stock.currentData() == "large"


def test_where_nothing_was_used_the_stock_that_is_chosen_stands_first(choosers):
    choosers.offer_stocks(KINDS)
    assert rows(choosers)[:3] == [USUAL, "large: fits", OTHERS]
    choosers.wanted = replace(choosers.wanted, stock="gone")
    choosers.offer_stocks(KINDS)
    assert rows(choosers)[0] == "large: fits", "one that is not there gives no heading"
    assert rows(choosers)[-1] == "gone"


POPUPS = "This plugin does not support"  # a list that opens, where there is no screen


@pytest.mark.qt_log_ignore(POPUPS)
@pytest.mark.parametrize("is_open", [False, True])
def test_keys_go_from_stock_to_stock_and_over_the_headings(used, is_open):
    box = used.stock
    used.parentWidget().show()
    box.setCurrentIndex(box.findData("small"))
    taken = []
    if is_open:
        box.showPopup()
    target = box.view() if is_open else box
    for key in [Qt.Key.Key_Up, *[Qt.Key.Key_Down] * 4, Qt.Key.Key_Home, Qt.Key.Key_End]:
        QTest.keyClick(target, key)
        place = box.view().currentIndex().row() if is_open else box.currentIndex()
        taken.append(box.itemData(place))
    box.hidePopup()
    assert taken == ["small", "long", "large", "middle", "old", "small", "spot"]


def test_typing_a_heading_finds_a_stock_or_nothing(used):
    box = used.stock
    box.setCurrentIndex(box.findData("large"))
    QTest.keyClicks(box, USUAL[:3])
    assert box.currentData() == "large"
    QTest.qWait(QApplication.keyboardInputInterval() + 50)
    QTest.keyClicks(box, "DY")
    assert box.currentData() == "middle"


def test_a_screen_reader_hears_what_is_usual_and_that_a_heading_is_no_choice(used):
    box, view = used.stock, used.stock.view()
    list_of = QAccessible.queryAccessibleInterface(view)
    cells = [list_of.child(place) for place in range(box.count())]
    words = [cell.text(QAccessible.Text.Name) for cell in cells]
    assert words == rows(used)
    usual_ones = [cell.text(QAccessible.Text.Description) for cell in cells]
    assert usual_ones == ["", USUAL, USUAL, USUAL, *[""] * (box.count() - 4)]
    can_be_chosen = [bool(cell.state().selectable) for cell in cells]
    assert [place for place in range(box.count()) if can_be_chosen[place]] == places(used)
    assert box.accessibleName() == WORDS("gui.preview.stock")


def test_a_heading_is_written_in_the_quiet_colour_of_each_look(used):
    box, theme = used.stock, used._theme
    for look in (Look.DARK, Look.CONTRAST, Look.LIGHT):
        theme.wear(look, 100)
        QApplication.processEvents()
        inks = [box.itemData(place, Qt.ItemDataRole.ForegroundRole) for place in range(box.count())]
        quiet = [place for place, ink in enumerate(inks) if ink is not None]
        assert quiet == [place for place in range(box.count()) if place not in places(used)]
        assert {inks[place].name() for place in quiet} == {theme.colours.quiet}


@pytest.mark.qt_log_ignore(POPUPS)
@pytest.mark.parametrize("key", [Qt.Key.Key_PageUp, Qt.Key.Key_PageDown])
@pytest.mark.parametrize("begin", ["small", "large", "middle", "spot"])
def test_a_page_up_or_down_never_stops_at_a_heading(used, key, begin):
    box, view = used.stock, used.stock.view()
    used.parentWidget().show()
    box.setCurrentIndex(box.findData(begin))
    box.showPopup()
    view.setFixedHeight(view.sizeHintForRow(0) * 3)
    found = [view.currentIndex().row()]
    for _ in range(6):
        QTest.keyClick(view, key)
        found.append(view.currentIndex().row())
    box.hidePopup()
    assert set(found) <= set(places(used))
    ends = places(used)[0 if key == Qt.Key.Key_PageUp else -1]
    assert found[-1] == ends


@pytest.mark.qt_log_ignore(POPUPS)
def test_the_list_is_not_put_in_order_under_the_hand_of_who_is_choosing(used):
    before = rows(used)
    used.parentWidget().show()
    used.stock.showPopup()
    used.note_used(("plain", "small"))
    assert rows(used) == before
    used.stock.hidePopup()
    used.offer_stocks(KINDS)
    assert rows(used)[1:3] == ["plain", "small: too small"]


def test_the_newest_stocks_are_remembered_and_the_oldest_forgotten():
    settings = Settings()
    for name in ("a", "b", "a", "c", "d", "e", "f", "g"):
        settings = replace(settings, stocks_used=settings.after_using(name))
    assert settings.stocks_used == ("g", "f", "e", "d", "c", "a")


def test_stickers_may_be_for_what_found_no_room_on_the_label_alone(choosers, qtbot):
    choosers.offer_stocks(KINDS)
    choosers.stock.setCurrentIndex(choosers.stock.findData("middle"))
    assert choosers.left_off.isHidden()
    choosers.paper.setCurrentIndex(choosers.paper.findData(Paper.STICKERS.value))
    assert not choosers.left_off.isHidden()
    assert choosers.left_off.text() == WORDS("gui.preview.left-off")
    assert not choosers.wanted.left_off
    with qtbot.waitSignal(choosers.wanted_changed):
        QTest.keyClick(choosers.left_off, Qt.Key.Key_Space)
    assert choosers.wanted.left_off == ("middle", None)
    choosers.show_label()
    assert choosers.left_off.isHidden()
    assert not choosers.wanted.left_off
    choosers.paper.setCurrentIndex(choosers.paper.findData(Paper.STICKERS.value))
    assert not choosers.left_off.isChecked(), "asked for one fill, not for the next"
