"""Oral syringes: whether a liquid's dose lies on a mark of one the pharmacy hands out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rules.weight import in_form_units, said
from labelapp.rx.amount import NBSP, Amount, Unit
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, ask


@dataclass(frozen=True)
class Syringe(Row):
    """A syringe: how many mL it holds, and how many mL lie between two of its marks."""

    holds: Decimal
    marks: Decimal
    source: str


def syringe_findings(fill: Fill, syringes: Iterable[Syringe]) -> tuple[Finding, ...]:
    """Ask about every dose of a liquid that no syringe measures, naming the two nearest marks."""
    rx, known = fill.prescription, tuple(syringes)
    if not rx.compound.form.is_liquid:
        return ()
    doses = {
        amount: None
        for step in rx.sig.steps
        for amount in (step.dose.low, step.dose.high)
        if amount is not None and (amount.unit is Unit.ML or amount.unit.is_mass)
    }
    found: list[Finding] = []
    for amount in doses:
        one = in_form_units(amount.unit, rx.compound)
        if one is not None:
            found += _measured(amount, Fraction(amount.value) * one, known)
    return tuple(found)


def _measured(amount: Amount, volume: Fraction, syringes: tuple[Syringe, ...]) -> Iterable[Finding]:
    fitting = [Fraction(each.marks) for each in syringes if each.holds >= volume]
    if not fitting:
        largest = max((each.holds for each in syringes), default=Decimal(0))
        yield ask("dose.syringe-small", "sig", dose=str(amount), largest=f"{said(largest)}{NBSP}mL")
        return
    below = max(volume // marks * marks for marks in fitting)
    above = min(-(-volume // marks) * marks for marks in fitting)
    if below != volume:
        yield ask(
            "dose.between-marks",
            "sig",
            dose=str(amount),
            below=f"{said(below)}{NBSP}mL",
            above=f"{said(above)}{NBSP}mL",
        )


def read_syringes(table: Mapping[str, Any], file: str) -> tuple[Syringe, ...]:
    """Read the list of syringes. Raises BadResource naming file, row and key."""
    top = Reader(table, file, "syringes")
    top.only({"syringes"})
    return tuple(map(_read_syringe, top.tables("syringes")))


def _read_syringe(row: Reader) -> Syringe:
    row.only({"holds", "marks"} | STANDING)
    holds, marks = row.decimal("holds"), row.decimal("marks")
    if not 0 < marks <= holds:
        raise row.bad("marks")
    return Syringe(holds, marks, row.text("source"), **row.standing())
