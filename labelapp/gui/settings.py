"""What a window is started with: its words, its look, the clock, who hears of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Words(Protocol):
    """Looks a word of the screen up by its key and fills its values in."""

    def __call__(self, key: str, **values: str) -> str:
        """Give the word."""
        ...


@dataclass(frozen=True)
class Settings:
    """What belongs to this computer and this window; nothing clinical, no patient data."""

    look: str = "system"
    text_size: int = 100
    stock: str = "thermal-4x2"
    dpi: int | None = None
    printer: str = ""
    jurisdiction: str = ""


def _forget(_settings: Settings) -> None:
    """Keep nothing."""


def _nothing() -> str:
    """Say nothing."""
    return ""


def _save_nothing(_path: str) -> None:
    """Save nothing."""


@dataclass(frozen=True)
class Start:
    """What `window.run` is given besides the desk and the files.

    `words` must be cheap: the frame waits for it. `clock` dates the answers to findings. `keep`
    hears of every change of the settings; `licences` gives the text of the About page;
    `save_report` writes the report for support to a path; `heard` hears what Qt has to say;
    `painted` is called once, right after the first paint.
    """

    words: Words
    clock: Callable[[], datetime]
    settings: Settings = field(default_factory=Settings)
    keep: Callable[[Settings], None] = _forget
    licences: Callable[[], str] = _nothing
    save_report: Callable[[str], None] = _save_nothing
    heard: Callable[[str], None] | None = None
    painted: Callable[[], None] | None = None
    native_dialogs: bool = True
