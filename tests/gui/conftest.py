"""The window as it stands at the counter, on a desk of a few lines; nothing of it outlives a test."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from labelapp.gui.settings import Start
from labelapp.gui.theme import Look, Theme
from labelapp.gui.window import Window
from tests.gui.standin import NOON, StandIn, desk, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelapp.gui.counter import Counter


@pytest.fixture
def standin() -> StandIn:
    return StandIn()


@pytest.fixture
def window(qtbot, qapp, standin) -> Iterator[Window]:
    font = qapp.font()
    theme = Theme(qapp)
    theme.wear(Look.LIGHT, 100)
    start = Start(words, clock=lambda: NOON, native_dialogs=False, licences=lambda: "MIT\nGPL")
    made = Window(partial(desk, standin), start, theme)
    made.resize(1366, 740)
    with qtbot.waitSignal(made.ready):
        made.show()
    made.activateWindow()
    yield made
    if isValid(made):
        made.leave()  # whatever a test typed
    theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setFont(font)
    assert QApplication.topLevelWidgets() == []


@pytest.fixture
def counter(window: Window, qtbot) -> Counter:
    made = window.counter
    assert made is not None
    qtbot.waitUntil(lambda: made.preview.choosers.language.count() > 1)  # its worker is idle
    return made


@pytest.fixture
def settle(qtbot, counter):
    """Wait until the desk has answered for the draft as it stands."""

    def wait() -> None:
        qtbot.waitUntil(lambda: counter.shown is not None)

    return wait
