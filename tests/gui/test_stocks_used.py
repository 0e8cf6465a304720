"""The stock something was printed on is remembered on this computer, and then stands first."""

from __future__ import annotations

from labelapp.rx.receipt import Unknown
from tests.gui.standin import words
from tests.gui.test_counter import choose, foot, put, sheet


def rows(counter) -> list[str | None]:
    """What stands in the list; a heading has no stock."""
    box = counter.preview.choosers.stock
    return [box.itemData(place) for place in range(box.count())]


def put_on(counter, settle, stock: str) -> None:
    box = counter.preview.choosers.stock
    box.setCurrentIndex(box.findData(stock))
    settle()


def test_what_a_queue_or_a_file_took_makes_a_stock_usual(
    window, counter, standin, settle, qtbot, tmp_path
):
    put(counter, settle)
    first, second = (each.id for each in standin.stocks()[:2])
    assert first == window.settings.stock
    put_on(counter, settle, second)
    assert window.settings.stocks_used == ()
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: window.settings.stocks_used == (second,))
    assert rows(counter) == [None, second, None, first]
    put_on(counter, settle, first)
    assert rows(counter) == [None, second, None, first], "to look at a stock is not to use it"
    counter.paper._save_to(sheet(counter), str(tmp_path / "label.pdf"))
    qtbot.waitUntil(lambda: window.settings.stocks_used == (first, second))
    assert rows(counter) == [first, second], "all there are need no headings"
    assert counter.preview.choosers.stock.currentData() == first


def test_what_may_not_have_printed_makes_no_stock_usual(window, counter, standin, settle, qtbot):
    put(counter, settle)
    standin.outcome = Unknown("Zebra", "printer.silent")
    choose(window, qtbot, 0)
    qtbot.waitUntil(lambda: words("gui.print.unknown", printer="Zebra") in foot(window))
    assert window.settings.stocks_used == ()
