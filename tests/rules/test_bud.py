"""The beyond-use date is the earliest of every limit, counted from compounding."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.rules.bud import Bud, beyond_use
from labelapp.rules.counting import Counting, days_after
from labelapp.rx.lot import Component, Lot, Preparation, Storage
from tests.rules.cases import LOT, TABLES

DAY_ONE, DATE_PLUS_N = Counting(), Counting(compounding_day_is_first=False)


def bud(*lots: Lot, counting: Counting = DAY_ONE) -> Bud:
    found = beyond_use(lots, TABLES.classes, counting)
    assert found is not None
    return found


def bare(**changes: Any) -> Lot:
    return replace(LOT, components=(), **changes)


@pytest.mark.parametrize(
    ("preparation", "last"),
    [
        (Preparation.NONPRESERVED_AQUEOUS, date(2026, 1, 14)),
        (Preparation.PRESERVED_AQUEOUS, date(2026, 2, 4)),
        (Preparation.NONAQUEOUS_ORAL_LIQUID, date(2026, 3, 31)),
        (Preparation.OTHER_NONAQUEOUS, date(2026, 6, 29)),
    ],
)
def test_each_class_has_its_days_and_the_day_of_compounding_is_the_first(preparation, last):
    assert bud(bare(preparation=preparation)).last_day == last
    assert bud(bare(preparation=preparation), counting=DATE_PLUS_N).last_day == last + timedelta(
        days=1
    )


def test_the_reason_is_the_earliest_limit_and_every_limit_is_kept():
    expiring = replace(
        LOT, components=(*LOT.components, Component("Gelatin shell", "G1", date(2026, 3, 31)))
    )
    found = bud(expiring)
    assert found.last_day == date(2026, 3, 31)
    assert found.reason.code == "bud.component"
    assert dict(found.reason.values)["component"] == "Gelatin shell (lot G1)"
    assert [each.code for each in found.limits] == ["bud.class", *["bud.component"] * 3]


def test_a_shortened_bud_holds_and_a_longer_one_does_not():
    assert bud(bare(shortened_to=date(2026, 2, 1))).reason.code == "bud.shortened"
    later = bud(bare(shortened_to=date(2026, 12, 31)))
    assert (later.last_day, later.reason.code) == (date(2026, 6, 29), "bud.class")


def test_of_several_lots_the_earliest_holds():
    older = bare(number="251101-03", made_on=date(2025, 11, 1))
    found = bud(LOT, older)
    assert found.last_day == date(2026, 4, 29)
    assert dict(found.reason.values)["lot"] == "251101-03"


def test_without_a_lot_there_is_no_date():
    assert beyond_use((), TABLES.classes, DAY_ONE) is None


def test_a_date_never_runs_past_the_calendar():
    assert days_after(date(9999, 12, 30), 180) == date.max
    assert bud(bare(made_on=date.max)).last_day == date.max


dates = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(
    made_on=dates,
    preparation=st.sampled_from(Preparation),
    lasts=st.lists(st.integers(0, 900), max_size=4),
    shortened=st.none() | st.integers(0, 400),
    counting=st.sampled_from([DAY_ONE, DATE_PLUS_N]),
)
def test_no_limit_is_ever_passed(made_on, preparation, lasts, shortened, counting):
    """Components that had not expired when the lot was made leave a BUD on or after that day."""
    expiries = [made_on + timedelta(days=days) for days in lasts]
    cap = None if shortened is None else made_on + timedelta(days=shortened)
    lot = Lot(
        "L",
        made_on,
        preparation,
        Storage.REFRIGERATOR,
        components=tuple(Component(f"part {n}", "", day) for n, day in enumerate(expiries)),
        shortened_to=cap,
    )
    found = bud(lot, counting=counting)
    row = TABLES.classes[preparation]
    assert made_on <= found.last_day <= made_on + timedelta(days=row.days)
    assert all(found.last_day <= day for day in expiries)
    assert cap is None or found.last_day <= cap
    assert found.last_day == found.reason.last_day == min(each.last_day for each in found.limits)
