"""People: nobody signs in with a guessed PIN, and none is locked out for good."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from labelapp.rx.people import Role
from labelapp.store import people
from labelapp.store.people import BadPin, MustWait, NotKnown
from labelapp.store.trouble import Conflict, Taken
from labelapp.store.vault import Vault
from tests.store.vaults import COST, ME, again

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture
def ana(vault):
    with vault.change(ME) as change:
        return people.add(change, "Ana Weiß", "AW", Role.PHARMACIST, "2580", COST)


def tried(vault: Vault, person: people.Account, pin: str, now: datetime) -> bool:
    with vault.change(ME) as change:
        change.record("try")
        return people.try_pin(change, person.doer.id, pin, now)


def test_a_person_is_known_by_initials_name_and_badge(vault, ana):
    with vault.change(ME) as change:
        people.set_badge(change, ana.doer.id, "4711")
        gone = people.add(change, "Bo Gone", "BG", Role.INTERN, "2581", COST)
        people.alter(change, gone, "Bo Gone", Role.INTERN, active=False)
    vault = again(vault)
    with vault.look() as connection:
        for typed in ("aw", " AW ", "ana weiss", "ANA WEISS", "Ana Weiß"):
            found = people.named(connection, typed)
            assert found
            assert found.doer == ana.doer
        assert people.named(connection, "BG") is None
        assert people.named(connection, "") is None
        badged = people.badge_of(connection, vault.keys, "4711")
        assert badged
        assert badged.has_badge
        assert people.badge_of(connection, vault.keys, "4712") is None
        assert [each.active for each in people.accounts(connection)] == [True, False]
        with pytest.raises(NotKnown):
            people.account(connection, 99)
    with vault.change(ME) as change:
        people.set_badge(change, ana.doer.id, "")
    with vault.look() as connection:
        assert people.badge_of(connection, vault.keys, "4711") is None
    vault.close()


def test_initials_and_badges_are_one_persons(vault, ana):
    for initials in ("AW", "aw"):
        with pytest.raises(Taken), vault.change(ME) as change:
            people.add(change, "Al Wood", initials, Role.INTERN, "2580", COST)
    with vault.change(ME) as change:
        other = people.add(change, "Al Wood", "AL", Role.INTERN, "2580", COST)
        people.set_badge(change, ana.doer.id, "4711")
    with pytest.raises(Taken), vault.change(ME) as change:
        people.set_badge(change, other.doer.id, "4711")
    with vault.change(ME) as change:
        people.alter(change, other, "Al Woods", Role.PHARMACIST, active=True)
    with pytest.raises(Conflict), vault.change(ME) as change:
        people.alter(change, other, "Al Wood", Role.PHARMACIST, active=True)


def test_each_wrong_pin_after_some_doubles_the_wait(vault, ana):
    now, waits = NOW, []
    for _ in range(12):
        assert not tried(vault, ana, "9999", now)
        try:
            tried(vault, ana, "2580", now)
        except MustWait as wait:
            seconds = int(wait.values["seconds"])
            waits.append(seconds)
            with pytest.raises(MustWait):
                tried(vault, ana, "2580", now + timedelta(seconds=seconds - 1))
            now += timedelta(seconds=seconds)
        else:
            waits.append(0)
            for _ in range(len(waits) - 1):  # the right one began to count anew
                assert not tried(vault, ana, "9999", now)
            assert not tried(vault, ana, "9999", now)
    assert waits[:4] == [0, 0, 0, 0]
    assert waits[-1] == people.LONGEST_WAIT
    assert waits == sorted(waits)
    assert tried(vault, ana, "2580", now)
    assert not tried(vault, ana, "9999", now)
    assert tried(vault, ana, "2580", now)


def test_a_clock_put_back_locks_nobody_out(vault, ana):
    for _ in range(people.FREE_TRIES):
        assert not tried(vault, ana, "9999", NOW + timedelta(days=3650))
    assert tried(vault, ana, "2580", NOW)


def test_another_pin_ends_the_wait(vault, ana):
    for _ in range(people.FREE_TRIES):
        assert not tried(vault, ana, "9999", NOW)
    with pytest.raises(MustWait):
        tried(vault, ana, "2580", NOW)
    with vault.change(ME) as change:
        people.set_pin(change, ana.doer.id, "135790", COST)
    assert not tried(vault, ana, "2580", NOW)
    assert tried(vault, ana, " 135790 ", NOW)


@pytest.mark.parametrize(
    "pin",
    ["", "123", "1111", "1234", "4321", "9012", "0987", "12a4", "1" * 13, "-258", "2 58", "25.8",
     "٢٥٨٠", "²580", "\uff12\uff15\uff18\uff10", "\ud800580"],
)  # fmt: skip
def test_a_bad_pin_is_given_to_nobody(vault, ana, pin):
    with pytest.raises(BadPin), vault.change(ME) as change:
        people.set_pin(change, ana.doer.id, pin, COST)
    assert not tried(vault, ana, pin, NOW)
    assert tried(vault, ana, "2580", NOW)


def test_nobody_takes_as_long_as_somebody(vault, ana):
    for pin in ("2580", "", "\ud800"):
        people.try_nobody(pin, COST)
