"""The rows of `resources/`: where they lie, and how a file of them is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from labelapp.rx.errors import BadResource

Row = dict[str, Any]


@cache
def folder() -> Path:
    """Find `resources/`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parents[1]
    for candidate in (package.parent / "resources", package / "_resources"):
        if candidate.is_dir():
            return candidate
    raise BadResource("resource.missing", name="resources")


def rows(name: str, place: Path | None = None) -> Row:
    """Read one TOML file of `resources/`, with exact decimals. Raises BadResource when damaged."""
    try:
        return tomllib.loads(((place or folder()) / name).read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise BadResource(name=name) from broken


@cache
def sentences(language: str, file: str = "*") -> Mapping[str, tuple[str, str]]:
    """Read what each code says on the screen and its way out; English where a language lacks it.

    `file` reads the words of one room alone, so that the window need not wait for all of them.
    """
    said: dict[str, tuple[str, str]] = {}
    for spoken in dict.fromkeys(("en", language)):
        for found in sorted((folder() / "screen" / spoken).glob(f"{file}.toml")):
            for code, row in rows(f"screen/{spoken}/{found.name}").items():
                said[code] = (str(row["says"]), str(row.get("way", "")))
    return MappingProxyType(said)


def english_words() -> frozenset[str]:
    """Read the English words no own sig code may be; half a MB, read when a code is added only."""
    name = "sig/english.txt"
    try:
        lines = (folder() / name).read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as broken:
        raise BadResource(name=name) from broken
    words = frozenset(line for line in lines if line and not line.startswith("#"))
    if not words:
        raise BadResource(name=name)
    return words
