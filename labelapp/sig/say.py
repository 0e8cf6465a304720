"""The speaker: steps to the lines a patient reads, plain and complete."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from labelapp.rx.amount import NBSP, Amount, number
from labelapp.rx.compound import Form
from labelapp.rx.dates import label_date
from labelapp.rx.directions import Dated, Dose, Route, Said, Sig, Step, Verb, laid_out
from labelapp.rx.timing import When
from labelapp.sig.phrases import Phrases, filled

__all__ = ["Phrases", "say"]

_IN_MOUTH = {Form.TROCHE, Form.LOZENGE, Form.SUBLINGUAL_TABLET}
_HELD_IN_MOUTH = {Route.SUBLINGUAL, Route.BUCCAL}
_ORDER = tuple(When)


@dataclass(frozen=True)
class _Line:
    """Steps that are said in one line, with the day parts and doses it lists."""

    steps: tuple[Dated, ...]
    slots: tuple[tuple[Dose, When | None], ...]

    @property
    def first(self) -> Dated:
        return self.steps[0]

    @property
    def step(self) -> Step:
        return self.steps[0].step


@dataclass(frozen=True)
class _Manner:
    """All that decides how a line is worded besides the line itself."""

    sig: Sig
    form: Form
    phrases: Phrases
    standard: bool


def say(
    sig: Sig,
    form: Form,
    phrases: Phrases,
    standard: bool,  # noqa: FBT001 - the one switch of the contract with the desk
    from_day: int = 1,
    starts_on: date | None = None,
) -> tuple[Said, ...]:
    """Say a sig line by line: steps, then the ceiling for a day, then sentences kept as written.

    With `standard` a line that a standard phrase fits is that phrase to the letter, the route then
    stands elsewhere on the label, and a count a day is spread as the phrases spread it. Steps that
    ended before `from_day` are left out, a running one begins there. Dates are said only when the
    day the patient starts was entered. What the medicine is for is an element of its own on the
    label: only `as needed` lines say it.
    """
    manner = _Manner(sig, form, phrases, standard)
    left = [
        replace(each, first=max(each.first, from_day))
        for each in laid_out(sig.steps)
        if each.last is None or each.last >= from_day
    ]
    lines = _lines(left, manner)
    open_only = all(each.last is None for each in left)
    said = []
    with_ceiling = sig.most_a_day is not None
    for line in lines:
        text, exact = _text(line, manner)
        if line.step.as_needed and exact:
            with_ceiling = False
        lead = "" if open_only else _lead(line.first, phrases, starts_on)
        spans = tuple(dict.fromkeys(span for each in line.steps for span in each.step.spans))
        said.append(Said(text, line.step.sequence, spans, standard=exact, lead=lead))
    if with_ceiling and sig.most_a_day is not None and lines:
        frame = "most_on_skin" if form.is_topical else "most"
        said.append(Said(phrases.frame(frame, amount=_amount(sig.most_a_day, phrases))))
    said.extend(Said(kept) for kept in sig.kept)
    return tuple(said)


# ------------------------------------------------------------ which steps share a line


def _lines(left: list[Dated], manner: _Manner) -> list[_Line]:
    """Join doses at named times that differ in nothing else: morning 1, bedtime 2."""
    lines: list[_Line] = []
    for dated in left:
        slots = _slots(dated.step, manner)
        for place, line in enumerate(lines):
            if _shares(line, dated, slots):
                joined = sorted((*line.slots, *slots), key=_by_day)
                lines[place] = _Line((*line.steps, dated), tuple(joined))
                break
        else:
            lines.append(_Line((dated,), slots))
    return lines


def _slots(step: Step, manner: _Manner) -> tuple[tuple[Dose, When | None], ...]:
    when: tuple[When | None, ...] = step.timing.when
    counted = not when and step.timing.every_hours is None and step.timing.times_a_day > 1
    spread = counted and manner.standard and not step.as_needed and step.meal is None
    if spread and not manner.form.is_topical:  # 2 times a day before meals is not at bedtime
        when = manner.phrases.spread.get(step.timing.times_a_day, ())
    return tuple((step.dose, each) for each in when or (None,))


def _shares(line: _Line, dated: Dated, slots: tuple[tuple[Dose, When | None], ...]) -> bool:
    one, other = line.step, dated.step
    alike = (one.sequence, one.verb, one.route, one.meal, one.as_needed) == (
        other.sequence,
        other.verb or one.verb,
        other.route or one.route,
        other.meal,
        other.as_needed,
    )
    named = all(when is not None for _, when in (*line.slots, *slots))
    same_days = one.timing.every_days == other.timing.every_days
    return alike and named and same_days and line.first.last == dated.last


def _by_day(slot: tuple[Dose, When | None]) -> int:
    return _ORDER.index(slot[1]) if slot[1] is not None else -1


# ------------------------------------------------------------ the words of a line


def _text(line: _Line, manner: _Manner) -> tuple[str, bool]:
    if manner.standard and (phrase := _standard(line, manner)):
        return phrase, True
    step, phrases = line.step, manner.phrases
    verb, route = _verb(step, manner.form), _route(step, manner)
    parts = [
        phrases.word("verb", verb.value),
        *_doses(line, route, phrases),
        *_how_often(line, phrases),
        *([phrases.word("meal", step.meal.value)] if step.meal and len(line.slots) == 1 else []),
    ]
    if not step.as_needed:
        return " ".join(parts), False
    before, after = _if_needed(line, manner)
    if before:
        parts[0] = phrases.word("verb_inside", verb.value)
    return before + " ".join((*parts, *after)), False


def _if_needed(line: _Line, manner: _Manner) -> tuple[str, tuple[str, ...]]:
    """Say that it is taken as needed: before several doses, so that it holds for each of them."""
    purpose, phrases = manner.sig.purpose, manner.phrases
    if purpose and phrases.is_symptom(purpose):
        return phrases.frame("if_you_have", purpose=purpose), ()
    frame = "if_needed_for" if purpose else "if_needed"
    values = {"purpose": purpose} if purpose else {}
    if len(line.slots) > 1:
        return phrases.frame(f"first_{frame}", **values), ()
    return "", (phrases.frame(frame, **values),)


def _doses(line: _Line, route: str, phrases: Phrases) -> list[str]:
    """List each dose with its time of day, the route after the first: `1 capsule by mouth at bedtime`."""
    listed = []
    for place, (dose, when) in enumerate(line.slots):
        words = [_dose(dose, phrases), route if place == 0 else ""]
        words.append(phrases.word("when", when.value) if when else "")
        if len(line.slots) > 1:  # each dose says its food and days, so that none is without
            words.append(phrases.word("meal", line.step.meal.value) if line.step.meal else "")
            every = line.step.timing.every_days
            words.append(_on_days(every, phrases) if every > 1 else "")
        listed.append(" ".join(word for word in words if word))
    if len(listed) == 1:
        return listed
    return [phrases.frame("list_two", first=", ".join(listed[:-1]), last=listed[-1])]


def _how_often(line: _Line, phrases: Phrases) -> list[str]:
    timing, said = line.step.timing, []
    named = line.slots[0][1] is not None
    if timing.every_hours == 1:
        said.append(phrases.frame("every_hour"))
    elif timing.every_hours:
        said.append(phrases.frame("every_hours", count=str(timing.every_hours)))
    elif not named and timing.times_a_day > 1:
        said.append(phrases.frame("times_a_day", count=str(timing.times_a_day)))
    if timing.every_days > 1 and len(line.slots) == 1:
        said.append(_on_days(timing.every_days, phrases))
    elif not named and not said:
        said.append(phrases.frame("once_a_day" if line.step.as_needed else "every_day"))
    return said


def _on_days(days: int, phrases: Phrases) -> str:
    if days in {2, 7}:
        return phrases.frame("every_other_day" if days == 2 else "every_week")
    if days % 7 == 0:
        return phrases.frame("every_weeks", count=str(days // 7))
    return phrases.frame("every_days", count=str(days))


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


def _route(step: Step, manner: _Manner) -> str:
    """Give the route's words; by mouth stands beside the drug where standard phrases rule."""
    if step.route is None or (manner.standard and step.route is Route.ORAL):
        return ""
    return manner.phrases.word("route", step.route.value)


def _dose(dose: Dose, phrases: Phrases) -> str:
    if dose.high is None:
        return _amount(dose.low, phrases)
    low = _amount(dose.low, phrases).rpartition(NBSP)[0] or number(dose.low.value)
    return phrases.frame("range", low=low, high=_amount(dose.high, phrases))


def _amount(amount: Amount, phrases: Phrases) -> str:
    """Write an amount; parts of a piece are words: one-half tablet, 1 and one-half tablets."""
    whole = amount.value // 1
    part = phrases.words["part"].get(number(amount.value - whole))
    if part is None or amount.unit.is_mass or amount.unit.value == "mL":
        return str(amount)
    unit = amount.unit.of(amount.value)
    if whole == 0:
        return phrases.frame("part", part=part, unit=unit).replace(f" {unit}", f"{NBSP}{unit}")
    said = phrases.frame("whole_and_part", whole=number(whole), part=part, unit=unit)
    return said.replace(f" {unit}", f"{NBSP}{unit}")


# ------------------------------------------------------------ standard phrases and days


def _standard(line: _Line, manner: _Manner) -> str:
    """Give the standard phrase that says exactly this line, or nothing."""
    step = line.step
    doses = {dose for dose, _ in line.slots}
    dose = next(iter(doses))
    plain = (
        len(doses) == 1
        and dose.high is None
        and manner.form.is_counted
        and dose.low.unit is manner.form.unit
        and step.meal is None
        and step.timing.every_days == 1
        and _verb(step, manner.form) is Verb.TAKE
    )
    if not plain:
        return ""
    values = {"dose": str(dose.low)}
    when = tuple(each for _, each in line.slots)
    for row in manner.phrases.rows:
        if row.purpose:
            if said := _for_pain(row.text, row.purpose, line, manner):
                return said
        elif not step.as_needed and row.when == when and dose.low.value == Decimal(row.dose):
            return filled(row.text, values)
    return ""


def _for_pain(text: str, purpose: str, line: _Line, manner: _Manner) -> str:
    step, most = line.step, manner.sig.most_a_day
    fits = step.as_needed and manner.sig.purpose.casefold() == purpose
    if not fits or most is None or step.timing.every_hours is None:
        return ""
    if len(manner.sig.steps) > 1 or most.unit is not step.dose.low.unit:
        return ""
    return filled(
        text,
        {"dose": str(step.dose.low), "hours": str(step.timing.every_hours), "most": str(most)},
    )


def _lead(dated: Dated, phrases: Phrases, starts_on: date | None) -> str:
    """Say on which days a step runs, and the dates when the first day is known."""
    first, last = dated.first, dated.last
    if last is None:
        lead, frame = phrases.frame("day_and_after", first=str(first)), "date_and_after"
    elif first == last:
        lead, frame = phrases.frame("day", first=str(first)), "date"
    else:
        lead, frame = phrases.frame("days", first=str(first), last=str(last)), "dates"
    if starts_on is None:
        return lead
    begins = label_date(starts_on + timedelta(days=first - 1))
    ends = label_date(starts_on + timedelta(days=(last or first) - 1))
    return phrases.frame(frame, lead=lead, **{"from": begins, "to": ends})
