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
