"""Amounts: an exact number with its unit, and how both are written on a label."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction

NBSP = "\N{NO-BREAK SPACE}"
"""Stands between a number and its unit, so that no line ever breaks there."""

_PLAIN_NUMBER = re.compile(r"(?:[0-9]{1,7}|[0-9]{1,3}(?:,[0-9]{3}){1,2})(?:\.[0-9]{1,6})?")


class Unit(enum.StrEnum):
    """What an amount is counted or measured in; the value is the word in files."""

    MG = "mg"
    MCG = "mcg"
    G = "g"
    ML = "mL"
    CAPSULE = "capsule"
    TABLET = "tablet"
    TROCHE = "troche"
    LOZENGE = "lozenge"
    FILM = "film"
    DROP = "drop"
    PUMP = "pump"
    CLICK = "click"
    SUPPOSITORY = "suppository"
    APPLICATION = "application"

    @property
    def is_mass(self) -> bool:
        """True for units of weight, which need a strength to become something to take."""
        return self in _IN_MG

    def of(self, count: Decimal | Fraction) -> str:
        """Give the unit's word for a count: `capsule` for exactly 1 or less, else `capsules`."""
        if self in _UNCOUNTED or count <= 1:
            return self.value
        return self.value[:-1] + "ies" if self is Unit.SUPPOSITORY else self.value + "s"


_IN_MG = {Unit.MCG: Decimal("0.001"), Unit.MG: Decimal(1), Unit.G: Decimal(1000)}
_UNCOUNTED = {Unit.MG, Unit.MCG, Unit.G, Unit.ML}


@dataclass(frozen=True, order=False)
class Amount:
    """An exact amount: a finite decimal that is zero or more, and its unit."""

    value: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse what no prescription can mean: NaN, infinity, a negative amount."""
        if not self.value.is_finite() or self.value < 0:
            raise ValueError("an amount is a finite number, zero or more")

    def in_mg(self) -> Decimal:
        """Give a weight in mg, exactly. Raises ValueError for what is not a weight."""
        if not self.unit.is_mass:
            raise ValueError(f"{self.unit} is not a weight")
        return self.value * _IN_MG[self.unit]

    def same_as(self, other: Amount) -> bool:
        """Tell whether two amounts are equal once mcg, mg and g are brought to one unit."""
        if self.unit.is_mass and other.unit.is_mass:
            return self.in_mg() == other.in_mg()
        return self == other

    def __str__(self) -> str:
        """Write the amount as it stands on a label: `4.5 mg`, with a space that never breaks."""
        return f"{number(self.value)}{NBSP}{self.unit.of(self.value)}"


class Basis(enum.StrEnum):
    """What a strength is counted against. Never inferred: a wrong basis is a 50-fold error."""

    PER_UNIT = "per unit"
    PER_ML = "per mL"
    PER_G = "per g"
    PERCENT = "percent"
    PER_BATCH = "per batch"


_WHOLE = {Basis.PER_UNIT, Basis.PER_BATCH}
_OVER = {
    Basis.PER_UNIT: "units",
    Basis.PER_ML: "mL",
    Basis.PER_G: "g",
    Basis.PERCENT: "g",
    Basis.PER_BATCH: "batches",
}


@dataclass(frozen=True)
class Strength:
    """How much of an active stands in what: 1.5 mg per unit, 5 mg per 5 mL, 1 percent.

    `per` is the number of units, mL or g the amount is spread over; for PERCENT the amount is
    grams in 100 g and `per` is 100.
    """

    amount: Amount
    basis: Basis
    per: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        """Refuse a strength over nothing."""
        if not self.per.is_finite() or self.per <= 0:
            raise ValueError("a strength needs something it is spread over")

    def mg_in_one(self) -> Fraction | None:
        """Give the mg in one unit, mL or g; None for a batch amount, whose share is unknown."""
        if self.basis is Basis.PER_BATCH or not self.amount.unit.is_mass:
            return None
        return Fraction(self.amount.in_mg()) / Fraction(self.per)

    @property
    def is_percent(self) -> bool:
        """True for grams in 100 g; any other amount under that basis is no percent."""
        return self.basis is Basis.PERCENT and self.amount.unit is Unit.G and self.per == 100

    @property
    def is_of_one(self) -> bool:
        """True when it can be read off a label at once: of one piece, or a true percent."""
        if self.basis is Basis.PERCENT:
            return self.is_percent
        return self.basis is not Basis.PER_UNIT or self.per == 1

    def __str__(self) -> str:
        """Write the strength as it stands on a label: `1.5 mg`, `5 mg/5 mL`, `1%`.

        What it is spread over is never dropped: 4.5 mg in 3 pieces is not 4.5 mg.
        """
        if self.is_percent:
            return f"{number(self.amount.value)}%"
        if self.basis in _WHOLE and self.per == 1:
            return str(self.amount)
        over = _OVER[self.basis]
        if self.per == 1:
            return f"{self.amount}/{over}"
        return f"{self.amount}/{number(self.per)}{NBSP}{over}"


def number(value: Decimal | Fraction) -> str:
    """Write a number the one safe way: 0.5 not .5, 1 not 1.0, 1,000 with a comma.

    Source: ISMP list of error-prone abbreviations, symbols and dose designations (2021).
    Raises ValueError for a fraction that no finite decimal equals (2/3).
    """
    exact = value if isinstance(value, Decimal) else decimal_of(value)
    if exact is None:
        raise ValueError("this fraction has no exact decimal")
    if not exact.is_finite() or exact.adjusted() > 9 or exact.adjusted() < -9:
        raise ValueError("out of the range of any dose or quantity")
    text = f"{exact:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_of(value: Fraction) -> Decimal | None:
    """Give the decimal that equals a fraction exactly, or None when there is none (2/3)."""
    bottom = value.denominator
    for prime in (2, 5):
        while bottom % prime == 0:
            bottom //= prime
    if bottom != 1:
        return None
    return Decimal(value.numerator) / Decimal(value.denominator)


def read_number(text: str) -> Decimal:
    """Read a number as people type it: `4.5`, `1,000`, `.5`; nothing else.

    Raises ValueError for a decimal comma, an exponent, a sign, digits of other scripts, or a
    number of more than seven digits: those are questions for a person, never a guess.
    """
    clean = text.strip()
    if clean.startswith("."):
        clean = "0" + clean
    if not _PLAIN_NUMBER.fullmatch(clean):
        raise ValueError("not a plain number")
    try:
        return Decimal(clean.replace(",", ""))
    except InvalidOperation as no:  # pragma: no cover - the pattern leaves nothing to fail
        raise ValueError("not a plain number") from no
