"""Directions that are said read back as the same steps, whatever the steps say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import typed
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.decision import Decision
from labelapp.rx.directions import Dose, Length, Meal, Route, Sig, Step
from labelapp.rx.people import Role
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, When
from labelapp.sig.read import Reading, read
from labelapp.sig.say import say
from tests.sig.given import per_unit

AT = datetime(2026, 3, 2, tzinfo=UTC)
DAILY = Timing()
whens = st.lists(st.sampled_from(list(When)), min_size=1, max_size=3, unique=True).map(
    lambda each: tuple(sorted(each, key=list(When).index))
)
hours = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda each: each.replace(minute=each.minute // 15 * 15, second=0, microsecond=0)
)
weekdays = st.lists(st.sampled_from(WEEK), min_size=1, max_size=6, unique=True).map(
    lambda each: tuple(day for day in WEEK if day in each)
)


@st.composite
def ranged_counts(draw: Any) -> Timing:
    most = draw(st.integers(2, 4))
    return Timing(times_a_day=most, fewest=draw(st.integers(0, most - 1)))


@st.composite
def ranged_hours(draw: Any) -> Timing:
    low = draw(st.sampled_from([2, 4, 6, 8]))
    return Timing(every_hours=low, hours_to=low + draw(st.integers(1, 4)))


@st.composite
def clocks(draw: Any) -> Timing:
    at, lasts = draw(hours), draw(st.integers(0, 6))
    until = at.replace(hour=(at.hour + lasts) % 24) if lasts else None
    return Timing(clock=(Clock(at, until),))


on_a_day = st.one_of(
    st.just(DAILY),
    whens.map(lambda each: Timing(when=each)),
    st.integers(2, 4).map(lambda each: Timing(times_a_day=each)),
    ranged_counts(),
    clocks(),
    st.sampled_from([15, 30, 60, 120]).map(lambda each: Timing((When.BEDTIME,), lead=Lead(each))),
)
by_hours = st.one_of(
    st.sampled_from([4, 6, 8, 12]).map(lambda each: Timing(every_hours=each)), ranged_hours()
)


@st.composite
def on_days(draw: Any) -> Timing:
    """Give a timing of some days only."""
    timing: Timing = draw(on_a_day)
    kind = draw(st.integers(0, 3))
    if kind == 0:
        return replace(timing, weekdays=draw(weekdays))
    if kind == 1:
        return replace(timing, times_a_week=draw(st.integers(2, 6)))
    if kind == 2:
        on, off = draw(st.integers(2, 21)), draw(st.integers(1, 14))
        return replace(timing, days_on=on, every_days=on + off)
    return replace(timing, every_days=draw(st.sampled_from([2, 3, 4, 5, 6])))


timings = st.one_of(on_a_day, by_hours, on_days())
amounts = st.sampled_from(["1", "2", "3"]).map(lambda each: Amount(Decimal(each), Unit.CAPSULE))
doses = st.one_of(
    amounts.map(Dose),
    st.just(Dose(Amount(Decimal(1), Unit.CAPSULE), Amount(Decimal(2), Unit.CAPSULE))),
)


@st.composite
def sigs(draw: Any) -> Sig:
    """Give directions of one to four steps, the last open or ending in a stop."""
    count = draw(st.integers(1, 4))
    stops = draw(st.booleans())
    route = draw(st.sampled_from([None, Route.ORAL]))
    steps = []
    for sequence in range(1, count + 1):
        timing = draw(timings)
        ends = sequence < count or stops
        days = draw(st.integers(1, 6).map(lambda each: each * 7)) + timing.every_days
        single = not timing.weekdays and len(timing.when) < 2
        condition = ("as tolerated",) if sequence > 1 and draw(st.booleans()) else ()
        meal = draw(st.sampled_from([None, Meal.WITH_FOOD])) if count == 1 and single else None
        steps.append(
            Step(
                sequence,
                draw(doses),
                timing,
                route=route,
                length=Length(days) if ends else None,
                meal=None if timing.lead else meal,
                conditions=condition,
            )
        )
    return Sig("", tuple(steps), stops=stops)


def bare(sig: Sig) -> list[object]:
    steps = [
        (s.sequence, s.dose, s.timing, s.route, s.length, s.meal, s.conditions) for s in sig.steps
    ]
    return [*steps, sig.stops]


def again_read(text: str) -> Reading:
    """Read a label's words, answering that a step keeps no time and no days of the one before."""
    lexicon = typed.lexicon("en")
    asked = read(text, lexicon, Form.CAPSULE, per_unit("1.5"))
    answers = tuple(
        Decision(each.code, each.field, each.values, each.choices[1], "R. Ph.", Role.PHARMACIST, AT)
        for each in asked.findings
        if each.code in {"sig.time-of-day", "sig.same-days"}
    )
    return read(text, lexicon, Form.CAPSULE, per_unit("1.5"), answers)


@given(sigs())
def test_steps_of_every_kind_read_back_as_they_were(sig):
    said = say(sig, Form.CAPSULE, typed.phrases("en"), standard=False)
    text = ". ".join(f"{each.lead}: {each.text}" if each.lead else each.text for each in said)
    again = again_read(text)
    assert again.status == "ok", (text, again.findings)
    assert bare(again.sig) == bare(sig), text
