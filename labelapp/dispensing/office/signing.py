"""Signing in: who is at this counter now, the lock, and a pharmacist who vouches in passing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from labelapp.dispensing.office.access import Access, Act, NotAllowed, NotSignedIn
from labelapp.dispensing.office.shown import ShownPerson
from labelapp.rx.people import Doer, Role
from labelapp.store import people
from labelapp.store.keys import Cost
from labelapp.store.people import Account, NotKnown
from labelapp.store.vault import Change, Vault

NOBODY = Doer(0, "labelapp", "--", Role.ADMINISTRATOR)
"""The program itself, in whose name a failed sign-in and the hourly backup stand in the audit."""


class Signing:
    """Who works at this counter. Everything else in the office asks it whose name it acts in.

    `idle` is how long nobody may touch anything before the counter locks (45 CFR 164.312(a)(2)(iii));
    a locked counter keeps its person, and only their PIN, or another person's sign-in, opens it.
    """

    def __init__(
        self,
        vault: Vault,
        access: Access,
        clock: Callable[[], datetime],
        cost: Cost,
        idle: timedelta = timedelta(minutes=5),
    ) -> None:
        self._vault = vault
        self._access = access
        self._clock = clock
        self._cost = cost
        self.idle = idle
        self._doer: Doer | None = None
        self._is_locked = False
        self._touched = clock()

    @property
    def person(self) -> ShownPerson | None:
        """Whoever is signed in, locked or not."""
        return None if self._doer is None else _shown(self._doer)

    @property
    def is_away(self) -> bool:
        """True while nobody is signed in here, or whoever is has left the counter locked."""
        return self._doer is None or self.is_locked

    @property
    def is_locked(self) -> bool:
        """True while somebody is signed in and the counter is locked, by hand or left alone."""
        if self._doer is not None and self._clock() - self._touched >= self.idle:
            self._is_locked = True
        return self._doer is not None and self._is_locked

    def doer(self) -> Doer:
        """Give the person who acts now. Raises NotSignedIn, also while the counter is locked."""
        if self._doer is None or self.is_locked:
            raise NotSignedIn
        return self._doer

    def whoever(self) -> Doer:
        """Give the person last signed in, locked or not: what they began is ended in their name."""
        return self._doer or NOBODY

    def touch(self) -> None:
        """Hear that somebody is there: the idle time begins anew, unless it is over."""
        if not self.is_locked:
            self._touched = self._clock()

    def lock(self) -> None:
        """Lock the counter; the form stays as it is."""
        if self._doer is not None and not self._is_locked:
            self._is_locked = True
            with self._vault.change(self._doer) as change:
                change.record("lock")

    def pin_length(self, who: str) -> int:
        """Tell how long the PIN of somebody is, so that a window knows when it is whole; 0 for nobody."""
        with self._vault.look() as connection:
            known = people.named(connection, who)
        return known.pin_length if known else 0

    def sign_in(self, who: str, pin: str) -> ShownPerson:
        """Sign a person in by initials or name and PIN; whoever was signed in is not any more.

        Raises NotKnown and MustWait; a failed sign-in is in the audit.
        """
        with self._vault.look() as connection:
            known = people.named(connection, who)
        return self._come(self._proven(known, pin, "sign-in"))

    def badge(self, scanned: str, pin: str) -> ShownPerson:
        """Sign a person in by badge and PIN. Raises NotKnown and MustWait."""
        with self._vault.look() as connection:
            known = people.badge_of(connection, self._vault.keys, scanned)
        return self._come(self._proven(known, pin, "sign-in"))

    def is_badge(self, scanned: str) -> str:
        """Tell whose badge was scanned, by their initials; empty for nobody's."""
        with self._vault.look() as connection:
            known = people.badge_of(connection, self._vault.keys, scanned)
        return known.doer.initials if known else ""

    def unlock(self, pin: str) -> ShownPerson:
        """Open the lock for whoever is signed in. Raises NotKnown, MustWait, NotSignedIn."""
        if self._doer is None:
            raise NotSignedIn
        with self._vault.look() as connection:
            known = people.account(connection, self._doer.id)
        return self._come(self._proven(known, pin, "unlock"))

    def sign_out(self) -> None:
        """Leave the counter with nobody signed in."""
        if self._doer is not None:
            with self._vault.change(self._doer) as change:
                change.record("sign-out")
        self._doer, self._is_locked = None, False

    def vouch(self, who: str, pin: str, act: Act = Act.VOUCH) -> Doer:
        """Prove a second person for one act, without signing the first one out.

        Raises NotKnown, MustWait, and NotAllowed when that person's role may not do it.
        """
        self.doer()
        with self._vault.look() as connection:
            known = people.named(connection, who)
        account = self._proven(known, pin, "vouch")
        self.allow(account.doer, act)
        return account.doer

    def allow(self, doer: Doer, act: Act) -> None:
        """See that somebody may do an act. Raises NotAllowed.

        What a role may not do is written down when somebody tries it.
        """
        try:
            self._access.ask(doer, act)
        except NotAllowed:
            if self._vault.may_write:
                with self._vault.change(doer) as change:
                    change.record("denied", detail_of=act.value)
            raise

    def change_pin(self, old: str, new: str) -> None:
        """Change the own PIN. Raises NotKnown for a wrong old one, and BadPin."""
        doer = self.doer()
        with self._vault.look() as connection:
            known = people.account(connection, doer.id)
        self._proven(known, old, "pin")
        with self._vault.change(doer) as change:
            people.set_pin(change, doer.id, new, self._cost)

    def trust(self, doer: Doer) -> None:
        """Take somebody as signed in without a PIN: in the throw-away records of training alone."""
        self._come(Account(doer, 1, active=True, pin_length=0, has_badge=False))

    def _proven(self, known: Account | None, pin: str, why: str) -> Account:
        """Prove a PIN; the count of wrong ones is kept whatever comes of it."""
        name = known.doer if known and known.active else NOBODY
        is_right = False
        waits: people.MustWait | None = None
        with self._vault.change(name) as change:
            if known is not None and known.active:
                try:
                    is_right = people.try_pin(change, known.doer.id, pin, self._clock())
                except people.MustWait as failed:
                    waits = failed
            else:
                people.try_nobody(pin, self._cost)  # takes as long as a wrong PIN
            _said(change, why, is_right=is_right)
        if waits is not None:
            raise waits
        if not is_right or known is None:
            raise NotKnown
        return known

    def _come(self, known: Account) -> ShownPerson:
        self._doer, self._is_locked, self._touched = known.doer, False, self._clock()
        return _shown(known.doer)


def _said(change: Change, why: str, *, is_right: bool) -> None:
    change.record(why if is_right else f"{why}-failed")


def _shown(doer: Doer) -> ShownPerson:
    return ShownPerson(doer.id, doer.name, doer.initials, doer.role)
