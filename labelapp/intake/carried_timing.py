"""The timing of a carried step: every part of it written and read again, older documents too.

A document of an earlier version has fewer keys; what it leaves out was not there yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time
from typing import Any

from labelapp.intake.limits import bounded_list, is_text
from labelapp.rx.timing import Clock, Lead, Timing, Weekday, When

_MOST_TIMES = 24
_WEEK = 7
_MOST = 10_000


def write(timing: Timing) -> dict[str, Any]:
    """Write a timing; what it does not say is left out, but for the keys that always stood."""
    kept = {
        "days_on": timing.days_on if timing.days_on != 1 else None,
        "weekdays": [each.value for each in timing.weekdays],
        "times_a_week": timing.times_a_week,
        "fewest": timing.fewest,
        "hours_to": timing.hours_to,
        "clock": [_clock(each) for each in timing.clock],
        "lead": timing.lead and _lead(timing.lead),
    }
    return {
        "when": [each.value for each in timing.when],
        "times_a_day": timing.times_a_day,
        "every_hours": timing.every_hours,
        "every_days": timing.every_days,
        **{key: value for key, value in kept.items() if value not in (None, [])},
    }


def _clock(clock: Clock) -> dict[str, Any]:
    until = None if clock.until is None else clock.until.isoformat()
    return {"at": clock.at.isoformat(), "until": until}


def _lead(lead: Lead) -> dict[str, Any]:
    return {"minutes": lead.minutes, "longest": lead.longest, "after": lead.after}


KEYS = frozenset(write(Timing())) | {
    "days_on", "weekdays", "times_a_week", "fewest", "hours_to", "clock", "lead",
}  # fmt: skip


def read(entry: Mapping[str, Any]) -> Timing:
    """Read a timing.

    Raises KeyError, TypeError or ValueError when it is damaged or could not be counted out.
    """
    timing = Timing(
        tuple(When(each) for each in _list(entry, "when")),
        count(entry["times_a_day"], 1),
        _perhaps(entry["every_hours"], 1),
        count(entry["every_days"], 1),
        count(entry.get("days_on", "1"), 1),
        tuple(Weekday(each) for each in _list(entry, "weekdays")),
        _perhaps(entry.get("times_a_week"), 1, _WEEK),
        _perhaps(entry.get("fewest"), 0),
        _perhaps(entry.get("hours_to"), 1),
        tuple(_clock_of(each) for each in _list(entry, "clock")),
        None if entry.get("lead") is None else _lead_of(entry["lead"]),
    )
    _checked(timing)
    return timing


def _checked(timing: Timing) -> None:
    """Refuse ranges that run backwards and days of taking that do not fit in their round."""
    wrong = (
        timing.days_on > timing.every_days,
        timing.fewest is not None and timing.fewest >= timing.times_a_day,
        timing.hours_to is not None and timing.hours_to <= (timing.every_hours or timing.hours_to),
        len(set(timing.weekdays)) < len(timing.weekdays),
    )
    if any(wrong):
        raise ValueError("no such timing")


def count(value: Any, least: int = 0, most: int = _MOST) -> int:
    """Read a whole number within bounds."""
    if not isinstance(value, str):
        raise TypeError
    number = int(value)
    if not least <= number <= most:
        raise ValueError("out of any range")
    return number


def _perhaps(value: Any, least: int, most: int = _MOST) -> int | None:
    return None if value is None else count(value, least, most)


def _list(entry: Mapping[str, Any], key: str) -> list[Any]:
    value = entry["when"] if key == "when" else entry.get(key, [])
    if not isinstance(value, list):
        raise TypeError
    return bounded_list(key, value, _MOST_TIMES)


def _clock_of(entry: Mapping[str, Any]) -> Clock:
    until = entry["until"]
    return Clock(_time(entry["at"]), None if until is None else _time(until))


def _time(value: Any) -> time:
    if not is_text(value):
        raise TypeError
    at = time.fromisoformat(value)
    if at.tzinfo is not None:
        raise ValueError("a time of a prescription has no zone")
    return at


def _lead_of(entry: Mapping[str, Any]) -> Lead:
    if not isinstance(entry["after"], bool):
        raise TypeError
    return Lead(count(entry["minutes"], 1), _perhaps(entry["longest"], 1), entry["after"])
