"""Phrases: the rows by which directions are said, and a state's standard phrases among them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from labelapp.rx.directions import Meal, Route, Verb
from labelapp.rx.errors import BadResource
from labelapp.rx.timing import Weekday, When

_FRAMES = frozenset(
    {
        "every_day", "once_a_day", "times_a_day", "every_hours", "every_hour", "every_other_day", "every_days",
        "every_week", "every_weeks", "range", "whole_and_part", "part", "if_needed", "if_needed_for", "if_you_have",
        "first_if_needed", "first_if_needed_for",
        "times_range", "up_to_once", "up_to_times", "hours_range", "days_on_off", "days_on_day_off", "day_on_days_off",
        "on_weekdays", "first_to_last", "times_a_week", "and_two", "at_clock", "between_clock", "minutes", "hour", "hours",
        "minutes_range", "hours_spread", "before_bedtime", "before_meals", "after_meals", "before_time",
        "after_time", "then_stop", "then_stop_open", "most", "most_on_skin", "list_two", "day", "days", "day_and_after", "dates", "date",
        "date_and_after",
    }
)  # fmt: skip


@dataclass(frozen=True)
class StandardPhrase:
    """A phrase that a law words to the letter, and which directions it stands for.

    `dose` and `when` say which doses it fits; `purpose` is set for the phrase for pain.
    """

    id: str
    text: str
    dose: int
    when: tuple[When, ...]
    purpose: str
    source: str
    verified: bool


@dataclass(frozen=True)
class Phrases:
    """How directions are said in one language: words, frames, and standard phrases as rows."""

    language: str
    words: Mapping[str, Mapping[str, str]]
    frames: Mapping[str, str]
    spread: Mapping[int, tuple[When, ...]]
    rows: tuple[StandardPhrase, ...]
    symptoms: frozenset[str] = frozenset()
    """What a patient has: pain. Of anything else, as sleep, no label says `if you have`."""

    def word(self, kind: str, key: str) -> str:
        """Give a word by its kind (verb, when, route, meal, part) and key."""
        return self.words[kind][key]

    def is_symptom(self, purpose: str) -> bool:
        """Tell whether each thing a purpose names ends in a symptom: severe back pain."""
        words = purpose.casefold().replace("/", " , ").replace(",", " , ").split()
        named = " ".join("," if each in {"and", "or"} else each for each in words).split(",")
        return all(
            any(f" {each.strip()}".endswith(f" {symptom}") for symptom in self.symptoms)
            for each in named
        )

    def frame(self, name: str, **values: str) -> str:
        """Give a frame with its values put in, each exactly as it is."""
        return filled(self.frames[name], values)


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values into the {names} of a row; what the values hold is never read as a name."""
    parts = text.split("{")
    said = [parts[0]]
    for part in parts[1:]:
        name, _, rest = part.partition("}")
        said.append(values[name] + rest)
    return "".join(said)


def read_phrases(table: Mapping[str, Any], file: str) -> Phrases:
    """Read the phrases of one language. Raises BadResource when one lacks."""
    needed: dict[str, set[str]] = {
        "verb": {each.value for each in Verb},
        "verb_inside": {each.value for each in Verb},
        "when": {each.value for each in When},
        "route": {each.value for each in Route},
        "meal": {each.value for each in Meal},
        "weekday": {each.value for each in Weekday},
        "part": {"0.25", "0.5", "0.75"},
        "frame": set(_FRAMES),
    }
    for kind, keys in needed.items():
        for key in sorted(keys - set(table.get(kind, {}))):
            raise BadResource("resource.bad-row", name=file, row=kind, key=key)
    try:
        return Phrases(
            language=str(table["language"]),
            words=MappingProxyType({kind: MappingProxyType(dict(table[kind])) for kind in needed}),
            frames=MappingProxyType(dict(table["frame"])),
            spread=MappingProxyType(
                {int(count): tuple(map(When, times)) for count, times in table["spread"].items()}
            ),
            rows=tuple(_standard(row) for row in table.get("standard", ())),
            symptoms=frozenset(str(each).casefold() for each in table["symptom"]["words"]),
        )
    except (KeyError, TypeError, ValueError) as broken:
        raise BadResource("resource.bad-row", name=file, row="standard", key="") from broken


def _standard(row: Mapping[str, Any]) -> StandardPhrase:
    return StandardPhrase(
        id=str(row["id"]),
        text=str(row["text"]),
        dose=int(row.get("dose", 0)),
        when=tuple(When(each) for each in row.get("when", ())),
        purpose=str(row.get("purpose", "")),
        source=str(row["source"]),
        verified=bool(row["verified"]),
    )
