"""Doses and sums of a calendar in words: as the directions say them, each with its unit."""

from __future__ import annotations

from fractions import Fraction

from labelapp.rx.amount import NBSP, Amount, Unit, decimal_of, number
from labelapp.sig.phrases import Phrases

LONGEST_JOINED = 12
"""So long a word has room in the cell of a day; a longer one is parted behind its hyphen."""


def dose_words(amount: Amount, phrases: Phrases) -> str:
    """Say a dose as the directions say it: `1 and one-half tablets`, `0.5 mL`."""
    whole = amount.value // 1
    part = phrases.words["part"].get(number(amount.value - whole))
    if part is None or amount.unit.is_mass or amount.unit is Unit.ML:
        return str(amount)
    if len(part) > LONGEST_JOINED:
        part = part.replace("-", "- ")
    unit = amount.unit.of(amount.value)
    if not whole:
        return phrases.frame("part", part=part, unit=unit)
    return phrases.frame("whole_and_part", whole=number(whole), part=part, unit=unit)


def amount_words(value: Fraction, unit: Unit) -> str:
    """Write a sum with its unit: `69 capsules`; a third of one as the fraction it is."""
    exact = decimal_of(value)
    return f"{value}{NBSP}{unit.of(value)}" if exact is None else str(Amount(exact, unit))
