"""A fill: one dispensing of a prescription, on a day of its sig, from lots on hand."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import date

from labelapp.rx.amount import Amount
from labelapp.rx.decision import Decision
from labelapp.rx.lot import Lot
from labelapp.rx.people import Pharmacy
from labelapp.rx.prescription import Prescription
from labelapp.rx.vial import Place, Vial


class Answer(enum.StrEnum):
    """What was answered to a safety question; never preselected."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Fill:
    """What leaves the counter: which lots, how many, on which day, beginning where in the sig.

    `number` is 0 for the first fill, 1 for the first refill. `first_day` is the day of the sig
    this fill begins on; `starts_on` is the calendar date of day 1, only when somebody entered it:
    the fill date is never taken for it. `answers` holds the safety questions by their row id.
    """

    prescription: Prescription
    pharmacy: Pharmacy | None
    quantity: Amount
    filled_on: date
    lots: tuple[Lot, ...]
    number: int = 0
    first_day: int = 1
    starts_on: date | None = None
    refills_left: int = 0
    answers: tuple[tuple[str, Answer], ...] = ()
    warnings_on: tuple[str, ...] = ()
    """Auxiliary labels a pharmacist switched on besides those the rows call for."""
    decisions: tuple[Decision, ...] = ()
    vials: tuple[Vial, ...] = ()
    """What it is dispensed in, when somebody named the containers; none named is one."""
    vial: Place | None = None
    """Which container this is, when the fill is what one of several holds."""
    first_filled: date | None = None
    """The day the prescription was filled for the first time, where somebody entered it."""

    @property
    def serial(self) -> str:
        """The number of this fill: prescription number and fill, `1234567-00`."""
        return f"{self.prescription.number}-{self.number:02d}"

    @property
    def weekday(self) -> int | None:
        """The place in the week of day 1 of the sig, 0 for a Monday; None where no date is known."""
        return None if self.starts_on is None else self.starts_on.weekday()
