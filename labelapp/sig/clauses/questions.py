"""Questions: what the reader noticed, and the answers a person already gave to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from labelapp.rx.decision import Decision, settled_by
from labelapp.rx.finding import Finding, Settler, Severity, Span, ask, note, stop


class Questions:
    """Collects the findings of one reading, in the order of the text they speak of.

    An ASK that offers choices is answered by a decision over the same values; it stays listed, so
    that the record shows it. An ASK without a choice is settled by nobody: the directions must be
    typed again.
    """

    def __init__(self, text: str, field: str, decisions: Iterable[Decision] = ()) -> None:
        self.text = text
        self._field = field
        self._decisions = tuple(decisions)
        self._found: dict[Finding, bool] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Give everything noticed, each once, in the order of the text."""
        return tuple(sorted(self._found, key=lambda each: each.spans[:1] and each.spans[0].start))

    @property
    def answered(self) -> tuple[Finding, ...]:
        """Give the findings a decision has answered."""
        return tuple(finding for finding, settled in self._found.items() if settled)

    @property
    def is_open(self) -> bool:
        """True while an ASK or a STOP waits for an answer."""
        return self.open_count > 0

    @property
    def open_count(self) -> int:
        """Count the ASKs and STOPs that wait for an answer."""
        return sum(
            not settled and each.severity is not Severity.NOTE
            for each, settled in self._found.items()
        )

    def written(self, span: Span) -> str:
        """Give the words of a span on one line, as they were written."""
        return " ".join(span.of(self.text).split())

    def stop(self, code: str, span: Span, **values: str) -> None:
        """Refuse: no LDN label can carry this, whoever says so."""
        values.setdefault("text", self.written(span))
        found = stop(code, self._field, Settler.NOBODY, **values)
        self._found[replace(found, spans=(span,))] = False

    def note(self, code: str, span: Span, **values: str) -> None:
        """Say something that holds nothing up."""
        values.setdefault("text", self.written(span))
        self._found[replace(note(code, self._field, **values), spans=(span,))] = False

    def waits(self, span: Span) -> None:
        """Say that a piece is read only when the question beside it is answered."""
        asked = [each for found in self._found for each in found.spans]
        if not any(each.start <= span.start and span.end <= each.end for each in asked):
            self.note("sig.waits", span)

    def ask(
        self, code: str, span: Span, choices: tuple[str, ...] = (), **values: str
    ) -> str | None:
        """Ask, and give the choice of a decision that answers; None while it is open."""
        settler = Settler.CLINICAL if choices else Settler.NOBODY
        values.setdefault("text", self.written(span))
        found = replace(ask(code, self._field, settler, **values), spans=(span,), choices=choices)
        settled = settled_by(found, self._decisions) if choices else None
        self._found[found] = settled is not None
        return settled.choice if settled else None
