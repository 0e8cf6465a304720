"""Who may do what: the acts there are, and the roles that may do each, as rows."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from labelapp.rx.errors import LabelappError
from labelapp.rx.people import Doer, Role


class Act(enum.StrEnum):
    """What a person can do with the records; each is a row of `resources/access.toml`."""

    VIEW = "view"
    ENTER = "enter"
    PRINT = "print"
    REPRINT = "reprint"
    VOID = "void"
    REVIEW = "review"
    VERIFY = "verify"
    VOUCH = "vouch"
    STAND = "stand"
    RECORD_LOT = "record-lot"
    RELEASE_LOT = "release-lot"
    RECALL = "recall"
    APPROVE = "approve"
    SETTINGS = "settings"
    STOCKS = "stocks"
    PEOPLE = "people"
    AUDIT = "audit"
    EXPORT = "export"
    BACKUP = "backup"
    RESTORE = "restore"


class NotAllowed(LabelappError):
    """The person's role may not do this. Values: act, role."""

    code = "access.not-allowed"


class NotSignedIn(LabelappError):
    """Nobody is signed in, or the counter is locked."""

    code = "access.not-signed-in"


@dataclass(frozen=True)
class Access:
    """The rows: for each act the roles that may do it."""

    roles: Mapping[Act, frozenset[Role]]

    @classmethod
    def of(cls, rows: Mapping[str, Iterable[str]]) -> Access:
        """Read the rows; every act must have one. Raises KeyError and ValueError otherwise."""
        known = {act: frozenset(map(Role, rows[act.value])) for act in Act}
        return cls(MappingProxyType(known))

    def may(self, role: Role, act: Act) -> bool:
        """Tell whether a role may do an act."""
        return role in self.roles[act]

    def ask(self, doer: Doer, act: Act) -> None:
        """Refuse what a person's role may not do. Raises NotAllowed."""
        if not self.may(doer.role, act):
            raise NotAllowed(act=act.value, role=doer.role.value)
