"""The supply: how long a fill lasts, whether it agrees with what is written, and its dates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from labelapp.rules.bud import Bud
from labelapp.rules.counting import Counting, days_after
from labelapp.rules.weight import LONGEST, in_form_units, said
from labelapp.rx.amount import Amount
from labelapp.rx.dates import staff_date
from labelapp.rx.directions import (
    days_covered,
    fewest_units_for,
    laid_out,
    last_day,
    unit_of,
    units_for,
)
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, note, stop
from labelapp.rx.history import History, refills_used
from labelapp.rx.prescription import Prescription


@dataclass(frozen=True)
class Supply:
    """How long the quantity of a fill lasts from its first day of the sig.

    `days` is None when the doses cannot be counted in the unit of the form (a pump, a layer of
    cream); `units` is what the days' supply uses up, in the unit of the form.
    """

    days: int | None
    units: Fraction | None


def supply_of(fill: Fill) -> Supply:
    """Work out the days a fill lasts, rounded down, and the units its days' supply uses up."""
    days = _days(fill, fill.quantity)
    wanted = fill.prescription.days_supply
    counted = wanted if wanted is not None and wanted <= LONGEST else days
    return Supply(days, None if counted is None else _units(fill, counted))


def _factor(fill: Fill) -> Fraction | None:
    """Give how many units of the form one unit of the directions is."""
    unit = unit_of(fill.prescription.sig.steps)
    return None if unit is None else in_form_units(unit, fill.prescription.compound)


def _days(fill: Fill, quantity: Amount) -> int | None:
    factor = _factor(fill)
    if not factor or quantity.unit is not fill.prescription.compound.form.unit:
        return None
    doses = Fraction(quantity.value) / factor
    steps = fill.prescription.sig.steps
    return days_covered(steps, doses, fill.first_day, LONGEST, fill.weekday)


def _units(fill: Fill, days: int) -> Fraction | None:
    factor = _factor(fill)
    if factor is None:
        return None
    return units_for(fill.prescription.sig.steps, days, fill.first_day, fill.weekday) * factor


def supply_findings(
    fill: Fill,
    bud: Bud | None,
    counting: Counting,
    today: date,
    history: History | None = None,
    counted: Fill | None = None,
) -> tuple[Finding, ...]:
    """Check quantity, days' supply, refills, dates and the end of the supply against the BUD.

    `history` is what is on record of the prescription; None where nothing is. `counted` is the
    fill with its quantity in the strength ordered, where it holds several.
    """
    return (
        *_quantity(fill),
        *_course(fill),
        *_agreement(counted or fill),
        *_refills(fill, history),
        *_dates(fill, counting, today),
        *_past_bud(fill, bud, counting),
    )


def _quantity(fill: Fill) -> Iterable[Finding]:
    form, ordered = fill.prescription.compound.form, fill.prescription.quantity
    if fill.quantity.value == 0:
        yield stop("supply.nothing", "fill.quantity", Settler.NOBODY)
        return
    for field, amount in (("quantity.unit", ordered), ("fill.quantity", fill.quantity)):
        if amount.unit is not form.unit:
            yield ask(
                "supply.unit",
                field,
                quantity=str(amount),
                form=form.value,
                unit=form.unit.value,
            )
            return
    if form.is_counted and fill.quantity.value % 1:
        yield ask("supply.piece", "fill.quantity", quantity=str(fill.quantity), form=form.value)
    if fill.quantity.value > ordered.value:
        yield ask("supply.more", "fill.quantity", quantity=str(fill.quantity), ordered=str(ordered))
    elif fill.quantity.value < ordered.value:
        owed = replace(ordered, value=ordered.value - fill.quantity.value)
        yield note(
            "supply.partial",
            "fill.quantity",
            quantity=str(fill.quantity),
            ordered=str(ordered),
            owed=str(owed),
        )


def _course(fill: Fill) -> Iterable[Finding]:
    """Look at the day of the sig this fill begins on."""
    dated = laid_out(fill.prescription.sig.steps)
    day = str(fill.first_day)
    if fill.first_day < 1:
        yield stop("supply.first-day", "fill.first_day", Settler.NOBODY, day=day)
    elif dated and all(each.last is not None and each.last < fill.first_day for each in dated):
        yield ask(
            "supply.sig-over",
            "fill.first_day",
            Settler.PHARMACIST,
            day=day,
            last=str(last_day(dated)),
        )
    elif fill.first_day > 1 and fill.number == 0:
        yield ask("supply.starts-later", "fill.first_day", day=day)
    elif (
        fill.first_day == 1 and fill.number > 0 and len({each.step.sequence for each in dated}) > 1
    ):
        yield ask(
            "supply.titration-again",
            "fill.first_day",
            Settler.PHARMACIST,
            number=str(fill.number),
        )


def _agreement(fill: Fill) -> Iterable[Finding]:
    """Compare the quantity with the days' supply as written and with the directions."""
    rx = fill.prescription
    quantity = max(fill.quantity, rx.quantity, key=lambda each: each.value)
    days = _days(fill, quantity)
    if rx.days_supply is not None and not 1 <= rx.days_supply <= LONGEST:
        yield ask("supply.days-odd", "days_supply", days_supply=str(rx.days_supply))
        return
    if days is None:
        if rx.sig.steps:
            yield note("supply.not-countable", "quantity.value", quantity=str(quantity))
        return
    as_needed = any(step.as_needed for step in rx.sig.steps)
    wanted = rx.days_supply
    agrees = wanted is not None and _floats_to(fill, quantity, wanted)
    if wanted is not None and not agrees and (days > wanted or (days < wanted and not as_needed)):
        units = _units(fill, wanted)
        yield ask(
            "supply.disagrees",
            "days_supply",
            quantity=str(quantity),
            days_supply=str(wanted),
            units_needed=said(units) if units is not None else "",
            days_covered=str(days),
            first_day=str(fill.first_day),
        )
    elif not as_needed:
        yield from _to_the_end(fill, quantity, days)


def _floats_to(fill: Fill, quantity: Amount, days: int) -> bool:
    """Tell whether a quantity is one that so many days can take: 12 or 13 for 30 days, MWF."""
    steps, factor = fill.prescription.sig.steps, _factor(fill)
    if factor is None or not any(step.timing.is_floating for step in steps):
        return False
    least = fewest_units_for(steps, days, fill.first_day) * factor
    return least <= quantity.value <= units_for(steps, days, fill.first_day) * factor


def _to_the_end(fill: Fill, quantity: Amount, days: int) -> Iterable[Finding]:
    """Compare the quantity with what is left of a sig that ends."""
    dated = laid_out(fill.prescription.sig.steps)
    ends = last_day(dated)
    if not days and (ends == 0 or fill.first_day <= ends):
        yield ask("supply.less-than-a-day", "quantity.value", quantity=str(quantity))
        return
    if any(each.last is None for each in dated) or fill.first_day > ends:
        return
    needed = _units(fill, min(ends - fill.first_day + 1, LONGEST))
    left = ends - fill.first_day + 1
    if needed is None or needed == quantity.value or _floats_to(fill, quantity, left):
        return
    short = needed > quantity.value
    if short and fill.refills_left:
        return
    yield ask(
        "supply.short" if short else "supply.left-over",
        "quantity.value",
        quantity=str(quantity),
        units_needed=said(needed),
        days=str(ends - fill.first_day + 1),
    )


def _refills(fill: Fill, history: History | None) -> Iterable[Finding]:
    """Hold the refills against those ordered; what is on record tells how many are used up."""
    ordered, used = fill.prescription.refills, fill.number
    if history is not None:
        whole = Fraction(fill.prescription.quantity.value)
        before = history.before(fill.number)
        used = refills_used(before, Fraction(fill.quantity.value), whole)
    if used > ordered:
        yield stop(
            "supply.no-refills", "fill.number", number=str(fill.number), refills=str(ordered)
        )
    elif fill.refills_left > ordered - used:
        yield ask(
            "supply.refills-left",
            "fill.refills_left",
            left=str(fill.refills_left),
            number=str(fill.number),
            refills=str(ordered),
        )


def fillable_until(rx: Prescription, counting: Counting) -> date:
    """Give the last day a prescription may be filled or refilled, that day included."""
    return days_after(rx.written, counting.prescription_days)


def _dates(fill: Fill, counting: Counting, today: date) -> Iterable[Finding]:
    written, filled = staff_date(fill.prescription.written), staff_date(fill.filled_on)
    last = fillable_until(fill.prescription, counting)
    if fill.prescription.written > today:
        yield ask("supply.written-in-future", "written", written=written)
    elif fill.filled_on < fill.prescription.written:
        yield ask("supply.filled-before-written", "fill.date", written=written, filled_on=filled)
    if fill.filled_on > last:
        yield stop(
            "supply.prescription-expired",
            "written",
            written=written,
            last_day=staff_date(last),
            filled_on=filled,
        )
    elif today > last:
        yield stop(
            "supply.prescription-expired-today",
            "written",
            written=written,
            last_day=staff_date(last),
            today=staff_date(today),
        )
    yield from _fill_date(fill, counting, today)
    yield from _first_filled(fill)
    first = first_dose(fill, counting)
    if fill.starts_on and first < fill.filled_on:
        yield ask(
            "supply.starts-before-fill",
            "fill.starts_on",
            Settler.ANYONE,
            first_dose=staff_date(first),
            filled_on=filled,
        )


def _fill_date(fill: Fill, counting: Counting, today: date) -> Iterable[Finding]:
    """Ask about a fill date that has not come, or lies further back than a label is late."""
    filled = staff_date(fill.filled_on)
    if days_after(fill.filled_on, counting.fill_date_back) < today:
        yield ask(
            "supply.filled-long-ago",
            "fill.date",
            Settler.ANYONE,
            filled_on=filled,
            today=staff_date(today),
            days=str(counting.fill_date_back),
        )
    if fill.filled_on > today:
        yield ask(
            "supply.filled-in-future",
            "fill.date",
            Settler.ANYONE,
            filled_on=filled,
            today=staff_date(today),
        )


def _first_filled(fill: Fill) -> Iterable[Finding]:
    """Ask about a day of the first fill that cannot be: before it was written, or after this fill."""
    first = fill.first_filled
    if first is None:
        return
    if not fill.prescription.written <= first <= fill.filled_on or (
        fill.number == 0 and first != fill.filled_on
    ):
        yield ask(
            "supply.first-filled",
            "fill.first_filled",
            Settler.ANYONE,
            first=staff_date(first),
            written=staff_date(fill.prescription.written),
            filled_on=staff_date(fill.filled_on),
        )


def first_dose(fill: Fill, counting: Counting) -> date:
    """Give the day of the first dose: entered by somebody, else so many days after filling."""
    if fill.starts_on:
        return days_after(fill.starts_on, max(fill.first_day - 1, 0))
    return days_after(fill.filled_on, counting.first_dose_after)


def _past_bud(fill: Fill, bud: Bud | None, counting: Counting) -> Iterable[Finding]:
    """Ask when the last dose falls after the BUD: shorten, split, or a pharmacist's reason."""
    days, rx = _days(fill, fill.quantity) or 0, fill.prescription
    if not days or any(step.as_needed for step in rx.sig.steps):
        days = max(days, rx.days_supply or 0)  # what is taken as needed may last longer
    if bud is None or not days:
        return
    yield from past_bud(first_dose(fill, counting), days, bud, "fill.quantity")


def past_bud(first: date, days: int, bud: Bud, field: str) -> Iterable[Finding]:
    """Ask when the last of so many days from the first dose on falls after the BUD."""
    last = days_after(first, days - 1)
    if last > bud.last_day:
        yield ask(
            "supply.past-bud",
            field,
            Settler.PHARMACIST,
            first_dose=staff_date(first),
            last_dose=staff_date(last),
            days=str(days),
            bud=staff_date(bud.last_day),
        )
