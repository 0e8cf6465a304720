"""A room for one page of the records: a real office in a folder of the test's own, and a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QMainWindow

from labelapp.bootstrap.words import Words, plain
from labelapp.gui.theme import Look, Theme
from labelapp.gui.work import Work
from tests.dispensing.office.offices import Counter, counter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from labelapp.gui.office.page import OfficePage


@dataclass
class Room:
    """Where a page is opened, and everything it is given."""

    at: Counter
    theme: Theme
    work: Work
    window: QMainWindow
    bot: Any
    words: Words

    def open(self, kind: type[Any], who: str) -> Any:
        """Sign somebody in and open a page for them, until it has what it shows."""
        self.at.sign_in(who)
        page = kind(
            self.theme, self.words, self.at.office, self.work, self.window, plain("en").error
        )
        page.open()
        self.rest()
        return page

    def rest(self) -> None:
        """Wait until the worker has nothing to do."""
        self.bot.waitUntil(lambda: self.work._running is None and not self.work._waiting)

    def said(self, page: OfficePage) -> str:
        """Give what a page says when the worker is at rest."""
        self.rest()
        return page.said.text()


@pytest.fixture
def room(qtbot, qapp, tmp_path) -> Iterator[Room]:
    font = qapp.font()
    theme = Theme(qapp)
    theme.wear(Look.LIGHT, 100)
    window = QMainWindow()
    window.resize(1366, 740)
    window.show()
    made = Room(counter(tmp_path), theme, Work(window), window, qtbot, Words("en"))
    yield made
    made.work.close()
    made.at.office.close()
    window.close()
    window.deleteLater()
    theme.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.setFont(font)
