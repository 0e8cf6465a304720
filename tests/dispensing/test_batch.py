"""Of several prescriptions each is told of by itself, and none takes another's label with it."""

from __future__ import annotations

from dataclasses import replace

from labelapp.bootstrap.built import desk, equipment
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.desk import Desk
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.draw.fonts import Fonts
from labelapp.label.document import Weight
from labelapp.resources import folder
from tests.given import TODAY, draft

DESK = desk(Machine(), TODAY)


def open_codes(shown: Shown) -> list[str]:
    return [each.finding.code for each in shown.open_findings]


def test_the_same_prescription_twice_is_printed_once_and_named() -> None:
    batch = DESK.batch([draft(), draft(rx_number="7654321"), draft()], Wanted())
    first, other, again = batch.shown
    assert first.may_print
    assert other.may_print
    assert open_codes(again) == ["label.twice"]
    assert again.label is None
    assert "1234567-00-1-1" in again.open_findings[0].sentence
    assert batch.pdf == DESK.batch([draft(), draft(rx_number="7654321")], Wanted()).pdf


def test_one_that_was_held_up_is_no_first_print() -> None:
    batch = DESK.batch([draft(safety__opioid="yes"), draft()], Wanted())
    assert [each.may_print for each in batch.shown] == [False, True]


def test_the_next_fill_of_a_prescription_is_no_repetition() -> None:
    again = draft(fill__number="1", fill__first_day="31", quantity__value="90")
    batch = DESK.batch([draft(), again], Wanted())
    assert all(each.may_print for each in batch.shown)


def test_a_number_too_long_for_its_bars_costs_no_label() -> None:
    drafts = [draft(rx_number=each) for each in ("1234567", "ABCDEFGHIJKLMNOPQRSTUVWX")]
    batch = DESK.batch(drafts, Wanted("thermal-4x6", jurisdiction="US"))
    assert batch.pdf is not None
    assert all(each.may_print for each in batch.shown)


def test_a_label_that_fails_its_proof_is_named_and_the_others_are_printed() -> None:
    tools = equipment()
    blind = Desk(replace(tools, fonts=_Blind(folder() / "fonts")), lambda: TODAY)
    drafts = [draft(rx_number=each, patient__family=name) for each, name in
              (("1", "Doe"), ("2", "Zoë"), ("3", "Poe"))]  # fmt: skip
    batch = blind.batch(drafts, Wanted())
    assert [each.may_print for each in batch.shown] == [True, False, True]
    (failed,) = batch.shown[1].open_findings
    assert failed.finding.code == "proof.no-glyph"
    assert failed.sentence
    assert failed.way_out
    two = [drafts[0], drafts[2]]
    assert batch.pdf == DESK.batch(two, Wanted()).pdf


class _Blind(Fonts):
    """Fonts that lost a letter after the label was measured: the page cannot be drawn."""

    def missing(self, text: str, weight: Weight) -> tuple[str, ...]:
        return tuple(each for each in text if each == "ë")
