"""The desk goes the whole way, and holds back what may not leave."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from labelapp.bootstrap.built import desk
from labelapp.bootstrap.machine import Machine
from labelapp.dispensing.send import StillOpen
from labelapp.dispensing.shown import Shown, Wanted
from labelapp.rx.decision import Decision
from labelapp.rx.draft import Draft
from labelapp.rx.people import Role
from tests.given import PHARMACY, TITRATION, TODAY, draft

DESK = desk(Machine(), TODAY)


def look(wanted: Wanted | None = None, **changes: str | None) -> Shown:
    return DESK.look(draft(**changes), wanted or Wanted())


def open_codes(shown: Shown) -> set[str]:
    return {each.finding.code for each in shown.open_findings}


def said(shown: Shown) -> str:
    assert shown.label is not None
    text = " ".join(box.text for page in shown.label.pages for box in page.boxes)
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_a_whole_prescription_becomes_a_proofed_label() -> None:
    shown = look()
    assert shown.may_print
    words = said(shown)
    for part in ("Jane Doe", "Naltrexone HCl 1.5 mg capsule", "Days 1 to 7", "fibromyalgia pain",
                 "69 capsules", "1234567-00", "26-118", "Corner Compounding Pharmacy"):  # fmt: skip
        assert part in words, part


def test_the_picture_is_the_very_pdf(tmp_path: Path) -> None:
    shown = look()
    assert shown.label is not None
    DESK.save(shown, str(tmp_path / "label.pdf"))
    assert (tmp_path / "label.pdf").read_bytes() == shown.label.pdf


def test_every_label_says_sample_until_people_exist() -> None:
    assert "SAMPLE" in said(look())


def test_a_refill_goes_on_where_the_last_fill_ended() -> None:
    shown = look(fill__number="1", fill__first_day="31", quantity__value="90")
    assert shown.may_print, open_codes(shown)
    assert "Days 1 to 7" not in said(shown)
    assert "3 capsules at bedtime" in said(shown)


def test_nothing_leaves_while_a_question_is_open(tmp_path: Path) -> None:
    shown = look(safety__opioid="yes")
    assert not shown.may_print
    with pytest.raises(StillOpen):
        DESK.save(shown, str(tmp_path / "label.pdf"))
    with pytest.raises(StillOpen):
        DESK.send(shown, "Zebra")
    assert not list(tmp_path.iterdir())


def test_a_stop_is_settled_by_a_pharmacist_and_by_nobody_else() -> None:
    shown = look(safety__opioid="yes")
    (stopped,) = [each.finding for each in shown.open_findings]
    answer = Decision(
        stopped.code, stopped.field, stopped.values, "", "N. Abara", Role.PHARMACIST,
        datetime(2026, 11, 22, 9, tzinfo=UTC), "prescriber called: last dose 20 days ago",
    )  # fmt: skip
    by_technician = Decision(**{**vars(answer), "role": Role.TECHNICIAN})
    fields = draft(safety__opioid="yes").written
    assert DESK.look(Draft(fields, "test", decisions=(answer,)), Wanted()).may_print
    refused = DESK.look(Draft(fields, "test", decisions=(by_technician,)), Wanted())
    assert not refused.may_print
    assert "decision.void" in {each.finding.code for each in refused.findings}


def test_the_pharmacy_of_this_computer_stands_where_none_is_named() -> None:
    at_home = desk(Machine(pharmacy=PHARMACY), TODAY)
    bare = {path: text for path, text in TITRATION.items() if not path.startswith("pharmacy.")}
    assert at_home.look(draft(bare), Wanted()).may_print
    other = at_home.look(draft(pharmacy__name="Another Pharmacy"), Wanted())
    assert "pharmacy.other" in open_codes(other)


def test_a_prescription_without_a_pharmacy_asks_whose_law_holds() -> None:
    bare = {path: text for path, text in TITRATION.items() if not path.startswith("pharmacy.")}
    shown = DESK.look(draft(bare), Wanted())
    assert not shown.may_print
    assert any(code.startswith("law.") for code in open_codes(shown))


@pytest.mark.parametrize(
    ("wanted", "code"),
    [(Wanted(stock="papyrus"), "stock.unknown"), (Wanted(dpi=72), "stock.other-dpi")],
)
def test_a_stock_there_is_not_is_refused(wanted: Wanted, code: str) -> None:
    assert code in open_codes(look(wanted))


def test_what_found_no_room_is_said() -> None:
    notes = {each.finding.code for each in look().findings}
    assert "layout.dropped" in notes


@pytest.mark.parametrize(
    "name",
    ["Doe\u202e", "Do\u200be", "D\0oe", "<font size=1>Doe</font>", "{value}", "Иванова", "漢字",
     "a" * 10_000, "Doe " * 200],
)  # fmt: skip
def test_a_name_is_printed_whole_or_refused_by_its_field(name: str) -> None:
    shown = look(patient__family=name)
    if shown.may_print:
        assert " ".join(name.split()) in " ".join(said(shown).split())
    else:
        assert any(each.finding.field.startswith("patient") for each in shown.open_findings)
        assert all(each.way_out for each in shown.open_findings)
