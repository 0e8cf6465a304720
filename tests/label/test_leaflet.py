"""The leaflet: plain words a sixth-grader reads, right for the form, and nothing that is forbidden."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from labelapp.label.document import Symbology
from labelapp.label.forbidden import forbidden
from labelapp.label.handout import Handout
from labelapp.label.leaflet import LeafletRows, Sentence, leaflet, read_leaflet
from labelapp.resources import rows
from labelapp.resources.typed import leaflet as leaflet_rows
from labelapp.resources.typed import tables
from labelapp.rx.amount import Amount, Basis, Strength, Unit
from labelapp.rx.compound import Compound, Form, Ingredient, Part
from labelapp.rx.directions import Dose, Route, Sig, Step
from labelapp.rx.errors import BadResource
from labelapp.rx.fill import Fill
from labelapp.rx.lot import Storage
from labelapp.rx.timing import Timing, When
from tests.label.fills import fill
from tests.label.papered import WORDS, labelled

ROWS = leaflet_rows()
MOUTH = {
    Form.CAPSULE: Route.ORAL,
    Form.TABLET: Route.ORAL,
    Form.SUBLINGUAL_TABLET: Route.SUBLINGUAL,
    Form.TROCHE: Route.SUBLINGUAL,
    Form.LOZENGE: Route.SUBLINGUAL,
    Form.ORAL_SOLUTION: Route.ORAL,
    Form.ORAL_SUSPENSION: Route.ORAL,
    Form.SUBLINGUAL_DROPS: Route.SUBLINGUAL,
}
SKIN = dict.fromkeys((Form.CREAM, Form.GEL, Form.OINTMENT), Route.TOPICAL)
BASIS = {Unit.ML: Basis.PER_ML, Unit.G: Basis.PER_G}
LINK = "https://www.quillfeather.example/naltrexone"


def of_form(form: Form, storage: Storage = Storage.ROOM, dose: str = "1") -> Fill:
    basis = BASIS.get(form.unit, Basis.PER_UNIT)
    strength = Strength(Amount(Decimal(1), Unit.MG), basis)
    compound = Compound(form, (Ingredient("Naltrexone HCl", Part.ACTIVE, strength),))
    base = fill(compound=compound)
    route = {**MOUTH, **SKIN}[form]
    step = Step(1, Dose(Amount(Decimal(dose), form.unit)), Timing((When.BEDTIME,)), route=route)
    rx = replace(base.prescription, sig=Sig("by hand", (step,)))
    lots = tuple(replace(each, storage=storage) for each in base.lots)
    return replace(base, prescription=rx, lots=lots)


def paper(case: Fill, link: str = "") -> Handout:
    label, _assessment = labelled(case)
    made = leaflet(case, label, ROWS, WORDS, link)
    assert isinstance(made, Handout), made
    return made


def said(case: Fill) -> dict[str, str]:
    return {each.key: each.text for each in paper(case).passages}


# ------------------------------------------------------------ how hard it is to read

DRUGS = {
    "naltrexone", "methadone", "buprenorphine", "codeine", "diphenoxylate", "tramadol",
    "morphine", "hydrocodone", "oxycodone",
}  # fmt: skip
ODD = {"diarrhea": 4, "diarrhoea": 4}
OVERALL, OF_A_SECTION = 6.9, 8.0


def syllables(word: str) -> int:
    word = word.casefold()
    if word in ODD:
        return ODD[word]
    vowels = re.findall(r"i(?=[ou]i)|[aeiouy]+", word if word.endswith("le") else word.rstrip("e"))
    silent = bool(re.search(r"[^td]ed$", word))
    return max(1, len(vowels) - silent)


def grade(texts: list[str]) -> float:
    """The grade of Flesch and Kincaid (1975): long sentences and long words make it higher."""
    sentences = [part for text in texts for part in re.split(r"[.?!]\s*", text) if part.strip()]
    words = [
        word
        for each in sentences
        for word in re.findall(r"[A-Za-z]+(?:[-'][A-Za-z]+)*", each)
        if word.casefold() not in DRUGS
    ]
    long = sum(map(syllables, words)) / len(words)
    return 0.39 * len(words) / len(sentences) + 11.8 * long - 15.59


def run_on(sentences: tuple[Sentence, ...]) -> list[str]:
    """The texts of a section; the items of a list are one sentence unless they end like one."""
    texts: list[str] = []
    for each in sentences:
        if each.listed and texts and not texts[-1].endswith("."):
            texts[-1] = f"{texts[-1]}, {each.text}"
        else:
            texts.append(each.text)
    return texts


def test_the_measure_knows_hard_words_from_easy_ones():
    easy = ["Take it with food. Call us if you feel sick."]
    hard = ["Administration concomitant with opioid analgesics is contraindicated."]
    assert grade(easy) < 2
    assert grade(hard) > 15


def test_the_whole_leaflet_is_in_sixth_grade_words():
    texts = [
        text
        for section in ROWS.sections
        for text in run_on(tuple(s for s in ROWS.sentences if s.section == section.id))
    ]
    assert grade(texts) <= OVERALL


@pytest.mark.parametrize("section", [each.id for each in ROWS.sections])
def test_no_section_is_much_harder(section):
    texts = run_on(tuple(each for each in ROWS.sentences if each.section == section))
    assert texts
    assert grade(texts) <= OF_A_SECTION


# ------------------------------------------------------------ what it says


@pytest.mark.parametrize("form", [*MOUTH, *SKIN])
def test_each_form_has_its_own_sentences(form):
    words = said(of_form(form))
    text = " ".join(words.values()).casefold()
    topical = form in SKIN
    assert ("swallow it with water" in text) is (form in {Form.CAPSULE, Form.TABLET})
    assert ("or swallow it" in text) is (
        form in {Form.SUBLINGUAL_TABLET, Form.TROCHE, Form.LOZENGE}
    )
    assert ("leaflet.take" in words) is not topical
    assert ("leaflet.use" in words) is topical
    assert ("syringe" in text) is (form in {Form.ORAL_SOLUTION, Form.ORAL_SUSPENSION})
    assert ("shake" in text) is (form is Form.ORAL_SUSPENSION)
    assert ("tongue" in text) is (MOUTH.get(form) is Route.SUBLINGUAL)
    assert text.count("if you miss a dose") == 1
    assert "{" not in text


@pytest.mark.parametrize("storage", Storage)
def test_it_is_kept_where_the_lot_is_kept(storage):
    text = " ".join(said(of_form(Form.CAPSULE, storage)).values())
    assert ("refrigerator" in text) is (storage is Storage.REFRIGERATOR)
    assert ("room temperature" in text) is (storage is Storage.ROOM)


def test_everything_a_patient_must_know_is_there():
    text = " ".join(said(of_form(Form.CAPSULE)).values())
    for needed in (
        "opioid antagonist", "off-label", "50\N{NO-BREAK SPACE}mg", "tramadol", "Methadone", "buprenorphine",
        "codeine", "diphenoxylate", "surgery", "miss a dose", "side effects", "liver", "pregnant",
        "breastfeed", "Call 911", "(310)\N{NO-BREAK SPACE}555-0142", "Quillfeather", "Compounded by",
        "May\N{NO-BREAK SPACE}18,\N{NO-BREAK SPACE}2027",
    ):  # fmt: skip
        assert needed in text, needed


@pytest.mark.parametrize("law", tables().laws.values(), ids=lambda law: str(law.jurisdiction))
@pytest.mark.parametrize("form", [Form.CAPSULE, Form.ORAL_SUSPENSION, Form.TROCHE, Form.CREAM])
def test_nothing_that_may_never_stand_on_a_label_stands_here(form, law):
    for key, text in said(of_form(form)).items():
        assert not forbidden(text), text
        for row in law.nevers:
            assert not row.found_in(key, text), (row.id, text)


def test_no_row_makes_a_claim_or_calls_it_an_agonist():
    text = " ".join(each.text for each in ROWS.sentences).casefold()
    for wrong in (
        "agonist properties",
        "opioid agonist",
        "opiate",
        "cure",
        "immun",
        "treats",
        "LDN",
    ):
        assert wrong.casefold() not in text
    assert "antagonist" in text


def test_every_row_says_where_it_is_from_and_is_approved_by_nobody():
    for each in ROWS.sentences:
        assert each.source
        assert not each.is_approved


def test_the_pharmacys_own_page_is_said_in_words_beside_its_square():
    made = paper(of_form(Form.CAPSULE), LINK)
    squares = [each for each in made.marks if each.symbology is Symbology.QR]
    assert [each.payload for each in squares] == [LINK]
    assert [each.text for each in made.foot if each.key == "link.address"] == [LINK]
    assert not [each for each in paper(of_form(Form.CAPSULE)).marks if each.payload == LINK]


@pytest.mark.parametrize(
    "link",
    [
        "http://a.example/",
        "https://a.example/?who=1",
        "javascript:x",
        "https://é.example",
        "https:/",
    ],
)
def test_an_address_that_is_no_plain_page_is_refused(link):
    case = of_form(Form.CAPSULE)
    found = leaflet(case, labelled(case)[0], ROWS, WORDS, link)
    assert not isinstance(found, Handout)
    assert [each.code for each in found] == ["twins.leaflet-link"]


def test_a_dose_that_is_not_low_has_another_leaflet():
    case = of_form(Form.CAPSULE, dose="10")
    found = leaflet(case, labelled(case)[0], ROWS, WORDS)
    assert not isinstance(found, Handout)
    assert [each.code for each in found] == ["twins.leaflet-dose"]


def test_a_leaflet_without_a_number_to_call_is_refused():
    case = of_form(Form.CAPSULE)
    label, _assessment = labelled(case)
    assert case.pharmacy is not None
    found = leaflet(replace(case, pharmacy=replace(case.pharmacy, phone=" ")), label, ROWS, WORDS)
    assert not isinstance(found, Handout)
    assert [each.code for each in found] == ["twins.leaflet-phone"]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("text", "Call {nobody}."), ("section", "nowhere"), ("forms", ["pill"]), ("id", "what.block"),
        ("storage", ["cellar"]), ("text", ""), ("colour", "red"),
    ],
)  # fmt: skip
def test_a_row_that_is_odd_is_damage(key, value):
    table = rows("leaflet/en.toml")
    first, *others = table["sentence"]
    damaged = {**table, "sentence": [{**first, key: value}, *others]}
    with pytest.raises(BadResource):
        read_leaflet(damaged, "leaflet/en.toml")


def test_the_rows_are_read_as_they_stand():
    assert isinstance(ROWS, LeafletRows)
    assert ROWS.compound == "naltrexone"
    assert len({each.id for each in ROWS.sentences}) == len(ROWS.sentences) > 35
