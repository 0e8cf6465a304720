"""The English words no own sig code may be: half a MB, read only when a code is checked."""

from __future__ import annotations

from labelapp.resources import folder
from labelapp.rx.errors import BadResource

NAME = "sig/english.txt"
FEWEST = 10_000
"""Words in the list at least: a shorter one was cut off, and would let words pass as codes."""


def english_words() -> frozenset[str]:
    """Read the list. Raises BadResource when it is missing, damaged or cut off."""
    try:
        lines = (folder() / NAME).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as broken:
        raise BadResource(name=NAME) from broken
    words = frozenset(line for line in lines if line and not line.startswith("#"))
    if len(words) < FEWEST:
        raise BadResource(name=NAME)
    return words
