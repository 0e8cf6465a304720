"""Breaking a text into lines: between words only, never within one, never at a fixed space."""

from __future__ import annotations

from collections.abc import Callable


class WordTooWide(Exception):
    """A single word is wider than the line. It is never hyphenated and never cut.

    `key` is the element it stands in, once that is known.
    """

    def __init__(self, word: str, key: str = "") -> None:
        self.word = word
        self.key = key
        super().__init__("a word is wider than its line")


def wrap(
    text: str, width: float, measure: Callable[[str], float], first: float | None = None
) -> tuple[str, ...]:
    """Break a text into lines no wider than `width`, as many words on each as will stand there.

    A fixed space (between a number and its unit) is part of its word. `first` is the room on the
    first line when something stands there already; its first word may then go to the second.
    Raises WordTooWide.
    """
    space = measure(" ")
    lines: list[list[str]] = [[]]
    room = left = width if first is None else first
    for word in text.split(" "):
        if not word:
            continue
        wide = measure(word)
        if wide > width:
            raise WordTooWide(word)
        needed = wide + space if lines[-1] else wide
        if needed > left and (lines[-1] or room < width):
            lines.append([])
            left, needed = width, wide
        lines[-1].append(word)
        left -= needed
    return tuple(" ".join(line) for line in lines)


def closed_up(text: str) -> str:
    """Give a text with one space between its words, as it stands where it is broken."""
    return " ".join(each for each in text.split(" ") if each)


HALVINGS = 6
"""How often the room is halved in search of even lines: to a hundredth of a line."""


def even(
    text: str, width: float, measure: Callable[[str], float], first: float | None = None
) -> tuple[str, ...]:
    """Break a text into as few lines as `wrap` does, all as short as that number allows.

    So no word is left alone on the last line where the others could share theirs with it. Raises
    WordTooWide.
    """
    lines = wrap(text, width, measure, first)
    if len(lines) < 2 or not lines[0]:
        return lines
    count, less, more = len(lines), 0.0, width if first is None else min(width, first)
    for _halving in range(HALVINGS):
        half = (less + more) / 2
        try:
            tried = wrap(text, width - half, measure, None if first is None else first - half)
        except WordTooWide:
            tried = ()
        if len(tried) == count and tried[0]:
            lines, less = tried, half
        else:
            more = half
    return lines
