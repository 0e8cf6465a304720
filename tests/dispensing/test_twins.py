"""Large print, leaflet and calendar are drawn and proofed as the label is, or refused with a way out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.files import open_file
from labelapp.dispensing.make import Made, Print, Refused
from labelapp.dispensing.twins import make_twin
from labelapp.label.document import Symbology, Weight
from labelapp.resources import folder
from labelapp.rules.assess import assess
from labelapp.rx.amount import Unit
from labelapp.rx.compound import Compound, Ingredient, Part
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Settler, Severity
from labelapp.rx.paper import Paper
from labelapp.rx.people import Name
from labelapp.rx.timing import Timing, When
from tests.given import TITRATION, TODAY, draft
from tests.label.fills import assessed, capsule, fill, liquid, mg
from tests.label.papered import step, with_steps
from tests.layout.flowing import (
    all_is_printable,
    marks_stand_free,
    numbers_keep_their_units,
    rules_stand_apart,
    words_stand_apart,
)

TOOLS = equipment()
PAGE, ROLL = ("us-letter", 300), ("thermal-4x6", 203)
LEAST = {Paper.LARGE_PRINT: 18.0, Paper.LEAFLET: 11.0, Paper.CALENDAR: 10.0}
PLACES = {
    Paper.LARGE_PRINT: [ROLL, PAGE],
    Paper.LEAFLET: [PAGE],
    Paper.CALENDAR: [PAGE],
}
EXAMPLES = sorted((folder() / "examples").glob("0[1-6]-*.json"))
SEVERAL = [folder() / "examples" / f"{each}.json" for each in ("09-two-vials", "10-two-strengths")]
LINK = "https://www.cornercompounding.example/ldn"


def entered(**changes: str) -> Fill:
    case = enter(draft({**TITRATION, **changes}), TOOLS.lexicon, TODAY).fill
    assert case is not None
    return case


def twin(
    case: Fill,
    paper: Paper,
    place: tuple[str, int] = PAGE,
    printed: Print | None = None,
    state: str = "",
) -> Made | Refused:
    stock, dpi = place
    printed = replace(printed or Print(), paper=paper)
    return make_twin(
        case, assess(case, TOOLS.tables, TODAY, state), TOOLS.stocks[stock], dpi, TOOLS, printed
    )


def made(*args: object, **more: object) -> Made:
    found = twin(*args, **more)  # type: ignore[arg-type]
    assert isinstance(found, Made), found
    return found


def refused(*args: object, **more: object) -> list[str]:
    found = twin(*args, **more)  # type: ignore[arg-type]
    assert isinstance(found, Refused), found
    for each in found.findings:
        assert each.severity is Severity.STOP
        assert each.settler is Settler.NOBODY
        sentence, way_out = TOOLS.plain.finding(each)
        assert "?" not in sentence.replace("Questions?", "")
        assert way_out
        assert each.code not in sentence
    return [each.code for each in found.findings]


def sound(paper: Paper, each: Made) -> None:
    for page in each.pages.pages:
        words_stand_apart(page)
        rules_stand_apart(page)
        marks_stand_free(page)
        all_is_printable(page)
        numbers_keep_their_units(page)
        assert min(words.size_pt for words in page.words) >= LEAST[paper]


@pytest.mark.parametrize("paper", PLACES)
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_the_papers_of_an_example_are_made_and_proofed(example, paper):
    (written,) = open_file(example)
    case = enter(written, TOOLS.lexicon, TODAY).fill
    assert case is not None
    for place in PLACES[paper]:
        found = twin(case, paper, place, Print(link=LINK))
        if isinstance(found, Refused):
            assert paper is Paper.CALENDAR
            assert all(each.code.startswith("twins.calendar") for each in found.findings)
            continue
        sound(paper, found)
        assert len(found.proof.pages) == len(found.pages.pages)


@pytest.mark.parametrize("starts", ["", "2026-11-25"])
@pytest.mark.parametrize("example", SEVERAL, ids=lambda path: path.stem)
def test_the_calendar_of_several_vials_is_made_and_proofed_as_one(example, starts):
    (written,) = open_file(example)
    dated = replace(written, written={**written.written, "fill.starts_on": starts})
    case = enter(dated, TOOLS.lexicon, TODAY).fill
    assert case is not None
    each = made(case, Paper.CALENDAR)
    sound(Paper.CALENDAR, each)
    squares = [payload for kind, payload in each.proof.marks if kind is Symbology.DATAMATRIX]
    assert squares == [
        f"C{case.serial}-{number}-1" for number in range(1, len(each.pages.pages) + 1)
    ]


@pytest.mark.parametrize("paper", PLACES)
def test_each_paper_has_its_letter_and_each_page_its_own_serial(paper):
    case = entered()
    each = made(case, paper, PLACES[paper][0])
    assert each.label.serial == f"{paper.letter}{case.serial}-1-1"
    squares = [payload for kind, payload in each.proof.marks if kind is Symbology.DATAMATRIX]
    assert squares == [
        f"{paper.letter}{case.serial}-{number}-1" for number in range(1, len(each.pages.pages) + 1)
    ]


@pytest.mark.parametrize("paper", PLACES)
def test_a_sample_says_so_on_every_page_and_what_is_printed_does_not(paper):
    for sample in (True, False):
        each = made(entered(), paper, PLACES[paper][0], Print(sample=sample))
        for page in each.pages.pages:
            said = " ".join(words.text for words in page.words)
            assert ("SAMPLE" in said) is sample


@pytest.mark.parametrize("paper", PLACES)
def test_every_page_says_whose_it_is_what_is_in_it_and_its_number(paper):
    each = made(entered(), paper, PLACES[paper][0])
    for page in each.pages.pages:
        said = " ".join(words.text for words in page.words)
        for needed in ("Jane Doe", "Naltrexone HCl 1.5\N{NO-BREAK SPACE}mg capsule", "1234567-00"):
            assert needed in said


@pytest.mark.parametrize("state", ["US", "CA", "NY", "TX", "NJ", "WA", "NV"])
def test_large_print_is_bold_black_and_as_large_as_it_must_be(state):
    born = {"patient.address.line": "5 Long Road", "patient.address.city": "Troy"}
    case = entered(**born, **{"patient.address.state": "NY", "lots.0.description": "white capsule"})
    each = made(case, Paper.LARGE_PRINT, ROLL, Print(sample=False), state=state)
    words = [words for page in each.pages.pages for words in page.words]
    assert {word.weight for word in words} == {Weight.BOLD}
    assert min(word.size_pt for word in words) == 18
    assert not any(word.white for word in words)
    for page in each.pages.pages:
        lines = sorted({word.baseline for word in page.words})
        assert min(b - a for a, b in pairwise(lines)) >= 27 * 203 // 72
        assert not any(rule.box.height > 20 for rule in page.rules if not rule.hollow_dots)


def test_large_print_takes_no_more_pages_than_it_may():
    (code,) = refused(entered(), Paper.LARGE_PRINT, ("thermal-4x3", 203))
    assert code == "twins.too-many"
    assert refused(entered(), Paper.LARGE_PRINT, ("thermal-4x2", 203)) == ["twins.too-small"]
    found = twin(entered(), Paper.LARGE_PRINT, ("thermal-4x2", 203))
    assert isinstance(found, Refused)
    name = found.findings[0].value("fits")
    stock = next(each.id for each in TOOLS.stocks.values() if f"({each.id})" in name)
    sound(Paper.LARGE_PRINT, made(entered(), Paper.LARGE_PRINT, (stock, 203)))


def test_a_name_too_wide_for_large_print_is_named():
    case = entered(**{"patient.family": "W" * 30})
    assert refused(case, Paper.LARGE_PRINT, ROLL) == ["twins.too-wide-anywhere"]
    found = twin(case, Paper.LARGE_PRINT, ROLL)
    assert isinstance(found, Refused)
    assert found.findings[0].field == "patient.family"
    assert found.findings[0].value("word") == "W" * 30


@pytest.mark.parametrize("paper", [Paper.LEAFLET, Paper.CALENDAR])
def test_a_name_of_sixty_letters_stands_whole_on_a_page(paper):
    long = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewis"
    each = made(entered(**{"patient.family": long}), paper)
    sound(paper, each)
    assert long in " ".join(words.text for words in each.pages.pages[0].words)


@pytest.mark.parametrize("paper", [Paper.LEAFLET, Paper.CALENDAR])
def test_a_page_is_not_printed_on_a_label(paper):
    assert refused(entered(), paper, ROLL) == ["twins.no-page"]


def test_the_address_of_the_pharmacy_is_read_back_from_its_square():
    each = made(entered(), Paper.LEAFLET, PAGE, Print(link=LINK))
    assert (Symbology.QR, LINK) in each.proof.marks
    assert refused(entered(), Paper.LEAFLET, PAGE, Print(link="http://a.example")) == [
        "twins.leaflet-link"
    ]


def test_the_leaflet_is_for_naltrexone_alone():
    ketamine = Compound(
        fill().prescription.compound.form, (Ingredient("Ketamine HCl", Part.ACTIVE, mg("1")),)
    )
    case = with_steps(base=fill(compound=ketamine))
    both = Compound(
        ketamine.form, (*fill().prescription.compound.ingredients, *ketamine.ingredients)
    )
    assert refused(case, Paper.LEAFLET) == ["twins.leaflet-other"]
    assert refused(with_steps(base=fill(compound=both)), Paper.LEAFLET) == ["twins.leaflet-other"]


@pytest.mark.parametrize(
    ("sig", "said"),
    [
        ("1 tablet 1 hour before bedtime", "Bedtime, see label 1 tablet"),
        ("1 tablet between 11:30 PM and 3:30 AM", "11:30 PM to 3:30 AM 1 tablet"),
        ("1 tablet daily", "Once this day 1 tablet"),
        ("1/4 tablet at bedtime", "Bedtime one-quarter tablet"),
        ("1/2 tablet at bedtime", "Bedtime one-half tablet"),
        ("3/4 tablet at bedtime", "Bedtime three- quarters tablet"),
        ("1 3/4 tablets at bedtime", "Bedtime 1 and three- quarters tablets"),
    ],
)
def test_every_way_to_say_a_dose_has_room_in_the_cell_of_a_day(sig, said):
    tablets = {"compound.form": "tablet", "quantity.unit": "tablet", "lots.0.form": "tablet"}
    case = entered(**tablets, **{"sig": f"Take {sig}", "quantity.value": "7", "days_supply": ""})
    (page, *_more) = made(case, Paper.CALENDAR).pages.pages
    cell = " ".join(each.text for each in page.words if each.key == "day.1")
    assert cell.replace("\N{NO-BREAK SPACE}", " ") == f"Day 1 {said}"


def test_directions_as_needed_have_no_calendar():
    case = entered(sig="1 cap po qhs prn pain, max 1 per day", purpose="pain")
    assert refused(case, Paper.CALENDAR) == ["twins.calendar-as-needed"]


def test_another_language_is_told_not_to_be_on_leaflet_and_calendar():
    for paper, code in (
        (Paper.LEAFLET, "twins.leaflet-english"),
        (Paper.CALENDAR, "twins.calendar-english"),
    ):
        each = made(entered(), paper, PAGE, Print(language="es"))
        (told,) = [found for found in each.findings if found.code == code]
        assert told.severity is Severity.NOTE
        assert told.value("language")
    assert not made(entered(), Paper.LEAFLET).findings


def test_a_calendar_may_be_printed_for_the_days_of_a_refill():
    case = replace(entered(), first_day=31, number=1, starts_on=date(2026, 10, 25))
    each = made(case, Paper.CALENDAR)
    said = " ".join(words.text for page in each.pages.pages for words in page.words)
    assert "Day 31" in said
    assert "Day 30" not in said
    assert "days 31 to 53" in said


LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéñŷ", min_size=1, max_size=14).map(str.capitalize)
NAMES = st.builds(
    lambda given, family: Name(" ".join(family)[:40].strip(), " ".join(given)[:20].strip()),
    st.lists(LETTERS, min_size=1, max_size=3),
    st.lists(LETTERS, min_size=1, max_size=4),
)
WHEN = st.sampled_from([(When.BEDTIME,), (When.MORNING, When.BEDTIME), tuple(When)])
STEPS = st.lists(st.tuples(st.integers(1, 9), st.integers(1, 14), WHEN), min_size=1, max_size=9)


@pytest.mark.parametrize("paper", PLACES)
@given(name=NAMES, doses=STEPS, wet=st.booleans(), dated=st.booleans())
def test_whatever_is_written_is_whole_or_refused(paper, name, doses, wet, dated):
    unit = Unit.ML if wet else Unit.CAPSULE
    base = fill(name, liquid() if wet else capsule("0.1"))
    steps = tuple(
        step(number, f"0.{dose}" if wet else str(dose), days, Timing(when), unit)
        for number, (dose, days, when) in enumerate(doses, start=1)
    )
    case = with_steps(steps, "120", base, date(2026, 11, 24) if dated else None)
    place = PLACES[paper][0]
    printed = Print(paper=paper, link=LINK)
    found = make_twin(case, assessed(case), TOOLS.stocks[place[0]], place[1], TOOLS, printed)
    if isinstance(found, Made):
        sound(paper, found)
        return
    codes = {each.code for each in found.findings}
    if paper is Paper.LARGE_PRINT:
        assert codes <= {"twins.too-wide-anywhere", "twins.too-many-anywhere"}
    else:
        assert paper is Paper.CALENDAR
        assert codes <= {"twins.calendar-long", "twins.too-many-anywhere"}
