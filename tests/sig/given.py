"""Short names for what directions are read with, and a reading as one line of text."""

from __future__ import annotations

from decimal import Decimal

from labelapp.rx.amount import NBSP, Amount, Basis, Strength, Unit
from labelapp.rx.directions import Dated, laid_out
from labelapp.sig.read import Reading


def per_unit(mg: str) -> Strength:
    return Strength(Amount(Decimal(mg), Unit.MG), Basis.PER_UNIT)


def per_ml(mg: str) -> Strength:
    return Strength(Amount(Decimal(mg), Unit.MG), Basis.PER_ML)


def per_g(mg: str) -> Strength:
    return Strength(Amount(Decimal(mg), Unit.MG), Basis.PER_G)


def in_short(reading: Reading) -> list[str]:
    """Write the steps of a reading so that an eye can compare them."""
    return [_step(each) for each in laid_out(reading.sig.steps)]


def _step(dated: Dated) -> str:
    step, timing = dated.step, dated.step.timing
    dose = " to ".join(str(each) for each in (step.dose.low, step.dose.high) if each)
    named = [*timing.when, *(f"{each.at:%H:%M}" for each in timing.clock)]
    often = "+".join(named) or (
        f"every {timing.every_hours}h" if timing.every_hours else f"{timing.times_a_day}/day"
    )
    days = f" every {timing.every_days} days" if timing.every_days > 1 else ""
    return f"{dated.first}-{dated.last or ''}: {dose} {often}{days}".replace(NBSP, " ")


def codes(reading: Reading) -> set[str]:
    return {each.code for each in reading.findings}
