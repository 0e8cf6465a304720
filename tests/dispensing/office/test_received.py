"""The order as received is kept byte for byte; a label drawn anew after a restore is the one kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from labelapp.dispensing.desk import NotWhole
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.orders import NoSuchOrder
from labelapp.dispensing.scanned import pictures
from labelapp.dispensing.shown import SCAN, Wanted
from labelapp.rx.draft import AsReceived, Draft
from labelapp.rx.errors import UnreadableFile
from labelapp.store import prints
from labelapp.store.trouble import AlreadySetUp, WrongKey
from tests.dispensing.office.labels import fill_of, printed
from tests.dispensing.office.offices import PASSPHRASE, Counter, counter, fittings, with_lot
from tests.draw import faxes
from tests.given import TITRATION, draft
from tests.intake.messages import bundle, titration


def test_a_message_is_kept_byte_for_byte_with_its_odd_spaces(both: Counter) -> None:
    with_lot(both)
    data = json.dumps(bundle(titration()), indent=3).replace("\n", "\r\n").encode() + b"\r\n \n"
    path = both.folder / "message.json"
    path.write_bytes(data)
    (given,) = both.desk().open(str(path))
    whole = replace(given, written={**TITRATION, **given.written})
    both.desk().keep(both.desk().look(whole, Wanted()))
    kept = both.office.orders.received("1234567")
    assert kept is not None
    assert (kept.kind, kept.data) == ("message", data)
    assert pictures(kept) == ()


def test_a_scan_is_kept_byte_for_byte_and_shown_page_by_page(both: Counter) -> None:
    data = faxes.pdf(pages=2)
    path = both.folder / "fax.pdf"
    path.write_bytes(data)
    given = both.desk().attach(with_lot(both), str(path))
    path.write_bytes(b"another fax came under this name")
    printed(both, given)
    printed(both, draft(dict(given.written)), "typed anew, without the fax beside it")
    kept = both.office.orders.received("1234567")
    assert kept is not None
    assert (kept.kind, kept.data) == ("pdf", data)
    one, two = pictures(kept)
    assert (one.width, one.height) == (two.width, two.height)
    assert one.grey != two.grey


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 and no more", b'{"format": "labelapp/1"}'])
def test_what_is_no_scan_is_not_put_beside_an_order(both: Counter, data: bytes) -> None:
    path = both.folder / "fax.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableFile):
        both.desk().attach(draft(), str(path))


def test_an_order_without_anything_received_says_so(both: Counter) -> None:
    printed(both, with_lot(both))
    assert both.office.orders.received("1234567") is None


Restored = Callable[[Counter, Path], Counter]


@pytest.fixture(params=["embedded", "server"])
def restored(request: pytest.FixtureRequest, tmp_path: Path) -> Restored:
    """Restore a backup on a computer of another day, into a folder or into a PostgreSQL."""

    def restore(at: Counter, file: Path) -> Counter:
        there = tmp_path / "elsewhere"
        address = str(there / "records")
        if request.param == "server":
            address = request.getfixturevalue("server").new_database("desk")
        at.clock.move(days=40)
        door = Door(address, fittings(there, at.clock))
        assert not door.is_set_up()
        with pytest.raises(WrongKey):
            door.restore(file, passphrase="not the passphrase")
        assert not door.is_set_up()
        office = door.restore(file, passphrase=PASSPHRASE)
        with pytest.raises(AlreadySetUp):
            door.restore(file, recovery=at.recovery)
        return Counter(office, at.clock, door, at.recovery, there)

    return restore


def test_a_label_drawn_anew_after_a_restore_is_the_one_that_was_printed(
    both: Counter, restored: Restored
) -> None:
    given = with_lot(both)
    undated = draft(dict(given.written), fill__date=None)  # the day it was filled is the clock's
    dated = draft(dict(given.written), rx_number="7654321")
    for each in (undated, dated):
        printed(both, each)
    printed(both, dated, "label was torn")
    both.sign_in("PC")
    made = both.office.keeping.back_up()
    assert both.office.keeping.drill(made.file) == made
    after = restored(both, made.file)
    after.sign_in("TT")
    for number, copies in (("1234567", 1), ("7654321", 2)):
        fill = fill_of(after, number)
        assert [each.copy for each in fill.labels] == list(range(1, copies + 1))
        assert_same(after, after.office.orders.draft_of_fill(fill.id), fill.id)
    after.sign_in("PC")
    assert after.office.keeping.verify_audit().is_whole
    after.office.close()


def assert_same(at: Counter, kept: Draft, fill: int) -> None:
    """Draw the newest label of a fill from the draft that was kept: every dot, every byte."""
    label = at.desk().look(kept, Wanted()).label
    assert label is not None
    with at.office.ledger.vault.look() as connection:
        newest = prints.labels_of(connection, fill)[-1]
    _layout, dots = at.office.prints.picture(newest.id)
    assert label.serial == newest.serial
    assert label.pages[0].bits == dots
    assert sha256(label.pdf).hexdigest() == newest.pdf_sha256


def test_what_came_in_after_the_backup_is_not_there_and_nothing_is_restored_over_it(
    tmp_path: Path, restored: Restored
) -> None:
    at = counter(tmp_path / "first")
    printed(at, given := with_lot(at))
    at.sign_in("PC")
    made = at.office.keeping.back_up()
    at.sign_in("TT")
    printed(at, draft(dict(given.written), rx_number="7654321"))
    after = restored(at, made.file)
    after.sign_in("TT")
    assert [each.key for each in after.office.search.find("1234567").hits] == ["1234567"]
    assert after.office.search.find("7654321").hits == ()
    with pytest.raises(NoSuchOrder):
        after.office.orders.open("7654321")
    after.office.close()
    at.office.close()


def received(at: Counter) -> AsReceived | None:
    return at.office.orders.received("1234567")


def test_a_fax_that_is_opened_begins_a_prescription_and_is_kept_with_its_order(
    both: Counter,
) -> None:
    whole = with_lot(both)
    data = faxes.fax(2)
    path = both.folder / "fax.tif"
    path.write_bytes(data)
    (begun,) = both.desk().open(str(path))
    assert (dict(begun.written), begun.source) == ({}, SCAN)
    typed = replace(begun, written=dict(whole.written))
    both.desk().keep(both.desk().look(typed, Wanted()))
    kept = received(both)
    assert kept is not None
    assert (kept.kind, kept.data) == ("tiff", data)
    again = [both.office.orders.draft("1234567"), both.office.orders.refill("1234567")]
    again.append(both.office.orders.draft_of_fill(fill_of(both, "1234567").id))
    assert [each.came for each in again] == [kept] * 3


def test_a_scan_put_beside_an_order_on_record_is_kept_and_reviewed_anew(both: Counter) -> None:
    given = with_lot(both)
    one, two = both.folder / "one.pdf", both.folder / "two.pdf"
    one.write_bytes(faxes.pdf())
    two.write_bytes(faxes.pdf(2))
    desk = both.desk()
    desk.keep(desk.look(given, Wanted()))
    assert received(both) is None
    for path in (one, two):
        both.sign_in("PH")
        order = both.office.orders.review(both.office.orders.open("1234567"), {"drug": "paper"})
        assert order.reviewed_by == "PH"
        both.sign_in("TT")
        desk.keep(desk.look(desk.attach(given, str(path)), Wanted()))
        kept = received(both)
        assert kept is not None
        assert kept.data == path.read_bytes()
        assert both.office.orders.open("1234567").reviewed_by == ""
    message = replace(given, came=AsReceived("message", b"read once more"))
    desk.keep(desk.look(message, Wanted()))
    kept = received(both)
    assert kept is not None
    assert kept.data == two.read_bytes()
    both.sign_in("PC")
    assert both.office.keeping.verify_audit().is_whole


def test_the_mark_of_a_scan_inside_a_message_makes_no_scan_of_it(both: Counter) -> None:
    path = both.folder / "rx.json"
    path.write_bytes(b'\n{"format": "labelapp/1", "note": "%PDF-1.7"}')
    (given,) = both.desk().open(str(path))
    assert given.get("note") == "%PDF-1.7"
    assert given.came is not None
    assert given.came.kind == "message"


def test_an_order_that_lacks_something_is_not_recorded(both: Counter) -> None:
    given = with_lot(both)
    desk = both.desk()
    with pytest.raises(NotWhole):
        desk.keep(desk.look(draft(dict(given.written), rx_number=None), Wanted()))
    assert both.office.search.find("doe").hits == ()
