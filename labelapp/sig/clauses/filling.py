"""Filling: the open clause of a reading, and how its slots are filled or found taken."""

from __future__ import annotations

from labelapp.rx.finding import Span
from labelapp.sig.clauses.clause import Clause
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.cursor import Cursor

SLASH = "per"
"""The role of a slash, which parts as well as it counts: mon/wed/fri, 5 mg/5 mL."""


class Filling(Cursor):
    """Stands in the tokens with one clause open.

    Every reading method below it stands on its word and leaves the place after what it read.
    """

    clause: Clause
    clauses: list[Clause]
    link: str

    def peek(self, place: int) -> Token:
        """Give the token at a place, wherever the reading stands; beyond the last one an end."""
        return self.at(place - self.place)

    def role_at(self, place: int) -> str:
        """Give the role of the token at a place."""
        return self.peek(place).role

    def open_clause(self, link: str) -> None:
        """Begin a new clause that hangs on the one before by this link."""
        raise NotImplementedError

    def put(self, slot: str, value: object, span: Span) -> None:
        """Fill a slot of the open clause; a second value that differs is a contradiction."""
        old = getattr(self.clause, slot)
        if old in {None, ()} or (old == value and slot != "length"):
            setattr(self.clause, slot, value)
        else:
            first = self.questions.written(self.clause.span)
            second = self.questions.written(span)
            self.questions.ask("sig.contradiction", span, first=first, second=second)

    def unread(self, start: int) -> None:
        """Ask about words that stand where the reader can make nothing of them."""
        self.place = max(self.place, start + 1)
        self.questions.ask("sig.unread", self.span_from(start))
