"""What went before: whether a prescription may be filled again, so soon, so much, from that day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from fractions import Fraction

from labelapp.rules.counting import Counting
from labelapp.rx.amount import decimal_of, number
from labelapp.rx.dates import staff_date
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, ask, note, stop
from labelapp.rx.history import Dispensed, History, Standing, owed


def history_findings(fill: Fill, history: History, counting: Counting) -> tuple[Finding, ...]:
    """Hold a fill against what is on record of its prescription."""
    before = history.before(fill.number)
    return (
        *_standing(history),
        *_same(fill, history),
        *_first(fill, history),
        *_in_turn(fill, history),
        *_too_soon(fill, before, counting),
        *_continues(fill, before),
        *_remaining(fill, before),
    )


def _standing(history: History) -> Iterable[Finding]:
    if history.standing is Standing.TRANSFERRED:
        yield stop("history.transferred", "rx_number", Settler.NOBODY)
    elif history.standing is Standing.DISCONTINUED:
        yield stop("history.discontinued", "rx_number")


def _same(fill: Fill, history: History) -> Iterable[Finding]:
    if not history.is_same_order:
        yield ask(
            "history.changed", "rx_number", Settler.PHARMACIST, number=fill.prescription.number
        )


def _first(fill: Fill, history: History) -> Iterable[Finding]:
    """Ask about a day of the first fill that is not the one on record."""
    first, known = fill.first_filled, history.first_filled
    if first is not None and known is not None and first != known:
        yield ask(
            "history.first-filled",
            "fill.first_filled",
            Settler.ANYONE,
            first=staff_date(first),
            known=staff_date(known),
        )


def _in_turn(fill: Fill, history: History) -> Iterable[Finding]:
    """Ask about a fill that leaves one out, or goes back behind one already made."""
    numbers = [each.number for each in history.given]
    due = max(numbers, default=-1) + 1
    if fill.number != due and fill.number not in numbers:
        values = {"number": str(fill.number), "due": str(due)}
        yield ask("history.out-of-turn", "fill.number", Settler.ANYONE, **values)


def _too_soon(fill: Fill, before: tuple[Dispensed, ...], counting: Counting) -> Iterable[Finding]:
    if not before or not before[-1].days:
        return
    last = before[-1]
    used = -(-last.days * counting.refill_percent // 100)
    from_day = last.filled_on + timedelta(days=used)
    if fill.filled_on < from_day:
        yield ask(
            "history.too-soon",
            "fill.date",
            last=staff_date(last.filled_on),
            days=str(last.days),
            from_day=staff_date(from_day),
        )


def _continues(fill: Fill, before: tuple[Dispensed, ...]) -> Iterable[Finding]:
    """Ask a pharmacist when a fill does not begin on the day after the last one ended."""
    if not before or not before[-1].days:
        return
    due = before[-1].first_day + before[-1].days
    if fill.first_day != due:
        yield ask(
            "history.first-day",
            "fill.first_day",
            Settler.PHARMACIST,
            first=str(fill.first_day),
            due=str(due),
        )


def _remaining(fill: Fill, before: tuple[Dispensed, ...]) -> Iterable[Finding]:
    """Hold what is dispensed against what was ordered with all its refills."""
    rx = fill.prescription
    ordered = Fraction(rx.quantity.value) * (rx.refills + 1)
    left = ordered - sum((each.quantity for each in before), Fraction())
    if Fraction(fill.quantity.value) > left:
        said = max(left, Fraction())
        yield stop("history.too-much", "fill.quantity", left=_exact(said))
    rest = owed(before, Fraction(rx.quantity.value))
    if rest:
        yield note("history.owed", "fill.quantity", owed=_exact(rest))


def _exact(value: Fraction) -> str:
    decimal = decimal_of(value)
    return str(value) if decimal is None else number(decimal)
