"""The vials of a fill on one line: what is typed becomes fields, and the fields the line again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labelapp.bootstrap.built import equipment
from labelapp.dispensing.enter import enter
from labelapp.dispensing.vial_line import read_line, write_line
from labelapp.rx.draft import Draft
from tests.given import TITRATION, TODAY, draft

CAPSULES = Draft({"compound.form": "capsule"}, "form")
LIQUID = Draft({"compound.form": "oral solution"}, "form")


def of(**fields: str) -> dict[str, str]:
    return {
        f"fill.vials.{path[1:].replace('__', '.')}": text for path, text in fields.items() if text
    }


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("", {}),
        ("90, 90", of(v0__quantity="90", v1__quantity="90")),
        (" 90 ;90 , ", of(v0__quantity="90", v1__quantity="90")),
        (
            "14 x 1.5 mg, 30x4.5mg",
            of(
                v0__quantity="14",
                v0__strength__value="1.5",
                v0__strength__unit="mg",
                v0__strength__basis="per unit",
                v1__quantity="30",
                v1__strength__value="4.5",
                v1__strength__unit="mg",
                v1__strength__basis="per unit",
            ),
        ),
        (
            "90 of 26-118 + 26-119",
            of(v0__quantity="90", v0__lots__0="26-118", v0__lots__1="26-119"),
        ),
        (
            "30 x 5 mg/5 mL of 26-1",
            of(
                v0__quantity="30",
                v0__strength__value="5",
                v0__strength__unit="mg",
                v0__strength__basis="per mL",
                v0__strength__per="5",
                v0__lots__0="26-1",
            ),
        ),
        (
            "30 x 1%",
            of(v0__quantity="30", v0__strength__value="1", v0__strength__basis="percent"),
        ),
    ],
)
def test_a_line_becomes_the_fields_of_each_vial(line: str, fields: dict[str, str]) -> None:
    assert read_line(line, CAPSULES) == fields


@pytest.mark.parametrize(
    "item",
    [
        "14 mg",
        "ninety",
        "14 x",
        "14 x 1.5",
        "14 x 1.5 mq",
        "14 x 1%/mL",
        "90 caps",
        "14 x 1.5 mg/d",
    ],
)
def test_what_is_not_understood_stands_whole_and_is_refused_by_name(item: str) -> None:
    fields = read_line(f"7, {item}", CAPSULES)
    assert fields == {"fill.vials.0.quantity": "7", "fill.vials.1.quantity": item}
    entered = enter(draft({**TITRATION, **fields}), equipment().lexicon, TODAY)
    (refused,) = [each for each in entered.findings if each.code == "vial.not-read"]
    assert (refused.field, refused.value("text")) == ("fill.vials.1.quantity", item)


def test_what_a_liquid_is_in_is_asked_for_and_never_inferred() -> None:
    fields = read_line("30 x 1 mg", LIQUID)
    assert "fill.vials.0.strength.basis" not in fields
    entered = enter(draft({**TITRATION, **fields}), equipment().lexicon, TODAY)
    asked = [each for each in entered.findings if each.code == "field.strength-basis"]
    assert [each.field for each in asked] == ["fill.vials.0.strength.basis"]


def test_a_shorter_line_empties_what_was_there() -> None:
    before = Draft(read_line("14 x 1.5 mg of A, 30 x 4.5 mg of B", CAPSULES), "form")
    after = read_line("44", before)
    assert {path for path, text in after.items() if text} == {"fill.vials.0.quantity"}
    assert set(before.written) <= set(after)


_NUMBERS = st.decimals(1, 999, places=1).map(lambda value: f"{value.normalize():f}")
_LOTS = st.lists(st.from_regex(r"[A-Z0-9][A-Z0-9-]{0,8}", fullmatch=True), max_size=2, unique=True)
_STRENGTHS = st.one_of(
    st.just(""),
    _NUMBERS.map(lambda value: f" x {value} mg"),
    _NUMBERS.map(lambda value: f" x {value} mg/mL"),
    _NUMBERS.map(lambda value: f" x {value} mcg/5 g"),
    _NUMBERS.map(lambda value: f" x {value}%"),
)


@given(st.lists(st.tuples(_NUMBERS, _STRENGTHS, _LOTS), min_size=1, max_size=4))
@settings(max_examples=200, deadline=None)
def test_a_line_comes_back_as_it_was_meant(vials: list[tuple[str, str, list[str]]]) -> None:
    line = ", ".join(
        f"{quantity}{strength}" + (f" of {' + '.join(lots)}" if lots else "")
        for quantity, strength, lots in vials
    )
    fields = read_line(line, CAPSULES)
    known = Draft({**CAPSULES.written, **fields}, "form")
    assert write_line(known) == line
    assert read_line(write_line(known), known) == fields


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_nothing_typed_breaks_the_line_or_vanishes(text: str) -> None:
    fields = read_line(text, CAPSULES)
    known = Draft({**CAPSULES.written, **fields}, "form")
    said = "".join("".join(fields.values()).split()).casefold()
    for item in (each.strip() for each in text.replace(";", ",").split(",")):
        if item and not item[0].isdigit():
            assert "".join(item.split()).casefold() in said
    assert isinstance(write_line(known), str)
