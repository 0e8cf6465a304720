"""What the own format carries over from a message: its structured dosages and open questions.

A prescription that came in as FHIR and was saved must not lose the cancelled status, the dosage
that disagrees with its text, or the elements nobody read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from labelapp.intake import carried_timing
from labelapp.intake.limits import MOST_STEPS, bounded, bounded_list, is_text, short
from labelapp.rx.amount import Amount, Unit
from labelapp.rx.directions import Dose, Length, Meal, Route, Step, Verb
from labelapp.rx.draft import Draft, Instruction
from labelapp.rx.finding import Finding, Settler, Severity

KEYS = {
    "came_as": "The format the prescription came in, when it was not this one.",
    "instructions": "The structured dosages of the message it came in, kept for comparison.",
    "message_findings": "What was noticed about the message it came in.",
    "message_unread": "The elements of that message that were not used.",
    "message_weighty": "Those of them that could change what is dispensed.",
}
"""The keys beside the fields, each with what stands there."""

_OURS = ("fhir.", "own.")
_MOST = 2_000


@dataclass(frozen=True)
class Carried:
    """What came along with a prescription from the message it was read from."""

    source: str = ""
    instructions: tuple[Instruction, ...] = ()
    unread: tuple[str, ...] = ()
    weighty: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    spoilt: tuple[str, ...] = ()
    """The paths here that could not be read; they are asked about like any unread key."""


def write(draft: Draft, own: str) -> dict[str, Any]:
    """Write what a draft carries beside its fields; nothing for one that was typed."""
    kept = [each for each in draft.findings if each.code.startswith(_OURS)]
    came = {
        "came_as": "" if draft.source == own else draft.source,
        "instructions": [_instruction(each) for each in draft.instructions],
        "message_findings": [_finding(each) for each in kept],
        "message_unread": list(draft.unread),
        "message_weighty": list(draft.weighty),
    }
    return {key: value for key, value in came.items() if value}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "settler": finding.settler.value,
        "field": finding.field,
        "values": dict(finding.values),
        "choices": list(finding.choices),
    }


def _instruction(each: Instruction) -> dict[str, Any]:
    return {
        "sequence": each.sequence,
        "text": each.text,
        "path": each.path,
        "start": each.start,
        "end": each.end,
        "step": None if each.step is None else _step(each.step),
    }


def _step(step: Step) -> dict[str, Any]:
    high, length = step.dose.high, step.length
    return {
        "sequence": step.sequence,
        "unit": step.dose.low.unit.value,
        "low": str(step.dose.low.value),
        "high": None if high is None else str(high.value),
        **carried_timing.write(step.timing),
        "verb": step.verb and step.verb.value,
        "route": step.route and step.route.value,
        "meal": step.meal and step.meal.value,
        "days": None if length is None else length.days,
        "most_days": None if length is None else length.high,
        "as_needed": step.as_needed,
        **({"conditions": list(step.conditions)} if step.conditions else {}),
    }


_STEP = carried_timing.KEYS | {
    "sequence", "unit", "low", "high", "verb", "route", "meal", "days", "most_days", "as_needed",
    "conditions",
}  # fmt: skip


def read(document: Mapping[str, Any]) -> Carried:
    """Read what a document carries; whatever is damaged is named in `spoilt`, never guessed."""
    spoilt: list[str] = []
    source = document.get("came_as") or ""
    if not isinstance(source, str):
        source = _lost("came_as", spoilt)
    return Carried(
        short(source),
        tuple(_each(document, "instructions", _instruction_of, spoilt, MOST_STEPS)),
        tuple(_each(document, "message_unread", _line, spoilt)),
        tuple(_each(document, "message_weighty", _line, spoilt)),
        tuple(_each(document, "message_findings", _finding_of, spoilt)),
        tuple(spoilt),
    )


def _lost(path: str, spoilt: list[str]) -> str:
    spoilt.append(path)
    return ""


def _each(
    document: Mapping[str, Any], key: str, made: Any, spoilt: list[str], most: int = _MOST
) -> list[Any]:
    """Make each entry of a list; one that cannot be made is named in `spoilt`."""
    entries = document.get(key)
    if entries is None:
        return []
    if not isinstance(entries, list):
        _lost(key, spoilt)
        return []
    good: list[Any] = []
    for place, entry in enumerate(bounded_list(key, entries, most)):
        try:
            good.append(made(entry))
        except (KeyError, TypeError, ValueError, AttributeError, InvalidOperation):
            _lost(f"{key}.{place}", spoilt)
    return good


def _line(entry: Any) -> str:
    if not isinstance(entry, str):
        raise TypeError
    return short(entry, 400)


def _finding_of(entry: dict[str, Any]) -> Finding:
    if not _text(entry, "code").startswith(_OURS):
        raise ValueError("not a code of a message")
    values = entry["values"].items()
    return Finding(
        entry["code"],
        Severity(entry["severity"]),
        Settler(entry["settler"]),
        _text(entry, "field"),
        tuple(sorted((_line(key), _text(entry["values"], key)) for key, _ in values)),
        (),
        tuple(_line(choice) for choice in entry["choices"]),
    )


def _text(entry: dict[str, Any], key: str) -> str:
    value = entry[key]
    if not isinstance(value, str):
        raise TypeError
    return value


def _count(entry: dict[str, Any], key: str) -> int:
    return carried_timing.count(entry[key])


def _perhaps(entry: dict[str, Any], key: str, made: Any) -> Any:
    value = entry[key]
    return None if value is None else made(value)


def _instruction_of(entry: dict[str, Any]) -> Instruction:
    return Instruction(
        None if entry["sequence"] is None else _count(entry, "sequence"),
        _text(entry, "text"),
        _perhaps(entry, "step", _step_of),
        _text(entry, "path"),
        _count(entry, "start"),
        _count(entry, "end"),
    )


def _step_of(entry: dict[str, Any]) -> Step:
    unit = Unit(entry["unit"])
    low = Amount(Decimal(_text(entry, "low")), unit)
    high = None if entry["high"] is None else Amount(Decimal(_text(entry, "high")), unit)
    if not isinstance(entry["as_needed"], bool) or set(entry) - _STEP:
        raise TypeError
    return Step(
        _count(entry, "sequence"),
        Dose(low, high),
        carried_timing.read(entry),
        verb=_perhaps(entry, "verb", Verb),
        route=_perhaps(entry, "route", Route),
        length=_length(entry),
        meal=_perhaps(entry, "meal", Meal),
        as_needed=entry["as_needed"],
        conditions=_conditions(entry),
    )


def _conditions(entry: dict[str, Any]) -> tuple[str, ...]:
    written = entry.get("conditions", [])
    if not isinstance(written, list) or not all(is_text(each) for each in written):
        raise TypeError
    entries = bounded_list("conditions", written, MOST_STEPS)
    return tuple(bounded("conditions", each) for each in entries)


def _length(entry: dict[str, Any]) -> Length | None:
    if entry["days"] is None:
        return None
    high = None if entry["most_days"] is None else _count(entry, "most_days")
    return Length(_count(entry, "days"), high)
