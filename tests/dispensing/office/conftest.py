"""Counters on each of the two databases, each with records of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.dispensing.office.offices import Counter, counter
from tests.store.postgres import Server, postgres


@pytest.fixture(scope="session")
def server(need: Callable[..., str]) -> Iterator[Server]:
    """A PostgreSQL for the tests of the office."""
    with postgres(need, fsync=False) as running:
        yield running


@pytest.fixture(params=["embedded", "server"])
def both(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Counter]:
    """A counter with somebody of every role, on each of the two databases."""
    address = ""
    if request.param == "server":
        address = request.getfixturevalue("server").new_database("desk")
    made = counter(tmp_path, address)
    yield made
    made.office.close()
