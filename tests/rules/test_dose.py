"""The dose against the rows of the drug: both sides of every limit."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from labelapp.rx.amount import Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Sig
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.timing import Timing, When
from tests.rules.cases import (
    COMPOUND,
    FILL,
    TABLES,
    count,
    directed,
    look,
    mg,
    one,
    ordered,
    step,
    strong,
)


def dose(fill: Fill) -> list[Finding]:
    return [each for each in look(fill).findings if each.code.startswith("dose.")]


def said(fill: Fill) -> set[str]:
    return {each.code for each in dose(fill)}


def taking(amount: str, unit: Unit = Unit.MG) -> Fill:
    return directed(step(dose=amount, unit=unit), days_supply=None)


@pytest.mark.parametrize(
    ("daily", "severity"),
    [
        ("4.5", None),
        ("5", None),
        ("5.01", Severity.NOTE),
        ("6", Severity.NOTE),
        ("6.01", Severity.ASK),
        ("9.99", Severity.ASK),
        ("10", Severity.STOP),
        ("450", Severity.STOP),
    ],
)
def test_the_most_in_a_day_by_mouth(daily, severity):
    found = dose(taking(daily))
    assert [each.severity for each in found] == ([severity] if severity else [])
    if severity is Severity.STOP:
        assert found[0].settler is Settler.PHARMACIST


def test_the_heaviest_day_counts_and_both_times_of_it():
    twice = Timing((When.MORNING, When.BEDTIME))
    fill = directed(step(1, "1", 7), step(2, "2", timing=twice), days_supply=None)
    assert dose(fill)[0].value("total") == "6\N{NO-BREAK SPACE}mg"


def test_two_doses_on_every_other_day_meet_where_they_meet():
    """Every 2 days and every 3 days fall together on day 1 and day 7."""
    fill = directed(
        step(1, "2", timing=Timing(every_days=2)),
        step(1, "3", timing=Timing(every_days=3)),
        days_supply=None,
    )
    assert dose(fill)[0].value("total") == "7.5\N{NO-BREAK SPACE}mg"


def test_days_before_the_fill_count_no_more():
    fill = directed(step(1, "4", 7), step(2, "1"), days_supply=None)
    assert said(fill) == {"dose.daily-note"}
    assert said(replace(fill, number=1, first_day=8)) == set()


def test_micrograms_are_weighed_as_micrograms():
    assert said(taking("4500", Unit.MCG)) == set()
    assert said(taking("10000", Unit.MCG)) == {"dose.daily-stop"}


def test_a_ceiling_holds_what_is_taken_as_needed():
    often = step(dose="3", timing=Timing(times_a_day=4), as_needed=True)
    fill = directed(often, days_supply=None)
    assert said(fill) == {"dose.daily-stop"}
    sig = replace(fill.prescription.sig, most_a_day=count("3"))
    assert said(ordered(fill, sig=sig)) == set()


def test_a_dose_above_its_own_ceiling_hides_no_limit():
    """`6 caps prn q6h max 1 cap/day`: 9 mg at one time, whatever the ceiling says."""
    needed = step(dose="6", timing=Timing(every_hours=6), as_needed=True)
    sig = Sig("as read", (needed,), most_a_day=count("1"))
    fill = ordered(sig=sig, days_supply=None)
    assert said(fill) == {"dose.above-ceiling", "dose.daily-ask"}
    assert one(fill, "dose.above-ceiling").severity is Severity.STOP
    assert one(fill, "dose.daily-ask").value("total") == "9\N{NO-BREAK SPACE}mg"


def test_a_ceiling_hides_nothing_of_what_is_taken_every_day():
    needed = step(dose="1", timing=Timing(times_a_day=4), as_needed=True)
    steps = (step(dose="2", timing=Timing((When.MORNING, When.BEDTIME))), needed)
    fill = ordered(sig=Sig("as read", steps, most_a_day=count("2")), days_supply=None)
    assert said(fill) == {"dose.over-ceiling", "dose.daily-note"}


def test_a_ceiling_by_weight_holds_a_dose_in_pieces():
    sig = Sig("as read", (step(dose="3", as_needed=True),), most_a_day=count("3", Unit.MG))
    assert "dose.above-ceiling" in said(ordered(sig=sig))
    enough = replace(sig, most_a_day=count("4.5", Unit.MG))
    assert "dose.above-ceiling" not in said(ordered(sig=enough))


@pytest.mark.parametrize(("hours", "doses"), [(24, 1), (36, 1), (48, 1), (12, 2), (5, 5)])
def test_a_day_holds_whole_doses(hours, doses):
    fill = directed(step(dose="5", timing=Timing(every_hours=hours)), days_supply=None)
    total = next(each.value("total") for each in dose(fill) if "daily" in each.code)
    assert total == f"{Decimal('7.5') * doses:f}".removesuffix(".0") + "\N{NO-BREAK SPACE}mg"


@pytest.mark.parametrize(
    ("form", "amount", "asked"),
    [
        (Form.TABLET, "0.5", True),
        (Form.TABLET, "1.5", True),
        (Form.TROCHE, "0.25", True),
        (Form.CAPSULE, "0.5", True),
        (Form.TABLET, "2", False),
    ],
)
def test_part_of_a_piece_is_asked_about(form, amount, asked):
    fill = directed(step(dose=amount, unit=form.unit), fill=strong(mg("1.5"), form))
    assert ("dose.divided" in said(fill)) is asked
    if asked:
        assert one(fill, "dose.divided").settler is Settler.PHARMACIST


def test_a_strength_of_several_pieces_stops():
    spread = Strength(count("4.5", Unit.MG), Basis.PER_UNIT, Decimal(3))
    found = one(strong(spread), "dose.strength-spread")
    assert (found.severity, found.settler) == (Severity.STOP, Settler.NOBODY)
    assert found.value("strength") == "4.5\N{NO-BREAK SPACE}mg/3\N{NO-BREAK SPACE}units"


@pytest.mark.parametrize(("most", "asked"), [("3", False), ("2", True)])
def test_directions_stay_under_the_ceiling_the_prescriber_wrote(most, asked):
    sig = Sig("as read", (step(dose="3"),), most_a_day=count(most))
    assert ("dose.over-ceiling" in said(ordered(sig=sig))) is asked


@pytest.mark.parametrize(
    ("strength", "code"),
    [
        ("15", "dose.strength-decimal"),
        ("45", "dose.strength-decimal"),
        ("450", "dose.strength-decimal"),
        ("50", "dose.strength-commercial"),
        ("4.5", None),
        ("0.1", None),
        ("2.5", "dose.strength-tenfold"),
        ("1000", "dose.strength-thousandfold"),
        ("0.0045", "dose.strength-thousandfold"),
        ("60", "dose.strength-tenfold"),
        ("7", "dose.strength-new"),
        ("15.5", "dose.strength-new"),
    ],
)
def test_strengths_that_look_like_a_slip(strength, code):
    fill = strong(mg(strength))
    assert {each for each in said(fill) if "strength" in each} == ({code} if code else set())
    if code == "dose.strength-decimal":
        found = one(fill, code)
        assert (found.severity, found.settler) == (Severity.STOP, Settler.PHARMACIST)


def test_a_strength_in_micrograms_is_compared_in_mg():
    assert said(strong(mg("500", unit=Unit.MCG))) == set()
    assert said(strong(mg("20", unit=Unit.MCG))) == set()


@pytest.mark.parametrize("strength", ["0.5", "1", "1.5", "2", "3", "4.5", "6"])
def test_mcg_written_for_mg_is_asked_about_at_every_usual_strength(strength):
    assert said(strong(mg(strength, unit=Unit.MCG))) == {"dose.strength-thousandfold"}


@pytest.mark.parametrize(
    ("form", "strength", "code"),
    [
        (Form.ORAL_SOLUTION, mg("1", Basis.PER_ML), None),
        (Form.ORAL_SOLUTION, mg("2", Basis.PER_ML), "dose.strength-new"),
        (Form.CREAM, mg("1", Basis.PERCENT, Unit.G), None),
        (Form.CREAM, mg("2", Basis.PERCENT, Unit.G), "dose.strength-new"),
        (Form.CREAM, mg("0.5", Basis.PER_ML), None),
        (Form.ORAL_SOLUTION, mg("1"), "dose.basis"),
        (Form.CAPSULE, mg("1", Basis.PER_ML), "dose.basis"),
        (Form.OINTMENT, mg("10", Basis.PER_G), "dose.form-not-made"),
    ],
)
def test_each_form_has_its_own_strengths(form, strength, code):
    found = {each for each in said(strong(strength, form)) if each != "dose.uncounted"}
    assert found == ({code} if code else set())


def test_a_batch_amount_never_becomes_a_share():
    found = one(strong(mg("45", Basis.PER_BATCH)), "dose.batch-strength")
    assert (found.severity, found.settler) == (Severity.ASK, Settler.NOBODY)
    assert said(strong(mg("45", Basis.PER_BATCH))) == {"dose.batch-strength"}


@pytest.mark.parametrize(("grams", "asked"), [("1", False), ("1.1", True)])
def test_a_cream_has_its_own_limit(grams, asked):
    cream = strong(mg("10", Basis.PER_G), Form.CREAM)
    fill = directed(step(dose=grams, unit=Unit.G), fill=cream, quantity=count("30", Unit.G))
    assert ("dose.daily-ask" in said(fill)) is asked


@pytest.mark.parametrize(
    ("form", "basis", "severity"),
    [(Form.CREAM, Basis.PER_G, Severity.NOTE), (Form.ORAL_SOLUTION, Basis.PER_ML, Severity.ASK)],
)
def test_a_total_nobody_can_count_is_said(form, basis, severity):
    fill = directed(step(unit=Unit.PUMP), fill=strong(mg("1", basis), form), days_supply=None)
    assert one(fill, "dose.uncounted").severity is severity


def named(name: str, *others: Ingredient) -> Fill:
    """The fill with its active under another name, and further ingredients."""
    active = Ingredient(name, Part.ACTIVE, mg("1.5"))
    return ordered(compound=Compound(Form.CAPSULE, (active, *others)))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("naltrexone", None),
        ("NALTREXONE  HYDROCHLORIDE", None),
        ("Naltrexone HCl USP", None),
        ("low dose naltrexone", None),
        ("LDN", "dose.coined-name"),
        ("naltrexon hcl", "dose.name-near"),
        ("Naltrexone HCl SR", "dose.release"),
        ("Naltrexone HCl sustained release", "dose.release"),
        ("ketotifen", "dose.no-rules"),
    ],
)
def test_a_drug_is_known_by_its_names(name, code):
    assert said(named(name)) == ({code} if code else set())


@pytest.mark.parametrize(
    "name", ["naloxone", "Naloxone HCl", "methylnaltrexone", "nalmefene", "Nalbuphine"]
)
def test_a_look_alike_is_asked_about_and_has_no_rules(name):
    assert said(named(name)) == {"dose.look-alike", "dose.no-rules"}


def test_a_coined_name_is_never_settled_by_an_answer():
    assert one(named("LDN"), "dose.coined-name").settler is Settler.NOBODY


def test_a_coined_name_still_meets_every_limit():
    fill = directed(step(dose="10", unit=Unit.MG), fill=named("LDN"), days_supply=None)
    assert "dose.daily-stop" in said(fill)


def test_each_of_several_actives_is_checked_by_its_own_file():
    other = Ingredient("ketotifen", Part.ACTIVE, mg("1"))
    found = said(named("naltrexone", other))
    assert found == {"dose.no-rules"}
    heavy = directed(step(dose="7"), fill=named("naltrexone", other), days_supply=None)
    assert said(heavy) == {"dose.no-rules", "dose.daily-stop"}


def test_a_weight_of_two_actives_says_not_which():
    other = Ingredient("ketotifen", Part.ACTIVE, mg("1"))
    fill = directed(step(dose="3", unit=Unit.MG), fill=named("naltrexone", other))
    assert "dose.uncounted" in said(fill)


def test_the_same_drug_twice_is_asked_about():
    twice = Ingredient("Naltrexone HCl", Part.ACTIVE, mg("3"))
    assert "dose.same-drug-twice" in said(named("naltrexone", twice))


def test_a_drug_without_strength_stops():
    compound = Compound(Form.CAPSULE, (Ingredient("naltrexone", Part.ACTIVE),))
    assert one(ordered(compound=compound), "dose.no-strength").settler is Settler.NOBODY
    assert "dose.no-active" in said(ordered(compound=Compound(Form.CAPSULE)))


def test_a_strength_that_is_no_weight_stops():
    assert "dose.strength-unit" in said(strong(mg("5", unit=Unit.ML)))
    assert "dose.strength-unit" in said(strong(mg("0")))


@pytest.mark.parametrize(
    ("filler", "severity"),
    [
        ("Calcium Carbonate", Severity.NOTE),
        ("hypromellose", Severity.ASK),
        ("microcrystalline cellulose", None),
    ],
)
def test_fillers_the_drug_is_not_made_with(filler, severity):
    found = dose(named("naltrexone", Ingredient(filler, Part.FILLER)))
    assert [each.severity for each in found] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("written", "asked"),
    [("", False), ("Immediate Release", False), ("IR", False), ("extended", True), ("SR", True)],
)
def test_only_immediate_release_is_made(written, asked):
    fill = ordered(compound=replace(COMPOUND, release=written))
    assert ("dose.release" in said(fill)) is asked


def test_a_usual_titration_raises_nothing():
    assert dose(FILL) == []
    assert COMPOUND.actives[0].strength == mg("1.5")
    assert Decimal("1.5") in {each for row in TABLES.compounds[0].formulary for each in row.mg}
