"""A fill in two vials without a window: both labels printed, and both asked for at the check."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.recorded import till, with_released_lot
from tests.given import TITRATION, draft

VIALS = {"fill.vials.0.quantity": "21", "fill.vials.1.quantity": "48"}


def test_both_labels_are_printed_as_one_and_each_is_scanned_at_the_check(tmp_path: Path) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    file = at.prescription("vials", draft({**TITRATION, **VIALS}))
    on = ("--stock", "thermal-4x3")
    drawn = ("render", file, "-o", tmp_path / "drawn.pdf", *on, "--today", "2026-11-22", "--json")
    code, out, err = at.typed(*drawn)
    assert code == 0, err
    (label,) = json.loads(out)["labels"]
    serials = ["R1234567-00-1-1", "R1234567-00-2-1"]
    assert {each["payload"] for each in label["marks"]} == set(serials)
    said = [each["text"] for each in label["lines"]]
    assert "1 of 2: days 1 to 14" in said
    assert "2 of 2: days 15 to 30" in said
    at.told("TT", "print", file, "--to", f"file:{tmp_path / 'label.pdf'}", *on)
    (fill,) = at.told("TT", "order", "1234567")["fills"]
    assert fill["to_scan"] == serials
    verify = ("order", "verify", "1234567", "--fill", "0", "--lot", "26-118", "--label")
    code, _, err = at.by("PH", *verify, serials[1])
    assert code == 3
    assert serials[0] in err
    checked = at.told("PH", *verify, serials[1], "--label", serials[0])
    assert checked["fills"][0]["state"] == "verified"


def test_one_calendar_of_both_vials_is_drawn_beside_their_labels(tmp_path: Path) -> None:
    at = till(tmp_path)
    file = at.prescription("vials", draft({**TITRATION, **VIALS}))
    asked = ("render", file, "-o", tmp_path / "out.pdf", "--today", "2026-11-22", "--calendar")
    code, out, err = at.typed(*asked, "--json")
    assert code == 0, err
    label, calendar = json.loads(out)["labels"]
    assert (label["paper"], calendar["paper"]) == ("label", "calendar")
    assert calendar["serial"] == "C1234567-00-1-1"
    said = [each["text"] for each in calendar["lines"]]
    assert {"Vial 1:", "Vial 2:"} <= set(said)
    assert "Vial 1: directions on its label" in said
    assert "Vial 2: directions on its label" in said


def test_a_calendar_on_record_is_one_print_of_the_fill_and_says_what_the_labels_said(
    tmp_path: Path,
) -> None:
    at = till(tmp_path)
    with_released_lot(at)
    file = at.prescription("vials", draft({**TITRATION, **VIALS}))
    to = ("--to", f"file:{tmp_path / 'out.pdf'}")
    at.told("TT", "print", file, *to, "--stock", "thermal-4x3")
    (first,) = at.told("TT", "print", file, *to, "--paper", "calendar")["labels"]
    assert first["serial"] == "C1234567-00-1-1"
    code, _, err = at.by("TT", "print", file, *to, "--paper", "calendar")
    assert code == 3, err
    again = ("--paper", "calendar", "--reason", "the patient lost it")
    (second,) = at.told("TT", "print", file, *to, *again)["labels"]
    assert second["serial"] == "C1234567-00-1-2"
    parted = {"fill.vials.0.quantity": "9", "fill.vials.1.quantity": "60"}
    other = at.prescription("other", draft({**TITRATION, **parted}))
    code, _, err = at.by("TT", "print", other, *to, *again)
    assert code == 3
    assert "something else than the label" in err
