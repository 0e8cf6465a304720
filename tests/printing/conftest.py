"""The virtual printers, started once for all tests of the paper."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.printing.virtual import (
    DYMO_DRIVER,
    TECHNICIAN,
    ZEBRA_DRIVER,
    Head,
    everywhere_printer,
    print_server,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def server(need):
    with print_server(need) as running:
        yield running


@pytest.fixture
def head(server):
    """A Zebra head behind a queue of the test's own."""
    listening = Head("Zebra")
    server.add(listening.queue, f"socket://127.0.0.1:{listening.port}", ZEBRA_DRIVER)
    yield listening
    server.run("cancel", "-a")
    server.remove(listening.queue)
    listening.close()


@pytest.fixture
def labelwriter(server):
    """A DYMO LabelWriter's port behind CUPS' own driver for it."""
    listening = Head("LabelWriter")
    server.add(listening.queue, f"socket://127.0.0.1:{listening.port}", DYMO_DRIVER)
    yield listening
    server.run("cancel", "-a")
    server.remove(listening.queue)
    listening.close()


@pytest.fixture(scope="session")
def roll(server, need):
    """An IPP Everywhere label printer behind the queue "Roll"."""
    with everywhere_printer(need) as printer:
        server.add("Roll", printer.uri, "everywhere")
        yield printer
        server.remove("Roll")


@pytest.fixture(scope="session")
def tinter(server, need):
    """An IPP Everywhere label printer with colours behind the queue "Colours"."""
    with everywhere_printer(need, 300, in_colour=True) as printer:
        server.add("Colours", printer.uri, "everywhere")
        yield printer
        server.remove("Colours")


class Counter:
    """The desk's way to paper in a program of its own; a call asks it, the answer is JSON."""

    def __init__(self, server, temporary: Path) -> None:
        self.temporary = temporary
        environment = {
            **server.environment,
            "PYTHONPATH": os.pathsep.join([str(ROOT), *filter(None, sys.path)]),
            "TMPDIR": str(temporary),
            "CUPS_USER": TECHNICIAN,  # a server turns root away from nothing
        }
        self.program = subprocess.Popen(
            [sys.executable, Path(__file__).with_name("counter.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
        )

    def __call__(self, do: str, **details: object) -> dict[str, Any]:
        assert self.program.stdin
        assert self.program.stdout
        self.program.stdin.write(json.dumps({"do": do, **details}) + "\n")
        self.program.stdin.flush()
        answer = self.program.stdout.readline()
        assert answer, "the counter's program ended"
        told: dict[str, Any] = json.loads(answer)
        return told

    def close(self) -> None:
        self.program.communicate(timeout=10)
        assert self.program.returncode == 0


@pytest.fixture(scope="session")
def counter(server, tmp_path_factory):
    at = Counter(server, tmp_path_factory.mktemp("temporary"))
    yield at
    at.close()
