"""The whole way for whatever may be ordered: a sound label, or a refusal that names a field.

Names as people have them, directions of one step to twelve, every stock, every state, every
language somebody approved. Nothing raises, nothing is lost: at night two thousand times.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.equipment import Equipment
from labelapp.dispensing.languages import Languages
from labelapp.dispensing.make import Made, Print, Refused, make
from labelapp.layout.finished import hold_to_law
from labelapp.resources import typed
from labelapp.rules.assess import assess
from labelapp.rx.draft import Draft
from labelapp.rx.fill import Fill
from labelapp.rx.finding import Finding
from labelapp.sig.language.approvals import Approvals
from tests.dispensing.test_translations import PRINTED, approval
from tests.given import TODAY, draft
from tests.layout.soundness import check

NIGHTLY = 2_000
BY_DAY = 40
AT_NIGHT = settings.get_current_profile_name() == "nightly"
LONGEST_NAME = 200
OF_NO_FIELD = frozenset({"layout.too-small", "layout.too-small-anywhere"})
"""Refusals that name no field: the stock is too small, whatever anybody writes."""
LATIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
ACCENTED = "àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿßăąćčďđęěğıłńňőœřśşšťůűźżžÅÉÑÖØÜČŁŠŽ"
CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяАБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЭЮЯіїєґ"
VIETNAMESE = "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
NO_FONT = "山田太郎王김민준"
WORDS = (LATIN, LATIN, LATIN + ACCENTED, CYRILLIC, LATIN + VIETNAMESE)
PURPOSES = (
    "", "", "pain", "pain", "fibromyalgia pain", "low mood", "Crohn's disease, as discussed at your visit in spring",
    "low mood; take 4.5 mg only when told", "multiple sclerosis " * 6, "Chron's disease",
)  # fmt: skip
WHEN = (
    "qhs", "qam", "bid", "tid", "q12h", "at bedtime", "in the morning", "every evening", "qod",
    "with breakfast", "at 9 pm", "every Monday and Thursday", "daily prn pain", "qid",
)  # fmt: skip
OWN_WORDS = (
    "", "", "", " with food", " max 4.5 mg a day", " do not crush", " for sleep",
    " until seen again by the office, no later than the second visit of the season",
)  # fmt: skip
FORMS = {
    "capsule": ("cap", "caps", "per unit", "mg"),
    "tablet": ("tab", "tabs", "per unit", "mg"),
    "oral solution": ("mL", "mL", "per mL", "mg"),
    "cream": ("g", "g", "per g", "mg"),
    "troche": ("troche", "troches", "per unit", "mg"),
}
UNIT_OF = {"oral solution": "mL", "cream": "g"}
MADE: Counter[str] = Counter()


@cache
def tools() -> Equipment:
    """The equipment of the desk with every table of another language approved."""
    tongues = typed.tongues()
    approved = Approvals(tuple(map(approval, tongues.values())))
    return replace(equipment(), languages=Languages(lambda: tongues, lambda: approved))


def names() -> st.SearchStrategy[str]:
    """Names of one word to many, from a letter to two hundred, in one script."""
    word = st.sampled_from(WORDS).flatmap(lambda signs: st.text(signs, min_size=1, max_size=24))
    strange = st.text(LATIN + NO_FONT, min_size=1, max_size=6)
    several = st.lists(word, min_size=1, max_size=12).map(" ".join)
    parts = st.one_of(*[several] * 4, *[word] * 8, strange)
    return parts.map(lambda text: text[:LONGEST_NAME].strip() or "Doe")


@st.composite
def directions(draw: st.DrawFn, form: str) -> str:
    """Directions as a prescriber types them: one to twelve steps, the last without an end."""
    one, many, _basis, _unit = FORMS[form]
    count = draw(st.one_of(st.just(1), st.integers(2, 5), st.integers(1, 12)))
    route = {"cream": "to skin", "troche": "sl"}.get(form, "po")
    verb = {"cream": "apply", "troche": "dissolve"}.get(form, "take")
    when = draw(st.sampled_from(WHEN))
    steps = []
    for number in range(1, count + 1):
        dose = draw(st.sampled_from(("1", "2", "3", "0.5"))) if count == 1 else str(number)
        unit = one if dose == "1" else many
        length = f" x{draw(st.integers(3, 90))}d" if number < count else ""
        steps.append(f"{verb} {dose} {unit} {route} {when}{length}")
    return " then ".join(steps) + draw(st.sampled_from(OWN_WORDS))


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    """An order as it may come in, complete or nearly so."""
    form = draw(st.sampled_from(sorted(FORMS)))
    _one, _many, basis, unit = FORMS[form]
    strength = draw(st.sampled_from(("0.5", "1", "1.5", "3", "4.5", "20")))
    fields = {
        "patient.family": draw(names()),
        "patient.given": draw(names()),
        "prescriber.family": draw(names()),
        "patient.address.line": draw(st.sampled_from(("44 Juniper Way, Apt 3", "", "1 " * 40))),
        "patient.address.city": "Albany",
        "patient.address.state": "NY",
        "patient.address.postal_code": "12207",
        "pharmacy.address.line": draw(
            st.sampled_from(("100 Example Ave", "\n".join(f"Building {at}" for at in range(6))))
        ),
        "compound.form": form,
        "compound.ingredients.0.strength.value": strength,
        "compound.ingredients.0.strength.unit": unit,
        "compound.ingredients.0.strength.basis": basis,
        "sig": draw(directions(form)),
        "purpose": draw(st.sampled_from(PURPOSES)),
        "quantity.value": draw(st.sampled_from(("30", "69", "90", "1000"))),
        "quantity.unit": UNIT_OF.get(form, form),
        "days_supply": draw(st.sampled_from(("30", "90"))),
        "fill.first_filled": draw(st.sampled_from(("2026-11-22", "2026-11-22", ""))),
        "fill.number": draw(st.sampled_from(("0", "1", "11"))),
        "lots.0.number": draw(st.sampled_from(("26-118", "A" * 40, "26-118-" * 4))),
        "lots.0.form": form,
        "lots.0.strength.value": strength,
        "lots.0.strength.unit": unit,
        "lots.0.strength.basis": basis,
        "lots.0.description": draw(st.sampled_from(("white capsule, size 3", "", "white " * 20))),
        "lots.0.storage": draw(st.sampled_from(("room temperature", "refrigerator"))),
    }
    return draft({**draft().written, **fields})


@st.composite
def wanted(draw: st.DrawFn) -> tuple[str, int, str, Print]:
    """A stock under a head, a state, and what is printed."""
    shelf = sorted(tools().stocks)
    of_use = [name for name in shelf if tools().stocks[name].use in {"vial", "large"}]
    stock = tools().stocks[draw(st.sampled_from((*shelf, *of_use, *of_use)))]
    tongues = ("en",) * 4 + PRINTED * 2 + tools().languages.tags()
    language = draw(st.sampled_from(tongues))
    printed = Print(draw(st.integers(1, 3)), draw(st.booleans()), language)
    state = draw(st.sampled_from(sorted(tools().tables.laws)))
    return stock.id, draw(st.sampled_from(stock.dpi)), state, printed


def faults_of(refused: tuple[Finding, ...]) -> Iterator[str]:
    """Name what is wrong with a refusal: it says nothing, or names neither a field nor the stock."""
    if not refused:
        yield "a refusal that says nothing"
    for each in refused:
        if not each.field and each.code not in OF_NO_FIELD:
            yield f"{each.code} names no field"


def counted(kind: str, stock: str) -> None:
    MADE[kind] += 1
    MADE[f"{tools().stocks[stock].design}: {kind}"] += 1


def one_label(fill: Fill, stock: str, dpi: int, state: str, printed: Print) -> None:
    """Make one label the whole way and hold it against everything that must be true of it."""
    assessment = assess(fill, tools().tables, TODAY, state)
    made = make(fill, assessment, tools().stocks[stock], dpi, tools(), printed)
    if isinstance(made, Refused):
        counted("refused", stock)
        assert not list(faults_of(made.findings))
        return
    assert isinstance(made, Made)
    counted("made" if len(made.pages.pages) == 1 else "made as a set", stock)
    check(made.pages, made.label)
    hold_to_law(made.label, made.pages, assessment.law)
    assert len(made.proof.marks) == sum(len(page.bars) for page in made.pages.pages)


@settings(
    max_examples=NIGHTLY if AT_NIGHT else min(BY_DAY, settings().max_examples),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(drafts(), wanted())
def test_whatever_is_ordered_is_a_sound_label_or_a_refusal_that_names_a_field(order, what):
    stock, dpi, state, printed = what
    entered = enter(order, tools().lexicon, TODAY)
    if entered.fill is None or not entered.fill.prescription.sig.steps:
        MADE["not understood"] += 1
        assert entered.findings
        return
    one_label(entered.fill, stock, dpi, state, printed)


@pytest.fixture(scope="module", autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """Say at the end how many were made, refused and not understood."""
    MADE.clear()
    yield
    print("\n" + ", ".join(f"{kind} {count}" for kind, count in sorted(MADE.items())))
