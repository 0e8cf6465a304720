"""The words of the screen, read before anything heavier so that the window can paint first."""

from __future__ import annotations

from functools import cache

from labelapp import resources
from labelapp.dispensing.plain import Plain, Sentence
from labelapp.rx.errors import LabelappError

_MISSING = Sentence("{name} is missing from this installation of labelapp.", "Install it again.")
_DAMAGED = Sentence("{name} in this installation of labelapp is damaged.", "Install it again.")
LAST_WORDS = Plain(
    "en",
    {
        "resource.missing": _MISSING,
        "resource.bad": _DAMAGED,
        "resource.bad-row": _DAMAGED,
        "cli.not-told": Sentence("The result could not be told.", "Free some room on the disk."),
    },
)
"""What can be said when even the rows with the words of the screen cannot be read."""


@cache
def plain(language: str = "en", file: str = "*") -> Plain:
    """Read the words of the screen in one language: all of them, or those of one file."""
    said = resources.sentences(language, file)
    return Plain(language, {code: Sentence(*row) for code, row in said.items()})


def spoken(error: LabelappError, language: str = "en") -> str:
    """Say an error and the way out in one line, whatever else is damaged."""
    try:
        known = plain(language)
    except LabelappError:
        known = LAST_WORDS
    return " ".join(part for part in known.error(error) if part)


class Words:
    """Looks a word of the screen up: the window's own at once, the rest when first asked for."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._first = plain(language, "gui")

    def __call__(self, key: str, /, **values: str) -> str:
        """Give the word with its values filled in."""
        known = self._first if key in self._first.sentences else plain(self._language)
        return known.word(key, **values)
