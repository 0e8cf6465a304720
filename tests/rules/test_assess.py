"""The whole assessment: what is gathered, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.decision import open_questions
from labelapp.rx.directions import Dose, Sig, Step
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.lot import Lot, Preparation, Storage
from labelapp.rx.timing import Timing
from tests.rules.cases import FILL, count, look, made


def test_a_fill_with_nothing_amiss_may_print():
    found = look(FILL)
    assert open_questions(found.findings, ()) == ()
    assert found.days == 30
    assert found.units == 69
    assert found.bud is not None
    assert found.bud.last_day == date(2026, 6, 29)
    assert found.law is not None
    assert found.law.jurisdiction == "CA"


def test_stops_come_first_then_questions_then_notes():
    fill = replace(made(released_by=""), answers=(), quantity=count("60"))
    found = [each.severity for each in look(fill).findings]
    order = [Severity.STOP, Severity.ASK, Severity.NOTE]
    assert found == sorted(found, key=order.index)
    assert set(found) == set(order)


def test_nothing_is_said_twice():
    found = look(replace(made(released_by=""), answers=())).findings
    assert len(found) == len(set(found))


def test_no_answer_of_a_pharmacist_outlives_its_fill():
    def bound(fill: Fill) -> dict[str, str]:
        return {each.code: each.value("fill") for each in look(fill).findings}

    fill = replace(made(released_by=""), answers=(), quantity=count("60"), refills_left=0)
    found = bound(fill)
    assert found["lot.not-released"] == "1234567-00"
    assert found["safety.unanswered"] == ""
    assert bound(replace(fill, number=1, first_day=31))["lot.not-released"] == "1234567-01"
    of_another = replace(fill.prescription, number="7654321")
    assert bound(replace(fill, prescription=of_another))["lot.not-released"] == "7654321-00"
    for each in look(fill).findings:
        held = each.severity is Severity.STOP or each.settler is Settler.PHARMACIST
        assert bool(each.value("fill")) is held, each.code


amounts = st.decimals(Decimal(0), Decimal(5000), places=3).map(Decimal)
strengths = st.builds(
    Strength,
    st.builds(Amount, amounts, st.sampled_from(Unit)),
    st.sampled_from(Basis),
    st.sampled_from([Decimal(1), Decimal(5), Decimal(100)]),
)
days = st.dates(date.min, date.max)
names = st.sampled_from(["naltrexone", "LDN", "naloxone", "ketotifen", "", "\u202e"])
ingredients = st.builds(Ingredient, names, st.sampled_from(Part), st.none() | strengths)
steps = st.builds(
    Step,
    st.integers(1, 3),
    st.builds(Dose, st.builds(Amount, amounts, st.sampled_from(Unit))),
    st.builds(
        Timing,
        times_a_day=st.integers(0, 6),
        every_hours=st.none() | st.integers(1, 24),
        every_days=st.integers(1, 30),
    ),
    as_needed=st.booleans(),
)
lots = st.builds(
    Lot,
    st.text(max_size=5),
    days,
    st.sampled_from(Preparation),
    st.sampled_from(Storage),
    st.none() | st.sampled_from(Form),
    st.none() | strengths,
    shortened_to=st.none() | days,
)
fills = st.builds(
    lambda form, parts, sig, lot, quantity, dates, number: replace(
        FILL,
        prescription=replace(
            FILL.prescription,
            compound=Compound(form, tuple(parts)),
            sig=Sig("", tuple(sig)),
            quantity=quantity,
            written=dates[0],
        ),
        quantity=quantity,
        filled_on=dates[1],
        starts_on=dates[2],
        lots=tuple(lot),
        number=number,
        first_day=number + 1,
    ),
    st.sampled_from(Form),
    st.lists(ingredients, max_size=3),
    st.lists(steps, max_size=3),
    st.lists(lots, max_size=2),
    st.builds(Amount, amounts, st.sampled_from(Unit)),
    st.tuples(days, days, st.none() | days),
    st.integers(0, 9),
)


@given(fill=fills, today=days)
def test_whatever_comes_is_assessed_or_refused_never_a_crash(fill, today):
    found = look(fill, today)
    assert (found.bud is None) == (not fill.lots)
    assert found.days is None or 0 <= found.days <= 1000
    assert all(type(value) is str for each in found.findings for _, value in each.values)
