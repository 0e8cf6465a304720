"""The prescription as settled: every field understood, nothing guessed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from labelapp.rx.amount import Amount
from labelapp.rx.compound import Compound
from labelapp.rx.directions import Sig
from labelapp.rx.people import Patient, Prescriber


@dataclass(frozen=True)
class Prescription:
    """What the prescriber ordered for the patient.

    `number` is the serial number the pharmacy gave it, kept as text; `days_supply` is the
    prescriber's or pharmacist's figure when one was written; `purpose` is what the prescriber
    wrote the medicine is for, never a code's text.
    """

    number: str
    patient: Patient
    prescriber: Prescriber
    compound: Compound
    sig: Sig
    quantity: Amount
    written: date
    refills: int = 0
    days_supply: int | None = None
    purpose: str = ""
    note: str = ""
    origin: str = ""
