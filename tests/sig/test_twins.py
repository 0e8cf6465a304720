"""What a translation stands for is the English beside it: read again, it gives the same line."""

from __future__ import annotations

import re
from datetime import time

import pytest

from labelapp.resources import typed
from labelapp.rx.amount import NBSP
from labelapp.rx.compound import Form
from labelapp.rx.timing import Weekday
from labelapp.sig.language.shape import Counted, Shape, Value, kind_of, put_back
from labelapp.sig.language.translate import in_tongue
from labelapp.sig.read import read
from labelapp.sig.say import say

FORMS = {"Dissolve": Form.TROCHE, "Place": Form.SUBLINGUAL_DROPS, "Apply": Form.CREAM}
COUNTED = {"times": "2", "hours": "8", "minutes": "30", "days": "3", "weeks": "2"}
STEPS = sorted(
    english
    for english in typed.tongues()["es"].sentences
    if english.startswith(("Take", "Dissolve", "Place", "Apply"))
)
ASKED = "at bedtime once a week"
"""The reader asks whether bedtime is every day or once a week; its answer decides, not the words."""


def form_of(english: str) -> Form:
    if english.startswith("Take") and "tongue" in english:
        return Form.SUBLINGUAL_DROPS
    return FORMS.get(english.split(" ", 1)[0], Form.CAPSULE)


def value(slot: str, english: str) -> Value:
    kind, form = kind_of(slot), form_of(english)
    if kind == "dose":
        return Counted(form.unit.value, "2")
    if kind == "weekdays":
        return Weekday.MONDAY, Weekday.THURSDAY
    if kind == "clock":
        return time(3) if slot == "clock_2" else time(21)
    if "before bedtime" in english and kind == "hours":
        return Counted(kind, "1")
    return Counted(kind, COUNTED[kind])


def filled(english: str) -> str:
    slots = re.findall(r"{(\w+)}", english)
    return put_back(Shape(english, {slot: value(slot, english) for slot in slots}))


@pytest.mark.parametrize("english", [each for each in STEPS if not each.endswith(ASKED)])
def test_the_english_of_every_row_reads_and_says_itself(english, lexicon, phrases):
    line, form = filled(english), form_of(english)
    reading = read(line, lexicon, form)
    assert reading.status == "ok", (line, reading.findings)
    said = [
        [each.text.replace(NBSP, " ") for each in say(reading.sig, form, phrases, standard)]
        for standard in (False, True)
    ]
    assert [line] in said


@pytest.mark.parametrize("language", sorted(typed.tongues()))
def test_what_was_read_is_translated_with_its_english(language, lexicon, phrases):
    text = "1 cap po qhs x7d then 2 caps po bid x14d then 3 caps q8h prn. Max 6 caps a day"
    reading = read(text, lexicon, Form.CAPSULE)
    lines = say(reading.sig, Form.CAPSULE, phrases, True)
    assert len(lines) == 4
    found = [in_tongue(each, typed.tongues()[language]) for each in lines]
    assert [each.english for each in found if each] == list(lines)
