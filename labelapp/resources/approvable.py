"""The rows a pharmacist-in-charge signs for: what the rules, the label and its words rest on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from labelapp import resources
from labelapp.rx.errors import BadResource

FILES = (
    "bud.toml", "settings.toml", "syringes.toml", "label/en.toml", "phrases/en.toml", "sig/en.toml",
    "papers/en.toml", "leaflet/en.toml",
)  # fmt: skip
FOLDERS = ("auxiliary", "compounds", "stocks")
LAWS = "law"
FEDERAL = "us"
_NAMES = ("id", "key", "code", "name")
_SIGNED = frozenset({"approved_by", "approved_on"})
_LONGEST = 400


@dataclass(frozen=True)
class Approvable:
    """A row somebody answers for: where it stands, what it says, its source, the hash of all that."""

    id: str
    text: str
    source: str
    is_verified: bool
    sha256: str


def approvable(state: str) -> tuple[Approvable, ...]:
    """List the rows the labels of a state rest on: the common ones, federal law, the state's own.

    Raises BadResource for a damaged file.
    """
    there = resources.folder()
    names = [
        *FILES,
        *(f"{each}/{p.name}" for each in FOLDERS for p in (there / each).glob("*.toml")),
    ]
    laws = dict.fromkeys((FEDERAL, state.casefold()))
    names += [f"{LAWS}/{each}.toml" for each in laws if (there / LAWS / f"{each}.toml").is_file()]
    return tuple(row for name in sorted(names) for row in _rows(name))


def _rows(name: str) -> Iterator[Approvable]:
    for place, row in _signed(resources.rows(name), ""):
        said = {key: value for key, value in row.items() if key not in _SIGNED}
        text = json.dumps(said, ensure_ascii=False, sort_keys=True, default=str)
        source = row.get("source", "")
        if not isinstance(source, str):
            raise BadResource(name=name)
        yield Approvable(
            f"{name}#{place}",
            _brief(said),
            source,
            bool(row.get("verified")),
            sha256(text.encode()).hexdigest(),
        )


def _signed(table: Any, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give every table that has a place for a signature, with where it stands."""
    if isinstance(table, list):
        for number, each in enumerate(table):
            yield from _signed(each, f"{place}/{_name(each, number)}")
    elif isinstance(table, Mapping):
        if "approved_by" in table:
            yield place.strip("/"), table
        for key, each in table.items():
            if isinstance(each, (list, Mapping)):
                yield from _signed(each, f"{place}/{key}")


def _name(row: Any, number: int) -> str:
    if isinstance(row, Mapping):
        named = next((str(row[key]) for key in _NAMES if isinstance(row.get(key), str)), "")
        return named or str(number + 1)
    return str(number + 1)


def _brief(said: Mapping[str, Any]) -> str:
    kept = ((key, value) for key, value in said.items() if key not in {"source", "verified"})
    parts = [f"{key}: {_plainly(value)}" for key, value in kept]
    text = "; ".join(parts)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} …"


def _plainly(value: Any) -> str:
    """Write a value for who reads it: `1.5, 2`, not as the program holds it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_plainly(each)}" for key, each in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return ", ".join(_plainly(each) for each in value)
    return str(value)
