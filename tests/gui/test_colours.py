"""Colours in the window: which printers have them, and that none were sent is said."""

from __future__ import annotations

from dataclasses import replace
from zlib import compress

import pytest

from labelapp.dispensing.shown import ShownPrinter
from labelapp.gui.chooser import PrinterChooser
from labelapp.rx.receipt import Receipt
from tests.gui.standin import page, words
from tests.gui.test_counter import choose, foot, put


@pytest.mark.parametrize(("has_colours", "went"), [(True, False), (True, True), (False, False)])
def test_that_no_colours_were_sent_is_said(
    window, counter, standin, settle, qtbot, has_colours, went
):
    colours = compress(b"\xb3\x13\x1b" * page().width * page().height) if has_colours else b""
    standin.page = replace(page(), packed_colours=colours)
    standin.outcome = Receipt("Zebra", "Zebra-7", 1, in_colour=went)
    put(counter, settle)
    choose(window, qtbot, 0)
    done = words("gui.print.done", printer="Zebra", job="Zebra-7", pages="1")
    lost = words("gui.print.no-colours")
    qtbot.waitUntil(lambda: foot(window).startswith(done))
    assert (lost in foot(window)) is (has_colours and not went)


def test_a_printer_with_colours_says_so_in_the_list(window):
    chooser = PrinterChooser(window.theme, words, "", "", window)
    chooser.show_printers(
        (ShownPrinter("Epson", "ready", True, in_colour=True), ShownPrinter("Zebra", "ready", True))
    )
    rows = [chooser.list.item(row).text() for row in range(2)]
    assert rows == ["Epson\nready, prints in colour", "Zebra\nready"]
    chooser.deleteLater()
