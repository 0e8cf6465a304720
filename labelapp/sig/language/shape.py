"""Shapes: an English line of directions with its amounts and numerals taken out, each in a slot."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from types import MappingProxyType

from labelapp.rx.amount import NBSP, Unit
from labelapp.rx.dates import label_date
from labelapp.rx.timing import WEEK, Weekday

PARTS = MappingProxyType(
    {"one-quarter": "quarter", "one-half": "half", "three-quarters": "three-quarters"}
)
"""The English words for parts of a piece, and what the tables of other languages call them."""
MONTHS = tuple(label_date(date(2000, month, 1))[:3] for month in range(1, 13))
NUMBER_WORDS = MappingProxyType(
    {**PARTS, **{month: str(place) for place, month in enumerate(MONTHS, 1)}}
)
"""The English words that stand for a number: parts of a piece, and the months of a date."""
COUNTS = ("times", "hours", "minutes", "days", "weeks")
"""What directions count besides doses."""
UNITS = tuple(each.value for each in Unit)
BARE = "day"
"""The slot of a number that counts nothing: the number of a day."""

SLOT = re.compile(r"(?:dose|times|hours|minutes|days|weeks|day|weekdays|date|clock)(?:_[2-9])?")
NUMERAL = re.compile(r"\d+(?:[,.]\d+)*")

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?"
_PART = "|".join(PARTS)
_NOUNS = MappingProxyType(
    {each[:-1]: each for each in COUNTS}
    | {each: each for each in COUNTS}
    | {unit.of(Decimal(count)): unit.value for unit in Unit for count in (1, 2)}
)
_DAY = "|".join(WEEK)
_TAKEN_OUT = re.compile(
    rf"(?P<weekdays>\b(?:(?:{_DAY}), )*(?:{_DAY})(?: and (?:{_DAY}))?\b)"
    rf"|\b(?P<date>(?P<month>{'|'.join(MONTHS)}) (?P<on>[0-9]{{1,2}}), (?P<year>[0-9]{{4}}))\b"
    rf"|\b(?P<clock>(?P<hour>[0-9]{{1,2}})(?::(?P<minute>[0-9]{{2}}))? (?P<half>[AP]M))\b"
    rf"|(?<![\w.,-])(?:(?P<low>{_NUMBER})(?: to (?P<high>{_NUMBER})| and (?P<rest>{_PART}))?"
    rf"|(?P<part>{_PART}))[ {NBSP}](?P<noun>{'|'.join(_NOUNS)})\b"
    rf"|(?<![\w.,-])(?P<bare>{_NUMBER})(?![\w-])"
)


@dataclass(frozen=True)
class Counted:
    """So many of something: the numerals as the English line writes them, and what is counted.

    `high` makes it a range, `part` adds a part of a piece to a whole number or stands alone;
    `noun` is empty for the number of a day.
    """

    noun: str
    low: str = ""
    high: str = ""
    part: str = ""

    @property
    def last(self) -> Decimal:
        """The number beside the noun, whose plural form it takes."""
        return Decimal((self.high or self.low).replace(",", "") or "0")


Value = Counted | date | time | tuple[Weekday, ...]


@dataclass(frozen=True)
class Shape:
    """A line without its numbers, `Take {dose} at bedtime`, and what stood in each slot."""

    text: str
    values: Mapping[str, Value]


def shape_of(english: str) -> Shape | None:
    """Take amounts, counts, times of the clock, weekdays, dates and day numbers out of an English line, in their order.

    None for a line that holds a brace, since what stands in it cannot be told from a slot, and
    for a date or a time there is not.
    """
    if "{" in english or "}" in english:
        return None
    values: dict[str, Value] = {}
    seen: Counter[str] = Counter()

    def slot(found: re.Match[str]) -> str:
        kind, value = _taken(found)
        seen[kind] += 1
        name = kind if seen[kind] == 1 else f"{kind}_{seen[kind]}"
        values[name] = value
        return f"{{{name}}}"

    try:
        return Shape(_TAKEN_OUT.sub(slot, english), MappingProxyType(values))
    except ValueError:
        return None


def _taken(found: re.Match[str]) -> tuple[str, Value]:
    if days := found["weekdays"]:
        return "weekdays", tuple(Weekday(each) for each in re.findall(_DAY, days))
    if found["date"]:
        month = MONTHS.index(found["month"]) + 1
        return "date", date(int(found["year"]), month, int(found["on"]))
    if found["clock"]:
        hour = int(found["hour"]) % 12 + (12 if found["half"] == "PM" else 0)
        return "clock", time(hour, int(found["minute"] or 0))
    if bare := found["bare"]:
        return BARE, Counted("", bare)
    noun = _NOUNS[found["noun"]]
    part = PARTS.get(found["rest"] or found["part"] or "", "")
    counted = Counted(noun, found["low"] or "", found["high"] or "", part)
    return (noun if noun in COUNTS else "dose"), counted


def put_back(shape: Shape) -> str:
    """Say a shape in English with its numbers back in: the line it was taken from, or ours."""
    pieces = shape.text.replace("}", "{").split("{")
    return "".join(
        _english(shape.values[piece]) if place % 2 else piece for place, piece in enumerate(pieces)
    )


def _english(value: Value) -> str:
    if isinstance(value, date):
        return label_date(value)
    if isinstance(value, time):
        minutes = f":{value.minute:02d}" if value.minute else ""
        return f"{value.hour % 12 or 12}{minutes} {'AM' if value.hour < 12 else 'PM'}"
    if not isinstance(value, Counted):
        return " and ".join(part for part in (", ".join(value[:-1]), value[-1]) if part)
    words = {part: word for word, part in PARTS.items()}
    beside = " and " if value.part and value.low else " to " if value.high else ""
    number = f"{value.low}{beside}{words.get(value.part, value.high)}"
    if not value.noun:
        return number
    if value.noun in UNITS:
        above = Decimal("0.1") if value.part and value.low else 0
        return f"{number} {Unit(value.noun).of(value.last + above)}"
    return f"{number} {value.noun[:-1] if number == '1' else value.noun}"


def kind_of(slot: str) -> str:
    """Give what a slot holds: `dose_2` holds a dose."""
    return slot.partition("_")[0]


def numerals(text: str, words: Mapping[str, str]) -> Counter[str]:
    """Count the numerals of a line in any script's digits, and the words that stand for a number."""
    found: Counter[str] = Counter()
    for word in sorted(words, key=len, reverse=True):
        found[words[word]] += len(_standing(word).findall(text))
        text = _standing(word).sub(" ", text)
    found.update(NUMERAL.findall(text))
    return +found


def _standing(word: str) -> re.Pattern[str]:
    """Match a word that stands alone where the script parts words with spaces."""
    alone = word.isascii() or any("\u0400" <= each <= "\u04ff" for each in word)
    return re.compile(rf"\b{re.escape(word)}\b" if alone else re.escape(word), re.IGNORECASE)
