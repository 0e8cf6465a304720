"""The rows of `resources/` as typed tables: what a pharmacist approves, read once and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from labelapp.label.wording import Wording, read_wording
from labelapp.layout.stock import Stock, read_stocks
from labelapp.rx.errors import BadResource

Row = dict[str, Any]


@cache
def folder() -> Path:
    """Find `resources/`: beside the package in a checkout, inside it when installed."""
    package = Path(__file__).resolve().parent
    for candidate in (package.parent / "resources", package / "_resources"):
        if candidate.is_dir():
            return candidate
    raise BadResource("resource.missing", name="resources")


def rows(name: str) -> Row:
    """Read one TOML file of `resources/`, with exact decimals. Raises BadResource when damaged."""
    try:
        return tomllib.loads((folder() / name).read_text("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as broken:
        raise BadResource(name=name) from broken


@cache
def sentences(language: str) -> Mapping[str, tuple[str, str]]:
    """Read what each code says on the screen and its way out; English where a language lacks it."""
    said: dict[str, tuple[str, str]] = {}
    for spoken in dict.fromkeys(("en", language)):
        for file in sorted((folder() / "screen" / spoken).glob("*.toml")):
            for code, row in rows(f"screen/{spoken}/{file.name}").items():
                said[code] = (str(row["says"]), str(row.get("way", "")))
    return MappingProxyType(said)


@cache
def stocks() -> Mapping[str, Stock]:
    """Read every label stock by its id, in the order of the files. Two of one id are damage."""
    found: dict[str, Stock] = {}
    for file in sorted((folder() / "stocks").glob("*.toml")):
        name = f"stocks/{file.name}"
        for stock in read_stocks(rows(name), name):
            if stock.id in found:
                raise BadResource("resource.bad-row", name=name, row=stock.id, key="id")
            found[stock.id] = stock
    return MappingProxyType(found)


@cache
def wording(language: str = "en") -> Wording:
    """Read the label's own words in a language."""
    name = f"label/{language}.toml"
    return read_wording(rows(name), name)
