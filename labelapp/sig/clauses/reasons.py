"""Reasons: what the medicine is for, and that it is taken as needed."""

from __future__ import annotations

from labelapp.rx.directions import Length
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.rule import Ruled

_REASON = {"reason", "reason-word", "unknown"}
_LINKS = {"and", "or", "per", "break"}
_JOINS_REASONS = {"and", "or", "per", "skip", "break"}


class Reasoned(Ruled):
    """Reads as needed, and the reason in the writer's own words."""

    purpose: str
    prn_open: bool
    purpose_led = False
    """True when the purpose says what becomes of something: preventing migraine."""

    def for_what(self) -> None:
        """Read `for` before a length of days or a reason."""
        start, lead = self.place, self.at().meaning
        self.place += 1
        self.place += self.at().value == ":"  # indication: fibromyalgia
        if self.at().role == "upto":
            self._at_most(start)
            return
        if self.counted_length():
            return
        if self.at().role == "asked":
            self.place += 1
        elif self.at().role in _REASON:
            self._reasons(start, said_for=True)
            if lead.endswith("ing") and self.purpose:
                self.purpose, self.purpose_led = f"{lead} {self.purpose}", True
        elif self.at().role != "open":  # for maintenance
            self.unread(start)

    def _at_most(self, start: int) -> None:
        """Ask how long `for up to 10 days` is: the longest it may be is offered."""
        self.place += 1
        days = self.length()
        if days is None:
            self.unread(start)
            return
        most = days.high or days.days
        choice = "1 day" if most == 1 else f"{most} days"
        if self.questions.ask("sig.length-unclear", self.span_from(start), (choice,)) is not None:
            days = Length(most)
        self.put("length", days, self.span_from(start))

    def prn(self) -> None:
        """Read as needed, and the reason that follows it at once."""
        start = self.place
        self.clause.as_needed = True
        self.prn_open = True
        self.place += 1
        if self.at().role in {"reason", "reason-word"}:
            self._reasons(start, said_for=True)

    def prn_for(self) -> None:
        """Read `as needed for` with its reason."""
        self.clause.as_needed = True
        self.for_what()

    def reason(self) -> None:
        """Read a reason without `for`, certain only after as needed."""
        self._reasons(self.place, said_for=self.prn_open)

    def _reasons(self, start: int, *, said_for: bool) -> None:
        """Read what the medicine is for, in the writer's own words; unknown ones are asked."""
        first = self.place
        while self.at().role in _REASON or (
            self.at().role in _JOINS_REASONS
            and self.at(1).role in {"reason", "reason-word"}
            and self.questions.written(self.at().span) not in {".", ";"}
        ):
            self.place += 1
        words = self.tokens[first : self.place]
        text = self._reason_text(words)
        span = self.span_from(start)
        known = said_for and all(each.role in {"reason", "reason-word", *_LINKS} for each in words)
        known = known and words[-1].role == "reason"  # not: for right
        if not known and self.questions.ask("sig.purpose", span, (f"for {text}",)) is None:
            return
        if self.purpose and self.purpose.casefold() != text.casefold():
            self.questions.ask("sig.contradiction", span, first=self.purpose, second=text)
        self.purpose = text

    def _reason_text(self, words: tuple[Token, ...]) -> str:
        whole = self.questions.written(words[0].span.joined(words[-1].span))
        codes = {"ha", "n/v", "slp"}
        return words[0].meaning if whole.lower() in codes else whole
