"""The beyond-use date: the earliest of all limits, each kept with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from labelapp.rules.counting import Counting, days_after
from labelapp.rules.row import STANDING, Reader, Row
from labelapp.rx.compound import Form
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, note, stop
from labelapp.rx.lot import Component, Lot, Preparation, Storage
from labelapp.rx.people import staff_date


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
                "bud.component", component.expires, lot=lot.number, component=_named(component)
            )
    if lot.shortened_to:
        yield _limit("bud.shortened", lot.shortened_to, lot=lot.number)


def _limit(code: str, last_day: date, **values: str) -> Limit:
    return Limit(code, last_day, tuple(sorted({**values, "date": staff_date(last_day)}.items())))


def _named(component: Component) -> str:
    return f"{component.name} (lot {component.lot})" if component.lot else component.name


def lot_findings(
    fill: Fill, classes: Classes, counting: Counting, today: date
) -> tuple[Finding, ...]:
    """Check each lot of a fill: released, within its BUD, stored and classed as its row allows."""
    if not fill.lots:
        return (stop("lot.none", "lots.0.number", Settler.NOBODY),)
    found: list[Finding] = []
    for place, lot in enumerate(fill.lots):
        at = f"lots.{place}"
        bud = beyond_use((lot,), classes, counting)
        assert bud is not None, "one lot has at least the limit of its class"
        found += _use(fill, lot, bud, at)
        found += _class(fill, lot, classes[lot.preparation], at)
        found += _dates(fill, lot, bud, at, today)
        found += _components(lot, at)
    return tuple(found)


def _use(fill: Fill, lot: Lot, bud: Bud, at: str) -> Iterable[Finding]:
    if fill.filled_on > bud.last_day:
        yield stop(
            "lot.past-bud",
            f"{at}.made_on",
            Settler.NOBODY,
            lot=lot.number,
            bud=staff_date(bud.last_day),
            filled_on=staff_date(fill.filled_on),
        )
    if not lot.released_by.strip():
        yield stop("lot.not-released", f"{at}.released_by", lot=lot.number)


def _class(fill: Fill, lot: Lot, row: BudClass, at: str) -> Iterable[Finding]:
    if lot.storage not in row.storage:
        yield stop(
            "lot.storage",
            f"{at}.storage",
            lot=lot.number,
            storage=lot.storage.value,
            preparation=lot.preparation.value,
            allowed=" or ".join(row.storage),
        )
    form = lot.form or fill.prescription.compound.form
    if form not in row.forms:
        yield ask(
            "lot.class-form",
            f"{at}.preparation",
            Settler.PHARMACIST,
            lot=lot.number,
            preparation=lot.preparation.value,
            form=form.value,
            days=str(row.days),
        )


def _dates(fill: Fill, lot: Lot, bud: Bud, at: str, today: date) -> Iterable[Finding]:
    made = staff_date(lot.made_on)
    if lot.made_on > today:
        yield stop(
            "lot.made-in-future", f"{at}.made_on", Settler.NOBODY, lot=lot.number, made_on=made
        )
    elif lot.made_on > fill.filled_on:
        yield stop(
            "lot.made-after-fill",
            f"{at}.made_on",
            Settler.NOBODY,
            lot=lot.number,
            made_on=made,
            filled_on=staff_date(fill.filled_on),
        )
    if lot.shortened_to and lot.shortened_to < lot.made_on:
        yield stop(
            "lot.bud-before-made",
            f"{at}.bud",
            Settler.NOBODY,
            lot=lot.number,
            bud=staff_date(lot.shortened_to),
            made_on=made,
        )
    elif lot.shortened_to and lot.shortened_to > bud.last_day:
        yield ask(
            "lot.bud-too-late",
            f"{at}.bud",
            lot=lot.number,
            bud=staff_date(lot.shortened_to),
            latest=staff_date(bud.last_day),
        )


def _components(lot: Lot, at: str) -> Iterable[Finding]:
    if not lot.components:
        yield note("lot.no-components", f"{at}.components.0.name", lot=lot.number)
    for place, component in enumerate(lot.components):
        field = f"{at}.components.{place}.expires"
        if component.expires is None:
            yield ask("lot.component-no-expiry", field, lot=lot.number, component=_named(component))
        elif component.expires < lot.made_on:
            yield stop(
                "lot.component-expired",
                field,
                Settler.NOBODY,
                lot=lot.number,
                component=_named(component),
                expires=staff_date(component.expires),
                made_on=staff_date(lot.made_on),
            )


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
