"""The rows of `resources/`: where they lie, and how a file of them is read."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType
from typing import Any

from labelapp.resources.whole import demand
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
    """Read one TOML file of `resources/`, with exact decimals.

    Raises BadResource when it is damaged or lacks what it must hold.
    """
    try:
        table = tomllib.loads(((place or folder()) / name).read_text("utf-8"), parse_float=Decimal)
    except FileNotFoundError as gone:
        raise BadResource("resource.missing", name=name) from gone
    except (OSError, ValueError, ArithmeticError, RecursionError) as broken:
        raise BadResource(name=name) from broken
    demand(name, table)
    return table


@cache
def sentences(language: str, file: str = "*") -> Mapping[str, tuple[str, str]]:
    """Read what each code says on the screen and its way out; English where a language lacks it.

    `file` reads the words of one room alone, so that the window need not wait for all of them.
    Raises BadResource for a language without its files, or a sentence that cannot be said.
    """
    said: dict[str, tuple[str, str]] = {}
    for spoken in dict.fromkeys(("en", language)):
        if not spoken.isalpha():  # a folder elsewhere is no language
            continue
        found = sorted((folder() / "screen" / spoken).glob(f"{file}.toml"))
        if not found and spoken == "en":
            raise BadResource("resource.missing", name=f"screen/en/{file}.toml")
        for each in found:
            name = f"screen/{spoken}/{each.name}"
            said |= {code: _sentence(row, code, name) for code, row in rows(name).items()}
    return MappingProxyType(said)


def _sentence(row: object, code: str, name: str) -> tuple[str, str]:
    """Read one sentence and its way out; a blank that does not close is damage."""
    parts = (row.get("says"), row.get("way", "")) if isinstance(row, dict) else (None, None)
    texts = [part for part in parts if isinstance(part, str)]
    try:
        blanks = [blank for text in texts for blank in Formatter().parse(text)]
    except ValueError:
        blanks, texts = [], []
    if len(texts) != 2 or not texts[0] or any(blank[1] == "" for blank in blanks):
        raise BadResource("resource.bad-row", name=name, row=code, key="says, way")
    return texts[0], texts[1]
