"""The grammar of a sig: words to clauses, each word used by one slot or asked about."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, ClassVar

from labelapp.rx.amount import Unit
from labelapp.rx.directions import Kept, Meal, Route, Verb
from labelapp.rx.finding import Span
from labelapp.rx.timing import When
from labelapp.sig.clauses.ceiling import OF_TIME, Limited
from labelapp.sig.clauses.clause import Clause, Written
from labelapp.sig.clauses.conditions import LEADS_DOSE
from labelapp.sig.clauses.context import Token
from labelapp.sig.clauses.listing import joins_unlike
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.clauses.reasons import Reasoned

_STRONGEST = ("", "and", ",", ";", ".", "then")


_SILENT = frozenset(
    {"break", "skip", "open-paren", "close-paren", "kept", "most", "most-day", "directed", "drug"}
)
"""Words that belong to no step of their own."""

_NO_STEP = frozenset({"end", "most", "most-day", "kept", "for-reason"})
"""What may come behind a stop: nothing that is taken."""

_UNENDED = frozenset({"and", "or", "verb", "verb-none", "on", "between", "if", "warn"})
"""Words after which something must come."""

_WORDS_OF_A_SENTENCE = 3
"""Fewer unknown words are a slip of the hand as likely as a sentence for the patient."""

_NO_TIMES = {"unit", "pill", "weekday"}
_KEEP_FRESH = frozenset({"number", "a", "open-paren", "close-paren", "skip"})


class Grammar(Limited):
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
        self.kept: list[Kept] = []
        self.most: Written | None = None
        self.directed: list[Span] = []
        self.used: list[Span] = []
        self.unit, self.mg_in_one = unit, mg_in_one
        self.link = ""
        self.fresh = False
        self.prn_open = False
        self.stops_after: int | None = None
        self.stop_spans: tuple[Span, ...] = ()
        self.most_spans: tuple[Span, ...] = ()
        self.led = self.timed_lead = False

    def parse(self) -> None:
        """Read to the last token."""
        while self.place < len(self.tokens):
            start, token = self.place, self.tokens[self.place]
            before, times, open_before = self.clause, self.clause.times, self.questions.open_count
            staged, of_ceiling = self._is_new_stage(token), self.may_be_ceilings(token)
            self._HANDLERS.get(token.role, Grammar._stray)(self)
            self.place = max(self.place, start + 1)
            span = self.span_from(start)
            self.used.append(span)
            if staged and self.clause is before and (self.link or self.clause.times != times):
                self.questions.ask("sig.length-of-which", span)
            if of_ceiling and not (token.role == "for" and self.at(-1).role != "period"):
                self.questions.ask("sig.which-dose", span)
            self.pass_ceiling(token)
            self._lead_sentence(token, before, span)
            if self.questions.open_count > open_before or token.role == "asked":
                self.clause.in_doubt = True
            self.fresh = self.fresh and token.role in _KEEP_FRESH
            if token.role not in _SILENT:
                (before if token.role == "after" else self.clause).spans.append(span)
        self._cut_off()

    def _lead_sentence(self, token: Token, before: Clause, span: Span) -> None:
        """Ask when a time leads a sentence and its dose comes behind: daily. At night take 2."""
        if token.role == "break":
            self.led = self.questions.written(token.span) in {".", ";"} and self.clause.is_dosed
            self.timed_lead = False
        elif self.led and token.role in OF_TIME and self.clause is before:
            self.timed_lead = True
        elif self.clause is not before and self.timed_lead:
            self.questions.ask("sig.which-dose", span)
            self.led = self.timed_lead = False
        elif token.role not in {"skip", "every", "open-paren"}:
            self.led = False

    def _cut_off(self) -> None:
        """Ask about a last word after which more must come: 1 capsule daily and."""
        words = [each for each in self.tokens if each.role not in {"break", "close-paren"}]
        if words and words[-1].role in _UNENDED:
            self.questions.ask("sig.unread", words[-1].span)

    def _is_new_stage(self, token: Token) -> bool:
        """Tell whether a time comes after days that ended: qhs for 2 weeks, MWF for 2 weeks."""
        timed = token.role in OF_TIME or (token.role == "number" and self.at(1).role == "when")
        at_times = bool(self.clause.when or self.clause.clock or self.clause.hours)
        ended = at_times or (self.clause.has_time and self.link != "")
        return timed and ended and self.clause.length is not None

    # ------------------------------------------------------------ clauses and what links them

    def open_clause(self, link: str) -> None:
        """Begin a new clause, unless the open one is still empty: then it only takes the link."""
        if link in {"", ",", ".", ";"}:
            self._drug_line()
        if self.clause.is_dosed or self.clause.says_anything or self.clause.verb:
            self.clause = Clause()
            self.clauses.append(self.clause)
        self.clause.link = link if len(self.clauses) > 1 else ""
        self.link = ""
        self.prn_open = False

    def _drug_line(self) -> None:
        """Take the drug and its strength that lead the directions for what they are: no dose."""
        first, dose = self.clause, self.clause.dose
        names = first.names_drug and len(self.clauses) == 1 and dose is not None
        says_more = first.says_anything or first.verb is not None or first.weight is not None
        if names and not says_more and dose is not None and dose.kind == "mass":
            own = dose.high is None and self.in_mg(dose) == self.mg_in_one
            first.dose = None if own else dose

    def _next_clause(self) -> None:
        self.open_clause(self.link)

    def _pend(self, link: str) -> None:
        if _STRONGEST.index(link) > _STRONGEST.index(self.link):
            self.link = link
        self.place += 1

    def _then(self) -> None:
        """Read then, thereafter; before any dose it says that something is missing."""
        if not any(each.is_dosed for each in self.clauses):
            self.questions.ask("sig.unread", self.at().span)
        self.open_clause("then")
        self.place += 1

    def _and(self) -> None:
        left, right = self.at(-1).role, self.at(1).role
        if left in {"end", "verb", "then"} or (
            left in _NO_TIMES and right in {"when", "night", "count"}
        ):
            self.unread(self.place)  # what stood before it is lost
            return
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

    def _start(self) -> None:
        self.clause.starts = True
        self.place += 1

    def _silent(self) -> None:
        self.place += 1

    def _verb(self) -> None:
        verb = Verb(self.at().value)
        short = self.at().span.end - self.at().span.start <= 2
        if short and self.at(1).role not in LEADS_DOSE:  # t may be Tuesday
            self.unread(self.place)
            return
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
        strange = {"unknown", "word"}
        while self.at().role in strange or (
            self.at().role in {"skip", "a", "to", "drug"} and self.at(1).role in strange
        ):
            self.place += 1
        span = self.span_from(start)
        ends = self.at().role in {"end", "break"} and self._dose_in_sentence(start)
        sentence = len(self.questions.written(span).split()) >= _WORDS_OF_A_SENTENCE
        choices = ("print these words as written",) if ends and sentence else ()
        if self.questions.ask("sig.unknown-word", span, choices):
            self.kept.append(Kept(self.questions.written(span), span))

    def _dose_in_sentence(self, place: int) -> bool:
        """Tell whether the open clause has its dose in the same sentence as this place."""
        ends = [
            each.span.end
            for each in self.tokens[:place]
            if each.role == "break" and self.questions.written(each.span) in {".", ";"}
        ]
        dose = self.clause.dose
        return dose is not None and dose.span.start >= max(ends, default=0)

    def _order(self) -> None:
        """Read `the next week 0.2 mL`: a dose follows, for that week or from it on."""
        start = self.place
        if self.at(1).role != "period" or self.at(2).number is None:
            self.unread(start)
            return
        if self.clause.is_dosed:
            self.open_clause("then")
        days = self.length()
        if days is not None:
            self.put("length", days, self.span_from(start))
            self.clause.first_only = self.span_from(start)

    # ------------------------------------------------------------ that it goes on

    def _go_on(self) -> None:
        """Read continue, thereafter, maintenance: the next dose, or this one, has no end."""
        going, leads = self.at(), self._leads_dose()
        self.clause.starts = True
        if going.role == "open" and not any(each.is_dosed for each in self.clauses) and leads:
            self.questions.ask("sig.unread", going.span)  # thereafter take 1 capsule
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

    # ------------------------------------------------------------ the rest

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

    def _kept(self) -> None:
        self.kept.append(Kept(self.at().meaning, self.at().span))
        self.place += 1

    def _drug(self) -> None:
        self.clause.names_drug = self.clause.names_drug or not self.clause.is_dosed
        self.place += 1

    def _stop(self) -> None:
        """Read `then stop` at the end of all doses; whatever follows it is another matter."""
        start = self.place
        self.place += 1
        self.skip("verb-none", "skip")
        after = self.at(1).role if self.at().role == "break" else self.at().role
        ends = after in _NO_STEP
        said = any(each.is_dosed for each in self.clauses)
        if not (ends and said):
            self.unread(start)
            return
        self.stops, self.stop_spans = True, (self.span_from(start),)
        if not self.clause.is_dosed and self.clause.link == "then":
            self.clause.link = ""

    def _after(self) -> None:
        """Read `after day 28, stop`; any other `after` says how long the dose before it runs."""
        start, place = self.place, self.place + 3
        place += self.at(3).role == "break"
        day = self.at(2).number if self.at(1).value == "day" else None
        if day is None or self.at(place - start).role != "stop":
            self.after()
            return
        self.place, self.stops_after = place, int(day)
        self._stop()

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
        "a": Reasoned.a,
        "after": _after,
        "and": _and,
        "at": Reasoned.at_word,
        "between": Reasoned.between,
        "break": _break,
        "close-paren": _silent,
        "condition": Limited.condition,
        "count": Reasoned.count,
        "dash": _dash,
        "days": Reasoned.days,
        "decrease": Reasoned.decrease,
        "directed": _directed,
        "drug": _drug,
        "every": Reasoned.every,
        "for": Reasoned.for_what,
        "for-reason": Reasoned.for_what,
        "formword": _formword,
        "go-on": _go_on,
        "hours": Reasoned.hours,
        "increase": Reasoned.increase,
        "kept": _kept,
        "length": Reasoned.fixed_length,
        "manner": Limited.manner,
        "meal": _meal,
        "most": Limited.ceiling,
        "most-day": Limited.ceiling,
        "night": Reasoned.night,
        "number": Reasoned.number,
        "on": Reasoned.on_word,
        "once": Reasoned.once,
        "open": _go_on,
        "open-paren": _silent,
        "order": _order,
        "passive": _passive,
        "pause": Reasoned.pause,
        "per": Reasoned.per,
        "period": Reasoned.period,
        "prn": Reasoned.prn,
        "prn-for": Reasoned.prn_for,
        "rate": Reasoned.rate,
        "reason": Reasoned.reason,
        "reason-word": Reasoned.reason,
        "refuse": _refuse,
        "route": _route,
        "skip": _silent,
        "stop": _stop,
        "then": _then,
        "unknown": _unknown,
        "upto": Reasoned.upto,
        "asked": _silent,
        "unsupported": _unsupported,
        "verb": _verb,
        "verb-none": _start,
        "weekday": Reasoned.weekday,
        "when": Reasoned.when,
        "window": Reasoned.fixed_window,
        "word": _unknown,
    }
    """What is done at each word; any other stands where nothing can be made of it."""
