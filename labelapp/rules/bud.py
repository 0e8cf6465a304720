"""The beyond-use date: the earliest of all limits, each kept with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Limit:
    """One limit that was weighed: why (a code and its values), and the last day it allows."""

    code: str
    last_day: date
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Bud:
    """The beyond-use date: the last day of use, the limit that set it, and all that were weighed.

    It is counted from the day of compounding, never from the day of filling (USP <795>, 2023).
    """

    last_day: date
    reason: Limit
    limits: tuple[Limit, ...]
