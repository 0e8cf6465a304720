"""A lot is used only when released, in date, rightly stored and the one that was ordered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from labelapp.rx.amount import Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.lot import Component, Preparation, Storage
from tests.rules.cases import COMPOUND, FILL, LOT, TODAY, codes, count, made, mg, one, ordered


def test_a_fill_with_nothing_amiss_raises_nothing():
    assert codes(FILL) == []


def test_a_fill_without_a_lot_stops():
    found = one(replace(FILL, lots=()), "lot.none")
    assert (found.severity, found.settler) == (Severity.STOP, Settler.NOBODY)


@pytest.mark.parametrize(("released", "held"), [("", True), ("  ", True), ("A. Pharmacist", False)])
def test_a_lot_is_used_only_after_a_pharmacist_released_it(released, held):
    fill = made(released_by=released)
    assert ("lot.not-released" in codes(fill)) is held
    if held:
        found = one(fill, "lot.not-released")
        assert (found.severity, found.settler) == (Severity.STOP, Settler.PHARMACIST)


@pytest.mark.parametrize(("filled", "past"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True)])
def test_the_last_day_of_use_is_the_bud_itself(filled, past):
    fill = replace(made(shortened_to=date(2026, 1, 31)), filled_on=filled)
    assert ("lot.past-bud" in codes(fill, filled)) is past
    if past:
        assert one(fill, "lot.past-bud", filled).settler is Settler.NOBODY


@pytest.mark.parametrize(("day", "noted"), [(date(2026, 1, 31), False), (date(2026, 2, 1), True)])
def test_nothing_leaves_after_its_bud_however_old_the_fill_date(day, noted):
    found = codes(made(shortened_to=date(2026, 1, 31)), day)
    assert ("lot.past-bud-today" in found) is noted
    assert "lot.past-bud" not in found
    if noted:
        held = one(made(shortened_to=date(2026, 1, 31)), "lot.past-bud-today", day)
        assert (held.severity, held.settler) == (Severity.STOP, Settler.NOBODY)


@pytest.mark.parametrize(
    ("preparation", "storage", "wrong"),
    [
        (Preparation.NONPRESERVED_AQUEOUS, Storage.ROOM, True),
        (Preparation.NONPRESERVED_AQUEOUS, Storage.REFRIGERATOR, False),
        (Preparation.PRESERVED_AQUEOUS, Storage.ROOM, False),
        (Preparation.OTHER_NONAQUEOUS, Storage.REFRIGERATOR, False),
    ],
)
def test_water_without_a_preservative_is_kept_cold(preparation, storage, wrong):
    assert ("lot.storage" in codes(made(preparation=preparation, storage=storage))) is wrong


@pytest.mark.parametrize(
    ("form", "preparation", "wrong"),
    [
        (Form.CAPSULE, Preparation.OTHER_NONAQUEOUS, False),
        (Form.CAPSULE, Preparation.PRESERVED_AQUEOUS, True),
        (Form.ORAL_SOLUTION, Preparation.OTHER_NONAQUEOUS, True),
        (Form.ORAL_SOLUTION, Preparation.NONAQUEOUS_ORAL_LIQUID, False),
        (Form.CREAM, Preparation.NONAQUEOUS_ORAL_LIQUID, True),
    ],
)
def test_a_form_belongs_to_its_class(form, preparation, wrong):
    """A solution called `other nonaqueous` would be given 180 days instead of 90."""
    assert ("lot.class-form" in codes(made(form=form, preparation=preparation))) is wrong


@pytest.mark.parametrize(
    ("made_on", "code"),
    [
        (TODAY, None),
        (date(2026, 1, 6), "lot.made-in-future"),
        (date(2025, 12, 1), None),
    ],
)
def test_a_lot_is_made_before_it_is_filled(made_on, code):
    found = {each for each in codes(made(made_on=made_on)) if each.startswith("lot.made")}
    assert found == ({code} if code else set())


def test_a_lot_made_after_the_fill_stops():
    fill = replace(made(made_on=TODAY), filled_on=date(2026, 1, 4))
    assert "lot.made-after-fill" in codes(fill)
    assert "lot.made-after-fill" not in codes(replace(fill, filled_on=TODAY))


@pytest.mark.parametrize(
    ("shortened", "code"),
    [
        (date(2025, 12, 31), "lot.bud-before-made"),
        (date(2026, 6, 29), None),
        (date(2026, 6, 30), "lot.bud-too-late"),
    ],
)
def test_a_bud_written_on_the_lot_is_within_its_limits(shortened, code):
    found = {each for each in codes(made(shortened_to=shortened)) if each.startswith("lot.bud")}
    assert found == ({code} if code else set())


@pytest.mark.parametrize(
    ("expires", "code"),
    [
        (None, "lot.component-no-expiry"),
        (date(2025, 12, 31), "lot.component-expired"),
        (date(2026, 1, 1), None),
    ],
)
def test_a_component_was_in_date_when_the_lot_was_made(expires, code):
    parts = (LOT.components[0], Component("Filler", "F1", expires))
    found = {each for each in codes(made(components=parts)) if each.startswith("lot.component")}
    assert found == ({code} if code else set())


def test_a_lot_whose_components_nobody_wrote_down_is_asked_about():
    found = one(made(components=()), "lot.no-components")
    assert (found.severity, found.settler) == (Severity.ASK, Settler.PHARMACIST)


def test_a_strength_of_several_pieces_is_no_strength_of_a_lot():
    spread = Strength(count("4.5", Unit.MG), Basis.PER_UNIT, Decimal(3))
    assert one(made(strength=spread), "lot.strength-spread").settler is Settler.NOBODY


def test_the_strengths_of_several_actives_are_compared_by_hand():
    other = Ingredient("ketotifen", Part.ACTIVE, mg("1"))
    both = Compound(Form.CAPSULE, (COMPOUND.actives[0], other))
    assert one(ordered(compound=both), "lot.several-actives").settler is Settler.PHARMACIST
    assert "lot.several-actives" not in codes(FILL)


def test_a_lot_of_another_strength_stops_and_nobody_overrides():
    found = one(made(strength=mg("4.5")), "lot.other-strength")
    assert (found.severity, found.settler) == (Severity.STOP, Settler.NOBODY)
    assert found.value("strength") == "4.5\N{NO-BREAK SPACE}mg"


def test_strengths_compare_in_mg():
    assert codes(made(strength=mg("1500", unit=Unit.MCG))) == []
    assert "lot.other-strength" in codes(made(strength=mg("1.5", unit=Unit.MCG)))


def test_one_percent_by_weight_is_ten_mg_in_a_gram():
    from labelapp.rules.lots import same

    percent = Strength(count("1", Unit.G), Basis.PERCENT, mg("1", Basis.PERCENT).per)
    assert same(percent, mg("10", Basis.PER_G))
    assert not same(percent, mg("1", Basis.PER_G))
    assert not same(mg("1", Basis.PER_ML), mg("1", Basis.PER_G))


def test_a_lot_of_another_form_stops():
    assert one(made(form=Form.TABLET), "lot.other-form").settler is Settler.NOBODY


@pytest.mark.parametrize("missing", ["strength", "form"])
def test_a_lot_that_does_not_say_what_it_is_asks(missing):
    changes: dict[str, Any] = {missing: None}
    assert "lot.not-described" in codes(made(**changes))


@pytest.mark.parametrize(
    ("inside", "other"),
    [
        ("Naloxone HCl", True),
        ("naloxone", True),
        ("Naltrexone HCl", False),
        ("lactose", False),
    ],
)
def test_a_lot_made_of_a_look_alike_stops(inside, other):
    fill = made(components=(Component(inside, "X", date(2027, 1, 1)),))
    assert ("lot.other-drug" in codes(fill)) is other


def test_each_lot_of_several_is_checked():
    second = replace(LOT, number="260102-02", released_by="")
    found = one(replace(FILL, lots=(LOT, second)), "lot.not-released")
    assert found.field == "lots.1.released_by"
