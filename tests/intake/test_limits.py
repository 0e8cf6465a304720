"""What is too large, too deep, said twice or invisible is refused by name before it is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labelapp.intake import own
from labelapp.intake.limits import Numeral, examined, load, text_findings, visible
from labelapp.intake.recognise import read_file
from labelapp.rx.draft import Draft
from labelapp.rx.errors import LabelappError, UnreadableFile
from labelapp.rx.finding import Settler, Severity
from tests.intake.messages import titration

OWN = '{"format": "labelapp/1", %s}'


def refusal(data: bytes) -> str:
    with pytest.raises(UnreadableFile) as refused:
        read_file("hostile.json", data)
    assert refused.value.values["name"] == "hostile.json"
    return refused.value.code


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b" " * 3_000_000, "file.too-large"),
        (b"", "file.empty"),
        (b"\n\t ", "file.empty"),
        (b"\xff\xfe{\x00}\x00", "file.not-text"),
        (b'{"format": "labelapp/1", "sig": "\xe9"}', "file.not-text"),
        (b'{"format": "labelapp/1"', "file.not-json"),
        (b'{"format": "labelapp/1"} {}', "file.not-json"),
        (b'{"format": "labelapp/1", "sig": "a\x00b"}', "file.not-json"),
        (b'{"sig": "a", "sig": "b"}', "file.duplicate-key"),
        (b'{"a": {"value": 1, "value": 10}}', "file.duplicate-key"),
        (b'{"format": NaN}', "file.not-a-number"),
        (b'{"format": -Infinity}', "file.not-a-number"),
        (b"[" * 200_000, "file.too-deep"),
        (b"[" * 200_000 + b"]" * 200_000, "file.too-deep"),
        (b"[" * 70 + b"]" * 70, "file.too-deep"),
        (b'{"a":' * 200_000, "file.too-deep"),
        (b"[" + b"1," * 60_000 + b"1]", "file.too-many-parts"),
        (b'{"n": ' + b"9" * 5_000 + b"}", "file.number-too-long"),
        (b'{"n": 0.' + b"9" * 5_000 + b"}", "file.number-too-long"),
        (b"[]", "file.unknown-format"),
        (b"7", "file.unknown-format"),
        (b'"text"', "file.unknown-format"),
        (b"{}", "file.unknown-format"),
        (b'{"format": "labelapp/9"}', "file.other-version"),
        (b'{"format": null}', "file.other-version"),
        (b'{"resourceType": "Patient"}', "file.no-prescription"),
        (b'{"resourceType": "Bundle"}', "file.no-prescription"),
        (b'{"resourceType": "Bundle", "entry": {}}', "file.no-prescription"),
        (b'{"resourceType": 7}', "file.no-prescription"),
    ],
    ids=lambda value: value[:24].decode("latin-1") if isinstance(value, bytes) else value,
)
def test_a_hostile_or_foreign_file_is_refused_by_name(data, code):
    assert refusal(data) == code


def test_a_key_that_only_normalises_to_another_is_said_twice():
    data = '{"\u00e9": 1, "e\u0301": 2}'.encode()
    assert refusal(data) == "file.duplicate-key"


def test_a_text_longer_than_any_field_refuses_the_file():
    name = "x" * 10_000
    assert refusal((OWN % f'"patient": {{"family": "{name}"}}').encode()) == "file.text-too-long"


def test_a_list_longer_than_any_prescription_refuses_the_file():
    entries = json.dumps([{"name": "water"}] * 26)
    data = OWN % f'"compound": {{"ingredients": {entries}}}'
    assert refusal(data.encode()) == "file.too-many-entries"


def test_a_damaged_file_is_refused_without_repeating_what_it_says():
    data = b'{"patient": {"family": "Secretname"'
    with pytest.raises(UnreadableFile) as refused:
        read_file("x", data)
    assert refused.value.__cause__ is None
    assert refused.value.__suppress_context__
    assert "Secretname" not in repr(refused.value) + repr(dict(refused.value.values))


@pytest.mark.parametrize("text", ["4.50", "1e999999", "-0", "0.0000001", "1E+2"])
def test_a_number_is_kept_to_the_letter(text):
    assert load(text.encode()) == Numeral(text)


def test_a_huge_exponent_is_never_written_out():
    (draft,) = read_file("x", (OWN % '"quantity": {"value": 1e999999}').encode())
    assert draft.get("quantity.value") == "1e999999"


def test_the_mark_in_front_of_utf_8_is_accepted():
    assert read_file("x", b'\xef\xbb\xbf{"format": "labelapp/1"}')[0].source == "labelapp/1"


@pytest.mark.parametrize(
    ("char", "name"),
    [
        ("\x07", "U+0007"),
        ("\x00", "U+0000"),
        ("\x7f", "U+007F"),
        ("\u200b", "U+200B"),
        ("\u202e", "U+202E"),
        ("\u2066", "U+2066"),
        ("\u00ad", "U+00AD"),
        ("\u2028", "U+2028"),
        ("\ue000", "U+E000"),
        ("\U000e0041", "U+E0041"),
        ("\ufdd0", "U+FDD0"),
        ("\u0378", "U+0378"),
        ("\ud800", "U+FFFD"),
    ],
    ids=ascii,
)
def test_a_character_nobody_can_see_is_named_with_its_place(char, name):
    data = json.dumps({"format": "labelapp/1", "patient": {"given": f"Ma{char}ry"}}).encode()
    (draft,) = read_file("x", data)
    (finding,) = draft.findings
    assert (finding.code, finding.field) == ("text.character-refused", "patient.given")
    assert (finding.severity, finding.settler) == (Severity.STOP, Settler.NOBODY)
    assert finding.value("characters").startswith(name)
    text = draft.get("patient.given")
    assert len(text) == 5
    assert finding.spans[0].of(text) == text[2]
    text.encode()  # whatever came in, what is kept can be written


@pytest.mark.parametrize("text", ["two\nlines", "a\tb", "José Müller", "Ω 1½ µg μg", "中文", "a b"])
def test_what_people_write_is_no_finding(text):
    assert text_findings("note", text) == ()


def test_line_ends_of_other_systems_are_one():
    (draft,) = read_file("x", (OWN % r'"note": "a\r\nb\rc"').encode())
    assert (draft.get("note"), draft.findings) == ("a\nb\nc", ())


def test_a_word_of_two_alphabets_is_asked_about():
    (finding,) = text_findings("compound.name", "take N\u0430ltrexone now")
    assert (finding.severity, finding.code) == (Severity.ASK, "text.mixed-alphabets")
    assert finding.spans[0].of("take N\u0430ltrexone now") == "N\u0430ltrexone"


def test_letters_are_composed_and_fractions_left_alone():
    (draft,) = read_file("x", (OWN % '"note": "Jose\u0301 1½"').encode())
    assert draft.get("note") == "Jos\u00e9 1½"


def test_directions_keep_the_very_characters_they_were_written_in():
    sig = "e\u0301 \N{OHM SIGN} 1½"
    (draft,) = read_file("x", (OWN % f'"sig": "{sig}"').encode())
    assert draft.get("sig") == sig
    (saved,) = read_file("x", own.write(draft))
    assert saved.get("sig") == sig
    message = {**titration(), "dosageInstruction": [{"text": sig}]}
    (draft,) = read_file("x", json.dumps(message).encode())
    assert (draft.get("sig"), draft.instructions[0].text) == (sig, sig)


def test_what_is_typed_is_composed_but_for_the_directions():
    typed = "Jose\u0301"
    draft = examined(Draft({"patient.given": typed, "sig": typed}, "form"))
    assert dict(draft.written) == {"patient.given": "Jos\u00e9", "sig": typed}


def test_long_directions_stop_and_a_long_note_is_kept_whole():
    (draft,) = read_file("x", (OWN % f'"sig": "{"a " * 501}", "note": "{"n" * 211}"').encode())
    found = {finding.code: finding.severity for finding in draft.findings}
    assert found == {"text.sig-too-long": Severity.STOP, "text.note-long": Severity.NOTE}
    assert len(draft.get("note")) == 211


def test_findings_about_texts_follow_the_texts():
    spoilt = examined(Draft({"patient.given": "A\u200bn"}, "form"))
    mended = examined(Draft({"patient.given": "An"}, "form", findings=spoilt.findings))
    assert len(spoilt.findings) == 1
    assert examined(spoilt) == spoilt
    assert mended.findings == ()


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_whatever_break_the_reader(data):
    code = ""
    try:
        drafts = read_file("any", data)
    except LabelappError as refused:
        code, drafts = refused.code, ()
    assert drafts or code.startswith("file.")


@given(st.text())
def test_what_is_made_visible_is_printable(text):
    shown = visible(text)
    assert text_findings("note", shown.replace("\n", "")[:200]) == tuple(
        finding
        for finding in text_findings("note", shown.replace("\n", "")[:200])
        if finding.code == "text.mixed-alphabets"
    )


def test_a_million_quotes_and_backslashes_are_no_work():
    """A reader that starts anew at every quote would need hours for this."""
    assert refusal(b'{"a": "' + b'\\"' * 900_000) == "file.not-json"
