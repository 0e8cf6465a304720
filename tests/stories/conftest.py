"""The real window on the real desk: rows, fonts and proof of the program, only the day is fixed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from labelapp.bootstrap.built import desk
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.words import plain
from labelapp.gui.settings import Start
from labelapp.gui.theme import Look, Theme
from labelapp.gui.window import Window

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 11, 22)


@pytest.fixture
def window(qtbot, qapp) -> Iterator[Window]:
    theme = Theme(qapp)
    theme.wear(Look.LIGHT, 100)
    noon = datetime(2026, 11, 22, 12, tzinfo=UTC)
    start = Start(plain("en").word, clock=lambda: noon, native_dialogs=False)
    made = Window(lambda: desk(Machine(), DAY), start, theme)
    made.resize(1366, 740)
    with qtbot.waitSignal(made.ready, timeout=30_000):
        made.show()
    made.activateWindow()
    yield made
    made.leave()  # whatever a story typed
    theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
