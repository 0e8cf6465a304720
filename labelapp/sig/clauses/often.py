"""How often: the time slots of a clause as one timing, or a question when they disagree."""

from __future__ import annotations

from copy import copy

from labelapp.rx.finding import Span
from labelapp.rx.timing import WEEK, Timing, When
from labelapp.sig.clauses.clause import Clause
from labelapp.sig.clauses.questions import Questions

_ORDER = tuple(When)
_BEDTIME = "at bedtime"
_FEW_DAYS = 3


def how_often(clause: Clause, questions: Questions) -> Timing | None:
    """Bring the time slots to one timing; slots that say different things are a question."""
    clause = _said_once(clause)
    if not _is_clear(clause, questions):
        return None
    when = tuple(sorted(clause.when, key=_ORDER.index))
    return Timing(
        when,
        1 if when or clause.clock else clause.count or 1,
        clause.hours,
        clause.days or 1,
        clause.days_on or 1,
        clause.weekdays,
        clause.a_week,
        clause.fewest,
        clause.hours_to,
        clause.clock,
        clause.lead,
    )


def _is_clear(clause: Clause, questions: Questions) -> bool:
    """Tell whether the slots make one timing; ask about the first thing that stands against it."""
    weekly = (clause.rate is not None or clause.days == 14) and not clause.days_on
    if _disagrees(clause):
        questions.ask("sig.times-disagree", clause.span)
    elif not clause.has_time:
        if not clause.in_doubt:
            questions.ask("sig.no-times", clause.span)
    elif _food_is_unclear(clause):
        questions.ask("sig.meal-of-which", clause.span)
    elif clause.when and weekly and (clause.days or 1) >= 7:  # nightly, weekly
        every = f"every {clause.days} days"
        return questions.ask("sig.every-days", clause.span, (every,), every=every) is not None
    elif clause.nights is not None and clause.when != (When.BEDTIME,):
        return _by_night(clause, clause.nights, questions)
    else:
        return True
    return False


def _by_night(clause: Clause, nights: Span, questions: Questions) -> bool:
    """Ask whether days counted in nights are at bedtime; another time of day is against it."""
    choices = () if clause.when or clause.clock else (_BEDTIME,)
    if questions.ask("sig.nights", nights, choices) is None:
        return False
    clause.when = (When.BEDTIME,)
    return True


def _said_once(clause: Clause) -> Clause:
    """Leave out what another slot says too: 3 times a week on MWF, 2 times a day every 12 hours."""
    made = copy(clause)
    if made.days == 1 and _says_daily_too(made):  # daily, 5 days a week
        made.days = None
    if len(made.weekdays) == 1 and made.days == 7 and not made.days_on:
        made.days = None
    if made.weekdays and made.a_week == len(made.weekdays):
        made.a_week = None
    if made.hours and made.count and made.hours * made.count == 24 and made.hours_to is None:
        made.count = None
    return made


def _says_daily_too(clause: Clause) -> bool:
    """Tell whether daily goes with the days named: Monday to Friday, 5 days a week, at 9 pm."""
    if clause.weekdays:
        return _is_run(clause)
    return (clause.a_week is not None and not clause.times_of_week) or bool(clause.clock)


def _is_run(clause: Clause) -> bool:
    """Tell whether the weekdays follow one another, four or more of them."""
    places = [WEEK.index(each) for each in clause.weekdays]
    return len(places) > _FEW_DAYS and places == list(range(places[0], places[0] + len(places)))


def _disagrees(clause: Clause) -> bool:
    """Tell whether the slots of a clause say different things of how often."""
    count, a_day = clause.count, len(clause.when) + len(clause.clock)
    on_days = (clause.weekdays, clause.a_week, (clause.days or 1) > 1)
    weekly = (clause.days or 1) >= 7 or clause.a_week is not None
    weekdays = bool(clause.weekdays)
    wrong = (
        clause.count == 1 and weekly and clause.rate is not None,
        clause.times_of_week and clause.rate is not None,
        (count or 0) > 1 and clause.days == 1,
        a_day > 0 and count is not None and count != a_day,
        bool(clause.when and clause.clock),
        clause.hours is not None and bool(a_day or count),
        clause.hours is not None and (any(on_days) or clause.lead is not None),
        clause.rate is not None and (clause.hours is not None or clause.a_day > 1),
        clause.fewest is not None and a_day > 0,
        clause.times_of_week and clause.a_week is not None and clause.a_day > 1,
        sum(bool(each) for each in on_days) > 1,
        any(on_days[:2]) and clause.days == 1,
        len(clause.weekdays) == 1 and clause.starts,
        (clause.nightly or clause.nights is not None) and not _is_run(clause) and weekdays,
        clause.nightly and not clause.days_on and ((clause.days or 1) > 1 or bool(clause.a_week)),
        clause.length is not None and (clause.days or 1) > clause.length.days > 0,
    )
    return any(wrong)


def _food_is_unclear(clause: Clause) -> bool:
    """Tell whether food, or an hour before something, belongs to some times of day only."""
    if clause.meal_at and not set(clause.when) <= set(clause.meal_at):
        return True
    if clause.lead is None:
        return False
    beside_bed = When.BEDTIME in clause.when and (clause.meal is not None or clause.lead.after)
    return len(clause.when) > 1 or beside_bed or not (clause.when or clause.meal)
