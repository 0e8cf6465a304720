"""Lots: what was made, when, from what, and whether a pharmacist released it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from labelapp.rx.amount import Strength
from labelapp.rx.compound import Form


class Preparation(enum.StrEnum):
    """The class of a preparation for its beyond-use date (USP <795>, 2023, table of BUD limits)."""

    NONPRESERVED_AQUEOUS = "nonpreserved aqueous"
    PRESERVED_AQUEOUS = "preserved aqueous"
    NONAQUEOUS_ORAL_LIQUID = "nonaqueous oral liquid"
    OTHER_NONAQUEOUS = "other nonaqueous"


class Storage(enum.StrEnum):
    """Where the medicine is kept (USP <659>)."""

    ROOM = "room temperature"
    REFRIGERATOR = "refrigerator"


@dataclass(frozen=True)
class Component:
    """An ingredient of a lot with its maker's lot number and expiry."""

    name: str
    lot: str = ""
    expires: date | None = None


@dataclass(frozen=True)
class Lot:
    """A lot as compounded. `shortened_to` is an earlier BUD a person set; never a later one.

    `strength` and `form` are those on the lot's own record: they are compared with the
    prescription, and nobody overrides a difference. `description` is what it looks like: "white
    capsule, size 3".
    """

    number: str
    made_on: date
    preparation: Preparation
    storage: Storage
    form: Form | None = None
    strength: Strength | None = None
    components: tuple[Component, ...] = ()
    shortened_to: date | None = None
    released_by: str = ""
    description: str = ""
