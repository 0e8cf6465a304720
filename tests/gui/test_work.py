"""The worker runs one thing at a time and only the newest; trouble comes back as a value."""

from __future__ import annotations

import threading
from functools import partial
from typing import Any

import pytest

from labelapp.gui.work import Bug, Task, Work
from labelapp.rx.errors import PrinterFailed


@pytest.fixture
def work(qapp):
    made = Work()
    yield made
    made.close()


def test_only_the_newest_is_done_and_heard_of(work, qtbot):
    gate = threading.Event()
    done: list[int] = []
    heard: list[object] = []

    def look(number):
        gate.wait(10)
        done.append(number)
        return number

    for number in range(5):
        work.ask(Task("look", partial(look, number), heard.append, heard.append))
    gate.set()
    qtbot.waitUntil(lambda: heard != [])
    qtbot.waitUntil(lambda: not work.is_busy("look"))
    assert heard == [4]
    assert done == [0, 4]


def test_another_kind_waits_its_turn_and_is_not_dropped(work, qtbot):
    heard: list[Any] = []
    for kind in ("open", "look", "send"):
        work.ask(Task(kind, partial(str, kind), heard.append, heard.append))
    qtbot.waitUntil(lambda: len(heard) == 3)
    assert heard == ["open", "look", "send"]


def test_work_is_off_the_windows_thread(work, qtbot):
    heard: list[Any] = []
    work.ask(Task("look", threading.get_ident, heard.append, heard.append))
    qtbot.waitUntil(lambda: heard != [])
    assert heard[0] != threading.get_ident()


def test_an_error_comes_back_as_itself_and_a_bug_without_its_words(work, qtbot):
    heard: list[Any] = []

    def refuse():
        raise PrinterFailed("printer.failed", printer="Zebra")

    def slip():
        raise ValueError("ZZCANARY")

    work.ask(Task("send", refuse, _never, heard.append))
    work.ask(Task("look", slip, _never, heard.append))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0].code == "printer.failed"
    assert isinstance(heard[1], Bug)
    assert heard[1].kind == "ValueError"
    assert "ZZCANARY" not in repr(heard[1])


def _never(_answer):
    raise AssertionError("answered")


def test_after_closing_nobody_hears_anything(work, qtbot, qapp):
    gate = threading.Event()
    heard: list[object] = []
    work.ask(Task("look", partial(gate.wait, 10), heard.append, heard.append))
    work.ask(Task("open", partial(str, "x"), heard.append, heard.append))
    gate.set()
    work.close()
    qapp.sendPostedEvents()
    assert heard == []
