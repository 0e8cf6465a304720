"""The ledger: the open records and who works on them; every act is asked for and written down here."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from labelapp.dispensing.office.access import Access, Act
from labelapp.dispensing.office.signing import Signing
from labelapp.rx.people import Doer
from labelapp.store.keys import Cost
from labelapp.store.vault import Change, Look, Vault


class Ledger:
    """The records as one counter works on them. Nothing in the office goes past it.

    `clock` tells the time, `cost` what a guess at a PIN costs. `is_training` is true for throw-away
    records, on which nothing is for a patient.
    """

    def __init__(
        self,
        vault: Vault,
        access: Access,
        clock: Callable[[], datetime],
        cost: Cost,
        *,
        is_training: bool = False,
    ) -> None:
        self.vault = vault
        self.access = access
        self.clock = clock
        self.cost = cost
        self.is_training = is_training
        self.signing = Signing(vault, access, clock, cost)

    def may(self, act: Act) -> bool:
        """Tell whether whoever is signed in may do an act, so that a window need not offer it."""
        person = self.signing.person
        return person is not None and self.access.may(person.role, act)

    def ask(self, act: Act) -> Doer:
        """Give the person who acts, if they may. Raises NotSignedIn and NotAllowed."""
        doer = self.signing.doer()
        self.signing.allow(doer, act)
        return doer

    @contextmanager
    def change(self, act: Act, by: Doer | None = None) -> Iterator[Change]:
        """Change the records in the name of whoever is signed in, or of one who vouched `by` PIN.

        Raises NotSignedIn, NotAllowed, StoreTrouble.
        """
        doer = self.ask(act) if by is None else by
        if by is not None:
            self.signing.doer()
            self.signing.allow(by, act)
        with self.vault.change(doer) as change:
            yield change

    @contextmanager
    def look(self, act: Act) -> Iterator[Look]:
        """Read the records without opening any one of them: lists, numbers, what a check needs."""
        self.ask(act)
        with self.vault.look() as connection:
            yield connection

    def today(self) -> str:
        """Give the day at the pharmacy, ISO 8601."""
        return self.clock().date().isoformat()

    def locks_after(self, minutes: int) -> None:
        """Set after how many minutes a counter left alone locks."""
        self.signing.idle = timedelta(minutes=minutes)
