"""Plain words: a value is data in a sentence, never a part of its grammar."""

from __future__ import annotations

from labelapp.bootstrap.words import plain
from labelapp.dispensing.plain import SHOWN_AT_MOST, Plain, Sentence
from labelapp.rx.errors import LabelappError
from labelapp.rx.finding import ask

PLAIN = Plain("en", {"x": Sentence("{field}: “{text}” is wrong.", "Type {text} again.")})


def test_a_value_that_looks_like_a_template_is_shown_as_it_is() -> None:
    said, way = PLAIN.finding(ask("x", "sig", text="{field}{0.__class__}"))
    assert said == "sig: “{field}{0.__class__}” is wrong."
    assert way == "Type {field}{0.__class__} again."


def test_a_long_value_is_bounded_and_says_so() -> None:
    said, _ = PLAIN.finding(ask("x", "sig", text="a" * 10_000))
    assert len(said) < SHOWN_AT_MOST + 100
    assert "and 9700 more characters" in said


def test_an_unseen_character_is_shown_by_its_number() -> None:
    said, _ = PLAIN.finding(ask("x", "sig", text="a\u202eb\0"))
    assert "a[U+202E]b[U+0000]" in said


def test_a_field_is_named_as_the_form_names_it() -> None:
    assert plain().field("lots.0.number") == "Lot number"
    assert plain("es").field("safety.opioid")


def test_an_error_without_a_sentence_still_tells_its_code() -> None:
    said, _ = PLAIN.error(LabelappError("no.such", printer="Zebra"))
    assert "no.such" in said
    assert "Zebra" in said
