"""Directions an adversary wrote: none is read as something it does not say."""

from __future__ import annotations

import pytest

from labelapp.rx.compound import Form
from labelapp.rx.directions import Verb
from labelapp.rx.finding import Settler, Severity
from labelapp.sig.read import Reading, read
from labelapp.sig.say import say
from tests.sig.given import codes, in_short, per_ml, per_unit
from tests.sig.test_read import answer

WEEKLY = ["1-7: 1 capsule bedtime", "8-14: 2 capsules bedtime", "15-: 3 capsules bedtime"]

READ = {
    **{
        f"Take 1.5 mg at bedtime, increase by 1.5 mg weekly up to 4.5 mg {often}": WEEKLY
        for often in ("daily", "per day", "a day", "qd", "every day", "once daily", "at bedtime")
    },
    "1.5 mg qhs, increase by 1.5 mg every 7 days to a maximum of 4.5 mg/day": WEEKLY,
    "1 cap qhs, increase by 1 cap weekly to 3 caps and continue": WEEKLY,
    "1 capsule in the morning and at bedtime": ["1-: 1 capsule morning+bedtime"],
    "1 cap bid in the morning and at bedtime": ["1-: 1 capsule morning+bedtime"],
    "1 cap bid morning, bedtime": ["1-: 1 capsule morning+bedtime"],
    "1 cap bid (am, hs)": ["1-: 1 capsule morning+bedtime"],
    "1 cap morning, noon, and bedtime": ["1-: 1 capsule morning+noon+bedtime"],
    "1 cap am & hs": ["1-: 1 capsule morning+bedtime"],
    "1 cap am, noon, hs": ["1-: 1 capsule morning+noon+bedtime"],
    "1 cap at bedtime and with food": ["1-: 1 capsule bedtime"],
    "1 cap qhs. Continue for 3 weeks.": ["1-21: 1 capsule bedtime"],
    "1 cap qhs. Avoid alcohol, max 2 caps a day": ["1-: 1 capsule bedtime"],
    "1 cap qhs do not crush or chew swallow whole": ["1-: 1 capsule bedtime"],
    "1 cap qhs at bedtime": ["1-: 1 capsule bedtime"],
    "Week 1: 1 cap qhs. Week 2: 2 caps qhs. Week 3: 3 caps qhs and continue": WEEKLY,
    "Week 1: 1 cap qhs. Week 2: 2 caps qhs. Week 3: 3 caps qhs indefinitely": WEEKLY,
    "1 cap qhs x 7 days, 2 caps x 7 days, maintenance 3 caps": WEEKLY,
    "1 cap qhs x 7 days, then 2 caps x 7 days, thereafter 3 caps": WEEKLY,
    "Days 1-7: 1 capsule qhs. On day 8 increase to 2 capsules": [
        "1-7: 1 capsule bedtime",
        "8-: 2 capsules bedtime",
    ],
    "Start day 1: 1 cap qhs": ["1-: 1 capsule bedtime"],
    "Start day 1: 1 cap qhs. On day 8 increase to 2 caps. On day 15 increase to 3 caps": WEEKLY,
    "Week 1: 1 cap qhs. Week 2 increase to 2 caps. Week 3 increase to 3 caps.": WEEKLY,
    "Days 1-7: 1 cap qhs. Days 8-14 increase to 2 caps": [
        "1-7: 1 capsule bedtime",
        "8-14: 2 capsules bedtime",
    ],
    "1 cap qhs x7d, increase to 3 caps qhs": ["1-7: 1 capsule bedtime", "8-: 3 capsules bedtime"],
    "1 cap qhs. After 1 week increase to 2 caps. After another 2 weeks increase to 3 caps": [
        "1-7: 1 capsule bedtime",
        "8-21: 2 capsules bedtime",
        "22-: 3 capsules bedtime",
    ],
    "1 cap qhs every 2 nights": ["1-: 1 capsule bedtime every 2 days"],
    "1 capsule a day": ["1-: 1 capsule 1/day"],
    "3 capsules per day at bedtime": ["1-: 3 capsules bedtime"],
    "1 cap once nightly": ["1-: 1 capsule bedtime"],
    "1 cap qhs weeks 1 and 2, 2 caps qhs week 3 and after": [
        "1-14: 1 capsule bedtime",
        "15-: 2 capsules bedtime",
    ],
}


@pytest.mark.parametrize("text", READ)
def test_what_says_one_thing_is_read_as_that(text, capsules):
    reading = capsules(text)
    assert in_short(reading) == READ[text]
    assert reading.status == "ok", codes(reading)


ASKED = {
    # an increase with two intervals, two ceilings, or none
    "1.5 mg qhs, increase by 1.5 mg up to 4.5 mg max 6 mg every 7 days": "sig.increase-unclear",
    "1.5 mg qhs, increase by 1.5 mg every 7 days up to 3 mg to 4.5 mg": "sig.increase-unclear",
    "1.5 mg qhs, increase by 1.5 mg weekly every 14 days to 4.5 mg": "sig.increase-unclear",
    "1.5 mg qhs, increase by 1.5 mg weekly up to 4.5 mg every 14 days": "sig.increase-unclear",
    "1.5 mg qhs, increase by 1.5 mg daily up to 4.5 mg": "sig.increase-unclear",
    "1.5 mg qhs, increase by 1.5 mg up to 4.5 mg daily": "sig.increase-unclear",
    "1.5 mg qhs x 4 weeks, increase by 1.5 mg weekly to 4.5 mg": "sig.increase-unclear",
    "1 cap qam and 1 cap qhs, increase by 1 cap every 7 days to 3 caps": "sig.increase-unclear",
    "1 cap bid, increase by 1 cap every 7 days to 3 caps": "sig.time-of-day",
    "1 cap bid, increase by 1 cap every 7 days to 3 caps a day": "sig.time-of-day",
    "1 cap qhs titrate up to 3 caps qhs": "sig.increase-unclear",
    "1 cap qhs x 7d titrate to 3 caps qhs": "sig.increase-unclear",
    "1 cap qhs x 7d go up to 3 caps qhs": "sig.increase-unclear",
    "1 cap qhs x 7d increase up to 3 caps qhs": "sig.increase-unclear",
    "3 caps qhs x 7d taper to 1 cap qhs": "sig.increase-unclear",
    # two words, perhaps for one time
    "1 cap by mouth every evening before bed": "sig.two-times",
    "1 cap qpm at bedtime": "sig.two-times",
    "1 cap nightly (evening)": "sig.two-times",
    "1 cap after dinner at bedtime": "sig.two-times",
    "1 cap qhs in the morning": "sig.two-times",
    "1 capsule at bedtime (morning)": "sig.two-times",
    "1 capsule at bedtime. In the morning.": "sig.two-times",
    "1 capsule at bedtime, start in the morning": "sig.two-times",
    "1 cap qam, qhs": "sig.two-times",
    "1 cap in the morning and at bedtime 2 caps": "sig.two-times",
    # warnings and the days in them
    "1 cap qhs. may cause drowsiness prn": "sig.strange-sentence",
    "1 cap qhs, may cause drowsiness in the morning": "sig.strange-sentence",
    "1 cap qam. At night, may cause drowsiness": "sig.strange-sentence",
    "1 cap qam. Avoid alcohol 2 caps qhs": "sig.unread",
    "1 cap may cause drowsiness qhs": "sig.strange-sentence",
    "1 cap qhs, with food for the first week": "sig.length-of-which",
    "1 cap qhs for the first week": "sig.first-only",
    "1 cap qhs, with food for 7 days": "sig.length-of-which",
    # days of a week, amounts over a time
    "1 cap weekly x 5 days": "sig.times-disagree",
    "3 capsules a week": "sig.rate",
    "3 capsules per week": "sig.rate",
    "7 capsules every week": "sig.rate",
    "2-3 per day": "sig.rate",
    "2 per day": "sig.rate",
    "3 capsules per day": "sig.rate",
    "3 caps/day": "sig.rate",
    "2 capsules per day in the morning and at bedtime": "sig.times-disagree",
    "Take 1 capsule only once": "sig.once",
    "Take 1 capsule one time": "sig.once",
    "Take 1 capsule once": "sig.once",
    "1 cap q i d": "sig.ambiguous-code",
    "1 cap b i d": "sig.ambiguous-code",
    "1 cap q h s": "sig.ambiguous-code",
    "1 cap every 2 nights": "sig.nights",
    "1 cap every other night": "sig.nights",
    # which days
    "1 cap qhs on days 1 and 15": "sig.range-unclear",
    "1 cap qhs Week 1 and 3": "sig.range-unclear",
    "Days 1-7: 1 cap qhs. Day 8: 2 caps qhs": "sig.one-day",
    "1 cap qhs for 14 days ongoing": "sig.open-end",
    "1 cap qhs for 14 days thereafter": "sig.open-end",
    "1 cap qhs for 14 days, then continue": "sig.open-end",
    "1 cap qhs x7d then 2 caps qhs x7d and continue": "sig.open-end",
    "1 cap qhs. After 1 week increase to 2. After 2 weeks increase to 3": "sig.after-what",
    "1 cap qam x 7 days. 2 caps qhs x 7 days.": "sig.then-or-together",
    "1 cap qam. 2 caps qhs x 7 days.": "sig.length-of-which",
    # what does not go together
    "3 caps prn pain q6h max 1 cap/day": "sig.over-maximum",
    "2 caps bid max 3 caps/day": "sig.over-maximum",
    "Take 1 capsule before breakfast and at bedtime": "sig.meal-of-which",
    "1.5-3mg/capsule 1 capsule qhs": "sig.strength-disagrees",
    "1 cap ac and hs": "sig.joined-times",
    "1 cap qhs and prn pain": "sig.joined-times",
    "1 cap prn pain and at bedtime": "sig.joined-times",
    "1 cap qhs. May cause vivid dreams. For 14 days.": "sig.which-dose",
    "1 cap qhs. Avoid alcohol; for 14 days": "sig.which-dose",
    "1 cap hs & ac": "sig.joined-times",
    "1 cap at bedtime and with meals": "sig.joined-times",
    "1 cap qhs for 7 days. Continue for 3 weeks.": "sig.contradiction",
    "1 cap qhs (avoid alcohol) x 7 days": "sig.unread",
    "1 cap qam. prn pain avoid alcohol 1 cap q6h": "sig.unread",
    "1 cap with meals and at bedtime": "sig.joined-times",
    "1 cap before meals and at bedtime": "sig.joined-times",
    "1 cap every day and night": "sig.joined-times",
    "1 cap daily and at bedtime": "sig.joined-times",
    "1 cap at bedtime and every other day": "sig.joined-times",
    "1 cap nightly weekly": "sig.times-disagree",
    "1 cap qhs every other week": "sig.every-days",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_says_two_things_is_asked(text, capsules):
    reading = capsules(text)
    assert ASKED[text] in codes(reading)
    assert reading.status == "ask"
    asked = [each for each in reading.findings if each.severity is Severity.ASK]
    assert all(each.spans for each in asked)
    assert all((each.settler is Settler.NOBODY) != bool(each.choices) for each in asked)


ANSWERED = [
    ("1 cap qpm at bedtime", "sig.two-times", "at bedtime", ["1-: 1 capsule bedtime"]),
    ("1 cap qpm at bedtime", "sig.two-times", "in the evening", ["1-: 1 capsule evening"]),
    (
        "1 cap qhs in the morning",
        "sig.two-times",
        "at bedtime and in the morning",
        ["1-: 1 capsule morning+bedtime"],
    ),
    ("3 capsules per day", "sig.rate", "all at one time", ["1-: 3 capsules 1/day"]),
    ("3 capsules a week", "sig.rate", "all at one time", ["1-: 3 capsules 1/day every 7 days"]),
    ("1 capsule once", "sig.once", "once a day", ["1-: 1 capsule 1/day"]),
    ("1 cap every 2 nights", "sig.nights", "at bedtime", ["1-: 1 capsule bedtime every 2 days"]),
    (
        "1 cap qam x7d. 2 caps qhs x7d.",
        "sig.then-or-together",
        "then",
        ["1-7: 1 capsule morning", "8-14: 2 capsules bedtime"],
    ),
    (
        "1 cap qhs. After 1 week increase to 2. After 2 weeks increase to 3",
        "sig.after-what",
        "counted from the first day",
        WEEKLY,
    ),
    (
        "1 cap qhs. After 1 week increase to 2. After 2 weeks increase to 3",
        "sig.after-what",
        "after the step before it",
        ["1-7: 1 capsule bedtime", "8-21: 2 capsules bedtime", "22-: 3 capsules bedtime"],
    ),
    (
        "Days 1-7: 1 cap qhs. Day 8: 2 caps qhs",
        "sig.one-day",
        "day 8 and after",
        ["1-7: 1 capsule bedtime", "8-: 2 capsules bedtime"],
    ),
]


@pytest.mark.parametrize(("text", "code", "choice", "steps"), ANSWERED)
def test_an_answer_gives_exactly_what_was_chosen(text, code, choice, steps, capsules):
    settled = capsules(text, answer(capsules(text), code, choice))
    assert in_short(settled) == steps
    assert settled.status == "ok"


KEPT = [
    ("1 cap qam. May cause vivid dreams at night.", "May cause vivid dreams at night"),
    ("1 cap qhs. May cause drowsiness in the morning", "May cause drowsiness in the morning"),
    (
        "1 cap qhs. May cause vivid dreams for the first week.",
        "May cause vivid dreams for the first week",
    ),
    ("1 cap qhs. Do not take opioids for 14 days.", "Do not take opioids for 14 days"),
    ("1 cap qhs. Avoid alcohol for 2 weeks", "Avoid alcohol for 2 weeks"),
    ("1 cap qhs. Keep refrigerated for 30 days", "Keep refrigerated for 30 days"),
    ("Shake well. 1 cap qhs", "Shake well"),
    ("Shake well, take 1 cap qhs", "Shake well"),
    ("Shake well and take 1 cap qhs", "Shake well"),
    ("Shake well take 1 cap qhs", "Shake well"),
    ("1 cap qhs. Keep refrigerated. With food.", "Keep in the refrigerator"),
]


@pytest.mark.parametrize(("text", "kept"), KEPT)
def test_a_warning_keeps_its_times_and_the_dose_keeps_its_own(text, kept, capsules):
    reading = capsules(text)
    assert reading.status == "ok", codes(reading)
    assert [each.words for each in reading.sig.kept] == [kept]
    (step,) = reading.sig.steps
    assert step.length is None
    assert len(step.timing.when) == 1


def said(reading: Reading, form: Form, phrases: object, *, standard: bool = False) -> list[str]:
    assert reading.status == "ok", codes(reading)
    lines = say(reading.sig, form, phrases, standard)  # type: ignore[arg-type]
    return [each.text.replace("\N{NO-BREAK SPACE}", " ") for each in lines]


@pytest.mark.parametrize(
    ("purpose", "line"),
    [
        ("sleep", "Take 1 capsule at bedtime if needed for sleep"),
        ("mood", "Take 1 capsule at bedtime if needed for mood"),
        ("weight loss", "Take 1 capsule at bedtime if needed for weight loss"),
        ("blood pressure", "Take 1 capsule at bedtime if needed for blood pressure"),
        ("pain and sleep", "Take 1 capsule at bedtime if needed for pain and sleep"),
        ("severe back pain", "If you have severe back pain, take 1 capsule at bedtime"),
        ("n/v", "If you have nausea or vomiting, take 1 capsule at bedtime"),
    ],
)
def test_only_a_symptom_is_something_a_patient_has(purpose, line, capsules, phrases):
    assert said(capsules(f"1 cap qhs prn {purpose}"), Form.CAPSULE, phrases) == [line]


SEVERAL = [
    (
        "1 cap qam qod and 2 caps qhs qod",
        "Take 1 capsule in the morning every other day, and 2 capsules at bedtime every other day",
    ),
    (
        "1 cap in the morning and at bedtime prn sleep, max 2 caps/day",
        "If needed for sleep, take 1 capsule in the morning, and 1 capsule at bedtime",
    ),
    (
        "1 cap in the morning and at bedtime prn, max 2 caps/day",
        "If needed, take 1 capsule in the morning, and 1 capsule at bedtime",
    ),
]


@pytest.mark.parametrize(("text", "line"), SEVERAL)
def test_what_holds_for_several_doses_is_said_of_each(text, line, capsules, phrases):
    reading = capsules(text)
    assert said(reading, Form.CAPSULE, phrases)[0] == line
    again = capsules(". ".join(said(reading, Form.CAPSULE, phrases)))
    assert again.status == "ask" or in_short(again) == in_short(reading)


def test_a_count_before_meals_is_not_spread_to_bedtime(capsules, phrases):
    lines = said(capsules("1 cap bid ac"), Form.CAPSULE, phrases, standard=True)
    assert lines == ["Take 1 capsule 2 times a day before meals"]


def test_place_and_let_dissolve_is_dissolve(lexicon, phrases):
    text = "place 1 troche under the tongue and let dissolve at bedtime"
    reading = read(text, lexicon, Form.TROCHE, per_unit("1.5"))
    assert reading.sig.steps[0].verb is Verb.DISSOLVE
    assert said(reading, Form.TROCHE, phrases) == ["Dissolve 1 troche under the tongue at bedtime"]
    elsewhere = read("place 1 capsule and let dissolve qhs", lexicon, Form.CAPSULE)
    assert elsewhere.status == "ask"


def test_weights_must_agree_with_one_another_without_a_strength(lexicon):
    good = "1 cap (1.5mg) qhs x 7d then 2 caps (3mg) qhs"
    assert read(good, lexicon, Form.CAPSULE).status == "ok"
    bad = read("1 cap (1.5mg) qhs x 7d then 2 caps (4.5mg) qhs", lexicon, Form.CAPSULE)
    assert "sig.weight-disagrees" in codes(bad)
    assert bad.status == "ask"


def test_a_strength_counted_against_something_else_is_asked(lexicon):
    for text in ("1 cap qhs", "1 cap (1.5 mg) qhs"):
        reading = read(text, lexicon, Form.CAPSULE, per_ml("1.5"))
        assert "sig.strength-basis" in codes(reading)
        assert reading.status == "ask"
