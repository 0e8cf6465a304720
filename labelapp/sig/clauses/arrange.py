"""The arrangement: clauses to the order in which the patient takes them, or questions about it."""

from __future__ import annotations

import math
from fractions import Fraction

from labelapp.rx.directions import Route, Verb
from labelapp.sig.clauses.clause import Clause, Group
from labelapp.sig.clauses.growing import expanded
from labelapp.sig.clauses.inherit import inherit
from labelapp.sig.clauses.lasting import run_lengths
from labelapp.sig.clauses.questions import Questions

_THEN, _TOGETHER = "then", "at the same time"


def arranged(clauses: list[Clause], questions: Questions) -> list[Group]:
    """Order clauses into groups that follow one another; what is not certain is asked about."""
    dosed = _spread(clauses, questions)
    dosed = expanded(dosed, questions)
    groups = _grouped(dosed, questions)
    inherit(groups, questions)
    run_lengths(groups, questions)
    return groups


# ------------------------------------------------------------ clauses without a dose


def _spread(clauses: list[Clause], questions: Questions) -> list[Clause]:
    """Give what stands in a sentence without a dose to the doses that lack it."""
    dosed = [clause for clause in clauses if clause.is_dosed]
    for clause in clauses:
        if clause.is_dosed:
            continue
        if _acts_apart(clause, dosed):
            questions.ask("sig.which-dose", clause.span)  # chew, and then swallow
            continue
        if not (clause.says_anything or clause.link == _THEN):
            continue
        if clause.in_doubt and not dosed:
            questions.waits(clause.span)
            continue
        if not dosed or clause.link == _THEN or clause.window or clause.length or clause.hours:
            questions.ask("sig.no-dose", clause.span if clause.spans else clauses[-2].span)
        elif not _given(clause, dosed):
            questions.ask("sig.which-dose", clause.span)
    return dosed


def _acts_apart(clause: Clause, dosed: list[Clause]) -> bool:
    """Tell whether a loose verb is no dose's own; place, and let dissolve, is one act."""
    if _dissolves(clause, dosed):
        clause.verb = None
    return clause.verb not in {None, Verb.TAKE, Verb.USE, *(each.verb for each in dosed)}


def _dissolves(clause: Clause, dosed: list[Clause]) -> bool:
    """Tell whether a dose placed in the mouth is let dissolve there, and say so of every dose."""
    held = {Route.SUBLINGUAL, Route.BUCCAL}
    placed = all(
        each.verb in {Verb.PLACE, Verb.DISSOLVE} and (each.route or clause.route) in held
        for each in dosed
    )
    if clause.verb is not Verb.DISSOLVE or not placed:
        return False
    for each in dosed:
        each.verb = Verb.DISSOLVE
    return bool(dosed)


def _given(clause: Clause, dosed: list[Clause]) -> bool:
    """Give a loose clause's slots to every dose; False when one already says something else."""
    for each in dosed:
        if clause.has_time and each.has_time and not _fits(clause, each):
            return False
        for slot in ("route", "meal", "lead"):
            said, own = getattr(clause, slot), getattr(each, slot)
            if said is not None and own not in {None, said}:
                return False
    for each in dosed:
        if clause.has_time or clause.lead:
            each.take_times(clause)
        each.route = each.route or clause.route
        each.meal = each.meal or clause.meal
        each.as_needed = each.as_needed or clause.as_needed
        each.form_words = [*each.form_words, *clause.form_words]
        each.conditions = [*each.conditions, *clause.conditions]
        each.manner = [*each.manner, *clause.manner]
        each.spans = [*each.spans, *clause.spans]
    dosed[-1].goes_on = dosed[-1].goes_on or clause.goes_on
    return True


def _fits(clause: Clause, dose: Clause) -> bool:
    """Tell whether a loose time says nothing against a dose's own: daily, and at bedtime."""
    if dose.hours or (dose.when and clause.when and dose.when != clause.when):
        return False
    some = [bool(each.weekdays or each.a_week or each.days_on) for each in (clause, dose)]
    if (some[0] and dose.days == 1) or (some[1] and clause.days == 1):
        return False  # daily. Take twice weekly.
    for slot in ("days_on", "weekdays", "a_week", "clock", "lead"):
        said, own = getattr(clause, slot), getattr(dose, slot)
        if said and own and said != own:
            return False
    if clause.when and not dose.when and (dose.count or 1) != len(clause.when):
        return False
    return (dose.count or clause.count) == (clause.count or dose.count) and (
        dose.days or clause.days
    ) == (clause.days or dose.days)


# ------------------------------------------------------------ together or one after the other


def _grouped(dosed: list[Clause], questions: Questions) -> list[Group]:
    groups: list[Group] = []
    for clause in dosed:
        if groups and _runs_with(groups[-1], clause, questions):
            groups[-1].clauses.append(clause)
        else:
            groups.append(Group([clause]))
    return groups


def _runs_with(group: Group, clause: Clause, questions: Questions) -> bool:
    """Tell whether a dose runs together with those before it, or after them."""
    before, apart = group.clauses[-1], _apart(group, clause)
    span = before.span.joined(clause.span)
    if _is_unsaid(before, clause):
        questions.ask("sig.two-doses", span)
        return False
    if apart and (before.growth or _names_strength(before, clause)):
        questions.ask("sig.two-doses", span)  # LDN 4.5 mg nightly. Take 1 capsule in the evening
    if clause.link == _THEN or clause.window not in {None, before.window}:
        return False
    ends = before.length is not None
    same_end = before.length == clause.length and clause.link in {"and", ""}
    if apart and (not ends or same_end):
        return True
    if not ends:
        questions.ask("sig.two-doses", span)
        return True
    marked = clause.link in {",", ";", "."} or (clause.link == "" and clause.has_time)
    if marked and _same_times(before, clause):
        return False
    return questions.ask("sig.then-or-together", span, (_THEN, _TOGETHER)) == _TOGETHER


def _is_unsaid(before: Clause, clause: Clause) -> bool:
    """Tell whether an amount after days that ended may be no dose at all.

    A sentence of an amount alone (7 capsules), a weight (naltrexone 1.5 mg) or what the days come
    to is a quantity or a strength as likely as the next step.
    """
    marks = {",", ";", ".", "then"} if clause.names_drug else {",", ";", "."}
    days = _days_of(before)
    ended = days is not None and clause.link in marks
    says = clause.has_time or clause.verb or clause.length or clause.window or clause.goes_on
    if not ended or says or clause.dose is None or before.dose is None or days is None:
        return False
    weighs = clause.dose.kind == "mass" and before.dose.kind != "mass"
    totals = {before.dose.low * each for each in _times_in(before, days)}
    return clause.link == "." or weighs or clause.names_drug or clause.dose.low in totals


def _days_of(clause: Clause) -> int | None:
    """Give the days a dose runs, as a length or as named days; None while it is open."""
    if clause.length is not None:
        return clause.length.days
    window = clause.window
    return None if window is None or window.last is None else window.last - window.first + 1


def _times_in(dose: Clause, days: int) -> set[Fraction]:
    """Give how often a dose may fall into so many days, by each of the ways it is said."""
    a_day = Fraction(24, dose.hours) if dose.hours else Fraction(dose.a_day)
    weekly = Fraction(dose.a_week or len(dose.weekdays), 7)
    shares = {Fraction(1), Fraction(dose.days_on or 1, dose.days or 1), weekly}
    return {a_day * math.ceil(days * share) for share in shares} | {a_day * days * weekly}


def _names_strength(before: Clause, clause: Clause) -> bool:
    named = before.names_drug or (before.verb is None and clause.link in {".", ";"})
    drug = named and before.dose is not None and before.dose.kind == "mass"
    return drug and clause.dose is not None and clause.dose.kind != "mass"


def _apart(group: Group, clause: Clause) -> bool:
    """Tell whether a dose has its own time of day, and so have all it would run with."""
    if clause.weekdays and all(each.weekdays for each in group.clauses):
        others = {day for each in group.clauses for day in each.weekdays}
        if not others & set(clause.weekdays):
            return True  # Monday to Friday 1, Saturday and Sunday 2
    taken = [at for each in group.clauses for at in (*each.when, *each.clock)]
    own = (*clause.when, *clause.clock)
    named = bool(own) and all(each.when or each.clock for each in group.clauses)
    return named and not set(taken) & set(own)


def _same_times(before: Clause, clause: Clause) -> bool:
    if not clause.has_time:
        return True
    return before.times == clause.times
