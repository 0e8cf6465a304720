"""Conditions: words a dose hangs on, and words of how it is taken, kept as the writer wrote them."""

from __future__ import annotations

from labelapp.sig.clauses.reasons import Reasoned

LEADS_DOSE = frozenset(
    {"number", "verb", "increase", "decrease", "period", "window", "after", "a", "go-on", "unit"}
)
"""Words with which a dose begins, or what it changes to."""


class Conditioned(Reasoned):
    """Reads as tolerated, if tolerated, with milk, to the wrist."""

    def condition(self) -> None:
        """Keep words a dose hangs on as they stand: as tolerated. Which dose, their marks tell."""
        token, start = self.at(), self.place
        self.place += 1
        if self._speaks_of_next(start) and (self.clause.is_dosed or self.clause.link != "then"):
            self.open_clause("then")  # if tolerated, increase to 2 capsules
        if token.meaning not in self.clause.conditions:
            self.clause.conditions.append(token.meaning)

    def _speaks_of_next(self, start: int) -> bool:
        """Tell whether a condition belongs to the dose after it; where it may be either, ask."""
        after = start + 1
        while self.role_at(after) in {"break", "then", "and"}:
            after += 1
        if self.role_at(after) not in LEADS_DOSE or (start == 0 and not self.clause.is_dosed):
            return False
        before, behind = self.role_at(start - 1), self.role_at(start + 1)
        full = before == "break" and self.questions.written(self.peek(start - 1).span) != ","
        if full or before == "then" or self.peek(start).meaning.startswith("if"):
            return True
        if (before in {"break", "and"}) == (behind in {"break", "and", "then"}):
            self.questions.ask("sig.which-dose", self.peek(start).span)
        return before in {"break", "and"}

    def manner(self) -> None:
        """Keep words of how it is taken or where it is rubbed in, as they stand."""
        said, manner = self.at().meaning, self.clause.manner
        if said.startswith("to ") and any(each.startswith("to ") for each in manner):
            self.questions.ask("sig.contradiction", self.at().span, first=manner[0], second=said)
        if said not in manner:
            manner.append(said)
        self.place += 1
