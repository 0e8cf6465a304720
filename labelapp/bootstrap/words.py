"""The words of the screen, read before anything heavier so that the window can paint first."""

from __future__ import annotations

from functools import cache

from labelapp import resources
from labelapp.dispensing.plain import Plain, Sentence


@cache
def plain(language: str = "en") -> Plain:
    """Read the words of the screen in one language."""
    return Plain(
        language, {code: Sentence(*said) for code, said in resources.sentences(language).items()}
    )
