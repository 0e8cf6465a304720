"""A calendar against a patient who takes the sig day by day and empties one vial after another."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import assume, event, given
from hypothesis import strategies as st

from labelapp.label.handout import Handout, Style, Table, passages_of
from labelapp.rx.directions import Step
from labelapp.rx.fill import Fill
from labelapp.rx.timing import Timing, Weekday, When
from tests.label.papered import BEDTIME, step
from tests.label.test_calendar_of_vials import (
    NBSP,
    containers,
    day,
    in_vials,
    of,
    texts,
)

Part = tuple[int, Timing, int]
"""So many capsules at one time, when, and for how many days."""
Course = Sequence[Sequence[Part]]
"""Parts side by side run together; the next ones begin when the longest of them ends."""
Doses = list[tuple[int, int]]
"""What is taken on a day, in its order: which time of the day, and how many capsules."""

Begun = tuple[int, int]
"""The day on which a part begins, and the first on which it is taken."""

TIMES = [each.value.capitalize() for each in When]
TUESDAY = date(2026, 11, 24)


def on_day(timing: Timing, begins: int, number: int, starts_on: date | None) -> bool:
    """Tell whether a patient takes anything on a day, looking at a wall calendar."""
    if timing.weekdays:
        assert starts_on is not None
        name = f"{starts_on + timedelta(days=number - 1):%A}"
        return name in {each.value for each in timing.weekdays}
    return (number - begins) % timing.every_days < timing.days_on


def taken(course: Course, starts_on: date | None, last: int) -> tuple[dict[int, Doses], set[Begun]]:
    """Simulate the course up to a day, the last parts going on; with when each part began."""
    days: dict[int, Doses] = {number: [] for number in range(1, last + 1)}
    firsts: set[Begun] = set()
    begins = 1
    for place, together in enumerate(course, start=1):
        for dose, timing, length in together:
            ends = last if place == len(course) else begins + length - 1
            mine = [n for n in range(begins, ends + 1) if on_day(timing, begins, n, starts_on)]
            if mine and begins > 1:
                firsts.add((begins, mine[0]))
            for number in mine:
                days.setdefault(number, [])
                days[number] += [(TIMES.index(w.value.capitalize()), dose) for w in timing.when]
        begins += max(length for _dose, _timing, length in together)
    return {number: sorted(doses) for number, doses in days.items()}, firsts


def steps_of(course: Course) -> tuple[Step, ...]:
    return tuple(
        step(place, str(dose), None if place == len(course) else length, timing)
        for place, together in enumerate(course, start=1)
        for dose, timing, length in together
    )


def said_of(paper: Handout) -> dict[int, list[tuple[str, Style]]]:
    """What a patient reads on each day, in the order of the page."""
    days: dict[int, list[tuple[str, Style]]] = {}
    for each in passages_of(paper.body):
        if found := re.fullmatch(r"day\.(\d+)", each.key):
            days.setdefault(int(found[1]), []).append((each.text.replace(NBSP, " "), each.style))
    return days


def doses_of(lines: list[tuple[str, Style]]) -> Iterator[tuple[int, int, int]]:
    """Read each dose of a day: its time, the vial it is from, and how many."""
    time, vial = -1, 1
    for text, style in lines:
        if style is Style.TICK:
            time = TIMES.index(text)
        elif found := re.fullmatch(r"Vial (\d+):", text):
            vial = int(found[1])
        elif style is Style.STRONG:
            yield time, vial, int(text.split()[0])


WHENS = st.sets(st.sampled_from(When), min_size=1, max_size=3).map(
    lambda some: tuple(each for each in When if each in some)
)
WEEKDAYS = st.sets(st.sampled_from(Weekday), min_size=1, max_size=4).map(
    lambda some: tuple(each for each in Weekday if each in some)
)
TIMINGS = st.one_of(
    WHENS.map(Timing),
    st.builds(lambda when, every: Timing(when, every_days=every), WHENS, st.integers(2, 4)),
    WHENS.map(lambda when: Timing(when, every_days=4, days_on=3)),
    st.builds(lambda when, days: Timing(when, weekdays=days), WHENS, WEEKDAYS),
)
PARTS = st.tuples(st.integers(1, 3), TIMINGS, st.integers(1, 12))
COURSES = st.lists(st.lists(PARTS, min_size=1, max_size=2), min_size=1, max_size=4)
STARTS = st.one_of(
    st.none(),
    st.dates(date(2024, 1, 1), date(2029, 12, 31)),
    st.sampled_from(  # a leap day, a year's end, both changes of the clock
        [date(2028, 2, 27), date(2026, 12, 28), date(2026, 10, 30), date(2027, 3, 12)]
    ),
)


@given(COURSES, STARTS, st.integers(1, 60), st.integers(0, 40), st.data())
def test_a_calendar_is_what_a_patient_takes_day_by_day(course, starts_on, first, more, data):
    timings = [timing for together in course for _dose, timing, _length in together]
    assume(starts_on is not None or not any(each.weekdays for each in timings))
    last = first + more
    wanted, firsts = taken(course, starts_on, last + 80)
    inner = data.draw(st.sets(st.integers(first, max(first, last - 1)), max_size=3))
    ends = [first - 1, *sorted(each for each in inner if each < last), last]
    held = [
        sum(dose for number in range(begin + 1, end + 1) for _time, dose in wanted[number])
        + data.draw(st.integers(0, 2))
        for begin, end in pairwise(ends)
    ]
    assume(all(held))
    case = in_vials(steps_of(course), tuple(map(str, held)), starts_on=starts_on)
    case = replace(case, first_day=first, number=int(first > 1))
    every = containers(case)
    event("has a calendar" if every else "vials that cannot be told apart")
    if every:
        paper = of(case, every)
        hold_days(paper, case, wanted, firsts)
        hold_vials(paper, held, wanted)


def hold_days(paper: Handout, case: Fill, wanted: dict[int, Doses], firsts: set[Begun]) -> None:
    """Hold each day: none is lost, its doses in their order, its date, its weekday, what is new."""
    said, first = said_of(paper), case.first_day
    assert list(said) == list(range(first, first + len(said)))
    new = {number for begins, number in firsts if begins > first}
    for number, lines in said.items():
        texts = [text for text, _style in lines]
        doses = [(time, dose) for time, _vial, dose in doses_of(lines)]
        assert doses == wanted[number], number
        assert ("No dose" in texts) is (not doses)
        assert ("New dose" in texts) is (number in new), number
        if case.starts_on is not None:
            on = case.starts_on + timedelta(days=number - 1)
            assert texts[:2] == [f"{on:%b} {on.day}", f"Day {number}"]
    if case.starts_on is not None:
        for table in paper.body:
            for row in table.rows if isinstance(table, Table) and table.framed else ():
                for column, cell in enumerate(row):
                    if cell.passages:
                        number = int(cell.passages[0].key.partition(".")[2])
                        on = case.starts_on + timedelta(days=number - 1)
                        assert on.isoweekday() % 7 == column


def hold_vials(paper: Handout, held: list[int], wanted: dict[int, Doses]) -> None:
    """Hold each vial: taken one after another, never more than it has, and the last one to its end."""
    used: Counter[int] = Counter()
    order = []
    said = said_of(paper)
    for lines in said.values():
        for _time, vial, dose in doses_of(lines):
            used[vial] += dose
            order.append(vial)
    assert order == sorted(order)
    assert all(used[number] <= many for number, many in enumerate(held, start=1))
    beyond = sum(dose for _time, dose in wanted[max(said) + 1])
    assert beyond > held[-1] - used[len(held)], "what is in the last vial is not left over"


def together(*parts: Part) -> tuple[Step, ...]:
    return tuple(step(1, str(dose), length, timing) for dose, timing, length in parts)


def test_doses_of_a_day_stand_in_its_order_though_their_steps_end_on_other_days() -> None:
    steps = together((2, BEDTIME, 14), (1, Timing((When.MORNING,)), 7))
    paper = of(in_vials(steps, ("21", "14")))
    assert [time for time, *_ in doses_of(said_of(paper)[3])] == [0, 3]
    assert texts(paper).count("Vial 1: 21 capsules, days 1 to 7, none left over") == 1


def test_where_the_start_is_known_named_weekdays_are_counted_from_it() -> None:
    """From a Tuesday on, 7 doses on Mondays and Fridays last to the day before the eighth."""
    on_days = replace(BEDTIME, weekdays=(Weekday.MONDAY, Weekday.FRIDAY))
    paper = of(in_vials((step(1, "1", None, on_days),), ("7", "7"), starts_on=TUESDAY))
    assert "Vial 1: 7 capsules, days 1 to 27, none left over" in texts(paper)
    assert day(paper, 28)[:2] == [f"Dec{NBSP}21", "Day 28"]
    unknown = containers(in_vials((step(1, "1", None, on_days),), ("7", "7")))
    assert unknown[0].days == 24, "the fewest there can be"


def test_a_dose_is_new_on_the_first_day_it_is_taken() -> None:
    """The second step begins on a Wednesday and is taken on Saturdays."""
    saturdays = replace(BEDTIME, weekdays=(Weekday.SATURDAY,))
    steps = (step(1, "1", 8), step(2, "2", None, saturdays))
    paper = of(in_vials(steps, ("8", "4"), starts_on=TUESDAY))
    assert day(paper, 9) == [f"Dec{NBSP}2", "Day 9", "No dose"]
    assert "New dose" in day(paper, 12)
