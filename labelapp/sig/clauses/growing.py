"""Growth: a rule of increase or taper written out as the steps it means, when it means one thing."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from fractions import Fraction

from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Increase, Length, Step
from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import IN_MG, Clause, Group, Growth, Written
from labelapp.sig.clauses.questions import Questions

MOST_STEPS = 40
"""More steps than a label could ever say."""


def expanded(clauses: list[Clause], questions: Questions) -> list[Clause]:
    """Write out every rule; one that does not end exactly where it should is asked about.

    Start 1 mg, 0.5 mg more every 7 days up to 2 mg is 1 mg for 7 days, 1.5 mg for 7 days, then
    2 mg. A start that has its own length keeps it. A taper without a floor ends with its last dose.
    """
    found: list[Clause] = []
    for clause in clauses:
        if clause.growth is None:
            found.append(clause)
        elif len(found) > 1 and not _stands_alone(found[-2], found[-1]):
            questions.ask("sig.increase-unclear", clause.growth.span)
        elif steps := _steps(found[-1] if found else None, clause, clause.growth, questions):
            found[-1:] = steps
    return found


def _stands_alone(before: Clause, start: Clause) -> bool:
    """Tell whether a dose that grows follows the one before it, so that it is taken alone."""
    return start.link == "then" and before.length is not None


def _steps(
    start: Clause | None, rule: Clause, growth: Growth, questions: Questions
) -> list[Clause]:
    extra = any((rule.length, rule.window, rule.as_needed, rule.form_words))
    if start is None or start.dose is None or start.dose.high is not None or extra:
        questions.ask("sig.increase-unclear", growth.span)
        return []
    if _says_else(start, rule):
        questions.ask("sig.increase-unclear", start.span.joined(rule.span))
        return []
    doses = _doses(start, growth, questions)
    if not doses:
        return []
    if start.length not in {None, Length(growth.days)} and not growth.follows:
        questions.ask("sig.increase-unclear", start.span.joined(growth.span))
        return []
    if not _times_agree(start, rule):
        questions.ask("sig.time-of-day", rule.span, times="")
        return []
    steps = [_first(start, rule, growth)]
    steps.extend(_later(start, rule, growth, dose) for dose in doses[1:])
    if growth.to is not None:
        steps[-1].length, steps[-1].goes_on = None, rule.goes_on or start.goes_on
    return steps


def _says_else(start: Clause, rule: Clause) -> bool:
    """Tell whether what stands after the rule is another route, food or place than the start's."""
    pairs = ((getattr(start, slot), getattr(rule, slot)) for slot in ("route", "meal", "manner"))
    return any(own and other and own != other for own, other in pairs)


def _doses(start: Clause, growth: Growth, questions: Questions) -> list[Fraction]:
    """Give the doses from the start to the end of the rule, in the unit of what changes."""
    like = growth.to or growth.by
    first = in_like_units(start.dose, like) if start.dose else None
    if first is None and start.weight is not None:  # 0.5 mL (0.5 mg), then more by mg
        first = in_like_units(start.weight, like)
    by, end = in_like_units(growth.by, like), growth.to.low if growth.to else Fraction(0)
    if first is None or not by or (start.link not in {"", "then"} and start.window):
        questions.ask("sig.increase-unclear", growth.span)
        return []
    way = -1 if growth.shrinks else 1
    many = (end - first) * way / by
    if many.denominator != 1 or not 0 < many <= MOST_STEPS:
        questions.ask("sig.increase-uneven", growth.span)
        return []
    doses = [first + by * way * step for step in range(int(many) + 1)]
    return doses if growth.to is not None else doses[:-1]


def _first(start: Clause, rule: Clause, growth: Growth) -> Clause:
    made = _like(start, rule)
    made.length = start.length or Length(growth.days)
    return made


def _later(start: Clause, rule: Clause, growth: Growth, dose: Fraction) -> Clause:
    made = _like(start, rule)
    made.spans, made.link, made.weight = rule.spans, "then", None
    made.dose = replace(growth.to or growth.by, low=dose, span=growth.span)
    made.length = Length(growth.days)
    made.conditions = [*start.conditions, *growth.conditions, *rule.conditions]
    return made


def _like(start: Clause, rule: Clause) -> Clause:
    """Give a step of the rule: all the start says, and of the rest what the rule says."""
    made = copy(start)
    made.growth = rule.growth
    made.take_times(rule)
    made.route = start.route or rule.route
    made.meal = start.meal or rule.meal
    made.manner = start.manner or rule.manner
    made.goes_on = None
    return made


def _times_agree(start: Clause, rule: Clause) -> bool:
    """Tell whether the ceiling's own times, if any, are those of the dose that grows.

    `up to 3 capsules daily` says nothing new of a dose taken once a day; of one taken twice it
    may be the whole day's.
    """
    some_days = (rule.weekdays, rule.a_week, rule.days_on, rule.hours, rule.lead)
    limits = any(some_days) or rule.fewest is not None or (rule.days or 1) > 1
    if limits and start.times != rule.times:
        return False
    if not start.has_time:
        return True
    daily = start.a_day == 1 and start.hours is None and (start.days or 1) == 1
    if not rule.has_time:
        return start.a_day == 1 and start.hours is None
    if daily and rule.a_day == 1 and not (rule.when or rule.clock):
        return True
    return start.times == rule.times


def in_like_units(written: Written, like: Written) -> Fraction | None:
    """Give an amount in the unit of another, or None when they cannot be compared."""
    if written.kind == "mass" and like.kind == "mass":
        own, other = IN_MG[written.unit or Unit.MG], IN_MG[like.unit or Unit.MG]
        return written.low * own / other
    same = (written.kind, written.unit) == (like.kind, like.unit)
    return written.low if same else None


def increases(groups: list[Group], steps: tuple[Step, ...]) -> tuple[Increase, ...]:
    """Give each rule beside the steps it was written out as, in the unit they are taken in."""
    doses = {step.sequence: step.dose.low for step in steps}
    ruled: dict[Span, list[int]] = {}
    rules: dict[Span, Growth] = {}
    for sequence, group in enumerate(groups, 1):
        for growth in (each.growth for each in group.clauses):
            if growth is not None and sequence in doses:
                rules[growth.span] = growth
                ruled.setdefault(growth.span, []).append(sequence)
    return tuple(
        _increase(rules[span], [doses[each] for each in numbers], numbers)
        for span, numbers in ruled.items()
        if len(numbers) > 1
    )


def _increase(growth: Growth, doses: list[Amount], numbers: list[int]) -> Increase:
    by = Amount(abs(doses[1].value - doses[0].value), doses[0].unit)
    return Increase(by, growth.days, doses[-1], numbers[0], numbers[-1], (growth.span,))
