"""What the tests of the records stand on: a PostgreSQL, and disks that fail."""

from __future__ import annotations

from functools import partial

import pytest

from labelapp.store.address import address_of
from tests.store.failing import build, run_failing
from tests.store.postgres import postgres
from tests.store.vaults import set_up


@pytest.fixture(scope="session")
def server(need):
    """A PostgreSQL for all tests; what one of them stops it starts again."""
    with postgres(need) as running:
        yield running


@pytest.fixture(scope="session")
def failing(need, tmp_path_factory):
    """Run a program while its N-th writing call fails: `run_failing` with the shim built."""
    shim = build(tmp_path_factory.mktemp("failing"), need)
    return partial(run_failing, shim)


@pytest.fixture
def embedded_address(tmp_path):
    """A folder whose name asks for care in every place it is written to."""
    return address_of(str(tmp_path / "récords 100% #1 ? 'of' Ünïté"))


@pytest.fixture
def server_address(server):
    """An empty database on the PostgreSQL."""
    return address_of(server.new_database("desk"))


@pytest.fixture(params=["embedded", "server"])
def address(request):
    """An empty place for records, on each of the two databases."""
    return request.getfixturevalue(f"{request.param}_address")


@pytest.fixture
def vault(address):
    """Records newly set up, on each of the two databases."""
    made = set_up(address)
    yield made
    made.close()


@pytest.fixture
def embedded_vault(embedded_address):
    made = set_up(embedded_address)
    yield made
    made.close()


@pytest.fixture
def server_vault(server_address):
    made = set_up(server_address)
    yield made
    made.close()
