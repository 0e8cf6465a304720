"""The table of the times of day: how many are taken at morning, noon, evening and bedtime."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from labelapp.label.document import Grid, GridRow
from labelapp.label.wording import Wording
from labelapp.rx.amount import Amount
from labelapp.rx.directions import Said, Sig, Step
from labelapp.rx.timing import Timing, When

WHY = "House: the Universal Medication Schedule, four times a day and how many at each"


def grid_of(sig: Sig, said: tuple[Said, ...], wording: Wording) -> Grid | None:
    """Make the table of the steps that are said, a row for each; None where it would not say all.

    It says all only where every dose is one amount of whole pieces, or of mL, at named times of
    every day, without words of the writer that may change it. A line in another language has no
    table: it would stand there in English alone.
    """
    rows = _rows(sig, said, wording)
    if not rows:
        return None
    unit = sig.steps[0].dose.low.unit
    counted = unit.value if unit.is_mass or unit.value == "mL" else f"{unit.value}s"
    times = tuple(wording.word(f"grid_{each.value}") for each in When)
    return Grid(counted[:1].upper() + counted[1:] if counted != "mL" else counted, times, rows, WHY)


def _rows(sig: Sig, said: tuple[Said, ...], wording: Wording) -> tuple[GridRow, ...]:
    lines = [each for each in said if each.sequence]
    bare = sig.kept or sig.most_a_day or any(each.beside for each in said)
    leads = {each.sequence: each.lead for each in lines}
    if bare or not lines or any(leads[each.sequence] != each.lead for each in lines):
        return ()
    rows = []
    for sequence, lead in leads.items():
        steps = [each for each in sig.steps if each.sequence == sequence]
        row = _row(lead or wording.word("grid_every_day"), steps)
        if row is None or _unlike(sig.steps):
            return ()
        rows.append(row)
    return tuple(rows)


def _unlike(steps: Sequence[Step]) -> bool:
    return len({each.dose.low.unit for each in steps}) > 1


def _row(days: str, steps: Iterable[Step]) -> GridRow | None:
    """Count what is taken at each time in one row; None where it cannot be counted."""
    counts: dict[When, str] = {}
    for step in steps:
        count = _count(step)
        if not count:
            return None
        for when in step.timing.when:
            if when in counts:
                return None
            counts[when] = count
    return GridRow(days, tuple(counts.get(each, "") for each in When)) if counts else None


def _count(step: Step) -> str:
    """Give the number of a step's dose; empty where a bare number would not be the whole of it."""
    open_length = step.length is not None and step.length.high is not None
    more = step.as_needed or step.conditions or step.meal or step.dose.high or open_length
    if more or not _is_plain(step.timing):
        return ""
    return _number(step.dose.low)


def _number(amount: Amount) -> str:
    if amount.unit.is_mass:
        return ""
    if amount.unit.value == "mL":
        return str(amount)
    return str(amount.value.to_integral_value()) if amount.value % 1 == 0 else ""


def _is_plain(timing: Timing) -> bool:
    """Tell whether a timing is named times of every day and nothing more."""
    more = (timing.clock, timing.lead, timing.every_hours, timing.fewest, timing.times_a_week)
    return bool(timing.when) and timing.is_daily and not any(more) and timing.fewest is None
