"""What a window is started with: its words, its look, the clock, who hears of changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from labelapp.dispensing.desk import Desk
    from labelapp.dispensing.office.door import Door
    from labelapp.dispensing.office.office import Office
    from labelapp.rx.errors import LabelappError


class Words(Protocol):
    """Looks a word of the screen up by its key and fills its values in."""

    def __call__(self, key: str, /, **values: str) -> str:
        """Give the word."""
        ...


MOST_USED = 6
"""Stocks remembered as used here: more of them would be as long to look through as the list."""


@dataclass(frozen=True)
class Settings:
    """What belongs to this computer and this window; nothing clinical, no patient data."""

    look: str = "system"
    text_size: int = 100
    stock: str = "thermal-4x2"
    dpi: int | None = None
    printer: str = ""
    jurisdiction: str = ""
    stocks_used: tuple[str, ...] = ()
    """The stocks on which something was printed or saved here, the newest first."""

    def after_using(self, stock: str) -> tuple[str, ...]:
        """Give the stocks used here once this one is the newest."""
        return (stock, *(each for each in self.stocks_used if each != stock))[:MOST_USED]


def _forget(_settings: Settings) -> None:
    """Keep nothing."""


def _nothing() -> str:
    """Say nothing."""
    return ""


def _save_nothing(_path: str) -> None:
    """Save nothing."""


@dataclass(frozen=True)
class Ways:
    """The ways to the records. The first four load the store: only the worker's thread calls them.

    `door` finds the door at an address, empty for this computer's; `training` opens throw-away
    records and gives the way to throw them away; `desk` builds the desk over an office; `keep`
    makes an address this computer's. `say` says an error before there is a desk, `is_damaged` tells
    whether it speaks of records that are not whole. `address` is this computer's.
    """

    door: Callable[[str], Door]
    training: Callable[[], tuple[Office, Callable[[], None]]]
    desk: Callable[[Office], Desk]
    keep: Callable[[str], None]
    say: Callable[[LabelappError], str]
    is_damaged: Callable[[LabelappError], bool]
    address: str = ""


@dataclass(frozen=True)
class Start:
    """What `window.run` is given besides the desk and the files.

    `words` must be cheap: the frame waits for it. `clock` dates the answers to findings. `keep`
    hears of every change of the settings; `licences` gives the text of the About page;
    `save_report` writes the report for support to a path; `heard` hears what Qt has to say;
    `painted` is called once, right after the first paint. With `ways` the window works on records.
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
    ways: Ways | None = None
