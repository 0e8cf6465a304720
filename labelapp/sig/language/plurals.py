"""Plural categories of numbers: which form of a noun a language puts beside a numeral."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True)
class Plurals:
    """The categories a language's nouns need, and which of them a number asks for."""

    categories: tuple[str, ...]
    of: Callable[[Decimal], str]


def _always_other(_: Decimal) -> str:
    return "other"


def _spanish(number: Decimal) -> str:
    return "one" if number == 1 else "other"


def _russian(number: Decimal) -> str:
    if number != number.to_integral_value():
        return "other"
    last, last_two = int(number) % 10, int(number) % 100
    if last == 1 and last_two != 11:
        return "one"
    return "few" if last in {2, 3, 4} and last_two not in {12, 13, 14} else "many"


_ONE_FORM = Plurals(("other",), _always_other)

PLURALS: Mapping[str, Plurals] = MappingProxyType(
    {
        "es": Plurals(("one", "other"), _spanish),
        "ko": _ONE_FORM,
        "ru": Plurals(("one", "few", "many", "other"), _russian),
        "vi": _ONE_FORM,
        "zh-Hans": _ONE_FORM,
        "zh-Hant": _ONE_FORM,
    }
)
"""The cardinal rules of Unicode CLDR (common/supplemental/plurals.xml) for the languages there are.

Spanish `many` is for millions, which `LARGEST` keeps away. Our numerals have no zeros at their
end, so that 1.0, which CLDR treats apart from 1, does not occur.
"""

LARGEST = Decimal(999_999)
"""A larger number has no sentence in any language."""
