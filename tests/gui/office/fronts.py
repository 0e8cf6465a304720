"""The whole window over real records in a folder of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from labelapp.bootstrap.built import desk
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.words import Words, spoken
from labelapp.dispensing.office.door import Door, training
from labelapp.gui.office.cover import Cover
from labelapp.gui.office.reception import Reception
from labelapp.gui.office.signin import SignInPage
from labelapp.gui.office.unlock import UnlockPage
from labelapp.gui.settings import Start, Ways
from labelapp.gui.theme import Look, Theme
from labelapp.gui.window import Window
from labelapp.rx.draft import Draft
from labelapp.store.trouble import Damaged
from tests.dispensing.office.offices import PASSPHRASE, PIN, Clock, counter, fittings, with_lot
from tests.given import PHARMACY, draft


@dataclass
class Front:
    """A window at a counter, and what a test needs to work at it."""

    window: Window
    clock: Clock
    bot: Any
    words: Words
    kept: list[str] = field(default_factory=list)
    draft: Draft = field(default_factory=draft)

    @property
    def reception(self) -> Reception:
        assert self.window.reception is not None
        return self.window.reception

    @property
    def counter(self) -> Any:
        assert self.window.counter is not None
        return self.window.counter

    @property
    def page(self) -> Any:
        """The page that stands over the counter."""
        return self.reception.curtain.page

    @property
    def office(self) -> Any:
        return self.reception.office

    def until(self, kind: type[Cover] | None) -> Any:
        """Wait for a page of this kind over the counter; None waits for the counter itself."""
        self.bot.waitUntil(
            lambda: self.page is None if kind is None else isinstance(self.page, kind),
            timeout=30_000,
        )
        return self.page

    def rest(self) -> None:
        """Wait until the worker has nothing to do."""
        work = self.counter.work
        self.bot.waitUntil(lambda: work._running is None and not work._waiting, timeout=30_000)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for each in text:
            QTest.keyClicks(self.window.focusWidget(), each)

    def press(self, key: Any, modifier: Any = None) -> None:
        """Press a key where the focus is."""
        target = self.window.focusWidget()
        QTest.keyClick(target, key, *([] if modifier is None else [modifier]))


def ways_of(folder: Path, clock: Clock, address: str, kept: list[str]) -> Ways:
    """Give the ways to records in a folder, with PINs that cost little."""
    fitted = fittings(folder, clock)
    return Ways(
        door=lambda named: Door(named or address, fitted),
        training=lambda: training(fitted, PHARMACY),
        desk=lambda office: desk(Machine(), clock.now.date(), office=office),
        keep=kept.append,
        say=partial(spoken, language="en"),
        is_damaged=lambda error: isinstance(error, Damaged),
        address=address,
    )


@contextmanager
def front(qtbot: Any, folder: Path, clock: Clock, look: Look = Look.LIGHT) -> Iterator[Front]:
    """Open the window on the records of a folder, whatever there is."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    font = application.font()
    theme = Theme(application)
    theme.wear(look, 100)
    kept: list[str] = []
    words = Words("en")
    ways = ways_of(folder, clock, str(folder / "records"), kept)
    start = Start(words, clock, native_dialogs=False, ways=ways)
    window = Window(None, start, theme)
    window.resize(1366, 740)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.reception is not None, timeout=30_000)
    made = Front(window, clock, qtbot, words, kept)
    try:
        yield made
    finally:
        if isValid(window):
            window.leave()
        theme.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        application.setFont(font)
    assert QApplication.topLevelWidgets() == []


@contextmanager
def signed_in(
    qtbot: Any, folder: Path, who: str = "TT", look: Look = Look.LIGHT
) -> Iterator[Front]:
    """Open the window on records with somebody of every role, and sign one of them in."""
    at = counter(folder)
    given = with_lot(at)
    at.office.signing.sign_out()
    at.office.close()
    with front(qtbot, folder, at.clock, look) as made:
        made.draft = given
        made.until(UnlockPage)
        made.type(PASSPHRASE)
        made.press(Qt.Key.Key_Return)
        made.until(SignInPage)
        made.rest()
        made.type(who + PIN)
        made.until(None)
        made.rest()
        yield made
