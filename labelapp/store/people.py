"""People: one account for each person who works at a counter, with a PIN and if wanted a badge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Connection, select, update

from labelapp.rx.people import Doer, Role
from labelapp.store import versions
from labelapp.store.keys import Cost, Keys
from labelapp.store.tables import PEOPLE
from labelapp.store.trouble import StoreTrouble, Taken
from labelapp.store.vault import Change, written

LEAST_PIN, LONGEST_PIN = 4, 12
FREE_TRIES = 5
"""Wrong PINs in a row before a person waits; each further one doubles the wait."""
LONGEST_WAIT = 900


class BadPin(StoreTrouble):
    """A PIN that nobody may have: too short, no digits, or all the same."""

    code = "people.bad-pin"


class NotKnown(StoreTrouble):
    """No such person, or a wrong PIN: which of the two is not told."""

    code = "people.not-known"


class MustWait(StoreTrouble):
    """Too many wrong PINs; the person waits. Values: seconds."""

    code = "people.must-wait"


@dataclass(frozen=True)
class Account:
    """A person as the records know them. `pin_length` tells the window when a PIN is whole."""

    doer: Doer
    version: int
    active: bool
    pin_length: int
    has_badge: bool


def add(change: Change, name: str, initials: str, role: Role, pin: str, cost: Cost) -> Account:
    """Give a person an account. Raises BadPin, and Taken for initials that somebody has."""
    checked = checked_pin(pin)
    if initials.casefold() in {
        each.doer.initials.casefold() for each in accounts(change.connection)
    }:
        raise Taken(what="people.initials")  # `ab` beside `AB` would name nobody
    says = {"name": name, "initials": initials, "role": role.value, "active": True}
    subject = versions.create(
        change,
        PEOPLE,
        says,
        {
            "name": name,
            "initials": initials,
            "role": role.value,
            "active": 1,
            "pin": _hasher(cost).hash(checked),
            "pin_length": len(checked),
            "badge": None,
            "failed": 0,
            "waits_until": None,
        },
    )
    return account(change.connection, subject)


def alter(change: Change, known: Account, name: str, role: Role, *, active: bool) -> Account:
    """Change a person's name, role, or whether they work here. Raises Conflict."""
    doer = known.doer
    says = {"name": name, "initials": doer.initials, "role": role.value, "active": active}
    versions.put(
        change,
        PEOPLE,
        (doer.id, known.version),
        says,
        {"name": name, "role": role.value, "active": int(active)},
    )
    return account(change.connection, doer.id)


def set_pin(change: Change, person: int, pin: str, cost: Cost) -> None:
    """Give a person another PIN. Raises BadPin."""
    checked = checked_pin(pin)
    _set(
        change.connection, person,
        pin=_hasher(cost).hash(checked), pin_length=len(checked), failed=0, waits_until=None,
    )  # fmt: skip
    change.record("people.pin", "people", person)


def set_badge(change: Change, person: int, scanned: str) -> None:
    """Give a person a badge that is scanned in place of a name; empty takes it away. Raises Taken."""
    mark = change.keys.badge(scanned) if scanned else None
    _set(change.connection, person, badge=mark)
    change.record("people.badge", "people", person, given=bool(scanned))


def account(connection: Connection, person: int) -> Account:
    """Give one account. Raises NotKnown."""
    found = connection.execute(select(PEOPLE).where(PEOPLE.c.id == person)).first()
    if found is None:
        raise NotKnown
    return _account(found)


def accounts(connection: Connection) -> tuple[Account, ...]:
    """List all accounts by name, those that left among them."""
    rows = connection.execute(select(PEOPLE).order_by(PEOPLE.c.name, PEOPLE.c.id))
    return tuple(_account(row) for row in rows)


def named(connection: Connection, who: str) -> Account | None:
    """Find who works here by initials or full name, in any case."""
    wanted = who.strip().casefold()
    here = [each for each in accounts(connection) if each.active]
    by_initials = [each for each in here if each.doer.initials.casefold() == wanted]
    by_name = [each for each in here if each.doer.name.casefold() == wanted]
    found = by_initials or by_name
    return found[0] if len(found) == 1 else None


def badge_of(connection: Connection, keys: Keys, scanned: str) -> Account | None:
    """Find who works here by a badge."""
    found = connection.execute(
        select(PEOPLE).where(PEOPLE.c.badge == keys.badge(scanned), PEOPLE.c.active == 1)
    ).first()
    return _account(found) if found else None


def try_pin(change: Change, person: int, pin: str, now: datetime) -> bool:
    """Tell whether a PIN is the person's; a wrong one is counted. Raises MustWait."""
    row = change.connection.execute(select(PEOPLE).where(PEOPLE.c.id == person)).one()
    left = datetime.fromisoformat(row.waits_until) - now if row.waits_until else timedelta(0)
    if timedelta(0) < left <= timedelta(seconds=LONGEST_WAIT):  # longer: the clock was put back
        raise MustWait(seconds=str(max(1, round(left.total_seconds()))))
    if _is(row.pin, pin):
        _set(change.connection, person, failed=0, waits_until=None)
        return True
    failed = row.failed + 1
    wait = min(LONGEST_WAIT, 30 * 2 ** (failed - FREE_TRIES)) if failed >= FREE_TRIES else 0
    until = written(now + timedelta(seconds=wait)) if wait else None
    _set(change.connection, person, failed=failed, waits_until=until)
    return False


def try_nobody(pin: str, cost: Cost) -> None:
    """Take as long as a wrong PIN does, so that a name nobody has is not told by the time."""
    _hasher(cost).hash(pin.encode("utf-8", "surrogatepass"))


def checked_pin(pin: str) -> str:
    """Give a PIN that may be one. Raises BadPin."""
    plain = pin.strip()
    good = plain.isascii() and plain.isdigit() and LEAST_PIN <= len(plain) <= LONGEST_PIN
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(plain)} if good else {0}
    if not good or (len(steps) == 1 and steps <= {0, 1, 9}):  # 1111, 1234, 4321
        raise BadPin(least=str(LEAST_PIN), most=str(LONGEST_PIN))
    return plain


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(cost.rounds, cost.memory_kib, cost.lanes)


def _is(kept: str, pin: str) -> bool:
    if not pin.isascii():
        return False
    try:
        return PasswordHasher().verify(kept, pin.strip())  # the cost stands in what is kept
    except (VerificationError, InvalidHashError):
        return False


def _set(connection: Connection, person: int, **columns: object) -> None:
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == person).values(**columns))


def _account(row: Any) -> Account:
    return Account(
        Doer(row.id, row.name, row.initials, Role(row.role)),
        row.version,
        bool(row.active),
        row.pin_length,
        row.badge is not None,
    )
