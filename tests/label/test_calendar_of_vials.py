"""One calendar of all vials: each dose once, from the vial its label says, down to the last piece."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.label.calendar import Language, calendar
from labelapp.label.document import DIRECTIONS
from labelapp.label.handout import Handout, Style, Table, passages_of
from labelapp.label.vials import Container
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Step, units_for
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding, Settler, Severity
from labelapp.rx.timing import Timing, Weekday, When
from labelapp.rx.vial import Vial
from labelapp.sig.say import say
from tests.label.fills import assessed, capsule, composed, fill, liquid, lot, mg
from tests.label.papered import BEDTIME, PHRASES, TITRATION, WORDS, step, with_steps

NBSP = "\N{NO-BREAK SPACE}"


def in_vials(
    steps: tuple[Step, ...],
    quantities: tuple[str, ...],
    strengths: tuple[str, ...] = (),
    starts_on: date | None = None,
    base: Fill | None = None,
) -> Fill:
    """A fill of 1.5 mg capsules in containers, each with a lot of its own."""
    case = base or fill(compound=capsule("1.5"))
    unit = case.prescription.compound.form.unit
    held = tuple(
        replace(lot(capsule(each)) if strengths else case.lots[0], number=f"26-{place}")
        for place, each in enumerate(strengths or quantities, start=1)
    )
    vials = tuple(
        Vial(
            Amount(Decimal(quantity), unit),
            mg(strengths[place]) if strengths and strengths[place] != "1.5" else None,
            (held[place].number,),
        )
        for place, quantity in enumerate(quantities)
    )
    whole = str(sum(map(Decimal, quantities)))
    return replace(with_steps(steps, whole, case, starts_on), vials=vials, lots=held)


def containers(case: Fill, jurisdiction: str = "US") -> tuple[Container, ...]:
    """What it leaves in, each with the label that would stand on it."""
    assessment = assessed(case, jurisdiction)
    found = []
    for each in assessment.vials:
        rx, law = each.fill.prescription, assessment.law
        standard = law is not None and law.standard_phrases
        where = (each.fill.first_day, each.fill.starts_on)
        said = say(rx.sig, rx.compound.form, PHRASES, standard, *where)
        alone = replace(
            assessment, bud=each.bud, days=each.days, auxiliary=each.auxiliary, vials=()
        )
        made = composed(each.fill, said, jurisdiction, assessment=alone)
        assert made.label is not None, made.findings
        found.append(Container(each.fill, made.label, each.days))
    return tuple(found)


def made(case: Fill, every: tuple[Container, ...] = ()) -> Handout | tuple[Finding, ...]:
    return calendar(case, every or containers(case), {}, Language(PHRASES, WORDS))


def of(case: Fill, every: tuple[Container, ...] = ()) -> Handout:
    paper = made(case, every)
    assert isinstance(paper, Handout), paper
    return paper


def day(paper: Handout, number: int) -> list[str]:
    return [each.text for each in passages_of(paper.body) if each.key == f"day.{number}"]


def texts(paper: Handout) -> list[str]:
    return [each.text.replace(NBSP, " ") for each in passages_of(paper.body)]


def under(paper: Handout, head: str) -> list[str]:
    """The lines that stand under a heading, up to the next one."""
    said = list(passages_of(paper.body))
    begins = next(place for place, each in enumerate(said) if each.text.replace(NBSP, " ") == head)
    lines = []
    for each in said[begins + 1 :]:
        if each.style is Style.HEADING:
            break
        lines.append(each.text.replace(NBSP, " "))
    return lines


def refused(found: Handout | tuple[Finding, ...]) -> Finding:
    assert not isinstance(found, Handout)
    (alone,) = found
    assert alone.severity is Severity.STOP
    assert alone.settler is Settler.NOBODY
    return alone


TWO = in_vials(TITRATION, ("21", "48"))
"""Days 1 to 14 in the first vial, days 15 to 30 in the second."""
TWO_STRENGTHS = in_vials((step(1, "1", 14), step(2, "3")), ("14", "30"), ("1.5", "4.5"))


def test_every_day_says_from_which_vial_it_is_taken():
    paper = of(TWO)
    assert day(paper, 14) == ["Day 14", "Bedtime", "Vial 1:", f"2{NBSP}capsules"]
    assert day(paper, 15) == [
        "Day 15", "New dose", "New vial", "Bedtime", "Vial 2:", f"3{NBSP}capsules",
    ]  # fmt: skip
    assert day(paper, 30) == ["Day 30", "Bedtime", "Vial 2:", f"3{NBSP}capsules"]


def test_vials_of_two_strengths_are_told_apart_by_them():
    paper = of(TWO_STRENGTHS)
    assert day(paper, 14)[-2:] == [f"Vial 1, 1.5{NBSP}mg:", f"1{NBSP}capsule"]
    assert day(paper, 15)[-2:] == [f"Vial 2, 4.5{NBSP}mg:", f"1{NBSP}capsule"]
    assert texts(paper)[-7:] == [
        "This fill: 44 capsules, days 1 to 44",
        "Vial 1, 1.5 mg: 14 capsules, days 1 to 14, none left over",
        "Vial 2, 4.5 mg: 30 capsules, days 15 to 44, none left over",
        "Vial 1, 1.5 mg: directions on its label",
        "Days 1 to 14: Take 1 capsule by mouth at bedtime",
        "Vial 2, 4.5 mg: directions on its label",
        "Days 15 to 44: Take 1 capsule by mouth at bedtime",
    ]


def test_the_head_names_each_vial_its_days_and_what_is_in_it():
    same, other = (
        [each.text.replace(NBSP, " ") for each in passages_of(of(case).running)]
        for case in (TWO, TWO_STRENGTHS)
    )
    assert same.count("Naltrexone HCl 1.5 mg capsule") == 1
    assert {"Vial 1 of 2: days 1 to 14", "Vial 2 of 2: days 15 to 30"} <= set(same)
    begins = other.index("Naltrexone HCl 1.5 mg capsule")
    assert other[begins : begins + 4] == [
        "Naltrexone HCl 1.5 mg capsule",
        "Vial 1 of 2: days 1 to 14",
        "Naltrexone HCl 4.5 mg capsule",
        "Vial 2 of 2: days 15 to 44",
    ]
    assert other[-1].endswith("Each day says which vial the dose is from.")


def test_the_sums_are_those_of_each_vial_and_of_all():
    paper = of(TWO)
    assert under(paper, "This fill: 69 capsules, days 1 to 30") == [
        "Vial 1: 21 capsules, days 1 to 14, none left over",
        "Vial 2: 48 capsules, days 15 to 30, none left over",
    ]


def test_what_is_left_over_in_a_vial_is_said_of_that_vial_alone():
    """22 do not last to day 15, which takes 3: one stays in the first vial, and nobody guesses."""
    paper = of(in_vials(TITRATION, ("22", "49")))
    assert under(paper, "This fill: 69 capsules, days 1 to 30") == [
        "Vial 1: 21 capsules, days 1 to 14, and 1 capsule left over",
        "Vial 2: 48 capsules, days 15 to 30, and 1 capsule left over",
        "Ask us before you use what is left over.",
    ]


def test_the_directions_are_those_of_each_label_under_the_name_of_its_vial():
    every = containers(TWO)
    paper = of(TWO, every)
    for number, each in enumerate(every, start=1):
        on_label = [
            f"{line.lead}: {line.text}".replace(NBSP, " ")
            for line in each.label.elements
            if line.key == DIRECTIONS
        ]
        assert on_label
        assert under(paper, f"Vial {number}: directions on its label") == on_label


def test_many_lines_of_directions_stand_under_one_another():
    """A row of a table is never broken: long ones must be able to flow over pages."""
    many = tuple(step(number, str(number), 3) for number in range(1, 10))
    tables = {}
    for case in (TWO, in_vials((*many, step(10, "1")), ("135", "10"))):
        body = of(case).body
        tables[len(case.prescription.sig.steps)] = sum(isinstance(each, Table) for each in body)
    weeks = {3: 5, 10: 6}
    assert tables == {3: weeks[3] + 1, 10: weeks[10]}


def test_two_bottles_of_one_strength_run_one_after_another_for_half_a_year():
    paper = of(in_vials((step(1, "1"),), ("90", "90")))
    assert day(paper, 90)[-2] == "Vial 1:"
    assert day(paper, 91) == ["Day 91", "New vial", "Bedtime", "Vial 2:", f"1{NBSP}capsule"]
    assert "This fill: 180 capsules, days 1 to 180" in texts(paper)
    heavy = [
        cell.passages[0].text
        for table in paper.body
        if isinstance(table, Table)
        for row in table.rows
        for cell in row
        if cell.heavy
    ]
    assert heavy == ["Day 91"]
    assert refused(made(in_vials((step(1, "1"),), ("111", "110")))).values == (
        ("days", "221"), ("pages", "6"),
    )  # fmt: skip


def test_a_vial_is_new_on_the_day_of_its_first_dose():
    """From a Tuesday on, taken on Mondays and Fridays: the second vial begins on a day without."""
    on_days = replace(BEDTIME, weekdays=(Weekday.MONDAY, Weekday.FRIDAY))
    paper = of(in_vials((step(1, "1", 28, on_days),), ("2", "6"), starts_on=date(2026, 11, 24)))
    said = {number: day(paper, number) for number in range(1, 29)}
    (new,) = (number for number, lines in said.items() if "New vial" in lines)
    assert "Bedtime" in said[new]
    assert "Vial 2:" in said[new]
    assert "Vial 1:" in said[max(each for each in range(1, new) if "Bedtime" in said[each])]


def test_a_bottle_is_called_one():
    base = fill(compound=liquid(), quantity="14")
    steps = (step(1, "0.5", 7, unit=Unit.ML), step(2, "1.5", 7, unit=Unit.ML))
    paper = of(in_vials(steps, ("3.5", "10.5"), base=base))
    assert day(paper, 8)[1:] == [
        "New dose", "New bottle", "Bedtime", "Bottle 2:", f"1.5{NBSP}mL",
    ]  # fmt: skip
    assert "Bottle 2: 10.5 mL, days 8 to 14, none left over" in texts(paper)


def test_a_refill_in_two_vials_begins_on_its_own_day():
    paper = of(replace(in_vials(TITRATION, ("45", "45")), first_day=31, number=1))
    assert day(paper, 31) == ["Day 31", "Bedtime", "Vial 1:", f"3{NBSP}capsules"]
    assert day(paper, 46)[:2] == ["Day 46", "New vial"]
    assert "This fill: 90 capsules, days 31 to 60" in texts(paper)


def test_a_vial_whose_days_nobody_can_tell_is_refused():
    first, second = containers(TWO)
    gap = replace(second, fill=replace(second.fill, first_day=16))
    for other in (replace(second, days=None), gap):
        found = refused(made(TWO, (first, other)))
        assert found.code == "twins.calendar-vial-days"
        assert found.field == "fill.vials.1.quantity"
        assert found.value("vial") == "2"


def test_a_vial_that_holds_less_than_its_days_take_is_refused():
    first, second = containers(TWO)
    little = Amount(Decimal(20), Unit.CAPSULE)
    found = refused(made(TWO, (replace(first, fill=replace(first.fill, quantity=little)), second)))
    assert (found.code, found.value("vial")) == ("twins.calendar-vial-days", "1")


@pytest.mark.parametrize("strength", ["3", "4.4"])
def test_a_dose_that_is_not_exactly_that_of_the_order_is_refused(strength):
    first, second = containers(TWO_STRENGTHS)
    rx = second.fill.prescription
    weak = replace(rx, compound=capsule(strength))
    found = refused(
        made(TWO_STRENGTHS, (first, replace(second, fill=replace(second.fill, prescription=weak))))
    )
    assert found.code == "twins.calendar-vial-dose"
    assert (found.value("vial"), found.value("day")) == ("2", "15")


def test_a_dose_at_another_time_than_ordered_is_refused():
    first, second = containers(TWO)
    rx = second.fill.prescription
    moved = tuple(replace(each, timing=Timing((When.MORNING,))) for each in rx.sig.steps)
    other = replace(
        second,
        fill=replace(second.fill, prescription=replace(rx, sig=replace(rx.sig, steps=moved))),
    )
    assert refused(made(TWO, (first, other))).code == "twins.calendar-vial-dose"


def test_directions_that_have_no_calendar_have_none_in_several_vials():
    needed = tuple(replace(each, as_needed=True) for each in TITRATION)
    case = in_vials(needed, ("21", "48"))
    assert all(each.days is None for each in containers(case))
    assert refused(made(case)).code == "twins.calendar-as-needed"


def read_back(paper: Handout) -> tuple[dict[int, list[str]], Counter[str], Counter[int]]:
    """What a patient reads: the days in their order, and how many are taken from each vial."""
    days: dict[int, list[str]] = {}
    taken: Counter[str] = Counter()
    vials: Counter[int] = Counter()
    for said in passages_of(paper.body):
        if found := re.fullmatch(r"day\.(\d+)", said.key):
            days.setdefault(int(found[1]), []).append(said.text.replace(NBSP, " "))
    for lines in days.values():
        for before, after in pairwise(lines):
            if before.startswith("Vial "):
                taken[before.rstrip(":")] += int(after.split()[0])
                vials[int(before.split()[1].rstrip(":,"))] += 1
    return days, taken, vials


def hold(case: Fill, every: tuple[Container, ...], paper: Handout) -> None:
    """Hold a calendar against its fill: each day once, each dose from one vial, nothing lost."""
    days, taken, doses = read_back(paper)
    numbers = list(days)
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) == sum(each.days or 0 for each in every)
    ticks = [each for each in passages_of(paper.body) if each.style is Style.TICK]
    assert sum(doses.values()) == len(ticks)
    assert sum(taken.values()) <= case.quantity.value
    for number, each in enumerate(every, start=1):
        (name,) = (key for key in taken if re.match(rf"Vial {number}(?!\d)", key))
        (said,) = (
            text for text in texts(paper) if text.startswith(f"{name}: ") and " left over" in text
        )
        counted, *left = re.findall(r"(\d+) capsules?", said)
        assert int(counted) == taken[name]
        assert int(counted) + sum(map(int, left)) == each.fill.quantity.value


DOSES = st.lists(
    st.tuples(st.integers(1, 9), st.integers(1, 14), st.sampled_from(When)), min_size=2, max_size=6
)
STARTS = st.one_of(st.none(), st.dates(date(2026, 1, 1), date(2027, 1, 1)))


@given(DOSES, STARTS, st.data())
def test_a_titration_in_vials_of_one_strength_adds_up(doses, starts_on, data):
    steps = tuple(
        step(number, str(dose), days, Timing((when,)))
        for number, (dose, days, when) in enumerate(doses, start=1)
    )
    last = sum(days for _dose, days, _when in doses)
    inner = st.integers(1, last - 1)
    ends = [*sorted(data.draw(st.sets(inner, min_size=1, max_size=min(2, last - 1)))), last]
    held = [
        units_for(steps, end - begin, begin + 1) + data.draw(st.integers(0, 2))
        for begin, end in pairwise([0, *ends])
    ]
    case = in_vials(steps, tuple(map(str, held)), starts_on=starts_on)
    every = containers(case)
    if not every:  # what is left of one vial reached to days of the next, which has too few then
        assert any(each.severity is Severity.STOP for each in assessed(case).findings)
        return
    paper = of(case, every)
    hold(case, every, paper)
    ordered = {n: units_for(steps, 1, n) for n in range(1, last + 1)}
    for number, lines in read_back(paper)[0].items():
        assert Fraction(lines[-1].split()[0]) == ordered[number]


STRENGTHS = {1: "1.5", 2: "3", 3: "4.5", 4: "6"}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(sorted(STRENGTHS)),
            st.lists(st.tuples(st.integers(1, 4), st.integers(1, 10)), min_size=1, max_size=2),
        ),
        min_size=2,
        max_size=3,
    ),
    STARTS,
)
def test_a_titration_in_vials_of_several_strengths_adds_up_by_weight(parts, starts_on):
    steps: list[Step] = []
    held: list[str] = []
    for times, doses in parts:
        for pieces, days in doses:
            steps.append(step(len(steps) + 1, str(pieces * times), days))
        held.append(str(sum(pieces * days for pieces, days in doses)))
    strengths = tuple(STRENGTHS[times] for times, _doses in parts)
    case = in_vials(tuple(steps), tuple(held), strengths, starts_on)
    every = containers(case)
    assert len(every) == len(parts), assessed(case).findings
    paper = of(case, every)
    hold(case, every, paper)
    weights = {number: Fraction(strengths[number - 1]) for number in range(1, len(parts) + 1)}
    for number, lines in read_back(paper)[0].items():
        (vial,) = (each for each in lines if each.startswith("Vial "))
        mine = weights[int(vial.split()[1].rstrip(":,"))] * int(lines[-1].split()[0])
        assert mine == units_for(steps, 1, number) * Fraction("1.5")
