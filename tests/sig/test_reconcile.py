"""Text, structure and quantity of a message are held against one another, and never chosen."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest

from labelapp.rx.amount import NBSP, Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Length, Meal, Step
from labelapp.rx.draft import Instruction
from labelapp.rx.finding import Finding, Severity
from labelapp.rx.timing import WEEK, Clock, Lead, Timing, Weekday, When
from labelapp.sig.message.reconcile import combined, reconcile
from labelapp.sig.read import read
from tests.sig.given import per_unit


def step(
    dose: str, unit: Unit = Unit.CAPSULE, days: int | None = None, timing: Timing | None = None
) -> Step:
    return Step(
        1,
        Dose(Amount(Decimal(dose), unit)),
        timing or Timing(),
        length=Length(days) if days else None,
    )


def dosage(place: int, sequence: int | None, text: str, structure: Step | None) -> Instruction:
    return Instruction(sequence, text, structure, f"dosageInstruction[{place}]")


def held(
    lexicon: object,
    dosages: list[Instruction],
    quantity: str = "",
    days: int | None = None,
) -> dict[str, Finding]:
    readings = tuple(
        read(each.text, lexicon, Form.CAPSULE, per_unit("1.5"))  # type: ignore[arg-type]
        for each in dosages
    )
    amount = Amount(Decimal(quantity), Unit.CAPSULE) if quantity else None
    found = reconcile(tuple(dosages), readings, Form.CAPSULE, per_unit("1.5"), amount, days)
    more = {"sig.structure-says-more"}
    assert all((each.severity is Severity.ASK) is (each.code not in more) for each in found)
    return {each.code: each for each in found}


def both(
    lexicon: object, text: str, timing: Timing, meal: Meal | None = None
) -> dict[str, Finding]:
    """One capsule as the text says, against the timing of a structured dosage."""
    structure = replace(step("1", timing=timing), meal=meal)
    return held(lexicon, [dosage(0, 1, text, structure)])


def test_a_message_that_agrees_with_itself_asks_nothing(lexicon):
    first = dosage(0, 1, "1 capsule once daily for 7 days", step("1", days=7))
    second = dosage(1, 2, "2 capsules once daily", step("3", Unit.MG))
    assert held(lexicon, [first, second], "53", 30) == {}


def test_a_weight_and_a_count_are_compared_through_the_strength(lexicon):
    found = held(lexicon, [dosage(0, 1, "2 capsules daily", step("1.5", Unit.MG))])
    assert found["sig.dose-disagrees"].value("text") == f"2{NBSP}capsules"
    assert found["sig.dose-disagrees"].value("structure") == f"1.5{NBSP}mg"


def test_equal_totals_do_not_hide_another_dose_and_another_frequency(lexicon):
    """Eight capsules once a day are not one capsule eight times a day."""
    text = "EIGHT (8) capsules to be taken DAILY for two days"
    found = held(lexicon, [dosage(0, 1, text, step("1.5", Unit.MG, 2, Timing(times_a_day=8)))])
    assert set(found) == {"sig.dose-disagrees", "sig.frequency-disagrees"}


def test_a_taper_whose_sum_is_not_the_quantity_is_asked(lexicon):
    taper = [
        dosage(place, place + 1, f"{many} capsules daily for 2 days", step(str(many), days=2))
        for place, many in enumerate(range(8, 1, -1))
    ]
    found = held(lexicon, taper, "72")
    assert set(found) == {"sig.total-disagrees"}
    values = dict(found["sig.total-disagrees"].values)
    assert (values["text"], values["structure"]) == ("70", "70")


def test_other_days_in_text_and_structure_are_asked(lexicon):
    found = held(lexicon, [dosage(0, 1, "4 capsules daily for 7 days", step("4", days=5))], "51")
    assert set(found) == {"sig.length-disagrees", "sig.total-disagrees"}


def test_another_time_of_day_is_asked(lexicon):
    structure = step("1", timing=Timing((When.MORNING,)))
    found = held(lexicon, [dosage(0, 1, "1 capsule at bedtime", structure)])
    assert set(found) == {"sig.frequency-disagrees"}


def test_numbers_out_of_order_or_missing_are_asked(lexicon):
    texts = ("1 capsule in the morning", "1 capsule at noon", "1 capsule in the evening")
    listed = [dosage(place, 2 - place // 2, text, None) for place, text in enumerate(texts)]
    in_order = sorted(listed, key=lambda each: each.sequence or 0)
    assert "sig.order-reversed" in held(lexicon, in_order)
    none = [dosage(place, None, text, None) for place, text in enumerate(texts)]
    assert "sig.order-missing" in held(lexicon, none)


def test_dosages_of_one_number_run_together_and_the_next_follows():
    dosages = (
        dosage(0, 1, "", step("1", days=7)),
        dosage(1, 1, "", step("2", days=7)),
        dosage(2, 5, "", step("3")),
    )
    steps = combined(dosages, tuple((each.step,) for each in dosages if each.step))
    assert [each.sequence for each in steps] == [1, 1, 2]


MON, TUE, WED, THU, FRI = WEEK[:5]
BEDTIME = Timing((When.BEDTIME,))


def at(*hours: int) -> Timing:
    return Timing(clock=tuple(Clock(time(hour)) for hour in hours))


@pytest.mark.parametrize(
    ("text", "timing"),
    [
        ("1 capsule on Monday, Wednesday and Friday", Timing(weekdays=(MON, WED, FRI))),
        ("1 capsule 3 times a week", Timing(times_a_week=3)),
        ("1 capsule on Monday, Wednesday and Friday", Timing(times_a_week=3)),
        ("1 capsule once weekly on Mondays", Timing(every_days=7)),
        ("1 capsule Monday to Sunday", Timing()),
        ("1 capsule 5 times a week", Timing(every_days=7, days_on=5)),
        ("1 capsule Monday to Friday", Timing(every_days=7, days_on=5)),
        ("1 capsule at bedtime", at(21)),
        ("1 capsule at bedtime", at(0)),
        ("1 capsule in the evening", at(21)),
        ("1 capsule in the morning", at(8)),
        ("1 capsule at noon", at(12)),
        ("1 capsule at 9 pm", at(21)),
        ("1 capsule at 9 pm", BEDTIME),
        ("1 capsule between 9 pm and 3 am", BEDTIME),
        ("1 capsule between 9 pm and 3 am", at(22)),
        ("1 capsule between 9 pm and 3 am", at(3)),
        ("1 capsule in the morning and at bedtime", at(8, 21)),
        ("1 capsule at bedtime", Timing()),
        ("1 capsule 1 to 2 times a day", Timing(times_a_day=2, fewest=1)),
        ("1 capsule up to 3 times a day", Timing(times_a_day=3, fewest=1)),
        ("1 capsule every 12 to 24 hours", Timing(every_hours=12, hours_to=24)),
        ("1 capsule 3 days on 1 day off", Timing(every_days=4, days_on=3)),
        ("1 capsule 1 hour before bedtime", Timing((When.BEDTIME,), lead=Lead(60))),
        ("1 capsule 1 hour before bedtime", BEDTIME),
    ],
    ids=str,
)
def test_text_and_structure_that_can_mean_the_same_ask_nothing(lexicon, text, timing):
    assert both(lexicon, text, timing) == {}


@pytest.mark.parametrize(
    ("text", "timing", "said", "coded"),
    [
        (
            "1 capsule on Monday, Wednesday and Friday",
            Timing(),
            "on Monday, Wednesday and Friday",
            "once a day",
        ),
        (
            "1 capsule on Monday, Wednesday and Friday",
            Timing(weekdays=(TUE, THU, Weekday.SATURDAY)),
            "on Monday, Wednesday and Friday",
            "on Tuesday, Thursday and Saturday",
        ),
        ("1 capsule daily", Timing(times_a_week=5), "once a day", "5 times a week"),
        (
            "1 capsule on Monday, Wednesday and Friday",
            Timing(every_days=7, days_on=3),
            "on Monday, Wednesday and Friday",
            "3 days on and 4 days off",
        ),
        (
            "1 capsule every other day",
            Timing(every_days=4, days_on=2),
            "every other day",
            "2 days on and 2 days off",
        ),
        (
            "1 capsule twice daily every other day",
            Timing(),
            "2 times a day every other day",
            "once a day",
        ),
        ("1 capsule at bedtime", at(8), "at bedtime", "at 08:00"),
        ("1 capsule in the morning", at(21), "in the morning", "at 21:00"),
        ("1 capsule at noon", at(17), "at noon", "at 17:00"),
        ("1 capsule at 9 pm", at(20), "at 21:00", "at 20:00"),
        ("1 capsule at 9 pm", Timing((When.MORNING,)), "at 21:00", "in the morning"),
        ("1 capsule at bedtime", at(8, 21), "at bedtime", "at 08:00 and at 21:00"),
        (
            "1 capsule in the morning and at bedtime",
            at(20, 21),
            "in the morning and at bedtime",
            "at 20:00 and at 21:00",
        ),
        (
            "1 capsule between 9 pm and 3 am",
            at(12),
            "between 21:00 and 03:00",
            "at 12:00",
        ),
        (
            "1 capsule 1 to 2 times a day",
            Timing(times_a_day=2),
            "1 to 2 times a day",
            "2 times a day",
        ),
        ("1 capsule up to 2 times a day", Timing(times_a_day=2), "up to 2 times a day",
         "2 times a day"),
        (
            "1 capsule every 4 to 6 hours",
            Timing(every_hours=4),
            "every 4 to 6 hours",
            "every 4 hours",
        ),
        (
            "1 capsule 1 hour before bedtime",
            Timing((When.BEDTIME,), lead=Lead(30)),
            "60 minutes before bedtime",
            "30 minutes before bedtime",
        ),
    ],
    ids=str,
)  # fmt: skip
def test_times_that_cannot_mean_the_same_are_shown_in_plain_words(
    lexicon, text, timing, said, coded
):
    found = both(lexicon, text, timing)
    assert set(found) == {"sig.frequency-disagrees"}
    assert dict(found["sig.frequency-disagrees"].values) == {"text": said, "structure": coded}


def test_as_needed_a_count_is_a_ceiling_however_it_is_written(lexicon):
    structure = replace(step("1", timing=Timing(times_a_day=3)), as_needed=True)
    text = "1 capsule up to 3 times a day as needed"
    assert held(lexicon, [dosage(0, 1, text, structure)], "5", 30) == {}


@pytest.mark.parametrize(
    ("text", "timing", "meal", "said"),
    [
        ("1 capsule daily", at(21), None, "at 21:00"),
        ("1 capsule daily", BEDTIME, None, "at bedtime"),
        ("1 capsule once a week", Timing(weekdays=(MON,)), None, "on Monday"),
        ("1 capsule daily", Timing(), Meal.WITH_FOOD, "once a day, with food"),
    ],
)
def test_what_the_structure_says_beyond_the_text_is_noted(lexicon, text, timing, meal, said):
    found = both(lexicon, text, timing, meal)
    assert set(found) == {"sig.structure-says-more"}
    assert found["sig.structure-says-more"].value("structure") == said


@pytest.mark.parametrize(
    ("text", "meal", "asked"),
    [
        ("1 capsule daily before meals", Meal.AFTER_MEALS, True),
        ("1 capsule daily with food", Meal.BEFORE_MEALS, True),
        ("1 capsule daily with or without food", Meal.WITH_FOOD, True),
        ("1 capsule daily with food", Meal.WITH_FOOD, False),
        ("1 capsule daily with or after food", Meal.AFTER_MEALS, False),
        ("1 capsule daily on an empty stomach", Meal.BEFORE_MEALS, False),
        ("1 capsule daily with food", None, False),
    ],
)
def test_food_is_compared(lexicon, text, meal, asked):
    found = both(lexicon, text, Timing(), meal)
    assert set(found) == ({"sig.meal-disagrees"} if asked else set())


@pytest.mark.parametrize(
    ("text", "quantity", "days", "total"),
    [
        ("1 capsule on Monday, Wednesday and Friday", "12", 28, ""),
        ("1 capsule on Monday, Wednesday and Friday", "13", 28, "12"),
        ("1 capsule on Monday, Wednesday and Friday", "12", 30, ""),
        ("1 capsule on Monday, Wednesday and Friday", "13", 30, ""),
        ("1 capsule on Monday, Wednesday and Friday", "11", 30, "12 to 13"),
        ("1 capsule on Monday, Wednesday and Friday", "30", 30, "12 to 13"),
        ("1 capsule 3 times a week", "12", 28, ""),
        ("1 capsule 3 times a week", "13", 30, ""),
        ("1 capsule 3 times a week", "15", 30, "12 to 14"),
        ("1 capsule 3 days on 1 day off", "23", 30, ""),
        ("1 capsule 3 days on 1 day off", "22", 30, "23"),
        ("1 capsule every other day", "15", 30, ""),
        ("1 capsule every other day", "30", 30, "15"),
        ("1 capsule 1 to 2 times a day", "45", 30, ""),
        ("1 capsule 1 to 2 times a day", "61", 30, "30 to 60"),
        ("1 capsule up to 2 times a day", "10", 30, ""),
        ("1 to 2 capsules daily", "29", 30, "30 to 60"),
        ("1 capsule every 6 to 8 hours", "89", 30, "90 to 120"),
        ("1 capsule daily as needed", "3", 30, ""),
        ("1 capsule daily for 90 days", "30", 30, ""),
    ],
)
def test_a_quantity_is_held_to_every_count_it_can_come_to(lexicon, text, quantity, days, total):
    found = held(lexicon, [dosage(0, 1, text, None)], quantity, days)
    assert set(found) == ({"sig.total-disagrees"} if total else set())
    assert not total or found["sig.total-disagrees"].value("text") == total


def test_days_of_supply_beyond_the_last_day_of_the_directions_are_asked(lexicon):
    taken = dosage(0, 1, "1 capsule daily for 14 days", step("1", days=14))
    found = held(lexicon, [taken], "14", 30)
    assert set(found) == {"sig.days-disagree"}
    values = dict(found["sig.days-disagree"].values)
    assert values == {"days": "30 days", "text": "14 days", "structure": "14 days"}
    assert held(lexicon, [taken], "14", 14) == {}


def test_what_was_not_understood_makes_no_total(lexicon):
    dosages = [
        dosage(0, 1, "as directed", step("2", days=1)),
        dosage(1, 2, "1 capsule daily for 4 days", None),
    ]
    assert held(lexicon, dosages, "6", 5) == {}


def test_a_weight_beside_the_count_is_held_to_the_structure(lexicon):
    text, structure = "1 capsule (1.5 mg) daily", step("1.5", Unit.MG)
    readings = (read(text, lexicon, Form.CAPSULE, None),)
    assert reconcile((dosage(0, 1, text, structure),), readings, None, None, None, None) == ()
    other = dosage(0, 1, text, step("3", Unit.MG))
    (found,) = reconcile((other,), readings, None, None, None, None)
    assert found.code == "sig.dose-disagrees"


WHOLE = "1 capsule daily for 7 days, then 2 capsules daily"


def over_whole(number: int, structure: Step) -> Instruction:
    """A dosage that repeats the whole text, as the others do."""
    return Instruction(number, WHOLE, structure, f"dosageInstruction[{number}]", 0, len(WHOLE))


def test_dosages_that_repeat_the_whole_text_share_its_steps(lexicon):
    first = over_whole(1, step("1", days=7))
    assert held(lexicon, [first, over_whole(2, step("2"))], "53", 30) == {}
    found = held(lexicon, [first, over_whole(2, step("3"))], "53", 30)
    assert set(found) == {"sig.dose-disagrees", "sig.total-disagrees"}
    assert found["sig.dose-disagrees"].value("text") == f"2{NBSP}capsules"


def test_steps_that_cannot_be_dealt_out_are_asked_once(lexicon):
    three = [over_whole(number, step(str(number))) for number in (1, 2, 3)]
    found = held(lexicon, three)
    assert dict(found["sig.steps-disagree"].values) == {"text": "2", "structure": "3"}
    together = [over_whole(1, step("1")), over_whole(1, step("2"))]
    assert set(held(lexicon, together)) == {"sig.steps-disagree"}


def test_a_disagreement_points_at_the_words_of_its_own_dosage(lexicon):
    text = "1 capsule at bedtime"
    placed = Instruction(1, text, step("1", timing=at(8)), "dosageInstruction[0]", 10, 30)
    (span,) = held(lexicon, [placed])["sig.frequency-disagrees"].spans
    assert (span.start, span.end) == (10, 30)
