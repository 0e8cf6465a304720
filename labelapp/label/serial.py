"""The serial of a label: what its marks say, with no patient data in it."""

from __future__ import annotations

from labelapp.rx.fill import Fill
from labelapp.rx.paper import Paper


def serial_of(fill: Fill, label: int = 1, copy: int = 1, paper: Paper = Paper.LABEL) -> str:
    """Give a label's serial: the paper's letter, prescription number, fill, label of the set, copy.

    It is known before anything is composed, so that preview and paper are the same bytes.
    """
    return f"{paper.letter}{fill.serial}-{label}-{copy}"


def serial_of_label(serial: str, index: int) -> str:
    """Give the serial of the label so many places on, 1 being its own: `R1234567-00-2-1` for 2.

    A serial is a letter, prescription number, fill, label of the set and copy; a prescription
    number may hold hyphens of its own, so it is read from its end.
    """
    stem, label, copy = serial.rsplit("-", 2)
    return f"{stem}-{int(label) + index - 1}-{copy}"
