"""What is read is said: plain words, numerals, nothing lost, a state's phrases to the letter."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import typed
from labelapp.rx.amount import NBSP
from labelapp.rx.compound import Form
from labelapp.rx.directions import Sig
from labelapp.sig.read import read
from labelapp.sig.say import say
from tests.sig.given import per_unit


def lines(
    text: str, form: Form = Form.CAPSULE, *, standard: bool = False, **days: Any
) -> list[str]:
    strength = per_unit("1.5") if form.is_counted else None
    reading = read(text, typed.lexicon("en"), form, strength)
    assert reading.status == "ok", reading.findings
    said = say(reading.sig, form, typed.phrases("en"), standard, **days)
    return [(f"{each.lead}: " if each.lead else "") + each.text.replace(NBSP, " ") for each in said]


CALIFORNIA = {
    "A": ("1 cap po qhs", "Take 1 capsule at bedtime"),
    "B": ("2 caps qhs", "Take 2 capsules at bedtime"),
    "C": ("4.5 mg qhs", "Take 3 capsules at bedtime"),
    "D": ("1 cap qam", "Take 1 capsule in the morning"),
    "F": ("3 caps every morning", "Take 3 capsules in the morning"),
    "G": ("1 cap bid", "Take 1 capsule in the morning, and 1 capsule at bedtime"),
    "H": ("2 caps qam and 2 caps qhs", "Take 2 capsules in the morning, and 2 capsules at bedtime"),
    "J": (
        "1 cap tid",
        "Take 1 capsule in the morning, 1 capsule at noon, and 1 capsule in the evening",
    ),
    "N": (
        "2 caps qid",
        (
            "Take 2 capsules in the morning, 2 capsules at noon, 2 capsules in the evening, "
            "and 2 capsules at bedtime"
        ),
    ),
    "P": (
        "2 caps q6h prn pain max 6 caps a day",
        (
            "If you have pain, take 2 capsules at a time. Wait at least 6 hours before taking "
            "again. Do not take more than 6 capsules in one day"
        ),
    ),
}


@pytest.mark.parametrize("letter", CALIFORNIA)
def test_a_standard_phrase_is_said_to_the_letter(letter, phrases, lexicon):
    text, phrase = CALIFORNIA[letter]
    reading = read(text, lexicon, Form.CAPSULE, per_unit("1.5"))
    (said,) = say(reading.sig, Form.CAPSULE, phrases, True)
    assert said.text.replace(NBSP, " ") == phrase
    assert said.standard
    assert not said.text.endswith(".")


def test_there_are_16_standard_phrases_and_unread_ones_say_so(phrases):
    assert len(phrases.rows) == 16
    assert [row.id for row in phrases.rows if row.verified] == [f"CA-{each}" for each in "ABCDEFG"]


SAID = [
    ("1 cap po qhs", Form.CAPSULE, ["Take 1 capsule by mouth at bedtime"]),
    ("1 cap bid", Form.CAPSULE, ["Take 1 capsule 2 times a day"]),
    ("1-2 caps q8h", Form.CAPSULE, ["Take 1 to 2 capsules every 8 hours"]),
    ("1 cap qod", Form.CAPSULE, ["Take 1 capsule every other day"]),
    ("1 cap qam with food", Form.CAPSULE, ["Take 1 capsule in the morning with food"]),
    (
        "1 cap qam and 1 cap qhs. Take with food",
        Form.CAPSULE,
        ["Take 1 capsule in the morning with food, and 1 capsule at bedtime with food"],
    ),
    ("1 cap qhs prn insomnia", Form.CAPSULE, ["If you have insomnia, take 1 capsule at bedtime"]),
    ("1 troche sl qhs", Form.TROCHE, ["Dissolve 1 troche under the tongue at bedtime"]),
    ("1½ tabs qd", Form.TABLET, ["Take 1 and one-half tablets every day"]),
    ("½ tab qhs", Form.TABLET, ["Take one-half tablet at bedtime"]),
    ("0.5 mL qhs", Form.ORAL_SOLUTION, ["Take 0.5 mL at bedtime"]),
    ("0.5 g aa bid", Form.CREAM, ["Apply 0.5 g to the affected area 2 times a day"]),
    (
        "1 cap bid, max 2 caps a day. Do not crush or chew",
        Form.CAPSULE,
        [
            "Take 1 capsule 2 times a day",
            "Do not take more than 2 capsules in one day",
            "Do not crush or chew",
        ],
    ),
    ("1 cap qhs x10d", Form.CAPSULE, ["Days 1 to 10: Take 1 capsule at bedtime"]),
]


@pytest.mark.parametrize(("text", "form", "said"), SAID)
def test_everything_that_was_read_is_said(text, form, said):
    assert lines(text, form) == said


def test_liquids_and_meals_stand_outside_the_standard_phrases():
    assert lines("0.5 mL bid", Form.ORAL_SOLUTION, standard=True) == [
        "Take 0.5 mL in the morning, and 0.5 mL at bedtime"
    ]
    assert lines("1 cap po qhs with food", standard=True) == ["Take 1 capsule at bedtime with food"]


TITRATION = "1 cap qhs x14d then 2 caps qhs x14d then 3 caps qhs"


def test_a_titration_names_its_days_and_dates_only_when_the_first_is_known():
    assert lines(TITRATION, standard=True) == [
        "Days 1 to 14: Take 1 capsule at bedtime",
        "Days 15 to 28: Take 2 capsules at bedtime",
        "Day 29 and after: Take 3 capsules at bedtime",
    ]
    assert lines(TITRATION, starts_on=date(2027, 1, 25))[1:] == [
        "Days 15 to 28 (Feb 8, 2027 to Feb 21, 2027): Take 2 capsules at bedtime",
        "Day 29 and after (from Feb 22, 2027): Take 3 capsules at bedtime",
    ]


def test_a_refill_goes_on_where_the_fill_before_ended():
    assert lines(TITRATION, from_day=20) == [
        "Days 20 to 28: Take 2 capsules at bedtime",
        "Day 29 and after: Take 3 capsules at bedtime",
    ]
    assert lines(TITRATION, from_day=31) == ["Take 3 capsules at bedtime"]


LATIN = re.compile(r"\b(q\w*hs|qd|od|bid|tid|qid|po|prn|hs|sl)\b|(?<!\d)\.\d|\d\.0\b", re.I)
doses = st.sampled_from(["1 cap", "2 caps", "1-2 caps", "3 mg", "ii caps"])
routes = st.sampled_from(["", " po", " by mouth"])
times = st.sampled_from(
    ["qhs", "qam", "qd", "bid", "tid", "q8h", "qod", "qam and at noon", "once a week", "q3 days"]
)
meals = st.sampled_from(["", " with food", " on an empty stomach"])
tails = st.sampled_from(["", " then 3 caps qhs x7d then 4 caps qhs", " then 2 caps every 12 hours"])
lengths = st.sampled_from([" x7d", " for 2 weeks"])


@st.composite
def directions(draw: Any) -> str:
    tail, time = draw(tails), draw(times)
    if tail and time in {"qod", "once a week", "q3 days"}:
        tail = ""  # whether the days stay the same is asked
    meal = "" if tail else draw(meals)
    length = draw(lengths) if tail else draw(st.one_of(st.just(""), lengths))
    return f"{draw(doses)}{draw(routes)} {time}{meal}{length}{tail}"


def bare(sig: Sig) -> list[object]:
    return [(s.sequence, s.dose, s.timing, s.route, s.length, s.meal) for s in sig.steps]


@given(directions())
def test_what_is_said_reads_back_as_the_same_steps(text):
    reading = read(text, typed.lexicon("en"), Form.CAPSULE, per_unit("1.5"))
    said = lines(text)
    again = read(". ".join(said), typed.lexicon("en"), Form.CAPSULE, per_unit("1.5"))
    assert again.status == "ok", (said, again.findings)
    assert bare(again.sig) == bare(reading.sig)
    assert not LATIN.search(" ".join(said))


def test_every_line_points_back_at_the_words_it_came_from(capsules, phrases):
    text = "1 cap qhs x7d then 2 caps qhs x7d then stop. Max 3 caps per day. Shake well"
    reading = capsules(text)
    said = say(reading.sig, Form.CAPSULE, phrases, standard=True)
    written = [" ".join(span.of(text) for span in each.spans) for each in said]
    assert [each.spans != () for each in said] == [True] * 5
    assert written[2:] == ["Max 3 caps per day", "stop", "Shake well"]
