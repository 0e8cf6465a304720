"""Warnings come on by their rows: always, by form, storage or answer, or when added."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.rules.auxiliary import EVERY, AuxiliaryLabel, choose, read_auxiliary
from labelapp.rx.amount import Basis
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Kept, Route, Verb
from labelapp.rx.errors import BadResource
from labelapp.rx.fill import Answer, Fill
from labelapp.rx.finding import Settler, Span
from labelapp.rx.lot import Preparation, Storage
from tests.rules.cases import FILL, directed, look, made, mg, one, ordered, step, strong

ALWAYS = ["OPI", "SURG", "LITE", "CHLD", "CMP"]


def on(fill: Fill) -> list[str]:
    return [each.id for each in look(fill).auxiliary]


def offered(fill: Fill) -> list[str]:
    return [each.id for each in look(fill).offered]


def routed(form: Form, route: Route | None) -> Fill:
    basis = Basis.PER_ML if form.is_liquid else Basis.PER_UNIT
    return directed(replace(step(), route=route), fill=strong(mg("1", basis), form))


def test_a_capsule_carries_the_usual_ones_in_their_order():
    assert on(FILL) == ALWAYS
    assert offered(FILL) == ["SWAL", "OPEN", "DRIV", "PREG", "DREM"]


@pytest.mark.parametrize(
    ("form", "route", "extra"),
    [
        (Form.ORAL_SOLUTION, Route.ORAL, {"SYRG"}),
        (Form.ORAL_SUSPENSION, Route.ORAL, {"SHAK", "SYRG"}),
        (Form.SUBLINGUAL_TABLET, Route.SUBLINGUAL, {"SLNG"}),
        (Form.TROCHE, Route.SUBLINGUAL, {"SLNG"}),
        (Form.TROCHE, Route.BUCCAL, set()),
        (Form.TROCHE, None, {"SLNG"}),
        (Form.CREAM, Route.TOPICAL, {"EXT"}),
        (Form.GEL, Route.TRANSDERMAL, {"EXT"}),
        (Form.CAPSULE, Route.ORAL, set()),
    ],
)
def test_some_come_by_form(form, route, extra):
    assert set(on(routed(form, route))) == {*ALWAYS, *extra}


@pytest.mark.parametrize(("storage", "cold"), [(Storage.REFRIGERATOR, True), (Storage.ROOM, False)])
def test_what_is_kept_cold_says_so(storage, cold):
    assert ("FRIG" in on(made(storage=storage))) is cold


def test_a_pharmacist_adds_one_that_is_offered():
    fill = replace(FILL, warnings_on=("DRIV",))
    assert on(fill) == [*ALWAYS, "DRIV"]
    assert "DRIV" not in offered(fill)
    assert look(fill).findings == ()


@pytest.mark.parametrize(
    ("added", "code"),
    [
        (("NOPE",), "auxiliary.unknown"),
        (("FRIG",), "auxiliary.storage"),
        (("EXT",), "auxiliary.unsuited"),
        (("SLNG", "SWAL"), "auxiliary.contradict"),
        (("SWAL", "OPEN"), "auxiliary.contradict"),
        (("SWAL",), None),
        (("OPI",), None),
    ],
)
def test_an_addition_that_cannot_be_meant_is_asked_about(added, code):
    found = [each.code for each in look(replace(FILL, warnings_on=added)).findings]
    assert code in found if code else found == []


def kept(fill: Fill, *sentences: str) -> Fill:
    """The fill with sentences behind its directions that stand on the label as written."""
    written = tuple(Kept(each, Span(0, len(each))) for each in sentences)
    return ordered(fill, sig=replace(fill.prescription.sig, kept=written))


COLD = made(storage=Storage.REFRIGERATOR)
TROCHE = routed(Form.TROCHE, Route.SUBLINGUAL)
CREAM = routed(Form.CREAM, Route.TOPICAL)


@pytest.mark.parametrize(
    ("fill", "sentence", "code"),
    [
        (FILL, "Keep in the refrigerator", "auxiliary.storage"),
        (COLD, "Keep in the refrigerator", None),
        (COLD, "Store at room temperature", "auxiliary.contradict"),
        (FILL, "For external use only", "auxiliary.unsuited"),
        (CREAM, "For external use only", None),
        (CREAM, "For use by mouth only", "auxiliary.contradict"),
        (TROCHE, "Swallow whole", "auxiliary.contradict"),
        (FILL, "Swallow whole", None),
        (FILL, "Do not chew or swallow", "auxiliary.unsuited"),
        (FILL, "Avoid alcohol", None),
    ],
)
def test_a_sentence_of_the_directions_never_contradicts_the_label(fill, sentence, code):
    found = {each.code: each for each in look(kept(fill, sentence)).findings}
    about = {each for each in found if each.startswith("auxiliary.")}
    assert code in about if code else about == set()
    if code in {"auxiliary.storage", "auxiliary.contradict"}:
        assert found[code].settler is Settler.NOBODY


def test_external_use_only_and_by_mouth_never_stand_on_one_label():
    eaten = routed(Form.CREAM, Route.ORAL)
    assert one(eaten, "auxiliary.route").settler is Settler.NOBODY
    assert "auxiliary.route" not in {each.code for each in look(CREAM).findings}


@pytest.mark.parametrize(
    ("verb", "asked"), [(Verb.DISSOLVE, False), (Verb.SWALLOW, True), (Verb.CHEW, True)]
)
def test_a_troche_is_not_swallowed(verb, asked):
    fill = directed(replace(step(), verb=verb, route=Route.ORAL), fill=TROCHE)
    assert ("auxiliary.verb" in {each.code for each in look(fill).findings}) is asked


def test_lots_of_one_fill_are_kept_alike():
    assert "lot.storages-differ" not in {each.code for each in look(COLD).findings}
    fill = replace(FILL, lots=(*FILL.lots, *COLD.lots))
    assert one(fill, "lot.storages-differ").settler is Settler.PHARMACIST


def test_another_drug_has_only_those_of_every_compound():
    other = Compound(Form.CAPSULE, (Ingredient("ketotifen", Part.ACTIVE, mg("1")),))
    assert on(ordered(compound=other)) == ["LITE", "CHLD", "CMP"]


def row(**changes: object) -> dict[str, object]:
    return {
        "id": "X", "text": "Short.", "default": "on", "order": 1, "source": "us",
        "verified": False, **changes,
    }  # fmt: skip


def read(**changes: object) -> tuple[AuxiliaryLabel, ...]:
    return read_auxiliary({"warnings": [row(**changes)]}, EVERY, "every.toml")


def test_one_comes_by_an_answer():
    rows = read(default="by answer", answers=["pregnancy = yes"])
    pregnant = replace(FILL, answers=(("pregnancy", Answer.YES),))
    assert choose(pregnant, rows, set()).on == rows
    assert choose(FILL, rows, set()).on == ()


def test_one_comes_by_preparation():
    rows = read(default="by preparation", preparations=["preserved aqueous"])
    assert choose(FILL, rows, set()).on == ()
    assert choose(made(preparation=Preparation.PRESERVED_AQUEOUS), rows, set()).on == rows


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"text": "x" * 81}, "text"),
        ({"default": "sometimes"}, "default"),
        ({"default": "by form"}, "forms"),
        ({"forms": ["pill"]}, "forms"),
        ({"answers": ["pregnancy: yes"]}, "answers"),
        ({"source": ""}, "source"),
        ({"verified": "yes"}, "verified"),
        ({"reversed": 1}, "reversed"),
        ({"tint": "red"}, "tint"),
        ({"colour": "purple"}, "colour"),
    ],
)
def test_a_damaged_row_is_refused_by_its_key(changes, key):
    with pytest.raises(BadResource) as refused:
        read(**changes)
    assert refused.value.values["key"] == key


def test_no_warning_calls_the_drug_what_it_is_not():
    """An antagonist is no narcotic and forms no habit; its transfer caution is for Schedule II-IV."""
    from tests.rules.cases import TABLES

    wrong = ("narcotic", "habit", "agonist", "federal law", "overdose and addiction", "rx only")
    assert [
        each.id for each in TABLES.auxiliary if any(w in each.text.lower() for w in wrong)
    ] == []


def test_what_the_dose_rests_on_is_kept_and_nothing_else_is():
    from tests.rules.cases import TABLES

    assert [each.id for each in TABLES.auxiliary if each.keep] == ["SHAK"]
