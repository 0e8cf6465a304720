"""The reader: directions as written to steps, with every doubt as a finding and no guess."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

from labelapp.rx.amount import Amount, Strength, Unit
from labelapp.rx.compound import Form
from labelapp.rx.decision import Decision
from labelapp.rx.directions import Sig, Step, laid_out, last_day
from labelapp.rx.finding import Finding, Severity, Span
from labelapp.rx.timing import Timing, When
from labelapp.sig.clauses.arrange import arranged
from labelapp.sig.clauses.clause import Clause, Group
from labelapp.sig.clauses.context import Token, resolve
from labelapp.sig.clauses.foreign import is_foreign
from labelapp.sig.clauses.grammar import Grammar
from labelapp.sig.clauses.growing import increases
from labelapp.sig.clauses.measure import Measured, Scale
from labelapp.sig.clauses.often import how_often
from labelapp.sig.clauses.questions import Questions
from labelapp.sig.clauses.scan import may_be_read, scan
from labelapp.sig.clauses.sentences import without_strange
from labelapp.sig.codes.own import typed_out
from labelapp.sig.codes.words import Lexicon

_ORDER = tuple(When)
_AT_ONE_TIME = "all at one time"


@dataclass(frozen=True)
class Reading:
    """What was understood of directions, and what was noticed.

    `answered` are the findings a decision settled: they stay listed and hold nothing up. `used`
    are the pieces of the text that went into steps, purpose, ceiling or kept sentences; every
    other character is white space or lies in the span of a finding.
    """

    sig: Sig
    findings: tuple[Finding, ...]
    answered: tuple[Finding, ...] = ()
    used: tuple[Span, ...] = ()

    @property
    def status(self) -> str:
        """Give `refused` for a STOP or nothing understood, `ask` for an open question, or `ok`."""
        open_ones = [each for each in self.findings if each not in self.answered]
        if any(each.severity is Severity.STOP for each in open_ones) or not self.used:
            return "refused"
        return "ask" if any(each.severity is Severity.ASK for each in open_ones) else "ok"


def read(
    text: str,
    lexicon: Lexicon,
    form: Form | None,
    strength: Strength | None = None,
    decisions: tuple[Decision, ...] = (),
    field: str = "sig",
) -> Reading:
    """Read directions: every character is used in a step or stands in a finding.

    `form` and `strength` turn mg into what is counted or drawn up. A decision that answers a
    finding with choices makes the reader use that choice. A code of the pharmacy's own is read as
    its words typed out; every span points at the text as written.
    """
    typed = typed_out(text, lexicon.own, lexicon.by_atoms)
    if typed is None:
        return _read(text, lexicon, form, strength, decisions, field)
    reading = typed.pointed_back(_read(typed.text, lexicon, form, strength, decisions, field))
    found = tuple(dict.fromkeys((*reading.findings, *typed.findings(field))))
    return replace(reading, sig=replace(reading.sig, text=text), findings=found)


def _read(
    text: str,
    lexicon: Lexicon,
    form: Form | None,
    strength: Strength | None,
    decisions: tuple[Decision, ...],
    field: str,
) -> Reading:
    questions = Questions(text, field, decisions)
    if not may_be_read(questions):
        return Reading(Sig(text, ()), questions.findings)
    tokens, kept, out = without_strange(resolve(scan(lexicon, questions), questions), questions)
    if is_foreign(tokens, lexicon.others, questions):
        return Reading(Sig(text, ()), questions.findings, used=(Span(0, len(text)),))
    scale = Scale(form, strength, lexicon, questions)
    if form is not None and strength is not None and not scale.basis_fits:
        questions.ask("sig.strength-basis", Span(0, len(text)), form=form.value)
    grammar = Grammar(tokens, questions, form.unit if form else None, scale.mg_in_one)
    grammar.parse()
    groups = arranged(grammar.clauses, questions)
    steps = _steps(groups, scale, questions)
    _hold_to_direction(groups, steps, questions)
    sig = Sig(
        text,
        steps,
        grammar.purpose,
        kept=(*grammar.kept, *kept),
        increases=increases(groups, steps),
        stops=_stops(grammar, steps, questions),
        stop_spans=grammar.stop_spans,
    )
    most = _most(grammar, scale, sig, questions)
    if most is not None:
        sig = replace(sig, most_a_day=most, most_spans=grammar.most_spans)
    _remarks(grammar, sig, questions)
    used = (*grammar.used, *out) if _understood(tokens) else ()
    return Reading(sig, questions.findings, questions.answered, used)


def _understood(tokens: tuple[Token, ...]) -> bool:
    """Tell whether anything of a dose was understood at all."""
    roles = {each.role for each in tokens}
    known = {"number", "unit", "mass", "when", "night", "count", "days", "rate", "hours"}
    return bool(roles & known)


def _hold_to_direction(groups: list[Group], steps: tuple[Step, ...], questions: Questions) -> None:
    """Ask when an increase does not come to more a day than the step before it, or a decrease less."""
    a_day: dict[int, Fraction] = {}
    for step in steps:
        most = Fraction(step.dose.most.value) * step.timing.doses_a_day * step.timing.days_share
        a_day[step.sequence] = a_day.get(step.sequence, Fraction(0)) + most
    for sequence, group in enumerate(groups, 1):
        rises = next((each.rises for each in group.clauses if each.rises is not None), None)
        if rises is None or not {sequence - 1, sequence} <= set(a_day):
            continue
        before, now = a_day[sequence - 1], a_day[sequence]
        if now == before or (now > before) is not rises:
            questions.ask("sig.increase-unclear", group.span)


def _stops(grammar: Grammar, steps: tuple[Step, ...], questions: Questions) -> bool:
    """Tell whether the sig ends in a stop; a last step without days has none to stop after."""
    if not grammar.stops:
        return False
    ends = last_day(laid_out(steps))
    opens = any(step.length is None for step in steps)
    if opens or (grammar.stops_after or ends) != ends:
        questions.ask("sig.stop-unclear", grammar.clauses[-1].span)
    return bool(steps)


def _steps(groups: list[Group], scale: Scale, questions: Questions) -> tuple[Step, ...]:
    steps: list[Step] = []
    for sequence, group in enumerate(groups, 1):
        for clause in group.clauses:
            step = _step(sequence, group, clause, scale, questions)
            if step is None:
                questions.waits(clause.span)
            elif not _merged(steps, step):
                steps.append(step)
    return tuple(steps)


def _step(
    sequence: int, group: Group, clause: Clause, scale: Scale, questions: Questions
) -> Step | None:
    measured = scale.dose(clause)
    scale.check(clause, clause.span)
    timing = how_often(clause, questions)
    if (
        timing is not None
        and measured is not None
        and not _at_one_time(clause, measured, questions)
    ):
        timing = None
    if measured is None or timing is None:
        return None
    return Step(
        sequence=sequence,
        dose=measured.dose,
        timing=timing,
        verb=clause.verb,
        route=clause.route,
        length=group.length,
        meal=clause.meal,
        as_needed=clause.as_needed,
        dose_mg=measured.mg,
        conditions=tuple(dict.fromkeys((*_exactly(clause), *clause.manner, *clause.conditions))),
        spans=tuple(dict.fromkeys(clause.spans)),
    )


def _exactly(clause: Clause) -> tuple[str, ...]:
    return (clause.exactly,) if clause.exactly else ()


def _merged(steps: list[Step], step: Step) -> bool:
    """Join a step to one before it that differs in the time of day alone."""
    for place, other in enumerate(steps):
        bare = [replace(each.timing, when=(), clock=()) for each in (step, other)]
        alike = replace(step, timing=other.timing, spans=other.spans, verb=other.verb) == other
        same_verb = step.verb in {None, other.verb} or other.verb is None
        if alike and bare[0] == bare[1] and same_verb and _one_kind(step.timing, other.timing):
            when = sorted({*step.timing.when, *other.timing.when}, key=_ORDER.index)
            clock = dict.fromkeys((*other.timing.clock, *step.timing.clock))
            steps[place] = replace(
                other,
                timing=replace(other.timing, when=tuple(when), clock=tuple(clock)),
                verb=other.verb or step.verb,
                spans=(*other.spans, *step.spans),
            )
            return True
    return False


def _one_kind(one: Timing, other: Timing) -> bool:
    """Tell whether both name times of day, or both times of the clock."""
    if one.lead is not None:
        return False
    return bool((one.when and other.when) or (one.clock and other.clock))


def _at_one_time(clause: Clause, measured: Measured, questions: Questions) -> bool:
    """Ask whether more than one piece a day or a week is taken at one time: 3 capsules a day."""
    dose = measured.dose
    single = dose.high is None and dose.low.value == 1 and dose.low.unit not in {Unit.ML, Unit.G}
    at_a_time = clause.days == 1 and bool(clause.when or clause.count)
    if clause.rate is None or single or at_a_time:
        return True
    return questions.ask("sig.rate", clause.span, (_AT_ONE_TIME,)) is not None


def _most(grammar: Grammar, scale: Scale, sig: Sig, questions: Questions) -> Amount | None:
    """Give the ceiling for a day; that something is taken as needed without one is noted."""
    if grammar.most is not None:
        most = scale.amount(grammar.most, grammar.most.low)
        units = {step.dose.low.unit for step in sig.steps}
        if most is not None and units and units != {most.unit}:
            questions.ask("sig.most-unclear", grammar.most.span)
            return None
        if most is not None and _is_over(sig, Fraction(most.value)):
            questions.ask("sig.over-maximum", grammar.most.span, most=str(most))
        return most
    for clause in grammar.clauses:
        if clause.as_needed:
            questions.note("sig.no-maximum", clause.span)
    return None


def _is_over(sig: Sig, most: Fraction) -> bool:
    """Tell whether one dose, or what a day's times come to, is more than the ceiling."""
    days: dict[int, Fraction] = {}
    for step in sig.steps:
        if Fraction(step.dose.most.value) > most:
            return True
        times = Fraction(1) if step.as_needed else _least(step.timing)
        less = Fraction(step.dose.low.value) * times
        days[step.sequence] = days.get(step.sequence, Fraction(0)) + less
    return any(each > most for each in days.values())


def _least(timing: Timing) -> Fraction:
    """Give the fewest doses of a day of taking."""
    if timing.hours_to:
        return Fraction(24, timing.hours_to)
    return timing.doses_a_day if timing.fewest is None else Fraction(timing.fewest)


def _remarks(grammar: Grammar, sig: Sig, questions: Questions) -> None:
    """Say what holds for the whole: nothing to take, or `as directed` beside full directions."""
    needed = [step for step in sig.steps if step.as_needed]
    if grammar.purpose_led and needed:  # no label says: if you have migraine, to prevent it
        questions.ask("sig.purpose", needed[0].spans[0], text=sig.purpose)
    for span in grammar.directed:
        if sig.steps:
            questions.note("sig.as-directed", span)
        else:
            questions.ask("sig.as-directed-alone", span)
    if not any(clause.is_dosed for clause in grammar.clauses) and not questions.is_open:
        questions.ask("sig.no-dose", Span(0, len(questions.text)))
