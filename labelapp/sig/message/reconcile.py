"""Reconciling: text, structure, quantity and days' supply of a message held to one another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from labelapp.rx.amount import Amount, Basis, Strength
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Step
from labelapp.rx.draft import Instruction
from labelapp.rx.finding import Finding, Settler, Span, ask, note
from labelapp.sig.message import told
from labelapp.sig.message.agree import is_same_food, is_same_often, says_less
from labelapp.sig.message.totals import ends_on, total
from labelapp.sig.read import Reading

_PLACES = re.compile(r"\[([0-9]{1,4})\]")
_FIELD = "sig"
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class _Needed:
    """What was ordered: how many, and for how many days."""

    quantity: Amount | None
    days: int | None
    mg_in_one: Fraction | None


@dataclass(frozen=True)
class _Own:
    """A dosage with the steps of the text that are its own.

    `sharing` counts the dosages that stand over one text whose steps could not be dealt out to
    them one to one.
    """

    instruction: Instruction
    steps: tuple[Step, ...]
    sharing: int = 1


def reconcile(
    instructions: tuple[Instruction, ...],
    readings: tuple[Reading, ...],
    form: Form | None,
    strength: Strength | None,
    quantity: Amount | None,
    days_supply: int | None,
) -> tuple[Finding, ...]:
    """Compare each structured dosage with its own text, their order, and totals with the quantity.

    Every disagreement is an ASK that carries all the values; nothing is chosen. What the structure
    says beyond the text is a NOTE, for the text is what stands on the label.
    """
    findings: list[Finding] = []
    needed = _Needed(quantity, days_supply, _mg_in_one(form, strength))
    dealt = _dealt(instructions, tuple(reading.sig.steps for reading in readings))
    for own in dealt:
        if own.instruction.step is not None:
            findings.extend(_compare(own, own.instruction.step, needed.mg_in_one))
    findings.extend(_order(instructions))
    said = tuple(own.steps for own in dealt)
    structured = tuple((each.step,) if each.step else () for each in instructions)
    is_read = all(reading.sig.steps for reading in readings)
    findings.extend(
        _totals(
            combined(instructions, said) if is_read else (),
            combined(instructions, structured) if all(structured) else (),
            needed,
        )
    )
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


def _dealt(
    instructions: tuple[Instruction, ...], read: tuple[tuple[Step, ...], ...]
) -> tuple[_Own, ...]:
    """Give each dosage its own steps of the text.

    Dosages that all repeat the whole text share its steps in the order both have them. Where they
    are not as many, the first has all of them.
    """
    dealt: list[_Own] = []
    for place, (each, steps) in enumerate(zip(instructions, read, strict=True)):
        sharing = [other for other in instructions if _is_over_same(each, other)]
        before = sum(_is_over_same(each, other) for other in instructions[:place])
        if len(sharing) < 2:
            dealt.append(_Own(each, steps))
        elif _is_dealt_out(sharing, steps):
            dealt.append(_Own(each, steps[before : before + 1]))
        else:
            dealt.append(_Own(each, () if before else steps, len(sharing)))
    return tuple(dealt)


def _is_over_same(one: Instruction, other: Instruction) -> bool:
    return one.end > one.start and (one.start, one.end) == (other.start, other.end)


def _is_dealt_out(sharing: list[Instruction], steps: tuple[Step, ...]) -> bool:
    """Tell whether steps follow one another, or run together, as the dosages over them do."""
    if len(sharing) != len(steps):
        return False
    numbers, sequences = [each.sequence for each in sharing], [step.sequence for step in steps]
    return all(
        (numbers[place] == numbers[place - 1]) == (sequences[place] == sequences[place - 1])
        for place in range(1, len(steps))
    )


def _compare(own: _Own, structure: Step, mg_in_one: Fraction | None) -> Iterator[Finding]:
    instruction, steps = own.instruction, own.steps
    span = Span(instruction.start, instruction.end)
    if not instruction.text.strip() or not steps:
        return
    if own.sharing > 1 or len({step.sequence for step in steps}) > 1:
        yield _found("sig.steps-disagree", span, text=str(len(steps)), structure=str(own.sharing))
        return
    if not _same_dose(steps, structure, mg_in_one):
        yield _differ("dose", span, told.doses(steps), told.doses((structure,)))
    yield from _times(steps, structure, span)
    if steps[-1].length != structure.length:
        yield _differ("length", span, told.lasting(steps[-1]), told.lasting(structure))
    if structure.route is not None and steps[0].route not in {None, structure.route}:
        route = steps[0].route.value if steps[0].route else ""
        yield _differ("route", span, route, structure.route.value)
    if structure.as_needed != steps[0].as_needed:
        yield _differ("needed", span, told.needed(steps[0]), told.needed(structure))


def _times(steps: tuple[Step, ...], structure: Step, span: Span) -> Iterator[Finding]:
    """Compare how often and when, and how it stands to food; note what the text leaves out."""
    own = (structure,)
    said, coded = told.often(steps), told.often(own)
    if not is_same_often(steps, structure):
        yield _differ("frequency", span, said, coded)
    elif not is_same_food(steps, structure):
        yield _differ("meal", span, told.meals(steps), told.meals(own))
    elif says_less(steps, structure):
        more = f"{coded}, {told.meals(own)}" if structure.meal else coded
        yield _pointing(note("sig.structure-says-more", _FIELD, text=said, structure=more), span)


def _same_dose(steps: tuple[Step, ...], structure: Step, mg_in_one: Fraction | None) -> bool:
    """Tell whether every dose of the text is the dose of the structure, in mg where units differ."""
    return all(
        _equal(step.dose, structure.dose, mg_in_one) or _weighs(step, structure.dose)
        for step in steps
    )


def _weighs(step: Step, dose: Dose) -> bool:
    """Compare with the weight the text itself gives beside what is counted: 100 mg (4 mL)."""
    single = step.dose.high is None and dose.high is None
    return single and step.dose_mg is not None and step.dose_mg == _mg(dose.low, None)


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
    said: tuple[Step, ...], structured: tuple[Step, ...], needed: _Needed
) -> Iterator[Finding]:
    """Hold what text and structure use up, and the days they run, against what was ordered.

    There are no steps to count where a dosage was not understood: a part is no total.
    """
    if needed.quantity is not None:
        unit, wanted = needed.quantity.unit, Fraction(needed.quantity.value)
        text, structure = (
            total(steps, unit, needed.days, needed.mg_in_one) for steps in (said, structured)
        )
        if not all(each is None or each.allows(wanted) for each in (text, structure)):
            yield _found(
                "sig.total-disagrees",
                Span(0, 0),
                quantity=str(needed.quantity),
                text=_UNKNOWN if text is None else str(text),
                structure=_UNKNOWN if structure is None else str(structure),
                days=_UNKNOWN if needed.days is None else str(needed.days),
            )
    ends = [ends_on(steps) for steps in (said, structured)]
    if needed.days is not None and any(each is not None and each < needed.days for each in ends):
        text_ends, own_ends = (_UNKNOWN if each is None else told.days(each) for each in ends)
        days = told.days(needed.days)
        yield _found("sig.days-disagree", Span(0, 0), text=text_ends, structure=own_ends, days=days)


def _mg_in_one(form: Form | None, strength: Strength | None) -> Fraction | None:
    if form is None or strength is None:
        return None
    counted = strength.basis is Basis.PER_UNIT
    return strength.mg_in_one() if counted == form.is_counted else None


def _differ(what: str, span: Span, text: str, structure: str) -> Finding:
    return _found(f"sig.{what}-disagrees", span, text=text, structure=structure)


def _found(code: str, span: Span, **values: str) -> Finding:
    return _pointing(ask(code, _FIELD, Settler.CLINICAL, **values), span)


def _pointing(finding: Finding, span: Span) -> Finding:
    return replace(finding, spans=(span,) if span.end > span.start else ())
