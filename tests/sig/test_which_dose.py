"""Directions of several days and doses, written to be misread: read as one thing only, or asked."""

from __future__ import annotations

import pytest

from labelapp.rx.amount import NBSP
from labelapp.rx.compound import Form
from labelapp.sig.say import say

ASKED = {
    # the frequency of the last step is not that of the steps before it
    "Take 1 capsule for 1 week, then 1 capsule twice daily": "sig.no-times",
    "Wk 1: 1 cap; wk 2: 2 caps; wk 3: 1 cap TID": "sig.no-times",
    "Take 1 capsule for 7 days, then 2 capsules 3 times a week": "sig.no-times",
    "Take 1 capsule for 7 days, then 2 capsules on Mondays": "sig.no-times",
    # a bare number after days that ended
    "1 cap qhs x 7 days, @ 9": "sig.unread",
    "1 capsule at bedtime for 4 weeks, 5 of 7 days": "sig.unread",
    "Take 1 capsule nightly for 30 days. 3": "sig.unread",
    # a count before a part of the day, or a time of the clock
    "1 cap am, 2 pm": "sig.clock-or-count",
    "2 caps am 1 pm": "sig.clock-or-count",
    "Take 1 capsule twice daily, 1 am and 1 pm": "sig.clock-or-count",
    "3 caps daily: 1 am, 2 pm": "sig.clock-or-count",
    "1 am then 2 caps daily": "sig.clock-or-count",
    # half of what: of the dose before, or of one piece
    "Take 4 at bedtime, decrease by half every week until off": "sig.increase-unclear",
    # days that may be one dose's or both
    "Take 1 capsule in the morning and 2 capsules at bedtime. Skip Sundays.": "sig.some-steps",
    "On Mondays take 1 capsule in the morning and 2 capsules at bedtime": "sig.some-steps",
    "1 cap in the morning and 1 cap at bedtime every other day": "sig.some-steps",
    "1 cap qam & 1 cap qhs 5 days on 2 days off": "sig.some-steps",
    "As tolerated take 1 cap in the morning and 2 caps at bedtime": "sig.some-steps",
    # weekdays between two doses
    "1 cap qam weekdays, weekends 2 caps qhs": "sig.days-of-which",
    "1 cap qam Mon and Thu 2 caps qhs": "sig.days-of-which",
    "Take 1 cap at 8 am weekdays, weekends at 10 am": "sig.days-of-which",
    "2 caps at bedtime except on Sunday 1 cap in the morning": "sig.days-of-which",
    "Take 3 capsules at bedtime, decrease by 1 capsule every 7 days, skip Sundays": "sig.increase-unclear",
    "1 capsule by mouth at bedtime starting on Monday": "sig.unread",
    # a stage without a dose of its own
    "1 cap qhs x 2 weeks, MWF x 2 weeks": "sig.length-of-which",
    "1 cap daily for 7 days, at bedtime for 7 days": "sig.length-of-which",
    "1 cap at 9 pm for 7 days, 10 pm for 7 days": "sig.length-of-which",
    # a clock that is no other word for the named time
    "Take 1 cap in the morning, 2 pm, 9 pm": "sig.clock-or-count",
    "1 cap at noon, 6 pm": "sig.clock-or-count",
    "1 cap qhs 9 pm 10 pm": "sig.two-times",
    # hours that are no plain window
    "Take 1 capsule between 10-2 am": "sig.time-unclear",
    "Take 1 capsule 11-12 pm": "sig.time-unclear",
    "Take 1 capsule between 8 am and 8 pm": "sig.time-unclear",
    # before or after what
    "Take 1 capsule at bedtime 2 hours after food": "sig.meal-of-which",
    "Take 2 capsules 30 minutes before meals. Take 1 hour before bedtime": "sig.no-times",
    "Take 1 capsule 1 hour before meals": "sig.no-times",
    # days after the highest dose
    "Take 1 capsule daily, increase by 1 capsule every week to 4 capsules on Mondays": "sig.time-of-day",
    "Take 1 capsule daily, increase by 1 capsule every week to 3 capsules 3 times a week": "sig.time-of-day",
    "1 cap 3 times a week, in the morning, at noon and at bedtime": "sig.times-disagree",
    "1 cap qhs, increase by 1 cap every week to 3 caps, up to once daily": "sig.time-of-day",
    # up to, and from one to another, where no count a day holds it
    "1 cap up to 3 times a week": "sig.time-unclear",
    "1 to 2 times daily 1 cap in the morning and at bedtime": "sig.times-disagree",
    "1-2 caps 1-2 times a day at 8 am and 8 pm": "sig.times-disagree",
    "1 cap qhs MWF and T": "sig.unread",
    "3 days on, 1 day off 1 cap qhs repeat twice": "sig.unread",
    "1 cap MWF for 2 weeks, then 2 capsules at bedtime": "sig.same-days",
    "1 cap qhs for 3 days, then 1 day off": "sig.days-off",
    # days off that may be days on
    "1 cap qhs Mon-Fri, Sat off": "sig.days-of-which",
    "1 cap qhs MWF, weekends off": "sig.days-of-which",
    "1 cap qhs Mon on, Tue off": "sig.days-of-which",
    "1 cap qhs Tue-Thu-Sat": "sig.time-unclear",
    "1 cap qhs MWF-Sun": "sig.time-unclear",
    "Take 1 capsule in the morning and at bedtime except Monday morning": "sig.days-of-which",
    "Take 1 capsule in the morning and at bedtime, Sundays in the morning": "sig.days-of-which",
    "Take 1 capsule at 9 pm, 10 pm weekends": "sig.days-of-which",
    # the day on which it starts
    "Start taking 1 capsule daily on Monday": "sig.times-disagree",
    "Begin with 1 capsule Monday at bedtime": "sig.times-disagree",
    "1 capsule at bedtime for 7 days, then on Monday 2 capsules at bedtime": "sig.unread",
    "1 capsule daily, Monday morning": "sig.times-disagree",
    # a time after days that ended, with no mark between
    "Take 1 capsule at 9 pm for 2 weeks and 10 pm": "sig.length-of-which",
    "Take 1 capsule at 9 pm for 7 days 10 pm": "sig.length-of-which",
    # a night that is no night
    "Take 1 capsule at 9 am nightly": "sig.two-times",
    "Take 1 capsule between 7 am and 9 am nightly": "sig.two-times",
    "Take 1 capsule daily for 7 nights": "sig.nights",
    "Take 1 capsule twice daily for 5 nights": "sig.nights",
    # hours, or how many
    "1 cap 8am, 2-3 pm": "sig.clock-or-count",
    # how it is taken, said of one dose of several
    "Take 1 capsule in the morning with milk and 2 capsules at bedtime": "sig.some-steps",
    "Take 1 capsule at bedtime Monday to Friday and 2 capsules Saturday and Sunday": "sig.some-steps",
    # the ceiling's, or the dose's
    "1 cap twice daily prn pain, max 3 caps per day for 14 days": "sig.which-dose",
    "1 cap daily, not to exceed 3 capsules per day in the morning": "sig.which-dose",
    "1 cap at bedtime. Max 3 caps daily as tolerated.": "sig.which-dose",
    # every other of what
    "every other 12 hours 1 cap": "sig.unread",
    "1 cap every other 3 days": "sig.unread",
    # words cut off, or of permission
    "1 capsule at bedtime. Do not take": "sig.strange-sentence",
    "1 cap daily and": "sig.unread",
    "then 1 capsule at bedtime": "sig.unread",
    "01 cap bid": "sig.number-unclear",
    "1 cap prn for right": "sig.purpose",
    "1 cap for 7 days at bedtime, may increase to 2 capsules": "sig.unknown-word",
    "Take 1 capsule at bedtime. If pain is severe take double dose": "sig.strange-sentence",
    "Take 1 capsule daily do not take in the morning take at bedtime": "sig.strange-sentence",
    "1 cap qhs. Shake well before use in the morning": "sig.strange-sentence",
    # what becomes of it, and as needed
    "1 cap qhs prn to prevent migraine": "sig.purpose",
    "weekly 1 capsule once a day": "sig.times-disagree",
    # a total, a strength or a ceiling that is no step
    "Take 1 capsule at bedtime for 7 days, total 7 capsules": "sig.unread",
    "Take 1 capsule at bedtime for 7 days. 7 capsules.": "sig.two-doses",
    "Take 1 capsule at bedtime for 30 days. Naltrexone 1.5 mg capsules.": "sig.two-doses",
    "1 cap qhs x 7 days, 2 caps qhs x 7 days, LDN 1.5 mg capsules": "sig.two-doses",
    "3 caps qhs x 7 days, increase to 1 cap qhs": "sig.increase-unclear",
    "1 cap qhs x 7 days, decrease to 3 caps qhs": "sig.increase-unclear",
    "take by mouth at bedtime / day 8": "sig.unread",
    "Take daily at bedtime 8": "sig.unread",
    "Take 1 capsule on Monday, Wednesday and Friday. Take daily at bedtime.": "sig.which-dose",
    "Take 1 capsule daily. Take twice weekly.": "sig.which-dose",
    "Take 1 capsule twice weekly daily": "sig.times-disagree",
    "1 cap qhs on Monday, 5 days on 2 days off": "sig.times-disagree",
    "1 cap weekly, 3 days on, 4 days off": "sig.times-disagree",
    "Week 1: 1 cap qhs thereafter": "sig.open-end",
    "Weeks 1-4: 1 cap qhs. Weeks 5-8: 2 caps qhs and continue": "sig.open-end",
    "1 cap qhs 5 days 0 on 2 days off": "sig.unread",
    "1 cap qhs 5 days on 2 days off month": "sig.unread",
    "1 cap qhs Monday, through Wednesday and Friday": "sig.time-unclear",
    "1 cap qhs max 3 caps per day, for 2 weeks": "sig.which-dose",
    "1 cap with milk qhs x 7 days, then 2 caps qhs": "sig.some-steps",
    "Thereafter take 1 capsule at bedtime": "sig.unread",
    "take daily then 2 caps qhs": "sig.unread",
    "1.5 mg qhs, increase by 1.5 mg every first week to 4.5 mg": "sig.two-doses",
    "1 cap qhs, increase by 1 cap weekly to 3 caps and 2 caps qam": "sig.two-doses",
    # a dose, a total or a time that is lost, or another's
    "Avoid alcohol. Take 1 cap qam (3 mg) qhs": "sig.weight-disagrees",
    "Take 1 capsule every hours as needed for pain": "sig.unread",
    "1 cap every other day x 14 days, 7 capsules": "sig.two-doses",
    "1 cap twice a week for 2 weeks, 4 caps": "sig.two-doses",
    "LDN 1.5 mg capsules. Take at bedtime x 7 days, increase to 2 capsules": "sig.increase-unclear",
    "take daily, and increase to 3 caps": "sig.increase-unclear",
    "3 mg qhs x 7 days, then increase to 1 cap qhs": "sig.increase-unclear",
    "1 cap tid x 7 days, increase to 2 caps qhs": "sig.increase-unclear",
    "Take 1 capsule daily. In the evening take 2 capsules at bedtime": "sig.which-dose",
    "Take 1 capsule daily. At bedtime take 2 capsules at 9 pm": "sig.which-dose",
    "1 cap MWF: nightly for 5 nights": "sig.times-disagree",
    "1 cap daily; on weekends": "sig.times-disagree",
    "Take 1 capsule every day on Monday and Thursday": "sig.times-disagree",
    "1 cap qhs x 7 days, then qhs x 7 days 3 caps qhs": "sig.which-dose",
    "1 capsule at 9 pm x 7 days, then at 9 pm and 1 capsule at 8 am": "sig.which-dose",
    "1 cap qhs except Sunday, and Monday to Friday": "sig.days-of-which",
    "2 caps and qhs": "sig.unread",
    "take every other day, total 3 caps": "sig.unread",
    "days 1-7: 1 cap qhs, then LDN 1.5 mg capsules": "sig.two-doses",
    "take by mouth at bedtime. 2.": "sig.unread",
    # what stands in a sentence of its own, or behind a rule
    "Take 1 capsule 30 minutes before breakfast. Take 1 hour before food.": "sig.which-dose",
    "1 cap qhs, increase by 1 cap weekly to 3 caps at bedtime (10 pm)": "sig.time-of-day",
    "Take 1 capsule. Take 3 times a week in the morning and at bedtime.": "sig.times-disagree",
    "Take 1 capsule. Take nightly. Take on Monday.": "sig.times-disagree",
}


@pytest.mark.parametrize("text", ASKED)
def test_what_may_belong_to_another_dose_is_asked(text, capsules):
    reading = capsules(text)
    assert reading.status == "ask"
    assert ASKED[text] in {each.code for each in reading.findings}


READ = {
    "Take two 1.5 mg capsules at bedtime": ["Take 2 capsules at bedtime"],
    "2 two 1.5 mg caps qhs": ["Take 2 capsules at bedtime"],
    "1 cap at 9 pm nightly": ["Take 1 capsule at 9 PM"],
    "Take 1 cap at 9:00-10:00 pm": ["Take 1 capsule between 9 PM and 10 PM"],
    "1 cap 8 am, 2 pm, and 8 pm": [
        "Take 1 capsule at 8 AM, 1 capsule at 2 PM, and 1 capsule at 8 PM"
    ],
    "3 weeks on, 1 off, 1 cap qhs": [
        "Take 1 capsule at bedtime for 21 days, then none for 7 days, and so on"
    ],
    "1 cap qhs, Sat and Sun off": ["Take 1 capsule at bedtime on Monday through Friday"],
    "Mon-Fri 1 cap qhs, Sat-Sun 2 caps qhs": [
        "Take 1 capsule at bedtime on Monday through Friday",
        "Take 2 capsules at bedtime on Saturday and Sunday",
    ],
    "Take 1 capsule in the morning Monday. Tuesday 2 capsules at bedtime.": [
        "Take 1 capsule in the morning on Monday",
        "Take 2 capsules at bedtime on Tuesday",
    ],
    "Start 1 cap at bedtime. If tolerated, increase by 1 cap every 2 weeks to 3 caps": [
        "Days 1 to 14: Take 1 capsule at bedtime",
        "Days 15 to 28: Take 2 capsules at bedtime if tolerated",
        "Day 29 and after: Take 3 capsules at bedtime if tolerated",
    ],
    "1 cap qhs x 7d, if tolerated 2 caps qhs x 7 d, if tolerated 3 caps qhs": [
        "Days 1 to 7: Take 1 capsule at bedtime",
        "Days 8 to 14: Take 2 capsules at bedtime if tolerated",
        "Day 15 and after: Take 3 capsules at bedtime if tolerated",
    ],
    "1 cap qhs x 7 d as tolerated, 2 caps qhs x 7 d as tolerated, 3 caps qhs": [
        "Days 1 to 7: Take 1 capsule at bedtime as tolerated",
        "Days 8 to 14: Take 2 capsules at bedtime as tolerated",
        "Day 15 and after: Take 3 capsules at bedtime",
    ],
    "1 cap qhs, increase by 1 cap every week to 3 caps qhs with milk": [
        "Days 1 to 7: Take 1 capsule at bedtime with milk",
        "Days 8 to 14: Take 2 capsules at bedtime with milk",
        "Day 15 and after: Take 3 capsules at bedtime with milk",
    ],
    "1 cap at 8 am and 2 caps at 8 pm": ["Take 1 capsule at 8 AM, and 2 capsules at 8 PM"],
    "1 cap qhs, increase by 1 cap weekly to 3 caps, then decrease by 1 cap weekly then stop": [
        "Days 1 to 7: Take 1 capsule at bedtime",
        "Days 8 to 14: Take 2 capsules at bedtime",
        "Days 15 to 21: Take 3 capsules at bedtime",
        "Days 22 to 28: Take 2 capsules at bedtime",
        "Days 29 to 35: Take 1 capsule at bedtime",
        "After day 35, stop",
    ],
    "LDN 1.5 mg take 2 capsules at bedtime": ["Take 2 capsules at bedtime"],
    "1 cap with breakfast and dinner": [
        "Take 1 capsule in the morning with food, and 1 capsule in the evening with food"
    ],
    "1 cap qhs 3 weeks on, 1 off": [
        "Take 1 capsule at bedtime for 21 days, then none for 7 days, and so on"
    ],
    "1 cap at bedtime (9 pm) for 7 days then 2 caps at bedtime (10 pm)": [
        "Days 1 to 7: Take 1 capsule at bedtime (9 pm)",
        "Day 8 and after: Take 2 capsules at bedtime (10 pm)",
    ],
    "1 cap in the morning (8 am) and 2 caps at bedtime": [
        "Take 1 capsule in the morning (8 am)",
        "Take 2 capsules at bedtime",
    ],
    "1 cap qhs Mon-Fri off Sat-Sun": ["Take 1 capsule at bedtime on Monday through Friday"],
    "1 cap prn pain q8h, max 2 caps per day": [
        "If you have pain, take 1 capsule every 8 hours",
        "Do not take more than 2 capsules in one day",
    ],
}


@pytest.mark.parametrize("text", READ)
def test_what_belongs_to_one_dose_only_is_read(text, capsules, phrases):
    reading = capsules(text)
    assert reading.status == "ok", reading.findings
    said = say(reading.sig, Form.CAPSULE, phrases, standard=False)
    told = [f"{each.lead}: {each.text}" if each.lead else each.text for each in said]
    assert [each.replace(NBSP, " ") for each in told] == READ[text]
