"""What low-dose naltrexone prescriptions say, and the lines the label says for it."""

from __future__ import annotations

import pytest

from labelapp.resources import typed
from labelapp.rx.amount import NBSP, Strength, Unit
from labelapp.rx.compound import Form
from labelapp.sig.read import read
from labelapp.sig.say import say
from tests.sig.given import per_ml, per_unit

FORMS = {
    "c": Form.CAPSULE,
    "t": Form.TABLET,
    "l": Form.ORAL_SOLUTION,
    "x": Form.CREAM,
    "s": Form.SUBLINGUAL_TABLET,
    "r": Form.TROCHE,
    "d": Form.SUBLINGUAL_DROPS,
}

# A letter for the form with the mg in one unit or mL, the directions, the lines of the label.
SHAPES = [
    ("c2", "Take two 2 mg capsules at bedtime", ["Take 2 capsules at bedtime"]),
    (
        "c1.5",
        "Take 1.5 mg by mouth at bedtime for 7 days, then increase by 1.5 mg every 7 days to 4.5 mg",
        [
            "Days 1 to 7: Take 1 capsule by mouth at bedtime",
            "Days 8 to 14: Take 2 capsules by mouth at bedtime",
            "Day 15 and after: Take 3 capsules by mouth at bedtime",
        ],
    ),
    (
        "c0.5",
        "Start with 1 capsule nightly and increase by 1 capsule every week until taking 4 capsules nightly",
        [
            "Days 1 to 7: Take 1 capsule at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Days 15 to 21: Take 3 capsules at bedtime",
            "Day 22 and after: Take 4 capsules at bedtime",
        ],
    ),
    (
        "c1.5",
        "Week 1-2: 1.5mg, Week 3-4: 3mg, Week 5+: 4.5mg. Take at bedtime.",
        [
            "Days 1 to 14: Take 1 capsule at bedtime",
            "Days 15 to 28: Take 2 capsules at bedtime",
            "Day 29 and after: Take 3 capsules at bedtime",
        ],
    ),
    (
        "c1.5",
        "Wk 1: 1 cap qhs, wk 2: 2 caps qhs, wk 3 and on: 3 caps qhs",
        [
            "Days 1 to 7: Take 1 capsule at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Day 15 and after: Take 3 capsules at bedtime",
        ],
    ),
    (
        "c1.5",
        "Take 3 capsules at bedtime for 7 days, then 2 capsules for 7 days, then 1 capsule for 7 days, then stop",
        [
            "Days 1 to 7: Take 3 capsules at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Days 15 to 21: Take 1 capsule at bedtime",
            "After day 21, stop",
        ],
    ),
    (
        "c1.5",
        "Take 4.5 mg at bedtime for 7 days, decrease by 1.5 mg every 7 days, then stop",
        [
            "Days 1 to 7: Take 3 capsules at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Days 15 to 21: Take 1 capsule at bedtime",
            "After day 21, stop",
        ],
    ),
    (
        "c4.5",
        "1 cap at bedtime 3 days on, 1 day off",
        ["Take 1 capsule at bedtime for 3 days, then none for 1 day, and so on"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime for 3 days, then 1 day off, repeat",
        ["Take 1 capsule at bedtime for 3 days, then none for 1 day, and so on"],
    ),
    (
        "c4.5",
        "1 capsule qhs 5 days on 2 days off",
        ["Take 1 capsule at bedtime for 5 days, then none for 2 days, and so on"],
    ),
    (
        "c4.5",
        "take 1 capsule at bedtime, 21 days on and 7 days off",
        ["Take 1 capsule at bedtime for 21 days, then none for 7 days, and so on"],
    ),
    (
        "c4.5",
        "1 cap qhs on Mon, Wed and Fri",
        ["Take 1 capsule at bedtime on Monday, Wednesday and Friday"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime on Mondays, Wednesdays, and Fridays",
        ["Take 1 capsule at bedtime on Monday, Wednesday and Friday"],
    ),
    (
        "c4.5",
        "1 cap every Monday and Thursday at bedtime",
        ["Take 1 capsule at bedtime on Monday and Thursday"],
    ),
    ("c4.5", "1 cap qhs M/W/F", ["Take 1 capsule at bedtime on Monday, Wednesday and Friday"]),
    ("c4.5", "1 cap qhs MWF", ["Take 1 capsule at bedtime on Monday, Wednesday and Friday"]),
    (
        "c4.5",
        "Take 1 capsule at bedtime three times a week",
        ["Take 1 capsule at bedtime on 3 days a week"],
    ),
    ("c4.5", "Take 1 capsule 3 times weekly", ["Take 1 capsule on 3 days a week"]),
    (
        "c4.5",
        "take one capsule at bedtime every other day",
        ["Take 1 capsule at bedtime every other day"],
    ),
    (
        "c4.5",
        "take one capsule at bedtime every other night",
        ["Take 1 capsule at bedtime every other day"],
    ),
    (
        "c1.5",
        "Take 1 capsule in the morning and 2 capsules at bedtime",
        ["Take 1 capsule in the morning, and 2 capsules at bedtime"],
    ),
    (
        "c1.5",
        "1.5 mg qam and 3 mg qhs",
        ["Take 1 capsule in the morning, and 2 capsules at bedtime"],
    ),
    ("c1.5", "take 4.5 mg using 3 capsules of 1.5 mg at bedtime", ["Take 3 capsules at bedtime"]),
    ("c1.5", "Take 3 x 1.5 mg capsules at bedtime", ["Take 3 capsules at bedtime"]),
    (
        "c1.5",
        "Take three 1.5mg capsules (4.5mg) by mouth nightly",
        ["Take 3 capsules by mouth at bedtime"],
    ),
    ("c1.5", "take 4.5 mg (3 capsules) by mouth nightly", ["Take 3 capsules by mouth at bedtime"]),
    ("c4.5", "Take 1 capsule at 9 pm", ["Take 1 capsule at 9 PM"]),
    (
        "c4.5",
        "Take 1 capsule by mouth between 9 pm and 3 am",
        ["Take 1 capsule by mouth between 9 PM and 3 AM"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime (between 9 pm and 3 am)",
        ["Take 1 capsule at bedtime (between 9 pm and 3 am)"],
    ),
    ("c4.5", "Take 1 capsule 1 hour before bedtime", ["Take 1 capsule 1 hour before bedtime"]),
    (
        "c4.5",
        "Take 1 capsule by mouth 30 minutes before bed",
        ["Take 1 capsule by mouth 30 minutes before bedtime"],
    ),
    (
        "c4.5",
        "Take 1 capsule 30 minutes before breakfast",
        ["Take 1 capsule 30 minutes before food in the morning"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime. If insomnia, take in the morning.",
        ["Take 1 capsule at bedtime", "If insomnia, take in the morning"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime. If vivid dreams occur, take in the morning instead.",
        ["Take 1 capsule at bedtime", "If vivid dreams occur, take in the morning instead"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime. Do not take with opioids.",
        ["Take 1 capsule at bedtime", "Do not take with opioid medicines"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth every night at bedtime for fibromyalgia",
        ["Take 1 capsule by mouth at bedtime"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth every night at bedtime for Hashimoto's thyroiditis",
        ["Take 1 capsule by mouth at bedtime"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth every night for crohn's disease pain",
        ["Take 1 capsule by mouth at bedtime"],
    ),
    ("c1.5", "Take 1 to 3 capsules at bedtime", ["Take 1 to 3 capsules at bedtime"]),
    (
        "c1.5",
        "Take 1-3 capsules at bedtime as tolerated",
        ["Take 1 to 3 capsules at bedtime as tolerated"],
    ),
    (
        "c1.5",
        "Take 1 capsule at bedtime for 14 days, then if tolerated increase to 2 capsules at bedtime",
        [
            "Days 1 to 14: Take 1 capsule at bedtime",
            "Day 15 and after: Take 2 capsules at bedtime if tolerated",
        ],
    ),
    (
        "c1.5",
        "1 cap qhs x1 wk, 2 caps qhs x1 wk, 3 caps qhs thereafter",
        [
            "Days 1 to 7: Take 1 capsule at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Day 15 and after: Take 3 capsules at bedtime",
        ],
    ),
    (
        "c1.5",
        "1 cap qhs for 2 weeks then 2 caps qhs",
        ["Days 1 to 14: Take 1 capsule at bedtime", "Day 15 and after: Take 2 capsules at bedtime"],
    ),
    (
        "c1.5",
        "Days 1-7: 1 capsule; days 8-14: 2 capsules; day 15 onward: 3 capsules at bedtime",
        [
            "Days 1 to 7: Take 1 capsule at bedtime",
            "Days 8 to 14: Take 2 capsules at bedtime",
            "Day 15 and after: Take 3 capsules at bedtime",
        ],
    ),
    ("l1", "Take 4.5 mg by mouth at bedtime", ["Take 4.5 mL by mouth at bedtime"]),
    (
        "l1",
        "Take 1 mL by mouth at bedtime using oral syringe",
        ["Take 1 mL by mouth at bedtime using an oral syringe"],
    ),
    (
        "l1",
        "Shake well. Take 1 mL by mouth at bedtime.",
        ["Take 1 mL by mouth at bedtime", "Shake well"],
    ),
    (
        "t4.5",
        "Take 1/4 tablet at bedtime for 7 days, then 1/2 tablet at bedtime for 7 days, then 1 tablet at bedtime",
        [
            "Days 1 to 7: Take one-quarter tablet at bedtime",
            "Days 8 to 14: Take one-half tablet at bedtime",
            "Day 15 and after: Take 1 tablet at bedtime",
        ],
    ),
    (
        "r4.5",
        "Dissolve 1/4 troche under the tongue at bedtime",
        ["Dissolve one-quarter troche under the tongue at bedtime"],
    ),
    ("s1.5", "1 tab sl qhs", ["Dissolve 1 tablet under the tongue at bedtime"]),
    (
        "x",
        "Apply 1 pump to affected area twice daily",
        ["Apply 1 pump to the affected area 2 times a day"],
    ),
    ("x", "Apply 0.5 g to affected area bid", ["Apply 0.5 g to the affected area 2 times a day"]),
    (
        "x",
        "Rub in 2 clicks to inner wrist at bedtime",
        ["Rub in 2 clicks at bedtime to inner wrist"],
    ),
    ("c4.5", "1c po qhs", ["Take 1 capsule by mouth at bedtime"]),
    ("c4.5", "1 cap qd", ["Take 1 capsule every day"]),
    ("c4.5", "i po hs", ["Take 1 capsule by mouth at bedtime"]),
    ("c4.5", "T 1 C PO QHS", ["Take 1 capsule by mouth at bedtime"]),
    (
        "c4.5",
        "Take 1 capsule by mouth nightly as needed for pain",
        ["If you have pain, take 1 capsule by mouth at bedtime"],
    ),
    (
        "c4.5",
        "take 1 capsule by mouth every 6-8 hours as needed for pain, max 3 capsules per day",
        [
            "If you have pain, take 1 capsule by mouth every 6 to 8 hours",
            "Do not take more than 3 capsules in one day",
        ],
    ),
    (
        "c4.5",
        "take 1 capsule by mouth once or twice daily",
        ["Take 1 capsule by mouth 1 to 2 times a day"],
    ),
    (
        "c4.5",
        "take 1 capsule by mouth up to twice daily",
        ["Take 1 capsule by mouth up to 2 times a day"],
    ),
    (
        "c4.5",
        "take 1 capsule by mouth 1-2 times daily",
        ["Take 1 capsule by mouth 1 to 2 times a day"],
    ),
    (
        "c4.5",
        "take 1 capsule by mouth twice daily (every 12 hours)",
        ["Take 1 capsule by mouth every 12 hours"],
    ),
    (
        "c1.5",
        "1 po qhs x 7 d 2 po qhs x 7 d 3 po qhs",
        [
            "Days 1 to 7: Take 1 capsule by mouth at bedtime",
            "Days 8 to 14: Take 2 capsules by mouth at bedtime",
            "Day 15 and after: Take 3 capsules by mouth at bedtime",
        ],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth at bedtime with or without food",
        ["Take 1 capsule by mouth at bedtime with or without food"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth daily in the evening with a snack",
        ["Take 1 capsule by mouth in the evening with food"],
    ),
    ("c4.5", "LDN 4.5 mg: 1 capsule at bedtime", ["Take 1 capsule at bedtime"]),
    (
        "c4.5",
        "Low dose naltrexone 4.5 mg capsule. Sig: 1 cap po qhs",
        ["Take 1 capsule by mouth at bedtime"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth at bedtime. Avoid alcohol. Swallow whole.",
        ["Take 1 capsule by mouth at bedtime", "Avoid alcohol", "Swallow whole"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth at bedtime for 30 days, then stop",
        ["Days 1 to 30: Take 1 capsule by mouth at bedtime", "After day 30, stop"],
    ),
    (
        "c4.5",
        "Take 1 capsule by mouth on alternate days",
        ["Take 1 capsule by mouth every other day"],
    ),
    (
        "c4.5",
        "Take 1 capsule at bedtime, skip weekends",
        ["Take 1 capsule at bedtime on Monday through Friday"],
    ),
    (
        "c4.5",
        "take 1 capsule 5 days a week at bedtime",
        ["Take 1 capsule at bedtime on 5 days a week"],
    ),
]


def strength(form: Form, mg: str) -> Strength | None:
    if not mg:
        return None
    return per_ml(mg) if form.unit is Unit.ML else per_unit(mg)


@pytest.mark.parametrize(("what", "text", "lines"), SHAPES)
def test_what_is_written_for_naltrexone_is_read_without_a_question(what, text, lines):
    form = FORMS[what[0]]
    reading = read(text, typed.lexicon("en"), form, strength(form, what[1:]))
    assert reading.status == "ok", reading.findings
    said = say(reading.sig, form, typed.phrases("en"), standard=False)
    told = [f"{each.lead}: {each.text}" if each.lead else each.text for each in said]
    assert [each.replace(NBSP, " ") for each in told] == lines
