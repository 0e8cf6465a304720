"""Directions are read exactly, or asked about: nothing is guessed, nothing is lost."""

from __future__ import annotations

import string
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import typed
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.decision import Decision
from labelapp.rx.directions import Meal, Route, Verb, laid_out, units_for
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.people import Role
from labelapp.sig.codes.words import Lexicon, Word
from labelapp.sig.read import Reading, read
from tests.sig.given import codes, in_short, per_g, per_unit

READ = {
    "1c po qhs": ["1-: 1 capsule bedtime"],
    "1 cap qd": ["1-: 1 capsule 1/day"],
    "1 cap hs": ["1-: 1 capsule bedtime"],
    "T 1 CAP PO QOD": ["1-: 1 capsule 1/day every 2 days"],
    "take one capsule by mouth nightly": ["1-: 1 capsule bedtime"],
    "take one (1) capsule at bedtime": ["1-: 1 capsule bedtime"],
    "ii caps bid": ["1-: 2 capsules 2/day"],
    "i-ii caps q6h": ["1-: 1 capsule to 2 capsules every 6h"],
    "1-2 capsules 3 times a day": ["1-: 1 capsule to 2 capsules 3/day"],
    "1 cap every 8 hours": ["1-: 1 capsule every 8h"],
    "1 capsule once a week": ["1-: 1 capsule 1/day every 7 days"],
    "1 capsule every 3 days": ["1-: 1 capsule 1/day every 3 days"],
    "1 cap bidx9 days": ["1-9: 1 capsule 2/day"],
    "1 cap qhs x14d": ["1-14: 1 capsule bedtime"],
    "1 cap qhs x 14 days": ["1-14: 1 capsule bedtime"],
    "1 cap qhs 14d": ["1-14: 1 capsule bedtime"],
    "1 cap qhs for two weeks": ["1-14: 1 capsule bedtime"],
    "1 cap qhs d1-14 then 2 caps qhs": ["1-14: 1 capsule bedtime", "15-: 2 capsules bedtime"],
    "1 cap po qhs x14d then 2 caps qhs x14d then 3 caps qhs": [
        "1-14: 1 capsule bedtime",
        "15-28: 2 capsules bedtime",
        "29-: 3 capsules bedtime",
    ],
    "1 cap po qhs x7d -> 2 caps": ["1-7: 1 capsule bedtime", "8-: 2 capsules bedtime"],
    "1.5 mg at bedtime for 1 week, then increase to 3 mg thereafter": [
        "1-7: 1 capsule bedtime",
        "8-: 2 capsules bedtime",
    ],
    "Take 1 capsule at bedtime. After 7 days take 2 capsules at bedtime": [
        "1-7: 1 capsule bedtime",
        "8-: 2 capsules bedtime",
    ],
    "1.5 mg qhs, increase by 1.5 mg every 7 days to 4.5 mg": [
        "1-7: 1 capsule bedtime",
        "8-14: 2 capsules bedtime",
        "15-: 3 capsules bedtime",
    ],
    "1 cap qhs week 1, 2 caps qhs week 2, 3 caps qhs week 3 and after": [
        "1-7: 1 capsule bedtime",
        "8-14: 2 capsules bedtime",
        "15-: 3 capsules bedtime",
    ],
    "Weeks 1-2: 1.5mg, Weeks 3-4: 3mg, Week 5+: 4.5mg. Take at bedtime.": [
        "1-14: 1 capsule bedtime",
        "15-28: 2 capsules bedtime",
        "29-: 3 capsules bedtime",
    ],
    "1 cap in the morning and 2 caps at bedtime": [
        "1-: 1 capsule morning",
        "1-: 2 capsules bedtime",
    ],
    "1 cap qam and 1 cap qhs": ["1-: 1 capsule morning+bedtime"],
    "1 cap qam, 2 caps qhs x7d then 3 caps qhs": [
        "1-7: 1 capsule morning",
        "1-7: 2 capsules bedtime",
        "8-: 3 capsules bedtime",
    ],
    "take 3 mg at bedtime": ["1-: 2 capsules bedtime"],
    "take 1,500 mcg at bedtime": ["1-: 1 capsule bedtime"],
    "take two 1.5 mg capsules at bedtime": ["1-: 2 capsules bedtime"],
    "take 2 capsules (3 mg) at bedtime": ["1-: 2 capsules bedtime"],
    "take 3 mg (2 capsules) at bedtime": ["1-: 2 capsules bedtime"],
    "LDN 1.5 mg/capsule: 1 cap qhs": ["1-: 1 capsule bedtime"],
}


@pytest.mark.parametrize("text", READ)
def test_directions_are_read_without_a_question(text, capsules):
    reading = capsules(text)
    assert in_short(reading) == READ[text]
    assert reading.status == "ok", codes(reading)


ASKED = {
    "": "sig.no-dose",
    "1 cap od": "sig.ambiguous-code",
    "1 cap biw": "sig.ambiguous-code",
    "1 cap cc": "sig.ambiguous-code",
    "hs 1 cap": "sig.ambiguous-code",
    "1 po qhs 1 iv": "sig.ambiguous-code",
    "1,5 mg qhs": "sig.decimal-comma",
    "1,500 mg qhs": "sig.decimal-comma",
    "1 .5 mg qhs": "sig.number-unclear",
    "2. 5 mg qhs": "sig.number-unclear",
    "1.5.2 mg qhs": "sig.number-unclear",
    "11/2 caps qhs": "sig.number-unclear",
    "11⁄2 caps qhs": "sig.number-unclear",
    "1-1/2 caps qhs": "sig.range-unclear",
    "1 5 mg qhs": "sig.unread",
    "-1 cap qhs": "sig.unread",
    "0 caps qhs": "sig.dose-nothing",
    "take at bedtime": "sig.no-dose",
    "1 capsule": "sig.no-times",
    "1 cap prn pain": "sig.no-times",
    "ud": "sig.as-directed-alone",
    "use as directed": "sig.as-directed-alone",
    "1 cap qhs then 2 caps qhs": "sig.no-end",
    "1 cap qhs for 7 to 14 days": "sig.length-unclear",
    "1 cap qhs for 1 month": "sig.length-unclear",
    "1 cap wibble": "sig.unknown-word",
    "tome una cápsula al acostarse": "sig.other-language",
    "1 c\u0430p qhs": "sig.unknown-word",
    "1 tsp qhs": "sig.household-measure",
    "1 tablet qhs": "sig.unit-not-form",
    "1 mL qhs": "sig.unit-not-form",
    "1.5 capsules qhs": "sig.part-of-capsule",
    "1½ capsules qhs": "sig.part-of-capsule",
    "2 mg qhs": "sig.not-exact",
    "2.25 mg qhs": "sig.part-of-capsule",
    "1 cap (3 mg) qhs": "sig.weight-disagrees",
    "take one 3 mg capsule qhs": "sig.strength-disagrees",
    "1 cap qhs x7d then 2 caps daily": "sig.time-of-day",
    "1.5 mg qhs x7d then 3 qhs": "sig.no-unit",
    "1 cap qhs and 2 caps": "sig.two-doses",
    "1 cap qam x7d and 2 caps qhs": "sig.then-or-together",
    "1 cap qhs x7d then 2 caps qhs with food": "sig.some-steps",
    "1 cap bid in the evening": "sig.times-disagree",
    "1 cap daily bid": "sig.times-disagree",
    "1 cap every 7 hours": "sig.not-countable",
    "1 cap 3 times a month": "sig.time-unclear",
    "take 1 - 2 times every day": "sig.no-dose",
    "take one capsule one daily": "sig.unread",
    "1 cap at 8:00": "sig.clock-time",
    "1 cap sl qhs": "sig.route-not-form",
    "apply 1 cap qhs": "sig.verb-not-form",
    "1 cap qhs for wibbleitis": "sig.purpose",
    "take 120 every day": "sig.dose-large",
    "Days 1 to 7: 1 cap qhs. Day 9 and after: 2 caps qhs": "sig.days-gap",
    "1 mg qhs, increase by 0.5-1 mg every week to 3 mg": "sig.increase-range",
    "1.5 mg qhs, increase by 2 mg every week to 4.5 mg": "sig.increase-uneven",
    "1 cap qhs. Bring the bottle along": "sig.strange-sentence",
    "chew and swallow 1 cap qhs": "sig.which-dose",
    "take 1 cap to be applied qhs": "sig.contradiction",
    "1 cap bid max 2 caps a day mdd 2 mg": "sig.contradiction",
    "1.5 mg/mL 1 cap qhs": "sig.strength-disagrees",
    "1 cap qhs, increase by 1 cap weekly as needed to 3 caps": "sig.increase-unclear",
    "1 cap qhs, increase as tolerated": "sig.unread",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_is_not_certain_is_asked(text, capsules):
    reading = capsules(text)
    assert ASKED[text] in codes(reading)
    assert reading.status in {"ask", "refused"}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("inject 0.5 mL daily", "sig.route-refused"),
        ("1 drop in the left eye daily", "sig.route-refused"),
        ("2 sprays in each nostril daily", "sig.route-refused"),
        ("1 cap im daily", "sig.route-refused"),
        ("1 cap\x00 qhs", "sig.unseen-character"),
        ("1 cap \u202eqhs", "sig.unseen-character"),
        ("1\u200b.5 mg qhs", "sig.unseen-character"),
        ("\u0663 caps qhs", "sig.foreign-digit"),
        ("\uff13 caps qhs", "sig.foreign-digit"),
        ("3\u00b2 caps qhs", "sig.foreign-digit"),
        ("1 cap qhs " * 101, "sig.too-long"),
    ],
)
def test_what_no_label_can_carry_is_refused(text, code, capsules):
    reading = capsules(text)
    assert code in codes(reading)
    assert reading.status == "refused"
    assert all(
        each.settler is Settler.NOBODY
        for each in reading.findings
        if each.severity is Severity.STOP
    )


def test_a_liquid_is_read_in_ml(solution):
    reading = solution("0.5 mg nightly x7d then 1 mg nightly")
    assert in_short(reading) == ["1-7: 0.5 mL bedtime", "8-: 1 mL bedtime"]
    assert [step.dose_mg for step in reading.sig.steps] == [Fraction(1, 2), Fraction(1)]
    assert "sig.unit-not-form" in codes(solution("10 gtts qhs"))
    assert in_short(solution("take 0.5 milligrams at bedtime")) == ["1-: 0.5 mL bedtime"]


def test_an_increase_in_mg_grows_a_dose_in_ml(solution):
    reading = solution(
        "start 0.5 mL (0.5 mg) at bedtime, increase by 0.5 mg every 7 days to 1.5 mg"
    )
    assert in_short(reading) == [
        "1-7: 0.5 mL bedtime",
        "8-14: 1 mL bedtime",
        "15-: 1.5 mL bedtime",
    ]
    assert reading.status == "ok"


def test_the_basis_of_a_strength_is_never_crossed(lexicon):
    reading = read("3 mg qhs", lexicon, Form.ORAL_SOLUTION, per_unit("1.5"))
    assert "sig.no-strength" in codes(reading)
    assert not reading.sig.steps


def test_cream_is_read_in_grams_and_clicks(lexicon):
    grams = read("apply 0.5 g to affected area bid", lexicon, Form.CREAM, per_g("5"))
    assert in_short(grams) == ["1-: 0.5 g 2/day"]
    assert grams.sig.steps[0].dose_mg == Fraction(5, 2)
    assert grams.sig.steps[0].route is Route.AFFECTED_AREA
    clicks = read("apply 2 clicks to the skin daily", lexicon, Form.CREAM, per_g("5"))
    assert in_short(clicks) == ["1-: 2 clicks 1/day"]


def test_half_a_troche_from_mg_is_asked_and_answered(lexicon):
    reading = read("1.5 mg qhs", lexicon, Form.TROCHE, per_unit("3"))
    assert "sig.not-whole" in codes(reading)
    assert reading.status == "ask"
    answered = read(
        "1.5 mg qhs", lexicon, Form.TROCHE, per_unit("3"), (answer(reading, "sig.not-whole"),)
    )
    assert answered.status == "ok"
    assert answered.sig.steps[0].dose.low == Amount(Decimal("0.5"), Unit.TROCHE)


def test_purpose_meal_maximum_and_sentences_are_kept(capsules):
    reading = capsules(
        "1 cap po q8h prn for severe back pain with food, max 3 caps/day. Shake well."
    )
    assert reading.status == "ok", codes(reading)
    assert reading.sig.purpose == "severe back pain"
    assert reading.sig.most_a_day == Amount(Decimal(3), Unit.CAPSULE)
    assert [each.words for each in reading.sig.kept] == ["Shake well"]
    (step,) = reading.sig.steps
    assert (step.meal, step.as_needed, step.route) == (Meal.WITH_FOOD, True, Route.ORAL)


def test_a_step_inherits_only_what_it_leaves_out(capsules):
    reading = capsules("Take 1 cap po qhs x14d then 2 caps qam")
    first, second = reading.sig.steps
    assert (second.route, second.verb) == (Route.ORAL, Verb.TAKE)
    assert first.timing != second.timing
    assert reading.status == "ok"


def test_spans_point_into_the_text_as_written(capsules):
    text = "Take ½ wibble  od"
    found = {each.code: each.spans[0].of(text) for each in capsules(text).findings}
    assert found["sig.unknown-word"] == "wibble"
    assert found["sig.ambiguous-code"] == "od"


# ------------------------------------------------------------ answers


def answer(reading: Reading, code: str, choice: str = "", role: Role = Role.PHARMACIST) -> Decision:
    finding = next(each for each in reading.findings if each.code == code)
    return Decision(
        code,
        finding.field,
        finding.values,
        choice or finding.choices[0],
        by="R. Ph.",
        role=role,
        at=datetime(2026, 3, 2, tzinfo=UTC),
    )


ANSWERS = [
    ("1 cap od", "sig.ambiguous-code", "every day", ["1-: 1 capsule 1/day"]),
    ("1 capsle qhs", "sig.misspelt", "capsule", ["1-: 1 capsule bedtime"]),
    ("1 cap at bedtme", "sig.misspelt", "bedtime", ["1-: 1 capsule bedtime"]),
    ("1,5 mg qhs", "sig.decimal-comma", "1.5", ["1-: 1 capsule bedtime"]),
    ("1 cap qhs for 7 to 14 days", "sig.length-unclear", "14 days", ["1-14: 1 capsule bedtime"]),
    ("1 cap at 8:00", "sig.clock-time", "8:00 PM", ["1-: 1 capsule 20:00"]),
    (
        "1 cap qhs x7d then 2 caps daily",
        "sig.time-of-day",
        "at bedtime",
        ["1-7: 1 capsule bedtime", "8-: 2 capsules bedtime"],
    ),
    (
        "1 cap qam x7d and 2 caps qhs",
        "sig.then-or-together",
        "then",
        ["1-7: 1 capsule morning", "8-: 2 capsules bedtime"],
    ),
    ("1 tablet qhs", "sig.unit-not-form", "capsules", ["1-: 1 capsule bedtime"]),
]


@pytest.mark.parametrize("text", ["tome una cápsula al acostarse", "По 1 капсуле на ночь"])
def test_nothing_is_read_of_another_language(text, capsules):
    reading = capsules(text)
    assert codes(reading) == {"sig.other-language"}
    assert reading.status == "ask"
    assert reading.sig.steps == ()


@pytest.mark.parametrize(("text", "code", "choice", "steps"), ANSWERS)
def test_an_answer_is_used_and_stays_listed(text, code, choice, steps, capsules):
    asked = capsules(text)
    assert asked.status == "ask"
    settled = capsules(text, answer(asked, code, choice))
    assert in_short(settled) == steps
    assert settled.status == "ok"
    assert code in codes(settled)


def test_a_sentence_is_kept_word_for_word_when_somebody_chose_so(capsules):
    asked = capsules("1 cap qhs. Bring the bottle along")
    settled = capsules("1 cap qhs. Bring the bottle along", answer(asked, "sig.strange-sentence"))
    assert [each.words for each in settled.sig.kept] == ["Bring the bottle along"]
    assert settled.status == "ok"


def test_an_answer_to_other_values_or_an_open_choice_is_none(capsules):
    asked = capsules("1 cap od")
    given_answer = answer(asked, "sig.ambiguous-code")
    assert capsules("1 cap biw", given_answer).status == "ask"
    assert capsules("1 cap od", replace(given_answer, choice="eye")).status == "ask"


def test_a_question_without_choices_is_settled_by_nobody(capsules):
    finding = next(iter(capsules("1 capsule").findings))
    assert finding.settler is Settler.NOBODY


# ------------------------------------------------------------ nothing is lost

WORDS = [
    "take", "1", "2", "0.5", "1/2", "½", "cap", "caps", "mg", "mL", "tablet", "po", "sl", "qhs",
    "bid", "od", "q6h", "every", "8", "hours", "days", "x14d", "for", "then", "and", ",", ".",
    ";", "(", ")", "-", "to", "or", "prn", "pain", "max", "day", "a", "with food", "increase",
    "by", "week", "1-2", ":", "wibble", "am", "at", "after", "until", "iv", "x", "c", "tsp",
]  # fmt: skip
like_directions = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)
any_text = st.one_of(like_directions, st.text(max_size=60), st.text(string.printable, max_size=60))
forms = st.sampled_from([None, *Form])


def shipped(text: str, form: Form | None = Form.CAPSULE) -> Reading:
    return read(text, typed.lexicon("en"), form, per_unit("1.5"))


@given(any_text, forms)
def test_every_character_is_used_or_reported(text, form):
    reading = shipped(text, form)
    spans = [*reading.used, *(span for each in reading.findings for span in each.spans)]
    covered = {place for span in spans for place in range(span.start, span.end)}
    if reading.status == "refused":
        assert reading.findings
        return
    left = [text[place] for place in range(len(text)) if place not in covered]
    assert not "".join(left).strip()


@given(like_directions, forms)
def test_no_digit_is_lost(text, form):
    """Every number stands in a step, the ceiling, a kept sentence or a finding."""
    reading = shipped(text, form)
    if reading.status != "ok":
        found = [span.of(text) for each in reading.findings for span in each.spans]
        steps = [span.of(text) for step in reading.sig.steps for span in step.spans]
        ceiling = [span.of(text) for span in reading.used if "max" in span.of(text)]
        said = "".join((*found, *steps, *ceiling, *(each.words for each in reading.sig.kept)))
        assert all(said.count(digit) >= 1 for digit in text if digit in string.digits)
    else:
        spans = [span for step in reading.sig.steps for span in step.spans]
        inside = {place for span in spans for place in range(span.start, span.end)}
        rest = [place for place, mark in enumerate(text) if mark.isdigit() and place not in inside]
        assert not rest or reading.sig.most_a_day is not None


@given(like_directions)
def test_an_ok_reading_can_be_counted_out(text):
    reading = shipped(text)
    if reading.status == "ok":
        assert reading.sig.steps
        dated = laid_out(reading.sig.steps)
        assert all(
            each.last is not None for each in dated if each.step.sequence < dated[-1].step.sequence
        )


steps_of_a_titration = st.lists(
    st.tuples(st.integers(1, 4), st.integers(1, 21)), min_size=1, max_size=5
)


@given(steps_of_a_titration, st.integers(1, 120))
def test_totals_are_what_counting_day_by_day_gives(steps, days):
    text = " then ".join(f"{dose} caps qhs x{length}d" for dose, length in steps)
    calendar = [dose for dose, length in steps for _ in range(length)]
    reading = shipped(text)
    assert reading.status == "ok"
    assert units_for(reading.sig.steps, days) == sum(calendar[:days])


# ------------------------------------------------------------ the table


def test_every_row_of_the_table_can_be_scanned(lexicon):
    for word in lexicon.words:
        reading = read(f"1 cap {word.code} qhs", lexicon, Form.CAPSULE)
        assert reading.sig.steps or reading.findings, word.code


def test_a_row_is_enough_to_teach_a_word(lexicon):
    taught = Lexicon("en", (*lexicon.words, Word("zz", "time", "at bedtime", reads="when bedtime")))
    assert read("1 cap zz", lexicon, Form.CAPSULE).status == "ask"
    assert in_short(read("1 cap zz", taught, Form.CAPSULE)) == ["1-: 1 capsule bedtime"]
