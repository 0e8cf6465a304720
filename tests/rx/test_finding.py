"""Findings are settled by those who may, and only as they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from labelapp.rx.decision import Decision, open_questions, settled_by
from labelapp.rx.draft import Draft
from labelapp.rx.field import general
from labelapp.rx.finding import Finding, Settler, Span, ask, note, stop
from labelapp.rx.people import Role

DAILY = stop("dose.too-high", "sig", daily="10 mg")


def decision(finding: Finding, role: Role = Role.PHARMACIST, **changes: object) -> Decision:
    made = Decision(
        finding.code,
        finding.field,
        finding.values,
        "",
        "N. Abara",
        role,
        datetime(2026, 11, 22, 9, 0, tzinfo=UTC),
        "prescriber called",
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # one field of any kind


def test_a_pharmacist_settles_a_stop_with_a_reason() -> None:
    assert decision(DAILY).answers(DAILY)
    assert not decision(DAILY, reason=" ").answers(DAILY)
    assert not decision(DAILY, Role.TECHNICIAN).answers(DAILY)


def test_nobody_settles_what_nobody_may() -> None:
    expired = stop("lot.past-bud", "lots.0.number", Settler.NOBODY)
    assert not decision(expired, Role.PHARMACIST_IN_CHARGE).answers(expired)


def test_a_decision_is_void_when_the_values_change() -> None:
    assert not decision(DAILY).answers(stop("dose.too-high", "sig", daily="12 mg"))
    assert decision(DAILY).speaks_of(stop("dose.too-high", "sig", daily="12 mg"))


def test_a_choice_must_be_one_that_was_offered() -> None:
    question = replace(ask("sig.which", "sig"), choices=("every day", "right eye"))
    assert decision(question, Role.TECHNICIAN, choice="every day", reason="").answers(question)
    assert not decision(question, choice="left ear").answers(question)


def test_an_answer_says_who_gave_it() -> None:
    assert not decision(DAILY, by=" ").answers(DAILY)


@pytest.mark.parametrize(
    ("choice", "accepted"),
    [("", True), ("accept", True), ("accepted", True), ("no", False), ("rejected", False)],
)
def test_where_nothing_is_offered_it_can_only_be_accepted(choice: str, accepted: bool) -> None:
    assert decision(DAILY, choice=choice).answers(DAILY) is accepted


def test_two_people_who_disagree_leave_the_question_open() -> None:
    question = replace(ask("sig.which", "sig"), choices=("every day", "right eye"))
    day, eye = (decision(question, choice=each) for each in question.choices)
    assert settled_by(question, (day,)) == day
    assert settled_by(question, (day, replace(day, by="R. Lim"))) == day
    assert settled_by(question, (day, eye)) is None
    assert open_questions([question], [day, eye]) == (question,)
    assert settled_by(question, (day, replace(eye, by=""))) == day


def test_a_decision_is_not_made_before_its_day() -> None:
    made = decision(DAILY)
    assert settled_by(DAILY, [made], date(2026, 11, 22)) == made
    assert settled_by(DAILY, [made], date(2026, 11, 21)) is None
    assert open_questions([DAILY], [made], date(2026, 11, 21)) == (DAILY,)


def test_a_note_never_holds_a_label_up() -> None:
    assert open_questions([note("dose.high"), DAILY], []) == (DAILY,)
    assert open_questions([DAILY], [decision(DAILY)]) == ()


def test_a_span_points_into_the_text() -> None:
    assert Span(2, 5).of("1 cap po") == "cap"
    assert Span(2, 5).joined(Span(6, 8)) == Span(2, 8)


def test_a_draft_knows_its_fields_and_no_others() -> None:
    draft = Draft({"lots.1.number": "26-118", "safety.opioid": "no"}, "form")
    assert draft.count("lots") == 2
    assert draft.get("sig") == ""
    assert general("lots.12.components.3.lot") == "lots.#.components.#.lot"
    with pytest.raises(ValueError, match="no such field"):
        Draft({"patient.shoe_size": "9"}, "form")
    with pytest.raises(TypeError):
        draft.written["sig"] = "1 cap"  # type: ignore[index]  # it is frozen
