"""What one dose takes from another: times, route, verb, food and days said at some doses only."""

from __future__ import annotations

from copy import copy
from itertools import pairwise

from labelapp.rx.directions import Verb
from labelapp.rx.timing import When
from labelapp.sig.clauses.clause import OF_THE_DAY, OF_THE_WEEK, Clause, Group
from labelapp.sig.clauses.questions import Questions

_OF_MOUTH = (Verb.TAKE, Verb.PLACE, Verb.DISSOLVE)
_TIMES = tuple(slot for slots in OF_THE_DAY for slot in slots)
_DAYS = tuple(slot for slots in OF_THE_WEEK for slot in slots)
_SAME_DAYS, _EVERY_DAY = "on the same days", "every day"
_EVERY_STEP, _THESE_STEPS = "every step", "only these steps"
_DAY_PARTS = {
    When.MORNING: "in the morning",
    When.NOON: "at noon",
    When.EVENING: "in the evening",
    When.BEDTIME: "at bedtime",
}


def inherit(groups: list[Group], questions: Questions) -> None:
    """Give each dose what it leaves unsaid and another says; what may be meant otherwise is asked."""
    _time_of_all(groups, questions)
    _days_together(groups, questions)
    _from_before(groups, questions)
    _scope(groups, questions)


def _from_before(groups: list[Group], questions: Questions) -> None:
    for group in groups:
        for clause in group.clauses[1:]:
            first = group.clauses[0]
            if clause.verb in {None, first.verb, *_OF_MOUTH}:  # place 1, and swallow 1
                clause.route = clause.route or first.route
            clause.verb = clause.verb or first.verb
    for before, group in pairwise(groups):
        for clause in group.clauses:
            last = before.clauses[-1]
            if clause.verb in {None, last.verb, *_OF_MOUTH}:
                clause.route = clause.route or last.route
            clause.verb = clause.verb or last.verb
            places = [each for each in last.manner if each.startswith("to ")]
            clause.manner = clause.manner or places
            _inherit_unit(last, clause, questions)
            _inherit_times(before, group, clause, questions)


def _time_of_all(groups: list[Group], questions: Questions) -> None:
    """Give the time said after the last dose to all before it, when none of them has one.

    Days 1 to 7: 1 capsule, days 8 to 14: 2 capsules, after that 3 capsules at bedtime.
    """
    clauses = [clause for group in groups for clause in group.clauses]
    last = clauses[-1] if clauses else None
    if last is None or len(groups) != len(clauses) or len(clauses) < 2 or last.in_doubt:
        return
    at_times = bool(last.when or last.clock) and not (last.conditions or last.manner)
    more = (last.fewest, last.hours, last.days_on, last.weekdays, last.a_week, last.lead)
    daily = (
        (last.days or 1) == 1
        and last.a_day == 1
        and not any(each not in {None, ()} for each in more)
    )
    if any(each.has_time for each in clauses[:-1]) or not (at_times and daily):
        return
    questions.note("sig.time-of-all", last.span)
    for each in clauses[:-1]:
        each.take_times(last)


def _inherit_unit(last: Clause, clause: Clause, questions: Questions) -> None:
    """Ask what a number without a unit means after a dose in mg or mL: 1.5 mg, then 3."""
    if last.dose is None or clause.dose is None or clause.dose.kind != "bare":
        return
    if last.dose.kind == "mass" or last.weight is not None:
        questions.ask("sig.no-unit", clause.dose.span)


def _inherit_times(before: Group, group: Group, clause: Clause, questions: Questions) -> None:
    last = before.clauses[-1]
    if not clause.has_time:
        if len(before.clauses) > 1 or len(group.clauses) > 1:
            return
        clause.take_times(last)
        return
    daily = clause.days is not None or clause.nightly
    timed = clause.when or clause.count or clause.hours or clause.clock
    if timed and _says(last, _DAYS) and not _says(clause, _DAYS) and not daily:
        choices = (_SAME_DAYS, _EVERY_DAY)
        answer = questions.ask("sig.same-days", clause.span, choices)
        for slot in _DAYS if answer == _SAME_DAYS else ():
            setattr(clause, slot, getattr(last, slot))
    if not timed and (last.when or last.clock):
        _time_of_day(before, clause, questions)


def _time_of_day(before: Group, clause: Clause, questions: Questions) -> None:
    """Ask whether a dose that says only its days keeps the time of the one before it."""
    last = before.clauses[-1]
    if clause.days == 1 and len(before.clauses) > 1:
        return
    parts = " and ".join(_DAY_PARTS[each] for each in last.when) or "at the same time of day"
    free = _EVERY_DAY if clause.days == 1 else "at no set time"
    answer = questions.ask("sig.time-of-day", clause.span, (parts, free), times=parts)
    if answer == parts:
        clause.when, clause.clock = last.when, last.clock


def _days_together(groups: list[Group], questions: Questions) -> None:
    """Ask whether days, or words a dose hangs on, hold for all doses that run together."""
    for clauses in (group.clauses for group in groups if len(group.clauses) > 1):
        for slots in (_DAYS, ("conditions",), _TIMES):
            said = [clause for clause in clauses if _says(clause, slots)]
            silent = [clause for clause in clauses if not _says(clause, slots)]
            if not said or not silent:
                continue
            what = questions.written(said[0].span)
            answer = questions.ask(
                "sig.some-steps", said[0].span, (_EVERY_STEP, _THESE_STEPS), what=what
            )
            for clause in silent if answer == _EVERY_STEP else ():
                for slot in slots:
                    setattr(clause, slot, copy(getattr(said[0], slot)))


def _says(clause: Clause, slots: tuple[str, ...]) -> bool:
    """Tell whether a dose says anything by these slots; every day says no more than silence."""
    said = (getattr(clause, slot) for slot in slots)
    return any(each and each != 1 for each in said)


def _scope(groups: list[Group], questions: Questions) -> None:
    """Ask whether food or `as needed`, said at some steps only, holds for all of them."""
    clauses = [clause for group in groups for clause in group.clauses]
    for slot, none in (("meal", None), ("as_needed", False), ("manner", [])):
        said = [clause for clause in clauses if getattr(clause, slot) != none]
        silent = [clause for clause in clauses if getattr(clause, slot) == none]
        value = getattr(said[0], slot) if said else none
        same = all(getattr(clause, slot) == value for clause in said)
        if not said or not silent or not same:
            continue
        what = {"meal": str(value), "as_needed": "as needed", "manner": " ".join(said[0].manner)}[
            slot
        ]
        answer = questions.ask(
            "sig.some-steps", said[0].span, (_EVERY_STEP, _THESE_STEPS), what=what
        )
        for clause in silent if answer == _EVERY_STEP else ():
            setattr(clause, slot, value)
