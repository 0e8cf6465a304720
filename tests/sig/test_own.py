"""A pharmacy's own codes: which may be added, how they are read, and what they never change."""

from __future__ import annotations

import ast
import json
import random
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.resources import folder
from labelapp.resources.english import english_words
from labelapp.rx.compound import Form
from labelapp.rx.finding import Severity, Span
from labelapp.sig.codes.own import OwnCode
from labelapp.sig.codes.spelling import Shipped, Spellings, is_one_slip, misspelled, plain
from labelapp.sig.codes.words import Lexicon, Word
from labelapp.sig.read import Reading, read
from labelapp.sig.teaching.teach import checked, in_use, resembling, written
from tests.sig.given import codes, in_short, per_ml, per_unit

HERE = Path(__file__).parent
TAUGHT = (
    OwnCode("zorp", "at bedtime with food"),
    OwnCode("vnoc", "1 capsule by mouth"),
    OwnCode("bligu", "take 1 capsule by mouth at bedtime"),
    OwnCode("kelpi", "as needed for pain"),
    OwnCode("oktu", "2 times a day"),
    OwnCode("frtn", "for 14 days"),
    OwnCode("stepu", "take 1 capsule at bedtime for 7 days then take 2 capsules at bedtime"),
    OwnCode("dlimu", "no more than 3 capsules in one day"),
    OwnCode("shwel", "shake well"),
    OwnCode("vulp", "dissolve under the tongue"),
)
CODED = ["{" + row.code + "}" for row in TAUGHT]


@pytest.fixture(scope="module")
def english():
    return english_words()


@pytest.fixture(scope="module")
def taught(lexicon):
    return in_use(TAUGHT, lexicon)


def check(code: str, means: str, lexicon: Lexicon, english: frozenset[str]) -> set[str]:
    return {each.code for each in checked(written(OwnCode(code, means)), lexicon, english)}


def bare(reading: Reading) -> object:
    """What a reading says, wherever it was written."""
    sig = reading.sig
    steps = tuple(replace(step, spans=()) for step in sig.steps)
    grown = tuple(replace(each, spans=()) for each in sig.increases)
    found = sorted({(each.code, each.values, each.choices) for each in reading.findings})
    kept = tuple(replace(each, span=Span(0, 0)) for each in sig.kept)
    said = replace(sig, text="", steps=steps, increases=grown, kept=kept)
    return reading.status, replace(said, most_spans=(), stop_spans=()), found


# ------------------------------------------------------------ what is accepted


@pytest.mark.parametrize("row", TAUGHT, ids=lambda row: row.code)
def test_plain_directions_are_accepted(row, lexicon, english):
    assert checked(row, lexicon, english) == ()


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("q.h.s.", "own.shipped"), ("QHS", "own.shipped"), ("od", "own.shipped"),
        ("iv", "own.shipped"), ("utdict", "own.shipped"), ("adlib", "own.shipped"),
        ("q4h", "own.shipped"), ("dict", "own.piece"), ("table", "own.english"),
        ("water", "own.english"), ("food", "own.english"), ("1c", "own.not-letters"), ("b2", "own.not-letters"),
        ("wf b", "own.not-letters"), ("w-f", "own.not-letters"), ("ñam", "own.not-letters"),
        ("", "own.not-letters"), ("b", "own.length"), ("abcdefghijklm", "own.length"),
        ("bidx", "own.duration"), ("cqhs", "own.run-together"), ("tpo", "own.run-together"),
        ("poqhs", "own.run-together"),
    ],
)  # fmt: skip
def test_a_code_that_reads_as_something_else_is_refused(code, found, lexicon, english):
    assert found in check(code, "with food", lexicon, english)


def test_codes_run_together_that_mean_the_same_are_no_collision(lexicon, english):
    assert "own.run-together" not in check("wfbt", "with food at bedtime", lexicon, english)
    assert "own.run-together" in check("wfbt", "in the morning", lexicon, english)


@pytest.mark.parametrize(
    ("means", "found"),
    [
        ("", "own.means-length"), ("at bedtime " * 30, "own.means-length"),
        ("qhs", "own.means-code"), ("1 capsule po at bedtime", "own.means-code"),
        ("1 capsule qd", "own.means-ismp"), ("0.50 mL", "own.means-ismp"),
        (".5 mL", "own.means-ismp"), ("take 1.5mg", "own.means-ismp"),
        ("1 capsule & 1 tablet", "own.means-ismp"), ("take 2", "own.means-number"),
        ("at bedtime blarg", "own.means-own"), ("at bedtime zorp", "own.means-own"),
        ("by injection", "own.means-refused"), ("in the right ear", "own.means-refused"),
        ("please", "own.means-nothing"), ("as directed", "own.means-nothing"),
        ("for something", "own.means-unread"), ("1 teaspoon", "own.means-unread"),
        ("at bedtime\u202e", "own.means-unread"), ("2 or 4 times", "own.means-unread"),
    ],
)  # fmt: skip
def test_a_meaning_that_is_not_plain_and_certain_is_refused(means, found, taught, english):
    assert found in check("blarg", means, taught, english)


def test_what_the_reader_would_ask_is_told_with_the_refusal(lexicon, english):
    assert check("blarg", "for something", lexicon, english) == {"own.means-unread", "sig.purpose"}


def test_an_own_code_is_not_added_twice_and_not_beside_its_duration(taught, english):
    assert "own.again" in check("zorp", "at noon", taught, english)
    assert "own.duration" in check("zorpx", "at noon", taught, english)
    assert "own.run-together" in check("zorpqhs", "at noon", taught, english)


def test_a_look_alike_is_asked_about_and_known_ones_are_not(lexicon, english):
    (found,) = checked(OwnCode("qhd", "with food"), lexicon, english)
    assert (found.code, found.severity) == ("own.alike", Severity.ASK)
    assert "qhs (at bedtime)" in found.value("alike")
    near = resembling(OwnCode("qhd", "with food"), Spellings(Shipped(lexicon), lexicon.own))
    assert checked(OwnCode("qhd", "with food", alike=near), lexicon, english) == ()


def test_a_look_alike_of_the_same_meaning_is_not_asked_about(lexicon, english):
    alike = {
        each.value("alike") for each in checked(OwnCode("qhd", "at bedtime"), lexicon, english)
    }
    assert not any("qhs" in each for each in alike)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("qhs", "qhd", True), ("qhs", "qsh", True), ("qhs", "qh", True), ("qhs", "qhss", True),
        ("qhs", "qhs", False), ("qhs", "shq", False), ("qhs", "q", False), ("bid", "tids", False),
    ],
)  # fmt: skip
def test_one_slip_of_the_hand(one, other, slip):
    assert is_one_slip(one, other) is slip
    assert is_one_slip(other, one) is slip


def test_every_shipped_code_is_refused(lexicon):
    known = Spellings(Shipped(lexicon), lexicon.own)
    free = [
        word.code
        for word in lexicon.words
        for code in (word.code, word.code.upper(), ".".join(word.code) + ".")
        if not misspelled(plain(code), known)
    ]
    assert free == []
    assert len(lexicon.words) > 500


def test_no_english_word_is_accepted(lexicon, english):
    chosen = random.Random(20261122).sample(sorted(english), 500)
    free = [
        word
        for word in chosen
        if all(
            each.severity is not Severity.STOP
            for each in checked(OwnCode(word, "at bedtime"), lexicon, english)
        )
    ]
    assert free == []


@given(
    code=st.text(st.sampled_from("abcdefghioqstx19. -'é"), max_size=14) | st.text(max_size=6),
    means=st.sampled_from(["at bedtime", "take 1 capsule", ""]) | st.text(max_size=40),
)
def test_any_code_is_accepted_or_refused(lexicon, english, code, means):
    row = written(OwnCode(code, means))
    found = checked(row, lexicon, english)
    if not found:
        again = in_use((row,), lexicon)
        assert again.own.rows == (row,)
        by_code = read(f"take 1 capsule {row.code}", again, Form.CAPSULE)
        assert bare(by_code) == bare(read(f"take 1 capsule {row.means}", lexicon, Form.CAPSULE))


@given(code=st.text(st.sampled_from("bcdfghjklmnpqrstvwxz"), min_size=4, max_size=7))
def test_a_code_of_letters_is_accepted_or_named_why(lexicon, english, code):
    found = checked(OwnCode(code, "at bedtime"), lexicon, english)
    assert all(each.code.startswith("own.") and each.value("text") == code for each in found)
    if not found:
        reading = read(
            f"1 cap po {code}", in_use((OwnCode(code, "at bedtime"),), lexicon), Form.CAPSULE
        )
        assert in_short(reading) == ["1-: 1 capsule bedtime"]


# ------------------------------------------------------------ how it is read


@pytest.mark.parametrize(
    "text",
    [
        "1 cap po {zorp}", "{bligu}", "{BLIGU}.", "{b.l.i.g.u.} {zorp}", "take 1 capsule {zorp} {kelpi}",
        "{bligu} {frtn} then take 2 capsules {zorp}", "{vnoc} {oktu} {kelpi}, {dlimu}",
        "take {vnoc} {zorp} x7d then 2 caps {zorp}", "take 1 capsule {zorp}x7d then 2c qhs",
        "{stepu}", "{stepu} {kelpi}", "take 1 capsule {zorp}. {shwel}.", "1 tab {vulp} qhs",
        "{zorp}", "{vnoc} qod", "{vnoc} blarg {oktu}", "2 mg {zorp}", "{zorp}{{", "({vnoc}) qhs",
    ],
)  # fmt: skip
@pytest.mark.parametrize("form", [Form.CAPSULE, Form.ORAL_SOLUTION])
def test_a_code_reads_exactly_as_its_words(text, form, lexicon, taught):
    strength = per_unit("1") if form.is_counted else per_ml("1")
    means = {row.code: row.means for row in TAUGHT}
    coded, typed = _filled(text, {}), _filled(text, means)
    by_code, by_words = read(coded, taught, form, strength), read(typed, lexicon, form, strength)
    assert bare(by_code) == bare(by_words)
    assert by_code.sig.text == coded


def _filled(text: str, means: dict[str, str]) -> str:
    """Write a code where its braces stand, or its words where they are given."""
    for part in text.split("{")[1:]:
        code, closed, _ = part.partition("}")
        if closed:
            said = means.get(plain(code), code)
            glued = "x" if means and f"{{{code}}}x" in text else ""
            text = text.replace(f"{{{code}}}{glued}", f"{said} {glued}" if glued else said)
    return text


@given(parts=st.lists(st.sampled_from([*CODED, "take", "1 capsule",
    "2 caps", "qhs", "po", "then", "for 7 days", "bid", ".", ",", "blarg", "prn", "daily"]), max_size=8))  # fmt: skip
def test_a_code_reads_as_its_words_anywhere(lexicon, taught, parts):
    text = " ".join(parts)
    means = {row.code: row.means for row in TAUGHT}
    by_code = read(_filled(text, {}), taught, Form.CAPSULE, per_unit("1"))
    by_words = read(_filled(text, means), lexicon, Form.CAPSULE, per_unit("1"))
    if "own.runs-together" in codes(by_code):
        assert by_code.status != "ok"
    else:
        assert bare(by_code) == bare(by_words)


def test_every_span_points_at_the_text_as_written(taught):
    text = "Take 1 capsule ZORP x7d then 2 caps zorp blarg"
    reading = read(text, taught, Form.CAPSULE)
    spans = [span for each in reading.findings for span in each.spans]
    spans += [span for step in reading.sig.steps for span in step.spans] + list(reading.used)
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    inside = [span for span in spans if span.start < 19 and span.end > 15]
    assert inside
    assert all(span.start <= 15 and span.end >= 19 for span in inside)  # the code is never cut
    covered = {place for span in spans for place in range(span.start, span.end)}
    assert {at for at, char in enumerate(text) if not char.isspace()} <= covered


@pytest.mark.parametrize(
    "text",
    ["2 vnoc qhs", "1-vnoc qhs", "2 (vnoc) qhs", "1/vnoc qhs", "2 1/2 vnoc qhs", "2 x vnoc qhs"],
)
def test_a_number_before_a_code_is_never_joined_to_its_own(text, taught):
    reading = read(text, taught, Form.CAPSULE)
    assert reading.status != "ok"
    assert "own.runs-together" in codes(reading)


def test_a_word_that_holds_a_code_is_not_the_code(taught, lexicon):
    for text in ("1 cap zorps qhs", "1 cap xzorp qhs", "1 cap zorp'x qhs", "1 cap zorpx qhs"):
        assert bare(read(text, taught, Form.CAPSULE)) == bare(read(text, lexicon, Form.CAPSULE))


def written_sigs() -> list[str]:
    """Every text in the tests of this room, and the directions of the examples."""
    texts = {
        node.value
        for path in sorted(HERE.glob("*.py"))
        if path != Path(__file__)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    examples = (folder() / "examples").glob("*.json")
    found = {str(json.loads(path.read_text("utf-8")).get("sig", "")) for path in examples}
    return sorted(each for each in texts | found if 3 < len(each) < 400)


def test_own_codes_change_nothing_they_do_not_stand_in(lexicon, taught):
    sigs = written_sigs()
    assert len(sigs) > 200
    for text in sigs:
        assert read(text, taught, Form.CAPSULE) == read(text, lexicon, Form.CAPSULE)


# ------------------------------------------------------------ a newer shipped table


def test_a_newer_shipped_word_and_an_own_code_never_win_silently(lexicon):
    newer = replace(
        lexicon, words=(*lexicon.words, Word("zorp", "time", "at noon", reads="when noon"))
    )
    taught = in_use(TAUGHT, newer)
    (out,) = taught.own.left_out
    assert (out.row.code, {each.code for each in out.findings}) == ("zorp", {"own.shipped"})
    reading = read("1 cap po zorp", taught, Form.CAPSULE)
    assert reading.status == "ask"
    (found,) = [each for each in reading.findings if each.code == "own.left-out"]
    assert (found.value("text"), found.value("means")) == ("zorp", "at bedtime with food")
    assert read("bligu", taught, Form.CAPSULE).status == "ok"


def test_a_newer_shipped_word_with_an_x_is_that_word(lexicon):
    word = Word("zorpx", "form", "capsule(s)", reads="unit capsule")
    newer = replace(lexicon, words=(*lexicon.words, word))
    taught = in_use(TAUGHT, newer)
    assert [each.findings[0].code for each in taught.own.left_out] == ["own.duration"]
    assert read("zorpx2 qhs", taught, Form.CAPSULE) == read("zorpx2 qhs", newer, Form.CAPSULE)


def test_a_row_changed_by_hand_is_left_out(lexicon):
    damaged = OwnCode("zorp", "at noon", "R. Rossi", date(2026, 11, 22))
    taught = in_use(TAUGHT[1:], lexicon, (damaged,))
    assert [each.row for each in taught.own.left_out] == [damaged]
    assert "own.left-out" in codes(read("1 cap zorp", taught, Form.CAPSULE))
    odd = in_use((OwnCode("Zo rp", "at noon"), OwnCode("zorq", " at  noon. ")), lexicon)
    assert [each.findings[0].code for each in odd.own.left_out] == ["own.changed", "own.changed"]


def test_the_first_of_two_rows_that_collide_is_read(lexicon):
    taught = in_use((*TAUGHT, OwnCode("zorp", "at noon"), OwnCode("zorpx", "at noon")), lexicon)
    assert taught.own.rows == TAUGHT
    found = [each.findings[0].code for each in taught.own.left_out]
    assert found == ["own.again", "own.duration"]


def test_without_own_codes_the_shipped_table_is_used_as_it_is(lexicon):
    assert in_use((), lexicon) is lexicon
