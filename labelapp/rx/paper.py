"""The papers that go with a fill: the label on the vial, and what is made of the same record."""

from __future__ import annotations

import enum


class Paper(enum.StrEnum):
    """One paper of a fill. Each has serials of its own, that begin with its letter."""

    LABEL = "label"
    LARGE_PRINT = "large print"
    STICKERS = "stickers"
    LEAFLET = "leaflet"
    CALENDAR = "calendar"

    @property
    def letter(self) -> str:
        """The letter its serials begin with: no two papers of a fill can be taken for one another."""
        return _LETTERS[self]


_LETTERS = {
    Paper.LABEL: "R",
    Paper.LARGE_PRINT: "P",
    Paper.STICKERS: "A",
    Paper.LEAFLET: "H",
    Paper.CALENDAR: "C",
}
