"""People and places on a label: patient, prescriber, pharmacy."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Address:
    """A postal address in the order it is written; `state` is the two-letter code of US mail."""

    lines: tuple[str, ...] = ()
    city: str = ""
    state: str = ""
    postal_code: str = ""

    def __str__(self) -> str:
        """Write the address on one line."""
        place = " ".join(part for part in (self.state, self.postal_code) if part)
        return ", ".join(part for part in (*self.lines, self.city, place) if part)


@dataclass(frozen=True)
class Name:
    """A person's name in its parts, as written; nothing is shortened."""

    family: str
    given: str = ""
    suffix: str = ""

    def __str__(self) -> str:
        """Write the name in ordinary order, as it stands on a label."""
        return " ".join(part for part in (self.given, self.family, self.suffix) if part)

    @property
    def for_staff(self) -> str:
        """Write the name as staff see it: `DOE, Jane` (NHS CUI patient name display)."""
        given = f", {self.given}" if self.given else ""
        return f"{self.family.upper()}{given}" + (f" ({self.suffix})" if self.suffix else "")


@dataclass(frozen=True)
class Patient:
    """The person who takes the medicine."""

    name: Name
    born: date | None = None
    sex: str = ""
    address: Address = Address()
    phone: str = ""
    language: str = "en"
    non_child_resistant: bool = False


@dataclass(frozen=True)
class Prescriber:
    """Who wrote the prescription; the NPI has passed its check digit or is empty."""

    name: Name
    npi: str = ""
    phone: str = ""
    address: Address = Address()


@dataclass(frozen=True)
class Pharmacy:
    """The pharmacy that compounds and dispenses; its state says whose law the label follows."""

    name: str
    address: Address
    phone: str


class Role(enum.StrEnum):
    """What a person may settle (practice: who decides what)."""

    TECHNICIAN = "technician"
    INTERN = "intern"
    PHARMACIST = "pharmacist"
    PHARMACIST_IN_CHARGE = "pharmacist-in-charge"
    ADMINISTRATOR = "administrator"
    """Keeps people, printers and backups; has no clinical rights."""

    @property
    def is_pharmacist(self) -> bool:
        """True for those who answer to a state board for the label."""
        return self in {Role.PHARMACIST, Role.PHARMACIST_IN_CHARGE}


@dataclass(frozen=True)
class Doer:
    """Somebody who works at a counter, as they are known once signed in; never a patient.

    `id` is 0 for the program itself, which makes the hourly backup and nothing else.
    """

    id: int
    name: str
    initials: str
    role: Role
