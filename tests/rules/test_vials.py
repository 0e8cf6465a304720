"""A fill in several containers: the days of each join, the quantities add up, nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelapp.rules.vials.held import as_ordered, taken_from
from labelapp.rules.vials.parted import parted
from labelapp.rx.amount import Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form
from labelapp.rx.directions import Sig, laid_out, units_on
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity, Span
from labelapp.rx.timing import Timing, Weekday, When
from labelapp.rx.vial import Vial
from tests.rules.cases import FILL, LOT, TITRATION, codes, count, directed, look, mg, one, step

SECOND = replace(LOT, number="260102-07", made_on=date(2026, 1, 2))
STRONG = replace(LOT, number="260103-02", made_on=date(2026, 1, 3), strength=mg("4.5"))
BY_WEIGHT = "1.5 mg at bedtime for 14 days, then 4.5 mg at bedtime"
TWO_STEPS = (
    step(1, "1", 14, spans=(Span(0, 29),)),
    step(2, "3", spans=(Span(31, len(BY_WEIGHT)),)),
)
"""Read as capsules of 1.5 mg, and written as weights."""


def vials(*quantities: str, fill: Fill = FILL) -> Fill:
    """The fill in containers that hold so many, all from its one lot."""
    return replace(fill, vials=tuple(Vial(count(each)) for each in quantities))


def of_two_strengths(first: str = "14", second: str = "30", strength: str = "4.5") -> Fill:
    """14 of 1.5 mg and 30 of 4.5 mg, each from the lot of its strength."""
    fill = directed(
        *TWO_STEPS,
        fill=replace(FILL, lots=(LOT, STRONG)),
        quantity=count(str(int(first) + int(second))),
        days_supply=None,
    )
    sig = Sig(BY_WEIGHT, TWO_STEPS)
    rx = replace(fill.prescription, sig=sig)
    made = (Vial(count(first)), Vial(count(second), mg(strength), (STRONG.number,)))
    lots = (LOT, replace(STRONG, strength=mg(strength)))
    first_lot = replace(made[0], lots=(LOT.number,))
    return replace(fill, prescription=rx, lots=lots, vials=(first_lot, made[1]))


def days(fill: Fill) -> list[tuple[int | None, int | None]]:
    return [(e.vial.first, e.vial.last) for e in parted(fill).vials if e.vial is not None]


def test_a_fill_nobody_named_containers_for_is_one_and_is_not_parted() -> None:
    assert parted(FILL).vials == ()
    assert parted(FILL).findings == ()
    assert look(FILL).vials == ()


def test_the_containers_of_a_titration_share_its_days() -> None:
    fill = vials("21", "48")
    assert days(fill) == [(1, 14), (15, 30)]
    assert not [each for each in codes(fill) if each.startswith(("vial.", "supply."))]
    assert look(fill).days == 30
    one_vial, other = parted(fill).vials
    assert [str(each.quantity.value) for each in (one_vial, other)] == ["21", "48"]
    assert (one_vial.first_day, other.first_day) == (1, 15)
    assert [(e.first, e.last) for e in laid_out(one_vial.prescription.sig.steps)] == [
        (1, 7), (8, 14),
    ]  # fmt: skip
    last = laid_out(other.prescription.sig.steps)[-1]
    assert (last.first, last.last) == (15, 30)  # nobody takes from two containers on one day


def test_a_step_goes_on_in_the_next_container_of_the_same_strength() -> None:
    fill = vials("36", "33")  # 7, 14, and 5 of the 16 days of 3
    assert days(fill) == [(1, 19), (20, 30)]
    first, second = parted(fill).vials
    assert laid_out(first.prescription.sig.steps)[-1].last == 19
    assert second.first_day == 20


def test_a_refill_begins_where_the_last_one_ended() -> None:
    fill = replace(vials("24", "24", fill=directed(*TITRATION, quantity=count("48"))), first_day=15)
    assert days(fill) == [(15, 22), (23, 30)]


def test_a_count_that_ends_within_a_day_is_asked_about_with_the_nearest() -> None:
    fill = vials("35", "34")
    asked = one(fill, "vial.left-over")
    assert (asked.severity, asked.field) == (Severity.ASK, "fill.vials.0.quantity")
    assert asked.value("counts").replace("\N{NO-BREAK SPACE}", " ") == "33 capsules / 36 capsules"
    assert days(fill) == [(1, 18), (19, 29)]


def test_less_than_a_day_and_more_than_the_directions_are_refused() -> None:
    ends = directed(step(1, "1", 7), step(2, "2", 7), quantity=count("22"), days_supply=None)
    over = vials("21", "1", fill=ends)
    assert one(over, "vial.no-days-left").settler is Settler.NOBODY
    assert parted(over).vials == ()
    less = vials("2", "67", fill=directed(step(1, "3")))
    assert one(less, "vial.less-than-a-day").settler is Settler.NOBODY


def test_quantities_that_do_not_add_up_are_refused() -> None:
    found = one(vials("21", "47"), "vial.quantity-differs")
    assert found.settler is Settler.NOBODY
    assert found.value("together").replace("\N{NO-BREAK SPACE}", " ") == "68 capsules"


def test_part_of_a_capsule_is_put_in_no_container() -> None:
    found = parted(vials("21.5", "23.5")).findings
    assert [(each.code, each.field, each.settler) for each in found if "part" in each.code] == [
        ("vial.part-of-piece", f"fill.vials.{place}.quantity", Settler.NOBODY) for place in (0, 1)
    ]


def test_two_strengths_are_counted_each_in_its_own_capsules() -> None:
    fill = of_two_strengths()
    assert days(fill) == [(1, 14), (15, 44)]
    first, second = parted(fill).vials
    assert str(first.prescription.compound).endswith("1.5\N{NO-BREAK SPACE}mg capsule")
    assert str(second.prescription.compound).endswith("4.5\N{NO-BREAK SPACE}mg capsule")
    taken = second.prescription.sig.steps[-1]
    assert taken.dose.low == count("1")
    assert [lot.number for each in (first, second) for lot in each.lots] == [
        LOT.number, STRONG.number,
    ]  # fmt: skip
    assert not [each for each in codes(fill) if each.startswith(("vial.", "lot.", "supply."))]
    assert look(fill).days == 44


def test_two_strengths_add_up_in_pieces_or_in_the_strength_ordered() -> None:
    pieces = of_two_strengths()
    whole = replace(
        pieces,
        quantity=count("104"),
        prescription=replace(pieces.prescription, quantity=count("104")),
    )
    for fill in (pieces, whole):
        assert "vial.quantity-differs" not in codes(fill)
        assert as_ordered(fill).quantity.value == 104
    mixed = replace(whole, quantity=count("44"))  # 44 of the 104 ordered would leave 60 owed
    assert "vial.quantity-differs" in codes(mixed)


def test_directions_in_capsules_are_said_in_other_numbers_only_by_a_pharmacist() -> None:
    fill = of_two_strengths()
    sig = Sig("1 capsule at bedtime for 14 days, then 3 capsules at bedtime", TWO_STEPS)
    fill = replace(fill, prescription=replace(fill.prescription, sig=sig))
    asked = one(fill, "vial.said-otherwise")
    assert (asked.severity, asked.settler) == (Severity.ASK, Settler.PHARMACIST)
    assert asked.field == "fill.vials.1.strength.value"
    assert "vial.said-otherwise" not in codes(of_two_strengths())


def test_part_of_a_capsule_is_refused_naming_dose_and_container() -> None:
    found = one(of_two_strengths(strength="3"), "vial.not-measurable")
    assert found.settler is Settler.NOBODY
    said = {name: text.replace("\N{NO-BREAK SPACE}", " ") for name, text in found.values}
    assert said["vial"] == "2"
    assert (said["dose"], said["strength"]) == ("3 capsules (4.5 mg)", "3 mg")
    assert said["units"] == "1.5 capsules"
    assert parted(of_two_strengths(strength="3")).vials == ()


def test_a_step_is_not_taken_from_containers_of_two_strengths() -> None:
    fill = of_two_strengths("15", "30")  # one capsule too many for the step of 14 days
    asked = one(fill, "vial.left-over")
    assert asked.value("last") == "14"
    short = of_two_strengths("13", "30")
    assert one(short, "vial.within-step").settler is Settler.NOBODY
    assert parted(short).vials == ()


def test_a_dose_is_not_made_up_from_containers_of_two_strengths() -> None:
    """6 mg from 1.5 and 4.5 mg: the first is for a step without an end, and no count helps."""
    fill = of_two_strengths("30", "30")
    rx = replace(fill.prescription, sig=Sig("6 mg at bedtime", (step(1, "4"),)))
    found = one(replace(fill, prescription=rx), "vial.step-without-end")
    assert (found.settler, found.value("vial")) == (Settler.NOBODY, "1")
    assert found.field == "fill.vials.0.quantity"


def test_the_strength_of_each_container_is_checked_as_any_strength() -> None:
    slipped = one(of_two_strengths(strength="45"), "dose.strength-decimal")
    assert slipped.field == "fill.vials.1.strength.value"


def test_a_lot_of_another_strength_than_its_container_is_nobodys_to_override() -> None:
    fill = of_two_strengths()
    crossed = replace(
        fill,
        vials=(
            replace(fill.vials[0], lots=(STRONG.number,)),
            replace(fill.vials[1], lots=(LOT.number,)),
        ),
    )
    stops = [each for each in look(crossed).findings if each.code == "lot.other-strength"]
    assert {each.field for each in stops} == {"lots.0.strength.value", "lots.1.strength.value"}
    assert {each.settler for each in stops} == {Settler.NOBODY}


def test_which_lot_is_in_a_container_is_never_guessed() -> None:
    two = replace(FILL, lots=(LOT, SECOND))
    unsaid = one(vials("69", fill=two), "vial.lot-not-told")
    assert (unsaid.settler, unsaid.value("lots")) == (
        Settler.NOBODY, f"{LOT.number}, {SECOND.number}",
    )  # fmt: skip
    wrong = replace(vials("69"), vials=(Vial(count("69"), lots=("X",)),))
    assert one(wrong, "vial.lot-unknown").value("lots") == "X"
    idle = replace(two, vials=(Vial(count("69"), lots=(LOT.number,)),))
    assert one(idle, "vial.lot-unused").field == "lots.1.number"
    strengths = of_two_strengths()
    bare = replace(strengths, vials=tuple(replace(each, lots=()) for each in strengths.vials))
    assert "vial.lot-not-told" not in codes(bare)  # one lot alone is of each strength
    unknown = replace(bare, lots=(LOT, replace(STRONG, strength=None)))
    assert "vial.lot-not-told" in codes(unknown)


def test_each_container_has_the_bud_of_its_own_lots_and_is_held_against_it() -> None:
    early = replace(LOT, shortened_to=date(2026, 1, 20))
    fill = replace(
        FILL,
        lots=(early, SECOND),
        vials=(Vial(count("21"), lots=(early.number,)), Vial(count("48"), lots=(SECOND.number,))),
    )
    first, second = look(fill).vials
    assert first.bud is not None
    assert first.bud.last_day == date(2026, 1, 20)
    assert second.bud is not None
    assert second.bud.last_day > date(2026, 6, 1)
    whole = look(fill).bud
    assert whole is not None
    assert whole.last_day == first.bud.last_day  # the earliest, for whoever asks of the whole
    past = one(fill, "supply.past-bud")  # 14 days from 3 days after filling, on 21 January
    assert past.field == "fill.vials.0.quantity"
    turned = replace(
        fill,
        vials=(Vial(count("21"), lots=(SECOND.number,)), Vial(count("48"), lots=(early.number,))),
    )
    assert one(turned, "supply.past-bud").value("first_dose") == "22-Jan-2026"


def test_as_needed_containers_have_no_days_and_all_directions() -> None:
    fill = vials("30", "39", fill=directed(step(1, "1", as_needed=True), days_supply=None))
    assert days(fill) == [(None, None), (None, None)]
    assert [e.prescription.sig for e in parted(fill).vials] == [fill.prescription.sig] * 2
    strengths = of_two_strengths()
    needed = tuple(replace(each, as_needed=True) for each in TWO_STEPS)
    rx = replace(strengths.prescription, sig=Sig(BY_WEIGHT, needed))
    assert one(replace(strengths, prescription=rx), "vial.not-countable").settler is Settler.NOBODY


def test_an_end_of_the_directions_is_said_on_the_last_container_alone() -> None:
    ends = directed(step(1, "1", 7), step(2, "2", 7), quantity=count("21"), days_supply=None)
    rx = replace(ends.prescription, sig=replace(ends.prescription.sig, stops=True))
    first, second = parted(vials("7", "14", fill=replace(ends, prescription=rx))).vials
    assert (first.prescription.sig.stops, second.prescription.sig.stops) == (False, True)


def test_liquids_of_two_strengths_are_measured_each_in_its_own_millilitres() -> None:
    weak, strong = mg("1", Basis.PER_ML), mg("5", Basis.PER_ML)
    text = "1 mg at bedtime for 14 days, then 5 mg at bedtime"
    steps = (
        step(1, "1", 14, unit=Unit.ML, spans=(Span(0, 28),)),
        step(2, "5", unit=Unit.ML, spans=(Span(30, len(text)),)),
    )
    compound = Compound(
        Form.ORAL_SOLUTION,
        tuple(
            replace(each, strength=weak) if each.strength else each
            for each in FILL.prescription.compound.ingredients
        ),
    )
    lots = tuple(
        replace(LOT, number=number, form=Form.ORAL_SOLUTION, strength=strength)
        for number, strength in (("W", weak), ("S", strong))
    )
    rx = replace(
        FILL.prescription,
        compound=compound,
        sig=Sig(text, steps),
        quantity=count("44", Unit.ML),
        days_supply=None,
    )
    bottles = (Vial(count("14", Unit.ML)), Vial(count("30", Unit.ML), strong))
    fill = replace(FILL, prescription=rx, quantity=rx.quantity, lots=lots, vials=bottles)
    assert days(fill) == [(1, 14), (15, 44)]
    taken = parted(fill).vials[1].prescription.sig.steps[-1].dose.low
    assert (taken.value, taken.unit) == (Decimal(1), Unit.ML)
    assert "dose.between-marks" not in codes(fill)


def test_what_is_taken_of_each_lot_is_told_where_it_can_be() -> None:
    fill = of_two_strengths()
    assert taken_from(fill) == {LOT.number: Fraction(14), STRONG.number: Fraction(30)}
    both = Vial(count("69"), lots=(LOT.number, SECOND.number))
    assert taken_from(replace(FILL, lots=(LOT, SECOND), vials=(both,))) == {}
    assert taken_from(FILL) == {LOT.number: Fraction(69)}
    assert taken_from(replace(FILL, lots=(LOT, SECOND))) == {}


TIMINGS = st.sampled_from(
    (
        Timing((When.BEDTIME,)),
        Timing((When.MORNING, When.BEDTIME)),
        Timing((When.BEDTIME,), every_days=2),
        Timing((When.BEDTIME,), weekdays=(Weekday.MONDAY, Weekday.THURSDAY)),
    )
)


@st.composite
def _split(draw: st.DrawFn) -> tuple[Fill, list[int]]:
    """A titration and the days on which its containers end, each holding what its days use."""
    lengths = draw(st.lists(st.integers(2, 21), min_size=1, max_size=4))
    timing = draw(TIMINGS)
    steps = tuple(
        step(place, str(draw(st.integers(1, 4))), length, timing=timing)
        for place, length in enumerate(lengths, start=1)
    )
    is_open = draw(st.booleans())
    steps = (*steps, step(len(steps) + 1, "2", timing=timing)) if is_open else steps
    whole = sum(lengths) + (30 if is_open else 0)
    total = draw(st.integers(2, min(4, whole)))
    ends = draw(st.lists(st.integers(1, whole), min_size=total, max_size=total, unique=True))
    return directed(*steps, days_supply=None), sorted(ends)


@given(_split())
@settings(max_examples=150, deadline=None)
def test_every_day_of_a_titration_is_covered_by_exactly_one_container(
    given_split: tuple[Fill, list[int]],
) -> None:
    fill, ends = given_split
    dated = laid_out(fill.prescription.sig.steps)
    begins = [1, *(end + 1 for end in ends[:-1])]
    used = [
        sum((units_on(day, dated) for day in range(first, last + 1)), Fraction())
        for first, last in zip(begins, ends, strict=True)
    ]
    if not all(used):
        return
    total = sum(used, Fraction())
    whole = replace(
        fill,
        quantity=count(str(total)),
        vials=tuple(Vial(count(str(each))) for each in used),
    )
    parts = parted(whole)
    if not parts.vials:  # a day on which nothing is taken may end a container earlier or later
        assert any(each.code.startswith("vial.") for each in parts.findings)
        return
    places = [each.vial for each in parts.vials]
    assert all(place is not None for place in places)
    spans = [(p.first, p.last) for p in places if p and p.first is not None and p.last is not None]
    assert spans[0][0] == 1
    for (_first, last), (following, _last) in pairwise(spans):
        assert following == last + 1
    assert "vial.quantity-differs" not in {each.code for each in parts.findings}
    assert sum((Fraction(e.quantity.value) for e in parts.vials), Fraction()) == total
    covered = range(spans[0][0], spans[-1][1] + 1)
    for vial, (first, last) in zip(parts.vials, spans, strict=True):
        own = laid_out(vial.prescription.sig.steps)
        assert max(each.last or 0 for each in own) <= last
        for day in range(first, last + 1):
            assert units_on(day, own) == units_on(day, dated)
    if all(each.step.timing.is_daily for each in dated):
        assert spans == list(zip(begins, ends, strict=True))
        assert sum((units_on(day, dated) for day in covered), Fraction()) == total


@given(st.integers(1, 30), st.integers(1, 60), st.sampled_from(("3", "4.5", "6")))
@settings(max_examples=60, deadline=None)
def test_the_weight_of_a_day_is_the_same_from_whichever_strength(
    first: int, second: int, strength: str
) -> None:
    """14 days of 1.5 mg and then 4.5 mg, whatever is named: the mg of each day stay the order's."""
    fill = of_two_strengths(str(first), str(second), strength)
    for vial in parted(fill).vials:
        place, own = vial.vial, vial.prescription.compound.strength
        assert place is not None
        assert isinstance(own, Strength)
        assert place.first is not None
        assert place.last is not None
        dated = laid_out(vial.prescription.sig.steps)
        for day in range(place.first, place.last + 1):
            weight = units_on(day, dated) * (own.mg_in_one() or 0)
            assert weight == (Fraction(3, 2) if day <= 14 else Fraction(9, 2))


@pytest.mark.parametrize("number", [0, 1])
def test_the_day_of_the_first_fill_lies_between_the_order_and_this_fill(number: int) -> None:
    fill = replace(FILL, number=number, refills_left=2)
    assert "supply.first-filled" in codes(replace(fill, first_filled=date(2025, 12, 1)))
    assert "supply.first-filled" in codes(replace(fill, first_filled=date(2026, 1, 6)))
    assert "supply.first-filled" not in codes(replace(fill, first_filled=FILL.filled_on))


def test_lots_of_one_label_give_the_earliest_date_of_all() -> None:
    early = replace(SECOND, shortened_to=date(2026, 3, 1))
    fill = replace(FILL, lots=(LOT, early))
    assessment = look(fill)
    assert assessment.bud is not None
    assert assessment.bud.last_day == date(2026, 3, 1)
    assert dict(assessment.bud.reason.values)["lot"] == early.number
    assert {dict(each.values)["lot"] for each in assessment.bud.limits} == {
        LOT.number, early.number,
    }  # fmt: skip


def test_two_lots_of_one_number_are_both_in_the_container_and_the_earlier_bud_holds() -> None:
    later = replace(LOT, made_on=date(2026, 1, 2))
    named = tuple(Vial(count(each), None, (LOT.number,)) for each in ("21", "48"))
    found = look(replace(FILL, lots=(LOT, later), vials=named))
    assert [each.fill.lots for each in found.vials] == [(LOT, later)] * 2
    alone = look(replace(FILL, lots=(LOT,), vials=named))
    kept = [[each.bud and each.bud.last_day for each in some.vials] for some in (found, alone)]
    assert kept[0] == kept[1]


def test_a_lot_named_twice_for_a_container_is_taken_from_once() -> None:
    named = Vial(count("69"), None, (LOT.number, LOT.number))
    fill = replace(FILL, vials=(named,))
    assert [each.lots for each in parted(fill).vials] == [(LOT,)]
    assert taken_from(fill) == {LOT.number: 69}
