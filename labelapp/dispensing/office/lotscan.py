"""What is meant where a lot is asked for: its number as it was typed, or the code on its label."""

from __future__ import annotations

from labelapp.label.lot import LETTER
from labelapp.rx.errors import LabelappError
from labelapp.store import shelf
from labelapp.store.shelf import Batch
from labelapp.store.vault import Look


class TwoLots(LabelappError):
    """What was scanned or typed is the number of one lot and the code of another.

    Values: scanned, other (the number of the lot whose code it is too), exact (what means the first).
    """

    code = "lot.two-meant"


def meant(connection: Look, scanned: str) -> Batch | None:
    """Find the lot of a number, or of the code on a lot's label: `L26-118` is lot 26-118.

    Where there is a lot of that very number as well, nobody guesses. Raises TwoLots.
    """
    text = scanned.strip()
    named, coded = shelf.numbered(connection, text), of_code(connection, text)
    if named is not None and coded is not None:
        raise TwoLots(scanned=text[:60], other=coded.number[:60], exact=f"{LETTER}{text}"[:60])
    return named or coded


def of_code(connection: Look, text: str) -> Batch | None:
    """Find the lot on whose label this code stands."""
    number = text.removeprefix(LETTER)
    return shelf.numbered(connection, number) if number and number != text else None


def number_of(connection: Look, scanned: str) -> str:
    """Give the number of the lot that is meant; what is no lot stays as it is. Raises TwoLots."""
    found = meant(connection, scanned)
    return found.number if found else scanned.strip()
