"""Nouns of another language beside their numeral: 1 cápsula, 2 cápsulas, media tableta."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from labelapp.rx.amount import NBSP
from labelapp.sig.language.plurals import LARGEST, Plurals
from labelapp.sig.language.shape import PARTS, Counted, numerals

FORMS = ("dose", "count", "of", "every")
"""The tables of nouns: after the verb, what is counted besides doses, after more than, after every."""

_PARTS = tuple(PARTS.values())
_WITH_PART = tuple(f"and-{part}" for part in _PARTS)


@dataclass(frozen=True)
class Noun:
    """One noun in the case its sentences need.

    `plain` and `ranges` have a form for every plural category; `parts` the forms for a part of a
    piece alone, `with_parts` those beside a whole number. A table may leave out all but `plain`.
    """

    plain: Mapping[str, str]
    ranges: Mapping[str, str]
    parts: Mapping[str, str]
    with_parts: Mapping[str, Mapping[str, str]]

    @property
    def texts(self) -> tuple[str, ...]:
        """Every form there is."""
        beside = (text for each in self.with_parts.values() for text in each.values())
        return (*self.plain.values(), *self.ranges.values(), *self.parts.values(), *beside)

    def beside(self, counted: Counted, plurals: Plurals) -> str | None:
        """Say so many of it; None when the table has no form for that."""
        if counted.last > LARGEST:
            return None
        if counted.part and not counted.low:
            return self.parts.get(counted.part)
        forms = self.plain
        if counted.part:
            forms = self.with_parts.get(f"and-{counted.part}", {})
        elif counted.high:
            forms = self.ranges
        form = forms.get(plurals.of(counted.last))
        return None if form is None else _filled(form, counted)


def _filled(form: str, counted: Counted) -> str:
    """Put the numerals in as the English has them; a number and its noun never part."""
    kept = form.replace("{n} ", f"{{n}}{NBSP}").replace("{high} ", f"{{high}}{NBSP}")
    values = {"n": counted.low, "low": counted.low, "high": counted.high}
    for name, value in values.items():
        kept = kept.replace(f"{{{name}}}", value)
    return kept


def read_noun(row: Mapping[str, Any], plurals: Plurals, parts: Mapping[str, str]) -> Noun | str:
    """Read the forms of a noun; gives the key that lacks or cannot be used instead."""
    categories = frozenset(plurals.categories)
    several = {"range": ("low", "high"), **dict.fromkeys(_WITH_PART, ("n",))}
    for key in (*plurals.categories, *row):
        if key in categories:
            good = _holds(row.get(key), ("n",), "", parts)
        elif key in several:
            part = key.removeprefix("and-") if key in _WITH_PART else ""
            good = _holds_all(row[key], categories, several[key], part, parts)
        else:
            good = key in _PARTS and _holds(row[key], (), key, parts)
        if not good:
            return str(key)
    return Noun(
        plain=MappingProxyType({key: row[key] for key in plurals.categories}),
        ranges=MappingProxyType(dict(row.get("range", {}))),
        parts=MappingProxyType({key: row[key] for key in _PARTS if key in row}),
        with_parts=MappingProxyType({key: dict(row[key]) for key in _WITH_PART if key in row}),
    )


def _holds_all(
    forms: object,
    categories: frozenset[str],
    slots: tuple[str, ...],
    part: str,
    parts: Mapping[str, str],
) -> bool:
    return (
        isinstance(forms, Mapping)
        and set(forms) == categories
        and all(_holds(each, slots, part, parts) for each in forms.values())
    )


def _holds(form: object, slots: tuple[str, ...], part: str, parts: Mapping[str, str]) -> bool:
    """Tell whether a form has each of its slots once, its part of a piece, and no numeral else."""
    if not isinstance(form, str):
        return False
    rest = form
    for slot in slots:
        if rest.count(f"{{{slot}}}") != 1:
            return False
        rest = rest.replace(f"{{{slot}}}", " ")
    wanted = Counter([part] if part else [])
    return "{" not in rest and "}" not in rest and numerals(rest, parts) == wanted
