"""The codes FHIR messages use for units, routes, times of day and verbs, and what each means.

Sources: UCUM; SNOMED CT; NCI Thesaurus; HL7 v3 orderableDrugForm and GTSAbbreviation; FHIR R4
value sets event-timing and units-of-time. A code that is not here is asked about, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from labelapp.rx.amount import Unit
from labelapp.rx.compound import Form
from labelapp.rx.directions import Meal, Route, Verb
from labelapp.rx.timing import Timing, Weekday, When

UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(("mg", "milligram", "c28253", "258684004"), Unit.MG),
    **dict.fromkeys(("ug", "mcg", "µg", "μg", "microgram", "c48152", "258685003"), Unit.MCG),
    **dict.fromkeys(("g", "gram", "c48155", "258682000"), Unit.G),
    **dict.fromkeys(("ml", "milliliter", "millilitre", "c28254", "258773002"), Unit.ML),
    **dict.fromkeys(
        ("tablet", "tab", "{tbl}", "{tablet}", "c48542", "428673006", "732936001", "385055001"),
        Unit.TABLET,
    ),
    **dict.fromkeys(
        ("capsule", "cap", "{cap}", "{capsule}", "c48480", "428641000", "732937005", "385049006"),
        Unit.CAPSULE,
    ),
    **dict.fromkeys(("troche", "{troche}"), Unit.TROCHE),
    **dict.fromkeys(("lozenge", "{lozenge}"), Unit.LOZENGE),
    **dict.fromkeys(("film", "{film}"), Unit.FILM),
    **dict.fromkeys(("drop", "[drp]", "{drop}"), Unit.DROP),
    **dict.fromkeys(("click", "{click}"), Unit.CLICK),
    **dict.fromkeys(("pump", "{pump}"), Unit.PUMP),
    **dict.fromkeys(("suppository", "{suppository}"), Unit.SUPPOSITORY),
    **dict.fromkeys(("application", "{application}"), Unit.APPLICATION),
}

FORMS: Mapping[str, Form] = {
    **{form.value: form for form in Form},
    "capsule, hard": Form.CAPSULE,
    "hard capsule": Form.CAPSULE,
    "oral capsule": Form.CAPSULE,
    "capsule dose form": Form.CAPSULE,
    "oral tablet": Form.TABLET,
    "tablet dose form": Form.TABLET,
    "topical cream": Form.CREAM,
    "topical gel": Form.GEL,
    "385049006": Form.CAPSULE,
    "385055001": Form.TABLET,
    "421026006": Form.TABLET,
    "385101003": Form.OINTMENT,
}
"""By the words of a form or its SNOMED CT code; `solution` alone does not say by which way."""

ROUTES: Mapping[str, Route] = {
    **dict.fromkeys(
        ("26643006", "c38288", "po", "oral", "oral route", "oral use", "by mouth"), Route.ORAL
    ),
    **dict.fromkeys(
        ("37839007", "c38300", "sl", "sublingual", "sublingual route", "sublingual use"),
        Route.SUBLINGUAL,
    ),
    **dict.fromkeys(("54471007", "c38193", "buccal", "buccal route"), Route.BUCCAL),
    **dict.fromkeys(("6064005", "c38304", "topical", "topical route"), Route.TOPICAL),
    **dict.fromkeys(("45890007", "c38305", "transdermal", "transdermal route"), Route.TRANSDERMAL),
}

VERBS: Mapping[str, Verb] = {
    **{verb.value.casefold(): verb for verb in Verb},
    "419652001": Verb.TAKE,
    "421521009": Verb.SWALLOW,
    "417924000": Verb.APPLY,
}

EVENTS: Mapping[str, tuple[When | None, Meal | None]] = {
    "HS": (When.BEDTIME, None),
    "MORN": (When.MORNING, None),
    "NOON": (When.NOON, None),
    "EVE": (When.EVENING, None),
    "C": (None, Meal.WITH_FOOD),
    "CM": (When.MORNING, Meal.WITH_FOOD),
    "CD": (When.NOON, Meal.WITH_FOOD),
    "CV": (When.EVENING, Meal.WITH_FOOD),
    "AC": (None, Meal.BEFORE_MEALS),
    "ACM": (When.MORNING, Meal.BEFORE_MEALS),
    "ACD": (When.NOON, Meal.BEFORE_MEALS),
    "ACV": (When.EVENING, Meal.BEFORE_MEALS),
    "PC": (None, Meal.AFTER_MEALS),
    "PCM": (When.MORNING, Meal.AFTER_MEALS),
    "PCD": (When.NOON, Meal.AFTER_MEALS),
    "PCV": (When.EVENING, Meal.AFTER_MEALS),
}
"""`NIGHT` (during the night), `WAKE` and the afternoon have no place among the four times."""

AFTERWARDS: Mapping[str, bool] = {
    **dict.fromkeys(("HS", "AC", "ACM", "ACD", "ACV"), False),
    **dict.fromkeys(("PC", "PCM", "PCD", "PCV"), True),
}
"""Whether minutes of offset count after the event. A code that says neither before nor after
counts after by the standard, which a writer of `before breakfast` may not know: it stays unread."""

WEEKDAYS: Mapping[str, Weekday] = {day.value[:3].casefold(): day for day in Weekday}

TIMINGS: Mapping[str, Timing] = {
    "QD": Timing(),
    "BID": Timing(times_a_day=2),
    "TID": Timing(times_a_day=3),
    "QID": Timing(times_a_day=4),
    "QOD": Timing(every_days=2),
    "AM": Timing(when=(When.MORNING,)),
    "BED": Timing(when=(When.BEDTIME,)),
    "WK": Timing(every_days=7),
    "Q1H": Timing(every_hours=1),
    "Q2H": Timing(every_hours=2),
    "Q3H": Timing(every_hours=3),
    "Q4H": Timing(every_hours=4),
    "Q6H": Timing(every_hours=6),
    "Q8H": Timing(every_hours=8),
    "229797004": Timing(),
    "229799001": Timing(times_a_day=2),
    "229798009": Timing(times_a_day=3),
    "307439001": Timing(times_a_day=4),
    "307440004": Timing(times_a_day=5),
    "225750008": Timing(every_hours=2),
    "225753005": Timing(every_hours=3),
    "225756002": Timing(every_hours=4),
    "225768006": Timing(every_hours=1),
}
"""GTSAbbreviation, and SNOMED CT for the same; a month and the afternoon have no place."""

DAYS: Mapping[str, int] = {"d": 1, "day": 1, "days": 1, "wk": 7, "week": 7, "weeks": 7}
"""How many days a unit of time has; a month has no fixed number of them."""


@dataclass(frozen=True)
class Read:
    """What a unit came to: the unit, or None, and whether word and code contradict each other."""

    unit: Unit | None
    contradicts: bool = False


def unit_of(word: str, code: str) -> Read:
    """Give the unit a quantity is in, by its word and its code, which must not contradict."""
    by_word, by_code = _unit(word), _unit(code)
    if by_word and by_code and by_word is not by_code:
        return Read(None, contradicts=True)
    if word and code and word.casefold() != code.casefold() and None in {by_word, by_code}:
        # one of the two is unknown to us: `ml` with the code of an oral suspension still is mL
        # only when the code is a concept's number, not another unit
        return Read(by_word if code.isdigit() else None)
    return Read(by_word or by_code)


def _unit(text: str) -> Unit | None:
    folded = text.casefold().strip()
    return UNITS.get(folded) or UNITS.get(folded.removesuffix("s").removesuffix("(s)"))
