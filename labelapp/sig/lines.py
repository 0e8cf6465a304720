"""Lines: which steps of a sig are said together, and what each line has to say."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, replace

from labelapp.rx.amount import Amount
from labelapp.rx.compound import Form
from labelapp.rx.directions import Dated, Dose, Route, Sig, Step, Verb, laid_out
from labelapp.rx.finding import Span
from labelapp.rx.timing import Clock, When

_IN_MOUTH = {Form.TROCHE, Form.LOZENGE, Form.SUBLINGUAL_TABLET}
_HELD_IN_MOUTH = {Route.SUBLINGUAL, Route.BUCCAL}
_HOURS = {When.MORNING: 8, When.NOON: 12, When.EVENING: 18, When.BEDTIME: 22}
_DAY_BEGINS = 4


class Says(enum.StrEnum):
    """What a line is about."""

    STEP = "step"
    MOST = "most"
    STOP = "stop"
    KEPT = "kept"


@dataclass(frozen=True)
class Slot:
    """A dose, and the time of day or of the clock it belongs to where one is named."""

    dose: Dose
    when: When | None = None
    clock: Clock | None = None

    @property
    def is_named(self) -> bool:
        """True when it has its time."""
        return self.when is not None or self.clock is not None


@dataclass(frozen=True)
class Line:
    """One line of directions before it is worded.

    A STEP line has the steps it says, their doses in the order of the day, the verb and the route
    as they are said, and `days`, the day numbers it leads with (None where all is open). A MOST
    line has the ceiling for a day, a STOP line the day after which nothing is taken (None when it
    is open), a KEPT line words of the writer. `spans` point at what the last three come from.
    """

    says: Says
    steps: tuple[Dated, ...] = ()
    slots: tuple[Slot, ...] = ()
    verb: Verb = Verb.TAKE
    route: Route | None = None
    days: tuple[int, int | None] | None = None
    most: Amount | None = None
    last_day: int | None = None
    words: str = ""
    spans: tuple[Span, ...] = ()

    @property
    def step(self) -> Step:
        """The first step of a STEP line; those beside it differ in dose and time of day alone."""
        return self.steps[0].step


def lines(
    sig: Sig,
    form: Form,
    spread: Mapping[int, tuple[When, ...]],
    from_day: int = 1,
) -> tuple[Line, ...]:
    """Give the lines of a sig: its steps from a day on, the ceiling, the end, what is kept.

    Steps that ended before `from_day` are left out, a running one begins there. `spread` gives
    the times of day of a count a day; counts it does not know stay counts.
    """
    left = [
        replace(each, first=max(each.first, from_day))
        for each in laid_out(sig.steps)
        if each.last is None or each.last >= from_day
    ]
    found: list[Line] = []
    for dated in left:
        _join(found, dated, form, spread)
    if not all(each.last is None for each in left):
        found = [replace(line, days=(line.steps[0].first, line.steps[0].last)) for line in found]
    if sig.most_a_day is not None and found:
        found.append(Line(Says.MOST, most=sig.most_a_day, spans=sig.most_spans))
    if sig.stops and left:
        found.append(
            Line(
                Says.STOP,
                last_day=max((each.last or 0) for each in left) or None,
                spans=sig.stop_spans,
            )
        )
    found.extend(Line(Says.KEPT, words=kept.words, spans=(kept.span,)) for kept in sig.kept)
    return tuple(found)


def _join(
    found: list[Line], dated: Dated, form: Form, spread: Mapping[int, tuple[When, ...]]
) -> None:
    """Put a step into the line it shares, or into one of its own: morning 1, bedtime 2."""
    slots = _slots(dated.step, form, spread)
    for place, line in enumerate(found):
        if _shares(line, dated, slots):
            joined = sorted((*line.slots, *slots), key=by_day)
            found[place] = replace(line, steps=(*line.steps, dated), slots=tuple(joined))
            return
    step = dated.step
    found.append(Line(Says.STEP, (dated,), slots, verb=_verb(step, form), route=step.route))


def _slots(step: Step, form: Form, spread: Mapping[int, tuple[When, ...]]) -> tuple[Slot, ...]:
    timing = step.timing
    counted = not (timing.when or timing.clock or timing.every_hours) and timing.times_a_day > 1
    spreads = counted and timing.fewest is None and not step.as_needed and step.meal is None
    when: tuple[When | None, ...] = timing.when
    if spreads and not form.is_topical:  # 2 times a day before meals is not at bedtime
        when = spread.get(timing.times_a_day, ())
    if timing.clock:
        return tuple(Slot(step.dose, clock=each) for each in timing.clock)
    return tuple(Slot(step.dose, each) for each in when or (None,))


def _shares(line: Line, dated: Dated, slots: tuple[Slot, ...]) -> bool:
    """Tell whether a step differs from a line's in nothing but dose and named time of day."""
    one, other = line.step, dated.step
    named = all(slot.is_named for slot in (*line.slots, *slots))
    return (
        named
        and _apart_from_times(one) == _apart_from_times(other)
        and other.verb in {None, one.verb}
        and other.route in {None, one.route}
        and one.timing.lead is None
        and line.steps[0].last == dated.last
    )


def _apart_from_times(step: Step) -> tuple[object, ...]:
    timing = replace(step.timing, when=(), clock=(), times_a_day=1)
    return step.sequence, step.meal, step.as_needed, step.conditions, timing


def by_day(slot: Slot) -> int:
    """Give a slot's place in the day; the hours after midnight are the end of the day before."""
    if slot.clock is not None:
        minutes = slot.clock.at.hour * 60 + slot.clock.at.minute
        return minutes if slot.clock.at.hour >= _DAY_BEGINS else minutes + 24 * 60
    return _HOURS[slot.when] * 60 if slot.when is not None else -1


def _verb(step: Step, form: Form) -> Verb:
    """Give the verb as written; none, or a bare Take of what melts in the mouth, is the form's own."""
    if form.is_topical:
        return step.verb or Verb.APPLY
    melts = form in _IN_MOUTH and (step.route in _HELD_IN_MOUTH or step.verb is None)
    if melts and step.verb in {None, Verb.TAKE} and step.route is not Route.ORAL:
        return Verb.DISSOLVE
    if form is Form.SUBLINGUAL_DROPS and step.verb is None:
        return Verb.PLACE
    return step.verb or Verb.TAKE
