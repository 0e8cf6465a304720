"""Prints that went wrong: crashed, of unknown end, refused; and labels voided or printed anew."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from labelapp.dispensing.office.access import NotAllowed
from labelapp.dispensing.office.checking import NotThis
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.prints import PrintedBefore
from labelapp.dispensing.office.reasons import NoReason
from labelapp.dispensing.office.shown import ShownJob
from labelapp.rx.errors import CannotWrite, PrinterFailed
from labelapp.rx.history import FillState
from labelapp.rx.receipt import Unknown
from labelapp.store.trouble import Conflict
from tests.dispensing.office.busy import NO_QUEUE, made
from tests.dispensing.office.labels import acts, codes, fill_of, look, printed
from tests.dispensing.office.offices import PIN, Counter, counter, fittings, with_lot
from tests.given import draft

ROOT = Path(__file__).parents[3]


@dataclass
class Crashed:
    """A counter after a crash, its records opened again."""

    at: Counter
    doubt: ShownJob


@pytest.fixture(params=["embedded", "server"])
def crashed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Crashed]:
    """Records whose counter was killed between the serial and what came of it."""
    address = str(tmp_path / "records")
    if request.param == "server":
        address = request.getfixturevalue("server").new_database("desk")
    at = counter(tmp_path, address)
    with_lot(at)
    at.office.close()
    words = [sys.executable, "-m", "tests.dispensing.office.crashing"]
    done = subprocess.run([*words, address, str(tmp_path), at.recovery], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    at.door = Door(address, fittings(tmp_path, at.clock))
    at.office = at.door.open(recovery=at.recovery)
    at.sign_in("TT")
    (doubt,) = at.office.prints.in_doubt()
    yield Crashed(at, doubt)
    at.office.close()


def test_a_label_that_was_under_way_at_a_crash_is_in_doubt_and_never_sent_again(
    crashed: Crashed,
) -> None:
    at, doubt = crashed.at, crashed.doubt
    assert (doubt.rx, doubt.patient, doubt.printer, doubt.by) == (
        "1234567", "DOE, Jane", "zebra", "TT",
    )  # fmt: skip
    assert doubt.serials == ("R1234567-00-1-1",)
    assert "print.before" in codes(at, draft())
    with pytest.raises(NoReason):
        at.office.prints.reserve(*made(draft()), "zebra")
    with pytest.raises(PrintedBefore):  # the serial is taken, with whatever reason
        at.office.prints.reserve(*made(draft()), "zebra", "after the crash")
    assert [each.serial for each in fill_of(at).labels] == ["R1234567-00-1-1"]


def test_what_came_out_after_all_is_a_label_like_any_other(crashed: Crashed) -> None:
    at, doubt = crashed.at, crashed.doubt
    at.office.prints.it_printed(doubt.id)
    assert at.office.prints.in_doubt() == ()
    for again in (at.office.prints.it_printed, at.office.prints.it_did_not):
        with pytest.raises(Conflict):
            again(doubt.id)
    at.sign_in("PH")
    order = at.office.orders.verify(fill_of(at).id, doubt.serials[0], ("26-118",))
    assert order.fills[0].state is FillState.VERIFIED


def test_what_did_not_come_out_is_printed_anew_with_a_reason_under_another_serial(
    crashed: Crashed,
) -> None:
    at, doubt = crashed.at, crashed.doubt
    at.office.prints.it_did_not(doubt.id)
    assert at.office.prints.in_doubt() == ()
    at.sign_in("PH")
    with pytest.raises(NotThis):  # nobody holds that label
        at.office.orders.verify(fill_of(at).id, doubt.serials[0], ("26-118",))
    at.sign_in("TT")
    assert "print.before" in codes(at, draft())
    assert printed(at, draft(), "the head stood open") == "R1234567-00-1-2"


def test_an_end_nobody_knows_is_asked_for_and_kept(both: Counter) -> None:
    given = with_lot(both)
    reserved = both.office.prints.reserve(*made(given), "zebra")
    both.office.prints.settle(reserved, Unknown("zebra", "printer.broken-off"))
    (doubt,) = both.office.prints.in_doubt()
    assert fill_of(both).state is FillState.PRINTED
    assert "print.before" in codes(both, given)
    both.office.signing.sign_out()
    both.sign_in("IN")  # whoever stands there now says what came of it
    both.office.prints.it_printed(doubt.id)
    assert ("print.settled", "Somebody IN") in acts(both)


def test_a_lock_meanwhile_keeps_no_end_from_being_written(both: Counter) -> None:
    given = with_lot(both)
    reserved = both.office.prints.reserve(*made(given), "zebra")
    both.office.signing.lock()
    both.office.prints.settle(reserved, Unknown("zebra", "printer.broken-off"))
    assert ("print.settled", "Somebody TT") in acts(both)


def test_a_label_every_queue_refused_was_never_on_paper(both: Counter) -> None:
    """The next one asks for no reason and is no reprint; its serial is another one all the same."""
    given = with_lot(both)
    for _ in range(2):
        with pytest.raises(PrinterFailed):
            both.desk().send(look(both, given), NO_QUEUE)
    with pytest.raises(CannotWrite):
        both.desk().save(look(both, given), str(both.folder / "no such folder" / "label.pdf"))
    assert fill_of(both).state is FillState.ENTERED
    assert both.office.prints.in_doubt() == ()
    assert printed(both, given) == "R1234567-00-1-4"
    assert "print.before" in codes(both, given)
    assert [each.reason for each in fill_of(both).labels] == [""] * 4
    assert "reprint" not in {act for act, _ in acts(both)}
    both.sign_in("PH")
    with pytest.raises(NotThis):
        both.office.orders.verify(fill_of(both).id, "R1234567-00-1-1", ("26-118",))
    both.office.orders.verify(fill_of(both).id, "R1234567-00-1-4", ("26-118",))


def test_a_refused_copy_leaves_the_label_on_the_vial_the_newest(both: Counter) -> None:
    serial = printed(both, given := with_lot(both))
    with pytest.raises(PrinterFailed):
        both.desk().send(look(both, given, "smeared"), NO_QUEUE)
    both.sign_in("PH")
    order = both.office.orders.verify(fill_of(both).id, serial, ("26-118",))
    assert order.fills[0].state is FillState.VERIFIED


def test_a_copy_after_the_check_has_to_be_checked_again(both: Counter) -> None:
    first = printed(both, given := with_lot(both))
    doer = both.office.signing.vouch("PH", PIN)
    both.office.orders.verify(fill_of(both).id, first, ("26-118",), doer)
    second = printed(both, given, "vial dropped")
    assert fill_of(both).state is FillState.PRINTED
    with pytest.raises(NotThis):
        both.office.orders.verify(fill_of(both).id, first, ("26-118",), doer)
    both.office.orders.verify(fill_of(both).id, second, ("26-118",), doer)
    assert fill_of(both).state is FillState.VERIFIED


def test_a_voided_fill_counts_no_more_until_it_is_printed_again(both: Counter) -> None:
    first = printed(both, given := with_lot(both))
    fill = fill_of(both).id
    with pytest.raises(NotAllowed):
        both.office.orders.void(fill, "wrong quantity")
    doer = both.office.signing.vouch("PH", PIN)
    for reason in ("", " x "):
        with pytest.raises(NoReason):
            both.office.orders.void(fill, reason, doer)
    both.office.orders.void(fill, "wrong quantity", doer)
    order = both.office.orders.open("1234567")
    assert (order.fills[0].state, order.remaining) == (FillState.VOID, "207")
    with pytest.raises(NotThis):
        both.office.orders.verify(fill, first, ("26-118",), doer)
    assert both.office.orders.refill("1234567").get("fill.number") == ""
    second = printed(both, given, "right quantity now")
    order = both.office.orders.open("1234567")
    assert (order.fills[0].state, order.remaining) == (FillState.PRINTED, "138")
    both.office.orders.verify(fill, second, ("26-118",), doer)


def test_a_corrected_lot_is_checked_and_the_wrong_one_is_still_recalled(both: Counter) -> None:
    printed(both, given := with_lot(both))
    both.sign_in("PH")
    both.office.lots.record_from(right := draft(dict(given.written), lots__0__number="26-119"))
    found = both.office.lots.open("26-119")
    assert found is not None
    both.office.lots.release(found)
    both.sign_in("TT")
    serial = printed(both, right, "lot was mistyped")
    both.sign_in("PH")
    with pytest.raises(NotThis):
        both.office.orders.verify(fill_of(both).id, serial, ("26-118", "26-119"))
    both.office.orders.verify(fill_of(both).id, serial, ("26-119",))
    for number in ("26-118", "26-119"):
        assert [each.rx_number for each in both.office.lots.recall(number)] == ["1234567"]
