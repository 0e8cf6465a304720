"""What went before: how a prescription stands, and what of it was dispensed already."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date
from fractions import Fraction


class Standing(enum.StrEnum):
    """Whether a prescription may be filled."""

    ACTIVE = "active"
    DISCONTINUED = "discontinued"
    TRANSFERRED = "transferred"


class FillState(enum.StrEnum):
    """How far a fill is on its way to the patient."""

    ENTERED = "entered"
    PRINTED = "printed"
    VERIFIED = "verified"
    VOID = "void"


@dataclass(frozen=True)
class Dispensed:
    """An earlier fill: its number, day, how many units, how many days of the sig it covered."""

    number: int
    filled_on: date
    quantity: Fraction
    days: int
    first_day: int
    state: FillState


@dataclass(frozen=True)
class History:
    """Everything dispensed on a prescription before this fill, and how the prescription stands."""

    standing: Standing
    fills: tuple[Dispensed, ...] = ()
    is_same_order: bool = True
    """False when drug, strength, directions or prescriber differ from what is on record."""

    @property
    def given(self) -> tuple[Dispensed, ...]:
        """The fills that left the counter or are on their way: those not void."""
        return tuple(each for each in self.fills if each.state is not FillState.VOID)

    @property
    def first_filled(self) -> date | None:
        """The day of the first fill; None where another pharmacy or system has it on record."""
        return next((each.filled_on for each in self.given if each.number == 0), None)

    def before(self, number: int) -> tuple[Dispensed, ...]:
        """Give the fills that came before one of this number."""
        return tuple(each for each in self.given if each.number < number)


def owed(before: tuple[Dispensed, ...], whole: Fraction) -> Fraction:
    """Say how many units earlier partial fills left owed, `whole` being what one fill was ordered as."""
    return -sum((each.quantity for each in before), Fraction()) % whole if whole else Fraction()


def refills_used(before: tuple[Dispensed, ...], quantity: Fraction, whole: Fraction) -> int:
    """Count the refills used up once `quantity` more is dispensed: the rest of a partial fill is none."""
    total = sum((each.quantity for each in before), quantity)
    return max(0, -(-total // whole) - 1) if whole else len(before)
