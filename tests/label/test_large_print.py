"""Large print says everything the law has on the label, in names written out, never in capitals."""

from __future__ import annotations

from dataclasses import replace

import pytest

from labelapp.label.document import Symbology
from labelapp.label.handout import Handout, passages_of
from labelapp.label.large_print import MOST_PAGES, large_print
from labelapp.resources.typed import wording
from labelapp.rx.directions import Beside, Said
from tests.label.fills import TITRATION, capsule, fill, label_of
from tests.label.papered import WORDS, labelled, with_steps

STATES = ("US", "CA", "NY", "TX", "FL", "NJ", "IL", "PA", "WA", "OR", "NV")


def paper(jurisdiction: str = "US", *, sample: bool = False) -> Handout:
    case = fill(compound=capsule("1.5"), quantity="69", purpose="fibromyalgia pain")
    label = label_of(case, TITRATION, jurisdiction, sample=sample)
    return large_print(label, wording(), WORDS)


@pytest.mark.parametrize("state", ["US", "CA", "TX", "WA"])
def test_everything_the_law_has_on_the_label_is_said(state):
    case = fill(compound=capsule("1.5"), quantity="69", purpose="fibromyalgia pain")
    label = label_of(case, TITRATION, state)
    said = {each.key for each in large_print(label, wording(), WORDS).passages}
    required = {each.key for each in label.elements if each.required}
    assert required - said <= {"rph_initials"}
    warnings = {each.key for each in label.elements if each.key.startswith("aux.")}
    assert warnings | {"purpose", "refills", "rx_number"} <= said


def test_every_page_says_whose_it_is_and_what_is_in_it():
    made = paper()
    assert [each.key for each in made.running if not hasattr(each, "rows")] == ["patient", "drug"]
    assert [each.key for each in made.foot] == ["rx_number", "page_number"]
    assert made.foot[0].text == "Rx number: 4417203-00"
    assert [each.symbology for each in made.marks] == [Symbology.DATAMATRIX]
    assert made.most_pages == MOST_PAGES == 12


def test_a_sample_says_so_on_every_page_and_is_not_white_on_black():
    made = paper(sample=True)
    first = next(passages_of(made.running))
    assert first.key == "sample"
    assert first.text.startswith("SAMPLE")
    assert "chip" not in {each.style for each in made.passages}


def test_facts_are_named_in_full_and_nothing_is_all_capitals():
    texts = {each.key: each.text for each in paper().passages}
    assert texts["quantity"] == "Quantity: 69\N{NO-BREAK SPACE}capsules"
    assert texts["bud"].startswith("Discard after: ")
    assert texts["lot"] == "Lot number: 26-118"
    assert texts["refills"].startswith("Refills left: 2 until ")
    for text in texts.values():
        assert text != text.upper() or not any(map(str.isalpha, text)), text


def test_the_laws_own_words_stay_what_they_are():
    assert {each.key: each.text for each in paper("NJ").passages}["bud"].startswith("Use by: ")
    transfer = {each.key: each.text for each in paper("WA").passages}["transfer"]
    assert transfer.startswith("Warning: State or federal law prohibits transfer")


def test_directions_come_first_each_step_with_its_days_before_it():
    body = list(passages_of(paper().body))
    assert [each.text for each in body[:4]] == [
        "Days 1 to 14: Take 1\N{NO-BREAK SPACE}capsule at bedtime",
        "Days 15 to 28: Take 2\N{NO-BREAK SPACE}capsules at bedtime",
        "Day 29 and after: Take 3\N{NO-BREAK SPACE}capsules at bedtime",
        "For fibromyalgia pain",
    ]
    assert body[0].lead == "Days 1 to 14:"
    assert body[4].key == "aux.OPI"
    assert body[4].ruled


def test_a_translation_keeps_to_its_english():
    spanish = Beside("es", "Tome 1 cápsula a la hora de acostarse", why="a test")
    said = (Said("Take 1 capsule at bedtime", beside=spanish),)
    label = label_of(fill(), said, "US")
    body = list(passages_of(large_print(label, wording(), WORDS).body))
    assert [each.key for each in body[:2]] == ["directions", "translation"]
    assert not body[0].joined
    assert body[1].joined


def test_the_words_are_those_of_the_label():
    """Nothing is said that the label does not say, but the names of its facts."""
    case = with_steps()
    label, _assessment = labelled(case)
    texts = {each.key: each.text for each in label.elements}
    for said in large_print(label, wording(), WORDS).passages:
        if said.key in texts and said.key != "directions":
            words = " ".join(said.text.split())
            assert words.endswith(" ".join(texts[said.key].split())), said.key
    assert large_print(replace(label, marks=()), wording(), WORDS).marks == ()
