"""The program as it is started, on a screen of its own, with keys that come from the X server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from labelapp.draw.raster import raster
from labelapp.resources import folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.story

ROOT = Path(__file__).parents[2]

STARTED = """
import sys
from datetime import date
from labelapp.bootstrap.machine import Machine
from labelapp.bootstrap.window import open_window
sys.exit(open_window(Machine(), sys.argv[1:], today=date(2026, 11, 22)))
"""
"""What `labelapp FILE` does, on a day on which the example may still be dispensed."""


class Screen:
    """A screen without a monitor: an X server, a window manager, and a hand on the keyboard."""

    def __init__(self, xdotool: str, environment: dict[str, str]) -> None:
        self._xdotool = xdotool
        self.environment = environment

    def do(self, *words: str) -> str:
        """Have xdotool do something; give what it says."""
        done = subprocess.run(
            [self._xdotool, *words],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=30,
        )
        return done.stdout.strip()

    def until(self, name: str) -> str:
        """Wait for a window of this name and put the keyboard into it."""
        found = wait_for(lambda: self.do("search", "--onlyvisible", "--name", name).split())
        self.do("windowfocus", "--sync", found[-1])
        return found[-1]


def wait_for(look: Callable[[], list[str]]) -> list[str]:
    """Look again and again until there is something to see."""
    pause, ends = threading.Event(), time.monotonic() + 40
    while time.monotonic() < ends:
        if seen := look():
            return seen
        pause.wait(0.1)
    raise AssertionError("it never came")


@pytest.fixture
def screen(need, tmp_path) -> Iterator[Screen]:
    xvfb, openbox, xdotool = need("Xvfb", "xvfb"), need("openbox"), need("xdotool")
    reading, writing = os.pipe()
    with ExitStack() as stack:
        server = subprocess.Popen(
            [xvfb, "-displayfd", str(writing), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        stack.callback(stopped, server)
        os.close(writing)
        with os.fdopen(reading) as told:
            display = told.readline().strip()
        home = {f"XDG_{each}_HOME": str(tmp_path / each) for each in ("CONFIG", "STATE", "DATA")}
        environment = {
            **os.environ, **home, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb",
            "HOME": str(tmp_path),
        }  # fmt: skip
        manager = subprocess.Popen([openbox], env=environment, stderr=subprocess.DEVNULL)
        stack.callback(stopped, manager)
        yield Screen(xdotool, environment)


def stopped(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    process.wait(20)


def test_a_file_is_opened_changed_and_saved_with_real_keys(screen, tmp_path):
    example = folder() / "examples/02-titration-capsules.json"
    target = tmp_path / "label.pdf"
    program = subprocess.Popen(
        [sys.executable, "-c", STARTED, str(example)], env=screen.environment, cwd=ROOT
    )
    try:
        window = screen.until("^labelapp$")

        def saved() -> list[str]:
            """Ask to save until the label is there; too early, the key only says why not."""
            screen.do("windowfocus", "--sync", window)
            screen.do("key", "ctrl+s")
            found: str = screen.do("search", "--onlyvisible", "--name", "Save the label")
            return found.split()

        wait_for(saved)
        screen.until("Save the label")
        screen.do("key", "ctrl+a")
        screen.do("type", "--delay", "15", str(target))
        screen.do("key", "Return")

        def written() -> list[str]:
            if not target.exists():
                screen.do("key", "Return")  # the first one may go to the list of names
            return [str(target)] if target.exists() and target.stat().st_size else []

        wait_for(written)
        assert len(raster(target.read_bytes(), 203)) >= 1
        screen.until("^labelapp$")
        screen.do("key", "ctrl+q")
        assert program.wait(20) == 0
    finally:
        program.kill()
        program.wait(20)
