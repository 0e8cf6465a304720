"""What the tests of the command line begin with: the examples and their day."""

from __future__ import annotations

from pathlib import Path

from labelapp.resources import folder

EXAMPLES = folder() / "examples"
TODAY = ["--today", "2026-11-22"]


def example(number: str) -> Path:
    """Find an example by its number."""
    return next(EXAMPLES.glob(f"{number}-*.json"))
