"""Auxiliary labels: the short warnings on a vial, which the rows call for or a pharmacist adds."""

from __future__ import annotations

from dataclasses import dataclass

from labelapp.rules.row import Row
from labelapp.rx.compound import Form
from labelapp.rx.directions import Route
from labelapp.rx.lot import Preparation, Storage


@dataclass(frozen=True)
class AuxiliaryLabel(Row):
    """One warning: its text, when it stands on a label, and its place in the order.

    `default` says how it comes on: "on" for every label, "by form", "by storage", "by
    preparation" or "by answer" when its conditions hold, "optional" when a pharmacist adds it.
    A condition left empty holds always. `set` names the file of rows it belongs to.
    """

    id: str
    text: str
    default: str
    reversed: bool = False
    source: str = ""
    order: int = 0
    set: str = ""
    forms: tuple[Form, ...] = ()
    routes: tuple[Route, ...] = ()
    storage: tuple[Storage, ...] = ()
    preparations: tuple[Preparation, ...] = ()
    answers: tuple[tuple[str, str], ...] = ()
    not_with: tuple[str, ...] = ()
