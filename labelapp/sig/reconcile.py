"""Reconciling: text, structure and quantity of a message held against one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from labelapp.rx.amount import Amount, Basis, Strength, decimal_of, number
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Step, laid_out, last_day, unit_of, units_for
from labelapp.rx.draft import Instruction
from labelapp.rx.finding import Finding, Settler, Span, ask
from labelapp.sig.read import Reading

_PLACES = re.compile(r"\[([0-9]{1,4})\]")
_FIELD = "sig"
_LONGEST_DAYS = 2000


@dataclass(frozen=True)
class _Needed:
    """What was ordered: how many, and for how many days."""

    quantity: Amount
    days: int | None


def reconcile(
    instructions: tuple[Instruction, ...],
    readings: tuple[Reading, ...],
    form: Form | None,
    strength: Strength | None,
    quantity: Amount | None,
    days_supply: int | None,
) -> tuple[Finding, ...]:
    """Compare each structured dosage with its own text, their order, and totals with the quantity.

    Every disagreement is an ASK that carries all the values; nothing is chosen.
    """
    findings: list[Finding] = []
    mg_in_one = _mg_in_one(form, strength)
    for instruction, reading in zip(instructions, readings, strict=True):
        if instruction.step is not None:
            findings.extend(_compare(instruction, instruction.step, reading, mg_in_one))
    findings.extend(_order(instructions))
    said = combined(instructions, tuple(reading.sig.steps for reading in readings))
    structured = combined(
        instructions, tuple((each.step,) if each.step else () for each in instructions)
    )
    if quantity is not None:
        needed = _Needed(quantity, days_supply)
        findings.extend(_totals(said, structured, needed, mg_in_one))
    return tuple(dict.fromkeys(findings))


def combined(
    instructions: tuple[Instruction, ...], steps: tuple[tuple[Step, ...], ...]
) -> tuple[Step, ...]:
    """Put the steps of several dosages in the order of their sequence numbers.

    Dosages of one number run together. Steps within a dosage keep their own order.
    """
    found: list[Step] = []
    numbers = sorted({each.sequence or 0 for each in instructions})
    begins = 0
    for sequence in numbers:
        ends = begins
        for instruction, own in zip(instructions, steps, strict=True):
            if (instruction.sequence or 0) != sequence:
                continue
            first = min((step.sequence for step in own), default=1)
            placed = [replace(step, sequence=begins + step.sequence - first + 1) for step in own]
            found.extend(placed)
            ends = max([ends, *(step.sequence for step in placed)])
        begins = ends
    return tuple(found)


# ------------------------------------------------------------ one dosage and its own text


def _compare(
    instruction: Instruction, structure: Step, reading: Reading, mg_in_one: Fraction | None
) -> Iterator[Finding]:
    span = Span(instruction.start, instruction.end)
    steps = reading.sig.steps
    if not instruction.text.strip() or not steps:
        return
    if len({step.sequence for step in steps}) > 1:
        yield _found("sig.steps-disagree", span, text=str(len(steps)), structure="1")
        return
    said = (_doses(steps), _times(steps), _days(steps[0]))
    own = (_doses((structure,)), _times((structure,)), _days(structure))
    if not _same_dose(steps, structure, mg_in_one):
        yield _found("sig.dose-disagrees", span, text=said[0], structure=own[0])
    if _rate(steps) != _rate((structure,)) or _clash(steps, structure):
        yield _found("sig.frequency-disagrees", span, text=said[1], structure=own[1])
    if steps[-1].length != structure.length:
        yield _found("sig.length-disagrees", span, text=said[2], structure=own[2])
    if structure.route is not None and steps[0].route not in {None, structure.route}:
        route = steps[0].route.value if steps[0].route else ""
        yield _found("sig.route-disagrees", span, text=route, structure=structure.route.value)
    if structure.as_needed != steps[0].as_needed:
        yield _found(
            "sig.needed-disagrees",
            span,
            text=_needed(steps[0]),
            structure=_needed(structure),
        )


def _same_dose(steps: tuple[Step, ...], structure: Step, mg_in_one: Fraction | None) -> bool:
    """Tell whether every dose of the text is the dose of the structure, in mg where units differ."""
    return all(_equal(step.dose, structure.dose, mg_in_one) for step in steps)


def _equal(one: Dose, other: Dose, mg_in_one: Fraction | None) -> bool:
    if one == other:
        return True
    pairs = ((one.low, other.low), (one.most, other.most))
    if one.low.unit == other.low.unit:
        return all(first.same_as(second) for first, second in pairs)
    weights = [(_mg(first, mg_in_one), _mg(second, mg_in_one)) for first, second in pairs]
    return all(first is not None and first == second for first, second in weights)


def _mg(amount: Amount, mg_in_one: Fraction | None) -> Fraction | None:
    if amount.unit.is_mass:
        return Fraction(amount.in_mg())
    return None if mg_in_one is None else Fraction(amount.value) * mg_in_one


def _rate(steps: tuple[Step, ...]) -> Fraction:
    """Count the doses a day, over all steps that run together."""
    return sum((step.timing.doses_a_day * step.timing.days_share for step in steps), Fraction(0))


def _clash(steps: tuple[Step, ...], structure: Step) -> bool:
    """Tell whether text and structure name different times of day."""
    said = {when for step in steps for when in step.timing.when}
    own = set(structure.timing.when)
    return bool(said and own and said != own)


def _doses(steps: tuple[Step, ...]) -> str:
    return ", ".join(
        f"{step.dose.low} to {step.dose.high}" if step.dose.high else str(step.dose.low)
        for step in steps
    )


def _times(steps: tuple[Step, ...]) -> str:
    named = [when.value for step in steps for when in step.timing.when]
    often = _rate(steps)
    rate = "once a day" if often == 1 else f"{_plain(often)} times a day"
    return f"{rate} ({', '.join(named)})" if named else rate


def _days(step: Step) -> str:
    return f"{step.length.days} days" if step.length else "no end"


def _needed(step: Step) -> str:
    return "as needed" if step.as_needed else "regularly"


# ------------------------------------------------------------ the order and the totals


def _order(instructions: tuple[Instruction, ...]) -> Iterator[Finding]:
    numbers = [each.sequence for each in sorted(instructions, key=_written_place)]
    if len(numbers) < 2:
        return
    listed = ", ".join("none" if each is None else str(each) for each in numbers)
    span = Span(instructions[0].start, instructions[-1].end)
    if None in numbers:
        yield _found("sig.order-missing", span, numbers=listed)
    elif numbers != sorted(each for each in numbers if each is not None):
        yield _found("sig.order-reversed", span, numbers=listed)


def _written_place(instruction: Instruction) -> tuple[int, ...]:
    """Give a dosage's place in its message, by the numbers in its path: dosageInstruction[2]."""
    return tuple(int(each) for each in _PLACES.findall(instruction.path))


def _totals(
    said: tuple[Step, ...],
    structured: tuple[Step, ...],
    needed: _Needed,
    mg_in_one: Fraction | None,
) -> Iterator[Finding]:
    """Hold what text and structure use up against the quantity."""
    text = _total(said, needed, mg_in_one)
    structure = _total(structured, needed, mg_in_one)
    wanted = Fraction(needed.quantity.value)
    if all(total in {None, wanted} for total in (text, structure)):
        return
    yield _found(
        "sig.total-disagrees",
        Span(0, 0),
        quantity=str(needed.quantity),
        text="unknown" if text is None else _plain(text),
        structure="unknown" if structure is None else _plain(structure),
        days="unknown" if needed.days is None else str(needed.days),
    )


def _total(steps: tuple[Step, ...], needed: _Needed, mg_in_one: Fraction | None) -> Fraction | None:
    """Count what steps use up in the quantity's unit; as needed uses up no fixed count."""
    unit = unit_of(steps)
    if unit is None or any(each.as_needed for each in steps):
        return None
    dated = laid_out(steps)
    opens = any(each.last is None for each in dated)
    days = needed.days if opens else last_day(dated)
    if days is None or not 0 < days <= _LONGEST_DAYS:
        return None
    total = units_for(steps, days)
    if unit is needed.quantity.unit:
        return total
    mg = _mg(Amount(Decimal(1), unit), None) if unit.is_mass else None
    return total * mg / mg_in_one if mg is not None and mg_in_one else None


def _mg_in_one(form: Form | None, strength: Strength | None) -> Fraction | None:
    if form is None or strength is None:
        return None
    counted = strength.basis is Basis.PER_UNIT
    return strength.mg_in_one() if counted == form.is_counted else None


def _plain(value: Fraction) -> str:
    exact = decimal_of(value)
    return str(value) if exact is None else number(exact)


def _found(code: str, span: Span, **values: str) -> Finding:
    spans = (span,) if span.end > span.start else ()
    return replace(ask(code, _FIELD, Settler.CLINICAL, **values), spans=spans)
