"""Two counters on one PostgreSQL: who was first is told by name, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from labelapp.bootstrap.words import spoken
from labelapp.dispensing.desk import LabelChanged
from labelapp.dispensing.office.door import Door
from labelapp.dispensing.office.prints import PrintedBefore
from labelapp.dispensing.office.shown import ShownPatient
from labelapp.rx.history import Standing
from labelapp.store.trouble import Conflict, Taken
from tests.dispensing.office.busy import made
from tests.dispensing.office.labels import fill_of, look, printed
from tests.dispensing.office.offices import LOT, Counter, counter, fittings, with_lot
from tests.store.postgres import Server


@dataclass
class Two:
    """Two counters of one pharmacy, each with somebody signed in."""

    one: Counter
    other: Counter


@pytest.fixture
def two(server: Server, tmp_path: Path) -> Iterator[Two]:
    address = server.new_database("desk")
    (tmp_path / "two").mkdir()
    one = counter(tmp_path / "one", address)
    fitted = fittings(tmp_path / "two", one.clock)
    fitted = replace(fitted, place=replace(fitted.place, station="counter 2"))
    door = Door(address, fitted)
    other = Counter(
        door.open(recovery=one.recovery), one.clock, door, one.recovery, tmp_path / "two"
    )
    other.sign_in("PH")
    yield Two(one, other)
    one.office.close()
    other.office.close()


def told(conflict: Conflict) -> str:
    """Give what is said of a conflict, in both languages: who it was and at which counter."""
    for language in ("en", "es"):
        said = spoken(conflict, language)
        assert "PH" in said
        assert "counter 2" in said
        assert "{" not in said
        assert "DOE" not in said.upper()
    return spoken(conflict)


def test_who_corrected_a_chart_first_is_told_and_stays(two: Two) -> None:
    printed(two.one, with_lot(two.one))
    seen = fill_patient(two.one)
    there = two.other.office.charts.alter(seen, {**seen.says, "phone": "555-0111"})
    with pytest.raises(Conflict) as refused:
        two.one.office.charts.alter(seen, {**seen.says, "phone": "555-0222"})
    assert told(refused.value)
    now = two.one.office.charts.open(seen.id)
    assert (now.phone, now.version) == ("555-0111", there.version)
    again = two.one.office.charts.alter(now, {**now.says, "phone": "555-0222"})
    assert (again.phone, again.version) == ("555-0222", there.version + 1)


def fill_patient(at: Counter) -> ShownPatient:
    return at.office.orders.open("1234567").patient


def test_an_order_somebody_ended_meanwhile_is_not_reviewed_as_it_was(two: Two) -> None:
    printed(two.one, with_lot(two.one))
    two.one.sign_in("PC")
    seen = two.one.office.orders.open("1234567")
    two.other.office.orders.discontinue(seen, "a reaction")
    with pytest.raises(Conflict) as refused:
        two.one.office.orders.review(seen, {"drug": "same"})
    assert told(refused.value)
    with pytest.raises(Conflict) as again:
        two.one.office.orders.transfer(seen, "to another pharmacy")
    assert told(again.value)
    now = two.one.office.orders.open("1234567")
    assert (now.standing, now.reviewed_by) == (Standing.DISCONTINUED, "")


def test_a_lot_counted_at_two_counters_keeps_the_first_count(two: Two) -> None:
    two.one.sign_in("TT")
    seen = two.one.office.lots.record(LOT)
    two.other.office.lots.count(seen, "300")
    with pytest.raises(Conflict) as refused:
        two.one.office.lots.count(seen, "200")
    assert told(refused.value)
    found = two.one.office.lots.open(seen.number)
    assert found is not None
    assert found.left == "300"
    with pytest.raises(Taken):
        two.other.office.lots.record(LOT)


def test_a_label_printed_at_the_other_counter_meanwhile_is_not_printed_twice(two: Two) -> None:
    given = with_lot(two.one)
    seen, by_hand = look(two.one, given), made(given)
    assert printed(two.other, given) == "R1234567-00-1-1"
    path = two.one.folder / "late.pdf"
    with pytest.raises(LabelChanged):
        two.one.desk().save(seen, str(path))
    with pytest.raises(PrintedBefore):
        two.one.office.prints.reserve(*by_hand, "zebra", "whatever the reason")
    assert not path.exists()
    assert len(fill_of(two.one).labels) == 1


def test_a_label_under_way_at_the_other_counter_is_not_in_doubt_here(two: Two) -> None:
    two.other.office.prints.reserve(*made(with_lot(two.one)), "zebra")
    assert two.one.office.prints.in_doubt() == ()
    assert len(two.other.office.prints.in_doubt()) == 1


def test_an_account_changed_at_two_counters_conflicts_too(two: Two) -> None:
    two.one.sign_in("PC")
    two.other.sign_in("AD")
    seen = next(each for each in two.one.office.staff.listed() if each.initials == "IN")
    two.other.office.staff.alter(seen, "Ina New", seen.role, active=True)
    with pytest.raises(Conflict):
        two.one.office.staff.alter(seen, "Ina Other", seen.role, active=True)
    names = {each.name for each in two.one.office.staff.listed()}
    assert "Ina New" in names
    assert "Ina Other" not in names
