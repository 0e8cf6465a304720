"""The grammar of a sig: words to clauses, each word used by one slot or asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, ClassVar

from labelapp.rx.amount import Unit
from labelapp.rx.directions import Meal, Route, Verb
from labelapp.rx.finding import Span
from labelapp.rx.timing import When
from labelapp.sig.clause import Clause, Written
from labelapp.sig.context import Token
from labelapp.sig.dosed import Dosed
from labelapp.sig.listing import joins_unlike
from labelapp.sig.questions import Questions

_REASON = {"reason", "reason-word", "unknown"}
_JOINS_REASONS = {"and", "or", "per", "skip", "break"}
_STRONGEST = ("", "and", ",", ";", ".", "then")


_SILENT = frozenset(
    {"break", "skip", "open-paren", "close-paren", "kept", "most", "most-day", "directed", "drug"}
)
"""Words that belong to no step of their own."""

_KEEP_FRESH = frozenset({"number", "a", "open-paren", "close-paren", "skip"})


class Grammar(Dosed):
    """Reads all tokens of one text into clauses, purpose, kept sentences and a ceiling."""

    def __init__(
        self,
        tokens: tuple[Token, ...],
        questions: Questions,
        unit: Unit | None,
        mg_in_one: Fraction | None,
    ) -> None:
        super().__init__(tokens, questions)
        self.clause = Clause()
        self.clauses = [self.clause]
        self.purpose = ""
        self.kept: list[str] = []
        self.most: Written | None = None
        self.directed: list[Span] = []
        self.used: list[Span] = []
        self.unit, self.mg_in_one = unit, mg_in_one
        self.link = ""
        self.fresh = False
        self._prn_open = False

    def parse(self) -> None:
        """Read to the last token."""
        while self.place < len(self.tokens):
            start, token = self.place, self.tokens[self.place]
            before, open_before = self.clause, self.questions.open_count
            self._HANDLERS.get(token.role, Grammar._stray)(self)
            self.place = max(self.place, start + 1)
            span = self.span_from(start)
            self.used.append(span)
            if self.questions.open_count > open_before or token.role == "asked":
                self.clause.in_doubt = True
            self.fresh = self.fresh and token.role in _KEEP_FRESH
            if token.role not in _SILENT:
                (self.clause if token.role not in {"after"} else before).spans.append(span)

    # ------------------------------------------------------------ clauses and what links them

    def open_clause(self, link: str) -> None:
        """Begin a new clause, unless the open one is still empty: then it only takes the link."""
        if self.clause.is_dosed or self.clause.says_anything or self.clause.verb:
            self.clause = Clause()
            self.clauses.append(self.clause)
        self.clause.link = link if len(self.clauses) > 1 else ""
        self.link = ""
        self._prn_open = False

    def _next_clause(self) -> None:
        self.open_clause(self.link)

    def _pend(self, link: str) -> None:
        if _STRONGEST.index(link) > _STRONGEST.index(self.link):
            self.link = link
        self.place += 1

    def _then(self) -> None:
        self.open_clause("then")
        self.place += 1

    def _and(self) -> None:
        if joins_unlike(self.tokens, self.place):
            span = self.tokens[self.place - 1].span.joined(self.at(1).span)
            self.questions.ask("sig.joined-times", span)
        self._pend("and")

    def _break(self) -> None:
        mark = self.questions.written(self.at().span)
        self._pend(mark if mark in _STRONGEST else ",")

    def _dash(self) -> None:
        glued = self.at(1).span.start == self.at().span.end and self.at(1).number is not None
        if glued and (self.at(-1).role == "end" or self.at(-1).span.end < self.at().span.start):
            self.unread(self.place)  # -1 is no number to take
        else:
            self._pend(",")

    def _silent(self) -> None:
        self.place += 1

    def _verb(self) -> None:
        verb = Verb(self.at().value)
        if self.clause.is_dosed or self.clause.verb not in {None, verb}:
            self._next_clause()
        self.clause.verb = verb
        self.place += 1

    def _passive(self) -> None:
        self.put("verb", Verb(self.at().value), self.at().span)
        self.place += 1

    def _stray(self) -> None:
        """Ask about a word that stands alone; a unit after a number in question goes with it."""
        if self.at(-1).role == "asked":
            self.place += 1
        else:
            self.unread(self.place)

    def _unknown(self) -> None:
        start = self.place
        while self.at().role == "unknown" or (
            self.at().role in {"skip", "a", "to", "drug"} and self.at(1).role == "unknown"
        ):
            self.place += 1
        span = self.span_from(start)
        ends = self.at().role in {"end", "break"} and self._dose_in_sentence(start)
        choices = ("print these words as written",) if ends else ()
        if self.questions.ask("sig.unknown-word", span, choices):
            self.kept.append(self.questions.written(span))

    def _dose_in_sentence(self, place: int) -> bool:
        """Tell whether the open clause has its dose in the same sentence as this place."""
        ends = [
            each.span.end
            for each in self.tokens[:place]
            if each.role == "break" and self.questions.written(each.span) in {".", ";"}
        ]
        dose = self.clause.dose
        return dose is not None and dose.span.start >= max(ends, default=0)

    # ------------------------------------------------------------ that it goes on

    def _go_on(self) -> None:
        """Read continue, thereafter, maintenance: the next dose, or this one, has no end."""
        going, leads = self.at(), self._leads_dose()
        said_of_window = self.clause.window is not None and self.at(-1).role == "and"
        self.place += 1
        onward = {"go-on", "open", "for", "length"}  # continue for 30 days: how long it runs
        if going.role == "go-on" and (leads or self.at().role in onward):
            if said_of_window and not self.clause.is_dosed:
                self.clause.goes_on = going.span
            return
        if leads and self.clause.is_dosed:
            self.open_clause("then")
        elif not leads and not self.clause.is_dosed and self.clause.link == "then":
            self.questions.ask("sig.open-end", going.span)
        self.clause.goes_on = going.span

    def _leads_dose(self) -> bool:
        """Tell whether a dose follows, which is then what goes on."""
        here, self.place = self.place, self.place + 1
        self.skip("skip", "go-on", "open", "a", "at", "to")
        role, after = self.at().role, self._role_after_numbers()
        self.place = here
        if role == "number":
            return after not in {"period", "times"}
        return role in {"verb", "unit", "pill", "increase", "decrease", "unknown", "asked"}

    # ------------------------------------------------------------ what it is for, and the rest

    def _for(self) -> None:
        start = self.place
        self.place += 1
        if self.counted_length():
            return
        if self.at().role in _REASON:
            self._reasons(start, said_for=True)
        elif self.at().role != "open":  # for maintenance
            self.unread(start)

    def _prn(self) -> None:
        start = self.place
        self.clause.as_needed = True
        self._prn_open = True
        self.place += 1
        if self.at().role in {"reason", "reason-word"}:
            self._reasons(start, said_for=True)

    def _prn_for(self) -> None:
        self.clause.as_needed = True
        self._for()

    def _reason(self) -> None:
        self._reasons(self.place, said_for=self._prn_open)

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
        known = said_for and all(each.role != "unknown" for each in words)
        if not known and self.questions.ask("sig.purpose", span, (f"for {text}",)) is None:
            return
        if self.purpose and self.purpose.casefold() != text.casefold():
            self.questions.ask("sig.contradiction", span, first=self.purpose, second=text)
        self.purpose = text

    def _reason_text(self, words: tuple[Token, ...]) -> str:
        whole = self.questions.written(words[0].span.joined(words[-1].span))
        codes = {"ha", "n/v", "slp"}
        return words[0].meaning if whole.lower() in codes else whole

    def _route(self) -> None:
        self.put("route", Route(self.at().value), self.at().span)
        self.place += 1

    def _meal(self) -> None:
        self.put("meal", Meal(self.at().value), self.at().span)
        before = self.at(-1)
        if before.role == "when" and before.span == self.at().span:  # before breakfast
            self.clause.meal_at.append(When(before.value))
        else:
            self.clause.meal_at.extend(When)
        self.place += 1

    def _formword(self) -> None:
        self.clause.form_words.append((self.at().value, self.at().span))
        self.place += 1

    def _most(self) -> None:
        start, daily = self.place, self.at().role == "most-day"
        self.place += 1
        self.skip("skip", "upto", "a", "to")
        most = self.written()
        for _ in range(3):
            if self.at().role == "in-day" or (
                self.at().role in {"days", "rate"} and self.at().value == "1"
            ):
                daily = True
                self.place += 1
            elif self.at().role == "per" and self.at(1).role == "period":
                daily = daily or self.at(1).value == "day"
                self.place += 2
        span = self.span_from(start)
        if most is None or most.high is not None or not daily:
            self.questions.ask("sig.most-unclear", span)
        elif self.most is None or self.most.kind == "bare":
            self._agree(self.most, most)
            self.most = most
        else:
            self._agree(self.most, most)

    def _agree(self, first: Written | None, second: Written) -> None:
        """Ask when two ceilings are written that are not the same."""
        if first is None:
            return
        same_unit = "bare" in {first.kind, second.kind} or first.unit == second.unit
        if first.low != second.low or not same_unit:
            one, other = (self.questions.written(each.span) for each in (first, second))
            self.questions.ask("sig.contradiction", second.span, first=one, second=other)

    def _kept(self) -> None:
        self.kept.append(self.at().meaning)
        self.place += 1

    def _directed(self) -> None:
        self.directed.append(self.at().span)
        self.place += 1

    def _refuse(self) -> None:
        self.questions.stop("sig.route-refused", self.at().span, where=self.at().value)
        self.place += 1

    def _unsupported(self) -> None:
        self.questions.ask("sig.not-countable", self.at().span)
        self.place += 1

    _HANDLERS: ClassVar[Mapping[str, Callable[[Any], None]]] = {
        "a": Dosed.a,
        "after": Dosed.after,
        "and": _and,
        "at": Dosed.at_word,
        "break": _break,
        "close-paren": _silent,
        "count": Dosed.count,
        "dash": _dash,
        "days": Dosed.days,
        "decrease": Dosed.decrease,
        "directed": _directed,
        "drug": _silent,
        "every": Dosed.every,
        "for": _for,
        "for-reason": _for,
        "formword": _formword,
        "go-on": _go_on,
        "hours": Dosed.hours,
        "increase": Dosed.increase,
        "kept": _kept,
        "length": Dosed.fixed_length,
        "meal": _meal,
        "most": _most,
        "most-day": _most,
        "night": Dosed.night,
        "number": Dosed.number,
        "once": Dosed.once,
        "open": _go_on,
        "open-paren": _silent,
        "passive": _passive,
        "per": Dosed.per,
        "period": Dosed.period,
        "prn": _prn,
        "prn-for": _prn_for,
        "rate": Dosed.rate,
        "reason": _reason,
        "reason-word": _reason,
        "refuse": _refuse,
        "route": _route,
        "skip": _silent,
        "then": _then,
        "unknown": _unknown,
        "asked": _silent,
        "unsupported": _unsupported,
        "verb": _verb,
        "verb-none": _silent,
        "when": Dosed.when,
        "window": Dosed.fixed_window,
    }
    """What is done at each word; any other stands where nothing can be made of it."""
