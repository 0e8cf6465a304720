"""Other languages: the same numbers as the English beside them, whole sentences or none at all."""

# ruff: noqa: RUF001 - the letters of other scripts are meant

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import typed
from labelapp.rx.amount import NBSP, Amount, Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dose, Kept, Length, Meal, Route, Said, Sig, Step, Verb
from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, Lead, Timing, Weekday, When
from labelapp.sig.language.plurals import PLURALS
from labelapp.sig.language.shape import NUMBER_WORDS, PARTS, numerals, put_back, shape_of
from labelapp.sig.language.tongues import Tongue
from labelapp.sig.language.translate import Translation, in_tongue
from labelapp.sig.lines import lines
from labelapp.sig.say import say

LANGUAGES = ("es", "ko", "ru", "vi", "zh-Hans", "zh-Hant")


def tongue(language: str) -> Tongue:
    return typed.tongues()[language]


def translated(english: str, language: str) -> str:
    found = in_tongue(Said(english), tongue(language))
    return found.text.replace(NBSP, " ") if found else ""


def test_the_six_languages_are_there_as_drafts():
    assert tuple(sorted(typed.tongues())) == LANGUAGES == tuple(sorted(PLURALS))
    assert {each.status for each in typed.tongues().values()} == {"DRAFT"}
    assert len({frozenset(each.sentences) for each in typed.tongues().values()}) == 1


def test_a_shape_with_its_numbers_put_back_is_the_line_it_was_taken_from():
    for line in every_line():
        plain = line.replace(NBSP, " ")
        shape = shape_of(plain)
        assert shape is not None
        assert put_back(shape) == plain


def test_the_words_for_parts_are_those_the_english_is_said_with(phrases):
    assert set(PARTS) == set(phrases.words["part"].values())


# ------------------------------------------------------------ all that can be said for LDN

WHEN = (
    *((each,) for each in When),
    (When.MORNING, When.BEDTIME),
    (When.MORNING, When.EVENING),
    (When.EVENING, When.BEDTIME),
    (When.NOON, When.BEDTIME),
    (When.MORNING, When.NOON, When.EVENING),
    tuple(When),
)
DAYS: tuple[dict[str, Any], ...] = (
    {},
    {"every_days": 2},
    {"every_days": 3},
    {"every_days": 7},
    {"every_days": 14},
    {"every_days": 4, "days_on": 3},
    {"every_days": 6, "days_on": 4},
    {"weekdays": (Weekday.MONDAY,)},
    {"weekdays": (Weekday.MONDAY, Weekday.THURSDAY, Weekday.SUNDAY)},
    {"times_a_week": 3},
)
OFTEN: tuple[dict[str, Any], ...] = (
    *({"when": each} for each in WHEN),
    {},
    {"times_a_day": 2},
    {"times_a_day": 5},
    {"times_a_day": 3, "fewest": 2},
    {"times_a_day": 3, "fewest": 0},
    {"times_a_day": 1, "fewest": 0},
    {"every_hours": 8},
    {"every_hours": 4, "hours_to": 6},
    {"every_hours": 1},
    {"clock": (Clock(time(21)),)},
    {"clock": (Clock(time(0)),)},
    {"clock": (Clock(time(12, 30)),)},
    {"clock": (Clock(time(21), time(3)),)},
    {"when": (When.BEDTIME,), "lead": Lead(60)},
    {"when": (When.BEDTIME,), "lead": Lead(60, 120)},
    {"when": (When.BEDTIME,), "lead": Lead(30)},
)
FORMS = (
    (Form.CAPSULE, (None, Route.ORAL), (None, Verb.TAKE)),
    (Form.TABLET, (None, Route.ORAL), (None, Verb.SWALLOW)),
    (Form.TROCHE, (None, Route.SUBLINGUAL, Route.BUCCAL), (None, Verb.PLACE)),
    (Form.ORAL_SOLUTION, (None, Route.ORAL), (None,)),
    (Form.SUBLINGUAL_DROPS, (None, Route.SUBLINGUAL), (None, Verb.TAKE)),
    (Form.CREAM, (None, Route.TOPICAL, Route.AFFECTED_AREA), (None, Verb.RUB)),
)
LDN = [(form, route, verb) for form, routes, verbs in FORMS for route in routes for verb in verbs]
TOLERATED = ("as tolerated", "if tolerated")
VALUES = ("1", "2", "3", "5", "11", "21", "0.5", "1.5", "0.25", "2.75", "0.3", "4.5", "1000")


def dose(form: Form, low: str, more: str = "") -> Dose:
    amount = Amount(Decimal(low), form.unit)
    return Dose(amount, Amount(Decimal(low) + Decimal(more), form.unit) if more else None)


def step(kind: tuple[Form, Route | None, Verb | None], timing: Timing, **more: Any) -> Step:
    form, route, verb = kind
    given = {"sequence": 1, "dose": dose(form, "2"), "verb": verb, "route": route, **more}
    return Step(timing=timing, **given)


def said(sig: Sig, form: Form, *, standard: bool, on: date | None = None) -> tuple[Said, ...]:
    return say(sig, form, typed.phrases("en"), standard, starts_on=on)


@cache
def every_line() -> set[str]:
    """Say every step an LDN prescription is likely to have, one by one."""
    found: set[str] = set()
    for kind, often, days in product(LDN, OFTEN, DAYS):
        timing = Timing(**often, **days)
        for meal, needed in product((None, *Meal), (False, True)):
            if days and (meal or needed):
                continue
            steps = (step(kind, timing, meal=meal, as_needed=needed),)
            for standard in (False, True):
                found |= {each.text for each in said(Sig("", steps), kind[0], standard=standard)}
    return found | {each.text for each in (*other_lines(), *tolerated_lines())}


def tolerated_lines() -> tuple[Said, ...]:
    """Say the steps of a titration that hang on how the dose is tolerated."""
    found: list[Said] = []
    for kind, when, words in product(LDN, ((), *((each,) for each in When)), TOLERATED):
        steps = (step(kind, Timing(when=when), conditions=(words,)),)
        found += said(Sig("", steps), kind[0], standard=False)
    return tuple(found)


def other_lines() -> tuple[Said, ...]:
    """Say the ceiling, the end and the phrase for pain."""
    found: list[Said] = []
    two = Amount(Decimal(6), Unit.CAPSULE)
    for form, length, most in product(
        (Form.CAPSULE, Form.CREAM), (None, Length(7)), (two, Amount(Decimal(6), Unit.G))
    ):
        needed = Timing(every_hours=6)
        steps = (step((form, None, None), needed, length=length, as_needed=True),)
        sig = Sig("", steps, "pain", most, stops=True)
        found += [*said(sig, form, standard=True), *said(sig, form, standard=False)]
    return tuple(found)


@pytest.fixture(scope="module")
def shapes() -> set[str]:
    taken = (shape_of(each.replace(NBSP, " ")) for each in every_line())
    return {each.text for each in taken if each}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_stands_for_a_line_that_can_be_said(language, shapes):
    assert set(tongue(language).sentences) - shapes == set()


def test_a_shape_is_of_the_line_and_not_of_its_numbers():
    """Lines that differ in numbers alone have one sentence; whoever words one words them all."""
    for kind, often in product(LDN, OFTEN):
        form, timing = kind[0], Timing(**often)
        one, other = (step(kind, timing, dose=dose(form, value)) for value in ("2", "1.5"))
        pair = [said(Sig("", (each,)), form, standard=True) for each in (one, other)]
        assert [_shape(each) for each in pair[0]] == [_shape(each) for each in pair[1]]
        assert len(lines(Sig("", (one,)), form, {})) == 1


def _shape(said: Said) -> str:
    shape = shape_of(said.text.replace(NBSP, " "))
    return shape.text if shape else ""


# ------------------------------------------------------------ numbers and plural forms


@st.composite
def sigs(draw: Any) -> tuple[Sig, Form]:
    """Draw a titration of one to three steps, with all that may stand beside them."""
    kind = draw(st.sampled_from(LDN))
    steps = []
    for place in range(draw(st.integers(1, 3))):
        low, more = draw(st.sampled_from(VALUES)), draw(st.sampled_from(("", "", "1", "0.5")))
        timing = Timing(**draw(st.sampled_from(OFTEN)), **draw(st.sampled_from(DAYS)))
        each = step(
            kind,
            timing,
            sequence=place + 1,
            dose=dose(kind[0], low, more),
            meal=draw(st.sampled_from((None, None, *Meal))),
            as_needed=draw(st.booleans()),
            length=Length(draw(st.integers(1, 400))),
        )
        steps.append(each)
    purpose = draw(st.sampled_from(("", "pain", "sleep", "{dose}")))
    most = draw(st.sampled_from((None, Amount(Decimal(6), kind[0].unit))))
    sentences = st.sampled_from(((), ("Take {dose} at bedtime",), ("Do not chew 2 of them",)))
    kept = tuple(Kept(each, Span(0, len(each))) for each in draw(sentences))
    return Sig("", tuple(steps), purpose, most, kept, stops=draw(st.booleans())), kind[0]


starts = st.none() | st.dates(date(2026, 1, 1), date(2030, 1, 1))


@given(sigs(), st.booleans(), st.sampled_from(LANGUAGES), starts)
def test_a_line_has_the_numerals_of_its_english_or_stays_english(drawn, standard, language, on):
    sig, form = drawn
    table = tongue(language)
    for english in said(sig, form, standard=standard, on=on):
        found = in_tongue(english, table)
        if found is None:
            continue
        assert found.english == english
        assert bool(found.lead) == bool(english.lead)
        for one, other in ((english.text, found.text), (english.lead, found.lead)):
            assert numerals(one, NUMBER_WORDS) == numerals(other, table.words)
        assert "{" not in found.whole
        assert "<" not in found.whole


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_standard_phrases_all_have_a_sentence(language, phrases):
    for row in phrases.rows:
        pain = bool(row.purpose)
        timing = Timing(every_hours=6) if pain else Timing(when=row.when)
        one = Step(1, dose(Form.CAPSULE, str(row.dose or 2)), timing, as_needed=pain)
        most = Amount(Decimal(6), Unit.CAPSULE) if pain else None
        (english,) = said(Sig("", (one,), row.purpose, most), Form.CAPSULE, standard=True)
        assert english.standard, row.id
        assert isinstance(in_tongue(english, tongue(language)), Translation), row.id


FORMS_OF_NOUNS = [
    ("ru", "Take 1 capsule at bedtime", "Принимайте 1 капсулу перед сном"),
    ("ru", "Take 2 capsules at bedtime", "Принимайте 2 капсулы перед сном"),
    ("ru", "Take 5 capsules at bedtime", "Принимайте 5 капсул перед сном"),
    ("ru", "Take 11 capsules at bedtime", "Принимайте 11 капсул перед сном"),
    ("ru", "Take 12 capsules at bedtime", "Принимайте 12 капсул перед сном"),
    ("ru", "Take 21 capsules at bedtime", "Принимайте 21 капсулу перед сном"),
    ("ru", "Take 0.5 capsule at bedtime", "Принимайте 0.5 капсулы перед сном"),
    ("ru", "Take one-half tablet at bedtime", "Принимайте половину таблетки перед сном"),
    ("ru", "Take 1 to 2 capsules every 8 hours", "Принимайте от 1 до 2 капсул каждые 8 часов"),
    (
        "ru",
        "Do not take more than 6 capsules in one day",
        "Не принимайте более 6 капсул за один день",
    ),
    ("es", "Take 1 capsule at bedtime", "Tome 1 cápsula al acostarse"),
    ("es", "Take 2 capsules at bedtime", "Tome 2 cápsulas al acostarse"),
    ("es", "Take 0.5 capsule at bedtime", "Tome 0.5 cápsulas al acostarse"),
    ("es", "Take 1 and one-half tablets at bedtime", "Tome 1 tableta y media al acostarse"),
    ("es", "Take 2 and one-half tablets at bedtime", "Tome 2 tabletas y media al acostarse"),
    ("zh-Hans", "Take 1 capsule 2 times a day", "每天2次，每次服用1粒胶囊"),
    ("zh-Hant", "Take 0.5 mL on Monday and Friday", "每週一和週五服用0.5毫升"),
    ("ko", "Take 1 capsule every 8 hours", "8시간마다 1캡슐을 복용하십시오"),
    ("es", "Take 1 capsule at 1 PM", "Tome 1 cápsula a la 1 de la tarde"),
    ("zh-Hans", "Take 1 capsule at 9 PM", "晚上9点服用1粒胶囊"),
    (
        "ru",
        "Take 1 capsule between 9 PM and 3 AM",
        "Принимайте 1 капсулу в промежутке с 9 часов вечера до 3 часов ночи",
    ),
    ("ru", "Take 1 capsule 2 hours before bedtime", "Принимайте 1 капсулу за 2 часа до сна"),
    ("vi", "Take one-quarter tablet at bedtime", "Uống một phần tư viên nén trước khi đi ngủ"),
]


@pytest.mark.parametrize(("language", "english", "sentence"), FORMS_OF_NOUNS)
def test_a_noun_stands_in_the_form_its_number_asks_for(language, english, sentence):
    assert translated(english, language) == sentence


@pytest.mark.parametrize("language", ["es", "ru", "vi"])
def test_a_number_and_its_noun_never_part(language):
    for dose in (f"2{NBSP}capsules", f"1 to 2{NBSP}capsules", f"0.5{NBSP}mL"):
        found = in_tongue(Said(f"Take {dose} every 8 hours"), tongue(language))
        assert found is not None
        last = dose.partition(NBSP)[0].rpartition(" ")[2]
        assert f"{last}{NBSP}" in found.text
        assert f"8{NBSP}" in found.text


@pytest.mark.parametrize(
    "english",
    [
        "Take 1 capsule at bedtime for sleep",
        "If you have nausea, take 1 capsule at bedtime",
        "Take 1 capsules at bedtime",
        "Take 2 capsule at bedtime",
        "Take 01 capsule 1 times a day",
        "Take 1 capsule at 9:30 PM",
        "Take 1 capsule at 13 PM",
        "Take one-half capsule at bedtime",  # no capsule is halved: no row says how
        "Take 2000000 capsules at bedtime",
        "Take {dose} at bedtime",
        "take 1 capsule at bedtime",
        "Take 1 capsule at bedtime.",
        "",
    ],
)
def test_what_no_row_stands_for_stays_english(english):
    assert [translated(english, each) for each in LANGUAGES] == [""] * len(LANGUAGES)


DATED = "Days 1 to 7 (Jan 25, 2027 to Feb 3, 2027)"
LED = [
    ("es", "Days 1 to 7", "Días 1 a 7: Tome"),
    ("es", DATED, "Días 1 a 7 (del 25 de enero de 2027 al 3 de febrero de 2027): Tome"),
    ("ru", DATED, "С 1-го по 7-й день (с 25 января 2027 г. по 3 февраля 2027 г.): Принимайте"),
    ("ko", "Day 8 and after (from Feb 1, 2027)", "8일째부터 계속 (2027년 2월 1일부터): 취침"),
    ("zh-Hant", "Day 1 (Dec 31, 2027)", "第1天（2027年12月31日）：睡前"),
]


@pytest.mark.parametrize(("language", "lead", "begins"), LED)
def test_a_line_leads_with_its_days_and_dates(language, lead, begins):
    found = in_tongue(Said("Take 1 capsule at bedtime", lead=lead), tongue(language))
    assert found is not None
    assert found.whole.replace(NBSP, " ").startswith(begins)


@pytest.mark.parametrize("lead", ["Days 1 to 7 (Feb 30, 2027 to Mar 1, 2027)", "Day 1 or so"])
def test_a_line_whose_days_have_no_words_stays_english_as_a_whole(lead):
    dated = Said("Take 1 capsule at bedtime", lead=lead)
    assert in_tongue(dated, tongue("es")) is None
