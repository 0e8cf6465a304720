"""The beyond-use date: the earliest of all limits, each kept with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from labelapp.rules.counting import Counting, days_after
from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rx.compound import Form
from labelapp.rx.dates import staff_date
from labelapp.rx.lot import Component, Lot, Preparation, Storage


@dataclass(frozen=True)
class BudClass(Row):
    """A class of preparation: how many days it may be used, stored where, in which forms."""

    preparation: Preparation
    days: int
    storage: tuple[Storage, ...]
    forms: tuple[Form, ...]
    source: str


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


Classes = Mapping[Preparation, BudClass]


def beyond_use(lots: Iterable[Lot], classes: Classes, counting: Counting) -> Bud | None:
    """Weigh every limit of every lot and give the earliest; None without a lot."""
    limits = tuple(limit for lot in lots for limit in _limits(lot, classes, counting))
    if not limits:
        return None
    reason = min(limits, key=lambda each: each.last_day)
    return Bud(reason.last_day, reason, limits)


def _limits(lot: Lot, classes: Classes, counting: Counting) -> Iterable[Limit]:
    row = classes[lot.preparation]
    days = row.days - 1 if counting.compounding_day_is_first else row.days
    yield _limit(
        "bud.class",
        days_after(lot.made_on, days),
        lot=lot.number,
        preparation=lot.preparation.value,
        days=str(row.days),
        made_on=staff_date(lot.made_on),
    )
    for component in lot.components:
        if component.expires:
            yield _limit(
                "bud.component", component.expires, lot=lot.number, component=named(component)
            )
    if lot.shortened_to:
        yield _limit("bud.shortened", lot.shortened_to, lot=lot.number)


def _limit(code: str, last_day: date, **values: str) -> Limit:
    return Limit(code, last_day, tuple(sorted({**values, "date": staff_date(last_day)}.items())))


def named(component: Component) -> str:
    """Write a component with its lot, as findings and limits name it."""
    return f"{component.name} (lot {component.lot})" if component.lot else component.name


def read_classes(table: Mapping[str, Any], file: str) -> Classes:
    """Read the classes from their file's table. Raises BadResource when one is missing or odd."""
    top = Reader(table, file, "classes")
    top.only({"classes"})
    classes = {each.preparation: each for each in map(_read_class, top.tables("classes"))}
    if set(classes) != set(Preparation):
        raise top.bad("preparation")
    return classes


def _read_class(row: Reader) -> BudClass:
    row.only({"preparation", "days", "storage", "forms"} | STANDING)
    days, storage = row.integer("days"), row.words("storage", Storage)
    if days < 1:
        raise row.bad("days")
    if not storage:
        raise row.bad("storage")
    return BudClass(
        preparation=row.word("preparation", Preparation),
        days=days,
        storage=storage,
        forms=row.words("forms", Form),
        source=row.text("source"),
        **row.standing(),
    )
