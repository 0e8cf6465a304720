"""Signing in: PINs, waits, badges, the lock, a pharmacist who vouches in passing."""

from __future__ import annotations

import pytest

from labelapp.dispensing.office.access import NotSignedIn
from labelapp.dispensing.office.rules import BadSetting, HouseRules
from labelapp.rx.people import Role
from labelapp.store.people import FREE_TRIES, BadPin, MustWait, NotKnown
from labelapp.store.trouble import Taken
from tests.dispensing.office.labels import acts, fill_of, printed
from tests.dispensing.office.offices import PIN, Counter, with_lot


def test_a_wrong_pin_and_a_name_nobody_has_are_told_alike_and_are_in_the_audit(
    both: Counter,
) -> None:
    said = []
    for who in ("TT", "nobody at all"):
        with pytest.raises(NotKnown) as refused:
            both.office.signing.sign_in(who, "9999")
        said.append((refused.value.code, dict(refused.value.values), str(refused.value)))
    assert said[0] == said[1]
    assert both.office.signing.person is None
    assert acts(both)[:2] == [
        ("sign-in-failed", "labelapp"),
        ("sign-in-failed", "Somebody TT"),
    ]


def test_after_some_wrong_pins_even_the_right_one_waits_longer_each_time(both: Counter) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(NotKnown):
            both.office.signing.sign_in("TT", "9999")
    with pytest.raises(MustWait) as first:
        both.office.signing.sign_in("TT", PIN)
    assert first.value.values == {"seconds": "30"}
    both.sign_in("IN")  # nobody else waits for it
    both.clock.move(seconds=31)
    with pytest.raises(NotKnown):
        both.office.signing.sign_in("TT", "9999")
    with pytest.raises(MustWait) as second:
        both.office.signing.sign_in("TT", PIN)
    assert second.value.values == {"seconds": "60"}
    both.clock.move(seconds=61)
    both.sign_in("TT")
    with pytest.raises(NotKnown):  # the right PIN began the count anew
        both.office.signing.sign_in("TT", "9999")
    both.sign_in("TT")
    failed = [who for act, who in acts(both) if act == "sign-in-failed"]
    assert failed == ["Somebody TT"] * (FREE_TRIES + 4)


def test_a_guess_at_a_pin_through_another_door_counts_as_well(both: Counter) -> None:
    both.sign_in("TT")
    for _ in range(FREE_TRIES):
        with pytest.raises(NotKnown):
            both.office.signing.vouch("PH", "9999")
    for door in (both.office.signing.sign_in, both.office.signing.vouch):
        with pytest.raises(MustWait):
            door("PH", PIN)


def test_a_badge_is_a_name_and_never_a_pin(both: Counter) -> None:
    both.sign_in("PC")
    person = next(each for each in both.office.staff.listed() if each.initials == "TT")
    other = next(each for each in both.office.staff.listed() if each.initials == "IN")
    both.office.staff.set_badge(person.id, "BADGE-77")
    with pytest.raises(Taken):
        both.office.staff.set_badge(other.id, "BADGE-77")
    both.office.signing.sign_out()
    assert both.office.signing.is_badge("BADGE-77") == "TT"
    assert both.office.signing.is_badge("BADGE-78") == ""
    for scanned, pin in (("BADGE-77", "9999"), ("BADGE-78", PIN), ("", PIN)):
        with pytest.raises(NotKnown):
            both.office.signing.badge(scanned, pin)
    assert both.office.signing.badge("BADGE-77", PIN).initials == "TT"
    both.sign_in("PC")
    both.office.staff.set_badge(person.id, "")
    with pytest.raises(NotKnown):
        both.office.signing.badge("BADGE-77", PIN)


def test_whoever_left_comes_in_no_more(both: Counter) -> None:
    both.sign_in("PC")
    person = next(each for each in both.office.staff.listed() if each.initials == "TT")
    both.office.staff.alter(person, person.name, Role.TECHNICIAN, active=False)
    with pytest.raises(NotKnown):
        both.sign_in("TT")
    assert "TT" not in {each.initials for each in both.office.staff.names()}
    assert "TT" in {each.initials for each in both.office.staff.listed()}


def locked(at: Counter) -> bool:
    return at.office.signing.is_locked


def test_a_counter_left_alone_locks_and_keeps_its_person(both: Counter) -> None:
    both.sign_in("TT")
    both.clock.move(minutes=4, seconds=59)
    both.office.signing.touch()
    both.clock.move(minutes=4, seconds=59)
    assert not locked(both)
    both.clock.move(seconds=1)
    assert locked(both)
    both.office.signing.touch()  # too late: the time is over
    assert locked(both)
    assert both.office.signing.person is not None
    assert both.office.signing.person.initials == "TT"
    with pytest.raises(NotSignedIn):
        both.office.search.find("doe")
    with pytest.raises(NotKnown):
        both.office.signing.unlock("9999")
    assert both.office.signing.unlock(PIN).initials == "TT"
    assert both.office.search.find("doe").hits == ()
    both.office.signing.lock()
    both.sign_in("PH")  # another person's sign-in opens it too, in their own name
    assert both.office.signing.doer().initials == "PH"
    assert [act for act, _ in acts(both)[:4]] == ["sign-in", "lock", "unlock", "unlock-failed"]


def test_the_time_until_it_locks_is_a_setting_of_fifteen_minutes_at_most(both: Counter) -> None:
    both.sign_in("PC")
    both.office.rules.change(HouseRules(lock_minutes=2))
    both.clock.move(minutes=2)
    assert locked(both)
    with pytest.raises(BadSetting):
        HouseRules(lock_minutes=16)


def test_the_own_pin_is_changed_by_the_old_one(both: Counter) -> None:
    both.sign_in("TT")
    with pytest.raises(NotKnown):
        both.office.signing.change_pin("9999", "9135")
    for bad in ("1111", "1234", "9876", "91", "abcd"):
        with pytest.raises(BadPin):
            both.office.signing.change_pin(PIN, bad)
    both.office.signing.change_pin(PIN, "91352")
    assert both.office.signing.pin_length("TT") == 5
    with pytest.raises(NotKnown):
        both.sign_in("TT")
    both.office.signing.sign_in("TT", "91352")
    assert ("people.pin", "Somebody TT") in acts(both)


def test_a_pharmacist_vouches_and_the_technician_stays(both: Counter) -> None:
    serial = printed(both, with_lot(both))
    doer = both.office.signing.vouch("PH", PIN)
    order = both.office.orders.verify(fill_of(both).id, serial, ("26-118",), doer)
    assert order.fills[0].state == "verified"
    person = both.office.signing.person
    assert person is not None
    assert person.initials == "TT"
    said = acts(both)
    assert ("vouch", "Somebody PH") in said
    assert ("fill.verified", "Somebody PH") in said
