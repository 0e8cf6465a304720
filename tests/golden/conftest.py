"""What tests of golden pages stand on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest

from tests.golden.compare import check


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[..., None]:
    """Compare pages and their pictures with the golden ones: ``golden(name, pages, pictures)``.

    With ``pytest --bless`` they become the golden ones instead.
    """
    return partial(check, bless=request.config.getoption("--bless"))
