"""A fill in two vials on record: each from a lot of its own."""

from __future__ import annotations

from dataclasses import replace

from labelapp.rx.draft import Draft
from tests.dispensing.office.offices import Counter, with_lot


def two_vials(at: Counter, *, left: str = "") -> Draft:
    """21 of lot 26-118 and 48 of lot 26-119, both on record and released."""
    given = with_lot(at)
    second = {
        path.replace("lots.0.", "lots.1."): said
        for path, said in given.written.items()
        if path.startswith("lots.0.")
    }
    vials = {
        "fill.vials.0.quantity": "21",
        "fill.vials.0.lots.0": "26-118",
        "fill.vials.1.quantity": "48",
        "fill.vials.1.lots.0": "26-119",
        "lots.1.number": "26-119",
        "lots.1.made_on": "2026-11-21",
    }
    whole = replace(given, written={**given.written, **second, **vials})
    at.sign_in("PH")
    at.office.lots.release(at.office.lots.record_from(whole, 1))
    if left:
        for lot in ("26-118", "26-119"):
            counted(at, lot, left)
    at.sign_in("TT")
    return whole


def counted(at: Counter, number: str, left: str) -> None:
    """Record how much of a lot is left."""
    lot = at.office.lots.open(number)
    assert lot is not None
    at.office.lots.count(lot, left)
