"""Directions in the patient's language: on paper only under their English, and only once approved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.languages import Languages
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.resources import folder, typed
from labelapp.rx.draft import Draft
from labelapp.sig.language.approvals import Approval, Approvals
from labelapp.sig.language.tongues import Tongue
from tests.given import TODAY, draft

TONGUES = typed.tongues()
PRINTED = ("es", "ru", "vi")
NO_FONT = ("ko", "zh-Hans", "zh-Hant")
EXAMPLES = sorted((folder() / "examples").glob("*.json"))
SIMPLE = {"sig": "1 cap po qhs", "quantity__value": "30"}
LONG = " then ".join(f"{each} caps po qhs x7d" for each in range(1, 5)) + " then 5 caps po qhs"
OWN_WORDS = "1 cap po qhs prn sleep"
"""Directions with words of the prescriber, for which no table has a sentence."""


def approval(tongue: Tongue) -> Approval:
    return Approval(
        tongue.language,
        tongue.sha256,
        "Ana Prueba",
        "Luis Ejemplo",
        "pharmacist and native speaker",
        "Pat Sample, PharmD",
        TODAY,
    )


def desk(approvals: Approvals, tables: Mapping[str, Tongue] = TONGUES) -> Desk:
    tools = replace(equipment(), languages=Languages(lambda: tables, lambda: approvals))
    return Desk(tools, lambda: TODAY)


DRAFTS = desk(Approvals())
OPEN = desk(Approvals(tuple(map(approval, TONGUES.values()))))


def look(
    language: str,
    changes: Mapping[str, str] | None = None,
    stock: str = "thermal-4x3",
    at: Desk = OPEN,
) -> Shown:
    return at.look(draft(**(changes or {})), Wanted(stock, language=language))


def codes(shown: Shown) -> list[str]:
    return [each.finding.code for each in shown.findings]


def lines(shown: Shown) -> list[list[tuple[str, str]]]:
    """Give what each page says of how to take it, in their order: the key and the words."""
    assert shown.label is not None
    pages = []
    for page in shown.label.pages:
        boxes = [each for each in page.boxes if each.key in {"directions", "translation"}]
        said: list[tuple[str, str]] = []
        for box in boxes:
            words = box.text.replace("\N{NO-BREAK SPACE}", " ").replace(":", "")
            if said and said[-1][0] == box.key:
                words = f"{said.pop()[1]} {words}"
            said.append((box.key, words))
        pages.append(said)
    return pages


def words(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace(":", "")


@pytest.mark.parametrize("stock", ["thermal-4x2", "thermal-4x3"])
@pytest.mark.parametrize("changes", [{}, SIMPLE, {"sig": LONG}], ids=["steps", "simple", "long"])
@pytest.mark.parametrize("language", PRINTED)
def test_each_english_line_is_followed_by_its_translation(
    language: str, changes: dict[str, str], stock: str
) -> None:
    shown = look(language, changes, stock)
    if shown.label is None:
        assert set(codes(shown)) & {"phrases.too-long", "phrases.too-long-anywhere"}
        return
    wanted = []
    for line in shown.sig.lines:
        assert line.translation is not None
        assert not line.translation.draft
        wanted += [("directions", words(line.text)), ("translation", words(line.translation.text))]
    pages = lines(shown)
    assert [each for page in pages for each in page] == wanted
    assert all(
        page[0][0] == "directions" and page[-1][0] == "translation" for page in pages if page
    )


@pytest.mark.parametrize("language", PRINTED)
def test_the_translation_is_as_large_as_the_law_wants_the_english(language: str) -> None:
    shown = look(language, SIMPLE)
    assert shown.label is not None
    assert shown.jurisdiction == "CA"
    boxes = [each for page in shown.label.pages for each in page.boxes]
    sizes = {each.key: each.size_pt for each in boxes}
    assert sizes["translation"] == sizes["directions"] >= 12
    english = [words(each.text) for each in boxes if each.key == "directions"]
    assert english == ["Take 1 capsule at bedtime"]  # the standard phrase, to the letter


def test_why_names_the_row_and_who_approved_it() -> None:
    shown = look("es", SIMPLE)
    assert shown.label is not None
    (why,) = {
        each.why for page in shown.label.pages for each in page.boxes if each.key == "translation"
    }
    for said in ("Español (es)", "“Take {dose} at bedtime”", "Pat Sample, PharmD", "Luis Ejemplo"):
        assert said in why


@cache
def example(path: Path) -> Draft:
    return OPEN.open(str(path))[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda each: each.stem)
@pytest.mark.parametrize("language", sorted(TONGUES))
def test_a_draft_never_reaches_a_page(language: str, path: Path) -> None:
    shown = DRAFTS.look(example(path), Wanted("thermal-4x3", language=language))
    plain = DRAFTS.look(example(path), Wanted("thermal-4x3"))
    assert shown.label == plain.label
    assert shown.may_print is plain.may_print
    assert all(each.translation.draft for each in shown.sig.lines if each.translation)
    if any(each.translation for each in shown.sig.lines):
        assert "phrases.draft" in codes(shown)


@pytest.mark.parametrize("language", PRINTED)
def test_a_draft_says_how_it_is_approved(language: str) -> None:
    shown = look(language, at=DRAFTS)
    assert shown.may_print
    (told,) = [each for each in shown.findings if each.finding.code == "phrases.draft"]
    assert told.finding.severity == "NOTE"
    assert TONGUES[language].sha256 in told.way_out
    assert "--approvals" in told.way_out


@pytest.mark.parametrize("language", PRINTED)
def test_a_table_that_changed_by_a_letter_is_closed_again(language: str) -> None:
    changed = replace(TONGUES[language], sha256="0" * 64)
    closed = desk(Approvals((approval(TONGUES[language]),)), {language: changed})
    shown = look(language, at=closed)
    assert "phrases.draft" in codes(shown)
    assert {key for page in lines(shown) for key, _ in page} == {"directions"}


@pytest.mark.parametrize("language", NO_FONT)
def test_a_language_the_font_has_no_letters_for_is_refused_by_its_font(language: str) -> None:
    shown = look(language, SIMPLE)
    assert shown.label is None
    (refused,) = shown.open_findings
    assert (refused.finding.code, refused.finding.settler) == ("phrases.no-glyph", "nobody")
    assert "Noto Sans" in refused.sentence
    assert TONGUES[language].name in refused.sentence
    assert look(language, SIMPLE, at=DRAFTS).may_print  # a draft prints nothing, so nothing lacks


def test_a_line_without_a_sentence_stays_english_and_is_named() -> None:
    shown = look("es", {"sig": OWN_WORDS, "quantity__value": "30"})
    (told,) = [each for each in shown.findings if each.finding.code == "phrases.stays-english"]
    assert told.finding.severity == "NOTE"
    assert shown.sig.lines[0].text in told.sentence
    assert shown.label is not None
    assert {key for page in lines(shown) for key, _ in page} == {"directions"}


def test_a_titration_is_translated_whole_or_not_at_all() -> None:
    """Whoever reads the one language alone must not see the first step and none after it."""
    first = "1 cap po qhs x7d"
    whole = look("es", {"sig": f"{first} then 2 caps po qhs", "quantity__value": "53"})
    assert {key for page in lines(whole) for key, _ in page} > {"directions"}
    part = look("es", {"sig": f"{first} then 2 caps po 1 hour before breakfast"})
    assert [each.translation is None for each in part.sig.lines] == [False, True]
    assert part.label is not None
    assert {key for page in lines(part) for key, _ in page} == {"directions"}


def test_what_fits_in_english_alone_is_said_to() -> None:
    assert look("en", {"sig": LONG}, "thermal-4x2").label is not None
    refused = look("ru", {"sig": LONG}, "thermal-4x2")
    assert refused.label is None
    (told,) = [each for each in refused.findings if each.finding.code.startswith("phrases.")]
    assert told.finding.code == "phrases.too-long"
    assert "Русский" in told.sentence
    larger = told.finding.value("fits").rpartition("(")[2].rstrip(")")
    assert look("ru", {"sig": LONG}, larger).label is not None


def test_english_reads_neither_tables_nor_approvals() -> None:
    def never() -> Mapping[str, Tongue]:
        raise AssertionError

    def nor() -> Approvals:
        raise AssertionError

    tools = replace(equipment(), languages=Languages(never, nor))
    assert Desk(tools, lambda: TODAY).look(draft(), Wanted()).may_print
