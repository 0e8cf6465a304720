"""What the tests of directions stand on: the shipped rows, and short names for forms."""

from __future__ import annotations

import pytest

from labelapp.resources import typed
from labelapp.rx.compound import Form
from labelapp.sig.read import read
from tests.sig.given import per_ml, per_unit


@pytest.fixture(scope="session")
def lexicon():
    return typed.lexicon("en")


@pytest.fixture(scope="session")
def phrases():
    return typed.phrases("en")


@pytest.fixture(scope="session")
def capsules(lexicon):
    """Read directions for 1.5 mg capsules."""
    return lambda text, *decisions: read(text, lexicon, Form.CAPSULE, per_unit("1.5"), decisions)


@pytest.fixture(scope="session")
def solution(lexicon):
    """Read directions for an oral solution of 1 mg/mL."""
    return lambda text, *decisions: read(text, lexicon, Form.ORAL_SOLUTION, per_ml("1"), decisions)
