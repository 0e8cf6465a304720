"""Growth: an increase rule written out as the steps it means, when it means exactly one thing."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from fractions import Fraction

from labelapp.rx.amount import Unit
from labelapp.rx.directions import Length
from labelapp.sig.clause import IN_MG, Clause, Growth, Written
from labelapp.sig.questions import Questions

MOST_STEPS = 40
"""More steps than a label could ever say."""


def expanded(clauses: list[Clause], questions: Questions) -> list[Clause]:
    """Write out every increase rule; one that does not end exactly on its ceiling is asked about.

    Start 1 mg, 0.5 mg more every 7 days up to 2 mg is 1 mg for 7 days, 1.5 mg for 7 days, then
    2 mg. A start that has its own length keeps it.
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
    extra = rule.length or rule.window or rule.as_needed or rule.form_words
    if start is None or start.dose is None or start.dose.high is not None or extra:
        questions.ask("sig.increase-unclear", growth.span)
        return []
    first = _common(start.dose, growth.ceiling)
    if first is None and start.weight is not None:  # 0.5 mL (0.5 mg), then more by mg
        first = _common(start.weight, growth.ceiling)
    by, top = _common(growth.by, growth.ceiling), growth.ceiling.low
    if first is None or by is None or (start.link not in {"", "then"} and start.window):
        questions.ask("sig.increase-unclear", growth.span)
        return []
    many = (top - first) / by
    if many.denominator != 1 or not 0 < many <= MOST_STEPS:
        questions.ask("sig.increase-uneven", growth.span)
        return []
    if start.length not in {None, Length(growth.days)} and not growth.follows:
        questions.ask("sig.increase-unclear", start.span.joined(growth.span))
        return []
    if not _times_agree(start, rule):
        questions.ask("sig.time-of-day", rule.span, times="")
        return []
    doses = [first + by * step for step in range(int(many) + 1)]
    return [_step(start, rule, growth, dose, doses) for dose in doses]


def _step(
    start: Clause, rule: Clause, growth: Growth, dose: Fraction, doses: list[Fraction]
) -> Clause:
    made = copy(start)
    made.spans = start.spans if dose == doses[0] else rule.spans
    made.link = start.link if dose == doses[0] else "then"
    span = start.dose.span if start.dose and dose == doses[0] else growth.span
    made.dose = replace(growth.ceiling, low=dose, span=span)
    made.weight = None
    made.when = list(start.when or rule.when)
    made.count = start.count or rule.count
    made.days, made.rate = start.days or rule.days, start.rate or rule.rate
    made.hours = start.hours or rule.hours
    made.route = start.route or rule.route
    made.meal = start.meal or rule.meal
    made.length = Length(growth.days)
    if dose == doses[0]:
        made.length, made.dose = start.length or Length(growth.days), start.dose
        made.weight = start.weight
    elif dose == doses[-1]:
        made.length, made.goes_on = None, rule.goes_on or start.goes_on
    return made


def _times_agree(start: Clause, rule: Clause) -> bool:
    """Tell whether the ceiling's own times, if any, are those of the dose that grows.

    `up to 3 capsules daily` says nothing new of a dose taken once a day; of one taken twice it
    may be the whole day's.
    """
    if not start.has_time:
        return True
    daily = start.a_day == 1 and start.hours is None and (start.days or 1) == 1
    if not rule.has_time:
        return start.a_day == 1 and start.hours is None
    if daily and rule.a_day == 1 and not (rule.when or rule.hours) and (rule.days or 1) == 1:
        return True
    return (start.when, start.count, start.days, start.hours) == (
        rule.when,
        rule.count,
        rule.days,
        rule.hours,
    )


def _common(written: Written, like: Written) -> Fraction | None:
    """Give an amount in the unit of another, or None when they cannot be compared."""
    if written.kind == "mass" and like.kind == "mass":
        own, other = IN_MG[written.unit or Unit.MG], IN_MG[like.unit or Unit.MG]
        return written.low * own / other
    same = (written.kind, written.unit) == (like.kind, like.unit)
    return written.low if same else None
