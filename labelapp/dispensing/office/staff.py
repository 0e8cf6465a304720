"""Staff: the accounts of the people who work here."""

from __future__ import annotations

from labelapp.dispensing.office.access import Act
from labelapp.dispensing.office.ledger import Ledger
from labelapp.dispensing.office.shown import ShownPerson
from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Role
from labelapp.store import people


class BadName(LabelappError):
    """A name or initials nobody can have: empty, too long, or with signs that cannot be seen."""

    code = "people.bad-name"


class LastOne(LabelappError):
    """The last person who may give accounts cannot be taken away."""

    code = "people.last-one"


LONGEST_NAME, LONGEST_INITIALS = 80, 4
KEEPERS = frozenset({Role.PHARMACIST_IN_CHARGE, Role.ADMINISTRATOR})


class Staff:
    """The people of the pharmacy; a person who leaves keeps their account, closed, for the records."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def listed(self) -> tuple[ShownPerson, ...]:
        """List everybody, those who left among them."""
        with self._ledger.look(Act.PEOPLE) as connection:
            return tuple(_shown(each) for each in people.accounts(connection))

    def names(self) -> tuple[ShownPerson, ...]:
        """List who works here now, for choosing a name at the sign-in; asks for nobody."""
        with self._ledger.vault.look() as connection:
            known = people.accounts(connection)
        return tuple(_shown(each) for each in known if each.active)

    def add(self, name: str, initials: str, role: Role, pin: str) -> ShownPerson:
        """Give somebody an account. Raises BadName, BadPin, Taken."""
        said, short = checked_name(name, initials)
        with self._ledger.change(Act.PEOPLE) as change:
            return _shown(people.add(change, said, short, role, pin, self._ledger.cost))

    def alter(self, person: ShownPerson, name: str, role: Role, *, active: bool) -> ShownPerson:
        """Change name, role, or whether somebody works here. Raises BadName, Conflict, LastOne."""
        said, _short = checked_name(name, person.initials)
        with self._ledger.change(Act.PEOPLE) as change:
            known = people.account(change.connection, person.id)
            others = {
                each.doer.role
                for each in people.accounts(change.connection)
                if each.active and each.doer.id != person.id
            }
            stays = active and role in KEEPERS
            if known.doer.role in KEEPERS and not stays and not others & KEEPERS:
                raise LastOne
            seen = people.Account(
                known.doer, person.version or known.version, known.active, 0, known.has_badge
            )
            return _shown(people.alter(change, seen, said, role, active=active))

    def set_pin(self, person: int, pin: str) -> None:
        """Give somebody another PIN. Raises BadPin."""
        with self._ledger.change(Act.PEOPLE) as change:
            people.set_pin(change, person, pin, self._ledger.cost)

    def set_badge(self, person: int, scanned: str) -> None:
        """Give somebody a badge, or take it away with an empty text. Raises Taken."""
        with self._ledger.change(Act.PEOPLE) as change:
            people.set_badge(change, person, scanned)


def checked_name(name: str, initials: str) -> tuple[str, str]:
    """Give a name and initials without outer space. Raises BadName."""
    said, short = " ".join(name.split()), initials.strip().upper()
    good = said and said.isprintable() and len(said) <= LONGEST_NAME
    if not (good and short.isalnum() and len(short) <= LONGEST_INITIALS):
        raise BadName(most=str(LONGEST_INITIALS))
    return said, short


def _shown(known: people.Account) -> ShownPerson:
    doer = known.doer
    return ShownPerson(
        doer.id,
        doer.name,
        doer.initials,
        doer.role,
        known.active,
        known.has_badge,
        known.version,
        known.pin_length,
    )
